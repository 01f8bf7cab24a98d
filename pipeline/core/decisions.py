"""What staff's decisions amount to: what is said of each in À vérifier, what would leave if it were asked for.

Nothing here decides or forbids: a decision is staff's, its letter leaves when they ask for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core import french
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, Status
from pipeline.core.columns import RETAINED
from pipeline.core.delivery import ON_ITS_WAY, LetterState
from pipeline.core.laureates import decision_of, is_laureate, rank_of, waiting_list
from pipeline.core.letters import LETTERS, OutgoingLetter
from pipeline.core.outtray import DECISION_NEEDED

LETTER_OF = {DECISION_NEEDED[letter].casefold(): letter for letter in ("laureat", "liste_attente", "non_retenu")}
TOLD = (LetterState.SENT, *ON_ITS_WAY)
CHANGED = (
    "Le courrier « {letter} » est parti {when}, et la décision est maintenant « {decision} »\u00a0: "
    "demandez un nouveau courrier s'il faut rectifier."
)
TOO_MANY = "{count} candidatures sont retenues, pour {places}."
WITHDREW = "Ce lauréat se retire. {next}."
PROMOTED = (
    "{freed} ({withdrawn})\u00a0: cette candidature est la {rank} de la liste d'attente. Pour la "
    "retenir\u00a0: Décision « Retenu », puis le courrier « Lauréat »."
)
OTHER_DEADLINE = (
    "« Dans les délais » dit « {said} », mais la candidature a été reçue {received} et la clôture est fixée au "
    "{closes}\u00a0: corrigez cette case s'il y a lieu."
)
SAME_RANK = "Rang {rank}\u00a0: une autre candidature de la liste d'attente a le même."


@dataclass(frozen=True)
class Rehearsal:
    """What the decisions of a call amount to: candidatures by decision, letters still owed and what blocks them."""

    laureates: int
    waiting_list: int
    refused: int
    undecided: int
    letters: int
    blocked: Mapping[str, Sequence[str]]  # numbers by reason

    @property
    def is_worth_telling(self) -> bool:
        return bool(self.letters)


def decision_letters(letters: Iterable[OutgoingLetter]) -> dict[str, list[OutgoingLetter]]:
    """The letters of decision that left, or are about to, by number, the oldest first."""
    found: dict[str, list[OutgoingLetter]] = defaultdict(list)
    for letter in letters:
        if letter.key.letter in LETTER_OF.values() and letter.state in TOLD:
            found[letter.key.number].append(letter)
    return found


def remarks_on_decisions(
    call: Call, candidatures: Sequence[Candidature], letters: Iterable[OutgoingLetter]
) -> dict[str, tuple[str, ...]]:
    """The sentences about decisions for À vérifier, by number; the candidatures as corrected."""
    said: dict[str, list[str]] = defaultdict(list)
    for number, sentence in (
        *_changed_after_their_letter(call, candidatures, decision_letters(letters)),
        *_too_many(call, candidatures),
        *_free_places(call, candidatures),
        *_same_ranks(candidatures),
        *_by_another_deadline(call, candidatures),
    ):
        said[number].append(sentence)
    return {number: tuple(sentences) for number, sentences in said.items()}


def rehearsed(
    candidatures: Sequence[Candidature], letters: Iterable[OutgoingLetter], obstacles: Mapping[str, str]
) -> Rehearsal:
    """`obstacles`: what stands in the way of the letter of each candidature's decision, by number."""
    shown = [one for one in candidatures if one.status is Status.OPEN]
    decided = {one.number: LETTER_OF.get(decision_of(one), "") for one in shown}
    told = {number: own[-1].key.letter for number, own in decision_letters(letters).items()}
    owed = [number for number, letter in decided.items() if letter and told.get(number) != letter]
    blocked: dict[str, list[str]] = defaultdict(list)
    for number in owed:
        if obstacles.get(number):
            blocked[obstacles[number]].append(number)
    count = Counter(decided.values())
    return Rehearsal(
        count["laureat"], count["liste_attente"], count["non_retenu"], count[""], letters=len(owed), blocked=blocked
    )


def sentence(call: Call, rehearsal: Rehearsal) -> str:
    """ "3 lauréats pour 2 à 3 places, 1 sur liste d'attente, 6 non retenus ; 10 courriers à demander ; 1 bloqué …"."""
    places = f" pour {french.span(call.places_min, call.places_max, 'place')}" if call.places_max else ""
    counts = [
        f"{french.count(rehearsal.laureates, 'lauréat')}{places}",
        f"{rehearsal.waiting_list} sur liste d'attente",
        french.count(rehearsal.refused, "non retenu", "non retenus"),
        *([f"{rehearsal.undecided} sans décision"] if rehearsal.undecided else []),
    ]
    parts = [", ".join(counts), f"{french.count(rehearsal.letters, 'courrier')} de décision à demander"]
    parts += [
        f"{french.count(len(numbers), 'bloqué')} ({', '.join(numbers)})\u00a0: {reason.rstrip('.')}"
        for reason, numbers in rehearsal.blocked.items()
    ]
    return "\u00a0; ".join(parts) + "."


def _changed_after_their_letter(
    call: Call, candidatures: Iterable[Candidature], letters: Mapping[str, Sequence[OutgoingLetter]]
) -> Iterable[tuple[str, str]]:
    for one in candidatures:
        left = letters.get(one.number)
        decision = decision_of(one)
        if not left or not decision or DECISION_NEEDED[left[-1].key.letter].casefold() == decision:
            continue
        last = left[-1]
        when = f"le {french.day((last.sent or last.created).astimezone(call.zone))}"
        yield (
            one.number,
            CHANGED.format(letter=LETTERS[last.key.letter].label, when=when, decision=one.staff["decision"].strip()),
        )


def _too_many(call: Call, candidatures: Iterable[Candidature]) -> Iterable[tuple[str, str]]:
    laureates = [one for one in candidatures if is_laureate(one)]
    if 0 < call.places_max < len(laureates):
        places = french.span(call.places_min, call.places_max, "place")
        for one in laureates:
            yield one.number, TOO_MANY.format(count=len(laureates), places=places)


def _free_places(call: Call, candidatures: Sequence[Candidature]) -> Iterable[tuple[str, str]]:
    """A laureate withdrew: the first of the waiting list, one for each place that is free."""
    gone = [one for one in candidatures if one.status is Status.WITHDRAWN and decision_of(one) == RETAINED.casefold()]
    free = call.places_max - sum(map(is_laureate, candidatures)) if call.places_max else len(gone)
    places = min(len(gone), max(free, 0))
    first = waiting_list(candidatures)[:places]
    for one in gone:
        named = french.listing([f"{next_.number} ({next_.collectivite or 'sans nom'})" for next_ in first])
        told = f"En tête de la liste d'attente\u00a0: {named}" if first else "Aucune candidature sur la liste d'attente"
        yield one.number, WITHDREW.format(next=told)
    freed = "Une place se libère" if places == 1 else f"{places} places se libèrent"
    withdrawn = ", ".join(each.number for each in gone)
    for place, one in enumerate(first, 1):
        rank = "première" if place == 1 else f"{place}e"
        yield one.number, PROMOTED.format(freed=freed, withdrawn=withdrawn, rank=rank)


def _same_ranks(candidatures: Iterable[Candidature]) -> Iterable[tuple[str, str]]:
    ranks = [(one.number, rank_of(one)) for one in waiting_list(candidatures)]
    for number, rank in ranks:
        if rank is not None and [other for _, other in ranks].count(rank) > 1:
            yield number, SAME_RANK.format(rank=rank)


def _by_another_deadline(call: Call, candidatures: Iterable[Candidature]) -> Iterable[tuple[str, str]]:
    """The closing date was moved, or the reception corrected, since the candidature was found late or in time."""
    for one in candidatures:
        if one.received is None or one.in_time is None or "in_time" in one.corrections:
            continue
        if one.in_time != call.is_in_time(one.received):
            said, received = "oui" if one.in_time else "non", french.moment(one.received.astimezone(call.zone))
            yield one.number, OTHER_DEADLINE.format(said=said, received=received, closes=french.day(call.closes))
