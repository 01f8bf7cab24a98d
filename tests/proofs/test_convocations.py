"""The proof over convocations on a few of them."""

from tests.line.house import furnish
from tests.proofs.convocations import killed_at_each
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink


def test_a_worker_killed_at_each_recipient_writes_to_nobody_else_and_to_nobody_twice(
    tmp_path, dovecot: Dovecot, smtp_sink: SmtpSink
) -> None:
    outcome = killed_at_each(furnish(tmp_path, dovecot, smtp_sink), 4)
    assert outcome.wrong == ()
    assert outcome.kills == 4
    # Killed before the first byte or in the middle: it did not leave, and a person is asked all the same.
    assert dict(outcome.states) == {"unknown": 4}
    assert outcome.taken == 1
