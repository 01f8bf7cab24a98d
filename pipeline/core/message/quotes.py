"""The writer's own words, and what they quote or pass on: the habits of the mail programs used in France.

Doubt leaves words where they are: a letter may well say « Le 7 mars, mon directeur a écrit : ».
"""

import re
from collections.abc import Sequence

_MARK = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_EMAIL = re.compile(r"[^\s<>@\[\]\"]+@[^\s<>@\[\]\"]+")

_RULED = re.compile(r"\s*[-_*=]{2,}\s*([^\s_*=-].{3,70}?)\s*[-_*=]{2,}\s*")
_BARE_TITLE = re.compile(r"\s*\*?([^\s*:].{3,50}?)\*?\s*:?\s*")
_PASSED_ON = re.compile(
    r"(?=.*\b(?:message|e-?mail|mail|courriel)s?\b)"
    r".*(?:d.origine|\borigin(?:al|e|el)\b|\binitial\b|\btransf[ée]r[ée]|\br[ée]exp[ée]di[ée]|\btransmis\b|\bforwarded\b"
    r"|copy of the message)",
    re.IGNORECASE,
)

_LABEL = re.compile(
    r"[\s*]*(?:(?P<by>De|From|Expéditeur)|(?P<when>Envoyé(?: le)?|Sent|Date|Message du)"
    r"|(?P<to>À|A|To|Pour|Destinataires?)"
    r"|(?P<about>Objet|Sujet|Subject)|Cc|Cci|Bcc|Copie(?: à)?|Reply-To|Répondre à|Importance|Pièces? jointes?"
    r"|Attachments?|Organi[sz]ation)\s?\*?\s?:\*?(?P<value>.*)",
    re.IGNORECASE,
)
_SENT = re.compile(r"[\s*]*(?:Envoyé|Sent)", re.IGNORECASE)
_ONE_LINE_HEAD = re.compile(
    r"\s*(?:De|From)\s?:.{1,200}\b(?:Envoyé|Sent|Date)\s?:.{1,100}\d[:hH]\d\d.{0,100}\b(?:Objet|Sujet|Subject)\s?:"
)
# What a telephone writes before the answered text, on the same line; what GroupWise and Orange write above it.
_ONE_LINE_ATTRIBUTION = re.compile(
    r"\s*(?:Le|On)\s.{5,100}\d.{0,60}<[^<>\s]+@[^<>\s]+>\s*(?:a\s+[ée]crit|wrote)\s*:\s+\S|>>>\s.{3,200}\d{4}.{0,20}>>>\s*$"
    r"|\s*Message du \d\d/\d\d/\d{2,4} \d\d:\d\d\s*$"
)
_HOUR = re.compile(r"\d{1,2}\s?[:hH]\s?\d{2}")
_NAMED_ADDRESS = re.compile(r"[<\[(][^<>\[\]]*@")
_RULE = re.compile(r"\s*[-_=]{5,}\s*")
_LONGEST_HEAD = 25  # lines

_DATED_ATTRIBUTION = re.compile(
    r"(?:Le|On|El|Am)\b(?=.*\d).{5,400}(?:\ba\s+[ée]crit|\bwrote|\bescribió|\bschrieb.*)\s*:", re.IGNORECASE
)
_OTHER_ATTRIBUTION = re.compile(
    r"\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:GMT|UTC).{1,300}:|(?:Selon|Quoting|Citation de|En réponse à) .{1,300}:"
    r"|.{0,200}@.{1,200}\b(?:a\s+[ée]crit|wrote)(?:\s+(?:le|on)\b.{4,60})?\s*:",
    re.IGNORECASE,
)
_LONGEST_ATTRIBUTION = 5  # lines


def split_quoted(text: str, replying: bool = False) -> tuple[str, str]:
    """(own words, the rest). `replying`: the headers say that an earlier message is answered or passed on."""
    lines = text.split("\n")
    attributions = _attributions(lines)
    rest = min(
        [_start_of_rest(lines, replying), *(first for first, after in attributions if not _is_marked(lines, after))]
    )
    marks = replying or any(_is_marked(lines, after) for _, after in attributions) or _marks_quote(lines)
    introducing = {place for first, after in attributions for place in range(first, after)}
    own: list[str] = []
    quoted: list[str] = []
    for place, line in enumerate(lines):
        marked = marks and _MARK.match(line)
        if place >= rest or marked or place in introducing:
            quoted.append(_MARK.sub("", line, count=1) if marked else line)
        else:
            own.append(line)
    while own and (not own[-1].strip() or _RULE.fullmatch(own[-1])):
        own.pop()
    return "\n".join(own).strip("\n"), "\n".join(quoted).strip("\n")


def _marks_quote(lines: Sequence[str]) -> bool:
    """True when the lines with ">" say themselves whose message they are."""
    inside = [_MARK.sub("", line, count=1) for line in lines if _MARK.match(line)]
    return bool(_attributions(inside)) or _start_of_rest(inside, False) < len(inside)


def _start_of_rest(lines: Sequence[str], replying: bool) -> int:
    """The line from which everything is a message passed on or answered; the number of lines if none."""
    for place, line in enumerate(lines):
        if _is_title(lines, place) or _is_head(lines, place, replying):
            ruled = place > 0 and _RULE.fullmatch(lines[place - 1])
            return place - 1 if ruled else place
        if _ONE_LINE_HEAD.match(line[:800]) or _ONE_LINE_ATTRIBUTION.match(line[:800]):
            return place
    return len(lines)


def _is_title(lines: Sequence[str], place: int) -> bool:
    """« -----Message d'origine----- »; without its dashes it needs a head below."""
    line = lines[place]
    if len(line) > 120:
        return False
    ruled = _RULED.fullmatch(line)
    if ruled and _PASSED_ON.match(ruled[1]):
        return True
    bare = _BARE_TITLE.fullmatch(line)
    if bare is None or not _PASSED_ON.match(bare[1]):
        return False
    below = [each for each in lines[place + 1 : place + 5] if each.strip()][:1]
    return bool(below and _LABEL.match(_MARK.sub("", below[0], count=1)))


def _is_head(lines: Sequence[str], place: int, replying: bool) -> bool:
    """De / Envoyé / À / Objet in any order, with what only a mail program writes: an hour, an address, a rule above.

    A letter's own « De : … À : … Objet : … Date : … » has none of these.
    """
    if not _LABEL.match(lines[place]):
        return False
    found = _labels(lines[place : place + _LONGEST_HEAD])
    if not {"by", "when"} <= found.keys() or not found.keys() & {"to", "about"}:
        return False
    ruled = any(_RULE.fullmatch(line) for line in lines[max(0, place - 2) : place])
    if ruled or _NAMED_ADDRESS.search(found["by"]):
        return True
    # « Date : 7 mars à 10:00 » may also announce a meeting; « Envoyé : » with an hour may not.
    return bool(_HOUR.search(found["when"])) and (replying or "sent" in found)


def _labels(lines: Sequence[str]) -> dict[str, str]:
    """What each label says, down to the end of the head; a value may run on over some lines."""
    found: dict[str, str] = {}
    last, run_on = "", 0
    for place, line in enumerate(lines):
        label = _LABEL.match(line)
        if label:
            run_on = 0
            last = next((kind for kind in ("by", "when", "to", "about") if label[kind]), "other")
            found.setdefault(last, label["value"])
            if _SENT.match(line):
                found.setdefault("sent", "")
        elif line.strip() and last and run_on < 3:
            run_on += 1
            found[last] += " " + line
        elif line.strip() or not any(_LABEL.match(below) for below in lines[place + 1 : place + 2]):
            break
    return found


def _attributions(lines: Sequence[str]) -> list[tuple[int, int]]:
    """(first line, line after the last) of each « Le …, X <x@y> a écrit : », often wrapped over several lines."""
    found: list[tuple[int, int]] = []
    for last, line in enumerate(lines):
        if line.rstrip().endswith(":") and len(line) <= 400 and not _MARK.match(line):
            first = _attribution_start(lines, last)
            if first is not None and not (found and first < found[-1][1]):
                found.append((first, last + 1))
    return found


def _attribution_start(lines: Sequence[str], last: int) -> int | None:
    """Where the attribution that ends on this line begins, None if it is none; a dated beginning is preferred."""
    marked = _is_marked(lines, last + 1)
    starts: list[tuple[int, str]] = []
    joined = ""
    for first in range(last, max(-1, last - _LONGEST_ATTRIBUTION), -1):
        line = lines[first].strip()
        if not line or len(line) > 400 or _MARK.match(lines[first]):
            break
        joined = f"{line} {joined}".strip()
        if marked or _EMAIL.search(joined):
            starts.append((first, joined))
    dated = [first for first, joined in starts if _DATED_ATTRIBUTION.fullmatch(joined)]
    others = [first for first, joined in starts[:2] if _OTHER_ATTRIBUTION.fullmatch(joined)]
    return next(iter([*dated, *others]), None)


def _is_marked(lines: Sequence[str], place: int) -> bool:
    """True when the next line that is not empty begins with ">"."""
    below = next((line for line in lines[place : place + 4] if line.strip()), "")
    return bool(_MARK.match(below))
