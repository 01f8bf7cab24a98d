"""The rows of a tracker as facts of a ledger that was lost. Pure; finding the mails and what was sent is `recovery`'s.

What a tracker shows is taken as it stands: which cells staff corrected cannot be told from those the worker wrote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo

from pipeline.core.arrival import Arrival, LoggedMessage, as_read
from pipeline.core.call import Call
from pipeline.core.candidature import Candidature, MeetingPlan, corrected
from pipeline.core.columns import MEETINGS_SHEET
from pipeline.core.corrections import meeting_edited
from pipeline.core.delivery import LetterState
from pipeline.core.envois import WORDS
from pipeline.core.letters import LETTERS
from pipeline.core.merge import CellValue, SheetRow
from pipeline.core.message import Message
from pipeline.core.rows import KINDS, NATURES, STAFF_COLUMNS, reclassified_nature
from pipeline.core.typed import text

Row = Mapping[str, CellValue]
REBUILT = "Registre reconstruit à partir du tableau\u00a0: vérifiez cette ligne."
TO_CONFIRM = "registre reconstruit\u00a0: on ne sait pas si ce courrier est parti"
INVITED_BEFORE = 100  # sequence of meetings whose invitations left from the lost ledger: above any it may have reached


def candidature_from(call: Call, row: Row) -> Candidature:
    """The candidature of a row of Candidatures, under its number."""
    kinds = {label: code for code, label in reversed(KINDS.items())}
    received = _moment(row.get("received"), call.zone)
    words = {key: text(value) for key, value in row.items()}
    kind = words.get("kind", "")
    # The words of a row say as much as corrections of all its cells would, and are read as these are.
    shown = corrected(Candidature(call.code, words["number"], received, None, corrections=words))
    return replace(
        shown,
        kind=kinds.get(kind, kind),
        to_check=tuple(dict.fromkeys([*filter(None, words.get("to_check", "").split("\n")), REBUILT])),
        corrections={},
        staff={key: words[key] for key in STAFF_COLUMNS if words.get(key)},
    )


def message_from(call: Call, row: Row, arrival: Arrival, message: Message) -> LoggedMessage:
    """The mail of a row of Messages, as the lost ledger had judged it."""
    natures = {label: nature for nature, label in NATURES.items()}
    words = {key: text(value) for key, value in row.items()}
    answer = words.get("answer", "").partition(" (")[0]
    letters = {kind.label: kind.key for kind in LETTERS.values()}
    return replace(
        as_read(arrival, message),
        nature=natures.get(words.get("nature", ""), "unsure"),
        call=call.code if words.get("number") or answer else None,
        number=words.get("number", ""),
        answer=letters.get(answer),
        why=tuple(filter(None, words.get("why", "").split("\n"))),
        staff_nature=reclassified_nature(words.get("reclass", "")),
    )


def letter_state(word: str) -> LetterState | None:
    """What État says became of a letter; None for one that was not written yet."""
    states = {label: state for state, label in WORDS.items()}
    state = states.get(word)
    return state if state in (LetterState.SENT, LetterState.REFUSED, LetterState.BOUNCED, LetterState.UNKNOWN) else None


def letter_kind(label: str) -> str:
    """The key of a letter by its name in the tracker, "" for a word that is none."""
    return next((kind.key for kind in LETTERS.values() if kind.label == label), "")


def meeting_from(plan: MeetingPlan, row: Row, invited: bool) -> MeetingPlan:
    """The meeting as staff had set it; its next invitation follows those that left."""
    for column in MEETINGS_SHEET.columns:
        if column.key != "key" and row.get(column.key) not in (None, ""):
            plan = meeting_edited(plan, column.key, row[column.key])
    return replace(plan, sequence=INVITED_BEFORE if invited else 0)


def moments_shown(call: Call, rows: Iterable[SheetRow]) -> dict[str, datetime]:
    """When the mails of the rows of Messages were received, by the key of the row."""
    found = {row.key: _moment(row.values.get("received"), call.zone) for row in rows if row.key}
    return {key: moment for key, moment in found.items() if moment}


def _moment(value: CellValue, zone: tzinfo) -> datetime | None:
    return value.replace(tzinfo=zone) if isinstance(value, datetime) else None
