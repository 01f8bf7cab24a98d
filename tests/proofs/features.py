"""The features of a workbook that people would miss, each with the units of `compared` that it is made of."""

import re
from collections.abc import Iterable

FEATURES: tuple[tuple[str, str], ...] = (
    ("charts", r"chart"),
    ("chart styles, colours", r"chartStyle|chartColorStyle|themeOverride|chartUserShapes"),
    ("modern charts (chartEx)", r"chartEx"),
    ("drawing: pictures", r"drawing/pic"),
    ("images (binary)", r"image|hdphoto"),
    ("drawing: chart frames", r"drawing/graphicFrame"),
    ("drawing: shapes, text boxes", r"drawing/(sp|cxnSp)"),
    ("drawing: groups", r"drawing/grpSp"),
    ("drawing: alternatives, others", r"drawing/(AlternateContent|Choice|contentPart|nothing)"),
    ("SmartArt", r"diagram.*"),
    ("slicers", r"slicer"),
    ("slicer caches", r"slicerCache"),
    ("timelines", r"timeline(Cache)?"),
    ("pivot tables", r"pivotTable"),
    ("pivot caches", r"pivotCache(Definition|Records)|workbook/pivotCaches"),
    ("threaded comments", r"threadedComment"),
    ("persons", r"person"),
    ("legacy comments", r"comments"),
    ("comment/form VML", r"vmlDrawing"),
    ("sparklines (x14)", r"sheet/ext:.*sparklineGroups.*"),
    ("cond. formats", r"sheet/conditionalFormatting"),
    ("cond. formats x14", r"sheet/ext:.*conditionalFormattings.*"),
    ("validations", r"sheet/dataValidations"),
    ("validations x14", r"sheet/ext:.*dataValidations.*"),
    ("slicer list, other sheet extensions", r"sheet/ext:.*"),
    ("tables", r"table|sheet/tableParts"),
    ("query tables", r"queryTable"),
    ("connections, cubes", r"connections|volatileDependencies"),
    ("custom XML (Power Query, SharePoint)", r"customXml(Props)?"),
    ("XML maps, single cells", r"xmlMaps|tableSingleCells"),
    ("defined names", r"workbook/definedNames"),
    ("workbook extensions", r"workbook/(ext|mc):?.*"),
    ("workbook views, properties, sheets", r"workbook/(?!customWorkbookViews|root|smartTag).*"),
    ("macros", r"vbaProject.*|wordVbaData"),
    ("form controls", r"ctrlProp"),
    ("activeX", r"control|activeXControlBinary"),
    ("OLE / packages", r"oleObject|package"),
    ("sheet controls/OLE element", r"sheet/(controls|oleObjects|mc:?.*|legacyDrawing.*|drawing.*)"),
    ("sensitivity label", r"classificationlabels"),
    ("custom properties", r"custom-properties"),
    ("other document properties", r"(core|extended)-properties|coreProperties|extendedProperties|workbookmetadata"),
    ("printer settings", r"printerSettings"),
    (
        "page setup, header/footer, breaks",
        r"sheet/(pageSetup|headerFooter|pageMargins|printOptions|rowBreaks|colBreaks)",
    ),
    ("rich text runs", r"string/rich run"),
    ("phonetic", r"string/phonetic|sheet/cell ph|sheet/phoneticPr"),
    ("external links", r"externalLink.*|xlPathMissing|xlExternalLinkPath.*|outside links"),
    ("dynamic arrays (cm, metadata)", r"sheet/cell cm,vm|sheetMetadata"),
    ("rich values (images in cells)", r"rd.*|richValue.*"),
    ("checkbox property bag", r"FeaturePropertyBag"),
    ("sheet protection", r"sheet/(sheetProtection|protectedRanges)"),
    (
        "columns, groups, sheet format",
        r"sheet/(cols|sheetFormatPr|sheetPr|sheetCalcPr|dimension|cellWatches|customProperties)",
    ),
    ("row attributes", r"sheet/row attributes"),
    ("row hints (harmless)", r"sheet/row hints"),
    ("views, freeze panes", r"sheet/sheetViews"),
    ("custom views", r"sheet/customSheetViews|workbook/customWorkbookViews"),
    ("hyperlinks", r"sheet/hyperlinks"),
    ("merged cells", r"sheet/mergeCells"),
    ("auto filter, sort", r"sheet/(autoFilter|sortState)"),
    ("ignored errors, smart tags", r"sheet/(ignoredErrors|smartTags)|workbook/smartTag.*"),
    ("background picture", r"sheet/picture"),
    ("scenarios, consolidation", r"sheet/(scenarios|dataConsolidate)"),
    ("theme", r"theme"),
    ("styles: cell formats", r"styles/(cellXfs|fonts|fills|borders|numFmts|cellStyleXfs)|sheet/cell style"),
    ("styles: names, dxf, colours, ext", r"styles/.*"),
    ("formulas (array, data table)", r"sheet/formula:.*"),
    ("plain formulas", r"sheet/formula"),
    ("cached formula values", r"sheet/cached value"),
    ("constants", r"sheet/constant"),
    ("calcChain", r"calcChain"),
    ("data model", r"powerPivotData"),
    ("shared-workbook revisions", r"revision(Headers|Log)|usernames"),
    ("web extensions", r"webextension.*"),
    ("ribbon", r"extensibility"),
    ("dialog, macro, chart sheets", r"(dialogsheet|xlMacrosheet|chartsheet)(/.*)?"),
    ("thumbnail", r"thumbnail"),
    ("root attributes", r"(sheet|workbook)/root"),
    ("relationships, content types", r"relationships|content types"),
)
OTHERS = "others"
_TABLE = tuple((name, re.compile(pattern)) for name, pattern in FEATURES)


def feature_of(unit: str) -> str:
    """The first feature whose pattern is the whole of the unit's name."""
    return next((name for name, pattern in _TABLE if pattern.fullmatch(unit)), OTHERS)


def in_order(features: Iterable[str]) -> list[str]:
    """Features as the table lists them."""
    there = set(features)
    return [name for name, _ in FEATURES if name in there] + ([OTHERS] if OTHERS in there else [])
