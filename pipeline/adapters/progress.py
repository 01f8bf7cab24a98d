"""Long work as a person follows it: a moving bar on a terminal, a plain line from time to time elsewhere.

Work that is soon done says nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

import click

T = TypeVar("T")
SOON_DONE = 1.0  # seconds
BETWEEN_LINES = 10.0  # seconds


def progress_for(stream: TextIO) -> "Bars | Lines":
    """Bars where `stream` (standard error, which no program reads) is a terminal, else lines on standard output."""
    return Bars(stream) if stream.isatty() else Lines(click.echo)


class Lines:
    """ "mails read: 200 of 1000" every ten seconds, for a log or a pipe."""

    def __init__(self, say: Callable[[str], object], clock: Callable[[], float] = monotonic) -> None:
        self._say, self._clock = say, clock

    def over(self, what: str, things: Iterable[T], total: int | None = None) -> Iterator[T]:
        said = self._clock()
        for done, thing in enumerate(things):
            if self._clock() - said >= BETWEEN_LINES:
                self._say(f"{what}: {done}" + (f" of {total}" if total else ""))
                said = self._clock()
            yield thing


class Bars:
    """A bar of rich for each kind of work that lasts, gone when it is done."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self._stream, self._clock = stream, clock

    def over(self, what: str, things: Iterable[T], total: int | None = None) -> Iterator[T]:
        began, iterator = self._clock(), iter(things)
        for done, thing in enumerate(iterator):
            yield thing
            if self._clock() - began >= SOON_DONE:
                yield from self._shown(what, iterator, total, done + 1)

    def _shown(self, what: str, rest: Iterator[T], total: int | None, done: int) -> Iterator[T]:
        # Only here: a cycle that is soon done does not wait for these packages.
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import MofNCompleteColumn, Progress  # noqa: PLC0415

        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        with Progress(*columns, console=Console(file=self._stream), transient=True) as bars:
            task = bars.add_task(what, total=total, completed=done)
            for thing in rest:
                yield thing
                bars.advance(task)
