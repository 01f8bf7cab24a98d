"""The words of triage: what a message can be, what is known around it, what is decided. Deciding is left to `rules`."""

from dataclasses import dataclass
from enum import StrEnum

# A mail of which that was said may still be for us by what its documents say.
NOTHING_SAID = "Rien n'y parle d'un appel ni d'une candidature."


class Nature(StrEnum):
    """The natures of the contract, section 6."""

    CANDIDATURE = "candidature"
    COMPLEMENT = "complement"
    WITHDRAWAL = "withdrawal"
    QUESTION = "question"
    RSVP = "rsvp"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    UNRELATED = "unrelated"
    UNSURE = "unsure"


@dataclass(frozen=True)
class KnownCandidature:
    """A candidature that a message could be about."""

    call: str
    number: str
    siren: str
    collectivite: str
    addresses: frozenset[str]  # every address that wrote for it, and its contact's
    withdrawn: bool = False


@dataclass(frozen=True)
class Known:
    """What the ledger knows around one message: gathered by `reading` from the message's clues.

    `threads` maps bare Message-IDs (ours and applicants') that the message refers to → (call, number) or None when the
    thread is known but belongs to no candidature; `our_ids` are those of them that are letters of ours; `awaiting`
    that a person has still to sort an earlier message of the same sender.
    """

    candidatures: tuple[KnownCandidature, ...] = ()
    threads: dict[str, tuple[str, str] | None] | None = None
    our_ids: frozenset[str] = frozenset()
    awaiting: bool = False


@dataclass(frozen=True)
class House:
    """Who we are: our addresses, our colleagues' domains, the server whose Authentication-Results we believe."""

    addresses: frozenset[str]
    organisation_domains: frozenset[str]
    trusted_authserv: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a message is and what leaves for it by itself; `why` are French sentences for the tracker.

    `number` is the existing candidature it belongs to, "" if none (a CANDIDATURE with "" opens a new one).
    `answer` is the letter's key or None. `to_check` are sentences for the column À vérifier of the candidature.
    """

    nature: Nature
    why: tuple[str, ...]
    call: str | None = None
    number: str = ""
    answer: str | None = None
    to_check: tuple[str, ...] = ()


@dataclass(frozen=True)
class MessageClues:
    """What the ledger can be asked about: addresses in lower case, bare Message-IDs, numbers in upper case."""

    addresses: frozenset[str]
    message_ids: tuple[str, ...]
    numbers: tuple[str, ...]
