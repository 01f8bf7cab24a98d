"""The proof over several workers, at a size for every run."""

from pathlib import Path

from tests.faults.conftest import seen
from tests.faults.oracle import violations
from tests.line.house import furnish
from tests.proofs.several_workers import several_workers, towns, with_ledger
from tests.servers.dovecot import Dovecot
from tests.servers.postgres import PostgreSQL
from tests.servers.smtp_sink import SmtpSink


def test_two_workers_that_are_killed_lose_nothing_and_write_to_nobody_twice(
    tmp_path: Path,
    dovecot: Dovecot,
    smtp_sink: SmtpSink,
    postgresql: PostgreSQL,
) -> None:
    url = postgresql.url(postgresql.new_database())
    house = with_ledger(furnish(tmp_path, dovecot, smtp_sink), url)
    several_workers(house, mails=12, minutes=0.04, workers=2, kills=2, seed=3)
    assert violations(seen(house), [sender for _, sender in towns(12)]) == []
