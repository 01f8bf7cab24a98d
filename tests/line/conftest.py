"""The installation of a test."""

from pathlib import Path

import pytest

from tests.line.house import House, furnish
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink


@pytest.fixture
def house(tmp_path: Path, dovecot: Dovecot, smtp_sink: SmtpSink) -> House:
    return furnish(tmp_path, dovecot, smtp_sink)
