"""What commands print where the screen, the pipe or the locale cannot hold it: no traceback, and JSON that is JSON."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.commands import main
from pipeline.demo.post_bag import FOLDER
from tests.line.house import ROOT, House, forget_logbook


def printed(house: House, encoding: str, *words: str) -> tuple[int, bytes]:
    """The exit code, and the bytes that standard output of that encoding got."""
    content = io.BytesIO()
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("HOUSE_PASSWORD", house.dovecot.password)
        changed.setattr(sys, "stdout", io.TextIOWrapper(content, encoding=encoding, write_through=True))
        code = main(["--config", str(house.config), "--now", "2017-03-01T09:10", *words])
        forget_logbook()
        return code, content.getvalue()


def test_json_is_json_whatever_the_encoding_of_the_screen(house: House) -> None:
    assert house.run("import", str(FOLDER / "002.eml")).returncode == 0
    code, content = printed(house, "latin-1", "export")
    exported = json.loads(content.decode("utf-8"))
    assert (code, exported["messages"]) == (0, house.export()["messages"])
    assert "…" in exported["messages"][0]["why"][0]  # which no such screen can show
    code, content = printed(house, "cp1252", "status", "--json")
    assert json.loads(content.decode("utf-8"))["calls"]["visions21-2017"]["candidatures"] == 1


def test_words_that_the_screen_cannot_show_end_no_command(house: House) -> None:
    code, content = printed(house, "latin-1", "purge", "--register")
    assert (code, rb"l\u2019" in content) == (0, True)


def test_a_folder_whose_name_is_no_text_is_worked_in_and_named(house: House, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/dossier \xe9"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes no such name")
    (house.folder / "config").rename(folder / "config")
    moved = House(folder, house.dovecot, house.sink)
    assert printed(moved, "utf-8", "once") == (0, b"tracker writes 1\n")
    code, content = printed(moved, "utf-8", "preview")
    assert code == 0
    assert content.endswith(rb"/dossier \udce9/sheets/visions21-2017/apercu.html" + b"\n")


def test_a_machine_whose_file_names_have_no_accents_is_refused_with_the_remedy() -> None:
    command = [sys.executable, str(ROOT / "run.py"), "status"]
    old = {**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(command, capture_output=True, env=old, timeout=120)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"set PYTHONUTF8=1 in the environment" in done.stderr
