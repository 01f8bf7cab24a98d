"""laureats.xlsx and laureats.html: written when the lists change, never over what staff changed."""

from pathlib import Path

import openpyxl

from pipeline.cycle import run_cycle
from pipeline.demo.staff import type_into
from pipeline.ports import Office
from tests.builders import a_call, a_candidature, paris
from tests.steps.a_house import an_office

CALL = a_call()


def at(office: Office, moment: str) -> None:
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    assert run_cycle(office).troubles == []


def files(office: Office) -> dict[str, bytes]:
    folder = office.tracker.path(CALL).parent
    return {path.name: path.read_bytes() for path in sorted(folder.glob("laureats*"))}


def decide(office: Office, number: str, decision: str) -> None:
    type_into(office.tracker, CALL, "candidatures", {number: {"decision": decision}})


def numbers(content: Path) -> list[object]:
    return [row[0] for row in openpyxl.load_workbook(content)["Lauréats"].iter_rows(min_row=5, values_only=True)]


def test_the_lists_are_written_when_they_change_and_are_the_same_when_lost(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for _ in range(2):
            office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        at(office, "2017-03-01 09:00")
        assert files(office) == {}
        decide(office, "V21-001", "Retenu")
        at(office, "2017-03-01 09:05")
        first = files(office)
        assert list(first) == ["laureats.html", "laureats.xlsx"]
        at(office, "2017-03-02 09:05")
        assert files(office) == first

        office.laureates.path(CALL).unlink()  # type: ignore[attr-defined]
        at(office, "2017-03-03 09:05")
        assert files(office) == first


def test_a_list_that_staff_changed_stays_and_the_new_one_goes_beside_it(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for _ in range(2):
            office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        run_cycle(office)
        decide(office, "V21-001", "Retenu")
        at(office, "2017-03-01 09:05")
        path = office.laureates.path(CALL)  # type: ignore[attr-defined]
        book = openpyxl.load_workbook(path)
        book["Lauréats"]["A1"] = "Lauréats, version du comité"
        book.save(path)
        theirs = path.read_bytes()
        at(office, "2017-03-02 09:00")
        assert list(files(office)) == ["laureats.html", "laureats.xlsx"]

        decide(office, "V21-002", "Retenu")
        at(office, "2017-03-02 09:05")
        assert list(files(office)) == ["laureats-2017-03-02.xlsx", "laureats.html", "laureats.xlsx"]
        assert path.read_bytes() == theirs
        beside = path.with_name("laureats-2017-03-02.xlsx")
        assert numbers(beside) == ["V21-001", "V21-002"]

        decide(office, "V21-001", "Non retenu")
        at(office, "2017-03-04 09:05")
        assert len(files(office)) == 3 and numbers(beside) == ["V21-002"]


def test_a_list_that_was_announced_and_not_written_is_written_by_the_next_cycle(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for _ in range(2):
            office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        run_cycle(office)
        decide(office, "V21-001", "Retenu")
        at(office, "2017-03-01 09:05")
        path = office.laureates.path(CALL)  # type: ignore[attr-defined]
        lock = path.with_name(".~lock.laureats.xlsx#")
        lock.write_text("Léa,lea,pc,x,y;", encoding="utf-8")
        decide(office, "V21-002", "Retenu")
        office.clock.moment = paris("2017-03-02 09:00")  # type: ignore[attr-defined]
        assert "is open by Léa" in run_cycle(office).troubles[0]
        assert numbers(path) == ["V21-001"]

        lock.unlink()
        at(office, "2017-03-02 09:05")
        assert numbers(path) == ["V21-001", "V21-002"]
        assert list(files(office)) == ["laureats.html", "laureats.xlsx"]
