"""What each row of the tracker should show, by sheet. What is written of it is left to `core.merge`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.core import rows
from pipeline.core.call import Call
from pipeline.core.candidature import corrected
from pipeline.core.choices import unread_words
from pipeline.core.columns import (
    ENVOIS_SHEET,
    MEETINGS_SHEET,
    MESSAGES_SHEET,
    Owner,
    Sheet,
    candidatures_sheet,
    meeting_column,
)
from pipeline.core.corrections import requested_letter
from pipeline.core.decisions import remarks_on_decisions
from pipeline.core.delivery import LetterState
from pipeline.core.envelope import text_of
from pipeline.core.envois import WORDED, WORDS, envoi_key, envoi_row, envois
from pipeline.core.letters import OutgoingLetter
from pipeline.core.merge import CellValue, Links, Memory, rows_by_key, unfolded
from pipeline.core.sorting import stray_nature, stray_number
from pipeline.core.typed import text
from pipeline.dossiers import dossiers, is_known, messages_of, plans
from pipeline.ports import Office
from pipeline.tracking.sighting import Sighting

Row = dict[str, CellValue]
Rows = Iterator[tuple[str, Row]]  # with their row keys, made as they are asked for
COPIED = "Le numéro {number} figure aussi ligne {lines}\u00a0: cette copie n'est pas suivie."
COVERED = (
    "Cellules fusionnées, formule sans résultat ou erreur\u00a0: « {headings} » de cette ligne n'est plus tenu à jour."
)


def contents_of(office: Office, call: Call, sighting: Sighting, sheet: str) -> tuple[Rows, Links]:
    """What each row of one sheet should show, and links to folders of documents by (row key, column).

    A cell that is staff's is named where it is to come back, or did its work. One sheet and one row at a time: of a
    long call all of them together would be the most memory that a cycle takes.
    """
    if sheet == "candidatures":
        shown = dossiers(office, call)
        links = {(one.candidature.number, "pieces"): _folder(one) for one in shown if one.candidature.pieces}
        return _candidatures(call, shown, sighting), links
    made = {ENVOIS_SHEET.key: _envois, MESSAGES_SHEET.key: _messages, MEETINGS_SHEET.key: _meetings}
    return made[sheet](office, call, sighting), {}


def _candidatures(call: Call, shown: list[rows.Dossier], sighting: Sighting) -> Rows:
    sheet, memory = candidatures_sheet(call), sighting.memories["candidatures"]
    remarks, asked = _remarks(sheet, sighting), _asked(sighting)
    letters = [letter for one in shown for letter in one.letters]
    meetings = [meeting_column(one.key) for one in call.meetings]
    decided = remarks_on_decisions(call, [corrected(one.candidature) for one in shown], letters)
    for one in shown:
        number = one.candidature.number
        unread = unread_words(sheet, one.candidature)
        dossier = replace(one, remarks=(*unread, *decided.get(number, ()), *remarks.get(number, ())))
        uninvited = {key: "" for key in meetings if key not in one.candidature.corrections}
        row = uninvited | rows.candidature_row(dossier, call.zone)
        if _is_whole(number, memory):
            theirs = set(one.candidature.corrections) - {"to_check"}
            row |= rows.whole_row(dossier, call.zone) | _typed(sheet, memory, number, theirs)
        letter = requested_letter(row.get("request", asked.get(number)))
        if letter and not _is_to_come(letter, one):
            row["request"] = ""
        yield number, row


def _messages(office: Office, call: Call, sighting: Sighting) -> Rows:
    memory = sighting.memories.get(MESSAGES_SHEET.key, Memory({}))
    answers: dict[str, list[OutgoingLetter]] = defaultdict(list)
    for one in office.ledger.outbox.letters():
        if rows.is_automatic(one):
            answers[one.key.occasion].append(one)
    for message in messages_of(office, call):
        key = rows.message_key(message)
        row = rows.message_row(message, answers.get(message.arrival.sha256, ()), call.zone)
        if _is_whole(key, memory):
            row |= _typed(MESSAGES_SHEET, memory, key)
        yield key, row | _not_understood(office, call, unfolded(memory.last(key)), row)


def _not_understood(office: Office, call: Call, typed: Mapping[str, CellValue], row: Row) -> Row:
    """Said in front of the reason: what staff typed into a row that means nothing; their number stays as it is."""
    stray = stray_number(typed, text(row["number"]), call.prefix, lambda one: is_known(office, call, one))
    said = [*filter(None, (stray, stray_nature(typed)))]
    theirs: Row = {"number": typed["number"]} if stray else {}
    return theirs | ({"why": "\n".join((*said, text(row["why"])))} if said else {})


def _envois(office: Office, call: Call, sighting: Sighting) -> Rows:
    """The words of a letter that left are read from its frozen bytes when its row is new, and stand from then on."""
    memory, outbox = sighting.memories.get(ENVOIS_SHEET.key, Memory({})), office.ledger.outbox
    now = office.clock.now().astimezone(call.zone)
    letters = outbox.letters(call.code)
    by_key = {envoi_key(one.message_id): one for one in letters}
    for one in envois(outbox.requests(call.code), letters, office.limits.grace_minutes, now):
        row = envoi_row(one, call.zone)
        if _is_whole(one.key, memory):
            row |= _typed(ENVOIS_SHEET, memory, one.key)
            if one.text is None:
                row["text"] = _words_of(office, by_key[one.key])
        elif one.state == WORDS[LetterState.CANCELLED]:
            row = {column: value for column, value in row.items() if column not in WORDED}  # staff's words stay
        yield one.key, row


def _words_of(office: Office, letter: OutgoingLetter) -> str:
    frozen = office.ledger.outbox.by_message_id(letter.message_id)
    return text_of(frozen.raw) if frozen else ""


def _meetings(office: Office, call: Call, sighting: Sighting) -> Rows:
    """Every cell is staff's once they touched the meeting."""
    memory = sighting.memories.get(MEETINGS_SHEET.key, Memory({}))
    touched = {meeting.key for meeting in office.ledger.candidatures.meetings(call.code)}
    for plan in plans(office, call):
        if _is_whole(plan.key, memory):
            yield plan.key, rows.meeting_row(plan) | _typed(MEETINGS_SHEET, memory, plan.key)
        else:
            yield plan.key, {"key": plan.key} if plan.key in touched else rows.meeting_row(plan)


def _is_whole(key: str, memory: Memory) -> bool:
    """Whether staff's own cells are to be given back: the file may be older than they are, or never held the row."""
    return not memory.is_newest or key not in memory.now


def _typed(sheet: Sheet, memory: Memory, key: str, corrected: Iterable[str] = ()) -> Row:
    """Staff's cells as last seen, with the types they had."""
    theirs = {column.key for column in sheet.columns if column.owner is Owner.STAFF} | set(corrected)
    return {column: value for column, value in unfolded(memory.last(key)).items() if column in theirs}


def _asked(sighting: Sighting) -> dict[str, CellValue]:
    """What the out-tray of each row shows or last showed, by number."""
    memory = sighting.memories["candidatures"]
    seen, _ = rows_by_key(sighting.seen.sheets["candidatures"], memory)
    shown = {key: row.values["request"] for key, row in seen.items() if "request" in row.values}
    return {key: row.get("request") for key, row in memory.now.items() if key not in shown} | shown


def _is_to_come(letter: str, dossier: rows.Dossier) -> bool:
    """Whether the out-tray goes on showing a letter: one is asked for and not all of it has left."""
    return any(
        request.letter == letter and (request.is_waiting or not rows.request_is_over(request, dossier.letters))
        for request in dossier.requests
    )


def _remarks(sheet: Sheet, sighting: Sighting) -> dict[str, tuple[str, ...]]:
    """Sentences about rows that staff copied, or whose cells say nothing, by number."""
    reading = sighting.seen.sheets[sheet.key]
    seen, doubled = rows_by_key(reading, sighting.memories[sheet.key])
    found: dict[str, tuple[str, ...]] = {}
    for number, row in seen.items():
        covered = [sheet.column(key).heading for key in reading.columns if key not in row.values]
        lines = ", ".join(map(str, doubled.get(number, ())))
        sentences = (
            COPIED.format(number=number, lines=lines) if lines else "",
            COVERED.format(headings=", ".join(covered)) if covered else "",
        )
        found[number] = tuple(filter(None, sentences))
    return found


def _folder(dossier: rows.Dossier) -> str:
    return dossier.candidature.pieces[0].path.rpartition("/")[0]
