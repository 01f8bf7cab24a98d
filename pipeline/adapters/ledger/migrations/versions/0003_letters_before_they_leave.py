"""What staff read of a letter they asked for before it leaves; whether they keep it back or let it go; meetings that
are cancelled; when a mail was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("held", "gated", "released"):
        op.add_column("request", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, empty in (("subject", ""), ("text", ""), ("recipients", "[]")):
        op.add_column("request", sa.Column(name, sa.Text(), nullable=False, server_default=empty))
    op.add_column("mail", sa.Column("decided", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("cancelled", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: put the backup made before the change in its place")
