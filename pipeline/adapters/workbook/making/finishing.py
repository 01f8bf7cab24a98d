"""What openpyxl cannot write into a new workbook: words in place of a chart, no false alarm on numbers kept as text.

A chart's alternative text is read aloud to those who do not see it (`descr` of its frame, ECMA-376 part 1, 20.1.2.2.8).
Without `ignoredErrors` (18.3.1.50) Excel puts a green triangle on every SIREN, number of département and telephone.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = "xl/drawings/drawing1.xml"
_AFTER_IGNORED = ("smartTags", "drawing", "legacyDrawing", "tableParts", "extLst")


def finished(content: bytes, described: Sequence[tuple[str, str]], texts: Mapping[str, str]) -> bytes:
    """The workbook with a (name, description) for each of its charts, in order.

    `texts`: for a part's name, such as "xl/worksheets/sheet1.xml", the cells whose numbers are meant as text.
    """
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in package.namelist():
            data = package.read(name)
            if name == DRAWING:
                data = _describe(data, described)
            elif name in texts:
                data = _without_alarms(data, texts[name])
            written.writestr(name, data)
    return result.getvalue()


def _describe(data: bytes, described: Sequence[tuple[str, str]]) -> bytes:
    root = etree.fromstring(data)
    for frame, (name, description) in zip(root.iter("{*}cNvPr"), described, strict=True):
        frame.set("name", name)
        frame.set("descr", description)
    return _serialized(root)


def _without_alarms(data: bytes, cells: str) -> bytes:
    root = etree.fromstring(data)
    ignored = etree.Element(f"{{{MAIN}}}ignoredErrors")
    etree.SubElement(ignored, f"{{{MAIN}}}ignoredError", sqref=cells, numberStoredAsText="1")
    later = [child for child in root if etree.QName(child).localname in _AFTER_IGNORED]
    if later:
        later[0].addprevious(ignored)
    else:
        root.append(ignored)
    return _serialized(root)


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
