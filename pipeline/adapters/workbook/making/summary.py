"""The sheet Synthèse: counts and charts by formula, which recalculate by themselves.

Only functions that Excel has had since 2010 and LibreOffice knows, and references to the table's columns by name: they
follow the columns when staff move or rename them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook.making import look
from pipeline.adapters.workbook.making.charts import NO_ZERO, Drawing, draw
from pipeline.adapters.workbook.making.departements import departements_of
from pipeline.core.call import Call
from pipeline.core.columns import DECISIONS
from pipeline.core.french import day
from pipeline.core.rows import KINDS

TABLE = "Candidatures"
SHEET = "Synthèse"
TOTAL = "$B$5"
MOST_RANKED = 6  # lines of a ranking; what is left is counted together
HELPERS = 20  # 1-based first column of the hidden ones, in which the rankings are computed
PLOTTED = HELPERS + 4  # and of those that only a chart shows
CHART_ROWS = 9  # at least so many beside a chart
ROW_HEIGHT = 16.5
# A line of the figures over time is so many days, and is called so, up to so many days of call; its chart shows days.
RHYTHMS = ((1, 21, "jour"), (7, 150, "semaine"), (28, 100_000, "période de quatre semaines"))
MOST_BARS = 150  # of days in a chart; above, it shows the same periods as the lines
WEEK = 7
SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avril", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)
Lines = Sequence[tuple[str, str | int]]


@dataclass(frozen=True)
class Block:
    """Lines under a heading, and the chart beside them."""

    heading: str
    chart: str
    description: str
    lines: Lines
    upright: bool = False
    apart: int = 0
    plotted: Lines = ()  # what the chart shows, if not the lines: in hidden columns


def add_summary(book: Workbook, call: Call) -> list[tuple[str, str]]:
    """Figures on the left, charts on the right, on one page. A (name, description) of each chart, in order."""
    page = book.create_sheet(SHEET)
    _introduce(page, call)
    totals = _totals()
    _write(page, 4, "Candidatures", totals)
    decisions, after = _decisions(call), 4 + len(totals) + 2
    drawn = [(decisions, after, 4)]  # this chart stands beside the totals as well
    after += len(decisions.lines) + 2
    for block in (*_rankings(page, call), _calendar(call)):
        drawn.append((block, after, after))
        after += max(len(block.lines), CHART_ROWS) + 2
    for block, row, top in drawn:
        _show(page, block, row, top)
    _arrange(page, after)
    return [(f"Graphique {block.heading}", block.description) for block, _, _ in drawn]


def _introduce(page: Worksheet, call: Call) -> None:
    page["A1"], page["A1"].font = f"Synthèse – {call.short_title}", look.TITLE_FONT
    page["A2"], page["A2"].font = (
        f"Appel ouvert du {day(call.opens)} au {day(call.closes)} inclus. Les chiffres se recalculent d'eux-mêmes.",
        look.NOTE_FONT,
    )


def _count(heading: str, value: str) -> str:
    return f'=COUNTIF({TABLE}[{heading}],"{value}")'


def _totals() -> Lines:
    """The first of them stands in the cell TOTAL."""
    return [
        ("Reçues", _count("N°", "?*")),
        ("Dans les délais", _count("Dans les délais", "oui")),
        ("Hors délais", _count("Dans les délais", "non")),
        ("En région", _count("En région", "oui")),
        (
            "Hors région ou région à vérifier",
            "={}+{}".format(*(_count("En région", word)[1:] for word in ("non", "à v*"))),
        ),
        ("Accusés envoyés", f"=COUNT({TABLE}[Accusé envoyé le])"),
        ("À vérifier", _count("À vérifier", "?*")),
    ]


def _decisions(call: Call) -> Block:
    """The places stand beside the decisions, so that one sees how many are left."""
    decided = [(name, _count("Décision", name)) for name in DECISIONS]
    undecided = f"=MAX(0,{TOTAL}-SUM({','.join(formula[1:] for _, formula in decided)}))"
    places = [("Places, au moins", call.places_min), ("Places, au plus", call.places_max)]
    return Block(
        "Décisions et places",
        "Décisions, et places à pourvoir",
        "Nombre de places au moins et au plus, puis de candidatures retenues, en liste d'attente, non retenues et "
        "sans décision.",
        [*places, *decided, ("Sans décision", undecided)],
        apart=len(places),
    )


def _rankings(page: Worksheet, call: Call) -> list[Block]:
    """The types and départements that occur, the most frequent first."""
    kinds = {name: _count("Type", name) for name in KINDS.values()}
    # An EPCI across two départements ("62, 80") is counted once, in the first.
    places = {
        f"{code} {name}": _count("Départements", f"{code}*") for code, name in departements_of(call.regions).items()
    }
    return [
        Block(
            "Par type de collectivité",
            "Candidatures par type de collectivité",
            "Nombre de candidatures par type de collectivité, du plus fréquent au moins fréquent.",
            _ranked(page, HELPERS, kinds),
        ),
        Block(
            "Par département",
            "Candidatures par département",
            "Nombre de candidatures par département, du plus fréquent au moins fréquent.",
            _ranked(page, HELPERS + 2, places),
        ),
    ]


def _ranked(page: Worksheet, helper: int, counts: Mapping[str, str]) -> Lines:
    """Lines that sort themselves, without dynamic arrays: names and weights stand in two hidden columns.

    A weight is the count less a thousandth per place in the list: no two are equal, and nought sinks below zero.
    """
    for rank, (name, formula) in enumerate(counts.items(), 1):
        page.cell(rank, helper, name)
        page.cell(rank, helper + 1, f"{formula}-{rank}/1000")
    names, weights = (_column(helper + offset, len(counts)) for offset in (0, 1))
    lines = []
    for rank in range(1, min(len(counts), MOST_RANKED) + 1):
        weight = f"LARGE({weights},{rank})"
        name = f'=IF({weight}>0,INDEX({names},MATCH({weight},{weights},0)),"")'
        lines.append((name, f"=MAX(0,ROUND({weight},0))"))
    others = ('=IF({figure}>0,"Autres ou non précisé","")', f"=MAX(0,{TOTAL}-SUM({{above}}))")
    return [*lines, others]


def _column(rank: int, rows: int) -> str:
    letter = get_column_letter(rank)
    return f"${letter}$1:${letter}${rows}"


def _calendar(call: Call) -> Block:
    """The whole call, by days, weeks or longer, then what came too late."""
    length = (call.closes - call.opens).days + 1
    step, name = next((step, name) for step, most, name in RHYTHMS if length <= most)
    end = call.closes + timedelta(days=1)
    starts = _starts(call, step)
    periods = zip(starts, [*starts[1:], end], strict=True)
    lines = [(_short(start), _between(start if rank else None, after)) for rank, (start, after) in enumerate(periods)]
    days = length <= MOST_BARS
    shown = "jour" if days else name
    return Block(
        f"Par {name}" + (", à partir du" if step > 1 else ""),
        f"Candidatures reçues par {shown}",
        f"Nombre de candidatures reçues par {shown}, de l'ouverture à la clôture, puis après la clôture.",
        [*lines, ("après", _between(end, None))],
        upright=True,
        plotted=_daily(call, length) if days and step > 1 else (),
    )


def _daily(call: Call, length: int) -> Lines:
    """Every day of the call, then what came too late."""
    days = [call.opens + timedelta(days=offset) for offset in range(length + 1)]
    first = (_short(days[0]), _between(None, days[1]))
    lines = [(_short(one), _between(one, after)) for one, after in zip(days[1:-1], days[2:], strict=True)]
    return [first, *lines, ("après", _between(days[-1], None))]


def _starts(call: Call, step: int) -> list[date]:
    """The first days of the periods; all but the first begin on a Monday unless they are single days."""
    monday = call.opens - timedelta(days=call.opens.weekday() if step > 1 else 0)
    starts = [monday + timedelta(days=offset) for offset in range(0, (call.closes - monday).days + 1, step)]
    return [call.opens, *starts[1:]]


def _short(value: date) -> str:
    """ "5 déc.", "20 févr.", "1er mai": words, because Excel would take figures for a date."""
    return f"{value.day if value.day > 1 else '1er'} {SHORT_MONTHS[value.month - 1]}"


def _between(start: date | None, end: date | None) -> str:
    """Candidatures received from the day `start` on and before the day `end`; None is no limit."""
    limits = [f'{TABLE}[Reçue le],"{sign}"&{_date(limit)}' for sign, limit in ((">=", start), ("<", end)) if limit]
    return f"=COUNTIFS({','.join(limits)})"


def _date(value: date) -> str:
    return f"DATE({value.year},{value.month},{value.day})"


def _show(page: Worksheet, block: Block, row: int, top: int) -> None:
    """A block from the row `row` on; its chart begins at the row `top`."""
    last = _write(page, row, block.heading, block.lines)
    beside = (top, max(last, top + CHART_ROWS - 1))
    drawing = Drawing(block.chart, block.description, (row + 1, last), beside, block.upright, block.apart)
    if block.plotted:
        for rank, line in enumerate(block.plotted, 1):
            page.cell(rank, PLOTTED, line[0])
            page.cell(rank, PLOTTED + 1, line[1]).number_format = NO_ZERO
        drawing = replace(drawing, rows=(1, len(block.plotted)), column=PLOTTED, every=WEEK)
    draw(page, drawing)


def _write(page: Worksheet, row: int, title: str, lines: Lines) -> int:
    """A heading and its lines; the row of the last."""
    page.cell(row, 1, title).font = look.HEADING_FONT
    for offset, line in enumerate(lines, 1):
        above, figure = f"B{row + 1}:B{row + offset - 1}", f"B{row + offset}"
        sorts_itself = str(line[0]).startswith("=")
        for column, value in enumerate(line, 1):
            words = value.format(above=above, figure=figure) if isinstance(value, str) else value
            cell = page.cell(row + offset, column, words)
            cell.number_format = NO_ZERO if sorts_itself else "0"
            cell.font, cell.border = look.BODY_FONT, look.CELL_BORDER
            cell.alignment = Alignment(horizontal="right" if column == 2 else "left")
    return row + len(lines)


def _arrange(page: Worksheet, rows: int) -> None:
    for letter, wide in (("A", 32), ("B", 9), ("C", 3)):
        page.column_dimensions[letter].width = wide
    for row in range(2, rows):
        page.row_dimensions[row].height = ROW_HEIGHT
    page.row_dimensions[1].height = 26
    for column in range(HELPERS, PLOTTED + 2):
        page.column_dimensions[get_column_letter(column)].hidden = True
    style = DifferentialStyle(fill=PatternFill("solid", bgColor=look.ATTENTION))
    page.conditional_formatting.add("A11:B11", Rule(type="expression", dxf=style, formula=["$B$11>0"]))
    page.sheet_view.showGridLines = False
    look.fit_to_pages(page, wide=1, tall=1)
    look.narrow_margins(page)
    look.page_footer(page, "&8Imprimé le &D", "&8Page &P / &N")
