"""Each event of the journal carries the digest of itself and of the one before."""

import sqlalchemy as sa
from alembic import op

from pipeline.core.journal import GENESIS, chained

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("digest", sa.Text(), nullable=False, server_default=""))
    event = sa.table(
        "event",
        *(sa.column(name) for name in ("id", "who", "what", "call", "number", "why", "digest")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    connection, digest = op.get_bind(), GENESIS
    rows = sa.select(event.c.id, event.c.at, event.c.who, event.c.what, event.c.call, event.c.number, event.c.why)
    for number, at, *words in connection.execute(rows.order_by(event.c.id)).all():
        digest = chained(digest, at, words)
        connection.execute(sa.update(event).where(event.c.id == number).values(digest=digest))


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: put the backup made before the change in its place")
