"""What became of a letter: the states it can be in, and what each answer of a server leads to. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class LetterState(StrEnum):
    """States of design section 3; the arrows and what a crash costs at each are in docs/states.md."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    HELD = "held"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """How far a send got before it failed."""

    BEFORE_DATA = "before data"  # nothing was accepted: trying again is safe
    AFTER_DATA = "after data"  # the message left and no answer came: it may have been accepted


@dataclass(frozen=True)
class Answer:
    """What the server said: SMTP code (0 = no answer at all), text, how far we were, when (aware)."""

    code: int
    text: str
    step: Step
    at: datetime

    @property
    def is_refusal(self) -> bool:
        """A definite no."""
        return 500 <= self.code < 600


@dataclass(frozen=True)
class Outcome:
    """The next state of a letter; `retry_at` only for RETRY; `why` in French for staff."""

    state: LetterState
    why: str = ""
    at: datetime | None = None
    retry_at: datetime | None = None


# From each state to those it may become; what a crash at each arrow costs is in docs/states.md.
ARROWS: dict[LetterState, frozenset[LetterState]] = {
    LetterState.QUEUED: frozenset({LetterState.SENDING, LetterState.HELD, LetterState.CANCELLED}),
    LetterState.SENDING: frozenset(
        {LetterState.SENT, LetterState.RETRY, LetterState.REFUSED, LetterState.UNKNOWN, LetterState.HELD}
        | {LetterState.QUEUED, LetterState.BOUNCED}
    ),
    LetterState.RETRY: frozenset({LetterState.SENDING, LetterState.HELD, LetterState.CANCELLED}),
    LetterState.SENT: frozenset({LetterState.BOUNCED}),
    LetterState.UNKNOWN: frozenset({LetterState.SENT, LetterState.BOUNCED}),
    LetterState.HELD: frozenset({LetterState.QUEUED, LetterState.CANCELLED}),
    LetterState.REFUSED: frozenset(),
    LetterState.BOUNCED: frozenset(),
    LetterState.CANCELLED: frozenset({LetterState.QUEUED, LetterState.HELD}),
}
ON_ITS_WAY = (LetterState.QUEUED, LetterState.SENDING, LetterState.RETRY)
# Of a letter in one of these states no copy can be ours: it may still leave, or be kept from it.
NOT_LEFT = (LetterState.QUEUED, LetterState.RETRY, LetterState.HELD)
# Enhanced status codes (RFC 3463): what is not, or not only, a wrong address.
FULL_BOX, TOO_LARGE, POLICY = "boîte pleine", "courrier trop volumineux", "non pour l'adresse mais par précaution"
MEANINGS = {"5.2.2": FULL_BOX, "5.2.3": TOO_LARGE, "5.3.4": TOO_LARGE, "5.4.5": POLICY, "5.7.": POLICY}
_STATUS = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_OF_THE_LETTER = re.compile(r"5\.(?:1\.(?!7\b|8\b)|2\.|3\.4\b)")  # its recipient, its size
# Of a letter in one of these nobody has anything, nor ever will.
NEVER_LEAVES = (LetterState.CANCELLED, LetterState.REFUSED)
BACK_OFF_MINUTES = (1, 5, 15, 60, 240)
LONGEST_WAIT = timedelta(minutes=BACK_OFF_MINUTES[-1] * 1.2)  # between two attempts, with its spread
GIVE_UP = timedelta(hours=48)


def judge(answer: Answer, attempts: int, created: datetime, refuses_all: bool = False) -> Outcome:
    """What a server's answer makes of a letter; `attempts` counts this one, `created` is aware. A refusal of all that
    we send (`refuses_all`) is none of this letter: it is tried again.

    A definite code decides wherever it came. Anything else after the data means that the letter may have been
    accepted (RFC 1047): it is never sent again by the machine.
    """
    text = " ".join(answer.text.split())
    if 200 <= answer.code < 300:
        return Outcome(LetterState.SENT, at=answer.at)
    if answer.is_refusal and not refuses_all:
        said = f"{answer.code} {text}"
        return Outcome(LetterState.REFUSED, f"refusé par le serveur de messagerie{_meaning(text)} ({said})", answer.at)
    if not 400 <= answer.code < 600 and answer.step is Step.AFTER_DATA:
        return Outcome(LetterState.UNKNOWN, _uncertain(text), answer.at)
    said = f"{answer.code} {text}" if answer.code > 0 else text or "pas de réponse du serveur de messagerie"
    if answer.at - created >= GIVE_UP and attempts > len(BACK_OFF_MINUTES):
        # Not before every delay was tried: a letter that waited for the worker itself has not failed for two days.
        return Outcome(LetterState.HELD, f"abandonné après 48\u00a0heures d'essais ({said})", answer.at)
    return Outcome(LetterState.RETRY, f"nouvel essai prévu ({said})", answer.at, _next_try(answer.at, attempts))


def general_refusal(answer: Answer) -> str:
    """The words of a refusal that says nothing of the letter's recipient or size, without what differs from one letter
    to the next: said again of another one, it is of all that we send (a daily limit, a blocked account). "" for any
    other answer."""
    status = _STATUS.search(answer.text)
    is_of_the_letter = bool(_OF_THE_LETTER.match(status[0])) if status else answer.step is Step.BEFORE_DATA
    if not answer.is_refusal or is_of_the_letter:
        return ""
    words = [word for word in answer.text.lower().split() if word.strip("<>()[]:;,.").isalpha()]
    return " ".join([str(answer.code), status[0] if status else "", *words])


def _meaning(text: str) -> str:
    """What the server's status says besides no, for people; "" where it is the address, as a rule."""
    status = _STATUS.search(text)
    meaning = next((meaning for start, meaning in MEANINGS.items() if status and status[0].startswith(start)), "")
    return f", {meaning}" if meaning else ""


def _uncertain(text: str) -> str:
    heard = f" ({text})" if text else ""
    return f"envoi incertain\u00a0: le serveur n'a pas confirmé la réception{heard}"


def _next_try(at: datetime, attempts: int) -> datetime:
    """Later and later; spread by up to a fifth so that letters refused together do not come back together."""
    minutes = BACK_OFF_MINUTES[min(max(attempts, 1), len(BACK_OFF_MINUTES)) - 1]
    spread = (at.microsecond % 100) / 500
    return at + timedelta(minutes=minutes * (1 + spread))
