"""Whole commands on a PostgreSQL ledger: what is erased, what is rebuilt, what is refused, and who is written to."""

import re
import subprocess
from collections.abc import Callable

import pytest

from pipeline.demo.post_bag import AROUND_CLOSING, BEFORE_CLOSING, FOLDER
from pipeline.demo.staff import type_into
from tests.builders import a_call
from tests.faults.oracle import holding
from tests.line.house import House
from tests.line.under_way import under_way
from tests.servers.dovecot import until
from tests.servers.postgres import PostgreSQL

CALL = a_call()
PAST = "2019-03-01T10:00"  # the first day after 24 months
PURGE = ("purge", "--yes", "--visa", "AD59, n° 2019-045")
MARKS = ("carpentier", "saint-laurent-blangy")
NAMED = re.compile(r'\[ledger\]\nurl = "[^"]*/(\w+)"\n')
SHOWN = ("number", "received", "collectivite", "siren", "contact", "email", "pieces", "decision", "notes")
Use = Callable[[str], None]


@pytest.fixture
def use(house: House, postgresql: PostgreSQL) -> Use:
    """Has the house keep its ledger in that database."""

    def use(database: str) -> None:
        text = NAMED.sub("", house.config.read_text("utf-8"))
        house.config.write_text(f'{text}[ledger]\nurl = "{postgresql.url(database)}"\n', "utf-8")

    return use


@pytest.fixture
def database(postgresql: PostgreSQL, use: Use) -> str:
    name = postgresql.new_database()
    use(name)
    return name


@pytest.fixture
def lived(house: House, database: str) -> House:
    return under_way(house)


def rows(house: House) -> list[list[object]]:
    return [[row.values.get(c) or None for c in SHOWN] for row in house.seen().sheets["candidatures"].rows]


def letters(house: House) -> set[tuple[str, str, str, str]]:
    return {(one["number"], one["letter"], one["to"], one["state"]) for one in house.export()["letters"]}


def traces(house: House, server: PostgreSQL, database: str) -> list[str]:
    """Where anything of who wrote first is left: the files of the house, and those of the database's tables."""
    server.execute(database, "CHECKPOINT")
    folders = (house.folder / "var", house.folder / "sheets", server.tables_of(database))
    return [path for folder in folders for mark in MARKS for path in holding(folder, mark)]


def test_a_call_is_erased_to_the_last_byte_of_its_tables(lived: House, postgresql: PostgreSQL, database: str) -> None:
    assert len(traces(lived, postgresql, database)) > 5
    done = lived.run(*PURGE, now=PAST)
    assert (done.returncode, done.stderr) == (0, "")
    # The published list names the collectivité, as it did.
    laureates = [f"{CALL.code}/laureats.html", f"{CALL.code}/laureats.xlsx"]
    assert {one.partition("!")[0] for one in traces(lived, postgresql, database)} <= set(laureates)
    assert lived.export()["candidatures"] == lived.export()["letters"] == []
    assert lived.run("check", now=PAST).returncode == 0
    again = lived.run(*PURGE, now=PAST)
    assert (again.returncode, again.stdout) == (0, f"{CALL.code}: nothing is left to erase.\n")
    assert lived.once(now=PAST).stdout == "Nothing new.\n"
    assert len(lived.sink.taken) == 4


def test_the_other_commands_do_there_what_they_do_on_sqlite(house: House, database: str) -> None:
    taken = house.run("import", str(FOLDER / "002.eml"))
    assert (taken.returncode, taken.stderr) == (0, "")
    assert taken.stdout == "1 new mail taken in; 1 answer will leave with the next cycle.\n"
    assert house.once().stdout == "copies 1, queued 1, sent 1, tracker writes 1\n"
    type_into(house.tracker, CALL, "candidatures", {"V21-001": {"decision": "Retenu", "request": "Lauréat"}})
    before = house.export() | {"exported_at": ""}
    page = house.folder / "sheets" / CALL.code / "apercu.html"
    assert house.run("preview", now="2017-03-02T10:00").stdout == f"1 letter that would leave: {page}\n"
    assert house.export() | {"exported_at": ""} == before
    assert house.run("laureates", now="2017-03-02T10:00").stdout == "1 laureate written.\n"
    assert house.run("status", now="2017-03-01T09:10").returncode == 0
    assert house.run("check", now="2017-03-02T10:00").returncode == 0
    assert house.export()["candidatures"][0]["decision"] == "Retenu"


def test_a_purge_that_is_killed_is_finished_by_the_next(lived: House, postgresql: PostgreSQL, database: str) -> None:
    killed = lived.run(*PURGE, now=PAST, fault="purge:rows:1:kill")
    assert killed.returncode == -9, killed.stderr
    again = lived.run(*PURGE, now=PAST)
    assert (again.returncode, again.stderr) == (0, "")
    assert [one for one in traces(lived, postgresql, database) if "laureats" not in one] == []
    assert (lived.export()["candidatures"], len(lived.sink.taken)) == ([], 4)


def test_a_tracker_that_was_damaged_is_put_back_from_its_backup(lived: House) -> None:
    before, path = rows(lived), lived.tracker.path(CALL)
    path.write_bytes(path.read_bytes()[:5000])
    assert lived.once(now="2017-03-02T10:05").returncode == 1
    done = lived.run("recover", now="2017-03-02T10:10")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the damaged file is suivi (endommagé 2017-03-02 1010" in done.stdout
    assert (rows(lived), len(lived.sink.taken)) == (before, 4)


def test_a_ledger_that_was_lost_is_rebuilt_in_an_empty_database_and_nobody_is_written_to_twice(
    lived: House,
    use: Use,
    postgresql: PostgreSQL,
) -> None:
    before, sent = rows(lived), letters(lived)
    use(postgresql.new_database())
    blocked = lived.once(now="2017-03-02T10:10")
    assert (blocked.returncode, "run `recover`" in blocked.stderr, len(lived.sink.taken)) == (1, True, 4)

    done = lived.run("recover", now="2017-03-02T10:15")
    assert (done.returncode, done.stderr) == (0, "")
    assert (rows(lived), len(lived.sink.taken)) == (before, 4)
    assert letters(lived) >= sent
    lived.deliver(AROUND_CLOSING)
    assert lived.once(now="2017-03-02T10:20").returncode == 0
    assert [row[0] for row in rows(lived)] == ["V21-001", "V21-002", "V21-003", "V21-004"]
    assert (len(lived.sink.taken), set(lived.copies().values())) == (6, {1})


def test_a_dump_of_yesterday_that_was_put_back_sends_nothing_and_is_left_as_it_is(
    house: House,
    database: str,
    use: Use,
    postgresql: PostgreSQL,
) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    postgresql.execute("postgres", f"CREATE DATABASE yesterday TEMPLATE {database}")
    house.deliver(BEFORE_CLOSING[3:4])
    assert house.once(now="2017-03-02T10:00").returncode == 0
    use("yesterday")
    blocked = house.once(now="2017-03-02T10:05")
    assert (blocked.returncode, "run `recover`" in blocked.stderr) == (1, True)

    before = house.export()
    refused = house.run("recover", now="2017-03-02T10:10")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "[ledger] url: a PostgreSQL ledger is not emptied to be made anew: keep this database as it is, make an empty "
        "one, name it there, and run `recover` again.\n"
    )
    assert {**house.export(), "exported_at": ""} == {**before, "exported_at": ""}

    use(postgresql.new_database())
    assert house.run("recover", now="2017-03-02T10:15").returncode == 0
    assert house.once(now="2017-03-02T10:20").returncode == 0
    assert [row[0] for row in rows(house)] == ["V21-001", "V21-002"]
    assert (len(house.sink.taken), set(house.copies().values())) == (2, {1})


def test_a_recovery_that_was_killed_is_begun_anew_in_another_database(
    lived: House,
    use: Use,
    postgresql: PostgreSQL,
) -> None:
    use(postgresql.new_database())
    killed = lived.run("recover", now="2017-03-02T10:15", fault="ledger:1:kill")
    assert killed.returncode == -9, killed.stderr
    assert "run `recover` again" in lived.once(now="2017-03-02T10:20").stderr
    refused = lived.run("recover", now="2017-03-02T10:25")
    assert (refused.returncode, refused.stdout) == (2, "")
    use(postgresql.new_database())
    assert lived.run("recover", now="2017-03-02T10:30").returncode == 0
    assert lived.once(now="2017-03-02T10:35").returncode == 0
    assert (len(lived.sink.taken), set(lived.copies().values())) == (4, {1})


def test_connections_that_the_database_ends_while_letters_leave_cost_no_letter_and_make_no_second_copy(
    house: House,
    database: str,
    postgresql: PostgreSQL,
) -> None:
    house.deliver(BEFORE_CLOSING[1:4])
    house.sink.wait_after(1)
    working = subprocess.Popen(
        house.command("once"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=house.environment()
    )
    until(lambda: len(house.sink.taken) == 1, "no letter left", seconds=60)
    postgresql.execute(
        "postgres", f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
    )
    house.sink.go_on()
    assert (working.communicate(timeout=120)[1], working.returncode) == ("", 0)  # it takes another connection

    assert house.once(now="2017-03-01T09:05").stdout == "Nothing new.\n"
    assert [one["state"] for one in house.export()["letters"]] == ["sent"] * 3
    assert (len(house.sink.taken), set(house.copies().values())) == (3, {1})
    assert [row[0] for row in rows(house)] == ["V21-001", "V21-002"]


def test_a_database_that_does_not_answer_is_one_line_and_the_next_cycle_does_the_work(
    house: House,
    database: str,
    use: Use,
    postgresql: PostgreSQL,
) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    use("nowhere")
    for command in ("once", "status", "check"):
        done = house.run(command)
        assert done.returncode == 1, done.stderr
        assert 'database "nowhere" does not exist' in done.stderr and "Traceback" not in done.stderr
    assert house.sink.taken == []
    use(database)
    assert house.once(now="2017-03-01T09:05").returncode == 0
    assert len(house.sink.taken) == 1
