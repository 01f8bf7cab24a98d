"""The values of a workbook's cells as other programs see them: openpyxl, calamine, LibreOffice."""

import contextlib
import io
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import python_calamine
from openpyxl.cell.cell import Cell

from tests.proofs.cells import Place
from tests.servers import libreoffice

Values = Mapping[Place, object]
Reader = Callable[[bytes, str, Sequence[Place]], dict[Place, object]]
BATCH = 12  # files given to LibreOffice at once; after a crash they are given one by one
SECONDS = 300
EPOCHS = (datetime(1899, 12, 30), datetime(1904, 1, 1), datetime(1899, 12, 31))  # the last: before March 1900


def seen_by_openpyxl(content: bytes, tab: str, places: Sequence[Place]) -> dict[Place, object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = openpyxl.load_workbook(io.BytesIO(content))[tab]
    return {place: _value(page.cell(*place)) for place in places}


def _value(cell: Cell) -> object:
    """openpyxl shows the target of the link of an empty cell as its value."""
    return None if cell.hyperlink and cell.value == cell.hyperlink.target else cell.value


def seen_by_calamine(content: bytes, tab: str, places: Sequence[Place]) -> dict[Place, object]:
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(tab)
    grid = sheet.to_python(skip_empty_area=False)
    return {place: _at(grid, place) for place in places}


def _at(grid: Sequence[Sequence[object]], place: Place) -> object:
    row, column = place
    return grid[row - 1][column - 1] if row <= len(grid) and column <= len(grid[row - 1]) else None


READERS: dict[str, Reader] = {"openpyxl": seen_by_openpyxl, "calamine": seen_by_calamine}


def seen(reader: Reader, content: bytes, tab: str, places: Sequence[Place]) -> dict[Place, object] | None:
    """The values, or None where the reader cannot open the file (calamine panics with a BaseException)."""
    try:
        return reader(content, tab, places)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return None


def as_written(wanted: object, found: object) -> bool:
    """Whether a cell shows what was written; a number in a cell of dates is shown as a date, a date in a cell of
    numbers as a number, a date and a moment on it are one to openpyxl and calamine."""
    match wanted:
        case None:
            return found in (None, "")
        case str():
            return str(found) == wanted
        case date() if isinstance(found, date):
            return abs(_moment(found) - _moment(wanted)) < timedelta(seconds=1)
        case date():
            days = [(_moment(wanted) - epoch) / timedelta(days=1) for epoch in EPOCHS[:2]]
            return any(_near(number, found, epoch) for number, epoch in zip(days, EPOCHS, strict=False))
    return any(_near(float(wanted), found, epoch) for epoch in EPOCHS)  # type: ignore[arg-type]


def _moment(day: date) -> datetime:
    return day.replace(tzinfo=None) if isinstance(day, datetime) else datetime(day.year, day.month, day.day)


def _near(wanted: float, found: object, epoch: datetime) -> bool:
    match found:
        case datetime():
            number = (found.replace(tzinfo=None) - epoch) / timedelta(days=1)
        case date():
            number = float((datetime(found.year, found.month, found.day) - epoch).days)
        case time():
            number = (datetime.combine(date.min, found) - datetime.min) / timedelta(days=1) % 1
            wanted %= 1
        case timedelta():
            number = found / timedelta(days=1)
        case bool() | int() | float():
            number = float(found)
        case _:
            return False
    return abs(number - wanted) < 1e-5 * max(1.0, abs(wanted)) + 1e-5


def converted(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """What LibreOffice makes of each workbook, by the same keys; those it cannot open are missing."""
    names = {f"{number:04}.xlsx": key for number, key in enumerate(contents)}
    with tempfile.TemporaryDirectory(prefix="proof-") as folder:
        home, made = Path(folder), Path(folder, "made")
        for name, key in names.items():
            (home / name).write_bytes(contents[key])
        waiting = list(names)
        while waiting:
            batch, waiting = waiting[:BATCH], waiting[BATCH:]
            _convert(home, made, batch)
            for name in batch:
                if not (made / name).exists():
                    _convert(home, made, [name])
        return {key: (made / name).read_bytes() for name, key in names.items() if (made / name).exists()}


def _convert(home: Path, made: Path, names: Sequence[str]) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        libreoffice.converted([home / name for name in names], made, home / "profile", "xlsx", SECONDS)
