import os
import time
from datetime import UTC, datetime

import pytest

from pipeline.adapters.workbook.sharing.owner_files import holder_of, holding
from pipeline.ports import Holder


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
        (",,poste-12,23.11.2026 17:52,;", "poste-12"),
        ("Martin \\\\,lea,poste-12,23.11.2026 17:52,;", "Martin \\"),
        (",,,23.11.2026 17:52,file:///home/lea;", "quelqu'un"),
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


@pytest.mark.parametrize(
    ("owner_file", "content", "program"),
    [("~$suivi.xlsx", excel_owner("Léa"), "Excel"), (".~lock.suivi.xlsx#", "Léa,lea,pc,,;".encode(), "LibreOffice")],
)
def test_the_program_and_the_hour_are_told(book, owner_file, content, program):
    there = book.with_name(owner_file)
    there.write_bytes(content)
    hour_ago = float(int(time.time()) - 3600)
    os.utime(there, (hour_ago, hour_ago))
    assert holding(book) == Holder("Léa", program, datetime.fromtimestamp(hour_ago, UTC))


@pytest.mark.parametrize("name", ["~$SUIVI.XLSX", ".~lock.Suivi.xlsx#"])
def test_the_case_of_the_name_does_not_matter(book, name):
    book.with_name(name).write_bytes(b"")
    assert holder_of(book) == "quelqu'un"


def test_an_owner_file_that_cannot_be_read_means_held(book):
    book.with_name("~$suivi.xlsx").mkdir()  # reading it fails, as on Windows while Excel holds it
    assert holder_of(book) == "quelqu'un"


def test_a_folder_that_cannot_be_asked_is_open_by_nobody(tmp_path):
    (tmp_path / "share").symlink_to("share")  # asked for anything it answers with an error
    assert holding(tmp_path / "share" / "suivi.xlsx") is None


def test_our_own_lock_is_nobody(book):
    book.with_name(".~lock.suivi.xlsx#").write_text("Assistant Visions,root,vm,01.03.2017 09:30,process 12;")
    assert holding(book) is None


def test_excel_counts_even_while_our_own_lock_is_there(book):
    book.with_name(".~lock.suivi.xlsx#").write_text("Assistant Visions,root,vm,01.03.2017 09:30,process 12;")
    book.with_name("~$suivi.xlsx").write_bytes(excel_owner("Léa"))
    assert holder_of(book) == "Léa"
