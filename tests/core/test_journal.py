"""The chain of the journal tells what was erased by right from what was tampered with."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from pipeline.core.erasure import ranges
from pipeline.core.journal import ERASED, ERASURE, GENESIS, SEALED, Row, chained, first_break, is_erasable, seal
from tests.builders import paris

START = paris("2017-02-20 10:00")
SAID = ("message classé", "courrier envoyé à marie@ternois.example", "Décision : Retenu", "message classé")


@dataclass(frozen=True)
class Line:
    """An event as the ledger holds it."""

    number: int
    at: datetime
    words: tuple[str, str, str, str, str]
    digest: str

    def row(self) -> Row:
        return self.number, self.at, self.words, self.digest


def noted(lines: list[Line], what: str, why: str = "") -> list[Line]:
    """The journal with one event more."""
    number = len(lines) + 1
    words = ("worker", what, "visions21-2017", "V21-001", why)
    at = START + timedelta(hours=number)
    return [*lines, Line(number, at, words, chained(lines[-1].digest if lines else GENESIS, at, words))]


def a_journal() -> list[Line]:
    lines: list[Line] = []
    for what in SAID:
        lines = noted(lines, what, "Le texte dit : « nous candidatons ».")
    return lines


def blanked(line: Line) -> Line:
    who, _, call, number, _ = line.words
    return replace(line, words=(who, ERASED, call, number, ""))


def erased(lines: list[Line], *numbers: int) -> list[Line]:
    """The journal once these events are erased, and it says so."""
    digests = {line.number: line.digest for line in lines if line.number in numbers}
    emptied = [blanked(line) if line.number in numbers else line for line in lines]
    return noted(emptied, f"{ERASURE} : une personne", SEALED.format(numbers=ranges(numbers), seal=seal(digests)))


def broken(lines: list[Line]) -> int | None:
    return first_break([line.row() for line in lines])


@pytest.mark.parametrize("numbers", [(1,), (4,), (2, 3), (1, 2, 4), (1, 2, 3, 4)])
def test_events_that_an_erasure_names_leave_the_chain_whole(numbers: tuple[int, ...]) -> None:
    lines = erased(a_journal(), *numbers)
    assert broken(lines) is None
    assert broken(noted(lines, "message classé")) is None


def test_what_is_erased_later_leaves_the_earlier_erasure_standing() -> None:
    lines = erased(erased(a_journal(), 2), 1, 3)
    assert broken(lines) is None
    assert [is_erasable(line.words[1]) for line in lines] == [False, False, False, True, False, False]


@pytest.mark.parametrize(
    ("tampered", "number"),
    [
        (lambda lines: [*lines[:1], blanked(lines[1]), *lines[2:]], 2),  # emptied, and no erasure says so
        (lambda lines: erased([*lines[:1], blanked(lines[1]), *lines[2:]], 3), 2),  # one erasure, of another event
        (lambda lines: [one for one in erased(lines, 2, 3) if one.number != 3], 2),  # an erased one taken out
        (lambda lines: [*erased(lines, 2, 3)[:2], replace(lines[2], digest="0" * 64), *erased(lines, 2, 3)[3:]], 2),
        (lambda lines: [replace(one, words=lines[0].words) if one.number == 2 else one for one in erased(lines, 2)], 2),
        (
            lambda lines: [
                replace(one, words=(*one.words[:4], "ajouté")) if one.number == 2 else one for one in erased(lines, 2)
            ],
            2,
        ),  # a word put into what was erased
        (lambda lines: erased(lines, 2)[:4], 2),  # what told of the erasure taken away
        (lambda lines: [*erased(lines, 2)[:3], replace(lines[3], at=START), erased(lines, 2)[4]], 4),
    ],
)
def test_what_no_erasure_explains_is_a_break(tampered, number: int) -> None:
    assert broken(tampered(a_journal())) == number


@pytest.mark.parametrize("text", ["1-999999999999", "-", "-5", "3-1", "1-2-3", ", ,", "9"])
def test_a_list_of_numbers_that_anybody_may_have_written_explains_nothing(text: str) -> None:
    emptied = [blanked(line) if line.number == 2 else line for line in a_journal()]
    lines = noted(emptied, ERASURE, SEALED.format(numbers=text, seal="0" * 64))
    assert broken(lines) == 2


def test_a_seal_is_the_same_in_whatever_order_the_events_are_found() -> None:
    assert seal({10: "a", 2: "b"}) == seal({2: "b", 10: "a"}) != seal({2: "a", 10: "b"})


def test_the_digest_of_an_event_is_for_ever_the_same() -> None:
    words = ("staff", "Décision : Retenu", "visions21-2017", "V21-001", "")
    assert chained(GENESIS, START, words) == "128410f882fab95536871a8350c257c4e8518545a422407b334beeb751f9379a"
    assert chained(GENESIS, START.astimezone(tz=None), words) == chained(GENESIS, START, words)
