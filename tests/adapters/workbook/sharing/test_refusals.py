import errno
import os

import pytest

from pipeline.adapters.workbook.sharing.refusals import refusal


@pytest.fixture
def book(tmp_path):
    return tmp_path / "suivi.xlsx"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (errno.ENOSPC, "the disk is full; free some space, it will be tried again."),
        (errno.EDQUOT, "the disk is full; free some space, it will be tried again."),
        (errno.EROFS, "its folder cannot be written to (Read-only file system); let the worker write there."),
        (errno.EACCES, "its folder cannot be written to (Permission denied); let the worker write there."),
        (errno.ENOENT, "went away just now, somebody may be saving it; it will be read again."),
        (errno.EIO, "cannot be written now (Input/output error); it will be tried again."),
    ],
)
def test_each_reason_is_one_line(book, code, text):
    assert str(refusal(book, OSError(code, os.strerror(code)))) == f"{book}: {text}"


@pytest.mark.parametrize("winerror", [5, 32, 33])
@pytest.mark.parametrize(("owner", "holder"), [(b"", "another program"), ("Léa,lea,pc,,;".encode(), "Léa")])
def test_what_windows_refuses_because_it_is_open_names_who_has_it(book, winerror, owner, holder):
    if owner:
        book.with_name(".~lock.suivi.xlsx#").write_bytes(owner)
    fault = PermissionError(errno.EACCES, "Permission denied")
    fault.winerror = winerror
    assert str(refusal(book, fault)) == f"{book}: is held by {holder}; what is new will be shown once it is closed."
