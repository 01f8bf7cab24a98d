"""Doors that are built when somebody first goes through them: a cycle with nothing to do goes through few."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

Door = TypeVar("Door")


class _Later:
    """Answers like the door, which it builds at the first question."""

    def __init__(self, build: Callable[[], object]) -> None:
        self._build = build

    @cached_property
    def _door(self) -> object:
        return self._build()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._door, name)


def on_first_use(build: Callable[[], Door]) -> Door:
    """The door that `build` makes, made when it is first used."""
    return cast("Door", _Later(build))
