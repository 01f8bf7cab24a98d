"""What staff type into a row of the sheet Messages, and what is said there of words that mean nothing. Pure."""

import re
from collections.abc import Callable, Mapping

from pipeline.core import french
from pipeline.core.choices import unread
from pipeline.core.columns import MESSAGES_SHEET
from pipeline.core.merge import CellValue
from pipeline.core.rows import reclassified_nature
from pipeline.core.typed import text

RECLASS = MESSAGES_SHEET.column("reclass")
Row = Mapping[str, CellValue]  # column key → cell
UNKNOWN_NUMBER = "N°\u00a0: aucune candidature ne portait le numéro {number} quand il a été écrit\u00a0; corrigez-le."


def nature_in(row: Row) -> str:
    """The nature that Reclasser en names, "" for none."""
    return reclassified_nature(text(row.get("reclass")))


def number_in(row: Row, prefix: str) -> str:
    """The number as candidatures of the call have it, however it is typed ("V21-3", "v21 003", "3"); "" for none."""
    word = text(row.get("number"))
    found = re.fullmatch(rf"(?:{re.escape(prefix)}\W*)?(\d+)", word, re.IGNORECASE)
    return f"{prefix}-{int(found[1]):03d}" if found else word.upper()


def stray_number(row: Row, number: str, prefix: str, is_known: Callable[[str], bool]) -> str:
    """What to say when the number in the row was no candidature's when staff typed it, "" else; `number` is that of the
    message. It goes on being said until they touch the cell: what they typed is not taken for a number later on."""
    typed = number_in(row, prefix)
    if typed in ("", number):
        return ""
    said = UNKNOWN_NUMBER.format(number=french.quoted(text(row.get("number"))))
    return said if said in text(row.get("why")) or not is_known(typed) else ""


def stray_nature(row: Row) -> str:
    """What to say when Reclasser en holds a word that is no nature, "" else."""
    word = text(row.get("reclass"))
    return unread(RECLASS.heading, word, RECLASS.choices) if word and not nature_in(row) else ""
