"""The demo as a newcomer runs it."""

import subprocess
import sys
from pathlib import Path

import openpyxl

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


def test_the_demo_touches_nothing_in_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", "demo", "--directory", tmp_path], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "expected an empty or new folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
