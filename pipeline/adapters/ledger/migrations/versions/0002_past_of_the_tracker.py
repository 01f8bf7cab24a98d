"""What stood in a tracker under each stamp; rows that staff took out; announced writes in a table of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM tracker_row WHERE sheet LIKE '%@%'")  # writes that were announced and never took place
    op.add_column("tracker_row", sa.Column("since", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("tracker_row", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("tracker_generation", sa.Column("announced", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "tracker_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_tracker_past_stamp", "tracker_past", ["call", "sheet", "until"])
    op.create_table(
        "tracker_announced",
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call", "sheet", "key"),
    )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back: put the backup made before the change in its place")
