"""Words in cells with a list of choices that are none of them, and that nobody can act on. Pure."""

from collections.abc import Sequence

from pipeline.core import french
from pipeline.core.answers import chosen
from pipeline.core.candidature import Candidature
from pipeline.core.columns import Owner, Sheet

TOLD_OTHERWISE = ("request",)  # a letter that is none is said when it is asked for
UNREAD = "{heading}\u00a0: {word} n'est pas compris\u00a0; choisissez {choices}."


def unread_words(sheet: Sheet, candidature: Candidature) -> tuple[str, ...]:
    """One sentence for each such word in a row of Candidatures."""
    said = []
    for column in sheet.columns:
        words = candidature.staff if column.owner is Owner.STAFF else candidature.corrections
        word = words.get(column.key, "").strip()
        if word and column.choices and column.key not in TOLD_OTHERWISE and chosen(column.choices, word) is None:
            said.append(unread(column.heading, word, column.choices))
    return tuple(said)


def unread(heading: str, word: str, choices: Sequence[str]) -> str:
    """What is said of a word in the column of that heading that is none of the choices."""
    named = french.listing([f"« {one} »" for one in choices], "ou")
    return UNREAD.format(heading=heading, word=french.quoted(word), choices=named)
