"""How values of the core stand in columns, alike in every database."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from pipeline.adapters.ledger.column_types import Json, Moment, Text, decode_cells, encode, storable

SQLITE = sqlite.dialect()
CELLS = {
    "number": "V21-001",
    "population": 37000,
    "share": 1.5,
    "in_time": True,
    "phone": None,
    "received": datetime(2017, 2, 20, 10, 5, 59),
    "day": date(2017, 2, 20),
    "start": time(14, 30),
}


def test_cells_come_back_with_their_types_each_in_its_row() -> None:
    back = decode_cells([encode(CELLS), encode({}), encode({"notes": "[1]"})])
    assert back == [CELLS, {}, {"notes": "[1]"}]
    assert [type(value) for value in back[0].values()] == [type(value) for value in CELLS.values()]


def test_what_is_kept_is_short_and_shows_its_accents() -> None:
    assert encode({"notes": "été", "day": date(2017, 2, 28)}) == '{"notes":"été","day":["date","2017-02-28"]}'


@pytest.mark.parametrize("odd", ["\x00", "\ud83d", "\udfff"])
def test_what_no_database_holds_is_kept_under_another_name_and_comes_back(odd: str) -> None:
    kept = encode({"notes": f"été{odd}"})
    assert storable(kept) == kept
    assert decode_cells([kept]) == [{"notes": f"été{odd}"}]
    assert storable(f"été{odd}😀") == "été\ufffd😀"
    assert Text().process_bind_param(f"a{odd}", SQLITE) == "a\ufffd"


@pytest.mark.parametrize("empty", [[], {}])
def test_each_empty_list_is_one_of_its_own(empty: object) -> None:
    kept = Json().process_bind_param(empty, SQLITE)
    one, other = (Json().process_result_value(kept, SQLITE) for _ in range(2))
    assert one == other == empty
    assert one is not other


def test_nothing_is_nothing() -> None:
    for kind in (Json(), Moment(), Text()):
        assert kind.process_bind_param(None, SQLITE) is None
    assert Json().process_result_value(None, SQLITE) is None
    assert Moment().process_result_value(None, SQLITE) is None


def test_a_moment_is_kept_in_utc_and_one_without_a_zone_is_refused() -> None:
    paris = datetime(2017, 2, 20, 10, tzinfo=timezone(timedelta(hours=1)))
    assert Moment().process_bind_param(paris, SQLITE) == datetime(2017, 2, 20, 9, tzinfo=UTC)
    assert Moment().process_result_value(datetime(2017, 2, 20, 9), SQLITE) == datetime(2017, 2, 20, 9, tzinfo=UTC)
    with pytest.raises(ValueError, match="2017-02-20 10:00:00 has no time zone"):
        Moment().process_bind_param(datetime(2017, 2, 20, 10), SQLITE)


def test_a_moment_at_the_ends_of_the_calendar_is_the_nearest_that_utc_can_say() -> None:
    first = datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))
    last = datetime.max.replace(tzinfo=timezone(timedelta(hours=-1)))
    assert Moment().process_bind_param(first, SQLITE) == datetime.min.replace(tzinfo=UTC)
    assert Moment().process_bind_param(last, SQLITE) == datetime.max.replace(tzinfo=UTC)
