import os

import openpyxl
import pytest

from pipeline.adapters.workbook.writing.patching import link_target
from pipeline.core.merge import RowOut, SheetChanges
from pipeline.failures import Unavailable
from tests.adapters.workbook.books import (
    CALL,
    SHEET,
    a_tracker,
    cell,
    page_of,
    parts,
    reference,
    rows_out,
    values,
    with_part,
    write,
)
from tests.conftest import needs
from tests.servers.libreoffice import converted, libreoffice


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("pieces/V21-001 Communauté d'Artois", "pieces/V21-001%20Communauté%20d'Artois"),
        ("pieces/50 % #1 ?", "pieces/50%20%25%20%231%20%3F"),
    ],
)
def test_a_link_opens_the_folder_whatever_its_name(tmp_path, path, target):
    assert link_target(path) == target
    tracker = a_tracker(tmp_path, "V21-001")
    write(tracker, cell(2, "pieces", 3, link=path))
    write(tracker, SheetChanges((), (RowOut("V21-002", {"number": "V21-002", "pieces": 1}, {"pieces": path}),)), 2)
    page = page_of(tracker)
    assert [page[name].hyperlink.target for name in ("O2", "O3")] == [target, target]
    assert [page[name].value for name in ("O2", "O3")] == [3, 1]
    assert parts(tracker.path(CALL))["xl/worksheets/_rels/sheet1.xml.rels"].count(b"/hyperlink") == 1


def strict(tracker):
    for name in list(parts(tracker.path(CALL))):
        if name.endswith((".xml", ".rels")):
            with_part(
                tracker.path(CALL),
                name,
                lambda text: text.replace(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships",
                ).replace(
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main",
                ),
            )


def test_a_strict_workbook_stays_strict(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    strict(tracker)
    write(tracker, SheetChanges((), (RowOut("V21-002", {"number": "V21-002", "pieces": 1}, {"pieces": "p"}),)))
    assert values(tracker, "number") == [("V21-001",), ("V21-002",)]
    changed = parts(tracker.path(CALL))
    assert (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink"
        in changed["xl/worksheets/_rels/sheet1.xml.rels"]
    )
    assert b"openxmlformats.org/officeDocument" not in changed[SHEET]


def test_dates_in_a_workbook_of_an_old_macintosh(tmp_path):
    from_1904 = a_tracker(tmp_path)
    with_part(
        from_1904.path(CALL),
        "xl/workbook.xml",
        lambda text: text.replace("<workbookPr/>", '<workbookPr date1904="1"/>'),
    )
    moment = openpyxl.utils.datetime.from_excel(42786.5)
    write(from_1904, rows_out("V21-001", received=moment))
    assert values(from_1904, "received") == [(moment,)]
    assert b"<v>41324.5</v>" in parts(from_1904.path(CALL))[SHEET]


def test_a_signed_workbook_is_refused(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_part(tracker.path(CALL), "_xmlsignatures/sig1.xml", lambda _: "<Signature/>")
    with pytest.raises(Unavailable, match="digitally signed"):
        write(tracker, rows_out("V21-002"))


def test_figures_are_computed_anew_when_excel_opens_the_file(tmp_path):
    tracker = a_tracker(tmp_path, "V21-001")
    with_part(tracker.path(CALL), "xl/workbook.xml", lambda text: text.replace(' fullCalcOnLoad="1"', ""))
    write(tracker, rows_out("V21-002"))
    assert b'fullCalcOnLoad="1"' in parts(tracker.path(CALL))["xl/workbook.xml"]


def test_libreoffice_shows_our_rows_and_figures_before_and_after_it_saved_the_file(tmp_path):
    needs(libreoffice(), "LibreOffice", "libreoffice-calc")
    tracker = a_tracker(tmp_path, "V21-001", "V21-002", collectivite="=1+1", siren="007", kind="Commune", in_time="oui")
    path, folder = tracker.path(CALL), tmp_path / "converted"
    (saved,) = converted([path], folder, tmp_path / "profile")
    os.replace(saved, path)
    seen = tracker.read(CALL)
    assert seen.generation == 1
    assert values(tracker, "number", "collectivite", "siren") == [
        ("V21-001", "=1+1", "007"),
        ("V21-002", "=1+1", "007"),
    ]
    write(tracker, rows_out("V21-003", collectivite="Arras", kind="Commune", in_time="non"), 2)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    converted([path], folder, tmp_path / "profile", every_sheet)
    shown = (folder / "suivi-Candidatures.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in shown][1:4] == ["V21-001", "V21-002", "V21-003"]
    figures = dict(
        line.split(",")[:2] for line in (folder / "suivi-Synthèse.csv").read_text().splitlines() if "," in line
    )
    assert {name: figures[name] for name in ("Reçues", "Dans les délais", "Hors délais", "Commune")} == {
        "Reçues": "3",
        "Dans les délais": "2",
        "Hors délais": "1",
        "Commune": "3",
    }
    assert reference(tracker)[0] == "A1:AC4"
