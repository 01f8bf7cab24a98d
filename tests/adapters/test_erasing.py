"""The table of what is personal names every column; what was deleted is not left in the database's files."""

from pathlib import Path

import pytest

from pipeline.adapters.ledger import open_ledger
from pipeline.adapters.ledger.schema import metadata
from pipeline.core.erasure import LEDGER
from pipeline.failures import Unavailable
from pipeline.ports import Event
from tests.builders import a_candidature, paris
from tests.faults.oracle import holding
from tests.servers.postgres import PostgreSQL

MARK = "quatremarre"


def test_of_every_column_it_is_said_what_becomes_of_it() -> None:
    assert {one.table for one in LEDGER} == set(metadata.tables)
    for one in LEDGER:
        columns = set(metadata.tables[one.table].columns.keys())
        named = {*one.blanked, *one.kept}
        assert named == (set() if one.rows_go else columns), one.table
        assert not set(one.blanked) & set(one.kept)


def written_and_erased(url: str, folder: Path):
    """A ledger that held the mark in rows and in the journal, and holds it no more."""
    ledger = open_ledger(url, folder)
    for number in range(50):
        ledger.candidatures.open(a_candidature(subject=f"{MARK} {number} " * 20), "V21")
        ledger.journal.note(Event(paris("2017-02-20 10:00"), "worker", "message classé", "visions21-2017", why=MARK))
    with ledger.transaction():
        ledger.erasing.drop_call("visions21-2017")
        ledger.erasing.blank_events([number for number, _, _ in ledger.journal.whole()])
    return ledger


def test_nothing_is_left_in_the_file_nor_in_its_log_once_it_was_rewritten(tmp_path: Path) -> None:
    ledger = written_and_erased("", tmp_path)
    assert holding(tmp_path, MARK) != []
    ledger.erasing.scrub()
    assert holding(tmp_path, MARK) == []
    assert ledger.candidatures.open(a_candidature(), "V21").number == "V21-051"
    ledger.close()


@pytest.mark.parametrize(("use", "said"), [("read", "another program reads it"), ("write", "another program holds it")])
def test_a_ledger_in_use_is_said_and_rewritten_the_next_time(tmp_path: Path, use: str, said: str) -> None:
    ledger, reader = written_and_erased("", tmp_path), open_ledger("", tmp_path)
    with getattr(reader._database, use)() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM event").scalar()
        # Not the thirty seconds that a cycle waits.
        ledger._database._engine.dispose()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pipeline.adapters.ledger.opening.PRAGMAS", ("PRAGMA busy_timeout = 10",))
            with pytest.raises(Unavailable, match=said):
                ledger.erasing.scrub()
    reader.close()
    ledger.erasing.scrub()
    assert holding(tmp_path, MARK) == []
    ledger.close()


def test_postgresql_keeps_nothing_of_it_in_the_tables_files(postgresql: PostgreSQL, tmp_path: Path) -> None:
    name = postgresql.new_database()
    ledger = written_and_erased(postgresql.url(name), tmp_path)
    tables = postgresql.folder / "data" / "base"
    postgresql.execute(name, "CHECKPOINT")
    assert holding(tables, MARK) != []
    ledger.erasing.scrub()
    postgresql.execute(name, "CHECKPOINT")
    assert holding(tables, MARK) == []
    ledger.close()
