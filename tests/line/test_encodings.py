"""What is printed where not every letter is known: a file on Windows, a machine with an old locale."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.line.house import ROOT

LETTERS = "Łódź 😀 – été"
MAIL = f"From: a@ville.example\nTo: agoxe@cerdd.org\nSubject: {LETTERS}\nDate: Mon, 20 Feb 2017 10:00:00 +0100\n\nx\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration whose servers are away, in a folder whose name is in no code page."""
    folder = tmp_path / "Łódź" / "config"
    (folder / "calls").mkdir(parents=True)
    example = ROOT / "config" / "calls" / "visions21-2017.toml"
    (folder / "calls" / example.name).write_bytes(example.read_bytes())
    server = 'host = "127.0.0.1"\nport = 1\nsecurity = "none"\nusername = "x"\npassword_env = "X"\n'
    mailbox = f'[mailbox]\naddress = "agoxe@cerdd.org"\nfirst_run = "answer"\n{server}'
    (folder / "pipeline.toml").write_text(f'{mailbox}[smtp]\nfrom_name = "Cerdd"\n{server}', "utf-8")
    return folder / "pipeline.toml"


def run(config: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, ROOT / "run.py", "--config", config, "--now", "2017-02-20T12:00", *words],
        capture_output=True,
        env={**os.environ, "X": "x", **environment},
        timeout=120,
    )


def test_the_ledger_is_exported_whole_where_the_screen_does_not_know_its_letters(config: Path) -> None:
    mail = config.parent / "mail.eml"
    mail.write_text(MAIL, "utf-8")
    assert run(config, "import", "--record-only", str(mail)).returncode == 0
    for encoding in ("cp1252", "ascii", "utf-8"):
        done = run(config, "export", PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        (message,) = json.loads(done.stdout.decode(encoding))["messages"]
        assert message["subject"] == LETTERS


def test_a_letter_that_the_screen_does_not_know_is_told_by_its_number(config: Path) -> None:
    done = run(config, "status", PYTHONIOENCODING="cp1252")
    assert b"Traceback" not in done.stderr and b"\\u0141\xf3d\\u017a" in done.stdout


def test_a_machine_whose_file_names_have_no_accents_is_refused_with_the_remedy(config: Path) -> None:
    done = run(config, "status", PYTHONUTF8="0", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"set PYTHONUTF8=1 in the environment" in done.stderr and done.stderr.count(b"\n") == 1
    assert run(config, "status", PYTHONUTF8="1", LC_ALL="C").returncode != 2
