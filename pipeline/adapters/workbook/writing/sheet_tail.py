"""What stands before and after a sheet's rows: ranges made longer, hyperlinks added. The rest keeps its bytes."""

import re
from collections.abc import Mapping

from pipeline.adapters.workbook.writing.ranges import Area, Growth, area_of
from pipeline.adapters.workbook.writing.sheet_bytes import SheetBytes
from pipeline.adapters.workbook.writing.xml_bytes import ATTRIBUTES, PREFIX, attribute, changed_attribute, element

RELATIONS = (  # ISO 29500 transitional and strict
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_WITH_RANGES = tuple(element(n) for n in ("conditionalFormatting", "dataValidation", "ignoredError", "protectedRange"))
_WITH_ONE_RANGE = tuple(element(name) for name in ("autoFilter", "sortState", "sortCondition"))
_NEWER_RANGES = re.compile(rb"(<%ssqref>)([^<]*)" % PREFIX)
_FORMULA = re.compile(rb"(<%s(?:formula[12]?|f)(?:\s[^>]*)?>)([^<]*)" % PREFIX)
_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<end>/?)%s(?P<name>[\w.-]+)%s(?P<closed>/?)>"
    % (PREFIX, ATTRIBUTES),
    re.DOTALL,
)
_AFTER_HYPERLINKS = frozenset(
    b"printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors"
    b" smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts"
    b" extLst AlternateContent".split()
)


def grown(tail: bytes, growth: Growth) -> bytes:
    """What comes after the rows, its validations, formats and filters down to the new last row."""
    for pattern in _WITH_RANGES:
        tail = pattern.sub(lambda tag: changed_attribute(tag[0], "sqref", growth.ranges), tail)
    for pattern in _WITH_ONE_RANGE:
        tail = pattern.sub(lambda tag: changed_attribute(tag[0], "ref", growth.ranges), tail)
    tail = _NEWER_RANGES.sub(lambda found: found[1] + growth.ranges(found[2]), tail)
    return _FORMULA.sub(lambda found: found[1] + growth.own_formula(found[2]), tail)


def with_dimension(head: bytes, written: Area | None) -> bytes:
    """What comes before the rows, the range of used cells widened to what is written."""

    def widened(reference: bytes) -> bytes:
        area = area_of(reference)
        if area is None or written is None:
            return reference
        wide = area.with_rows((written.top, written.bottom), (written.left, written.right))
        return reference if wide == area else str(wide).encode()

    return element("dimension").sub(lambda tag: changed_attribute(tag[0], "ref", widened), head, count=1)


def with_links(sheet: SheetBytes, tail: bytes, links: Mapping[bytes, str]) -> bytes:
    """Hyperlinks, {cell reference: id of the relationship}, in the place of those that these cells had."""
    if not links:
        return tail
    new = b"".join(_link(sheet, cell, relation.encode()) for cell, relation in links.items())
    old = element("hyperlink")
    close = re.compile(rb"</%shyperlinks\s*>" % sheet.prefix)
    tail = old.sub(lambda tag: b"" if attribute(tag[0], "ref") in links else tag[0], tail)
    if close.search(tail):
        return close.sub(lambda found: new + found[0], tail, count=1)
    at = _place_of_links(tail)
    name = b"%shyperlinks" % sheet.prefix
    return tail[:at] + b"<%s>%s</%s>" % (name, new, name) + tail[at:]


def _link(sheet: SheetBytes, cell: bytes, relation: bytes) -> bytes:
    root = sheet.content[: sheet.start]
    for space in RELATIONS:
        declared = re.search(rb"\sxmlns:([\w.-]+)\s*=\s*[\"']%s[\"']" % re.escape(space), root)
        if declared:
            return b'<%shyperlink ref="%s" %s:id="%s"/>' % (sheet.prefix, cell, declared[1], relation)
    space = RELATIONS[b"http://purl.oclc.org/ooxml/spreadsheetml/" in root]
    return b'<%shyperlink ref="%s" xmlns:r="%s" r:id="%s"/>' % (sheet.prefix, cell, space, relation)


def _place_of_links(tail: bytes) -> int:
    """Where hyperlinks come in the order that the schema wants."""
    depth, tokens = 1, _TOKEN.finditer(tail)
    next(tokens)  # the end of the rows
    for token in tokens:
        if not token["name"]:
            continue
        if depth == 1 and (token["end"] or token["name"] in _AFTER_HYPERLINKS):
            return token.start()
        depth += -1 if token["end"] else not token["closed"]
    return tail.rfind(b"</")
