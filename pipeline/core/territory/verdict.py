"""From claims to the collectivité: sure when the parts of the mail agree, else the candidates for a person."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.core.signature import MOST_DOCUMENTS, Parted, within_reason, without_marks
from pipeline.core.territory import reasons
from pipeline.core.territory.bare_names import applying_commune
from pipeline.core.territory.completing import of_their_epci, spelled_out, without_carried, without_excluded
from pipeline.core.territory.confirmation import confirmed, core_key, goes_with
from pipeline.core.territory.evidence import (
    ASIDE,
    Claim,
    Layer,
    Reader,
    claims_of_address,
    claims_of_domain,
    claims_of_mail,
    claims_of_numbers,
    claims_of_text,
)
from pipeline.core.territory.levels import applies_at_another_level, clauses_of, speaks_as
from pipeline.core.territory.located import Strength
from pipeline.core.territory.organisations import is_body, is_mandated, may_speak_of_itself, name_of, speaks_of_itself
from pipeline.core.territory.reference import Territories
from pipeline.core.territory.regions import in_regions, without_recipient
from pipeline.core.territory.settling import Surroundings
from pipeline.core.territory.told import told_and_signed
from pipeline.core.territory.values import Clues, Collectivite, Identification
from pipeline.core.territory.weighing import EMPLOYER, layers_of, winner
from pipeline.core.territory.wording import key_of, words_of

_TITLE_OF_COMMUNE = re.compile(r"^(?:(?:p o |pour )?le |la )maire$")
_TITLE_OF_EPCI = re.compile(r"^(?:(?:p o |pour )?le |la )presidente?$")
_PRESIDENT = re.compile(r"\bpresidente?$")
_READ_LINE = 500  # characters of a subject
_MANY = 4  # candidates shown to a person


@dataclass(frozen=True)
class Reading:
    """All that a mail says of its applicant."""

    clues: Clues
    parted: Parted
    own: tuple[Claim, ...]
    quoted: tuple[Claim, ...]
    documents: tuple[Claim, ...]


def identify(clues: Clues, territories: Territories, regions: tuple[str, ...]) -> Identification:
    """The collectivité that applies, sure or None with candidates; `regions` are the INSEE codes of the call."""
    reading = read(_within_reason(clues), territories)
    place, claims = _sure(reading, territories)
    if place:
        why, former_name = reasons.sure(place, claims), reasons.former_name(place, claims)
        return Identification(place, in_regions(place.departements, regions), why=why, former_name=former_name)
    name = name_of(reading.parted, clues.sender_name)
    if _is_organisation(reading):
        said = f"Le message vient d'un organisme qui n'est pas une collectivité ({name})." if name else ""
        return Identification(None, None, (), said or "Le message ne vient pas d'une collectivité.", True, name)
    candidates = _candidates(reading, territories)
    return Identification(None, None, candidates, reasons.doubt(candidates), False, name)


def _within_reason(clues: Clues) -> Clues:
    """The clues, as much of them as a person would look at."""
    return replace(
        clues,
        subject=clues.subject[:_READ_LINE],
        sender_name=clues.sender_name[:_READ_LINE],
        text=within_reason(clues.text),
        quoted=within_reason(clues.quoted),
        documents=tuple(within_reason(text) for text in clues.documents[:MOST_DOCUMENTS]),
    )


def read(clues: Clues, territories: Territories) -> Reading:
    """Every claim of the mail, what it quotes, and its documents."""
    parted = told_and_signed(clues.text)
    quoted = without_marks(clues.quoted)
    letters = tuple(without_recipient(text) for text in clues.documents)
    signature = "\n".join(parted.signature)
    texts = (signature, f"{clues.subject}\n{clues.text}", quoted, *letters)
    around = Surroundings(texts, territories, clues.sender_domain)
    reader = Reader(territories, around)
    numbers = claims_of_numbers((clues.text, quoted, *clues.documents), territories)
    own = [
        *claims_of_mail(reader, clues.subject, clues.sender_name, parted),
        *claims_of_address(reader, clues.town_hall),
        *claims_of_domain(clues.sender_domain, territories),
    ]
    documents = tuple(claim for text in clues.documents for claim in claims_of_text(reader, text))
    return Reading(
        clues,
        parted,
        of_their_epci(
            spelled_out(without_carried(without_excluded((*own, *(numbers if len(numbers) == 1 else ())))), documents),
            territories,
        ),
        tuple(claims_of_text(reader, quoted)) if quoted.strip() else (),
        documents,
    )


def _sure(reading: Reading, territories: Territories) -> tuple[Collectivite | None, Sequence[Claim]]:
    """The collectivité when it is sure, and the claims that were weighed: the mail's own, else what it passes on,
    else its documents, else two proposals that agree."""
    own = [claim for claim in reading.own if claim.decides]
    if own:
        place = winner(own) or next(filter(None, (tell(own, reading) for tell in _TELLING_APART)), None)
        if place and (
            _is_contradicted(place, own, reading, territories) or _is_for_an_organisation(place, own, reading)
        ):
            return None, own
        return place, own
    if (_is_organisation(reading) and not _only_passes_on(reading)) or any(
        claim.layer is Layer.SIREN for claim in reading.own
    ):
        return None, own
    for elsewhere in (reading.quoted, reading.documents):
        strong = [claim for claim in elsewhere if claim.decides]
        place = winner(strong)
        if strong:
            agrees = place and all(goes_with(claim, place, territories) for claim in _proposals(reading.own))
            return (place, strong) if agrees else (None, strong)
    proposals = _proposals(reading.own)
    place = confirmed(
        proposals, (*reading.own, *reading.quoted, *reading.documents), reading.clues.sender_domain, territories
    )
    return place or applying_commune(proposals, reading.parted, territories), proposals or reading.own


def _proposals(claims: Iterable[Claim]) -> list[Claim]:
    """What names an applicant without deciding: acronyms and bare names, where an applicant is named."""
    return [claim for claim in claims if claim.layer not in ASIDE and not claim.decides and not _is_surname(claim)]


def _is_surname(claim: Claim) -> bool:
    """A bare word beside somebody's name may be that name: many people are called like a village."""
    single = len(words_of(claim.words)) < 2
    return claim.strength <= Strength.LOOSE and single and claim.layer in (Layer.SIGNATURE, Layer.SENDER)


def _by_documents(own: Sequence[Claim], reading: Reading) -> Collectivite | None:
    """Of the collectivités between which the mail hesitates, the one that the documents put at their head."""
    told = [
        claim for claim in reading.documents if claim.decides and claim.layer in (Layer.LETTERHEAD, Layer.STATEMENT)
    ]
    found = {claim.places[0] for claim in told}
    hesitating = layers_of(own)
    both = found & set(hesitating)
    return both.pop() if len(both) == 1 and len(found) == 1 else None


def _by_family(own: Sequence[Claim], reading: Reading) -> Collectivite | None:
    """ "Notre commune", or the title "Le Président," above the name, tells the commune of the EPCI."""
    titles = [" ".join(words_of(line)) for line in reading.parted.signature]
    as_commune, as_epci = speaks_as(clauses_of(reading.parted.body))
    commune = as_commune or any(map(_TITLE_OF_COMMUNE.match, titles))
    stated = {place.kind == "COM" for place, layers in layers_of(own).items() if Layer.STATEMENT in layers}
    title = _PRESIDENT if stated == {False} else _TITLE_OF_EPCI
    epci = as_epci or any(map(title.search, titles))
    fitting = [place for place in layers_of(own) if (place.kind == "COM") == commune]
    told = commune != epci and len(fitting) == 1 and len(layers_of(own)) == 2
    other = any(claim.layer is Layer.STATEMENT and claim.places[0] not in fitting for claim in own)
    return fitting[0] if told and not other else None


def _by_bare_name(own: Sequence[Claim], reading: Reading) -> Collectivite | None:
    """Of the writer's several offices, the one whose place the text or the subject names by its bare name."""
    hesitating = layers_of(own)
    said = [claim for claim in _proposals(reading.own) if claim.layer in (Layer.STATEMENT, Layer.SUBJECT)]
    named = {place for place in hesitating if any(_names(claim, place) for claim in said)}
    held = all(layers <= EMPLOYER for place, layers in hesitating.items() if place not in named)
    return named.pop() if len(named) == 1 and held else None


def _names(claim: Claim, place: Collectivite) -> bool:
    return place in claim.places or key_of(words_of(claim.words)) == core_key(place)


_TELLING_APART = (_by_documents, _by_family, _by_bare_name)


def _is_contradicted(place: Collectivite, own: Sequence[Claim], reading: Reading, territories: Territories) -> bool:
    """Whether the documents, what is passed on, or the bare names of the mail say plainly that another applies."""
    layers = layers_of(own)[place]
    if layers & {Layer.STATEMENT, Layer.SUBJECT}:
        return False
    if Layer.SIREN not in layers and applies_at_another_level(place, clauses_of(reading.parted.body)):
        return True
    told = [claim for claim in (*reading.documents, *reading.quoted) if claim.decides]
    stated = {claim.places[0] for claim in told if claim.layer is Layer.STATEMENT}
    if stated and place not in {claim.places[0] for claim in told}:
        return True
    proposals = _proposals(reading.own)
    said = [claim for claim in proposals if claim.layer in (Layer.STATEMENT, Layer.SUBJECT)]
    # "Maire de Liévin" above "CALL" or "Osartis-Marquion": a second employer. A bare commune may be a street.
    employers = [claim for claim in proposals if any(one.kind != "COM" for one in claim.places)]
    named = said if Layer.DOMAIN in layers else [*said, *employers]
    return not all(goes_with(claim, place, territories) for claim in named)


def _is_for_an_organisation(place: Collectivite, own: Sequence[Claim], reading: Reading) -> bool:
    """Whether an association or a firm speaks of itself, and only mentions the collectivité."""
    layers = layers_of(own)[place]
    if Layer.STATEMENT in layers and is_mandated(reading.parted.body):
        return False
    return speaks_of_itself(reading.parted.body) and not layers & {Layer.DOMAIN, Layer.SIREN}


def _is_organisation(reading: Reading) -> bool:
    """Whether the applicant is none of the list, by its own words, its signature or its display name."""
    if speaks_of_itself(reading.parted.body) or speaks_of_itself(reading.clues.subject):
        return True
    if any(claim.decides for claim in reading.own):
        return False
    signed = is_body(reading.clues.sender_name) or any(is_body(line) for line in reading.parted.signature)
    return signed or may_speak_of_itself(reading.parted.body)


def _only_passes_on(reading: Reading) -> bool:
    """Whether a body that does not speak of itself hands over a mail in which somebody applies."""
    applies = any(claim.decides and claim.layer is Layer.STATEMENT for claim in reading.quoted)
    return applies and not speaks_of_itself(f"{reading.clues.subject}\n{reading.parted.body}")


def _candidates(reading: Reading, territories: Territories) -> tuple[Collectivite, ...]:
    """Those a person should choose from, the likelier first."""
    named = [claim for claim in reading.own if claim.layer not in ASIDE and not _is_surname(claim)]
    elsewhere = [claim for claim in (*reading.quoted, *reading.documents) if claim.layer not in ASIDE]
    mentioned = [claim for claim in reading.own if claim.layer is Layer.MENTION]
    chosen = named or elsewhere or mentioned
    ranked = sorted(chosen, key=lambda claim: (-claim.strength, len(claim.places)))
    places = dict.fromkeys(place for claim in ranked for place in _near_first(claim.places, territories))
    return tuple(places)[:_MANY]


def _near_first(places: tuple[Collectivite, ...], territories: Territories) -> list[Collectivite]:
    known = territories.identities_near
    return sorted(places, key=lambda place: (place.siren, place.insee, place.name) not in known)
