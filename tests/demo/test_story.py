"""The demo as a newcomer runs it."""

import imaplib
import re
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from pipeline.commands.demo import _show

ROOT = Path(__file__).parents[2]


def test_the_demo_plays_the_whole_job_and_leaves_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", "demo", "--directory", folder], capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "17 letters left" in done.stdout
    sheets = folder / "sheets" / "visions21-2017"
    rows = list(openpyxl.load_workbook(sheets / "suivi.xlsx")["Candidatures"].values)
    seen = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert len(seen) == 11
    assert [number for number, row in seen.items() if row["Dans les délais"] == "non"] == ["V21-011"]
    first = seen["V21-001"]
    assert (first["Collectivité"], first["Décision"]) == ("Saint-Laurent-Blangy", "Retenu")
    assert first["Dernier courrier"] == "Convocation, 02/03/2017"
    assert first["Courrier à envoyer"] in (None, "")
    answers = [row["Première réunion préparatoire : méthodologie de Visions +21"] for row in seen.values()]
    assert [answer for answer in answers if answer] == ["accepté", "accepté", "accepté"]
    laureates = [row for row in openpyxl.load_workbook(sheets / "laureats.xlsx")["Lauréats"].values if row[0]]
    assert [row[0] for row in laureates[-3:]] == ["V21-001", "V21-004", "V21-008"]
    assert len(list((sheets / "pieces").glob("*/*"))) == 13


def test_the_table_at_the_end_loses_nothing_on_a_narrow_terminal() -> None:
    row = (
        "V21-001",
        "Communauté de communes du Ternois",
        "oui",
        "",
        "Retenu",
        "Convocation, 02/03/2017",
        "accepté",
        "",
    )
    for width in (40, 60, 80, 90, 132):
        console = Console(width=width, file=StringIO(), highlight=False)
        _show(console, [row])
        assert isinstance(console.file, StringIO)
        words = set(re.findall(r"[\w/'-]+", console.file.getvalue()))
        assert set(re.findall(r"[\w/'-]+", " ".join(row))) - words == set(), width


@pytest.mark.long
def test_the_demo_keeps_its_mail_server_up_until_it_is_told_to_end(tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "run.py", "demo", "--serve", "--directory", tmp_path / "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None and demo.stderr is not None
        said = next(line for line in demo.stdout if line.startswith("IMAP"))
        found = re.match(r"IMAP 127\.0\.0\.1:(\d+), SMTP 127\.0\.0\.1:\d+, (\S+), password (\w+)\.", said)
        assert found, said
        with imaplib.IMAP4("127.0.0.1", int(found[1]), timeout=10) as client:
            client.login(found[2], found[3])
            _, (count,) = client.select("INBOX", readonly=True)
        assert int(count or b"0") > 10
        assert demo.stdout.readline() == "Ctrl-C ends.\n"
        demo.send_signal(signal.SIGTERM)
        assert (demo.wait(30), demo.stderr.read()) == (0, "")


def test_the_demo_touches_nothing_in_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", "demo", "--directory", tmp_path], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "expected an empty or new folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
