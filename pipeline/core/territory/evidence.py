"""What each part of a mail says about its applicant, as claims. Weighing them is left to `weighing`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from pipeline.core.folding import fold
from pipeline.core.signature import Parted
from pipeline.core.territory.clauses import clause, sentence
from pipeline.core.territory.contexts import (
    acts_at_once,
    applies,
    carries,
    is_excluded,
    is_member,
    is_of_its_members,
    is_only_mentioned,
    is_part_of_another,
    is_title,
)
from pipeline.core.territory.index import collectivite
from pipeline.core.territory.listing import Listing
from pipeline.core.territory.located import Mention, Strength
from pipeline.core.territory.mentions import find_mentions
from pipeline.core.territory.reference import Territories
from pipeline.core.territory.regions import postcodes_in, without_recipient
from pipeline.core.territory.settling import Surroundings, grade_of, is_shared, settle
from pipeline.core.territory.told import is_sentence, told_and_signed
from pipeline.core.territory.values import Collectivite
from pipeline.core.territory.wording import Token, tokens_of

_SIREN = re.compile(r"\d(?<![\d+]\d)\d{2}[ .\u00a0\u202f]?\d{3}[ .\u00a0\u202f]?\d{3}(?:[ .\u00a0\u202f]?\d{5})?(?!\d)")
_HEAD_LINES = 12
_STREETS = "".join(f"(?<!{street} de la )" for street in ("place", "rue", "route", "square", "allee"))
TOWN_HALL = re.compile(
    rf"\b(?:{_STREETS}mairie|maire|(?<!de l.)hotel de ville|conseil municipal|secretaire de mairie)\b"
)
_OUTSIDE_LETTER = re.compile(
    r"^\s*(?:objet|madame|monsieur|mesdames|messieurs|bonjour)\b", re.IGNORECASE | re.MULTILINE
)


class Layer(StrEnum):
    """Where a claim was read; the value is what staff read of it."""

    SIREN = "numéro SIREN"
    DOMAIN = "domaine de messagerie"
    STATEMENT = "texte de la candidature"
    SUBJECT = "objet"
    SIGNATURE = "signature"
    SENDER = "nom de l'expéditeur"
    LETTERHEAD = "en-tête de document"
    ADDRESS = "adresse"
    MENTION = "mention"
    BESIDE = "partenaire, voisin"
    EXCLUDED = "écartée par le texte"


# What confirms, and never says who applies.
ASIDE = frozenset((Layer.ADDRESS, Layer.MENTION, Layer.BESIDE, Layer.EXCLUDED))


@dataclass(frozen=True)
class Claim:
    """A part of the mail names these collectivités (one, or namesakes that nothing tells apart).

    `sentence` tells the sentences of a text apart, -1 outside a running text. `carries`: the text says that this one
    carries the candidature of several. `located`: the département stands in brackets behind the name.
    """

    places: tuple[Collectivite, ...]
    layer: Layer
    strength: Strength
    grade: int = 0
    words: str = ""
    sentence: int = -1
    carries: bool = False
    located: bool = False

    @property
    def is_one(self) -> bool:
        """Whether it names one collectivité, or may."""
        return len(self.places) == 1

    @property
    def decides(self) -> bool:
        return self.is_one and self.strength >= Strength.USAGE and self.layer not in ASIDE

    @property
    def is_full_name(self) -> bool:
        """Whether it names one collectivité beyond doubt, wherever it stands."""
        return self.is_one and self.strength >= Strength.USAGE


@dataclass(frozen=True)
class Reader:
    """Reads texts for claims, with what surrounds them to tell namesakes apart."""

    territories: Territories
    around: Surroundings

    def lines(self, text: str, layer: Layer) -> list[Claim]:
        """Claims of a text whose lines say who somebody is: subject, signature, letterhead, display name."""
        tokens, mentions = _mentioned(text, self.territories)
        claims, listing = [], Listing(tokens)
        for mention in mentions:
            before, after = clause(tokens, mention)
            if layer is Layer.SUBJECT and listing.goes_on(mention.start, mention.end):
                continue
            if layer is Layer.SUBJECT and is_only_mentioned(before, after):
                listing.begin(mention.end)
            elif not is_part_of_another(before, after):
                claims.append(self._claim(tokens, mention, self._standing_in_line(tokens, mention, layer, before)))
        return claims

    @staticmethod
    def _standing_in_line(tokens: list[Token], mention: Mention, layer: Layer, before: str) -> Layer:
        if _follows_postcode(tokens, mention):
            return Layer.ADDRESS
        return Layer.BESIDE if is_of_its_members(before) else layer

    def sentences(self, text: str, layer: Layer = Layer.STATEMENT) -> list[Claim]:
        """Claims of a running text: `layer` where a sentence says who applies, MENTION elsewhere."""
        tokens, mentions = _mentioned(text, self.territories)
        claims, listing = list[Claim](), Listing(tokens)
        for before_it, mention in zip((None, *mentions), mentions, strict=False):
            if is_part_of_another(*clause(tokens, mention)):
                continue
            before, after = sentence(tokens, mention)
            if before_it and self._is_in_its_brackets(tokens, before_it, mention):
                standing = Layer.BESIDE  # its members, or where it lies
                listing.begin(mention.end)
            elif self._may_go_on(tokens, mention, after) and listing.goes_on(mention.start, mention.end):
                standing = Layer.BESIDE
            else:
                standing = self._standing(tokens, mention, layer)
                listing.begin(mention.end) if standing is Layer.BESIDE else listing.stop()
            claim = self._claim(tokens, mention, standing)
            at = -1 if claim.layer is Layer.SIGNATURE else mention.start - before.count(" ")
            claims.append(replace(claim, sentence=at, carries=claim.layer is layer and carries(before, after)))
        return claims

    @staticmethod
    def _is_in_its_brackets(tokens: list[Token], before_it: Mention, mention: Mention) -> bool:
        """Whether it is the first in brackets behind another name: "le PETR du Cambrésis (CA de Cambrai et …)"."""
        next_to = before_it.end == mention.start and "(" in tokens[mention.start].gap
        return next_to and before_it.entries != mention.entries

    @staticmethod
    def _may_go_on(tokens: list[Token], mention: Mention, after: str) -> bool:
        """Whether a list may go on with it: it does not act itself, or what acts stands before its brackets."""
        closes = mention.end < len(tokens) and ")" in tokens[mention.end].gap
        return closes or not acts_at_once(after)

    def _standing(self, tokens: list[Token], mention: Mention, layer: Layer) -> Layer:
        before, after = sentence(tokens, mention)
        if is_excluded(before, after):
            return Layer.EXCLUDED
        if is_member(before, after) or is_only_mentioned(before, after):
            return Layer.BESIDE
        if is_title(before, tokens[mention.start].word, after):
            return Layer.SIGNATURE
        return layer if applies(before, after) and not _follows_postcode(tokens, mention) else Layer.MENTION

    def _claim(self, tokens: list[Token], mention: Mention, layer: Layer) -> Claim:
        places = settle(mention, self.around)
        named = tokens[mention.start : mention.end]
        words = " ".join("".join(token.gap + token.raw for token in named).removeprefix(named[0].gap).split())
        alone = len(places) == 1
        strength = Strength.HINT if alone and is_shared(mention, places[0]) else mention.strength
        return Claim(
            places, layer, strength, grade_of(mention, places[0]) if alone else 0, words, located=mention.located
        )


@lru_cache(maxsize=8)  # the parts of a mail are read again beside its documents
def _mentioned(text: str, territories: Territories) -> tuple[list[Token], list[Mention]]:
    tokens = tokens_of(text)
    return tokens, find_mentions(tokens, territories)


def _follows_postcode(tokens: list[Token], mention: Mention) -> bool:
    """ "59610 Fourmies" locates; "Ville de Fourmies" after a postcode would still name."""
    before = tokens[mention.start - 1].word if mention.start else ""
    return mention.strength <= Strength.LOOSE and len(before) == 5 and before.isdigit()


def claims_of_town_hall(reader: Reader, signature: str, claims: list[Claim]) -> list[Claim]:
    """ "Mairie, 1 place Foch, 62140 Marconne": a town hall that is named by its address only."""
    named = any(claim.strength > Strength.LOOSE and claim.layer is Layer.SIGNATURE for claim in claims)
    if named or not TOWN_HALL.search(fold(signature)):
        return []
    towns = {f"Mairie de {town.title()}" for _, town in postcodes_in(signature) if town}
    return reader.lines(towns.pop(), Layer.SIGNATURE) if len(towns) == 1 else []


def claims_of_mail(reader: Reader, subject: str, sender_name: str, parted: Parted) -> list[Claim]:
    """What the mail itself says."""
    signature = "\n".join(parted.signature)
    signed = reader.lines(signature, Layer.SIGNATURE)
    return [
        *reader.lines(subject, Layer.SUBJECT),
        *reader.lines(sender_name, Layer.SENDER),
        *reader.sentences(parted.body),
        *signed,
        *claims_of_town_hall(reader, signature, signed),
    ]


def claims_of_text(reader: Reader, text: str) -> list[Claim]:
    """What a document or a forwarded text says: its head, its sentences, its signature."""
    letter = without_recipient(text)
    parted = told_and_signed(letter)
    lines = parted.body.splitlines()
    count = sum(1 for line in lines[: 2 * _HEAD_LINES] if line.strip())
    head = enumerate(lines[: 2 * _HEAD_LINES])
    head_end = next((n for n, line in head if _OUTSIDE_LETTER.match(line) or is_sentence(line)), min(count, 6))
    return [
        *reader.lines("\n".join(lines[:head_end]), Layer.LETTERHEAD),
        *reader.sentences("\n".join(lines[head_end:])),
        *reader.lines("\n".join(parted.signature), Layer.SIGNATURE),
    ]


def claims_of_numbers(texts: Iterable[str], territories: Territories) -> list[Claim]:
    """A claim for each SIREN or SIRET of a known collectivité, today's or the one that followed it."""
    found: dict[str, Claim] = {}
    for match in (match for text in texts for match in _SIREN.finditer(text)):
        number = re.sub(r"\D", "", match.group())
        rows = territories.numbered(number[:9]) if _has_luhn_key(number) or _has_luhn_key(number[:9]) else ()
        if rows:
            places = tuple(collectivite(row) for row in rows)
            found[number[:9]] = Claim(places, Layer.SIREN, Strength.TYPED, words=number)
    return list(found.values())


def claims_of_address(reader: Reader, town_hall: str) -> list[Claim]:
    """ "Mairie de Bavay", of whom writes from mairie.bavay@ at some provider."""
    return reader.lines(town_hall, Layer.SENDER)


def claims_of_domain(domain: str, territories: Territories) -> list[Claim]:
    """The collectivité whose own domain the sender writes from."""
    row = territories.at_domain(domain) if domain else None
    return [Claim((collectivite(row),), Layer.DOMAIN, Strength.TYPED, words=domain)] if row else []


def _has_luhn_key(number: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
