"""The whole program on mailboxes as they are: log-ins by token, servers that can do little."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.commands.office import opened_office
from pipeline.cycle import run_cycle
from pipeline.demo.post_bag import BEFORE_CLOSING
from tests.adapters.imap_proxy import ImapProxy
from tests.conftest import needs
from tests.line.house import ROOT, House, furnish
from tests.servers.certificates import Certificate
from tests.servers.dovecot import Dovecot, dovecot_program
from tests.servers.identity import CLIENT, PERSON, SECRET, TENANT, Identity
from tests.servers.smtp_sink import SmtpSink

ME = "ami@cerdd.example"
MAIL = BEFORE_CLOSING[1:2]
# What is left of Exchange's list when everything that the issue names is missing.
POOR = b"IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR ID UNSELECT CHILDREN NAMESPACE LITERAL+"
PLAIN_FLAGS = rb"(\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)"
SECTION = '[microsoft365]\ntenant = "{tenant}"\nclient_id = "{client}"\nauthority = "{url}"\nca_file = "{ca_file}"\n'


@pytest.fixture
def identity(certificate: Certificate) -> Iterator[Identity]:
    with Identity(certificate.server_context(), ME) as one:
        yield one


@pytest.fixture
def tokens(
    tmp_path: Path, identity: Identity, certificate: Certificate, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """An installation whose mailbox and SMTP server take tokens of `identity` only; a person signs in."""
    needs(dovecot_program(), "Dovecot", "dovecot-imapd")
    monkeypatch.setenv("APP_SECRET", SECRET)
    box = Dovecot((ME,), "secret", identity.introspection)
    # Exchange's SMTP, as others report it: a person's token goes with that person's name; the sender is shared.
    smtp_sink.takes = lambda user, token: user == PERSON and identity.takes(ME, token)
    smtp_sink.mechanisms = "XOAUTH2"
    house = furnish(tmp_path, box, smtp_sink)
    section = SECTION.format(tenant=TENANT, client=CLIENT, url=identity.url, ca_file=certificate.ca_file)
    text = house.config.read_text(encoding="utf-8")
    text = text.replace('password_env = "HOUSE_PASSWORD"', 'auth = "microsoft365"')
    mailbox, smtp = text.split("[smtp]")
    text = f"{mailbox}[smtp]{smtp.replace(ME, PERSON)}"
    house.config.write_text(f'{text}{section}[staff]\nalerts_to = ["technique@cerdd.example"]\n', encoding="utf-8")
    yield house
    box.stop()


def with_secret(house: House, identity: Identity) -> House:
    """The application itself logs in, as the shared mailbox at both servers."""
    house.sink.takes = identity.takes
    text = house.config.read_text(encoding="utf-8").replace(PERSON, ME)
    house.config.write_text(
        text.replace("[microsoft365]", '[microsoft365]\nsecret_env = "APP_SECRET"'), encoding="utf-8"
    )
    return house


def cycle(house: House, hour: str) -> list[str]:
    """The troubles of a cycle, without the cost of a process."""
    options = {"config": house.config, "now": f"2017-03-01T{hour}"}
    with opened_office(
        options, environment={"APP_SECRET": SECRET, "WRONG": "wrong", "HOUSE_PASSWORD": "secret"}
    ) as office:
        return run_cycle(office).troubles


def outputs(house: House, *done: "subprocess.CompletedProcess[str]") -> str:
    """Everything that a person was told, and that is kept but for the tokens themselves."""
    state = house.folder / "var"
    files = [path for path in (*state.glob("logs/*"), state / "log-ins.json") if path.exists()]
    return "".join(path.read_text(encoding="utf-8") for path in files) + "".join(
        one.stdout + one.stderr for one in done
    )


def test_mail_is_acknowledged_with_the_token_of_an_application(tokens: House, identity: Identity) -> None:
    house = with_secret(tokens, identity)
    house.deliver(MAIL)
    done = house.once()
    assert (done.returncode, done.stderr) == (0, "")
    assert [taken.user for taken in house.sink.taken] == [ME]
    assert identity.grants == ["client_credentials"]  # one token for mailbox and SMTP
    assert [word for word in identity.secrets if word in outputs(house, done)] == []


def test_a_person_signs_in_once_and_every_later_cycle_goes_on_with_it(tokens: House, identity: Identity) -> None:
    house = tokens
    house.deliver(MAIL)
    before = house.once()
    assert before.returncode == 2
    assert before.stderr == "[microsoft365]: nobody has signed in yet; run: python3 run.py check --sign-in\n"

    signing = house.run("check", "--sign-in")
    assert (signing.returncode, signing.stderr) == (0, "")
    assert f"Open {identity.url}/device in a browser, on any machine, and enter the code ABCD-1234" in signing.stdout
    assert f"ok    sign-in: [microsoft365] {PERSON}, kept below {house.folder / 'var'}" in signing.stdout
    assert "ok    mailbox: logged in" in signing.stdout and "ok    smtp: logged in" in signing.stdout

    assert cycle(house, "09:00") == []
    identity.revoke()  # the access token runs out before its time
    house.deliver(BEFORE_CLOSING[3:4])
    done = house.once(now="2017-03-01T09:05")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(house.sink.taken) == 2
    assert [word for word in identity.secrets if word in outputs(house, before, signing, done)] == []


def test_lost_consent_is_one_line_at_every_cycle_few_log_ins_and_a_sign_in_mends_it(
    tokens: House, identity: Identity
) -> None:
    house = tokens
    assert house.run("check", "--sign-in").returncode == 0
    identity.withdraw()
    house.deliver(MAIL)
    asked = len(identity.grants)
    for minute in range(0, 30, 5):
        (trouble,) = cycle(house, f"09:{minute:02d}")
        assert trouble.startswith("[microsoft365]: the sign-in is no longer good (invalid_grant, AADSTS50173: ")
        assert "run: python3 run.py check --sign-in" in trouble
        assert ("(not tried again before 10:00" in trouble) is (minute >= 15)
    assert len(identity.grants) - asked == 3
    assert house.run("check", "--sign-in", now="2017-03-01T09:31").returncode == 0
    assert cycle(house, "09:35") == []
    assert len(house.sink.taken) == 1


def test_staff_are_told_of_a_log_in_that_is_refused_for_an_hour(tokens: House, identity: Identity) -> None:
    house = with_secret(tokens, identity)
    mailbox, smtp = house.config.read_text(encoding="utf-8").split("[smtp]")
    # The mailbox has a log-in of its own that is refused; SMTP works, so that the alert can leave.
    mailbox = mailbox.replace('auth = "microsoft365"', 'password_env = "WRONG"')
    house.config.write_text(f"{mailbox}[smtp]{smtp}", encoding="utf-8")
    troubles = [cycle(house, hour) for hour in ("09:00", "09:20", "09:40", "09:55", "10:05", "10:06")]
    assert [{one.partition("; ")[0] for one in several} for several in troubles] == [
        {f"127.0.0.1:{house.dovecot.tls_port}: IMAP login refused for {ME}"}
    ] * 6
    (alert,) = house.sink.taken
    assert alert.recipients == ("technique@cerdd.example",)
    assert b"IMAP login refused" in alert.raw.replace(b"=\r\n", b"")


def test_sign_in_where_nobody_needs_to_is_said(house: House) -> None:
    done = house.run("check", "--sign-in")
    assert done.returncode == 2
    assert done.stderr == (
        "--sign-in: nobody needs to sign in: every log-in has a password, or an application with a secret or key of "
        "its own.\n"
    )


def test_a_plain_installation_loads_none_of_the_extras() -> None:
    code = (
        "import sys; from pipeline.commands.office import opened_office; import pipeline.commands.check; "
        "print([one for one in ('msal', 'google.auth', 'requests') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def poor(said: bytes) -> bytes:
    """Dovecot's words without all that Exchange, or an older server, has not."""
    said = re.sub(rb"CAPABILITY [^\]\r]*", b"CAPABILITY " + POOR, said)
    said = re.sub(rb"PERMANENTFLAGS \([^)]+\)", b"PERMANENTFLAGS " + PLAIN_FLAGS, said)
    return re.sub(rb"\\Sent ?|\\Drafts ?|\\Trash ?|\\Junk ?", b"", said)


@pytest.fixture
def little(tmp_path: Path, dovecot: Dovecot, smtp_sink: SmtpSink) -> Iterator[tuple[House, ImapProxy]]:
    with ImapProxy(dovecot.port, poor) as proxy:
        yield furnish(tmp_path, dovecot, smtp_sink, port=str(proxy.port), security='"none"', ca_file='""'), proxy


def test_a_server_without_move_uidplus_special_use_keywords_or_idle_serves_the_whole_line(
    little: tuple[House, ImapProxy],
) -> None:
    house, proxy = little
    house.deliver(BEFORE_CLOSING)
    before = house.dovecot.messages()
    assert cycle(house, "09:00") == cycle(house, "09:05") == []
    assert house.dovecot.messages() == before
    assert len(house.seen().sheets["candidatures"].rows) > 3
    # The copies are found and kept without SPECIAL-USE and UIDPLUS, each once.
    assert len(house.dovecot.messages("Sent")) == len(house.sink.taken) > 3
    assert max(house.copies().values()) == 1
    commands = b"\n".join(proxy.lines).upper()
    for word in (b"MOVE", b"STORE", b"EXPUNGE", b"IDLE", b"SELECT INBOX", b"ENABLE", b"COPY"):
        assert word not in commands


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("keyword", 'this server keeps no keywords: handled mail stays as it is, [mailbox] after = "keyword"'),
        ("move:Traitees", 'this server cannot MOVE: handled mail stays where it is, [mailbox] after = "move:Traitees"'),
    ],
)
def test_what_such_a_server_cannot_do_is_said_by_check_and_harms_nothing(
    tmp_path: Path, dovecot: Dovecot, smtp_sink: SmtpSink, after: str, said: str
) -> None:
    with ImapProxy(dovecot.port, poor) as proxy:
        where = {"port": str(proxy.port), "security": '"none"', "ca_file": '""'}
        house = furnish(tmp_path, dovecot, smtp_sink, after=f'"{after}"', **where)
        house.deliver(MAIL)
        checked = house.run("check")
        assert cycle(house, "09:00") == []
    assert f"; {said} cannot be done\n" in checked.stdout
    assert (checked.returncode, checked.stderr) == (0, "")
    assert len(house.sink.taken) == len(house.dovecot.messages()) == 1


def test_a_good_token_without_rights_on_the_mailbox_is_said_with_the_remedy(
    tmp_path: Path, dovecot: Dovecot, smtp_sink: SmtpSink
) -> None:
    def exchange(said: bytes) -> bytes:
        return re.sub(rb"OK \[READ-ONLY\][^\r]*", b"BAD User is authenticated but not connected.", said)

    with ImapProxy(dovecot.port, exchange) as proxy:
        house = furnish(tmp_path, dovecot, smtp_sink, port=str(proxy.port), security='"none"', ca_file='""')
        troubles = cycle(house, "09:00")
    remedy = ": the login has no rights on this mailbox, see Add-MailboxPermission in docs/mailboxes.md."
    assert [trouble.endswith(remedy) for trouble in troubles] == [True, True]  # of the folder, and of the Sent folder
