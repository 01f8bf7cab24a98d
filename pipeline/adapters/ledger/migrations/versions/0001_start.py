"""The first tables of the ledger. Frozen: later changes come in later files."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _mail()
    _mail_indexes()
    _mail_copies()
    _candidatures()
    _clues_and_numbering()
    _pieces_and_meetings()
    _letters()
    _tracker_and_journal()


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: put the backup made before the change in its place")


def _mail() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sender_key", sa.Text(), nullable=False),
        sa.Column("sender_domain", sa.Text(), nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("staff_nature", sa.Text(), nullable=False),
        sa.Column("threads", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256", name="uq_mail_sha256"),
    )


def _mail_indexes() -> None:
    op.create_index(
        "ix_mail_answer",
        "mail",
        ["answer", "sha256"],
        sqlite_where=sa.text("answer IS NOT NULL"),
        postgresql_where=sa.text("answer IS NOT NULL"),
    )
    op.create_index("ix_mail_candidature", "mail", ["call", "number"])
    op.create_index("ix_mail_content", "mail", ["content_digest"])
    op.create_index("ix_mail_domain", "mail", ["sender_domain", "call", "number"])
    op.create_index("ix_mail_message_id", "mail", ["message_id"])
    op.create_index("ix_mail_sender", "mail", ["sender_key", "call", "number"])
    op.create_index(
        "ix_mail_waiting",
        "mail",
        ["received", "id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "mail_thread",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mail_id", "message_id"),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name="fk_mail_thread_mail"),
    )
    op.create_index("ix_mail_thread_message_id", "mail_thread", ["message_id", "mail_id"])


def _mail_copies() -> None:
    op.create_table(
        "mail_copy",
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("folder", "uidvalidity", "uid"),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name="fk_mail_copy_mail"),
    )
    op.create_index("ix_mail_copy_mail", "mail_copy", ["mail_id"])
    op.create_index(
        "ix_mail_copy_to_fetch",
        "mail_copy",
        ["folder", "uidvalidity", "uid"],
        sqlite_where=sa.text("mail_id IS NULL"),
        postgresql_where=sa.text("mail_id IS NULL"),
    )


def _candidatures() -> None:
    op.create_table(
        "candidature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("collectivite", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("siren", sa.Text(), nullable=False),
        sa.Column("insee", sa.Text(), nullable=False),
        sa.Column("departements", sa.Text(), nullable=False),
        sa.Column("population", sa.BigInteger(), nullable=True),
        sa.Column("in_region", sa.Boolean(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_role", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("to_check", sa.Text(), nullable=False),
        sa.Column("meetings", sa.Text(), nullable=False),
        sa.Column("corrections", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("call", "number", name="uq_candidature_number"),
    )
    op.create_index("ix_candidature_number", "candidature", ["number"])
    op.create_index("ix_candidature_seq", "candidature", ["call", "seq"])


def _clues_and_numbering() -> None:
    op.create_table(
        "clue",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("candidature_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", "candidature_id"),
        sa.ForeignKeyConstraint(["candidature_id"], ["candidature.id"], name="fk_clue_candidature"),
    )
    op.create_index("ix_clue_candidature", "clue", ["candidature_id", "kind", "value"])
    op.create_table(
        "numbering",
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call"),
    )


def _pieces_and_meetings() -> None:
    op.create_table(
        "piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidature_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("message_sha", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("laid_out", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("candidature_id", "message_sha", "name", name="uq_piece"),
        sa.ForeignKeyConstraint(["candidature_id"], ["candidature.id"], name="fk_piece_candidature"),
    )
    op.create_index(
        "ix_piece_to_lay_out",
        "piece",
        ["id"],
        sqlite_where=sa.text("NOT laid_out"),
        postgresql_where=sa.text("NOT laid_out"),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("call", "key", name="uq_meeting_key"),
    )


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("recipient_key", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_reply_to", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_sent_folder", sa.Boolean(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("call", "number", "letter", "occasion", "recipient", name="uq_letter_key"),
    )
    op.create_index("ix_letter_message_id", "letter", ["message_id"])
    op.create_index("ix_letter_occasion", "letter", ["occasion", "letter"])
    op.create_index("ix_letter_recipient", "letter", ["recipient_key", "created"])
    op.create_index("ix_letter_state", "letter", ["state", "in_sent_folder"])
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_request_state", "request", ["call", "state"])


def _tracker_and_journal() -> None:
    op.create_table(
        "tracker_row",
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call", "sheet", "key"),
    )
    op.create_table(
        "tracker_generation",
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_event_candidature", "event", ["call", "number"])
    op.create_table(
        "milestone",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
