"""How a person sees how far long work is."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    def over(self, what: str, things: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The things, one after another, unchanged; `what` they are ("mails read"), how many where that is known."""
        ...
