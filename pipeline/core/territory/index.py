"""Rows of the reference list, found by what people write of them. Choosing between several is left to `settling`."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.core.folding import fold
from pipeline.core.territory.values import Collectivite
from pipeline.core.territory.wording import SUFFIXES, key_of, type_at, words_in, words_of

Row = Mapping[str, str]
NAME, ALIAS, FORMER, SHARED = range(4)  # how an entry is known; SHARED: a former name that several inherited
_SYNDICATS = frozenset(("SMF", "SMO", "SIVOM", "SIVU"))
EPCI = frozenset(("CC", "CA", "CU", "METRO", "EPT"))
_HEADED = EPCI | {"PETR"}
_HEAD_CUTS = (",", "(", "[")


class Entry(NamedTuple):
    """One writing of a collectivité: the row, how it is known, the folded words after the words of type."""

    row: Row
    grade: int
    words: tuple[str, ...]


@dataclass
class Index:
    """Entries by (family, key), by whole name, by acronym; rows by SIREN, communes by INSEE code."""

    typed: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    whole: dict[str, list[Entry]] = field(default_factory=dict)
    acronyms: dict[str, list[Entry]] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)
    communes: dict[str, list[Row]] = field(default_factory=dict)
    rows: Sequence[Row] = ()

    @cached_property
    def by_siren(self) -> dict[str, Row]:
        return {row["siren"]: row for row in self.rows if row["siren"]}

    @cached_property
    def by_insee(self) -> dict[str, Row]:
        """The communes."""
        return {row["insee"]: row for row in self.rows if row["type"] == "COM"}

    def named(self, family: str, key: str) -> list[Entry]:
        """Every writing of that family and key."""
        rows = self.communes.get(key, ()) if family == "COM" else ()
        return [Entry(row, NAME, words_of(row["name"])) for row in rows] + self.typed.get((family, key), [])

    def all_typed(self) -> Iterator[tuple[str, str, list[Entry]]]:
        """(family, key, entries) of every writing that has a type."""
        for key in self.communes:
            yield "COM", key, self.named("COM", key)
        for (family, key), entries in self.typed.items():
            if family != "COM" or key not in self.communes:
                yield family, key, entries

    def add_typed(self, family: str, entry: Entry) -> None:
        self.typed.setdefault((family, key_of(entry.words)), []).append(entry)

    def add_whole(self, entry: Entry) -> None:
        self.whole.setdefault(key_of(entry.words), []).append(entry)


def build(rows: Sequence[Row]) -> Index:
    """An index of these rows, with every writing that they give."""
    index = Index(rows=rows)
    for row in rows:
        if row["type"] != "COM":
            for text, grade in _writings(row):
                _add(index, row, text, grade)
    _add_communes(index, [row for row in rows if row["type"] == "COM"])
    return index


def _add_communes(index: Index, rows: list[Row]) -> None:
    # 35,000 of them: folded in one go, their entries are made when they are asked for.
    folded = fold("\n".join([row["name"] for row in rows])).split("\n")
    for row, name in zip(rows, folded, strict=True):
        key = key_of(words_in(name))
        if key in index.communes:
            index.communes[key].append(row)
        else:
            index.communes[key] = [row]
        if row["former_names"] or row["aliases"]:
            for text, grade in tuple(_writings(row))[1:]:
                index.add_typed("COM", Entry(row, grade, words_of(text)))


def _writings(row: Row) -> Iterable[tuple[str, int]]:
    yield row["name"], NAME
    if row["aliases"]:
        yield from ((text, ALIAS) for text in row["aliases"].split("|"))
    if row["former_names"]:
        yield from ((text, FORMER) for text in row["former_names"].split("|"))


def _add(index: Index, row: Row, text: str, grade: int) -> None:
    words = tuple(map(sys.intern, words_of(text)))  # "communaute", "communes": the same few, held once
    found = type_at(words) if words else None
    if found and len(words) > found[1]:
        _add_core(index, found[0], Entry(row, grade, words[found[1] :]))
        if row["type"] in _HEADED and any(cut in text for cut in _HEAD_CUTS):
            _add_head(index, found[0], row, text)
    elif words and not found:
        _add_untyped(index, row, text, Entry(row, grade, words))
    # Words of type alone, "(PNR)" given as an acronym, name nobody.
    if len(words) > 1:
        index.add_whole(Entry(row, grade, words))
        if row["type"] in _SYNDICATS:
            index.starts.add(words[0])
            _add_scheme(index, row, grade, words)


def _add_untyped(index: Index, row: Row, text: str, entry: Entry) -> None:
    if len(entry.words) == 1 and entry.grade != FORMER and _is_acronym(text):
        index.acronyms.setdefault(text.strip(), []).append(entry)
    elif row["type"] in EPCI:
        _add_core(index, "AGGLO" if row["type"] == "METRO" else row["type"], entry)


def _add_core(index: Index, family: str, entry: Entry) -> None:
    index.add_typed(family, entry)
    for suffix in (entry.words[:1], entry.words[-1:]):
        # "Valenciennes Métropole", "Douaisis Agglo": people say "l'agglo de Valenciennes" too.
        if len(entry.words) > 1 and suffix[0] in SUFFIXES:
            rest = entry.words[1:] if suffix is entry.words[:1] else entry.words[:-1]
            index.add_typed(family, Entry(entry.row, max(entry.grade, ALIAS), rest))
    if family == "PETR" and entry.words[:2] in (("du", "pays"), ("pays", "de")):
        index.add_typed(family, Entry(entry.row, max(entry.grade, ALIAS), entry.words[2:]))


def _add_head(index: Index, family: str, row: Row, text: str) -> None:
    """ "Béthune-Bruay, Artois-Lys Romane" is called Béthune-Bruay."""
    head = words_of(min((text.partition(cut)[0] for cut in _HEAD_CUTS), key=len))
    found = type_at(head)
    if found and len(head) > found[1] + (row["type"] in EPCI):
        index.add_typed(family, Entry(row, ALIAS, head[found[1] :]))


def _add_scheme(index: Index, row: Row, grade: int, words: tuple[str, ...]) -> None:
    """A syndicat that exists for a SCoT is called by it: the name of the place follows the word."""
    if "scot" in words[:-1]:
        index.add_typed("SCOT", Entry(row, max(grade, ALIAS), words[words.index("scot") + 1 :]))


def _is_acronym(text: str) -> bool:
    bare = text.strip()
    return len(bare) > 2 and bare.isalnum() and bare == bare.upper()


def identity(row: Row) -> tuple[str, str, str]:
    """What makes a row the same collectivité (a few have no SIREN)."""
    return row["siren"], row["insee"], row["name"]


def collectivite(row: Row) -> Collectivite:
    """The value for a row of the reference list."""
    population = row["population"]
    return Collectivite(
        row["siren"],
        row["insee"],
        row["name"],
        row["type"],
        tuple(row["departments"].split("|")),
        int(population) if population else None,
    )
