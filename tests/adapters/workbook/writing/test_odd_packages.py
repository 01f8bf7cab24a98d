"""Workbooks whose zip cannot be read, or not be written to without loss: said in a line, and left as they are."""

import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.adapters.workbook.sharing.refusals import MAX_UNPACKED
from pipeline.failures import Unavailable
from tests.adapters.workbook.books import CALL, SHEET, a_tracker, parts, rows_out, write

CENTRAL = b"PK\x01\x02"


def entry(content: bytes, name: str) -> int:
    """Where the entry of a part begins in the directory at the end of the zip."""
    at = content.find(CENTRAL)
    while content[at + 46 : at + 46 + len(name)] != name.encode():
        at = content.find(CENTRAL, at + 4)
    return at


def patched(path: Path, name: str, offset: int, value: bytes) -> None:
    content = bytearray(path.read_bytes())
    at = entry(bytes(content), name) + offset
    content[at : at + len(value)] = value
    path.write_bytes(bytes(content))


def packed_again(path: Path, kind: int) -> None:
    found = parts(path)
    with zipfile.ZipFile(path, "w", kind) as package:
        for name, content in found.items():
            package.writestr(name, content)


def a_part_twice(path: Path) -> None:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr(SHEET, b"<worksheet/>")


def a_part_encrypted(path: Path) -> None:
    patched(path, SHEET, 8, struct.pack("<H", 1))


def a_part_as_no_office_packs_it(path: Path) -> None:
    packed_again(path, zipfile.ZIP_BZIP2)


def a_bomb(path: Path) -> None:
    patched(path, SHEET, 24, struct.pack("<I", MAX_UNPACKED + 1))


def a_checksum_that_is_wrong(path: Path) -> None:
    patched(path, SHEET, 16, b"\0\0\0\0")


def a_part_cut_short(path: Path) -> None:
    content = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        start = package.getinfo(SHEET).header_offset + 200
    path.write_bytes(content[:start] + bytes(100) + content[start + 100 :])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (a_part_twice, "twice"),
        (a_part_encrypted, "protected by a password; save it without password"),
        (a_part_as_no_office_packs_it, "is damaged .*; put back a copy"),
        (a_bomb, "unpacks to more than"),
        (a_checksum_that_is_wrong, "is damaged .*; put back a copy"),
        (a_part_cut_short, "is damaged .*; put back a copy"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_it_is_said_and_left_as_it_is(tmp_path: Path, spoil: Callable[[Path], None], said: str) -> None:
    tracker = a_tracker(tmp_path, "V21-001")
    spoil(tracker.path(CALL))
    before = tracker.path(CALL).read_bytes()
    with pytest.raises(Unavailable, match=said) as refused:
        write(tracker, rows_out("V21-002"))
    assert "\n" not in str(refused.value) and "suivi.xlsx" in str(refused.value)
    assert tracker.path(CALL).read_bytes() == before
    assert [one.name for one in tracker.path(CALL).parent.iterdir() if "suivi" in one.name] == ["suivi.xlsx"]
