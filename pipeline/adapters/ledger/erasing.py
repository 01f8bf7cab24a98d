"""Forgetting: rows deleted, words emptied, and the files rewritten so that neither is left in them.

What goes and what stays is the table in `core.erasure`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, or_, select, update

from pipeline.adapters.ledger.database import Database
from pipeline.adapters.ledger.mail import IN_ORDER
from pipeline.adapters.ledger.mail_rows import MESSAGE, message_of
from pipeline.adapters.ledger.outbox import THIS_ONE, key_values
from pipeline.adapters.ledger.schema import candidature, event, letter, mail, mail_copy, metadata, milestone, piece
from pipeline.adapters.ledger.schema import tracker_past as past
from pipeline.core.arrival import LoggedMessage, ReadingState
from pipeline.core.delivery import NOT_LEFT, ON_ITS_WAY, LetterState
from pipeline.core.erasure import ERASED, LEDGER
from pipeline.core.journal import ERASED as NO_WORDS
from pipeline.core.journal import seal
from pipeline.core.letters import LETTERS, Asked, LetterKey
from pipeline.core.verdict import Nature

TO_STAFF = tuple(kind.key for kind in LETTERS.values() if kind.asked is Asked.TO_STAFF)
BATCH, MOST_CONDITIONS = 500, 50  # values in one IN (…); conditions in one statement
OF_CANDIDATURE = ("clue", "piece")  # tables known by the candidature's id


class SqlErasing:
    """Deletes and empties in the thread's transaction; `scrub` is outside of any."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mails(self, *, call: str | None = None, sender: str | None = None) -> list[LoggedMessage]:
        wanted = mail.c.call == call if sender is None else mail.c.sender_key == sender.strip().lower()
        with self._database.read() as connection:
            return [message_of(row) for row in connection.execute(select(*MESSAGE).where(wanted).order_by(*IN_ORDER))]

    def unrelated(self, before: datetime) -> list[str]:
        own = (mail.c.nature == Nature.UNRELATED, mail.c.staff_nature == "", mail.c.received < before)
        ours = select(mail.c.sha256, mail.c.content_digest).where(
            *own, func.coalesce(mail.c.decided, mail.c.received) < before
        )
        with self._database.read() as connection:
            found = connection.execute(ours).all()
            hashes = [row.sha256 for row in found]
            for some in _batches({row.content_digest for row in found} - {""}):
                copies = select(mail.c.sha256).where(
                    mail.c.content_digest.in_(some), mail.c.state == ReadingState.DUPLICATE
                )
                hashes += connection.execute(copies).scalars()
        return hashes

    def blank_mails(self, hashes: Collection[str]) -> None:
        for some in _batches(hashes):
            ids = select(mail.c.id).where(mail.c.sha256.in_(some))
            self._do(update(mail_copy).where(mail_copy.c.mail_id.in_(ids)).values(reason=""))
            self._do(update(mail).where(mail.c.sha256.in_(some)).values(source="", size=0))
            self._do(update(piece).where(piece.c.message_sha.in_(some)).values(message_id=""))

    def drop_call(self, call: str) -> int:
        ids = select(candidature.c.id).where(candidature.c.call == call)
        going = {one.table for one in LEDGER if one.rows_go} - {"mail_thread"}  # those go with `decide`
        # A row that others point to goes after them.
        tables = [table for table in reversed(metadata.sorted_tables) if table.name in going]
        return sum(self._do(delete(table).where(_of_call(table, call, ids))) for table in tables)

    def drop_told(self) -> int:
        return self._do(delete(letter).where(letter.c.letter.in_(TO_STAFF), letter.c.state.not_in(ON_ITS_WAY)))

    def blank_letters(self, keys: Collection[LetterKey], *, keep: bool) -> None:
        for key in keys:
            words: dict[str, Any] = {"raw": b"", "subject": ERASED, "in_reply_to": "", "why": ""}
            words["in_sent_folder"] = True  # nothing is left to copy there
            with self._database.write() as connection:
                found = connection.execute(select(letter.c.id, letter.c.state).where(THIS_ONE), key_values(key)).first()
                if found is None or keep and found.state in (*NOT_LEFT, LetterState.SENDING):
                    continue
                if not keep:
                    # With its number: the same letter may have gone to two people who are both erased.
                    words |= {"recipient": f"{ERASED} {found.id}", "recipient_key": ""}
                if not keep and found.state in NOT_LEFT:
                    words["state"] = LetterState.CANCELLED
                connection.execute(update(letter).where(letter.c.id == found.id).values(**words))

    def drop_past(self, rows: Collection[tuple[str, str, str]]) -> None:
        gone = delete(past).where(*(past.c[name] == bindparam(f"of_{name}") for name in ("call", "sheet", "key")))
        if rows:
            values = [{"of_call": call, "of_sheet": sheet, "of_key": key} for call, sheet, key in rows]
            with self._database.write() as connection:
                connection.execute(gone, values)

    def blank_events(self, numbers: Collection[int]) -> str:
        digests: dict[int, str] = {}
        for some in _batches(numbers):
            with self._database.write() as connection:
                rows = connection.execute(select(event.c.id, event.c.digest).where(event.c.id.in_(some)))
                digests |= {row.id: row.digest for row in rows}
            self._do(update(event).where(event.c.id.in_(some)).values(what=NO_WORDS, why=""))
        return seal(digests)

    def forget_milestones(self, beginning: Collection[str]) -> None:
        for some in _batches(beginning, MOST_CONDITIONS):
            self._do(delete(milestone).where(or_(*(milestone.c.name.startswith(one, autoescape=True) for one in some))))

    def scrub(self) -> None:
        self._database.rewrite([table.name for table in metadata.sorted_tables])

    def _do(self, statement: Any) -> int:
        with self._database.write() as connection:
            return int(connection.execute(statement).rowcount)


def _of_call(table: Table, call: str, ids: Any) -> ColumnElement[bool]:
    of_candidature: ColumnElement[bool]
    if table.name in OF_CANDIDATURE:
        of_candidature = table.c.candidature_id.in_(ids)
        return of_candidature
    of_call: ColumnElement[bool] = table.c.call == call
    return of_call


def _batches(values: Collection[Any], most: int = BATCH) -> list[list[Any]]:
    everything = sorted(values)
    return [everything[at : at + most] for at in range(0, len(everything), most)]
