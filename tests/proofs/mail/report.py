"""The proof in words: shares, and every message that is on the wrong side of one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.core.triage import Nature
from tests.proofs.mail.judging import Judged
from tests.proofs.mail.subjects import NEVER_ANSWERED, Kind

RIGHT = {
    Kind.BOUNCE: {Nature.BOUNCE},
    Kind.DELAY: {Nature.AUTO_REPLY},
    Kind.AUTO_REPLY: {Nature.AUTO_REPLY},
}
AUTOMATIC = {Nature.AUTO_REPLY, Nature.BOUNCE}


@dataclass(frozen=True)
class Share:
    """`good` of `total`, at least `least` of which must be; `bad` names the others."""

    what: str
    total: int
    bad: tuple[str, ...]
    least: float = 0.0

    @property
    def holds(self) -> bool:
        return self.total - len(self.bad) >= self.least * self.total

    def __str__(self) -> str:
        good = self.total - len(self.bad)
        share = f"{100 * good / self.total:.2f} %" if self.total else "-"
        asked = f" (asked: {100 * self.least:g} %)" if self.least else ""
        return f"{'  ' if self.holds else '! '}{self.what}: {good} of {self.total}, {share}{asked}"


def shares(found: Sequence[Judged]) -> list[Share]:
    """What the proof measures, in the order of the brief."""
    read = [one for one in found if one.verdict]
    never = [one for one in read if one.subject.kind in NEVER_ANSWERED]
    human = [one for one in read if one.subject.kind is Kind.HUMAN]
    return [
        _share("no exception", found, lambda one: not one.fault, 1.0),
        _share("read (the others are given up, visibly)", found, lambda one: one.verdict is not None),
        _share("never answered as they are", never, lambda one: _letter(one.verdict) is None, 0.995),
        _share("never answered under the words of a candidature", never, lambda one: not one.answers, 0.995),
        *(_of_kind(read, kind) for kind in NEVER_ANSWERED),
        *(_exact(read, kind) for kind in RIGHT),
        _share("people, not taken for machines", human, _is_a_person, 0.99),
        _share("people, answered when they apply", human, lambda one: _letter(one.disguised) is not None),
        _names(read),
    ]


def _letter(verdict: object) -> str | None:
    return getattr(verdict, "answer", None)


def _is_a_person(one: Judged) -> bool:
    natures = {verdict.nature for verdict in (one.verdict, one.disguised) if verdict}
    return not natures & AUTOMATIC


def _of_kind(found: Iterable[Judged], kind: Kind) -> Share:
    of_kind = [one for one in found if one.subject.kind is kind]
    return _share(f"  {kind}: never answered", of_kind, lambda one: not one.answers)


def _exact(found: Iterable[Judged], kind: Kind) -> Share:
    of_kind = [one for one in found if one.subject.kind is kind]
    return _share(f"{kind}: exactly that nature", of_kind, lambda one: _nature(one) in RIGHT[kind])


def _nature(one: Judged) -> str:
    return one.verdict.nature if one.verdict else ""


def _names(found: Iterable[Judged]) -> Share:
    judged = list(found)
    total = sum(one.names.same + len(one.names.different) for one in judged)
    bad = tuple(f"{one.subject.name}: {ours!r}, {theirs!r}" for one in judged for ours, theirs in one.names.different)
    return Share("names of attached files as an independent reader has them", total, bad, 0.97)


def _share(what: str, found: Sequence[Judged], good: Callable[[Judged], bool], least: float = 0.0) -> Share:
    return Share(what, len(found), tuple(_said(one) for one in found if not good(one)), least)


def _said(one: Judged) -> str:
    if not one.verdict or not one.disguised:
        return f"{one.subject.name}: {one.fault or one.given_up}"
    return f"{one.subject.name}: {one.verdict.nature} / {one.disguised.nature} {' '.join(one.disguised.why)}"
