"""The ledger's tables, as the newest migration leaves them (a test holds the two together).

Every look-up of a cycle has its index. Derived columns (`*_key`, `*_domain`, `clue`) are written here only.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    false,
    text,
)

from pipeline.adapters.ledger.column_types import Json, Moment, Text

LATEST = "0005"  # the newest revision in migrations/versions

WHERE = "where"  # in the info of an index: its condition

metadata = MetaData()


def _partial(name: str, where: str, *columns: Column[Any]) -> None:
    """An index of the rows that a condition holds for, on PostgreSQL too: to say so here would load its dialect at each
    start, and the migrations alone make tables."""
    Index(name, *columns, sqlite_where=text(where), info={WHERE: where})


mail = Table(
    "mail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("received", Moment, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("sender_key", Text, nullable=False),
    Column("sender_domain", Text, nullable=False),
    Column("sender_name", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("date", Moment),
    Column("content_digest", Text, nullable=False),
    Column("nature", Text, nullable=False),
    Column("call", Text),
    Column("number", Text, nullable=False),
    Column("answer", Text),
    Column("why", Json, nullable=False),
    Column("staff_nature", Text, nullable=False),
    Column("threads", Json, nullable=False),
    Column("decided", Moment),
    UniqueConstraint("sha256", name="uq_mail_sha256"),
)
_partial("ix_mail_waiting", "state = 'waiting'", mail.c.received, mail.c.id)
_partial("ix_mail_answer", "answer IS NOT NULL", mail.c.answer, mail.c.sha256)
Index("ix_mail_message_id", mail.c.message_id)
Index("ix_mail_content", mail.c.content_digest)
Index("ix_mail_candidature", mail.c.call, mail.c.number)
Index("ix_mail_sender", mail.c.sender_key, mail.c.call, mail.c.number)
Index("ix_mail_domain", mail.c.sender_domain, mail.c.call, mail.c.number)

mail_thread = Table(
    "mail_thread",
    metadata,
    Column("mail_id", Integer, nullable=False),
    Column("message_id", Text, nullable=False),
    PrimaryKeyConstraint("mail_id", "message_id"),
    ForeignKeyConstraint(["mail_id"], ["mail.id"], name="fk_mail_thread_mail"),
)
Index("ix_mail_thread_message_id", mail_thread.c.message_id, mail_thread.c.mail_id)

mail_copy = Table(
    "mail_copy",
    metadata,
    Column("folder", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("mail_id", Integer),
    Column("attempts", Integer, nullable=False),
    Column("given_up", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("marked", Boolean, nullable=False),
    Column("claimed_by", Integer, nullable=False, server_default="0"),  # the worker that fetches it, see `duty`
    PrimaryKeyConstraint("folder", "uidvalidity", "uid"),
    ForeignKeyConstraint(["mail_id"], ["mail.id"], name="fk_mail_copy_mail"),
)
Index("ix_mail_copy_mail", mail_copy.c.mail_id)
_partial("ix_mail_copy_to_fetch", "mail_id IS NULL", mail_copy.c.folder, mail_copy.c.uidvalidity, mail_copy.c.uid)

candidature = Table(
    "candidature",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("received", Moment),
    Column("in_time", Boolean),
    Column("collectivite", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("siren", Text, nullable=False),
    Column("insee", Text, nullable=False),
    Column("departements", Json, nullable=False),
    Column("population", BigInteger),
    Column("in_region", Boolean),
    Column("contact_name", Text, nullable=False),
    Column("contact_role", Text, nullable=False),
    Column("contact_email", Text, nullable=False),
    Column("contact_phone", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("to_check", Json, nullable=False),
    Column("meetings", Json, nullable=False),
    Column("corrections", Json, nullable=False),
    Column("staff", Json, nullable=False),
    UniqueConstraint("call", "number", name="uq_candidature_number"),
)
Index("ix_candidature_number", candidature.c.number)
Index("ix_candidature_seq", candidature.c.call, candidature.c.seq)

# What a candidature itself can be recognised by, staff's corrections included: kind is "email", "domain" or "siren".
clue = Table(
    "clue",
    metadata,
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("candidature_id", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "value", "candidature_id"),
    ForeignKeyConstraint(["candidature_id"], ["candidature.id"], name="fk_clue_candidature"),
)
Index("ix_clue_candidature", clue.c.candidature_id, clue.c.kind, clue.c.value)

numbering = Table(
    "numbering",
    metadata,
    Column("call", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

piece = Table(
    "piece",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("candidature_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("message_sha", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("laid_out", Boolean, nullable=False),
    UniqueConstraint("candidature_id", "message_sha", "name", name="uq_piece"),
    ForeignKeyConstraint(["candidature_id"], ["candidature.id"], name="fk_piece_candidature"),
)
_partial("ix_piece_to_lay_out", "NOT laid_out", piece.c.id)

meeting = Table(
    "meeting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("date", Date),
    *(Column(name, Text, nullable=False) for name in ("begins", "ends", "place", "address")),
    Column("sequence", Integer, nullable=False),
    Column("cancelled", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("call", "key", name="uq_meeting_key"),
)

letter = Table(
    "letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("recipient_key", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("in_reply_to", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Moment),
    Column("sent", Moment),
    Column("in_sent_folder", Boolean, nullable=False),
    Column("raw", LargeBinary, nullable=False),  # last: SQLite reads a row from its beginning, and letters are long
    Column("claimed_by", Integer, nullable=False, server_default="0"),  # the worker that sends it, read of few letters
    UniqueConstraint("call", "number", "letter", "occasion", "recipient", name="uq_letter_key"),
)
_partial("ix_letter_due", "state IN ('queued', 'retry')", letter.c.created, letter.c.id)
Index("ix_letter_state", letter.c.state, letter.c.in_sent_folder)
Index("ix_letter_occasion", letter.c.occasion, letter.c.letter)
Index("ix_letter_message_id", letter.c.message_id)
Index("ix_letter_recipient", letter.c.recipient_key, letter.c.created)

request = Table(
    "request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("asked", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("blocked", Text, nullable=False),
    *(Column(name, Boolean, nullable=False, server_default=false()) for name in ("held", "gated", "released")),
    Column("subject", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default=""),
    Column("recipients", Json, nullable=False, server_default="[]"),
)
Index("ix_request_state", request.c.call, request.c.state)

tracker_row = Table(
    "tracker_row",
    metadata,
    Column("call", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("cells", Text, nullable=False),  # JSON by column key, see column_types.encode
    Column("since", Integer, nullable=False, server_default="0"),  # the first stamp under which it stood so
    Column("gone", Boolean, nullable=False, server_default=false()),  # staff took the row out
    PrimaryKeyConstraint("call", "sheet", "key"),
)

tracker_past = Table(
    "tracker_past",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("cells", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer, nullable=False),  # the last stamp under which it stood so
)
Index("ix_tracker_past_stamp", tracker_past.c.call, tracker_past.c.sheet, tracker_past.c.until)

tracker_announced = Table(
    "tracker_announced",
    metadata,
    Column("call", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("cells", Text, nullable=False),
    PrimaryKeyConstraint("call", "sheet", "key"),
)

tracker_generation = Table(
    "tracker_generation",
    metadata,
    Column("call", Text, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("announced", Integer, nullable=False, server_default="0"),  # the write whose cells tracker_announced holds
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("call", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("digest", Text, nullable=False, server_default=""),  # of this event and the one before, see core.journal
)
Index("ix_event_candidature", event.c.call, event.c.number)

milestone = Table(
    "milestone",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
