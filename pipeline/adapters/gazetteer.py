"""The reference list of collectivités on the disk. What the names mean is left to `core.territory`."""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.core.territory import ReferenceRows, Territories
from pipeline.failures import Misconfigured

_PLACE = ("siren", "insee", "name", "type", "departments", "population", "former_names", "aliases")
_COLUMNS = {
    "hauts_de_france.csv": _PLACE,
    "national.csv.gz": _PLACE,
    "epci_history.csv": ("old_siren", "old_name", "siren", "population_share"),
    "epci_vintages.csv": ("year", "siren", "population"),
    "communes_extra.csv": ("insee", "epci_siren", "postcodes"),
    "domains.csv": ("domain", "siren", "insee", "evidence"),
}
# One for the process: several offices in one run (the demo, the worker after a change) share the list.
_LOADED: dict[Path, Territories] = {}
_BETWEEN_CELLS = "\x1f"  # the unit separator of ASCII
_REMEDY = "put back the folder config/territories as it was shipped"


class Line(Mapping[str, str]):
    """A row of a file, column → text, a fifth as large as a dictionary: there are 45,000 of France."""

    __slots__ = ("_places", "_text")

    def __init__(self, places: dict[str, int], cells: list[str]) -> None:
        self._places, self._text = places, _BETWEEN_CELLS.join(cells)

    def __getitem__(self, column: str) -> str:
        return self._text.split(_BETWEEN_CELLS)[self._places[column]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _cells(line: list[str], used: list[int], length: int) -> list[str]:
    """The cells of the used columns; ValueError for a line cut short."""
    if len(line) != length:
        raise ValueError(f"a line has {len(line)} cells, the heading {length}")
    return [line[place] for place in used]


class Gazetteer:
    """The folder config/territories. Everything but the list of France is read at the first demand, that one when
    a name is first looked up; both only once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def territories(self) -> Territories:
        """Raises Misconfigured with one line for each file that is missing or damaged."""
        if self._folder not in _LOADED:
            _LOADED[self._folder] = self._loaded()
        return _LOADED[self._folder]

    def _loaded(self) -> Territories:
        faults = [
            f"{self._folder / name}: the file is missing; {_REMEDY}" for name in _COLUMNS if not self._is_there(name)
        ]
        if faults:
            raise Misconfigured(*faults)
        rows = {name: self._rows(name) for name in _COLUMNS if name != "national.csv.gz"}
        return Territories(
            ReferenceRows(
                regional=rows["hauts_de_france.csv"],
                history=rows["epci_history.csv"],
                domains=rows["domains.csv"],
                communes=rows["communes_extra.csv"],
                vintages=rows["epci_vintages.csv"],
                national=lambda: self._rows("national.csv.gz"),
            )
        )

    def _is_there(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def _rows(self, name: str) -> Sequence[Line]:
        opened = gzip.open if name.endswith(".gz") else open
        try:
            with opened(self._folder / name, "rt", encoding="utf-8", newline="") as file:
                lines = csv.reader(file, strict=True)
                header = next(lines, [])
                used = [place for place, column in enumerate(header) if column in _COLUMNS[name]]
                places = {header[place]: rank for rank, place in enumerate(used)}
                rows = [Line(places, _cells(line, used, len(header))) for line in lines]
        except (OSError, EOFError, ValueError, csv.Error) as fault:
            raise Misconfigured(f"{self._folder / name}: cannot be read ({fault}); {_REMEDY}") from fault
        missing = [column for column in _COLUMNS[name] if column not in header]
        if missing or not rows:
            what = f"no column {', '.join(missing)}" if missing else "no row"
            raise Misconfigured(f"{self._folder / name}: {what}; {_REMEDY}")
        return rows
