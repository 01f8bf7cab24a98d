"""Native bar charts beside the figures they show, all in one look. Which figures is left to `summary`."""

from dataclasses import dataclass

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.adapters.workbook.making import look

BAR, OTHER_BAR = "2E75B6", "7F7F7F"
FIRST_COLUMN, LAST_COLUMN = 3, 12  # 0-based columns at which a chart begins and ends
NO_ZERO = "0;-0;;@"  # a nought is not written


@dataclass(frozen=True)
class Drawing:
    """A chart of the lines `rows` (labels in the column `column`, figures in the next one), standing beside the rows
    `beside` (1-based, inclusive).

    The first `apart` bars are of another kind than those after them, and grey. Of many labels, one in `every` is shown.
    """

    title: str
    description: str
    rows: tuple[int, int]
    beside: tuple[int, int]
    upright: bool = False
    apart: int = 0
    column: int = 1
    every: int = 1


def draw(page: Worksheet, drawing: Drawing) -> None:
    first, last = drawing.rows
    chart = BarChart()
    chart.type = "col" if drawing.upright else "bar"
    chart.title, chart.legend, chart.gapWidth, chart.roundedCorners = _title(drawing.title), None, 45, False
    chart.visible_cells_only = False  # what is plotted may stand in hidden columns
    chart.add_data(Reference(page, min_col=drawing.column + 1, min_row=first, max_row=last))
    series = chart.series[0]
    series.tx = SeriesLabel(v="Candidatures")
    letter = get_column_letter(drawing.column)
    series.cat = AxDataSource(strRef=StrRef(f=f"'{page.title}'!${letter}${first}:${letter}${last}"))
    series.graphicalProperties = GraphicalProperties(solidFill=BAR)
    series.dPt = [_grey(rank) for rank in range(drawing.apart)]
    series.dLbls = _figures()
    _axes(chart, drawing)
    chart.anchor = _beside(*drawing.beside)  # type: ignore[assignment]  # the stubs know of names of cells only
    page.add_chart(chart)


def _axes(chart: BarChart, drawing: Drawing) -> None:
    """The names are written; the figures stand at the bars, so that their axis needs not be."""
    chart.x_axis.delete, chart.y_axis.delete = False, True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.x_axis.majorTickMark = "none"
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill="BFBFBF"))
    chart.x_axis.txPr = _words(900)
    chart.x_axis.tickLblSkip = drawing.every if drawing.every > 1 else None
    if not drawing.upright:
        chart.x_axis.scaling.orientation = "maxMin"  # the first line on top


def _figures() -> DataLabelList:
    labels = DataLabelList(numFmt=NO_ZERO, dLblPos="outEnd", txPr=_words(900))
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    return labels


def _grey(rank: int) -> DataPoint:
    return DataPoint(idx=rank, invertIfNegative=False, spPr=GraphicalProperties(solidFill=OTHER_BAR))


def _title(text: str) -> Title:
    """Above the bars, never over them."""
    style = CharacterProperties(sz=1200, b=True, solidFill=look.BLUE)
    words = Paragraph(pPr=ParagraphProperties(defRPr=style), r=[RegularTextRun(rPr=style, t=text)])
    title = Title(overlay=False, layout=Layout())
    title.tx = Text(rich=RichText(p=[words]))
    return title


def _words(size: int) -> RichText:
    """Text of a chart; `size` in hundredths of a point."""
    style = CharacterProperties(sz=size, solidFill=look.DARK)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=style), endParaRPr=style)])


def _beside(first: int, last: int) -> TwoCellAnchor:
    return TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=FIRST_COLUMN, row=first - 1),
        to=AnchorMarker(col=LAST_COLUMN, row=last),
    )
