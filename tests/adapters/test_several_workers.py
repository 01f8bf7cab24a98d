"""Several workers on one PostgreSQL ledger: what each claims is its own while it lives; the desk has one at a time."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.adapters.ledger import SqlLedger, open_ledger
from pipeline.adapters.ledger.schema import metadata
from pipeline.core.arrival import Arrival, Copy
from pipeline.core.delivery import LetterState, Outcome
from pipeline.failures import Elsewhere, Unavailable
from pipeline.ports import Folder
from tests.builders import a_letter
from tests.servers.postgres import PostgreSQL

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2017, 2, 20, 9, tzinfo=UTC)
INBOX = Folder("INBOX", 1487000000, 40)
OTHER_WORKER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from pipeline.adapters.ledger import open_ledger
from pipeline.ports import Folder
ledger = open_ledger(sys.argv[1], Path("unused"))
{does}
print("done", flush=True)
sys.stdin.read()
"""
CLAIMS_TWO = 'ledger.mail.claim_uids(Folder("INBOX", 1487000000, 40), 2)'
CLAIMS_A_LETTER = "ledger.outbox.claim_next(datetime(2017, 2, 20, 9, tzinfo=UTC))"
TAKES_THE_DESK = "desk = ledger.desk(); desk.__enter__()"
Other = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def database(postgresql: PostgreSQL) -> str:
    name = postgresql.new_database()
    open_ledger(postgresql.url(name), Path("unused")).close()
    return name


@pytest.fixture
def url(postgresql: PostgreSQL, database: str) -> str:
    """A ledger without rows whose workers wait a fifth of a second for the desk."""
    tables = [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)]
    postgresql.execute(database, ";".join(tables))
    return postgresql.url(database)


@pytest.fixture
def ledger(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlLedger]:
    monkeypatch.setattr("pipeline.adapters.ledger.opening.POSTGRESQL_SETTINGS", "SET lock_timeout = '200ms'")
    opened = open_ledger(url, Path("unused"))
    yield opened
    opened.close()


@pytest.fixture
def other(url: str) -> Iterator[Other]:
    """Starts another worker, a process of its own that did something and lives until it is killed."""
    started = []

    def start(does: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", OTHER_WORKER.format(does=does), url]
        child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(child)
        assert child.stdout is not None
        assert child.stdout.readline() == "done\n"
        return child

    yield start
    for child in started:
        kill(child)


def kill(child: "subprocess.Popen[str]") -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()


def eventually(found: Callable[[], object]) -> object:
    """The server notices within moments that a connection has gone: what it then gives, at most a thousand looks on."""
    return next(filter(None, (found() for _ in range(1000))), None)


def test_mails_that_another_worker_fetches_are_left_to_it_and_come_back_when_it_dies(
    ledger: SqlLedger, other: Other
) -> None:
    ledger.mail.note_uids(INBOX, [1, 2, 3, 4])
    worker = other(CLAIMS_TWO)
    assert ledger.mail.claim_uids(INBOX, 10) == [3, 4]
    assert ledger.mail.claim_uids(INBOX, 10) == []
    kill(worker)
    assert eventually(lambda: ledger.mail.claim_uids(INBOX, 10)) == [1, 2]


def test_a_mail_is_judged_after_the_earlier_ones_of_its_folder_that_another_worker_is_fetching(
    ledger: SqlLedger, other: Other
) -> None:
    ledger.mail.note_uids(INBOX, [1, 2, 3])
    worker = other(CLAIMS_TWO)
    later, elsewhere = Arrival("ab" * 32, "INBOX", NOW, 10), Arrival("cd" * 32, "INBOX/AMI", NOW, 10)
    ledger.mail.record(later, Copy("INBOX", 1487000000, 3))
    ledger.mail.record(elsewhere, Copy("INBOX/AMI", 7, 9))
    assert (list(ledger.mail.waiting()), ledger.mail.count_waiting()) == ([elsewhere], 1)
    kill(worker)
    assert eventually(lambda: len(list(ledger.mail.waiting())) == 2)


def test_a_letter_that_another_worker_sends_is_left_behind_only_when_it_dies(ledger: SqlLedger, other: Other) -> None:
    letter = a_letter(created=NOW - timedelta(minutes=1))
    ledger.outbox.queue(letter)
    worker = other(CLAIMS_A_LETTER)
    assert ledger.outbox.claim_next(NOW) is None
    assert ledger.outbox.left_sending() == []
    kill(worker)
    (left,) = eventually(ledger.outbox.left_sending)
    assert (left.key, left.state) == (letter.key, LetterState.SENDING)
    assert ledger.outbox.claim_next(NOW) is None


def test_an_uncertain_letter_is_for_every_worker_to_settle(ledger: SqlLedger, other: Other) -> None:
    letter = a_letter(created=NOW - timedelta(minutes=1))
    ledger.outbox.queue(letter)
    other(CLAIMS_A_LETTER)
    ledger.outbox.record(letter.key, Outcome(LetterState.UNKNOWN, "perdu", NOW))
    assert [one.key for one in ledger.outbox.left_sending()] == [letter.key]


def test_the_desk_has_one_worker_at_a_time_and_says_who(ledger: SqlLedger, other: Other) -> None:
    worker = other(TAKES_THE_DESK)
    with pytest.raises(Elsewhere, match=rf"process {worker.pid} on \S+ decides now"):
        with ledger.desk():
            pytest.fail("two workers at the desk")
    kill(worker)
    with ledger.desk(), ledger.desk():
        ledger.journal.reach("at", "the desk")
    assert ledger.journal.milestone("at") == "the desk"


def test_who_left_the_desk_leaves_it_to_the_next(ledger: SqlLedger, url: str) -> None:
    second = open_ledger(url, Path("unused"))
    for one in (ledger, second, ledger):
        with one.desk():
            one.journal.reach("at", "the desk")
    second.close()


def test_a_worker_whose_place_was_lost_writes_nothing_more_at_the_desk(
    ledger: SqlLedger,
    postgresql: PostgreSQL,
    database: str,
) -> None:
    ends = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
    with ledger.desk():
        postgresql.execute(database, ends)
        with pytest.raises(Unavailable, match="the connection was lost in the middle of the work"):
            ledger.journal.reach("after", "the loss")
    with ledger.desk():
        ledger.journal.reach("again", "at the desk")
    assert (ledger.journal.milestone("after"), ledger.journal.milestone("again")) == ("", "at the desk")
