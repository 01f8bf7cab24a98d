"""`recover`: what was lost comes back from what is left, and nobody is written to twice."""

import hashlib
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pipeline.core.merge import CellValue
from pipeline.demo.post_bag import AROUND_CLOSING, BEFORE_CLOSING
from pipeline.demo.staff import type_into
from tests.builders import a_call
from tests.line.house import House
from tests.line.under_way import Kept
from tests.servers.dovecot import free_port

CALL = a_call()
LONG = pytest.mark.long
SHOWN = ("number", "received", "collectivite", "siren", "contact", "email", "phone", "pieces", "decision", "notes")


@pytest.fixture
def lived(house: House, kept_under_way: Kept) -> House:
    return kept_under_way.in_place(house)


def ledger(house: House) -> Path:
    return house.folder / "var" / "ledger.sqlite3"


def forget(house: House) -> None:
    for path in ledger(house).parent.glob("ledger.sqlite3*"):
        path.unlink()


def rows(house: House, *columns: str) -> list[list[CellValue]]:
    return [[row.values.get(c) or None for c in columns] for row in house.seen().sheets["candidatures"].rows]


def test_a_ledger_that_was_lost_sends_nothing_until_it_is_rebuilt(lived: House) -> None:
    before = rows(lived, *SHOWN)
    letters = {(one["number"], one["letter"], one["to"], one["state"]) for one in lived.export()["letters"]}
    forget(lived)
    lived.deliver(AROUND_CLOSING[:1])
    blocked = lived.once(now="2017-03-02T10:10")
    assert (blocked.returncode, blocked.stdout) == (1, "Nothing new.\n")
    assert blocked.stderr == (
        "the ledger is empty, and mail was recorded before: put the ledger back from a backup, or run `recover`. "
        "Until then nothing is sent.\n"
    )
    assert len(lived.sink.taken) == 4

    done = lived.run("recover", now="2017-03-02T10:15")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(lived.sink.taken) == 4
    assert rows(lived, *SHOWN)[:2] == before
    assert {(one["number"], one["letter"], one["to"], one["state"]) for one in lived.export()["letters"]} >= letters


@pytest.mark.parametrize("damage", ["column", "sheet"])
def test_a_tracker_without_its_numbers_stops_the_rebuilding_before_it_begins(lived: House, damage: str) -> None:
    path, before = lived.tracker.path(CALL), rows(lived, *SHOWN)
    whole, book = path.read_bytes(), openpyxl.load_workbook(path)
    sheet = book["Candidatures"]
    if damage == "sheet":
        book.remove(sheet)
    else:
        sheet.tables.clear()
        sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == "N°"))
    book.save(path)
    forget(lived)
    refused = lived.run("recover", now="2017-03-02T10:15")
    assert refused.returncode == 1
    assert "missing" in refused.stderr
    path.write_bytes(whole)
    assert lived.run("recover", now="2017-03-02T10:20").returncode == 0
    assert (rows(lived, *SHOWN), len(lived.sink.taken)) == (before, 4)


def test_after_a_recovery_the_call_goes_on_with_the_next_number(lived: House) -> None:
    forget(lived)
    assert lived.run("recover", now="2017-03-02T10:15").returncode == 0
    lived.deliver(AROUND_CLOSING)
    assert lived.once(now="2017-03-02T10:20").returncode == 0
    assert [row[0] for row in rows(lived, "number")] == ["V21-001", "V21-002", "V21-003", "V21-004"]
    assert len(lived.sink.taken) == 6
    type_into(lived.tracker, CALL, "candidatures", {"V21-001": {"request": "Convocation"}})
    assert lived.once(now="2017-03-02T10:25").returncode == 0
    assert len(lived.sink.taken) == 7
    assert set(lived.copies().values()) == {1}
    assert lived.once(now="2017-03-02T10:30").stdout == "Nothing new.\n"


def test_a_ledger_of_yesterday_is_recognised_and_rebuilt(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    shutil.copy(ledger(house), house.folder / "yesterday")
    house.deliver(BEFORE_CLOSING[3:4])
    assert house.once(now="2017-03-02T10:00").returncode == 0
    forget(house)
    shutil.copy(house.folder / "yesterday", ledger(house))

    blocked = house.once(now="2017-03-02T10:05")
    assert blocked.returncode == 1 and "run `recover`" in blocked.stderr
    assert house.run("recover", now="2017-03-02T10:10").returncode == 0
    assert house.once(now="2017-03-02T10:15").returncode == 0
    assert (len(house.sink.taken), set(house.copies().values())) == (2, {1})
    assert [row[0] for row in rows(house, "number")] == ["V21-001", "V21-002"]


def test_an_answer_that_nothing_proves_to_have_left_waits_for_a_person(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    killed = house.once(fault="sent:1:kill")
    assert killed.returncode == -9
    forget(house)
    assert house.run("recover").returncode == 0
    assert house.once(now="2017-03-01T09:05").returncode == 0
    assert len(house.sink.taken) == 1
    (row,) = house.seen().sheets["envois"].rows
    assert (row.values["state"], row.values["why"]) == (
        "attend un feu vert",
        "registre reconstruit\u00a0: on ne sait pas si ce courrier est parti",
    )


REBUILT = [
    *(pytest.param(point, 1, marks=LONG) for point in ("fetch", "archive", "ledger", "read", "decide")),
    ("queue", 1),
]


@pytest.mark.parametrize(("point", "nth"), REBUILT)
def test_a_recovery_that_was_killed_sends_nothing_until_it_is_run_again(house: House, point: str, nth: int) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once(fault="sent:1:kill").returncode == -9
    forget(house)
    assert house.run("recover", fault=f"{point}:{nth}:kill").returncode == -9
    blocked = house.once(now="2017-03-01T09:05")
    assert (blocked.returncode, blocked.stdout) == (1, "Nothing new.\n")
    assert re.fullmatch(
        r"the recovery of the ledger that began on 2017-03-01T09:00:\d\d\+01:00 did not come to its end: run `recover` "
        r"again\. Until then nothing is sent\.\n",
        blocked.stderr,
    )
    assert house.run("recover", now="2017-03-01T09:10").returncode == 0
    assert house.once(now="2017-03-01T09:15").returncode == 0
    assert (len(house.sink.taken), list(house.letter_states().values())) == (1, ["held"])


def test_a_mailbox_that_does_not_answer_stops_a_recovery_and_nothing_is_sent_until_it_ran_to_its_end(
    lived: House,
) -> None:
    forget(lived)
    plain = lived.config.read_text("utf-8")
    lived.config.write_text(plain.replace(f"port = {lived.dovecot.tls_port}", f"port = {free_port()}", 1), "utf-8")
    stopped = lived.run("recover", now="2017-03-02T10:10")
    assert (stopped.returncode, stopped.stdout) == (1, "")
    assert "refused" in stopped.stderr
    lived.config.write_text(plain, "utf-8")
    assert "run `recover` again" in lived.once(now="2017-03-02T10:15").stderr
    assert lived.run("recover", now="2017-03-02T10:20").returncode == 0
    assert lived.once(now="2017-03-02T10:25").returncode == 0
    assert (len(lived.sink.taken), set(lived.copies().values())) == (4, {1})


def test_a_damaged_tracker_is_put_back_from_its_backup_and_brought_up_to_date(lived: House) -> None:
    before = rows(lived, *SHOWN)
    path = lived.tracker.path(CALL)
    path.write_bytes(path.read_bytes()[:5000])
    assert lived.once(now="2017-03-02T10:05").returncode == 1
    done = lived.run("recover", now="2017-03-02T10:10")
    assert done.returncode == 0 and "the damaged file is suivi (endommagé 2017-03-02 1010" in done.stdout
    assert rows(lived, *SHOWN) == before
    assert lived.once(now="2017-03-02T10:15").returncode == 0
    assert len(lived.sink.taken) == 4


def test_a_tracker_with_a_damaged_part_costs_no_ledger(lived: House) -> None:
    before = rows(lived, *SHOWN)
    path = lived.tracker.path(CALL)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content[:-20] if name.startswith("xl/tables/") else content)
    blocked = lived.once(now="2017-03-02T10:05")
    assert blocked.returncode == 1 and "has a damaged part" in blocked.stderr
    done = lived.run("recover", now="2017-03-02T10:10")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the damaged file is suivi (endommagé" in done.stdout and "ledger" not in done.stdout
    assert rows(lived, *SHOWN) == before


def test_a_damaged_ledger_is_kept_aside_and_made_anew(lived: House) -> None:
    content = bytearray(ledger(lived).read_bytes())
    for page in range(4096 * 4, len(content), 4096):
        content[page : page + 200] = b"\xff" * 200
    forget(lived)
    ledger(lived).write_bytes(bytes(content))
    assert lived.once(now="2017-03-02T10:05").returncode == 1
    done = lived.run("recover", now="2017-03-02T10:10")
    assert done.returncode == 0 and "The ledger that was there is kept as ledger (avant 2017-03-02" in done.stdout
    assert lived.once(now="2017-03-02T10:15").returncode == 0
    assert (len(lived.sink.taken), set(lived.copies().values())) == (4, {1})


def test_there_is_nothing_to_recover_when_nothing_was_lost(lived: House) -> None:
    done = lived.run("recover", now="2017-03-02T10:10")
    assert (done.returncode, done.stdout) == (0, "Nothing to recover: the ledger and the trackers go together.\n")


def test_a_recovery_that_could_not_look_at_the_sent_folder_says_so_though_nothing_was_to_rebuild(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    house.dovecot.halt()
    done = house.run("recover", now="2017-03-01T09:05")
    house.dovecot.start()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The Sent folder was not looked at: 127.0.0.1:")
    again = house.run("recover", now="2017-03-01T09:10")
    assert (again.returncode, again.stdout) == (0, "Nothing to recover: the ledger and the trackers go together.\n")


def test_a_mail_that_is_damaged_in_the_archive_and_gone_from_the_mailbox_stops_no_recovery(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:4])
    assert house.once().returncode == 0
    before = rows(house, "number", "collectivite")
    with house.dovecot.connect() as box:
        box.select("INBOX")
        first = house.dovecot.messages()[0]
        box.store("1", "+FLAGS", r"(\Deleted)")
        box.expunge()
    (file,) = (house.folder / "var" / "raw").rglob(f"{hashlib.sha256(first).hexdigest()}.eml")
    file.write_bytes(first[:100])
    forget(house)
    done = house.run("recover", now="2017-03-02T10:15")
    assert (done.returncode, done.stderr) == (0, "")
    assert "mails damaged in var/raw and no longer in the mailbox (see the log): 1\n" in done.stdout
    again = house.once(now="2017-03-02T10:20")
    assert (again.returncode, len(house.sink.taken)) == (0, 3)
    assert rows(house, "number", "collectivite") == before
