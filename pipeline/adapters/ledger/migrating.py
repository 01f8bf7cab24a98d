"""Bringing the tables of a ledger up to the newest revision, in one transaction. The changes are in `migrations`."""

from pathlib import Path

from sqlalchemy import Connection, Engine

from pipeline.adapters.ledger.database import READ_ONLY
from pipeline.adapters.ledger.schema import LATEST
from pipeline.failures import Misconfigured

MIGRATIONS = Path(__file__).parent / "migrations"
ALONE = "SELECT pg_advisory_xact_lock(7319021)"  # any number, the same for every worker
VERSION_TABLE = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT count(to_regclass('alembic_version'))",
}


def bring_up_to_date(engine: Engine, place: str) -> None:
    """Apply the missing migrations, all or none; a kill in the middle leaves the ledger as it was.

    Raises Misconfigured for a ledger of a newer version of this program.
    """
    with engine.execution_options(**{READ_ONLY: True}).connect() as connection:
        if revision(connection) == LATEST:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(ALONE)
        _upgrade(connection, place)


def revision(connection: Connection) -> str:
    """The revision of the tables, "" for a database without ours."""
    present = connection.exec_driver_sql(VERSION_TABLE[connection.dialect.name]).scalar()
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "") if present else ""


def _upgrade(connection: Connection, place: str) -> None:
    # Imported here: 150 ms that only a new or an old ledger costs.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise Misconfigured(
            f"ledger {place}: written by a newer version of this program ({error}): update it"
        ) from error
