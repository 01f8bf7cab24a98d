from datetime import datetime, timedelta

import pytest

from pipeline.adapters.workbook.sharing.backups import keep_backup, kept, newest_backups
from pipeline.failures import Unavailable
from tests.adapters.workbook.sharing.listing import names

AT = datetime(2017, 3, 1, 9, 30)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "state" / "backups"


def daily(days, hours=(9,)):
    return [f"suivi-2017-03-{day:02}-{hour:02}0000-g{day * 24 + hour:06}.xlsx" for day in days for hour in hours]


def test_a_backup_says_when_and_which_and_is_ours_alone(book, folder):
    keep_backup(book, b"one", folder, AT, 12)
    (backup,) = newest_backups(folder, "suivi")
    assert (backup.name, backup.read_bytes()) == ("suivi-2017-03-01-093000-g000012.xlsx", b"one")
    assert (backup.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_two_of_one_second_are_both_kept(book, folder):
    for content in (b"one", b"two"):
        keep_backup(book, content, folder, AT, 12)
    assert [one.read_bytes() for one in newest_backups(folder, "suivi")] == [b"two", b"one"]
    assert names(folder) == ["suivi-2017-03-01-093000-g000012-2.xlsx", "suivi-2017-03-01-093000-g000012.xlsx"]


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ([], []),
        (daily([1], range(10)), daily([1], range(10))),
        (daily([1], range(15)), daily([1], range(5, 15))),
        (daily(range(1, 31)), daily(range(1, 31))),
        (daily(range(1, 32)), daily(range(2, 32))),
        (daily(range(1, 4), range(8, 20)), [*daily([1, 2], [19]), *daily([3], range(10, 20))]),
        (daily([30, 31], range(8, 14)), [*daily([30], range(10, 14)), *daily([31], range(8, 14))]),
        (
            [*(f"suivi-{generation:06}.xlsx" for generation in range(1, 31)), *daily([1])],
            [*(f"suivi-{generation:06}.xlsx" for generation in range(2, 31)), *daily([1])],
        ),
    ],
    ids=["none", "few", "one day", "30 days", "31 days", "busy days", "day in the newest", "old names"],
)
def test_the_ten_newest_and_the_last_of_twenty_other_days_are_kept(given, left):
    assert kept(given) == frozenset(left)
    assert kept(kept(given)) == kept(given)


def test_what_is_not_kept_goes_and_foreign_files_stay(book, folder):
    for generation in range(1, 13):
        keep_backup(book, b"", folder, AT + timedelta(minutes=generation), generation)
    foreign = ["suivi.xlsx", "suivi-notes.xlsx", "suivi-2-2017-03-01-093000-g000001.xlsx", "laureats-000001.xlsx"]
    for name in foreign:
        (folder / name).write_bytes(b"")
    keep_backup(book, b"", folder, AT + timedelta(minutes=13), 13)
    backups = [f"suivi-2017-03-01-09{30 + one}00-g{one:06}.xlsx" for one in range(4, 14)]
    assert names(folder) == sorted([*foreign, *backups])
    assert [one.name for one in newest_backups(folder, "suivi")] == backups[::-1]


def test_the_newest_comes_first_and_old_names_last(folder):
    folder.mkdir(parents=True)
    for name in ("suivi-000900.xlsx", "suivi-000901.xlsx", *daily([2, 1])):
        (folder / name).write_bytes(b"")
    ordered = [*daily([2, 1]), "suivi-000901.xlsx", "suivi-000900.xlsx"]
    assert [one.name for one in newest_backups(folder, "suivi")] == ordered


def test_no_folder_holds_no_backup(folder):
    assert newest_backups(folder, "suivi") == []


def test_without_a_backup_nothing_may_be_written(book, tmp_path):
    (tmp_path / "backups").write_text("")
    with pytest.raises(Unavailable, match=r"backups: no backup can be kept there \(.+\); nothing was written\.$"):
        keep_backup(book, b"1", tmp_path / "backups", AT, 1)
