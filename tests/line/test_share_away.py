"""The share with the trackers is off: no command takes what it sees for what there is, and nothing is written there."""

from pathlib import Path

import pytest

from tests.builders import a_call
from tests.line.house import Done, House
from tests.line.under_way import under_way

CALL = a_call()
PURGE = ("purge", "--yes", "--visa", "AD59, n° 2019-045")


@pytest.fixture
def away(house: House) -> Path:
    """Where the sheets went; their mount point is left, empty."""
    under_way(house)
    sheets = house.folder / "sheets"
    sheets.rename(house.folder / "away")
    sheets.mkdir()
    return house.folder / "away"


def come_back(house: House, away: Path) -> None:
    (house.folder / "sheets").rmdir()  # nothing was written where it is to appear
    away.rename(house.folder / "sheets")


def said(house: House) -> str:
    return f"{house.folder / 'sheets' / CALL.code}: is not there. Connect the share, or put the folder back"


def refused(house: House, done: Done) -> bool:
    return done.returncode == 1 and said(house) in done.stderr


def test_no_command_makes_the_folder_of_a_share_that_is_off_nor_says_that_all_is_well(house: House, away: Path) -> None:
    for command in (("check",), ("preview",), ("laureates",), ("recover",), ("once",)):
        assert refused(house, house.run(*command, now="2017-03-02T11:00")), command
    assert said(house) in house.run("status", now="2017-03-02T11:00").stdout
    assert refused(house, house.run(*PURGE, now="2019-03-05T11:00"))
    come_back(house, away)
    assert house.once(now="2017-03-02T11:10").stdout == "Nothing new.\n"
    assert [row.values["notes"] for row in house.seen().sheets["candidatures"].rows] == ["à appeler", ""]
    assert len(house.sink.taken) == 4


def test_a_new_call_makes_no_folder_where_the_share_is_to_appear(house: House, away: Path) -> None:
    file = house.folder / "config" / "calls" / "visions21-2017.toml"
    text = file.read_text("utf-8").replace('"visions21-2017"', '"second-2017"').replace('"V21"', '"SEC"')
    file.with_name("second-2017.toml").write_text(text, "utf-8")
    for command in (("once",), ("check",), ("laureates",)):
        assert refused(house, house.run(*command, now="2017-03-02T11:00")), command
    come_back(house, away)
    assert house.once(now="2017-03-02T11:10").returncode == 0
    assert (house.folder / "sheets" / "second-2017" / "suivi.xlsx").exists()


def test_a_ledger_that_was_lost_is_not_rebuilt_without_its_trackers(house: House, away: Path) -> None:
    for path in (house.folder / "var").glob("ledger.sqlite3*"):
        path.unlink()
    lost = house.run("check", now="2017-03-02T11:00")
    assert (lost.returncode, "FAIL  ledger: the ledger is empty, and mail was recorded before" in lost.stderr) == (
        1,
        True,
    )
    assert refused(house, house.run("recover", now="2017-03-02T11:00"))
    come_back(house, away)
    assert house.run("recover", now="2017-03-02T11:05").returncode == 0
    assert house.once(now="2017-03-02T11:10").returncode == 0
    assert [row.values["notes"] for row in house.seen().sheets["candidatures"].rows] == ["à appeler", ""]
    assert len(house.sink.taken) == 4


def test_a_purge_during_which_the_share_goes_off_is_finished_when_it_is_back(house: House, away: Path) -> None:
    come_back(house, away)
    assert house.run(*PURGE, now="2019-03-05T11:00", fault="purge:rows:1:kill").returncode == -9
    (house.folder / "sheets").rename(away)
    (house.folder / "sheets").mkdir()
    assert refused(house, house.run(*PURGE, now="2019-03-05T11:05"))
    come_back(house, away)
    assert house.run(*PURGE, now="2019-03-05T11:10").returncode == 0
    assert sorted(one.name for one in (house.folder / "sheets" / CALL.code).iterdir()) == [
        "laureats.html",
        "laureats.xlsx",
        "statistiques.csv",
    ]


def test_the_documents_of_a_folder_that_was_lost_come_back_with_its_tracker(house: House, away: Path) -> None:
    there = sorted(path.relative_to(away) for path in away.rglob("pieces/*/*"))
    assert there
    (house.folder / "sheets" / CALL.code).mkdir()  # made again, empty, as the program asks for
    for now in ("2017-03-02T11:00", "2017-03-02T11:05"):
        assert house.once(now=now).returncode == 0
    sheets = house.folder / "sheets"
    assert sorted(path.relative_to(sheets) for path in sheets.rglob("pieces/*/*")) == there
    assert house.once(now="2017-03-02T11:10").stdout == "Nothing new.\n"
    assert len(house.sink.taken) == 4
