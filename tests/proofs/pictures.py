"""The pictures of the staff guide, made from the demo: .venv/bin/python -m tests.proofs.pictures FOLDER

The demo is played, a member of staff types into its tracker, the worker passes once more (without a mail server: what
is to leave stays to be read), and the workbook is printed by LibreOffice, the preview by Chromium. Poppler cuts the
pages. The font Carlito stands in for Calibri. FOLDER is new; docs/images/ is written. Look at each picture before it is
committed.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.commands.office import opened_office
from pipeline.demo.staff import Typed, type_into
from tests.servers.libreoffice import converted

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
# Dates and numbers as staff see them, whatever the language of this machine.
FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item></oor:items>"""
TYPED: Typed = {
    "V21-003": {"phone": "03 53 01 52 19", "request": "Convocation"},
    "V21-005": {"decision": "Liste d'attente", "rank": 1, "request": "Liste d'attente"},
    "V21-006": {"decision": "Liste d'attente", "rank": 2, "notes": "Vu avec la présidente"},
    "V21-007": {"request": "Demande de compléments"},
    "V21-011": {"decision": "Non retenu", "reason": "reçue après la clôture", "request": "Non retenu"},
}


@dataclass(frozen=True)
class Picture:
    """The first page of a sheet that holds the words: points across it, and down what is kept."""

    name: str
    sheet: str
    words: str
    width: int
    top: int
    height: int


PICTURES = (
    Picture("suivi", "Candidatures", "SIREN", 1300, 54, 420),
    Picture("candidatures", "Candidatures", "Courrier à envoyer", 1300, 54, 546),
    Picture("messages", "Messages", "Nature", 1300, 54, 506),
    Picture("envois", "Envois", "bloqué", 1900, 72, 828),
    Picture("reunions", "Réunions", "Lieu", 1300, 54, 178),
    Picture("synthese", "Synthèse", "Décisions", 900, 60, 590),
)


def run(*words: str, may_fail: bool = False) -> str:
    answer = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    if answer.returncode and not may_fail:
        raise SystemExit(f"{' '.join(words)}\n{answer.stderr}")
    return answer.stdout


def ours(*words: str, may_fail: bool = False) -> str:
    return run(sys.executable, "run.py", *words, may_fail=may_fail)


def play(folder: Path) -> Path:
    """The demo, the hand of staff, one more pass, the preview; the folder of the sheets."""
    os.environ["DEMO_PASSWORD"] = "demo"
    ours("demo", "--directory", str(folder))
    configured = folder / "config" / "pipeline.toml"
    with opened_office({"config": configured, "now": "2017-03-06T09:00", "json_log": False}) as office:
        (call,) = office.calls
        type_into(office.tracker, call, "candidatures", TYPED)
        sheets = office.tracker.path(call).parent
    # The mail server of the demo is gone: exit code 1.
    ours("--config", str(configured), "--now", "2017-03-06T09:02", "once", may_fail=True)
    ours("--config", str(configured), "--now", "2017-03-06T09:05", "preview", may_fail=True)
    return sheets


def page_of(pdf: Path, picture: Picture) -> str:
    """The number of the page, from 1; the first line of each names its sheet, and its call."""
    texts = enumerate(run("pdftotext", "-layout", str(pdf), "-").split("\f"), 1)
    named = [(number, text) for number, text in texts if re.match(rf"\s*(Suivi – .* – )?{picture.sheet}\b", text)]
    return str(next(number for number, text in named if picture.words in text))


def take(pdf: Path, picture: Picture) -> None:
    number = page_of(pdf, picture)
    cut = ("-x", "0", "-y", str(picture.top), "-W", str(picture.width), "-H", str(picture.height))
    size = ("-scale-to-x", str(picture.width), "-scale-to-y", "-1")
    target = str(IMAGES / picture.name)
    run("pdftoppm", "-png", "-singlefile", "-f", number, "-l", number, *size, *cut, str(pdf), target)


def main(folder: Path) -> None:
    sheets = play(folder)
    office = folder / "office"
    (office / "user").mkdir(parents=True)
    (office / "user" / "registrymodifications.xcu").write_text(FRENCH, encoding="utf-8")
    (pdf,) = converted([sheets / "suivi.xlsx"], folder, office, "pdf")
    for picture in PICTURES:
        take(pdf, picture)
    picture = f"--screenshot={IMAGES / 'apercu.png'}"
    page = (sheets / "apercu.html").as_uri()
    run("chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,900", picture, page)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
