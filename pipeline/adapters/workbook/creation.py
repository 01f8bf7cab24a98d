"""A new tracker: every sheet and column of contract section 5, without rows. Writing into it later is `patching`'s."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook import look
from pipeline.adapters.workbook.guide import add_guide
from pipeline.adapters.workbook.summary import add_summary
from pipeline.core.call import Call
from pipeline.core.columns import Column, Owner, Shape, Sheet, candidatures_sheet, sheets_of

GENERATION = "SuiviGeneration"
CALL = "SuiviAppel"
PREPARED_ROWS = 2000  # drop-down lists reach so far; they are extended with the table
FROZEN = {"candidatures": "E2", "messages": "B2", "reunions": "B2"}
LEGEND = "En-tête bleu\u00a0: rempli par l'assistant – en-tête jaune\u00a0: rempli par vous"
MEANINGS = {
    Owner.WORKER: (
        "Rempli par l'assistant",
        "Vous pouvez corriger une valeur\u00a0: elle devient la vôtre. Ne renommez pas ce titre.",
    ),
    Owner.STAFF: ("Rempli par vous", "L'assistant lit cette colonne. Ne renommez pas ce titre."),
}
ATTENTION = PatternFill("solid", bgColor="FCE4D6")
DONE = PatternFill("solid", bgColor="E2EFDA")


def create_tracker(call: Call, path: Path) -> None:
    """Write an empty tracker to `path` (a temporary name: giving it its own is left to `replacing`)."""
    book = Workbook()
    for page in list(book.worksheets):
        book.remove(page)
    for sheet in sheets_of(call):
        _add_sheet(book, sheet)
    _highlight(book["Candidatures"], candidatures_sheet(call))
    add_summary(book, call)
    add_guide(book, call)
    look.add_property(book, IntProperty(name=GENERATION, value=0))
    look.add_property(book, StringProperty(name=CALL, value=call.code))
    book.properties.title = f"Suivi – {call.short_title}"
    book.properties.creator = call.contact.organisation
    book.save(path)


def _add_sheet(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.name)
    for rank, column in enumerate(sheet.columns, 1):
        _add_column(page, rank, column)
    page.row_dimensions[1].height = look.HEADER_HEIGHT
    _explain_headings(page, sheet)
    page.freeze_panes = FROZEN[sheet.key]
    page.add_table(_table(sheet))
    _print_setup(page, wide=sheet.key == "candidatures")


def _explain_headings(page: Worksheet, sheet: Sheet) -> None:
    """What the colour of a heading means, shown when somebody stands on it."""
    for owner, (title, words) in MEANINGS.items():
        note = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=words)
        for rank, column in enumerate(sheet.columns, 1):
            if column.owner is owner:
                note.add(f"{get_column_letter(rank)}1")
        page.add_data_validation(note)


def _add_column(page: Worksheet, rank: int, column: Column) -> None:
    letter = get_column_letter(rank)
    header = page.cell(1, rank, column.heading)
    header.fill, header.font = look.HEADER_FILLS[column.owner], look.HEADER_FONTS[column.owner]
    header.alignment = look.HEADER_ALIGNMENT
    body = page.cell(2, rank)  # the empty first row of the table: the styles that every later row takes
    body.number_format, body.alignment = look.FORMATS[column.shape], look.alignment(column.shape)
    body.fill = look.BODY_FILLS[column.owner]
    body.font, body.border = look.LINK_FONT if column.key == "pieces" else look.BODY_FONT, look.CELL_BORDER
    page.column_dimensions[letter].width = look.width(column.key)
    page.column_dimensions[letter].hidden = column.shape is Shape.KEY
    if column.choices:
        _add_choices(page, f"{letter}2:{letter}{PREPARED_ROWS}", column)


def _add_choices(page: Worksheet, cells: str, column: Column) -> None:
    choices = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    choices.errorTitle, choices.error = column.heading[:32], "Choisissez une valeur de la liste, ou videz la cellule."
    choices.errorStyle = "warning"
    choices.add(cells)
    page.add_data_validation(choices)


def _table(sheet: Sheet) -> Table:
    table = Table(displayName=sheet.table, ref=f"A1:{get_column_letter(len(sheet.columns))}2")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    table.tableColumns = [TableColumn(id=rank, name=column.heading) for rank, column in enumerate(sheet.columns, 1)]
    table.autoFilter = AutoFilter(ref=table.ref)
    return table


def _highlight(page: Worksheet, sheet: Sheet) -> None:
    """Two colours, each with words beside it: something to look at; a letter on its way."""
    letters = {column.key: get_column_letter(rank) for rank, column in enumerate(sheet.columns, 1)}
    for column, test, fill in (
        ("to_check", "LEN({cell})>0", ATTENTION),
        ("in_time", '{cell}="non"', ATTENTION),
        ("in_region", 'AND(LEN({cell})>0,{cell}<>"oui")', ATTENTION),
        ("request", "LEN({cell})>0", DONE),
    ):
        letter = letters[column]
        rule = Rule(type="expression", dxf=DifferentialStyle(fill=fill), formula=[test.format(cell=f"${letter}2")])
        page.conditional_formatting.add(f"{letter}2:{letter}{PREPARED_ROWS}", rule)


def _print_setup(page: Worksheet, wide: bool) -> None:
    """A4 landscape; the many columns of the candidatures take three pages side by side, each with who it is about."""
    page.page_setup.orientation = "landscape"
    look.fit_to_pages(page, wide=3 if wide else 1)
    page.print_title_rows = "1:1"
    if wide:
        page.print_title_cols = "A:D"
    look.page_footer(page, f"&A – page &P / &N – {LEGEND}")
    page.page_margins.left = page.page_margins.right = 0.4
