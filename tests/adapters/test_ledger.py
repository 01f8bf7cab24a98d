"""The ledger keeps its contract on SQLite and on PostgreSQL, between processes too."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.adapters.ledger import SqlLedger, open_ledger
from pipeline.adapters.ledger.schema import metadata
from tests.builders import a_candidature
from tests.contracts.erasing_contract import *  # noqa: F403
from tests.contracts.known_contract import *  # noqa: F403
from tests.contracts.ledger_contract import *  # noqa: F403
from tests.contracts.mail_log_contract import *  # noqa: F403
from tests.contracts.outbox_contract import *  # noqa: F403
from tests.servers.postgres import PostgreSQL

ROOT = Path(__file__).resolve().parents[2]
CALL = "visions21-2017"
CHILD = """
import sys
from pathlib import Path
from pipeline.adapters.ledger import open_ledger
from tests.builders import a_candidature
ledger = open_ledger(sys.argv[1], Path(sys.argv[2]))
"""
OPENS_FORTY = CHILD + "print(*(ledger.candidatures.open(a_candidature(), 'V21').number for _ in range(40)))"
STOPS_HALF_WAY = (
    CHILD
    + """
with ledger.transaction():
    ledger.candidatures.open(a_candidature(), "V21")
    ledger.journal.reach("half", "way")
    print("half way", flush=True)
    sys.stdin.read()
"""
)


@dataclass(frozen=True)
class Place:
    """Where a ledger is."""

    url: str
    folder: Path


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite ledger without rows, to copy."""
    folder = tmp_path_factory.mktemp("ledger")
    open_ledger("", folder).close()
    return folder


@pytest.fixture(scope="session")
def new_postgresql(postgresql: PostgreSQL) -> str:
    """A PostgreSQL ledger, to empty before each test (a new one takes ten times as long)."""
    name = postgresql.new_database()
    open_ledger(postgresql.url(name), Path("unused")).close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A ledger without rows."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("new_sqlite"), tmp_path / "var")
        return Place("", tmp_path / "var")
    database, server = request.getfixturevalue("new_postgresql"), request.getfixturevalue("postgresql")
    server.execute(database, ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)))
    return Place(server.url(database), tmp_path)


@pytest.fixture
def ledger(place: Place) -> Iterator[SqlLedger]:
    opened = open_ledger(place.url, place.folder)
    yield opened
    opened.close()


@pytest.fixture
def process(place: Place) -> Iterator[Callable[[str], "subprocess.Popen[str]"]]:
    """Starts a Python process that has the same ledger open as `ledger`."""
    started = []

    def start(program: str) -> "subprocess.Popen[str]":
        search = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        child = subprocess.Popen(
            [sys.executable, "-c", program, place.url, place.folder],
            env={**os.environ, "PYTHONPATH": search},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.kill()
        child.communicate()


def test_two_processes_that_open_candidatures_never_share_a_number(ledger, process):
    children = [process(OPENS_FORTY) for _ in range(2)]
    numbers = [number for child in children for number in child.communicate(timeout=60)[0].split()]
    assert sorted(numbers) == [f"V21-{number:03d}" for number in range(1, 81)]
    assert [one.number for one in ledger.candidatures.all(CALL)] == sorted(numbers)


def test_a_process_killed_inside_a_transaction_leaves_nothing_of_it_and_no_lock(ledger, process):
    child = process(STOPS_HALF_WAY)
    assert child.stdout.readline() == "half way\n"
    assert ledger.candidatures.all(CALL) == []
    child.kill()
    child.wait()
    assert ledger.journal.milestone("half") == ""
    assert ledger.candidatures.open(a_candidature(), "V21").number == "V21-001"


def test_what_was_committed_is_there_after_the_ledger_was_closed(place, ledger):
    ledger.candidatures.open(a_candidature(), "V21")
    ledger.close()
    again = open_ledger(place.url, place.folder)
    assert [one.number for one in again.candidatures.all(CALL)] == ["V21-001"]
    again.close()


def test_numbers_go_on_after_999_and_stay_in_order(ledger):
    ledger.candidatures.restore(a_candidature(number="V21-999"))
    assert ledger.candidatures.open(a_candidature(), "V21").number == "V21-1000"
    assert [one.number for one in ledger.candidatures.all(CALL)] == ["V21-999", "V21-1000"]


def test_a_candidature_of_a_lost_ledger_gets_its_old_number_and_new_ones_follow_it(ledger):
    assert ledger.candidatures.restore(a_candidature(number="V21-007")) is True
    assert ledger.candidatures.restore(a_candidature(number="V21-007")) is False
    assert ledger.candidatures.restore(a_candidature(number="V21-003")) is True
    assert ledger.candidatures.open(a_candidature(), "V21").number == "V21-008"
    assert [one.number for one in ledger.candidatures.all(CALL)] == ["V21-003", "V21-007", "V21-008"]
    with pytest.raises(ValueError, match="not the number of a candidature"):
        ledger.candidatures.restore(a_candidature(number="à la main"))
