"""A new tracker: every sheet and column of contract section 5, without rows. Writing into it later is `patching`'s."""

import io
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

from pipeline.adapters.workbook.making import look
from pipeline.adapters.workbook.making.finishing import finished
from pipeline.adapters.workbook.making.guide import add_guide
from pipeline.adapters.workbook.making.summary import add_summary
from pipeline.core.call import Call
from pipeline.core.columns import Column, Owner, Shape, Sheet, sheets_of
from pipeline.core.french import typography

GENERATION = "SuiviGeneration"
CALL = "SuiviAppel"
MOST_TITLE = 32  # characters that Excel shows over a message
PREPARED_ROWS = 2000  # drop-down lists reach so far; they are extended with the table
FROZEN = {"candidatures": "E2", "envois": "D2", "messages": "B2", "reunions": "B2"}
LEGEND = (
    "&8En-tête bleu : rempli par l'assistant – en-tête jaune : rempli par vous – "
    "fond orangé : à regarder – fond vert : demandé, pas encore parti"
)
MEANINGS = {
    Owner.WORKER: (
        "Rempli par l'assistant",
        "Vous pouvez corriger une valeur : elle devient la vôtre. Gardez ce titre : il sert de repère.",
    ),
    Owner.STAFF: ("Rempli par vous", "L'assistant lit cette colonne. Gardez ce titre : il sert de repère."),
}
IDENTITY = ("Rempli par l'assistant", "Ne changez rien ici : la ligne est retrouvée par cette colonne.")
ONLY_SHOWN = "Montre le courrier. Écrire ici ne le change pas : il ne part plus, il faut le redemander."
INSTEAD = {
    ("envois", "recipients"): ONLY_SHOWN,
    ("envois", "subject"): ONLY_SHOWN,
    ("envois", "text"): ONLY_SHOWN,
    ("messages", "nature"): "Pour corriger ce qu'est un message, choisissez dans « Reclasser en ».",
}
PROMPTS = {
    "decision": "Elle ouvre droit aux courriers : lauréat et convocation pour « Retenu », par exemple.",
    "request": "Le courrier part quelques minutes après l'enregistrement. Pour l'annuler d'ici là, videz la cellule.",
    "hold": "Écrivez « oui » : ce courrier ne part pas tant que la case n'est pas vidée.",
    "release": "Écrivez « oui » : le courrier qui attend un feu vert part au prochain passage.",
    "reason": "Facultatif. Ces mots figurent tels quels dans le courrier « Non retenu ».",
    "missing": "Une pièce par ligne (Alt + Entrée). La liste figure dans la demande de compléments.",
    "copy_to": "Des adresses, séparées par des virgules : elles reçoivent aussi les courriers que vous demandez.",
    "cancelled": "Écrivez « oui », puis redemandez « Convocation » : la réunion est retirée des agendas.",
    "reclass": "Ce que ce message est vraiment. L'assistant en tient compte à son prochain passage.",
}
NEEDS_SOMEBODY = ("bloqué", "retenu", "attend un feu vert", "refusé", "incertain", "non remis")
# A letter asked for that does not leave: the words of À vérifier say so (core.rows).
STANDS_STILL = (
    'AND(LEN({cell})>0,OR(ISNUMBER(SEARCH("non envoyé",{to_check})),ISNUMBER(SEARCH("Feu vert",{to_check})),'
    'ISNUMBER(SEARCH("Courrier à envoyer\u00a0:",{to_check}))))'
)
NOT_UNDERSTOOD = 'AND(LEN({cell})>0,ISNUMBER(SEARCH("%s",{%s})))'  # the words beside it say so
# What staff ask for is done once the column beside it says so.
NOT_RECLASSED = 'AND(LEN({cell})>0,{cell}<>IF({nature}="Hors sujet","Ignorer",{nature}))'
NOT_LEFT = 'AND(LEN({cell})>0,{state}<>"envoyé",{state}<>"annulé")'
# Sheet, column, when, in which colour (the first that fits); words in the sheet say the same.
HIGHLIGHTS = (
    ("candidatures", "to_check", "LEN({cell})>0", look.ATTENTION),
    ("candidatures", "in_time", '{cell}="non"', look.ATTENTION),
    ("candidatures", "in_region", 'AND(LEN({cell})>0,{cell}<>"oui")', look.ATTENTION),
    ("candidatures", "request", STANDS_STILL, look.ATTENTION),
    ("candidatures", "request", "LEN({cell})>0", look.ON_ITS_WAY),
    ("candidatures", "eligible", NOT_UNDERSTOOD % ("Éligible\u00a0:", "to_check"), look.ATTENTION),
    ("candidatures", "decision", NOT_UNDERSTOOD % ("Décision\u00a0:", "to_check"), look.ATTENTION),
    ("candidatures", "copy_to", NOT_UNDERSTOOD % ("Copie à", "to_check"), look.ATTENTION),
    ("envois", "state", "OR(" + ",".join(f'{{cell}}="{word}"' for word in NEEDS_SOMEBODY) + ")", look.ATTENTION),
    ("envois", "state", 'OR(LEFT({cell},4)="part",{cell}="en attente")', look.ON_ITS_WAY),
    ("envois", "hold", "LEN({cell})>0", look.ATTENTION),
    ("envois", "release", NOT_LEFT, look.ON_ITS_WAY),
    ("messages", "nature", 'OR({cell}="À trier",{cell}="Non remis")', look.ATTENTION),
    ("messages", "answer", 'ISNUMBER(SEARCH("(en attente)",{cell}))', look.ON_ITS_WAY),
    ("messages", "number", NOT_UNDERSTOOD % ("aucune candidature ne portait", "why"), look.ATTENTION),
    ("messages", "reclass", NOT_UNDERSTOOD % ("Reclasser en", "why"), look.ATTENTION),
    ("messages", "reclass", NOT_RECLASSED, look.ON_ITS_WAY),
)
WIDE_SHEET_PERCENT = 61  # 11 points become 6.7 on paper; LibreOffice makes columns 4 % wider than Excel
NEW_PAGE_AT = ("subject", "to_check")  # who it is | what they sent and received | what staff decide


def create_tracker(call: Call, path: Path) -> None:
    """Write an empty tracker to `path` (a temporary name: giving it its own is left to `replacing`)."""
    book = Workbook()
    for page in list(book.worksheets):
        book.remove(page)
    for sheet in sheets_of(call):
        _add_sheet(book, sheet, call)
    charts = add_summary(book, call)
    add_guide(book, call)
    _introduce(book, call)
    content = io.BytesIO()
    book.save(content)
    path.write_bytes(finished(content.getvalue(), charts, _texts(call)))


def _introduce(book: Workbook, call: Call) -> None:
    """The document's properties: whose it is, and which call and write it stands for."""
    look.add_property(book, IntProperty(name=GENERATION, value=0))
    look.add_property(book, StringProperty(name=CALL, value=call.code))
    book.properties.title = f"Suivi – {call.short_title}"
    book.properties.subject = call.title
    book.properties.creator = book.properties.lastModifiedBy = call.contact.organisation
    book.properties.language = "fr-FR"


def _texts(call: Call) -> dict[str, str]:
    """The cells of each sheet's part whose digits are names: SIREN, telephone, département."""
    return {
        f"xl/worksheets/sheet{rank}.xml": f"A2:{get_column_letter(len(sheet.columns))}{PREPARED_ROWS}"
        for rank, sheet in enumerate(sheets_of(call), 1)
    }


def _add_sheet(book: Workbook, sheet: Sheet, call: Call) -> None:
    page = book.create_sheet(sheet.name)
    for rank, column in enumerate(sheet.columns, 1):
        _add_column(page, rank, column)
    visible = {column.key: column.heading for column in sheet.columns if column.shape is not Shape.KEY}
    page.row_dimensions[1].height = look.header_height(visible)
    _explain_headings(page, sheet)
    _highlight(page, sheet)
    page.freeze_panes = FROZEN[sheet.key]
    page.sheet_properties.tabColor = look.YELLOW if sheet.columns[0].owner is Owner.STAFF else look.BLUE
    page.add_table(_table(sheet))
    _print_setup(page, sheet, call)


def _explain_headings(page: Worksheet, sheet: Sheet) -> None:
    """What the colour of a heading means, shown when somebody stands on it."""
    meanings = [_meaning(sheet, one) for one in sheet.columns]
    for title, words in dict.fromkeys(meanings):
        note = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=typography(words))
        for rank, meaning in enumerate(meanings, 1):
            if meaning == (title, words):
                note.add(f"{get_column_letter(rank)}1")
        page.add_data_validation(note)


def _meaning(sheet: Sheet, column: Column) -> tuple[str, str]:
    title, words = MEANINGS[column.owner]
    return IDENTITY if column.key == sheet.row_key else (title, INSTEAD.get((sheet.key, column.key), words))


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
    if column.choices or column.key in PROMPTS:
        page.add_data_validation(_help(column, f"{letter}2:{letter}{PREPARED_ROWS}"))


def _help(column: Column, cells: str) -> DataValidation:
    """What is shown to somebody who stands on a cell, and a drop-down list where the column has choices. Other words
    mean nothing to the worker in staff's columns; in its own they are a correction."""
    title = column.heading[:MOST_TITLE].rstrip(" :–")
    note = DataValidation(allow_blank=True, sqref=cells)
    if column.choices:
        note.type, note.formula1, note.showErrorMessage = "list", f'"{",".join(column.choices)}"', True
        note.errorTitle, note.error = title, "Choisissez une valeur de la liste, ou videz la cellule."
        note.errorStyle = "stop" if column.owner is Owner.STAFF else "warning"
    if column.key in PROMPTS:
        note.showInputMessage = True
        note.promptTitle, note.prompt = title, typography(PROMPTS[column.key])
    return note


def _table(sheet: Sheet) -> Table:
    table = Table(displayName=sheet.table, ref=f"A1:{get_column_letter(len(sheet.columns))}2")
    # No stripes: they would hide where staff's colour begins, and lines under the rows do their work.
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table.tableColumns = [TableColumn(id=rank, name=column.heading) for rank, column in enumerate(sheet.columns, 1)]
    table.autoFilter = AutoFilter(ref=table.ref)
    return table


def _highlight(page: Worksheet, sheet: Sheet) -> None:
    letters = {column.key: get_column_letter(rank) for rank, column in enumerate(sheet.columns, 1)}
    for key, column, test, colour in HIGHLIGHTS:
        if key != sheet.key:
            continue
        style = DifferentialStyle(fill=PatternFill("solid", bgColor=colour))
        cells = {key: f"${letter}2" for key, letter in letters.items()}
        rule = Rule(type="expression", dxf=style, formula=[test.format(cell=cells[column], **cells)])
        page.conditional_formatting.add(f"{letters[column]}2:{letters[column]}{PREPARED_ROWS}", rule)


def _print_setup(page: Worksheet, sheet: Sheet, call: Call) -> None:
    """A4 landscape; the many columns of the candidatures go on pages side by side, each with who it is about."""
    page.page_setup.orientation = "landscape"
    page.print_title_rows = "1:1"
    if sheet.key == "candidatures":
        keys = [column.key for column in sheet.columns]
        look.break_after(page, [keys.index(key) for key in NEW_PAGE_AT], WIDE_SHEET_PERCENT)
        page.print_title_cols = "A:D"
    else:
        look.fit_to_pages(page, wide=1)
    look.narrow_margins(page)
    look.page_header(page, f"&BSuivi – {look.as_printed(call.short_title)} – &A", "&8Imprimé le &D")
    look.page_footer(page, typography(LEGEND), "&8Page &P / &N")
