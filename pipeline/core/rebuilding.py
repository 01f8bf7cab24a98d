"""The rows of a tracker as facts of a ledger that was lost. Pure; finding the mails and what was sent is `recovery`'s.

What a tracker shows is taken as it stands: which cells staff corrected cannot be told from those the worker wrote.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo

from pipeline.core.applicant import Person
from pipeline.core.arrival import Arrival, LoggedMessage, ReadingState
from pipeline.core.call import Call
from pipeline.core.candidature import ATTENDANCE_WORDS, MEETING, Attendance, Candidature, MeetingPlan
from pipeline.core.columns import MEETINGS_SHEET
from pipeline.core.corrections import meeting_edited, text
from pipeline.core.delivery import LetterState
from pipeline.core.envois import WORDS
from pipeline.core.letters import LETTERS
from pipeline.core.merge import CellValue
from pipeline.core.message import Message
from pipeline.core.rows import KINDS, NATURES, STAFF_COLUMNS, reclassified_nature

Row = Mapping[str, CellValue]
REBUILT = "Registre reconstruit à partir du tableau\u00a0: vérifiez cette ligne."
TO_CONFIRM = "registre reconstruit\u00a0: on ne sait pas si ce courrier est parti"
INVITED_BEFORE = 100  # sequence of meetings whose invitations left from the lost ledger: above any it may have reached


def candidature_from(call: Call, row: Row) -> Candidature:
    """The candidature of a row of Candidatures, under its number."""
    kinds = {label: code for code, label in reversed(KINDS.items())}
    received = _moment(row.get("received"), call.zone)
    words = {key: text(value) for key, value in row.items()}
    return Candidature(
        call.code,
        words["number"],
        received,
        _yes_no(words.get("in_time", "")),
        collectivite=words.get("collectivite", ""),
        kind=kinds.get(words.get("kind", ""), words.get("kind", "")),
        siren=words.get("siren", ""),
        departements=tuple(re.findall(r"\w+", words.get("departements", ""))),
        population=int(digits) if (digits := re.sub(r"\D", "", words.get("population", ""))) else None,
        in_region=_yes_no(words.get("in_region", "")),
        contact=Person(*(words.get(key, "") for key in ("contact", "role", "email", "phone"))),
        subject=words.get("subject", ""),
        to_check=tuple(dict.fromkeys([*filter(None, words.get("to_check", "").split("\n")), REBUILT])),
        meetings=_attendances(words),
        staff={key: words[key] for key in STAFF_COLUMNS if words.get(key)},
    )


def message_from(call: Call, row: Row, arrival: Arrival, message: Message) -> LoggedMessage:
    """The mail of a row of Messages, as the lost ledger had judged it."""
    natures = {label: nature for nature, label in NATURES.items()}
    words = {key: text(value) for key, value in row.items()}
    answer = words.get("answer", "").partition(" (")[0]
    letters = {kind.label: kind.key for kind in LETTERS.values()}
    return LoggedMessage(
        arrival,
        ReadingState.DECIDED,
        message_id=message.message_id,
        sender=message.writer.email,
        sender_name=message.writer.name,
        subject=message.subject,
        date=message.date,
        content_digest=message.content_digest,
        nature=natures.get(words.get("nature", ""), "unsure"),
        call=call.code if words.get("number") or answer else None,
        number=words.get("number", ""),
        answer=letters.get(answer),
        why=tuple(filter(None, words.get("why", "").split("\n"))),
        staff_nature=reclassified_nature(words.get("reclass", "")),
        threads=tuple(dict.fromkeys((*message.in_reply_to, *message.references))),
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


def _attendances(words: Mapping[str, str]) -> dict[str, Attendance]:
    known = {word: answer for answer, word in ATTENDANCE_WORDS.items()}
    return {
        key.removeprefix(MEETING): known[word]
        for key, word in words.items()
        if key.startswith(MEETING) and word in known
    }


def _yes_no(word: str) -> bool | None:
    return {"oui": True, "non": False}.get(word.strip().casefold())


def _moment(value: CellValue, zone: tzinfo) -> datetime | None:
    return value.replace(tzinfo=zone) if isinstance(value, datetime) else None
