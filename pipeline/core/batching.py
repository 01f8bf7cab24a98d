"""Many things, some at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batches(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The things in their order, `size` at a time, fewer at the end (`itertools.batched` from Python 3.12 on)."""
    return (things[at : at + size] for at in range(0, len(things), size))
