"""What points at a table's rows from elsewhere: defined names and charts grow with it."""

import re

from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.ranges import Growth
from pipeline.adapters.workbook.writing.xml_bytes import PREFIX

_NAME = re.compile(rb"(<%sdefinedName(?:\s[^>]*)?>)([^<]*)" % PREFIX)
_SERIES = re.compile(rb"(<%sf(?:\s[^>]*)?>)([^<]*)" % PREFIX)
_CHART = re.compile(r"(?:^|/)charts/chart[^/]*\.xml$", re.IGNORECASE)


def grow_references(package: Package, growth: Growth) -> None:
    """Only references to the whole body: what covers a part of it was chosen so."""
    _grow(package, package.book_part, _NAME, growth)
    for name in package.names():
        if _CHART.search(name):
            _grow(package, name, _SERIES, growth)


def _grow(package: Package, part: str, pattern: re.Pattern[bytes], growth: Growth) -> None:
    content = package.text(part)
    package.edit(part, pattern.sub(lambda found: found[1] + growth.formula(found[2]), content))
