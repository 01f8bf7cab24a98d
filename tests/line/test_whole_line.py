"""The program as a person runs it, over TLS, against a real Dovecot."""

import json
from datetime import datetime
from pathlib import Path

from pipeline.adapters.workbook.sharing.replacing import fingerprint
from pipeline.core.merge import CellOut, SheetChanges
from pipeline.demo.post_bag import AROUND_CLOSING, BEFORE_CLOSING
from pipeline.demo.staff import MEETINGS, type_into
from pipeline.ports import Edition
from tests.builders import a_call, paris
from tests.line.house import House


def test_the_sample_mailbox_is_read_and_nobody_is_answered_who_must_not_be(house: House, samples: Path) -> None:
    labels = json.loads((samples / "labels.json").read_text(encoding="utf-8"))["messages"]
    mails = {}
    for label in labels:
        raw = (samples / "mail" / label["file"]).read_bytes()
        house.dovecot.deliver(raw, datetime.fromisoformat(label["received"]))
        mails[label["file"]] = raw
    before = house.dovecot.messages()

    done = house.once(now="2017-04-11T09:00")
    assert (done.returncode, done.stderr) == (0, "")

    exported = house.export()
    assert len(exported["messages"]) == len(labels)
    answered = {letter["in_reply_to"] for letter in exported["letters"]}
    ids = {m["file"]: _message_id_of(exported, m) for m in labels}
    assert [m["file"] for m in labels if m["answer"] is None and ids[m["file"]] in answered] == []
    assert {letter["state"] for letter in exported["letters"]} == {"sent"}
    assert house.dovecot.messages() == before
    assert len(house.dovecot.messages("Sent")) == len(exported["letters"])
    assert set(house.copies().values()) == {1}


def test_a_second_cycle_with_nothing_new_writes_nothing_and_sends_nothing(house: House) -> None:
    house.deliver(BEFORE_CLOSING[:5])
    assert house.once().returncode == 0
    tracker = house.tracker.path(a_call())
    sent, content, changed = len(house.sink.taken), tracker.read_bytes(), tracker.stat().st_mtime_ns

    second = house.once(now="2017-03-01T09:05")

    assert (second.returncode, second.stdout) == (0, "Nothing new.\n")
    assert (len(house.sink.taken), tracker.read_bytes(), tracker.stat().st_mtime_ns) == (sent, content, changed)


def test_a_tracker_that_somebody_holds_open_does_not_delay_acknowledgements(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    tracker = house.tracker.path(a_call())
    lock = tracker.with_name(f".~lock.{tracker.name}#")
    lock.write_text("Léa Martin,lea,poste,24.11.2026 10:00,file:///;", encoding="utf-8")
    held = fingerprint(tracker.read_bytes())
    house.deliver(BEFORE_CLOSING[3:4])

    done = house.once(now="2017-03-01T09:05")

    assert done.returncode == 1
    assert "is open by Léa Martin" in done.stderr
    assert len(house.sink.taken) == 2
    assert fingerprint(tracker.read_bytes()) == held

    lock.unlink()
    assert house.once(now="2017-03-01T09:10").returncode == 0
    assert [row.key for row in house.seen().sheets["candidatures"].rows] == ["V21-001", "V21-002"]


def test_what_staff_decide_leaves_once_and_answers_to_invitations_come_back(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2] + AROUND_CLOSING[1:])
    assert house.once().returncode == 0
    call = a_call()
    asked = {"V21-001": {"decision": "Retenu", "request": "Convocation"}, "V21-002": {"request": "Non retenu"}}
    type_into(house.tracker, call, "candidatures", asked)
    sent = len(house.sink.taken)

    blocked = house.once(now="2017-03-02T10:00")
    assert blocked.returncode == 0
    assert len(house.sink.taken) == sent
    rows = {row.key: row.values for row in house.seen().sheets["candidatures"].rows}
    assert "indiquez l'heure de début et le lieu" in str(rows["V21-001"]["to_check"])
    assert "la colonne Décision doit indiquer « Non retenu »" in str(rows["V21-002"]["to_check"])
    assert rows["V21-001"]["request"] == "Convocation"

    type_into(house.tracker, call, "reunions", MEETINGS)
    type_into(house.tracker, call, "candidatures", {"V21-002": {"decision": "Non retenu"}})
    done = house.once(now="2017-03-02T10:05")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(house.sink.taken) == sent + 2
    rows = {row.key: row.values for row in house.seen().sheets["candidatures"].rows}
    assert [rows[key]["request"] for key in ("V21-001", "V21-002")] == ["", ""]
    assert rows["V21-001"]["last_letter"] == "Convocation, 02/03/2017"
    assert rows["V21-001"]["meeting:prep-1"] == "invité"
    assert (house.folder / "sheets" / call.code / "laureats.xlsx").exists()

    assert house.once(now="2017-03-02T10:10").stdout == "Nothing new.\n"
    assert len(house.sink.taken) == sent + 2


def test_a_correction_of_staff_is_used_by_the_letters(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    changes = {
        "email": "dgs@ville-saint-laurent-blangy.example",
        "decision": "Non retenu",
        "request": "Non retenu",
        "copy_to": "maire@ville-saint-laurent-blangy.example",
    }
    type_into(house.tracker, a_call(), "candidatures", {"V21-001": changes})
    assert house.once(now="2017-03-02T10:00").returncode == 0
    recipients = [taken.recipients for taken in house.sink.taken[1:]]
    assert recipients == [
        ("dgs@ville-saint-laurent-blangy.example",),
        ("maire@ville-saint-laurent-blangy.example",),
    ]
    row = house.seen().sheets["candidatures"].rows[0]
    assert row.values["email"] == "dgs@ville-saint-laurent-blangy.example"


def test_a_row_typed_by_hand_gets_a_number_and_lives_like_the_others(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    seen = house.seen()
    cells = {
        "collectivite": "Ville d'Hazebrouck",
        "email": "mairie@hazebrouck.example",
        "request": "Accusé de réception",
    }
    typed = SheetChanges(tuple(CellOut(3, column, value) for column, value in cells.items()))
    house.tracker.write(
        a_call(), seen, {"candidatures": typed}, Edition(seen.generation or 0, paris("2017-03-02 12:00"))
    )

    assert house.once(now="2017-03-02T10:00").returncode == 0
    row = house.seen().sheets["candidatures"].rows[1]
    assert (row.key, row.values["collectivite"]) == ("V21-002", "Ville d'Hazebrouck")
    assert house.once(now="2017-03-02T10:05").returncode == 0
    assert [taken.recipients for taken in house.sink.taken[1:]] == [("mairie@hazebrouck.example",)]


def test_a_message_that_staff_reclassify_becomes_a_candidature(house: House) -> None:
    house.deliver(BEFORE_CLOSING[:1])  # a question
    assert house.once().returncode == 0
    key = house.seen().sheets["messages"].rows[0].key
    type_into(house.tracker, a_call(), "messages", {key: {"reclass": "Candidature"}})

    assert house.once(now="2017-03-02T10:00").returncode == 0

    assert [row.key for row in house.seen().sheets["candidatures"].rows] == ["V21-001"]
    assert house.seen().sheets["messages"].rows[0].values["nature"] == "Candidature"
    assert len(house.sink.taken) == 1
    assert house.once(now="2017-03-02T10:05").stdout == "Nothing new.\n"


def test_a_tracker_that_was_deleted_comes_back_with_staffs_words(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    type_into(house.tracker, a_call(), "candidatures", {"V21-001": {"notes": "Vu avec le maire", "phone": "03 00"}})
    assert house.once(now="2017-03-02T10:00").returncode == 0
    house.tracker.path(a_call()).unlink()

    assert house.once(now="2017-03-02T10:05").returncode == 0

    row = house.seen().sheets["candidatures"].rows[0].values
    assert (row["number"], row["notes"], row["phone"]) == ("V21-001", "Vu avec le maire", "03 00")
    assert len(house.sink.taken) == 1


def _message_id_of(exported: dict, label: dict) -> str:
    moment = datetime.fromisoformat(label["received"])
    found = [m for m in exported["messages"] if datetime.fromisoformat(m["received"]) == moment]
    return found[0]["message_id"] if len(found) == 1 and found[0]["message_id"] else f"none for {label['file']}"
