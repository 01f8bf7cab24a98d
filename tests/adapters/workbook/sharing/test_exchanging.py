import pytest

from pipeline.adapters.workbook.sharing.exchanging import (
    Unsupported,
    check_and_rename,
    exchange,
    link_in,
    place_new,
    rename_to_free_name,
    replace_file,
    set_aside,
    swapped,
)


@pytest.fixture
def files(tmp_path):
    names = [tmp_path / name for name in ("fresh", "book", "spare")]
    names[0].write_bytes(b"new")
    names[1].write_bytes(b"old")
    return names


def contents(folder):
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def test_an_exchange_leaves_the_old_one_under_the_name_of_the_new(files, tmp_path):
    assert exchange(*files) == files[0]
    assert contents(tmp_path) == {"fresh": b"old", "book": b"new"}


def test_setting_aside_leaves_the_old_one_under_the_spare_name(files, tmp_path):
    assert set_aside(*files) == files[2]
    assert contents(tmp_path) == {"spare": b"old", "book": b"new"}


def test_a_file_system_that_cannot_exchange_takes_the_next_way(files, tmp_path):
    def cannot(fresh, path, spare):
        raise Unsupported

    assert swapped(*files, (cannot, set_aside)) == files[2]
    assert contents(tmp_path) == {"spare": b"old", "book": b"new"}
    with pytest.raises(OSError, match="not supported"):
        swapped(*files, (cannot,))


def test_the_way_of_windows_is_left_out_elsewhere(files, tmp_path):
    with pytest.raises(Unsupported):
        replace_file(*files)
    assert contents(tmp_path) == {"fresh": b"new", "book": b"old"}


@pytest.mark.parametrize("way", [exchange, set_aside])
def test_a_name_that_is_gone_is_not_made_again(files, tmp_path, way):
    files[1].unlink()
    with pytest.raises(FileNotFoundError):
        way(*files)
    assert contents(tmp_path) == {"fresh": b"new"}


@pytest.mark.parametrize("way", [rename_to_free_name, link_in, check_and_rename])
def test_each_way_to_a_free_name_moves_and_never_overwrites(files, tmp_path, way):
    with pytest.raises(FileExistsError):
        place_new(files[0], files[1], (way,))
    assert contents(tmp_path) == {"fresh": b"new", "book": b"old"}
    place_new(files[0], files[2], (way,))
    assert contents(tmp_path) == {"spare": b"new", "book": b"old"}


def test_without_the_first_ways_the_last_one_serves(files, tmp_path):
    def cannot(source, target):
        raise Unsupported

    place_new(files[0], files[2], (cannot, cannot, check_and_rename))
    assert contents(tmp_path) == {"spare": b"new", "book": b"old"}
