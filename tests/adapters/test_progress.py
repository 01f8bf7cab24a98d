"""Long work is followed by a person; work that is soon done says nothing."""

import io
from collections.abc import Callable

from pipeline.adapters.progress import Bars, Lines, progress_for


def seconds(*, each: float) -> Callable[[], float]:
    """A clock that goes on by `each` whenever it is asked."""
    asked = iter(range(10_000))
    return lambda: next(asked) * each


def test_a_pipe_gets_a_plain_line_from_time_to_time_and_every_thing_passes() -> None:
    said: list[str] = []
    assert list(Lines(said.append, seconds(each=4)).over("mails read", range(8), 8)) == list(range(8))
    assert said == ["mails read: 2 of 8", "mails read: 5 of 8"]


def test_where_nobody_knows_how_many_there_are_a_line_says_how_many_were_done() -> None:
    said: list[str] = []
    assert list(Lines(said.append, seconds(each=11)).over("letters sent", iter("ab"))) == ["a", "b"]
    assert said == ["letters sent: 0", "letters sent: 1"]


def test_work_that_is_soon_done_says_nothing() -> None:
    said, terminal = [], Terminal()
    assert list(Lines(said.append, seconds(each=0.1)).over("mails read", range(5), 5)) == list(range(5))
    assert list(Bars(terminal, seconds(each=0.1)).over("mails read", range(5), 5)) == list(range(5))
    assert (said, terminal.getvalue()) == ([], "")


def test_a_terminal_shows_a_bar_that_is_gone_at_the_end() -> None:
    terminal = Terminal()
    assert list(Bars(terminal, seconds(each=2)).over("mails read", range(3), 3)) == [0, 1, 2]
    assert "mails read" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()
    assert "\x1b[?25h" in terminal.getvalue()  # the cursor is shown again


def test_a_bar_ends_when_its_work_is_broken_off() -> None:
    terminal = Terminal()
    for done in Bars(terminal, seconds(each=2)).over("letters sent", range(9)):
        if done == 2:
            break
    assert terminal.getvalue().count("\x1b[?25l") == terminal.getvalue().count("\x1b[?25h") == 1


def test_bars_are_for_terminals_only() -> None:
    assert isinstance(progress_for(Terminal()), Bars)
    assert isinstance(progress_for(io.StringIO()), Lines)


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True
