"""What the product makes of one message: read, judged as it is, judged as a candidature."""

from dataclasses import dataclass, field
from functools import cache

from pipeline.adapters.gazetteer import Gazetteer
from pipeline.core.call import Call
from pipeline.core.message import Message, Unreadable, read_message
from pipeline.core.territory import clues_from, identify
from pipeline.core.triage import Case, House, Known, Verdict, triage
from tests.builders import a_call, paris
from tests.proofs.mail.names import Names, compared
from tests.proofs.mail.subjects import US, Subject, like_a_candidature, to_us
from tests.steps.a_house import ROOT

RECEIVED = paris("2017-02-06 10:00")  # the call is open: nothing else keeps a letter back
CALLS: tuple[Call, ...] = (a_call(),)
HOUSE = House(frozenset({US.email}), frozenset({"cerdd.org"}))


@dataclass(frozen=True)
class Judged:
    """`fault`: the exception that came out, "" if none; `given_up`: why it could not be read, "" if it could.

    `disguised` is the verdict on the same message under the words of a candidature.
    """

    subject: Subject
    fault: str = ""
    given_up: str = ""
    verdict: Verdict | None = None
    disguised: Verdict | None = None
    names: Names = field(default_factory=Names)

    @property
    def answers(self) -> tuple[str, ...]:
        """The letters that would leave, as it is or disguised."""
        return tuple(one.answer for one in (self.verdict, self.disguised) if one and one.answer)


def judged(subject: Subject) -> Judged:
    """Read and judge one message; whatever comes out is noted."""
    try:
        message = read_message(subject.raw)
        if isinstance(message, Unreadable):
            return Judged(subject, given_up=message.reason)
        verdict, disguised = verdict_on(to_us(message)), verdict_on(like_a_candidature(message))
        return Judged(subject, "", "", verdict, disguised, compared(subject.raw, message))
    except Exception as fault:  # the proof counts them
        return Judged(subject, f"{type(fault).__name__}: {fault}")


def verdict_on(message: Message) -> Verdict:
    """As of a message newly arrived, addressed to us, from somebody unknown."""
    found = identify(clues_from(message, ()), _gazetteer().territories(), CALLS[0].regions)
    siren = found.collectivite.siren if found.collectivite else ""
    candidates = tuple(place.siren for place in found.candidates)
    return triage(Case(message, Known(), CALLS, HOUSE, RECEIVED, siren=siren, candidates=candidates))


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(ROOT / "config" / "territories")
