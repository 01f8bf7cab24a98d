"""A whole call on a real Dovecot, from the first mail to the reminder: the worker, the applicants, and a staff member
who is another program."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import openpyxl

from pipeline.core.merge import CellValue
from pipeline.demo.applicants import answer, invitations_in
from pipeline.demo.post_bag import AROUND_CLOSING, BEFORE_CLOSING
from tests.builders import a_call, paris
from tests.line.house import ROOT, House
from tests.servers.smtp_sink import Taken

CALL = a_call()
PLACE = {"Début": "14:00", "Fin": "17:00", "Lieu": "Base 11/19", "Adresse": "Rue de Bourgogne, 62750 Loos-en-Gohelle"}
TEAM = "equipe@cerdd.example"


def types(house: House, sheet: str, key: str, typed: Mapping[str, Mapping[str, object]]) -> None:
    """The staff member types and saves."""
    words = [str(house.tracker.path(CALL)), sheet, key, json.dumps(typed)]
    subprocess.run([sys.executable, "-m", "tests.staff.typing", *words], cwd=ROOT, check=True, timeout=60)


def cycle(house: House, now: str) -> list[Taken]:
    """One cycle; the mails that left in it."""
    before = len(house.sink.taken)
    done = house.once(now=now)
    assert (done.returncode, done.stderr) == (0, "")
    return house.sink.taken[before:]


def subjects(taken: list[Taken]) -> list[str]:
    return sorted(f"{one.recipients[0]}: {message_from_bytes(one.raw, policy=default)['Subject']}" for one in taken)


def rows(house: House, sheet: str = "candidatures") -> dict[str, dict[str, CellValue]]:
    return {row.key: row.values for row in house.seen().sheets[sheet].rows}


def a_reply(convocation: Taken, text: str) -> bytes:
    """What a laureate writes in answer to it."""
    asked = message_from_bytes(convocation.raw, policy=default)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = asked["To"], asked["From"], f"Re: {asked['Subject']}"
    mail["Message-ID"], mail["In-Reply-To"] = "<retrait@ville.example>", asked["Message-ID"]
    mail["Date"] = "Sun, 05 Mar 2017 10:00:00 +0100"
    mail.set_content(text)
    return mail.as_bytes()


def test_a_whole_call_from_the_first_mail_to_the_reminder(house: House) -> None:
    config = house.config.read_text("utf-8").replace("grace_minutes = 0", "grace_minutes = 10")
    house.config.write_text(f'{config}[staff]\ndigest_to = ["{TEAM}"]\nalerts_to = ["{TEAM}"]\n', "utf-8")

    # Winter: mail arrives, the worker records and acknowledges.
    house.deliver(BEFORE_CLOSING[1:4])
    assert len(cycle(house, "2017-02-28T08:00")) == 3
    house.deliver(AROUND_CLOSING)
    assert len(cycle(house, "2017-03-01T08:50")) == 2
    (digest,) = cycle(house, "2017-03-01T08:55")
    assert digest.recipients == (TEAM,) and "Point du jour" in subjects([digest])[0]
    assert list(rows(house)) == ["V21-001", "V21-002", "V21-003", "V21-004"]
    assert rows(house)["V21-004"]["in_time"] == "non"

    # 2 March, 9:30: the staff member decides and asks for letters in a program of her own.
    decisions = {
        "V21-001": {"Décision": "Retenu", "Courrier à envoyer": "Convocation"},
        "V21-002": {"Décision": "Retenu", "Courrier à envoyer": "Convocation"},
        "V21-003": {"Décision": "Liste d'attente", "Rang": 1.0, "Courrier à envoyer": "Liste d'attente"},
        "V21-004": {"Décision": "Non retenu", "Motif": "candidature hors délai", "Courrier à envoyer": "Non retenu"},
    }
    types(house, "Candidatures", "N°", decisions)
    types(house, "Réunions", "Réunion", {meeting.title: PLACE for meeting in CALL.meetings})
    assert not [one for one in cycle(house, "2017-03-02T09:30") if one.recipients != (TEAM,)]
    shown = {
        str(row["number"]): row for row in rows(house, "envois").values() if row["state"] == "part à 9\u00a0h\u00a040"
    }
    assert list(shown) == list(decisions)
    assert "candidature hors délai" in str(shown["V21-004"]["text"])

    # She holds a refusal back; the rest leaves, each to its own applicant.
    types(house, "Envois", "Clé", {str(shown["V21-004"]["key"]): {"Retenir": "oui"}})
    left = [one for one in cycle(house, "2017-03-02T09:45") if one.recipients != (TEAM,)]
    contacts = {number: str(row["email"]) for number, row in rows(house).items()}
    for one in left:
        number = next(number for number in contacts if f"[{number}]" in subjects([one])[0])
        assert one.recipients == (contacts[number],)
    assert len(left) == 3
    types(house, "Envois", "Clé", {str(shown["V21-004"]["key"]): {"Retenir": None}})
    assert len([one for one in cycle(house, "2017-03-02T09:50") if one.recipients != (TEAM,)]) == 1

    # 3 March: the laureates answer the invitations in their calendars.
    convocations = [one for one in left if invitations_in(one.raw)]
    assert len(convocations) == 2
    said = iter(["ACCEPTED", "TENTATIVE", "DECLINED", "ACCEPTED"])
    for convocation in convocations:
        for invitation in invitations_in(convocation.raw):
            house.dovecot.deliver(
                answer(invitation, next(said), convocation.raw, paris("2017-03-03 10:00")),
                paris("2017-03-03 10:00") + timedelta(minutes=1),
            )
    cycle(house, "2017-03-03T10:05")
    attendance = {
        tuple(str(row[f"meeting:{key}"]) for key in ("prep-1", "prep-2"))
        for number, row in rows(house).items()
        if number in ("V21-001", "V21-002")
    }
    assert attendance == {("accepté", "peut-être"), ("décliné", "accepté")}
    book = openpyxl.load_workbook(house.folder / "sheets" / CALL.code / "laureats.xlsx")
    assert [row[0] for row in book["Lauréats"].iter_rows(min_row=5, values_only=True)] == ["V21-001", "V21-002"]

    # 4 March: the reminder, to the one who did not decline.
    reminded = [one for one in cycle(house, "2017-03-04T08:30") if one.recipients != (TEAM,)]
    assert len(reminded) == 1 and "Rappel" in subjects(reminded)[0]

    # 5 March: a laureate withdraws; the first of the waiting list is proposed, and nobody is written to but them.
    gone = next(one for one in convocations if one.recipients != reminded[0].recipients)
    text = "Bonjour,\n\nNous devons malheureusement retirer notre candidature à Visions +21.\n\nBien cordialement,\n"
    house.dovecot.deliver(a_reply(gone, text), paris("2017-03-05 10:00"))
    answers = [one for one in cycle(house, "2017-03-05T10:05") if one.recipients != (TEAM,)]
    assert [one.recipients for one in answers] == [gone.recipients]
    assert "Une place se libère" in str(rows(house)["V21-003"]["to_check"])

    # Nothing more: everyone was written to once for each reason.
    assert [one for one in cycle(house, "2017-03-05T10:10") if one.recipients != (TEAM,)] == []
    copies = {letter: count for letter, count in house.copies().items() if letter[1] != TEAM}
    assert set(copies.values()) == {1}
    kinds = [letter["letter"] for letter in house.export()["letters"] if letter["number"]]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "accuse_reception": 3,
        "accuse_complement": 1,
        "accuse_hors_delai": 1,
        "convocation": 2,
        "liste_attente": 1,
        "non_retenu": 1,
        "rappel_reunion": 1,
        "accuse_retrait": 1,
    }
