"""The proof on three messages, and that it can see what is wrong."""

import json
from pathlib import Path

import pytest

from tests.proofs.mail.judging import judged
from tests.proofs.mail.recording import recorded
from tests.proofs.mail.report import shares
from tests.proofs.mail.subjects import Kind, Subject, as_delivered, subjects
from tests.proofs.public_mail import main

HUMAN = b"From: Jeanne Petit <j.petit@ville-x.example>\r\nTo: agoxe@cerdd.org\r\nSubject: Question\r\n\r\nQuand ?\r\n"
ABSENCE = HUMAN.replace(b"Subject: Question", b"Subject: Re: x\r\nAuto-Submitted: auto-replied")
BOUNCE = b"From MAILER-DAEMON Mon Feb  6 10:00:00 2017\n" + HUMAN.replace(b"Question", b"Undeliverable: x")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, raw in {"a/human.eml": HUMAN, "a/absence.eml": ABSENCE, "bounce.txt": BOUNCE}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    labels = {"a/human.eml": "human", "a/absence.eml": "auto_reply", "bounce.txt": "bounce"}
    (tmp_path / "labels.json").write_text(json.dumps({name: {"class": kind} for name, kind in labels.items()}))
    return tmp_path


def test_all_is_well_with_three_plain_messages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "never answered under the words of a candidature: 2 of 2, 100.00 % (asked: 99.5 %)" in printed
    assert "people, answered when they apply: 1 of 1, 100.00 %" in printed
    assert "in the ledger, bounce: 1" in printed


def test_a_machine_that_nothing_marks_is_seen() -> None:
    unmarked = Subject("x", Kind.AUTO_REPLY, HUMAN)
    failing = {share.what: share.bad for share in shares([judged(unmarked)]) if not share.holds}
    assert list(failing) == ["never answered under the words of a candidature"]


def test_the_envelope_of_a_mailbox_file_becomes_the_return_path() -> None:
    assert as_delivered(BOUNCE).startswith(b"Return-Path: <>\nFrom: Jeanne")
    assert as_delivered(b"From a@b.example Mon\r\n" + HUMAN).startswith(b"Return-Path: <a@b.example>\r\nFrom: ")
    assert as_delivered(b"From - Mon\n" + HUMAN) == HUMAN


def test_every_message_is_in_the_ledger_or_said_to_be_lost(folder: Path) -> None:
    states, lost = recorded([*subjects(folder), Subject("empty", Kind.OTHER, b"\r\n")])
    assert (states.total(), states["given up, visibly"], lost) == (4, 1, [])
