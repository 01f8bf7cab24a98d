"""What is worth telling staff once a day: what failed, what waits for them, what is new, what they decided. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.core import french
from pipeline.core.arrival import LoggedMessage
from pipeline.core.call import Call
from pipeline.core.candidature import Status, corrected
from pipeline.core.decisions import Rehearsal, sentence
from pipeline.core.delivery import LetterState
from pipeline.core.letters import LETTERS, Asked, Section
from pipeline.core.rows import NATURES, Dossier, blocked, letter_troubles, to_check

MOST_LINES = 20
NEWS = ("complement", "withdrawal", "rsvp", "question")


@dataclass(frozen=True)
class State:
    """A call as the ledger has it; `since` the moment up to which staff were told; `troubles` and `news`
    French sentences of the caller's."""

    call: Call
    dossiers: Sequence[Dossier]
    messages: Sequence[LoggedMessage]
    rehearsal: Rehearsal
    since: datetime
    troubles: Sequence[str] = ()
    news: Sequence[str] = ()


def sections_of(state: State) -> tuple[Section, ...]:
    """In order of urgency; none when nothing happened and nothing waits."""
    telling = (
        Section("Ce qui n'a pas abouti", _short([*state.troubles, *_failed(state)])),
        Section("Ce qui vous attend", _short([*_to_sort(state), *_waiting_letters(state), *_doubts(state)])),
        Section("Ce qui est nouveau", _short([*_new_candidatures(state), *_news(state), *_sent(state), *state.news])),
    )
    filled = tuple(section for section in telling if section.lines)
    if filled and state.rehearsal.is_worth_telling:
        return *filled, Section("Vos décisions à ce jour", (sentence(state.call, state.rehearsal),))
    return filled


def named(dossier: Dossier) -> str:
    """ "V21-003 (Communauté de communes du Ternois)"."""
    seen = corrected(dossier.candidature)
    return f"{seen.number} ({seen.collectivite})" if seen.collectivite else seen.number


def _failed(state: State) -> Iterable[str]:
    return (f"{named(one)}\u00a0: {said}" for one in state.dossiers for said in letter_troubles(one.letters))


def _to_sort(state: State) -> Iterable[str]:
    waiting = [one for one in state.messages if one.nature == "unsure" and not one.staff_nature]
    return (f"Message à trier, {_of(one)}\u00a0: {_title(one)}" for one in waiting)


def _waiting_letters(state: State) -> Iterable[str]:
    return (f"{named(one)}\u00a0: {said}" for one in state.dossiers for said in blocked(one.requests))


def _doubts(state: State) -> Iterable[str]:
    """The first sentence of each À vérifier that is neither a letter's."""
    for one in state.dossiers:
        letters = {*letter_troubles(one.letters), *blocked(one.requests)}
        said = [line for line in to_check(one).split("\n") if line and line not in letters]
        if said:
            more = f" (et {french.count(len(said) - 1, 'autre point', 'autres points')})" if len(said) > 1 else ""
            yield f"{named(one)}, à vérifier\u00a0: {said[0]}{more}"


def _new_candidatures(state: State) -> Iterable[str]:
    opened = {m.number: m.arrival.received for m in state.messages if m.nature == "candidature" and _is_new(state, m)}
    for one in state.dossiers:
        if one.candidature.number in opened and one.candidature.status is not Status.REMOVED:
            late = ", hors délai" if corrected(one.candidature).in_time is False else ""
            when = french.moment(opened[one.candidature.number].astimezone(state.call.zone))
            yield f"Candidature {named(one)}, reçue {when}{late}"


def _news(state: State) -> Iterable[str]:
    for message in state.messages:
        if message.nature in NEWS and _is_new(state, message):
            about = f"pour {message.number}" if message.number else _of(message)
            yield f"{NATURES[message.nature]} {about}\u00a0: {_title(message)}"


def _sent(state: State) -> Iterable[str]:
    sent = [
        letter
        for one in state.dossiers
        for letter in one.letters
        if letter.state is LetterState.SENT and letter.sent and letter.sent > state.since
    ]
    if sent:
        automatic = sum(LETTERS[letter.key.letter].asked is not Asked.BY_STAFF for letter in sent)
        asked = len(sent) - automatic
        told = [french.count(automatic, "automatique")] if automatic else []
        told += [f"{asked} à votre demande"] if asked else []
        yield f"{french.count(len(sent), 'courrier parti', 'courriers partis')}\u00a0: {french.listing(told)}"


def _is_new(state: State, message: LoggedMessage) -> bool:
    return message.decided is not None and message.decided > state.since


def _of(message: LoggedMessage) -> str:
    return f"de {message.sender}" if message.sender else "d'un expéditeur inconnu"


def _title(message: LoggedMessage) -> str:
    return f"« {message.subject} »" if message.subject else "sans objet"


def _short(lines: Iterable[str]) -> tuple[str, ...]:
    """The first of many, and how many more there are."""
    everything = tuple(dict.fromkeys(lines))
    if len(everything) <= MOST_LINES:
        return everything
    more = len(everything) - MOST_LINES
    return *everything[:MOST_LINES], f"… et {french.count(more, 'autre ligne', 'autres lignes')} dans le tableau"
