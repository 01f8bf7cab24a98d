"""A new tracker: every sheet and column of contract section 5, without rows. Writing into it later is `patching`'s."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook import look
from pipeline.adapters.workbook.guide import add_guide
from pipeline.adapters.workbook.summary import add_summary
from pipeline.core.call import Call
from pipeline.core.columns import Column, Shape, Sheet, candidatures_sheet, sheets_of

GENERATION = "SuiviGeneration"
CALL = "SuiviAppel"
PREPARED_ROWS = 2000  # drop-down lists reach so far; they are extended with the table
FROZEN = {"candidatures": "E2", "messages": "B2", "reunions": "B2"}
ATTENTION = PatternFill("solid", bgColor="FCE4D6")
DONE = PatternFill("solid", bgColor="E2EFDA")


def create_tracker(call: Call, path: Path) -> None:
    """Write an empty tracker to `path` (a temporary name: giving it its own is left to `replacing`)."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets_of(call):
        _add_sheet(book, sheet)
    _highlight(book["Candidatures"], candidatures_sheet(call))
    add_summary(book, call)
    add_guide(book, call)
    book.custom_doc_props.append(IntProperty(name=GENERATION, value=0))
    book.custom_doc_props.append(StringProperty(name=CALL, value=call.code))
    book.properties.title = f"Suivi – {call.short_title}"
    book.properties.creator = call.contact.organisation
    book.save(path)


def _add_sheet(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.name)
    for rank, column in enumerate(sheet.columns, 1):
        _add_column(page, rank, column)
    page.row_dimensions[1].height = look.HEADER_HEIGHT
    page.freeze_panes = FROZEN[sheet.key]
    page.add_table(_table(sheet))
    _print_setup(page, wide=sheet.key == "candidatures")


def _add_column(page: Worksheet, rank: int, column: Column) -> None:
    letter = get_column_letter(rank)
    header = page.cell(1, rank, column.heading)
    header.fill, header.font = look.HEADER_FILLS[column.owner], look.HEADER_FONTS[column.owner]
    header.alignment = look.HEADER_ALIGNMENT
    body = page.cell(2, rank)  # the empty first row of the table: the styles that every later row takes
    body.number_format, body.alignment = look.FORMATS[column.shape], look.alignment(column.shape)
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
    table._initialise_columns()
    for column, definition in zip(table.tableColumns, sheet.columns, strict=True):
        assert isinstance(column, TableColumn)
        column.name = definition.heading
    return table


def _highlight(page: Worksheet, sheet: Sheet) -> None:
    """Two colours, each with words beside it: something to look at; a letter on its way."""
    letters = {column.key: get_column_letter(rank) for rank, column in enumerate(sheet.columns, 1)}
    for column, fill in (("to_check", ATTENTION), ("request", DONE)):
        letter = letters[column]
        rule = FormulaRule(formula=[f"LEN(${letter}2)>0"], fill=fill)
        page.conditional_formatting.add(f"{letter}2:{letter}{PREPARED_ROWS}", rule)


def _print_setup(page: Worksheet, wide: bool) -> None:
    """A4 landscape; the many columns of the candidatures take three pages side by side, each with who it is about."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = (3 if wide else 1), 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    if wide:
        page.print_title_cols = "A:D"
    page.oddFooter.center.text = "&A – page &P / &N"
    page.page_margins.left = page.page_margins.right = 0.4
