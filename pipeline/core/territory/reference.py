"""The reference list as a whole: France, the region nearer, and what surrounds them. Reading the files is an
adapter's."""

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.core.territory.index import ALIAS, EPCI, FORMER, SHARED, Entry, Index, Row, build, identity
from pipeline.core.territory.values import Collectivite
from pipeline.core.territory.wording import ANSWERING, ARTICLES, PHRASES_BY_FIRST, UNHEARD, key_of, type_at, words_of

_OWN_DOMAIN = frozenset(("documented", "declared"))
_WHOLE_HEIR = 0.9  # share of the population from which an EPCI is the one successor of another
EPCI_NEAR = EPCI - {"EPT"}  # what EPCI there are outside Grand Paris
_EPCI_FAMILIES = ("CC", "CA", "CU", "AGGLO")
_LOOSE_FAMILIES = frozenset(("COM", "CC", "CA", "CU", "AGGLO", "PNR", "PETR", "POLEM"))
_BEGUN_FAMILIES = frozenset(("CC", "CA", "CU", "AGGLO", "PNR"))
_FIRST_LETTERS = 5
_NEARLY, _MARGIN = 90.0, 5.0  # of 100: a name ill written is that near, and nearer than the next by so much


@dataclass(frozen=True)
class ReferenceRows:
    """The files as rows: column → text. `national` is asked for once, when first needed (45,000 rows)."""

    regional: Sequence[Row]
    history: Sequence[Row]
    domains: Sequence[Row]
    communes: Sequence[Row]
    vintages: Sequence[Row]
    national: Callable[[], Sequence[Row]]


_WITHOUT_TYPE = re.compile(r"^Département (?:du |des |de la |de l['’]|de )")


@contextmanager
def _for_good() -> Iterator[None]:
    """What is made here stays until the end: the collector of garbage need not look through it, now or later."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


class Territories:
    """Everything that can be looked up: by name and type over France, loosely over the region, by number, by domain."""

    def __init__(self, rows: ReferenceRows) -> None:
        self._rows = rows
        self.regional: Index = build(rows.regional)

    @cached_property
    def france(self) -> Index:
        with _for_good():
            return build(self._rows.national())

    def put_away_france(self) -> None:
        """Make room where nothing is looked up for a while: asked for again, it is made again."""
        for name in ("france", "departements_of_france", "heads", "departements_by_code"):
            self.__dict__.pop(name, None)

    @cached_property
    def identities_near(self) -> frozenset[tuple[str, str, str]]:
        """What tells the collectivités of the region from those of the rest of France."""
        return frozenset(map(identity, self._rows.regional))

    @cached_property
    def departements_of_france(self) -> dict[str, str]:
        """Their codes by their folded names without articles: {"pas calais": "62"}."""
        return {
            " ".join(word for word in words_of(row["name"])[1:] if word not in ARTICLES): code
            for code, row in self.departements_by_code.items()
        }

    @cached_property
    def heads(self) -> frozenset[str]:
        """The words with which a name may begin that is written without a capital: "communauté", "syndicat", "cd62"."""
        numbered = {f"{conseil}{code.lower()}" for code in self.departements_by_code for conseil in ("cd", "cg")}
        return frozenset((*PHRASES_BY_FIRST, *self.france.starts, *numbered))

    @cached_property
    def departements_by_code(self) -> dict[str, Row]:
        return {row["insee"]: row for row in self.france.rows if row["type"] == "DEP"}

    def departements(self) -> dict[str, str]:
        """Names of the region's départements by code: {"62": "Pas-de-Calais"}."""
        rows = [row for row in self._rows.regional if row["type"] == "DEP"]
        return {row["departments"]: _WITHOUT_TYPE.sub("", row["name"]) for row in rows}

    def named(self, family: str, key: str) -> list[Entry]:
        """Every writing in France of that key, in the families that answer for `family`."""
        found: list[Entry] = []
        for answering in ANSWERING.get(family, (family,)):
            found += self.france.named(answering, key)
        return [self._dated(entry, key) for entry in found]

    def namesakes(self, place: Collectivite) -> list[Row]:
        """The communes of France that are called like this one, itself among them; Le Ham is not called Ham."""
        words = words_of(place.name)
        called_so = self.france.communes.get(key_of(words), ())
        return [row for row in called_so if words[0] in ARTICLES or words_of(row["name"])[0] not in ARTICLES]

    @cached_property
    def _longer_names(self) -> dict[str, list[Entry]]:
        """Words that begin the name of a commune of the region ("Aire") → the communes."""
        longer: dict[str, list[Entry]] = {}
        for row in self._rows.regional:
            words = words_of(row["name"]) if row["type"] == "COM" else ()
            for count in range(1, len(words)):
                longer.setdefault(key_of(words[:count]), []).append(Entry(row, ALIAS, words))
        return longer

    def cut_short(self, key: str, entries: Sequence[Entry]) -> list[Entry]:
        """The communes of the region that people may call so, where only communes of elsewhere bear the whole name:
        the "Mairie d'Aire" that writes is rather Aire-sur-la-Lys."""
        near = any(identity(entry.row) in self.identities_near for entry in entries)
        return [] if near or not entries else self._longer_names.get(key, [])

    def of_another_type(self, family: str, key: str, typed: Sequence[Entry]) -> list[Entry]:
        """EPCI of the region that are called so, where none with that type is, or was only elsewhere: "la com com du
        Boulonnais" may well be the communauté d'agglomération."""
        if family not in _EPCI_FAMILIES or any(
            one.grade < FORMER or identity(one.row) in self.identities_near for one in typed
        ):
            return []
        return [one for of in _EPCI_FAMILIES for one in self.regional.named(of, key) if one.grade < FORMER]

    def _dated(self, entry: Entry, key: str) -> Entry:
        if entry.grade == FORMER and self._shares.get(key, 1.0) < _WHOLE_HEIR:
            return entry._replace(grade=SHARED)
        return entry

    @cached_property
    def _shares(self) -> dict[str, float]:
        """Key of a former EPCI's name → share of its population that its main heir took over."""
        shares: dict[str, float] = {}
        for row in self._rows.history:
            words = words_of(row["old_name"])
            found = type_at(words)
            key = key_of(words[found[1] :] if found else words)
            shares[key] = max(shares.get(key, 0.0), float(row["population_share"]))
        return shares

    @cached_property
    def loose(self) -> dict[str, list[Entry]]:
        """Names of the region without their words of type: they propose, they never decide alone."""
        names: dict[str, list[Entry]] = {}
        for family, key, entries in self.regional.all_typed():
            if family in _LOOSE_FAMILIES:
                names.setdefault(key, []).extend(entries)
        for key, entries in self.regional.whole.items():
            names.setdefault(key, []).extend(one for one in entries if one.row["type"] in EPCI_NEAR)
        return names

    @cached_property
    def _first_letters(self) -> frozenset[str]:
        keys = (*self.loose, *self.beginnings)
        return frozenset(key[:count] for key in keys for count in range(1, _FIRST_LETTERS + 1))

    def may_begin(self, words: tuple[str, ...]) -> bool:
        """Whether a name of the region may begin with these words, or a part of one: most words begin none."""
        first = next((word for word in words if word not in UNHEARD), "")
        return first[:_FIRST_LETTERS] in self._first_letters

    @cached_property
    def beginnings(self) -> dict[str, list[tuple[str, Entry]]]:
        """Two words or more that begin the name of an EPCI or a park of the region ("Grand Calais") → family, entry."""
        found: dict[str, list[tuple[str, Entry]]] = {}
        for family, _, entries in self.regional.all_typed():
            for entry in entries if family in _BEGUN_FAMILIES else ():
                for count in range(2, len(entry.words)):
                    key = key_of(entry.words[:count])
                    if len(key) > 6 and key != key_of(entry.words):
                        found.setdefault(key, []).append((family, entry))
        return found

    def begun(self, family: str, key: str) -> list[Entry]:
        """Entries of the region of that family whose name begins so."""
        families = ANSWERING.get(family, (family,))
        return [entry for of, entry in self.beginnings.get(key, ()) if of in families]

    def resembling(self, family: str, words: tuple[str, ...]) -> Entry | None:
        """The one name of the region, in that family, that the words nearly write; None when two are as near."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - 6 MB that only a name ill written needs

        heard = [word for word in words if word not in ARTICLES]
        best: dict[tuple[str, str, str], tuple[float, Entry]] = {}
        for of in ANSWERING.get(family, (family,)):
            for count, (spelled, entries) in self._spelled.get(of, {}).items():
                query = " ".join(heard[:count])
                for _, score, place in process.extract(
                    query, spelled, scorer=fuzz.ratio, score_cutoff=_NEARLY - _MARGIN, limit=3
                ):
                    row = identity(entries[place].row)
                    best[row] = max(
                        best.get(row, (0.0, entries[place])), (score, entries[place]), key=lambda one: one[0]
                    )
        ranked = sorted(best.values(), key=lambda one: -one[0])
        if not ranked or ranked[0][0] < _NEARLY or len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN:
            return None
        return ranked[0][1]

    @cached_property
    def _spelled(self) -> dict[str, dict[int, tuple[list[str], list[Entry]]]]:
        """Family → number of words → names without articles, and their entries, of the region."""
        spelled: dict[str, dict[int, tuple[list[str], list[Entry]]]] = {}
        for family, _, entries in self.regional.all_typed():
            for entry in entries if family in _LOOSE_FAMILIES else ():
                words = [word for word in entry.words if word not in ARTICLES]
                if len("".join(words)) > 4:
                    names, known = spelled.setdefault(family, {}).setdefault(len(words), ([], []))
                    names.append(" ".join(words))
                    known.append(entry)
        return spelled

    def numbered(self, siren: str) -> tuple[Row, ...]:
        """The collectivité of that SIREN today; none, or several where a dissolved EPCI was shared out."""
        if siren in self.france.by_siren:
            return (self.france.by_siren[siren],)
        heirs = [
            (float(row["population_share"]), row["siren"]) for row in self._rows.history if row["old_siren"] == siren
        ]
        whole = [heir for share, heir in heirs if share >= _WHOLE_HEIR]
        chosen = whole or [heir for _, heir in heirs]
        return tuple(self.france.by_siren[heir] for heir in chosen if heir in self.france.by_siren)

    @cached_property
    def _domains(self) -> dict[str, dict[str, Row]]:
        known: dict[str, dict[str, Row]] = {}
        for row in self._rows.domains:
            if row["evidence"] in _OWN_DOMAIN and (row["siren"] or row["insee"]):
                known.setdefault(row["domain"], {})[row["siren"] or row["insee"]] = row
        return known

    def at_domain(self, domain: str) -> Row | None:
        """The one collectivité whose own domain it is (itself or a domain above it), as declared or documented."""
        labels = domain.lower().strip(".").split(".")
        for start in range(len(labels) - 1):
            owners = self._domains.get(".".join(labels[start:]), {})
            if len(owners) == 1:
                owner = next(iter(owners.values()))
                index = self.regional
                return index.by_siren.get(owner["siren"]) or index.by_insee.get(owner["insee"])
            if owners:
                return None
        return None

    @cached_property
    def _communes(self) -> dict[str, Row]:
        return {row["insee"]: row for row in self._rows.communes}

    def postcodes_of(self, insee: str) -> frozenset[str]:
        """The postcodes of a commune of the region; empty elsewhere."""
        row = self._communes.get(insee)
        return frozenset(row["postcodes"].split("|")) if row else frozenset()

    def epci_of(self, insee: str) -> str:
        """The SIREN of the EPCI of a commune of the region, "" elsewhere."""
        row = self._communes.get(insee)
        return row["epci_siren"] if row else ""

    @cached_property
    def _populations(self) -> dict[tuple[str, str], int]:
        counted = (row for row in self._rows.vintages if row["population"])
        return {(row["siren"], row["year"]): int(row["population"]) for row in counted}

    def nominal_at(self, place: Collectivite, year: int) -> Collectivite:
        """`place` with the population of that year where it is known; its name stays today's official one."""
        population = self._populations.get((place.siren, str(year)))
        return replace(place, population=population) if population else place
