import os

import pytest

from pipeline.adapters.workbook.sharing.exchanging import exchange, set_aside
from pipeline.adapters.workbook.sharing.replacing import fingerprint, refuse_if_open, replace
from pipeline.failures import Unavailable
from tests.adapters.workbook.sharing.crossing_saves import race, save
from tests.adapters.workbook.sharing.listing import names


def test_the_new_version_takes_the_place_of_the_one_that_was_read(book):
    replace(book, b"one", expected=None)
    book.chmod(0o640)
    replace(book, b"two", expected=fingerprint(b"one"))
    assert (book.read_bytes(), names(book.parent), book.stat().st_mode & 0o777) == (b"two", ["suivi.xlsx"], 0o640)


@pytest.mark.parametrize("expected", [None, fingerprint(b"older")])
def test_a_version_that_somebody_saved_meanwhile_stays(book, expected):
    replace(book, b"theirs", expected=None)
    with pytest.raises(Unavailable, match=r"suivi\.xlsx: was saved by somebody meanwhile; it will be read again\.$"):
        replace(book, b"ours", expected)
    assert (book.read_bytes(), names(book.parent)) == (b"theirs", ["suivi.xlsx"])


def test_a_file_that_vanished_meanwhile_is_not_made_again(book):
    with pytest.raises(Unavailable, match="was saved by somebody meanwhile"):
        replace(book, b"ours", fingerprint(b"read"))
    assert names(book.parent) == []


def test_an_open_file_stays_and_its_holder_is_named(book):
    replace(book, b"one", expected=None)
    lock = book.with_name(".~lock.suivi.xlsx#")
    lock.write_text("Léa Martin,lea,pc,23.11.2026 17:52,file:///x;")
    for attempt in (lambda: refuse_if_open(book), lambda: replace(book, b"two", fingerprint(b"one"))):
        with pytest.raises(Unavailable, match=r"is open by Léa Martin; what is new will be shown once it is closed\.$"):
            attempt()
    assert (book.read_bytes(), names(book.parent)) == (b"one", [".~lock.suivi.xlsx#", "suivi.xlsx"])


def test_a_folder_that_is_a_file_is_one_clear_line(tmp_path):
    (tmp_path / "appel").write_text("")
    with pytest.raises(Unavailable, match=r"suivi\.xlsx: cannot be written now \(.+\); it will be tried again\.$"):
        replace(tmp_path / "appel" / "suivi.xlsx", b"one", expected=None)


@pytest.fixture(params=[exchange, set_aside], ids=["exchange", "set aside"])
def way(request):
    return request.param


def saving_before(way, *saves):
    """A way to swap that finds, the n-th time it is used, the n-th version of staff's saved an instant before."""
    coming = iter(saves)

    def crossed(fresh, path, spare):
        content = next(coming, None)
        if content is not None:
            save(path, content)
        return way(fresh, path, spare)

    return crossed


def visible(folder):
    return {one.name: one.read_bytes() for one in folder.iterdir() if not one.name.startswith(".")}


def test_each_way_puts_the_new_version_and_leaves_nothing_beside(book, way):
    replace(book, b"one", expected=None, ways=(way,))
    replace(book, b"two", fingerprint(b"one"), ways=(way,))
    assert (book.read_bytes(), names(book.parent)) == (b"two", ["suivi.xlsx"])


def test_a_save_between_the_check_and_the_swap_goes_back(book, way):
    replace(book, b"one", expected=None)
    with pytest.raises(Unavailable, match=r"suivi\.xlsx: was saved by somebody meanwhile; it will be read again\.$"):
        replace(book, b"ours", fingerprint(b"one"), ways=(saving_before(way, b"theirs"),))
    assert visible(book.parent) == {"suivi.xlsx": b"theirs"}
    replace(book, b"merged", fingerprint(b"theirs"), ways=(way,))
    assert (book.read_bytes(), names(book.parent)) == (b"merged", ["suivi.xlsx"])


def test_a_save_made_on_our_version_while_theirs_goes_back_leaves_both(book, way):
    replace(book, b"one", expected=None)
    with pytest.raises(
        Unavailable, match=r"was saved several times meanwhile; compare it with « suivi \(version de \d{6}\)"
    ):
        replace(book, b"ours", fingerprint(b"one"), ways=(saving_before(way, b"theirs", b"later"),))
    left = visible(book.parent)
    assert (left.pop("suivi.xlsx"), list(left.values())) == (b"later", [b"theirs"])


def test_a_save_put_back_and_covered_before_it_was_read_stays_visible(book, way):
    replace(book, b"one", expected=None)
    with pytest.raises(Unavailable):
        replace(book, b"ours", fingerprint(b"one"), ways=(saving_before(way, b"theirs"),))
    save(book, b"made on ours")
    replace(book, b"merged", fingerprint(b"made on ours"), ways=(way,))
    left = visible(book.parent)
    assert (left.pop("suivi.xlsx"), list(left.values())) == (b"merged", [b"theirs"])


def test_staff_who_never_stop_saving_keep_their_last_save_and_lose_none(book, way):
    replace(book, b"one", expected=None)
    saves = [f"save {number}".encode() for number in range(30)]
    with pytest.raises(Unavailable, match="was saved several times meanwhile"):
        replace(book, b"ours", fingerprint(b"one"), ways=(saving_before(way, *saves),))
    there = set(visible(book.parent).values())
    assert there == set(saves[:20])


def test_a_save_while_the_name_is_free_stays(book):
    replace(book, b"one", expected=None)

    def saved_meanwhile(fresh, path):
        save(path, b"theirs")
        raise FileExistsError

    def way(fresh, path, spare):
        return set_aside(fresh, path, spare, saved_meanwhile)

    with pytest.raises(Unavailable, match="was saved by somebody meanwhile"):
        replace(book, b"ours", fingerprint(b"one"), ways=(way,))
    assert (book.read_bytes(), names(book.parent)) == (b"theirs", ["suivi.xlsx"])


def test_a_failure_while_the_name_is_free_brings_the_old_version_back(book):
    replace(book, b"one", expected=None)

    def failing(fresh, path):
        raise OSError(28, "No space left on device")

    with pytest.raises(Unavailable, match=r"the disk is full; free some space, it will be tried again\.$"):
        replace(book, b"ours", fingerprint(b"one"), ways=(lambda *names: set_aside(*names, failing),))
    assert (book.read_bytes(), names(book.parent)) == (b"one", ["suivi.xlsx"])


def test_no_save_is_lost_however_it_crosses_ours(tmp_path, way):
    done = race(tmp_path, saves=300, pause=0.004, ways=(way,))
    assert done.lost == ()
    assert done.written > 20
    assert done.crossed > 20


def test_owner_group_rights_and_attributes_stay(book):
    replace(book, b"one", expected=None)
    book.chmod(0o2660)
    if os.geteuid() == 0:
        os.chown(book, 1234, 2345)
        book.chmod(0o2660)
    before = book.stat()
    replace(book, b"two", fingerprint(b"one"))
    after = book.stat()
    assert (after.st_uid, after.st_gid, after.st_mode) == (before.st_uid, before.st_gid, before.st_mode)


def test_a_symbolic_link_leads_to_the_file_that_is_replaced(book, tmp_path):
    replace(book, b"one", expected=None)
    link = tmp_path / "raccourci.xlsx"
    link.symlink_to(book)
    replace(link, b"two", fingerprint(b"one"))
    assert (link.is_symlink(), book.read_bytes(), names(book.parent)) == (True, b"two", ["suivi.xlsx"])


def test_a_read_only_file_stays(book):
    replace(book, b"one", expected=None)
    book.chmod(0o444)
    with pytest.raises(
        Unavailable, match=r"suivi\.xlsx: is marked read-only; take the mark off to have it kept up to date"
    ):
        replace(book, b"two", fingerprint(b"one"))
    assert (book.read_bytes(), names(book.parent)) == (b"one", ["suivi.xlsx"])


def test_a_read_only_folder_is_told(book):
    replace(book, b"one", expected=None)
    book.parent.chmod(0o555)
    with pytest.raises(Unavailable, match=r"appel: is a read-only folder; let the worker write there\.$"):
        replace(book, b"two", fingerprint(b"one"))
    book.parent.chmod(0o755)
    assert book.read_bytes() == b"one"


def test_our_lock_is_there_while_we_write_and_gone_after(book):
    replace(book, b"one", expected=None)
    seen = []

    def looking(fresh, path, spare):
        seen.append(path.with_name(".~lock.suivi.xlsx#").read_bytes().split(b",")[0])
        return exchange(fresh, path, spare)

    replace(book, b"two", fingerprint(b"one"), ways=(looking, set_aside))
    assert (seen, names(book.parent)) == ([b"Assistant Visions"], ["suivi.xlsx"])
