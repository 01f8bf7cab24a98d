"""The proof over damaged mail on a few mutants, and that it sees what it looks for."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.message import Document, Message, read_message
from tests.core.raw_mail import file, mixed, text
from tests.proofs.mutants import Trial, main
from tests.proofs.mutation.damage import DAMAGES, mutant
from tests.proofs.mutation.soundness import unsound

MAIL = mixed(text("Bonjour"), file("Content-Type: application/pdf; name=dossier.pdf"))
SEEDS = (MAIL, MAIL.replace(b"Bonjour", b"Bonsoir"))


def test_mutants_of_a_plain_mail_are_read_or_given_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    assert main([str(tmp_path), "--count", "60", "--processes", "1"]) == 0
    assert "60 mutants: " in capsys.readouterr().out


def test_the_same_number_is_the_same_mutant_and_others_differ() -> None:
    assert [mutant(SEEDS, number) for number in range(40)] == [mutant(SEEDS, number) for number in range(40)]
    assert len({mutant(SEEDS, number) for number in range(40)}) > len(DAMAGES)


def test_values_that_cannot_be_stored_are_seen() -> None:
    message = read_message(MAIL)
    assert isinstance(message, Message)
    assert unsound(message) == ""
    assert unsound(replace(message, text="\ud800")) == "unstorable text"
    assert unsound(replace(message, subject="a\nb")) == "not one line: subject"
    assert unsound(replace(message, documents=(Document("../x", "text/plain", b""),))) == "unsafe name: '../x'"


@pytest.mark.parametrize(("seconds", "megabytes", "state"), [(6.0, 1, "read"), (0.1, 2_000, "read"), (0.1, 1, "X: y")])
def test_what_raises_hangs_or_fills_the_memory_fails(seconds: float, megabytes: int, state: str) -> None:
    assert Trial(1, state, seconds, megabytes).failed
