"""Where a mail's words end and its signature begins. Reading a name or an employer out of it is left to others."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.core.folding import fold

_LONGEST = 14  # lines of a signature that are worth reading
_CLOSINGS = re.compile(
    r"""\W*(?:
    (?:(?:tres|bien)\ )?cordial(?:ement|es\ salutations)|cdl[t ]|cdt\b|cordlt|salutations|(?:mes\ )?(?:sinceres
    |meilleures|respectueuses)\ salut
    |bien\ (?:a\ (?:vous|toi)|sincerement|amicalement)|sincerement|respectueusement|amicalement|amities|courtoisement
    |(?:je\ vous\ prie|nous\ vous\ prions|veuillez|je\ vous\ remercie|vous\ remerciant|en\ vous\ remerciant
    |vous\ en\ souhaitant)\b
    |(?:bonne|belle|excellente)\ (?:reception|journee|soiree|fin|semaine|lecture|annee)|(?:merci|avec\ (?:mes|tous
    |toutes|nos))\b
    |dans\ l'attente|restant\ a|je\ (?:me\ tiens|reste)|nous\ (?:nous\ tenons|restons)|a\ (?:bientot
    |votre\ disposition)
    )""",
    re.VERBOSE,
)
_BARE_MARK = re.compile(r"\s*(?:--+|__+|==+|\*\*\*+|[–—]{1,3})\s*")
_AFTER_SIGNATURE = re.compile(
    r"""\W*(?:ce\ (?:message|courriel|mail)\b.{0,60}(?:confiden|pieces|destin|intention|automatique)|envoye\ (?:depuis
|de\ mon|a\ partir)
    |sent\ from|pensez\ a\ l'environnement|avant\ d'imprimer|n'imprimez|afin\ de\ contribuer
    |ce\ document\ est\ confidentiel
    |l'absence\ de\ virus|avast|le\ contenu\ de\ ce)""",
    re.VERBOSE,
)
_GREETING = re.compile(
    r"\W*(?:bonjour|bonsoir|madame|monsieur|mesdames|messieurs|cher|chere|chers|re-?bonjour)\b[^.]{0,60}$"
)
_SENTENCE = re.compile(r"[.;:?!]\s*$")
_NUMBER = re.compile(r"\d[\d .]{5,}|(?<!\()\b\d{5}\b")  # a telephone, a postcode: an address may end with a full stop
# "Aude Masson | Responsable … | Mairie de Chauny | 03 53 …": a whole signature side by side.
_ONE_LINE = re.compile(
    r"(?:(?:M\.|Mme|Mlle|Monsieur|Madame)\s+)?[A-ZÀ-Ý][\w.'’-]*\s+(?:(?:d[eu]|la|le|van|von)\s+){0,2}[A-ZÀ-Ý][^|•]{0,60}?"
    r"(?:\s[-–—|•]\s|,\s).{2,}(?:\s[-–—|•]\s|,\s)"
)

_TEXTS = 8  # that are remembered: of one mail, which several readers cut and some read twice
MOST_DOCUMENTS = 20  # of a mail, whose texts are read for who writes
_READ = 30_000  # characters
_WIDEST = 300  # characters of a line of a signature
_BLANKS = re.compile(r"[ \t\u00a0]{4,}")
_EMPTY_LINES = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_QUOTE_MARK = re.compile(r"^[> ]*>[ ]?", re.MULTILINE)
_NO_WORD = re.compile(r"\S{150,}")


@lru_cache(maxsize=_TEXTS)
def within_reason(text: str) -> str:
    """As much of a text as a person would look at, without runs of blanks or words that are none: a mail made to be
    slow to read must not keep the others waiting."""
    tidy = _NO_WORD.sub(" ", _EMPTY_LINES.sub("\n\n", text[: 4 * _READ]))
    return _BLANKS.sub("    ", tidy)[:_READ]


def without_marks(quoted: str) -> str:
    """Quoted text without the ">" before its lines."""
    return _QUOTE_MARK.sub("", quoted)


@dataclass(frozen=True)
class Parted:
    """A text in two: what it says, and the lines of its signature (stripped, none empty)."""

    body: str
    signature: tuple[str, ...]


@lru_cache(maxsize=_TEXTS)
def part(text: str) -> Parted:
    """Cut a mail (or a letter) where its signature begins; the signature is empty when nothing looks like one."""
    lines = _without_small_print(text.splitlines())
    start = _after_closing(lines)
    if start is None:
        start = _short_lines_at_the_end(lines)
    body, rest = lines[:start], lines[start:]
    trailing = _words_after_closing(body)
    signature = [_bare(line[:_WIDEST]) for line in rest]
    kept = [line for line in (trailing, *signature) if line and not _BARE_MARK.fullmatch(line)]
    return Parted("\n".join(body), tuple(kept[:_LONGEST]))


def _bare(line: str) -> str:
    return line.strip(" \t\u00a0*_|>•●~").replace("**", "")


def _without_small_print(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if number and _AFTER_SIGNATURE.match(fold(line[:_WIDEST])):
            return lines[:number]
    return lines


def _after_closing(lines: list[str]) -> int | None:
    """The line after the last closing formula that has something below it, or after a "-- " line."""
    best = None
    left = sum(1 for line in lines if line.strip())
    for number, line in enumerate(lines):
        left -= bool(line.strip())
        if not 0 < left <= 2 * _LONGEST:
            continue
        mark = _BARE_MARK.fullmatch(line) and line.strip() and left <= _LONGEST
        if _CLOSINGS.match(fold(line[:_WIDEST])) and (len(line) < 90 or left <= _LONGEST):
            best = _end_of_sentence(lines, number) + 1
        elif mark and best is None:
            best = number + 1
    return best


def _end_of_sentence(lines: list[str], number: int) -> int:
    """A closing sentence may be folded over several lines."""
    while (
        number + 1 < len(lines)
        and len(lines[number]) > 60
        and lines[number + 1].strip()
        and not _SENTENCE.search(lines[number])
        and not lines[number].rstrip().endswith(",")
    ):
        number += 1
    return number


def _words_after_closing(body: list[str]) -> str:
    """ "Cordialement, Yves Fasquelle": the name that stands on the line of the closing formula."""
    last = next((line for line in reversed(body) if line.strip()), "")
    match = re.match(
        r"\W*(?:\w+ )?(?:[Cc]ordialement|[Cc]dlt|[Bb]ien à vous)\s*[,.:;–-]\s*(?P<rest>[^\W\d_].{3,80})$", last
    )
    return match.group("rest").strip() if match else ""


def _short_lines_at_the_end(lines: list[str]) -> int:
    """Where the last short lines begin that are no sentences; the end when the text has none."""
    start = len(lines)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].strip()
        if not line:
            continue
        if _ONE_LINE.match(line) and _NUMBER.search(line) and len(line) < _WIDEST:
            start = number
            continue
        too_long = len(line) > 90 or (_SENTENCE.search(line) and len(line.split()) > 5 and not _NUMBER.search(line))
        if too_long or _GREETING.match(fold(line)) or _CLOSINGS.match(fold(line)) or len(lines) - number > _LONGEST:
            break
        start = number
    return start
