"""Which worker fetches a mail or sends a letter; the letters that are due, in their order."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DUE = sa.text("state IN ('queued', 'retry')")


def upgrade() -> None:
    for name in ("mail_copy", "letter"):
        op.add_column(name, sa.Column("claimed_by", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_letter_due", "letter", ["created", "id"], sqlite_where=DUE, postgresql_where=DUE)


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: put the backup made before the change in its place")
