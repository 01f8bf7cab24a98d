"""The sheet Synthèse, computed by LibreOffice from the tracker's rows."""

import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from lxml import etree

from pipeline.adapters.workbook.making.creation import create_tracker
from pipeline.core.merge import RowOut, SheetChanges
from tests.adapters.workbook.books import CALL, a_tracker, write
from tests.conftest import needs
from tests.servers.libreoffice import converted, libreoffice

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
COUNTS = (0, 25)


def computed(folder, paths):
    """Of each file {label: figure} of the sheet, and every value shown anywhere in it."""
    needs(libreoffice(), "LibreOffice", "libreoffice-calc")
    return [shown_in(saved) for saved in converted(paths, folder / "converted", folder / "profile")]


def shown_in(saved):
    page = openpyxl.load_workbook(saved, data_only=True)["Synthèse"]
    figures = {}
    for label, figure in page.iter_rows(min_col=1, max_col=2, values_only=True):
        figures.setdefault(label, figure)
    return figures, [cell for row in page.iter_rows(values_only=True) for cell in row]


def rows(count):
    kinds = ("Commune", "Communauté de communes", "Pôle métropolitain")
    return SheetChanges(
        (),
        tuple(
            RowOut(
                f"V21-{rank:03}",
                {
                    "number": f"V21-{rank:03}",
                    "received": datetime(2016, 12, 5, 10) + timedelta(days=rank),
                    "in_time": "oui",
                    "kind": kinds[rank % 3],
                    "departements": ("59", "62", "62, 80")[rank % 3],
                    "in_region": "oui",
                    "decision": "Retenu" if rank <= 3 else "",
                    "acknowledged": datetime(2017, 1, 1),
                    "to_check": "À voir." if rank == 1 else "",
                },
            )
            for rank in range(1, count + 1)
        ),
    )


def counting(folder, count):
    """The file of a tracker with so many candidatures."""
    tracker = a_tracker(folder)
    if count:
        write(tracker, rows(count))
    return tracker.path(CALL)


@pytest.fixture(scope="module")
def calculated(tmp_path_factory):
    """What `computed` gives of a tracker without candidatures and of one with 25: the program is started once."""
    folder, paths = tmp_path_factory.mktemp("calculated"), []
    for count in COUNTS:
        paths.append(counting(folder / f"{count}", count).rename(folder / f"{count}.xlsx"))
    return dict(zip(COUNTS, computed(folder, paths), strict=True))


@pytest.mark.parametrize("count", COUNTS)
def test_figures_are_right_and_no_cell_shows_an_error(calculated, count):
    figures, shown = calculated[count]
    assert [value for value in shown if isinstance(value, str) and value.startswith(("#", "Err:"))] == []
    assert (figures["Reçues"], figures["Retenu"], figures["À vérifier"]) == (count, min(count, 3), min(count, 1))
    assert (figures["Places, au moins"], figures["Places, au plus"]) == (CALL.places_min, CALL.places_max)
    if count:
        assert (figures["Communauté de communes"], figures["62 Pas-de-Calais"], figures["59 Nord"]) == (9, 17, 8)
        assert figures["12 déc."] == 7


def charts(path):
    with zipfile.ZipFile(path) as package:
        names = sorted(name for name in package.namelist() if name.startswith("xl/charts/chart"))
        drawing = etree.fromstring(package.read("xl/drawings/drawing1.xml"))
        return [etree.fromstring(package.read(name)) for name in names], drawing


def test_there_is_a_chart_per_day_per_type_per_departement_and_of_decisions_against_places(tmp_path):
    path = tmp_path / "suivi.xlsx"
    create_tracker(CALL, path)
    found, drawing = charts(path)
    titles = ["".join(one.itertext()) for chart in found for one in chart.iter(f"{CHART}title")]
    assert titles == [
        "Décisions, et places à pourvoir",
        "Candidatures par type de collectivité",
        "Candidatures par département",
        "Candidatures reçues par jour",
    ]
    assert all(len(one.get("descr")) > 40 for one in drawing.iter("{*}cNvPr"))
    days = (CALL.closes - CALL.opens).days + 1
    ranges = [str(one.text) for one in found[3].iter(f"{CHART}f")]
    assert all(one.endswith(f"${days + 1}") for one in ranges)  # every day, and what came too late
    assert [one.get("val") for one in found[3].iter(f"{CHART}plotVisOnly")] == ["0"]


def test_a_very_long_call_is_charted_by_longer_periods(tmp_path):
    path = tmp_path / "suivi.xlsx"
    create_tracker(replace(CALL, opens=date(2015, 1, 1)), path)
    found, _ = charts(path)
    assert "Candidatures reçues par période de quatre semaines" in "".join(found[3].itertext())


def test_the_first_of_a_month_is_written_as_the_french_write_it(tmp_path):
    path = tmp_path / "suivi.xlsx"
    create_tracker(replace(CALL, opens=date(2016, 12, 1)), path)
    page = openpyxl.load_workbook(path)["Synthèse"]
    labels = [row[0] for row in page.iter_rows(max_col=1, values_only=True)]
    assert "1er déc." in labels
    assert "1 déc." not in labels
