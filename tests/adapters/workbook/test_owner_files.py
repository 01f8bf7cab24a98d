import os
import time

import pytest

from pipeline.adapters.workbook.owner_files import holder_of


def excel_owner(name: str, wide: str | None = None) -> bytes:
    """165 bytes: length and name in the ANSI code page, blanks to offset 55, length and name in UTF-16, blanks."""
    ansi, utf16 = name.encode("cp1252", "replace"), (name if wide is None else wide)
    head = (bytes([len(ansi)]) + ansi).ljust(55, b" ")
    return (head + len(utf16).to_bytes(2, "little") + utf16.encode("utf-16-le")).ljust(165, b" \x00"[:1])


@pytest.fixture
def book(tmp_path):
    return tmp_path / "suivi.xlsx"


def test_nobody_has_it_open(book):
    assert holder_of(book) == ""


@pytest.mark.parametrize(
    ("content", "holder"),
    [
        (excel_owner("Léa Martin"), "Léa Martin"),
        (excel_owner("L?a", "Łéa Новак"), "Łéa Новак"),
        (excel_owner("Léa Martin", ""), "Léa Martin"),
        (b"", "quelqu'un"),
        (b"\x00" * 165, "quelqu'un"),
    ],
)
def test_excel_says_who_has_it_open(book, content, holder):
    assert len(excel_owner("Léa Martin")) == 165
    book.with_name("~$suivi.xlsx").write_bytes(content)
    assert holder_of(book) == holder


@pytest.mark.parametrize(
    ("content", "holder"),
    [
        ("Léa Martin,root,vm,23.11.2026 17:52,file:///home/lea;", "Léa Martin"),
        ("Léa Martin\\, RH\\; x,root,vm,23.11.2026 17:52,file:///home/lea;", "Léa Martin, RH; x"),
        (",lea,poste-12,23.11.2026 17:52,file:///home/lea;", "lea"),
        ("", "quelqu'un"),
    ],
)
def test_libreoffice_says_who_has_it_open(book, content, holder):
    book.with_name(".~lock.suivi.xlsx#").write_text(content, encoding="utf-8")
    assert holder_of(book) == holder


@pytest.mark.parametrize("name", ["~$suivi.xlsx", ".~lock.suivi.xlsx#"])
def test_an_owner_file_of_yesterday_was_left_by_a_crash(book, name):
    owner_file = book.with_name(name)
    owner_file.write_bytes(excel_owner("Léa"))
    yesterday = time.time() - 24 * 3600 - 1
    os.utime(owner_file, (yesterday, yesterday))
    assert holder_of(book) == ""


def test_the_owner_file_of_another_workbook_says_nothing(book):
    book.with_name("~$autre.xlsx").write_bytes(excel_owner("Léa"))
    assert holder_of(book) == ""
