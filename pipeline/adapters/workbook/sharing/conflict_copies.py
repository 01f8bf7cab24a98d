"""Copies of a workbook that a synchronised folder, or a person, left beside it: edits there are not read.

How each program names them:
- Dropbox: <name> (<who>'s conflicted copy <day>), « (Copie en conflit de <who> <day>) »
  https://help.dropbox.com/organize/conflicted-copy
- Nextcloud, ownCloud: <name> (conflicted copy <day> <hour>) https://docs.nextcloud.com/desktop/3.12/conflicts.html;
  before 2018 <name>_conflict-<day>-<hour>
- Syncthing: <name>.sync-conflict-<day>-<hour>-<device> https://docs.syncthing.net/users/syncing.html
- Synology Drive: <name>_<client>_<Mon-dd-hhmm-yyyy>_<reason>Conflict_<n>
  https://kb.synology.com/en-eu/DSM/tutorial/Synology_Drive_file_conflict_resolution
- OneDrive, SharePoint: <name>-<COMPUTER>, then -<n>; capitals only here, for staff's own « suivi-archive » is no copy
- Google Drive and browsers: <name> (<n>); iCloud: <name> <n>
- Windows and Excel: <name> - Copie, <name> - Copie (<n>), Copie de <name>; macOS: <name> copie <n>
- ourselves, when saves crossed: <name> (version de <hour>)
"""

import os
import re
import unicodedata
from pathlib import Path

TAILS = (
    r" \(.*(?:conflicted copy|copie en conflit).*\)",
    r"_conflict-\d{8}-\d{6}",
    r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?",
    r"_.+_[A-Z][a-z]{2}-\d\d-\d{4}-\d{4}(?:_[A-Z]*Conflict)?(?:_\d+)?",
    r" ?\(\d{1,3}\)",
    r" \d{1,2}",
    r" ?\[conflict\]",
    r" - (?:Copie|Copy)(?: \(\d+\))?",
    r" (?:copie|copy)(?: \d+)?",
    r" \(version de \d{6}(?:, \d+)?\)",
)
HEADS = (r"(?:Copie|Copy)(?: \(\d+\))? (?:de|of) ",)
COMPUTER = r"-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{0,14}(?:-\d+)?"  # 15 characters at most (NetBIOS)


OPENED = (".xlsx", ".xlsm")
FORMATS = (*OPENED, ".xls", ".xlsb", ".ods")


def workbooks_beside(path: Path) -> list[Path]:
    """The other workbooks of its folder, whatever their format, by name; [] where the folder cannot be listed."""
    try:
        names = sorted(os.listdir(path.parent))
    except OSError:
        return []
    others = (path.with_name(name) for name in names if name != path.name and not name.startswith((".", "~")))
    return [one for one in others if one.suffix.casefold() in FORMATS]


def conflict_copies(path: Path) -> list[Path]:
    """The copies of `path` in its folder, by name; [] where the folder cannot be listed."""
    try:
        names = os.listdir(path.parent)
    except OSError:
        return []
    return [path.with_name(name) for name in sorted(names) if is_copy(name, path.name)]


def is_copy(name: str, original: str) -> bool:
    """True if `name` is what one of the programs above makes of `original`."""
    name, original = unicodedata.normalize("NFC", name), unicodedata.normalize("NFC", original)
    stem, suffix = (re.escape(part) for part in (Path(original).stem, Path(original).suffix))
    either_case = rf"{stem}(?:{'|'.join(TAILS)}){suffix}|(?:{'|'.join(HEADS)}){stem}{suffix}"
    computer = rf"(?i:{stem}){COMPUTER}(?i:{suffix})"
    return bool(re.fullmatch(either_case, name, re.IGNORECASE) or re.fullmatch(computer, name))
