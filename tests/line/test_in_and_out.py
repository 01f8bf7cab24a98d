"""What is taken in by hand and given out: mbox files, the list of laureates, exports, what `check` says is wrong."""

import json
import mailbox
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from pipeline.demo.post_bag import BEFORE_CLOSING, FOLDER
from pipeline.demo.staff import type_into
from tests.builders import a_call
from tests.line.house import House

CALL = a_call()


def test_the_laureates_are_compiled_at_once_with_what_staff_have_just_decided(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    type_into(house.tracker, CALL, "candidatures", {"V21-001": {"decision": "Retenu"}})
    done = house.run("laureates")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 laureate written.\n", "")
    book = openpyxl.load_workbook(house.folder / "sheets" / CALL.code / "laureats.xlsx")
    assert "V21-001" in [cell.value for row in book["Lauréats"] for cell in row]
    again = house.run("laureates")
    assert (again.returncode, again.stdout) == (0, "Nothing new: what is there stands.\n")
    assert len(house.sink.taken) == 1


def test_an_mbox_is_taken_in_mail_by_mail_once(house: House, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "before.mbox")
    for name in ("001.eml", "002.eml"):
        box.add((FOLDER / name).read_bytes())
    box.close()
    (tmp_path / "readme.txt").write_text("Nothing of ours.", "utf-8")
    done = house.run("import", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 new mails taken in; 1 answer will leave with the next cycle.\n"
    sources = {one["source"] for one in house.export()["messages"]}
    assert sources == {"import: before.mbox (1)", "import: before.mbox (2)"}
    again = house.run("import", str(tmp_path / "before.mbox"))
    assert again.stdout == "0 new mails taken in; 1 answer will leave with the next cycle.\n"


def test_mails_recorded_without_an_answer_leave_the_answers_of_the_others_to_the_next_cycle(house: House) -> None:
    first, second = (str(FOLDER / name) for name in ("002.eml", "004.eml"))
    assert house.run("import", first).returncode == 0
    done = house.run("import", "--record-only", second)
    assert done.stdout == "1 new mail taken in; 1 answer will leave with the next cycle.\n"
    assert house.once().returncode == 0
    (letter,) = house.export()["letters"]
    assert (letter["number"], letter["letter"], letter["state"]) == ("V21-001", "accuse_reception", "sent")
    answers = {one["candidature"]: one["answer"] for one in house.export()["messages"]}
    assert answers == {"V21-001": "accuse_reception", "V21-002": None}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nowhere", None, "no such file or folder; expected .eml or .mbox files, or folders of them."),
        ("notes.txt", "Bonjour", "no .eml or .mbox file there."),
        ("folder", "", "no .eml or .mbox file there."),
    ],
)
def test_a_path_without_mail_is_a_wrong_command_line(
    house: House, tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    path = tmp_path / name
    if content:
        path.write_text(content, "utf-8")
    elif content == "":
        path.mkdir()
    done = house.run("import", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{path}: {said}\n")


def test_a_path_mistyped_beside_a_good_one_takes_in_nothing(house: House, tmp_path: Path) -> None:
    done = house.run("import", str(FOLDER / "002.eml"), str(tmp_path / "002.elm"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{tmp_path / '002.elm'}: no such file or folder; ")
    assert house.export()["messages"] == []


def test_what_an_import_cannot_take_in_is_said_file_by_file_and_stops_no_other(house: House, tmp_path: Path) -> None:
    mails = tmp_path / "boîte de Léa"
    (mails / "février").mkdir(parents=True)
    (mails / "a.mbox").symlink_to("nowhere.mbox")
    (mails / "b.eml").symlink_to("nowhere.eml")
    (mails / "c.msg").write_bytes(b"\xd0\xcf\x11\xe0")
    (mails / "notes.txt").write_text("Bonjour", "utf-8")
    (mails / "février" / "d.eml").write_bytes(BEFORE_CLOSING[1].raw())
    done = house.run("import", str(mails))
    missing = "cannot be read (No such file or directory); mend that and import it again, nothing is taken in twice."
    foreign = "not taken in: a format of one mail program only; save its mails as .eml there, and import those."
    assert done.stderr.splitlines() == [
        f"{mails / 'c.msg'}: {foreign}",
        f"{mails / 'a.mbox'}: {missing}",
        f"{mails / 'b.eml'}: {missing}",
    ]
    assert (done.returncode, done.stdout) == (1, "1 new mail taken in; 1 answer will leave with the next cycle.\n")
    alone = house.run("import", str(mails / "c.msg"))
    assert (alone.returncode, alone.stderr) == (2, f"{mails / 'c.msg'}: {foreign}\n")
    (tmp_path / "vide").mkdir()
    empty = house.run("import", str(mails), str(tmp_path / "vide"))
    assert (empty.returncode, empty.stderr) == (2, f"{tmp_path / 'vide'}: no .eml or .mbox file there.\n")


def test_a_file_is_not_taken_to_be_in_time_by_its_own_date_nor_answered_as_if_it_were(
    house: House, tmp_path: Path
) -> None:
    """What somebody kept in a Sent folder has no Received, and its Date is what its author says."""
    head, _, rest = BEFORE_CLOSING[1].raw().partition(b"From: ")
    proof = tmp_path / "proof.eml"
    proof.write_bytes(b"From: " + rest)
    done = house.run("import", str(proof), now="2017-03-02T10:00")
    assert (done.returncode, done.stdout) == (0, "1 new mail taken in; 0 answers will leave with the next cycle.\n")
    (message,), (candidature,) = (house.export()[name] for name in ("messages", "candidatures"))
    assert (message["received"][:16], message["answer"]) == ("2017-03-02T10:00", None)
    assert message["why"][-1] == "Accusé non envoyé\u00a0: ce fichier ne dit pas quand un serveur l'a reçu."
    assert (candidature["in_time"], candidature["to_check"]) == (
        None,
        [
            "Délai à vérifier\u00a0: ce fichier ne dit pas quand un serveur l'a reçu\u00a0; "
            "son en-tête Date indique le 8 décembre 2016 à 14 h 37."
        ],
    )


def test_an_export_is_printed_where_no_file_is_named_and_one_that_cannot_be_written_is_said(
    house: House, tmp_path: Path
) -> None:
    printed = house.run("export")
    assert (printed.returncode, json.loads(printed.stdout)["candidatures"]) == (0, [])
    path = tmp_path / "nowhere" / "export.json"
    refused = house.run("export", "-o", str(path))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert (
        refused.stderr == f"{path}: cannot be written (No such file or directory); name a file in a folder of yours.\n"
    )


def test_an_export_takes_the_place_of_no_file_that_the_worker_keeps_or_people_work_on(house: House) -> None:
    tracker = house.folder / "sheets" / CALL.code / "suivi.xlsx"
    tracker.parent.mkdir(parents=True)
    tracker.write_bytes(b"theirs")
    assert house.run("export").returncode == 0
    for path in (tracker, house.config, house.folder / "var" / "ledger.sqlite3"):
        before = path.read_bytes()
        refused = house.run("export", "-o", str(path))
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr == f"-o {path}: this file is there and is no export; name another one.\n"
        assert path.read_bytes() == before
    again = ("export", "-o", str(tracker.with_name("export.json")))
    assert [house.run(*again).returncode for _ in range(2)] == [0, 0]


def test_the_register_sheet_of_a_call_is_printed(house: House) -> None:
    done = house.run("purge", "--register")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# ") and CALL.title in done.stdout and "24 mois" in done.stdout
    both = house.run("purge", CALL.code, "--person", "a@b.example")
    assert (both.returncode, both.stderr) == (2, "purge: name a call or --person, not both.\n")


def test_check_says_that_a_letter_to_oneself_was_refused_and_that_the_clock_is_behind_the_mail(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    house.sink.refuse("RCPT", "550 5.1.1 No such user")
    done = house.run("check", "--send-test", "moi@cerdd.example", now="2016-01-01T09:00")
    assert done.returncode == 1
    assert done.stderr == (
        "FAIL  clock: the clock says 01/01/2016 09:00 but a mail was received later: set the machine's clock.\n"
    )
    done = house.run("check", "--send-test", "moi@cerdd.example")
    assert (done.returncode, done.stderr) == (
        1,
        "FAIL  letter: moi@cerdd.example: not taken by the SMTP server (550 5.1.1 No such user).\n",
    )


def test_a_journal_that_was_changed_by_hand_is_told_by_check(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    with sqlite3.connect(house.folder / "var" / "ledger.sqlite3") as ledger:
        ledger.execute("update event set what = 'rien' where id = 1")
    done = house.run("check")
    assert done.returncode == 1
    assert done.stderr == (
        "FAIL  journal: event 1 does not follow from those before it: the ledger was changed by hand or damaged; "
        "compare it with a backup.\n"
    )
