"""LETTERS: which letter, to whom, when, its unique key, and the words it is made of. Writing it is the letterhead's."""

from pipeline.core.letters.greeting import NOBODY, greeting
from pipeline.core.letters.kinds import (
    LETTERS,
    Asked,
    Draft,
    LetterKey,
    LetterKind,
    OutgoingLetter,
    Request,
    TemplateFault,
)
from pipeline.core.letters.samples import sample_values
from pipeline.core.letters.staff import Section, alert_values, digest_values
from pipeline.core.letters.values import (
    LetterValues,
    Occasion,
    lines_of,
    meeting_line,
    upcoming,
    values_for,
)

__all__ = [
    "LETTERS",
    "NOBODY",
    "Asked",
    "Draft",
    "LetterKey",
    "LetterKind",
    "LetterValues",
    "Occasion",
    "OutgoingLetter",
    "Request",
    "Section",
    "TemplateFault",
    "alert_values",
    "digest_values",
    "greeting",
    "lines_of",
    "meeting_line",
    "sample_values",
    "upcoming",
    "values_for",
]
