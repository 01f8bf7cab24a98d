"""A cycle with nothing new computes nothing, and nothing is lost by that: real ledger, real workbook."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.adapters.workbook.tracker import ExcelTracker
from pipeline.core.call import Call
from pipeline.cycle import run_cycle
from pipeline.ports import Office, TrackerReading
from tests.builders import a_call, a_candidature, a_letter, paris
from tests.staff.book import StaffBook
from tests.steps.a_house import an_office

CALL = a_call()


class CountingTracker(ExcelTracker):
    """Counts how often the workbook is read."""

    readings = 0

    def read(self, call: Call) -> TrackerReading | None:
        self.readings += 1
        return super().read(call)


@dataclass
class Watched:
    """An office, and how often a cycle of it read the tracker."""

    office: Office
    tracker: CountingTracker = field(init=False)

    def __post_init__(self) -> None:
        path = self.office.tracker.path(CALL).parents[1]
        self.tracker = CountingTracker(path, path.parent / "var")
        self.office = replace(self.office, tracker=self.tracker)
        self.office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        for minute in range(3):
            self.readings(f"2017-03-02 08:0{minute}")

    def readings(self, moment: str) -> int:
        before = self.tracker.readings
        self.office.clock.moment = paris(moment)  # type: ignore[attr-defined]
        assert run_cycle(self.office).troubles == []
        return self.tracker.readings - before

    def type_note(self, note: str) -> None:
        """Of the same length as the last, with the times of the file as they were: only its bytes tell."""
        path = self.tracker.path(CALL)
        times = path.stat()
        book = StaffBook(path.read_bytes(), key="N°")
        book.type("V21-001", "Notes", note)
        path.write_bytes(book.saved())
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def note(self) -> str:
        found = self.office.ledger.candidatures.get(CALL.code, "V21-001")
        assert found is not None
        return found.staff.get("notes", "")

    def shown(self, column: str) -> object:
        seen = super(CountingTracker, self.tracker).read(CALL)
        assert seen is not None
        return seen.sheets["candidatures"].rows[0].values[column]


def test_a_cycle_with_nothing_new_reads_no_tracker_and_the_first_of_a_day_does(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        watched = Watched(office)
        assert [watched.readings(f"2017-03-02 {hour}:00") for hour in ("09", "10", "23")] == [0, 0, 0]
        assert watched.readings("2017-03-03 08:00") > 0
        assert watched.readings("2017-03-03 09:00") == 0


def test_what_staff_type_is_taken_whatever_size_and_time_of_the_file_say(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        watched = Watched(office)
        for minute, note in enumerate(("vu", "lu", "vu", "")):
            watched.type_note(note)
            watched.readings(f"2017-03-02 10:0{minute}")
            assert watched.note() == note


def test_what_the_ledger_learns_is_shown(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        watched = Watched(office)
        candidature = office.ledger.candidatures.get(CALL.code, "V21-001")
        assert candidature is not None
        office.ledger.candidatures.save(replace(candidature, collectivite="Ruitz"))
        watched.readings("2017-03-02 10:00")
        assert watched.shown("collectivite") == "Ruitz"
        letter = a_letter()
        office.ledger.outbox.queue(replace(letter, key=replace(letter.key, number="V21-001")))
        watched.readings("2017-03-02 10:01")
        assert watched.shown("last_letter") == "Accusé de réception, 02/03/2017"


def test_a_tracker_that_is_gone_comes_back_and_one_put_in_its_place_is_read(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        watched = Watched(office)
        path = watched.tracker.path(CALL)
        older = path.read_bytes()
        path.unlink()
        watched.readings("2017-03-02 10:00")
        assert watched.shown("number") == "V21-001"
        path.write_bytes(older)
        assert watched.readings("2017-03-02 10:01") > 0


def test_a_file_typed_into_rests_while_it_is_open_and_is_stamped_once_it_is_closed(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        watched = Watched(office)
        held = watched.tracker.path(CALL).with_name(".~lock.suivi.xlsx#")
        held.write_text("Léa,lea,pc,02.03.2017 09:50,file:///home/lea;", "utf-8")
        watched.type_note("vu")
        watched.readings("2017-03-02 10:00")
        watched.readings("2017-03-02 10:01")
        generation = office.ledger.memory.generation(CALL.code)
        assert watched.readings("2017-03-02 10:02") == 0
        held.unlink()
        assert watched.readings("2017-03-02 10:03") > 0
        assert office.ledger.memory.generation(CALL.code) == generation + 1
