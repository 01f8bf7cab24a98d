"""Secrets (T77): the password, and what applicants wrote, stand only where mail is meant to be.

What is meant to hold mail: the raw archive, the ledger, the workbooks and their backups, and the letters themselves.
"""

import base64
import os
import re
import stat
from collections.abc import Callable, Iterator
from email.utils import getaddresses
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from pipeline.adapters.ledger import open_ledger
from pipeline.demo.post_bag import AROUND_CLOSING, BEFORE_CLOSING
from pipeline.failures import Unavailable
from pipeline.ports import NotFetched
from tests.adapters.imap_proxy import ImapProxy
from tests.builders import a_call
from tests.conftest import needs
from tests.faults.conftest import RECEIVED
from tests.faults.morning import POISON
from tests.line.house import Done, House, furnish
from tests.servers.certificates import Certificate
from tests.servers.dovecot import Dovecot, dovecot_program
from tests.servers.mail_world import of_dovecot
from tests.servers.smtp_sink import SmtpSink

PASSWORD = "n3ver-to-be-seen"
HEARD = "mot-du-candidat"  # in every place of the mails below where an applicant can write
MEANT_FOR_MAIL = re.compile(r"var/(raw/.*|ledger\.sqlite3.*|backups/.*)|sheets/.*|config/.*")
A_MAIL = f"""\
From: {HEARD} <{HEARD}@commune.example>
To: agoxe@cerdd.org
Subject: Candidature Visions +21 {HEARD}
Message-ID: <{HEARD}@commune.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset={{charset}}

La ville de Fourmies est candidate a l'appel Visions +21. {HEARD}
{HEARD}
--b
Content-Type: {{kind}}; name="{HEARD}.{{suffix}}"
Content-Disposition: attachment; filename="{HEARD}.{{suffix}}"

%PDF-1.4 {HEARD}
--b--
""".replace("\n", "\r\n")
HOSTILE = [
    A_MAIL.format(charset="utf-8", kind="application/pdf", suffix="pdf").encode(),
    A_MAIL.format(charset=HEARD, kind="application/zip", suffix="zip").encode(),
    A_MAIL.format(charset="utf-7", kind="application/vnd.oasis.opendocument.text", suffix="odt").encode(),
    A_MAIL.format(charset="us-ascii", kind="message/rfc822", suffix="eml").encode().replace(b"Fourmies", b"M\xffry"),
    f"From: {HEARD} <a@[\r\nSubject: =?utf-8?q?{HEARD}=0D=0AX1_UID_MOVE_1:*_Trash?=\r\n\r\n{HEARD}\0\r\n".encode(),
    f"From: ((((({HEARD}\r\nDate: {HEARD}\r\nContent-Type: {HEARD}/{HEARD}; charset={HEARD}\r\n\r\n{HEARD}".encode(),
    POISON.replace(b"poison", HEARD.encode()),
    HEARD.encode() * 3,
]


@pytest.fixture
def house(tmp_path: Path, smtp_sink: SmtpSink, certificate: Certificate) -> Iterator[House]:
    needs(dovecot_program(), "Dovecot", "dovecot-imapd")
    server = Dovecot(password=PASSWORD, certificate=certificate)
    yield furnish(tmp_path, server, smtp_sink)
    server.stop()


def written(house: House, *runs: Done) -> dict[str, bytes]:
    """All that the program wrote which is not meant to hold mail."""
    files = {str(path.relative_to(house.folder)): path for path in house.folder.rglob("*") if path.is_file()}
    found = {name: path.read_bytes() for name, path in files.items() if not MEANT_FOR_MAIL.fullmatch(name)}
    return found | {f"run {rank}": (done.stdout + done.stderr).encode() for rank, done in enumerate(runs)}


def secrets() -> list[bytes]:
    """The password, as it is and as it goes on the wire; every address and word of applicants."""
    mails = [mail.raw() for mail in (*BEFORE_CLOSING, *AROUND_CLOSING)]
    fields = [line.decode("latin-1") for raw in mails for line in re.findall(rb"(?im)^(?:from|reply-to):(.*)$", raw)]
    addresses = {address for _, address in getaddresses(fields) if "@" in address}
    assert len(addresses) > 10
    encoded = base64.b64encode(f"\0ami@cerdd.example\0{PASSWORD}".encode())
    return [PASSWORD.encode(), encoded, HEARD.encode(), *(one.encode() for one in addresses)]


def leaks(house: House, *runs: Done) -> list[tuple[str, bytes]]:
    return [(name, word) for name, content in written(house, *runs).items() for word in secrets() if word in content]


def test_T77_a_cycle_over_hostile_mail_writes_none_of_it_where_no_mail_belongs(house: House) -> None:
    house.deliver((*BEFORE_CLOSING, *AROUND_CLOSING))
    for raw in HOSTILE:
        house.dovecot.deliver(raw, RECEIVED)
    house.sink.refuse("RCPT", f"550 5.1.1 <{HEARD}@commune.example> unknown", nth=2)
    done = house.once()
    assert (done.returncode, done.stderr) == (0, "")
    assert (house.folder / "var" / "logs" / "worker.log").stat().st_size > 0
    assert leaks(house, done) == []


@pytest.mark.parametrize("fault", ["decide:2:eio", "sent:1:eio", "tracker:exchanged:1:enospc"])
def test_T77_a_cycle_that_fails_writes_none_of_it_either(house: House, fault: str) -> None:
    house.deliver(BEFORE_CLOSING[:4])
    house.dovecot.deliver(HOSTILE[0], RECEIVED)
    assert house.cycle(fault=fault).troubles != []
    assert leaks(house) == []


@pytest.mark.parametrize("counts", [lambda true: true // 2, lambda true: true - 1, lambda true: 40, lambda true: 17])
def test_T77_a_server_that_loses_count_inside_a_mail_makes_no_line_of_it_heard(
    dovecot: Dovecot, caplog: pytest.LogCaptureFixture, counts: Callable[[int], int]
) -> None:
    """The rest of the mail comes where an answer should, and is told as what could not be understood."""
    for rank in range(3):
        dovecot.deliver(f"Subject: {rank}\r\n".encode() + f"{HEARD}\r\n".encode() * 50, RECEIVED)

    def miscounted(said: bytes) -> bytes:
        return re.sub(rb"(BODY\[\] \{)(\d+)", lambda found: found[1] + b"%d" % counts(int(found[2])), said)

    with ImapProxy(dovecot.port, miscounted) as proxy:
        mailbox = of_dovecot(dovecot).mailbox(port=proxy.port, security="none")
        try:
            items = list(mailbox.fetch(mailbox.open("INBOX"), [1, 2, 3]))
        except Unavailable as refusal:
            items = [NotFetched(1, str(refusal))]
        mailbox.close()
    for item in items:
        assert isinstance(item, NotFetched)
        assert HEARD not in item.reason and HEARD not in caplog.text


def test_T77_an_error_of_the_ledger_does_not_show_the_values_of_the_row(tmp_path: Path) -> None:
    ledger = open_ledger("", tmp_path)
    with pytest.raises(IntegrityError) as refusal, ledger._database.write() as connection:
        connection.execute(text("insert into letter (message_id) values (:value)"), {"value": HEARD})
    ledger.close()
    assert HEARD not in str(refusal.value) and "NOT NULL" in str(refusal.value)


@pytest.fixture
def umask_of_nobody() -> Iterator[None]:
    """What a process makes is open to everybody unless it says otherwise."""
    usual = os.umask(0)
    yield
    os.umask(usual)


@pytest.mark.usefixtures("umask_of_nobody")
def test_T77_the_worker_keeps_its_files_to_its_owner_whatever_the_umask(house: House) -> None:
    house.deliver(BEFORE_CLOSING[:3])
    assert house.once().returncode == 0
    house.deliver(BEFORE_CLOSING[3:4])
    assert house.once("2017-03-01T09:10").returncode == 0
    state = house.folder / "var"
    assert any((state / "backups" / a_call().code).iterdir())
    open_to_others = {
        str(path.relative_to(state)): oct(path.stat().st_mode)
        for path in (state, *state.rglob("*"))
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    }
    assert open_to_others == {}
