"""Servers for the tests, all on 127.0.0.1; and `--long`, for the tests marked `long`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.demo.post_office import PostOffice
from tests.servers.certificates import Certificate, make_certificate
from tests.servers.dovecot import Dovecot, dovecot_program
from tests.servers.postgres import PostgreSQL, postgresql_programs
from tests.servers.smtp_sink import SmtpSink

SHARED_MAILBOX = "ami@cerdd.example"
PASSWORD = "secret"

# The machine's own authorities sign nothing here, and reading them takes 20 ms a connection.
os.environ["SSL_CERT_FILE"] = os.devnull
# No time decides a test: the first example may load a package.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked `long` as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="takes long: run.py test --long"))


def needs(present: object, what: str, package: str) -> None:
    """Skip the test where `what` is not installed; in continuous integration, which installs it, fail."""
    if not present:
        reason = f"{what} is not installed (Debian: apt install {package})"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for 127.0.0.1 and the authority to trust."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def dovecot(certificate: Certificate) -> Iterator[Dovecot]:
    """A real Dovecot with an empty mailbox, `ami@cerdd.example` / `secret`."""
    needs(dovecot_program(), "Dovecot", "dovecot-imapd")
    server = Dovecot((SHARED_MAILBOX,), PASSWORD, certificate=certificate)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A running PostgreSQL, in which each test makes a database of its own."""
    programs = postgresql_programs()
    needs(programs, "PostgreSQL", "postgresql")
    assert programs is not None
    server = PostgreSQL(programs)
    yield server
    server.stop()


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """The embedded IMAP and SMTP server: the shared mailbox, and a box for any other recipient."""
    with PostOffice((SHARED_MAILBOX,), PASSWORD, accept_all=True) as office:
        yield office


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """An SMTP server without TLS that takes everything, until told otherwise."""
    with SmtpSink() as sink:
        yield sink


@pytest.fixture(scope="session")
def samples() -> Path:
    """The labelled sample corpus, where this copy of the project has it beside it."""
    folder = Path(__file__).parents[2] / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the sample corpus is not here")
    return folder
