"""A mailbox of many mails and a backlog to take in (T27); in full size, by hand: tests/proofs/big_mailbox.py."""

import pytest

from tests.line.house import House
from tests.proofs.big_mailbox import MOST_MEGABYTES, candidatures_in, fill, played

MESSAGES, BACKLOG = 10_000, 1_000


@pytest.mark.long
def test_T27_a_backlog_of_a_large_mailbox_is_taken_in_within_memory_and_resumed_after_each_kill(house: House) -> None:
    fill(house.dovecot, MESSAGES, BACKLOG)
    outcome = played(house, BACKLOG)
    assert outcome.wrong == ()
    assert max(cycle.memory for cycle in outcome.cycles) < MOST_MEGABYTES * 1_000_000
    fetching, judging, finished, idle = outcome.cycles
    assert (fetching.recorded, judging.recorded) == (BACKLOG // 2, BACKLOG)
    assert len(finished.fetched | idle.fetched) == 0
    assert len(house.seen().sheets["messages"].rows) == BACKLOG
    assert len(house.sink.taken) == candidatures_in(BACKLOG)
