"""How values of the core are kept in columns, the same way on SQLite and on PostgreSQL."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy import Text as PlainText
from sqlalchemy.types import TypeDecorator

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL refuses NUL, UTF-8 lone surrogates: mail holds both
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
EMPTY: dict[str, type[list[Any]] | type[dict[str, Any]]] = {"[]": list, "{}": dict}
read_json = json.JSONDecoder().raw_decode
DATED = {"datetime": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat}


def storable(text: str) -> str:
    """The text with U+FFFD for every character that a database cannot hold."""
    return UNSTORABLE.sub("\ufffd", text)


class Text(TypeDecorator[str]):
    """Text of any length and origin."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept and returned in UTC; at the ends of the calendar, the nearest that UTC can say."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        try:
            return value.astimezone(UTC)
        except OverflowError:
            return EARLIEST if value.year == 1 else LATEST

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Lists and dicts of plain values, as JSON text."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        empty = EMPTY.get(value)  # most are: a call's list of candidatures reads 50,000 of them
        return empty() if empty else read_json(value)[0]


def encode(value: Any) -> str:
    """JSON that any database holds as text; dates become ["date", "2017-02-28"]."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_dated)
    return json.dumps(value, separators=(",", ":"), default=_dated) if UNSTORABLE.search(text) else text


def decode_cells(rows: list[str]) -> list[dict[str, Any]]:
    """The dicts that `encode` made into these texts, with their dates."""
    found: list[dict[str, Any]] = json.loads(f"[{','.join(rows)}]")  # one call: several times faster than one a row
    for cells, text in zip(found, rows, strict=True):
        if "[" in text:
            cells.update(_undated(cells))
    return found


def _dated(value: date | time) -> list[str]:
    return [type(value).__name__, value.isoformat()]


def _undated(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {key: DATED[value[0]](value[1]) for key, value in cells.items() if isinstance(value, list)}
