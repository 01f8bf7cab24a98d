"""The proof on a small tracker, and that what it proves with can see a loss."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from pipeline.adapters.workbook.making.creation import create_tracker
from tests.builders import a_call
from tests.proofs.compared import Comparison, Written, compared
from tests.proofs.growth import grew
from tests.proofs.readers import as_written
from tests.proofs.report import failures, table
from tests.proofs.run import proof_of
from tests.proofs.soundness import unsound
from tests.proofs.writers import by_openpyxl, by_us

ROWS = 5
SHEET, COMMENTS, TABLE = "xl/worksheets/sheet1.xml", "xl/comments/comment1.xml", "xl/tables/table1.xml"
FORMULA = b"<f>COUNTA(Candidatures!A2:A6)</f><v></v>"
NOTHING_WRITTEN = Written()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A tracker with rows, and what staff add: a comment, a chart, a formula whose result is stored."""
    path = tmp_path / "suivi.xlsx"
    create_tracker(a_call(), path)
    book = openpyxl.load_workbook(path)
    page = book["Candidatures"]
    for row in range(2, 2 + ROWS):
        for column in range(1, 7):
            page.cell(row, column).value = f"valeur {row}.{column}"
    columns = page.tables["Candidatures"].ref.split(":")[1].rstrip("0123456789")
    page.tables["Candidatures"].ref = page.tables["Candidatures"].autoFilter.ref = f"A1:{columns}{1 + ROWS}"
    page["C3"].comment = Comment("À rappeler", "Léa")
    staff = book.create_sheet("Feuille du service")
    staff["A1"] = "=COUNTA(Candidatures!A2:A6)"
    chart = BarChart()
    chart.add_data(Reference(page, min_col=1, min_row=2, max_row=1 + ROWS))
    staff.add_chart(chart, "C3")
    book.save(path)
    path.write_bytes(without(path.read_bytes(), FORMULA, FORMULA.replace(b"<v></v>", b"<v>5</v>")))
    return path


def rewritten(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with every part changed; a part that becomes None is left out."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return written.getvalue()


def without(content: bytes, text: bytes, instead: bytes = b"", part: str = "") -> bytes:
    """The package with the first occurrence of a text gone from the one part that holds it."""
    changed: list[str] = []

    def change(name: str, data: bytes) -> bytes:
        if text in data and part in name and not changed:
            changed.append(name)
            return data.replace(text, instead, 1)
        return data

    result = rewritten(content, change)
    assert changed, f"{text!r} is nowhere"
    return result


def lost(comparison: Comparison) -> dict[str, list[tuple[str, str]]]:
    return {unit: sorted(kept.lost) for unit, kept in comparison.units.items() if kept.missing}


def test_ten_writes_of_ours_lose_nothing_and_are_seen_by_every_reader(path: Path) -> None:
    proof = proof_of(path, by_us, 10)
    assert (proof.writes, proof.tab, dict(proof.refused), failures([proof])) == (10, "Candidatures", {}, [])
    assert proof.comparison is not None and proof.comparison.lossless
    assert proof.read == {"openpyxl": "seen", "calamine": "seen"}


def test_a_single_save_by_openpyxl_is_told_as_a_loss(path: Path) -> None:
    proof = proof_of(path, by_openpyxl, 1)
    assert proof.comparison is not None
    assert proof.comparison.cached_lost == 1
    assert "| cached formula values (1) | L1/1 |" in table({"openpyxl": [proof]})
    assert any("sheet/cached value: 1 of 1 lost: Feuille du service!A1 n=5.0" in line for line in failures([proof]))


def test_a_workbook_compared_with_itself_has_lost_nothing(path: Path) -> None:
    assert compared(path.read_bytes(), path.read_bytes(), NOTHING_WRITTEN).lossless


def test_a_part_that_is_gone_is_a_loss(path: Path) -> None:
    before = path.read_bytes()
    after = rewritten(before, lambda name, data: None if name == COMMENTS else data)
    comparison = compared(before, after, NOTHING_WRITTEN)
    assert comparison.parts_lost == Counter({"comments": 1})
    assert "comments" in lost(comparison)
    assert unsound(after) - unsound(before) == {f"{SHEET} points to {COMMENTS}, which is not there"}


def test_an_attribute_that_is_gone_is_a_loss(path: Path) -> None:
    before = path.read_bytes()
    comparison = compared(before, without(before, b' allowBlank="1"', part=SHEET), NOTHING_WRITTEN)
    assert lost(comparison) == {
        "sheet/dataValidations": [("Candidatures/dataValidations/dataValidation@allowBlank", "1.0")]
    }
    assert (comparison.tokens_lost, comparison.cached_lost, comparison.lossless) == (1, 0, False)


def test_a_stored_result_that_is_gone_is_a_loss(path: Path) -> None:
    before = path.read_bytes()
    comparison = compared(before, without(before, b"<v>5</v>", part="xl/worksheets/"), NOTHING_WRITTEN)
    assert (comparison.tokens_lost, comparison.cached_lost, comparison.lossless) == (0, 1, False)


def test_a_cell_that_nobody_meant_to_write_is_a_loss_and_one_that_was_meant_is_none(path: Path) -> None:
    before = path.read_bytes()
    after = without(before, b"valeur 3.2", b"autre chose")
    comparison = compared(before, after, NOTHING_WRITTEN)
    assert lost(comparison) == {"sheet/constant": [("Candidatures!B3", "s=valeur 3.2")]}
    assert compared(before, after, Written({"Candidatures": frozenset({(3, 2)})})).lossless


def test_a_format_that_is_gone_is_a_loss_even_in_a_cell_that_was_written(path: Path) -> None:
    before = path.read_bytes()
    after = rewritten(before, lambda name, data: _unformatted(data) if name == SHEET else data)
    comparison = compared(before, after, Written({"Candidatures": frozenset({(2, 1)})}))
    assert [place for place, _ in lost(comparison)["sheet/cell style"]] == ["Candidatures!A2"]


def _unformatted(sheet: bytes) -> bytes:
    start = sheet.index(b'<c r="A2"')
    end = sheet.index(b">", start)
    return sheet[:start] + b'<c r="A2" t="s"' + sheet[end:]


@pytest.mark.parametrize(
    ("before", "after", "grown"),
    [
        ("A2:F6", "A2:F8", True),
        ("Candidatures!$A$2:$A$6", "Candidatures!$A$2:$A$8", True),
        ("B6", "B6:B8", True),
        ("A2:B6 D2:D6", "A2:B7 D2:D7", True),
        ("A2:F6", "A2:F9", False),
        ("A2:F6", "A2:F5", False),
        ("A2:F6", "A2:G8", False),
        ("A2:F6", "A3:F8", False),
        ("A2:B6 D2:D6", "A2:B8", False),
        ("Candidatures!$A$2:$A$6", "Messages!$A$2:$A$8", False),
    ],
)
def test_a_range_that_grew_at_its_foot_by_the_rows_that_were_added_is_no_loss(
    before: str, after: str, grown: bool
) -> None:
    assert grew(before, after, rows=2) is grown


@pytest.mark.parametrize(
    ("text", "instead", "wrong"),
    [
        (b'<row r="3"', b'<row r="9"', {"Candidatures: rows or cells do not ascend"}),
        (b'<c r="B3"', b'<c r="Z3"', {"Candidatures: rows or cells do not ascend"}),
    ],
)
def test_what_excel_would_repair_is_found(path: Path, text: bytes, instead: bytes, wrong: set[str]) -> None:
    before = path.read_bytes()
    assert unsound(without(before, text, instead, part=SHEET)) - unsound(before) == wrong


def test_a_heading_that_differs_from_its_table_column_is_found(path: Path) -> None:
    before = path.read_bytes()
    after = without(before, b'name="Type"', b'name="Sorte"', part=TABLE)
    assert len(unsound(after) - unsound(before)) == 1
    assert next(iter(unsound(after) - unsound(before))).endswith("is not the name of its table column")


@pytest.mark.parametrize(
    ("wanted", "found", "seen"),
    [
        ("=1+1", "=1+1", True),
        ("=1+1", 2, False),
        (12.5, 12.5, True),
        (12.5, "12.5", False),
        (True, True, True),
        ("texte", None, False),
    ],
)
def test_a_value_counts_as_seen_only_when_it_is_the_one_that_was_written(
    wanted: object, found: object, seen: bool
) -> None:
    assert as_written(wanted, found) is seen
