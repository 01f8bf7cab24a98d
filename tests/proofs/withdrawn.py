"""What a writer has to take away lest it be wrong afterwards: counted apart from what is lost, with the reason."""

from collections.abc import Collection, Mapping

from tests.proofs.cells import Cell, Place, cells_of, letters
from tests.proofs.parcel import Parcel, tree

STALE = "stored result of a formula about what was written, in a file of LibreOffice"


def stale_results(old: Parcel, new: Parcel, written: Collection[str]) -> set[str]:
    """The places of results that may go: LibreOffice trusts what is stored in its own files, whatever they ask, and
    would show a count of what stood there before; without a result it computes one when it loads the file. On
    sheets with a formula that names a sheet that was written."""
    if not _is_of_libreoffice(old):
        return set()
    found = set()
    for tab, part in old.sheets.items():
        if old.kinds[part] != "worksheet" or tab not in new.sheets:
            continue
        cells = cells_of(tree(old.parts[part]), old.strings)
        later = cells_of(tree(new.parts[new.sheets[tab]]), new.strings)
        if any(_names(cell, written) for cell in cells.values()):
            found |= {f"{tab}!{letters(place[1])}{place[0]}" for place in cells if _without(place, cells, later)}
    return found


def _is_of_libreoffice(parcel: Parcel) -> bool:
    part = parcel.name("docProps/app.xml")
    return part is not None and b"LibreOffice" in parcel.parts[part]


def _names(cell: Cell, tabs: Collection[str]) -> bool:
    return cell.formula is not None and any(tab.lower() in cell.formula[1].lower() for tab in tabs)


def _without(place: Place, cells: Mapping[Place, Cell], later: Mapping[Place, Cell]) -> bool:
    """Whether a formula that had a result is still there and has none."""
    old, new = cells[place], later.get(place)
    return bool(new and old.cached is not None and new.cached is None and new.formula == old.formula)
