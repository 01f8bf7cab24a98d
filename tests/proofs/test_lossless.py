"""The proof on a small tracker, and that what it proves with can see a loss."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from pipeline.adapters.workbook.making.creation import create_tracker
from pipeline.failures import Unavailable
from tests.builders import a_call
from tests.proofs.compared import Comparison, Written, compared
from tests.proofs.growth import Grown, grew
from tests.proofs.readers import as_written
from tests.proofs.refusing import refused
from tests.proofs.report import failures, table
from tests.proofs.run import proof_of
from tests.proofs.scenario import Write
from tests.proofs.soundness import unsound
from tests.proofs.subjects import Subject
from tests.proofs.writers import by_openpyxl, by_us

ROWS = 5
SHEET, COMMENTS, TABLE = "xl/worksheets/sheet1.xml", "xl/comments/comment1.xml", "xl/tables/table1.xml"
FORMULA = b"<f>COUNTA(Candidatures!A2:A6)</f><v></v>"
NOTHING_WRITTEN = Written()


@pytest.fixture
def path(tmp_path: Path, lived: bytes) -> Path:
    """A tracker of staff's, for each test its own."""
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(lived)
    return path


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A tracker with rows, and what staff add: a comment, a chart, a formula whose result is stored."""
    path = tmp_path_factory.mktemp("lived") / "suivi.xlsx"
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
    return without(path.read_bytes(), FORMULA, FORMULA.replace(b"<v></v>", b"<v>5</v>"))


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
    assert proof.rows > 0
    assert proof.comparison is not None and proof.comparison.lossless
    assert proof.read == {"openpyxl": "seen", "calamine": "seen"}


def test_a_single_save_by_openpyxl_is_told_as_a_loss(path: Path) -> None:
    proof = proof_of(path, by_openpyxl, 1)
    assert proof.comparison is not None
    assert proof.comparison.cached_lost == 1
    assert "| cached formula values (1) | 1 | 1 | 1/1 (1) |" in table({"openpyxl": [proof]})
    assert any("sheet/cached value: 1 of 1 lost: Feuille du service!A1 n=5.0" in line for line in failures([proof]))


OTHER_PROOFS = {
    "big_mailbox",
    "convocations",
    "mutants",
    "parts",
    "pictures",
    "test_mutants",
}  # not of what workbooks lose


def test_what_compares_shares_no_code_with_what_writes() -> None:
    """Only who writes and who looks at refusals may know the pipeline."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py")}
    knowing = {
        name for name, source in sources.items() if re.search(r"^(from|import) pipeline\b", source, re.MULTILINE)
    }
    assert knowing - OTHER_PROOFS == {"writers", "refusing", "test_lossless"}


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


def test_another_format_of_a_cell_is_a_loss(path: Path) -> None:
    before = path.read_bytes()
    style = before_style(before)
    after = without(before, b'<c r="A2" s="%s"' % style, b'<c r="A2" s="0"', part=SHEET)
    comparison = compared(before, after, NOTHING_WRITTEN)
    assert lost(comparison) == {"sheet/cell style": [("Candidatures!A2", style.decode())]}


def before_style(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read(SHEET)
    start = sheet.index(b'<c r="A2" s="') + len(b'<c r="A2" s="')
    return sheet[start : sheet.index(b'"', start)]


def test_another_number_format_is_a_loss_even_where_all_formats_have_new_numbers() -> None:
    book = openpyxl.Workbook()
    states = []
    for code in ("yyyy-mm-dd", "0.000"):
        saved = io.BytesIO()
        book.active["A1"].number_format = code  # type: ignore[index]
        book.active["A1"] = 42  # type: ignore[index]
        book.save(saved)
        states.append(saved.getvalue())
        book = openpyxl.Workbook()
    assert ("Sheet!A1", "yyyy-mm-dd") in lost(compared(*states, NOTHING_WRITTEN))["sheet/cell style"]


def test_a_row_that_is_gone_is_a_loss_of_each_of_its_values(path: Path) -> None:
    before = path.read_bytes()
    after = rewritten(before, lambda name, data: cut(data, b'<row r="4"', b"</row>") if name == SHEET else data)
    gone = lost(compared(before, after, NOTHING_WRITTEN))
    assert gone["sheet/constant"] == [(f"Candidatures!{'ABCDEF'[n]}4", f"s=valeur 4.{n + 1}") for n in range(6)]


def cut(data: bytes, start: bytes, end: bytes) -> bytes:
    at = data.index(start)
    return data[:at] + data[data.index(end, at) + len(end) :]


def test_a_row_under_the_table_instead_of_in_it_is_a_fault(path: Path) -> None:
    def keep_the_table(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
        after = by_us(content, subject, write, generation)
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            tables = {name: old.read(name) for name in old.namelist() if "/tables/" in name}
        return rewritten(after, lambda name, data: tables.get(name, data))

    proof = proof_of(path, keep_the_table, 10)
    assert proof.rows > 0
    assert "the table ends on row 6, the last added row is" in "\n".join(failures([proof]))


def test_a_value_that_went_away_with_a_write_is_a_loss(path: Path) -> None:
    def over_another_cell(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
        after = by_us(content, subject, write, generation)
        return without(after, b"<v>5</v>", b"<v>6</v>", part="xl/worksheets/sheet") if generation == 1 else after

    proof = proof_of(path, over_another_cell, 5)
    assert any("sheet/cached value: 1 of 1 lost: Feuille du service!A1 n=5.0" in line for line in failures([proof]))


def test_a_result_that_is_no_xml_is_a_fault_and_not_the_end_of_the_proof(path: Path) -> None:
    def unclosed(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
        return without(by_us(content, subject, write, generation), b"</row>", part=SHEET)

    assert "the result cannot be examined: XMLSyntaxError" in failures([proof_of(path, unclosed, 3)])[0]


def test_a_writer_that_breaks_down_is_a_fault_and_one_that_says_why_it_does_not_write_is_none(path: Path) -> None:
    def breaking_down(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
        raise IndexError("out of range")

    def refusing(content: bytes, subject: Subject, write: Write, generation: int) -> bytes:
        raise Unavailable("rows stand under its table")

    assert any("IndexError: out of range" in line for line in failures([proof_of(path, breaking_down, 1)]))
    assert failures([proof_of(path, refusing, 1)]) == []


def test_a_note_beside_a_row_of_totals_has_to_stay_where_it_is() -> None:
    before = workbook({"A1": "Nom", "A5": "Total", "D5": "note"})
    after = workbook({"A1": "Nom", "A6": "Total", "D6": "note"})
    gone = lost(compared(before, after, Written(slid={"Sheet": (5, 1, range(1, 3))})))
    assert gone == {"sheet/constant": [("Sheet!D5", "s=note")], "sheet/cell style": [("Sheet!D5", "0")]}


def test_a_stored_result_in_a_file_of_libreoffice_may_go_only_where_a_formula_is_about_what_was_written(
    path: Path,
) -> None:
    def by_libreoffice(name: str, data: bytes) -> bytes:
        return data.replace(b"Microsoft Excel", b"LibreOffice") if name == "docProps/app.xml" else data

    before = rewritten(path.read_bytes(), by_libreoffice)
    after = without(before, b"<v>5</v>", part="xl/worksheets/")
    about = compared(before, after, Written({"Candidatures": frozenset()}))
    assert (about.cached_lost, about.lossless, list(about.withdrawn.values())) == (0, True, [1])
    elsewhere = compared(before, after, Written({"Messages": frozenset()}))
    assert (elsewhere.cached_lost, elsewhere.lossless, elsewhere.withdrawn) == (1, False, Counter())


def test_blanks_at_the_ends_of_a_text_that_are_no_longer_kept_are_a_loss() -> None:
    before = workbook({"A1": "  deux blancs"})
    after = without(before, b' xml:space="preserve"')
    assert lost(compared(before, after, NOTHING_WRITTEN)) == {"sheet/constant": [("Sheet!A1", "s=  deux blancs")]}


def workbook(cells: dict[str, str]) -> bytes:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    for place, value in cells.items():
        book.active[place] = value  # type: ignore[index]
    book.save(saved)
    return saved.getvalue()


def test_a_file_that_is_no_workbook_is_refused_with_its_reason(tmp_path: Path) -> None:
    encrypted = tmp_path / "secret.xlsx"
    encrypted.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert refused([encrypted])["secret.xlsx"].startswith("Unavailable: suivi.xlsx: is protected by a password")


@pytest.mark.parametrize(
    ("had", "has", "row", "is_kept"),
    [
        (b'ht="30"', b'ht="45"', 2, True),
        (b'ht="30" customHeight="0"', b'ht="45" customHeight="0"', 2, True),
        (b'ht="30"', b'ht="15"', 2, False),
        (b'ht="30"', b"", 2, False),
        (b'ht="30"', b'ht="45"', 3, False),
        (b'ht="30" customHeight="1"', b'ht="45" customHeight="1"', 2, False),
    ],
)
def test_only_a_row_that_was_written_to_and_whose_height_nobody_chose_may_grow(
    path: Path, had: bytes, has: bytes, row: int, is_kept: bool
) -> None:
    states = (without(path.read_bytes(), b'<row r="2"', b'<row r="2" ' + one, SHEET) for one in (had, has))
    assert compared(*states, Written({"Candidatures": frozenset({(row, 1)})})).lossless is is_kept


@pytest.mark.parametrize(
    ("before", "after", "grown"),
    [
        ("A2:F6", "A2:F8", True),
        ("Candidatures!$A$2:$A$6", "Candidatures!$A$2:$A$8", True),
        ("B6", "B6:B8", True),
        ("A2:B6 D2:D6", "A2:B7 D2:D7", True),
        ("A2:F6", "A2:F9", False),
        ("A2:F6", "A2:F5", False),
        ("A2:F5", "A2:F7", False),
        ("A2:F6", "A2:G8", False),
        ("A2:F6", "A3:F8", False),
        ("A2:B6 D2:D6", "A2:B8", False),
        ("Candidatures!$A$2:$A$6", "Messages!$A$2:$A$8", False),
    ],
)
def test_a_range_that_grew_at_its_foot_by_the_rows_that_were_added_is_no_loss(
    before: str, after: str, grown: bool
) -> None:
    assert grew(before, after, Grown(rows=2, last=6, new_last=8)) is grown


def test_a_text_that_looks_like_a_range_may_not_grow() -> None:
    before, after = workbook({"A1": "A2:F6"}), workbook({"A1": "A2:F8"})
    written = Written(grown=Grown(rows=2, last=6, new_last=8))
    assert lost(compared(before, after, written)) == {"sheet/constant": [("Sheet!A1", "s=A2:F6")]}


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
