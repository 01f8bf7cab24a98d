"""Opening a ledger: new, known, old, damaged, unreachable, misconfigured; its file and its tables."""

import errno
import fcntl
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, Timer

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.schema import CreateIndex, CreateTable

from pipeline.adapters.ledger import LATEST, open_ledger
from pipeline.adapters.ledger.local_disk import network_share
from pipeline.adapters.ledger.migrating import MIGRATIONS
from pipeline.adapters.ledger.opening import set_aside
from pipeline.adapters.ledger.schema import WHERE, metadata
from pipeline.failures import Misconfigured, Unavailable
from pipeline.ports import Event
from tests.builders import a_candidature, paris
from tests.servers.dovecot import free_port
from tests.servers.postgres import PostgreSQL

ROOT = Path(__file__).resolve().parents[2]
CALL = "visions21-2017"
STRUCTURE = """
SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name <> 'alembic_version' ORDER BY table_name, ordinal_position
"""
RULES = """
SELECT tablename, indexname, replace(indexdef, current_schema() || '.', '') FROM pg_indexes
WHERE schemaname = current_schema() AND tablename <> 'alembic_version' ORDER BY indexname
"""


def file_of(folder: Path) -> Path:
    return folder / "ledger.sqlite3"


def tables_of(path: Path) -> dict[str, str]:
    """{name: SQL} of what a SQLite file holds."""
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: " ".join(sql.split()) for name, sql in found}


def test_a_new_ledger_is_a_private_file_in_a_private_folder(tmp_path):
    ledger = open_ledger("", tmp_path / "var")
    ledger.journal.reach("x", "y")
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "var").iterdir()}
    assert oct((tmp_path / "var").stat().st_mode & 0o777) == "0o700"
    assert modes == {"ledger.sqlite3": "0o600", "ledger.sqlite3-wal": "0o600", "ledger.sqlite3-shm": "0o600"}
    ledger.close()


def test_every_connection_is_durable_and_patient(tmp_path):
    ledger = open_ledger("", tmp_path)
    with ledger._database.read() as connection:
        settings = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in settings}
    ledger.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_a_ledger_that_is_up_to_date_is_opened_without_alembic(tmp_path):
    open_ledger("", tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from pipeline.adapters.ledger import open_ledger;"
        "open_ledger('', Path(sys.argv[1])).close();"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('alembic', 'psycopg')))"
    )
    search = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path],
        env={**os.environ, "PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_two_workers_that_open_a_new_ledger_at_once_both_find_it_whole(tmp_path):
    barrier = Barrier(4)

    def opened(_: int) -> str:
        barrier.wait()
        ledger = open_ledger("", tmp_path)
        number = ledger.candidatures.open(a_candidature(), "V21").number
        ledger.close()
        return number

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(opened, range(4))) == ["V21-001", "V21-002", "V21-003", "V21-004"]


def test_a_worker_waits_while_another_makes_the_new_ledger(tmp_path):
    other = sqlite3.connect(file_of(tmp_path), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # before its write-ahead log is there: SQLite itself does not wait for that lock
    release = Timer(0.2, other.rollback)
    release.start()
    open_ledger("", tmp_path).close()
    release.join()
    other.close()


def test_the_migrations_make_on_sqlite_what_the_schema_says(tmp_path):
    open_ledger("", tmp_path).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'schema.sqlite3'}")
    metadata.create_all(engine)
    engine.dispose()
    migrated = tables_of(file_of(tmp_path))
    assert "alembic_version" in migrated.pop("alembic_version")
    assert migrated == tables_of(tmp_path / "schema.sqlite3")


def test_the_migrations_make_on_postgresql_what_the_schema_says(postgresql: PostgreSQL):
    name = postgresql.new_database()
    open_ledger(postgresql.url(name), Path("unused")).close()
    engine = create_engine(postgresql.url(name))
    with engine.connect() as connection:
        migrated = [connection.exec_driver_sql(query).all() for query in (STRUCTURE, RULES)]
        connection.exec_driver_sql("CREATE SCHEMA twin; SET search_path = twin")
        for index in (one for table in metadata.sorted_tables for one in table.indexes if WHERE in one.info):
            index.dialect_options["postgresql"]["where"] = text(index.info[WHERE])
        metadata.create_all(connection)
        declared = [connection.exec_driver_sql(query).all() for query in (STRUCTURE, RULES)]
    engine.dispose()
    assert migrated[1] == declared[1]
    assert [row[:4] for row in migrated[0]] == [row[:4] for row in declared[0]]


def test_every_table_and_index_has_a_name_of_its_own_and_can_be_said_in_sql():
    said = [str(CreateTable(table)) for table in metadata.sorted_tables]
    said += [str(CreateIndex(index)) for table in metadata.sorted_tables for index in table.indexes]
    assert len(set(said)) == len(said)


def test_latest_is_the_newest_migration():
    assert sorted(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("0*.py"))[-1] == LATEST


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(tmp_path):
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute("CREATE TABLE milestone (x)")  # the last table of 0001: everything before it is made first
    connection.close()
    with pytest.raises(Unavailable, match="table milestone already exists"):
        open_ledger("", tmp_path)
    assert tables_of(file_of(tmp_path)) == {"milestone": "CREATE TABLE milestone (x)"}


def at_revision(folder: Path, revision: str) -> sqlite3.Connection:
    """A ledger as a version of this program with these tables left it."""
    engine = create_engine(f"sqlite:///{file_of(folder)}")
    config = Config(attributes={"connection": engine.connect()})
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, revision)
    config.attributes["connection"].commit()
    engine.dispose()
    return sqlite3.connect(file_of(folder))


def test_a_ledger_of_the_first_version_keeps_what_stood_in_the_tracker(tmp_path):
    with at_revision(tmp_path, "0001") as connection:
        for sheet, number in (("Candidatures", "V21-001"), ("Candidatures@8", "V21-002")):
            row = (CALL, sheet, number, '{"collectivite": "Ruitz"}')
            connection.execute("INSERT INTO tracker_row (call, sheet, key, cells) VALUES (?, ?, ?, ?)", row)
        connection.execute("INSERT INTO tracker_generation (call, generation) VALUES (?, 7)", (CALL,))
    connection.close()
    ledger = open_ledger("", tmp_path)
    memory = ledger.memory
    assert memory.written(CALL, "Candidatures") == {"V21-001": {"collectivite": "Ruitz"}}
    assert (memory.gone(CALL, "Candidatures"), memory.generation(CALL), memory.next_generation(CALL)) == ({}, 7, 8)
    ledger.close()


def test_the_events_of_an_older_ledger_are_chained(tmp_path):
    with at_revision(tmp_path, "0002") as connection:
        for at, why in (("2017-03-01 09:00:00.000000", "Le texte."), ("2017-03-02 10:00:00.000000", "")):
            row = (at, "worker", "message classé", CALL, "V21-001", why)
            connection.execute("INSERT INTO event (at, who, what, call, number, why) VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.close()
    ledger = open_ledger("", tmp_path)
    assert ledger.journal.broken_at() is None
    ledger.journal.note(Event(paris("2017-03-03 10:00"), "staff", "ligne supprimée", CALL, "V21-001"))
    assert ledger.journal.broken_at() is None
    assert len(ledger.journal.chain(CALL, "V21-001")) == 3
    ledger.close()


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE event SET why = 'Autre raison.' WHERE id = 2", 2),
        ("UPDATE event SET at = '2017-03-01 09:00:00.000001' WHERE id = 3", 3),
        ("DELETE FROM event WHERE id = 2", 3),
        ("UPDATE event SET digest = '' WHERE id = 4", 4),
    ],
)
def test_an_event_that_somebody_changed_or_took_out_is_found(tmp_path, change, broken):
    ledger = open_ledger("", tmp_path)
    for number in range(1, 5):
        ledger.journal.note(Event(paris("2017-03-01 10:00"), "worker", f"fait {number}", CALL, "V21-001", "Raison."))
    assert ledger.journal.broken_at() is None
    ledger.close()
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute(change)
    connection.close()
    ledger = open_ledger("", tmp_path)
    assert ledger.journal.broken_at() == broken
    ledger.close()


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path):
    open_ledger("", tmp_path).close()
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Misconfigured, match="written by a newer version of this program"):
        open_ledger("", tmp_path)


def test_a_file_that_is_no_database_is_unavailable_and_not_touched(tmp_path):
    file_of(tmp_path).write_bytes(b"Not a ledger. " * 1000)
    with pytest.raises(Unavailable, match=r"ledger .*/ledger\.sqlite3: file is not a database; the file is damaged"):
        open_ledger("", tmp_path)
    assert file_of(tmp_path).read_bytes() == b"Not a ledger. " * 1000


def test_a_file_with_a_damaged_page_is_unavailable(tmp_path):
    ledger = open_ledger("", tmp_path)
    for _ in range(50):
        ledger.candidatures.open(a_candidature(), "V21")
    ledger.close()
    content = bytearray(file_of(tmp_path).read_bytes())
    for page in range(4096 * 4, len(content), 4096):
        content[page : page + 200] = b"\xff" * 200
    file_of(tmp_path).write_bytes(content)
    with pytest.raises(Unavailable, match="damaged"):
        open_ledger("", tmp_path)


def test_a_cut_file_is_unavailable(tmp_path):
    open_ledger("", tmp_path).close()
    os.truncate(file_of(tmp_path), 3 * 4096 + 5)
    with pytest.raises(Unavailable, match="damaged"):
        open_ledger("", tmp_path)


def test_a_folder_that_is_a_file_is_unavailable(tmp_path):
    (tmp_path / "var").write_text("")
    with pytest.raises(Unavailable, match="must be able to write there"):
        open_ledger("", tmp_path / "var")


def test_a_database_that_breaks_while_open_is_unavailable(tmp_path):
    ledger = open_ledger("", tmp_path)
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute("DROP TABLE milestone")
    connection.close()
    with pytest.raises(Unavailable, match="no such table: milestone"):
        ledger.journal.reach("x", "y")
    with pytest.raises(Unavailable, match="no such table: milestone"):
        with ledger.transaction():
            ledger.journal.milestone("x")
    ledger.close()


@pytest.mark.parametrize("is_replaced", [False, True])
def test_nothing_is_written_once_the_file_was_taken_away_under_the_worker(tmp_path, is_replaced):
    ledger = open_ledger("", tmp_path)
    ledger.journal.reach("x", "y")
    for one in tmp_path.glob("ledger.sqlite3*"):
        one.rename(one.with_name(f"taken {one.name}"))
    if is_replaced:
        open_ledger("", tmp_path).close()
    with pytest.raises(Unavailable, match="the file is gone, or another one stands there"):
        ledger.journal.reach("x", "z")
    with pytest.raises(Unavailable, match="the file is gone, or another one stands there"), ledger.transaction():
        pass
    ledger.close()


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("mysql://user:secret@host/db", "found mysql://"),
        ("sqlite:///other.db", "found sqlite://"),
        ("postgresql+psycopg2://user:secret@host/db", "found postgresql"),
        ("ledger.sqlite3", "expected"),
        ("postgresql+psycopg://user:secret@host:port/db", "expected"),
    ],
)
def test_a_url_that_is_none_of_ours_is_misconfigured_and_its_password_is_not_shown(tmp_path, url, line):
    with pytest.raises(Misconfigured, match=line) as failure:
        open_ledger(url, tmp_path)
    assert "secret" not in str(failure.value)


def test_a_server_that_does_not_answer_is_unavailable_and_its_password_is_not_shown(tmp_path):
    with pytest.raises(
        Unavailable, match=r"ledger postgresql\+psycopg://user:\*\*\*@127\.0\.0\.1:.*refused"
    ) as failure:
        open_ledger(f"postgresql+psycopg://user:secret@127.0.0.1:{free_port()}/db", tmp_path)
    assert "secret" not in str(failure.value)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(
    ("folder", "share"),
    [
        ("/home/cerdd/var", ""),
        ("/srv/partage/ami/var", "cifs"),
        ("/srv/partage local/var", "nfs4"),
        ("/srv/partagé", ""),
    ],
)
def test_a_network_share_is_recognised_by_the_nearest_mount(tmp_path, folder, share):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n//nas/partage /srv/partage cifs rw 0 0\nnas:/x /srv/partage\\040local nfs4 rw 0 0\n"
    )
    assert network_share(Path(folder), mounts) == share
    assert network_share(Path(folder), tmp_path / "absent") == ""


def test_copies_of_days_to_come_push_out_none_of_a_clock_that_was_set_back(tmp_path):
    ledger = open_ledger("", tmp_path / "var")
    for day in (date(2018, 3, day) for day in range(1, 9)):
        ledger.back_up(day)
    assert [ledger.back_up(date(2017, 3, day)) for day in (1, 2, 2)] == [True, True, False]
    ledger.close()
    copies = sorted(one.name for one in (tmp_path / "var" / "backups" / "ledger").iterdir())
    kept = ["2017-03-01", "2017-03-02", *(f"2018-03-0{day}" for day in range(4, 9))]
    assert copies == [f"ledger-{day}.sqlite3" for day in kept]


def test_a_copy_of_the_ledger_is_kept_each_day_for_a_week_and_can_be_put_in_its_place(tmp_path):
    ledger = open_ledger("", tmp_path / "var")
    ledger.journal.reach("x", "y")
    assert [ledger.back_up(date(2017, 3, day)) for day in (1, 1, 2, 3, 4, 5, 6, 7, 8)] == [True, False] + [True] * 7
    ledger.close()
    copies = sorted((tmp_path / "var" / "backups" / "ledger").iterdir())
    assert [one.name for one in copies] == [f"ledger-2017-03-0{day}.sqlite3" for day in range(2, 9)]
    assert {oct(one.stat().st_mode & 0o777) for one in copies} == {"0o600"}
    (tmp_path / "again").mkdir()
    copies[0].rename(file_of(tmp_path / "again"))
    again = open_ledger("", tmp_path / "again")
    assert again.journal.milestone("x") == "y"
    again.close()


def test_a_copy_that_cannot_be_kept_is_one_line_and_leaves_nothing(tmp_path):
    ledger = open_ledger("", tmp_path)
    (tmp_path / "backups").write_text("a file")
    with pytest.raises(Unavailable, match=r"ledger-2017-03-01.sqlite3: the ledger could not be copied \("):
        ledger.back_up(date(2017, 3, 1))
    ledger.close()


def test_a_ledger_on_a_server_is_copied_by_who_keeps_the_server(postgresql: PostgreSQL):
    ledger = open_ledger(postgresql.url(postgresql.new_database()), Path("unused"))
    assert ledger.back_up(date(2017, 3, 1)) is False
    ledger.close()


def test_a_copy_is_synchronised_through_a_file_that_may_be_written_as_windows_demands(tmp_path, monkeypatch):
    def fsync_of_windows(descriptor):
        if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")

    ledger = open_ledger("", tmp_path)
    monkeypatch.setattr("os.fsync", fsync_of_windows)
    assert ledger.back_up(date(2017, 3, 1))
    ledger.close()


def test_a_ledger_is_set_aside_with_its_companions_and_under_a_name_of_its_own(tmp_path: Path) -> None:
    assert set_aside(tmp_path, paris("2017-03-02 09:05")) == ""
    for ending in ("", "-wal"):  # SQLite had no third one
        (tmp_path / f"ledger.sqlite3{ending}").write_text(f"old{ending}")
    assert set_aside(tmp_path, paris("2017-03-02 09:05")) == "ledger (avant 2017-03-02 090500).sqlite3"
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {
        "ledger (avant 2017-03-02 090500).sqlite3": "old",
        "ledger (avant 2017-03-02 090500).sqlite3-wal": "old-wal",
    }
