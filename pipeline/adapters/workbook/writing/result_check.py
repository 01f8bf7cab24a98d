"""The result of a write, reopened before it replaces anything: what was asked stands there, all else is as it was."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.parsers import expat

from pipeline.adapters.workbook.reading import CUSTOM_PART
from pipeline.adapters.workbook.writing import zip_members
from pipeline.adapters.workbook.writing.package import Package
from pipeline.adapters.workbook.writing.patching import DAMAGED, Target
from pipeline.adapters.workbook.writing.row_changes import ChangedRow, Pieces, difference
from pipeline.adapters.workbook.writing.row_check import RowCheck
from pipeline.adapters.workbook.writing.zip_members import key_of
from pipeline.failures import Unavailable

_MAY_CHANGE = re.compile(
    r"\[content_types\]\.xml|.*\.rels|.*/tables/[^/]*|.*/charts/[^/]*|docprops/custom\.xml|.*calcchain\.xml",
    re.IGNORECASE,
)


def check_result(before: bytes, after: bytes, targets: Sequence[Target]) -> None:
    """Compare the workbook before a write with its result.

    Raises Unavailable when a part that nobody asked to change did, when one that changed is no XML, when a row that
    nobody asked to change did, when a cell does not hold what was asked.
    """
    try:
        old, new = Package(before), Package(after)
        written = [target for target in targets if target.changes]
        sheets = {key_of(old.sheet_part(target.name)): target for target in written}
        for name in _changed_parts(old, before, after, set(sheets)):
            if key_of(name) in sheets:
                _check_sheet(old, before, after, sheets[key_of(name)])
            elif name.lower().endswith((".xml", ".rels")):
                xml = _Xml(name)
                xml.feed(new.part(name))
                xml.end()
    except DAMAGED as fault:
        raise Unavailable(f"the result of a write cannot be read ({fault}); nothing was changed.") from fault


def _changed_parts(old: Package, before: bytes, after: bytes, sheets: set[str]) -> list[str]:
    """The parts that differ or are new; Unavailable when they should not."""
    olds = {info.filename: info for info in zip_members.members_of(before)}
    news = {info.filename: info for info in zip_members.members_of(after)}
    added = [name for name in news if name not in olds]
    gone = [name for name in olds if name not in news]
    odd = [name for name in added if not name.endswith(".rels") and key_of(name) != key_of(CUSTOM_PART)]
    odd += gone
    if odd or [*(name for name in olds if name in news), *added] != list(news):
        raise Unavailable(f"the parts {', '.join(odd) or 'in another order'} were not to change; nothing was changed.")
    changed = [name for name in olds if name in news and not _is_same(before, olds[name], after, news[name])]
    for name in changed:
        if key_of(name) not in sheets and not _may_change(old, name):
            raise Unavailable(f"{name}: was not to change; nothing was changed.")
    return [*changed, *added]


def _is_same(before: bytes, old: zipfile.ZipInfo, after: bytes, new: zipfile.ZipInfo) -> bool:
    if (old.CRC, old.file_size, old.date_time) != (new.CRC, new.file_size, new.date_time):
        return False
    return zip_members.compressed(before, old) == zip_members.compressed(after, new)


def _may_change(old: Package, name: str) -> bool:
    """The parts that say where a table ends; figures to compute anew, on the other sheets of LibreOffice's files."""
    is_sheet = key_of(name) in {key_of(old.sheet_part(sheet)) for sheet in old.sheets()}
    return is_sheet or key_of(name) == key_of(old.book_part) or _MAY_CHANGE.fullmatch(key_of(name)) is not None


def _check_sheet(old: Package, before: bytes, after: bytes, target: Target) -> None:
    part = old.sheet_part(target.name)
    with zipfile.ZipFile(io.BytesIO(before)) as olds, zipfile.ZipFile(io.BytesIO(after)) as news:
        name = next(one for one in news.namelist() if key_of(one) == key_of(part))
        now = Pieces(news, name)
        RowCheck(old, target).check(_well_formed(target.name, difference(Pieces(olds, name), now), now))


def _well_formed(sheet: str, rows: Iterable[ChangedRow], now: Pieces) -> Iterator[ChangedRow]:
    """The rows that differ; with what comes before and after the rows they are XML where the sheet is, when it was."""
    xml = _Xml(sheet)
    for row in rows:
        xml.feed(now.head if xml.is_new else b"", row.after, b"" if row.is_bare else now.row_end)
        yield row
    xml.feed(now.head if xml.is_new else b"", now.tail)
    xml.end()


class _Xml:
    """What comes piece by piece has to be XML in the end; Unavailable when it is none."""

    def __init__(self, name: str) -> None:
        self._name, self._parser = name, expat.ParserCreate(namespace_separator=" ")
        self.is_new = True

    def feed(self, *pieces: bytes) -> None:
        self.is_new = False
        for piece in pieces:
            self._parse(piece, False)

    def end(self) -> None:
        self._parse(b"", True)

    def _parse(self, piece: bytes, is_last: bool) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as fault:
            raise Unavailable(
                f"{self._name}: the result of a write is no XML ({fault}); nothing was changed."
            ) from fault
