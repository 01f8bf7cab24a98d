"""The sheet Synthèse: counts and charts by formula, which recalculate by themselves."""

from collections.abc import Sequence
from datetime import date, timedelta

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook import look
from pipeline.adapters.workbook.departements import DEPARTEMENTS
from pipeline.core.call import Call
from pipeline.core.columns import DECISIONS
from pipeline.core.rows import KINDS

TABLE = "Candidatures"
DAYS_SHOWN = 28  # the last days before the closing are those that matter
SHEET = "Synthèse"
BARS_UPRIGHT = 20  # more lines than that are days: thin bars side by side
ROW_CENTIMETRES = 0.53
Lines = Sequence[tuple[str | date, str | int]]


def add_summary(book: Workbook, call: Call) -> None:
    """Figures on the left, charts on the right, on one page."""
    page = book.create_sheet(SHEET)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 44, 14
    page["A1"], page["A1"].font = f"Synthèse – {call.short_title}", look.TITLE_FONT
    page["A2"], page["A2"].font = (
        "Les chiffres se recalculent d'eux-mêmes à partir des autres feuilles.",
        look.NOTE_FONT,
    )
    row = _block(page, 4, "Candidatures", _totals(call))
    row, decisions = _charted(page, row, "Décisions", [(name, _count("Décision", name)) for name in DECISIONS])
    kinds = list(dict.fromkeys(KINDS.values()))
    row, types = _charted(page, row, "Par type de collectivité", [(name, _count("Type", name)) for name in kinds])
    row, places = _charted(page, row, "Par département", [(code, _department(code)) for code in _departments(call)])
    row, days = _charted(page, row, "Par jour (quatre dernières semaines)", _days(call))
    beside = 4
    for title, (first, last) in (
        (f"Décisions ({call.places_min} à {call.places_max} lauréats prévus)", decisions),
        ("Candidatures par type", types),
        ("Candidatures par département", places),
        ("Candidatures reçues par jour", days),
    ):
        if last >= first:
            page.add_chart(_chart(page, title, (first, last)), f"D{beside}")
            beside += int(_height(last - first + 1) / ROW_CENTIMETRES) + 2
    look.fit_to_pages(page, wide=1)
    page.sheet_view.showGridLines = False


def _count(heading: str, value: str) -> str:
    return f'=COUNTIF({TABLE}[{heading}],"{value}")'


def _department(code: str) -> str:
    """Rows whose first département is this one: an EPCI across two is counted once."""
    return f'=COUNTIF({TABLE}[Départements],"{code}*")'


def _totals(call: Call) -> Lines:
    number = f"{TABLE}[N°]"
    return [
        ("Reçues", f'=COUNTIF({number},"?*")'),
        ("Dans les délais", _count("Dans les délais", "oui")),
        ("Hors délais", _count("Dans les délais", "non")),
        ("En région", _count("En région", "oui")),
        ("À vérifier", f'=COUNTIF({TABLE}[À vérifier],"?*")'),
        ("Accusés envoyés", f"=COUNT({TABLE}[Accusé envoyé le])"),
        ("Places prévues au plus", call.places_max),
    ]


def _departments(call: Call) -> list[str]:
    return [code for region in call.regions for code in DEPARTEMENTS.get(region, ())]


def _days(call: Call) -> Lines:
    first = call.closes - timedelta(days=DAYS_SHOWN - 1)
    days = [first + timedelta(days=rank) for rank in range(DAYS_SHOWN + 1)]
    received = f"{TABLE}[Reçue le]"
    return [(day, f'=COUNTIFS({received},">="&{_date(day)},{received},"<"&{_date(day)}+1)') for day in days]


def _date(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _block(page: Worksheet, row: int, title: str, lines: Lines) -> int:
    """A heading and its lines; the first free row below."""
    page.cell(row, 1, title).font = look.HEADING_FONT
    for offset, (name, value) in enumerate(lines, 1):
        label, figure = page.cell(row + offset, 1, name), page.cell(row + offset, 2, value)
        label.font = figure.font = look.BODY_FONT
        label.border = figure.border = look.CELL_BORDER
        label.alignment, figure.alignment = Alignment(horizontal="left"), Alignment(horizontal="right")
        label.number_format = "dd/mm/yyyy"
    return row + len(lines) + 2


def _charted(page: Worksheet, row: int, title: str, lines: Lines) -> tuple[int, tuple[int, int]]:
    """A block and the rows a chart takes its figures from."""
    after = _block(page, row, title, lines)
    return after, (row + 1, row + len(lines))


def _height(lines: int) -> float:
    """Centimetres of a chart in which every one of so many names can be read."""
    return 7.4 if lines >= BARS_UPRIGHT else 3.0 + 0.6 * lines


def _chart(page: Worksheet, title: str, rows: tuple[int, int]) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if rows[1] - rows[0] + 1 < BARS_UPRIGHT else "col"
    chart.title, chart.legend, chart.style = title, None, 10
    chart.add_data(Reference(page, min_col=2, min_row=rows[0], max_row=rows[1]))
    chart.set_categories(Reference(page, min_col=1, min_row=rows[0], max_row=rows[1]))
    chart.height, chart.width, chart.gapWidth = _height(rows[1] - rows[0] + 1), 17, 60
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.number_format, chart.y_axis.number_format = "dd/mm", "0"
    chart.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill="D9D9D9")))
    if chart.type == "bar":
        # The first line on top, and the figures still at the bottom.
        chart.x_axis.scaling.orientation, chart.y_axis.crosses = "maxMin", "max"
    return chart
