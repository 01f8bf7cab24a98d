"""Run by Alembic: applies migrations on the connection, and in the transaction, that `migrating` hands over."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,  # SQLite cannot alter a column in place
)
context.run_migrations()
