"""Tokens of Microsoft's and Google's: how they are got, kept, renewed, and what is said when there are none.

The token endpoints are played on this machine; Microsoft and Google themselves were never asked.
"""

import json
import logging
import os
import stat
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from pipeline.adapters.credentials import (
    Credentials,
    EntraApplication,
    Google,
    GoogleAccess,
    HiddenText,
    LoginRefused,
    Microsoft365,
    Patience,
    Provider,
    Secret,
    TokenCredentials,
)
from pipeline.adapters.credentials.google import REDIRECT
from pipeline.adapters.credentials.web import PACKAGES
from pipeline.adapters.mailbox import ImapMailbox, MailServer
from pipeline.adapters.postman import SmtpPostman, SmtpServer
from pipeline.core.alerts import trouble_cause
from pipeline.failures import Misconfigured, Unavailable
from tests.adapters.imap_proxy import ImapProxy
from tests.builders import a_letter
from tests.conftest import needs
from tests.servers.certificates import Certificate, openssl
from tests.servers.connect_proxy import ConnectProxy
from tests.servers.dovecot import Dovecot, dovecot_program
from tests.servers.identity import CLIENT, PERSON, SECRET, TENANT, Identity
from tests.servers.smtp_sink import SmtpSink

ME = "ami@cerdd.example"
SIGN_IN = "run: python3 run.py check --sign-in"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def identity(certificate: Certificate) -> Iterator[Identity]:
    with Identity(certificate.server_context(), ME) as one:
        yield one


@pytest.fixture
def microsoft(identity: Identity, certificate: Certificate) -> EntraApplication:
    """Without a secret: a person signs in."""
    return EntraApplication(TENANT, CLIENT, identity.url, str(certificate.ca_file))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "var" / "tokens" / "kept.json"


def with_secret(application: EntraApplication, secret: str = SECRET) -> EntraApplication:
    return replace(application, secret=HiddenText("[microsoft365]", "secret", {"APP": secret}, "APP"))


@dataclass(frozen=True)
class Key:
    """A private key, a certificate for it, and its public half, all PEM."""

    private: str
    certificate: str
    public: str


def a_key(folder: Path) -> Key:
    key, cert, public = folder / "app-key.pem", folder / "app-cert.pem", folder / "app-public.pem"
    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=app")
    openssl(*new, "-keyout", str(key), "-out", str(cert))
    openssl("pkey", "-in", str(key), "-pubout", "-out", str(public))
    return Key(key.read_text(), cert.read_text(), public.read_text())


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return a_key(tmp_path_factory.mktemp("key"))


def private(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


def of_service_account(folder: Path, identity: Identity, certificate: Certificate, key: Key) -> GoogleAccess:
    identity.public_key = key.public
    about = {
        "type": "service_account",
        "client_email": "ami@project.iam.example",
        "private_key": key.private,
        "private_key_id": "1",
        "token_uri": f"{identity.url}/google/token",
    }
    return GoogleAccess(private(folder / "account.json", json.dumps(about)), None, str(certificate.ca_file))


def of_installed_app(folder: Path, identity: Identity, certificate: Certificate) -> GoogleAccess:
    about = {
        "client_id": "app.apps.example",
        "client_secret": SECRET,
        "auth_uri": f"{identity.url}/google/page",
        "token_uri": f"{identity.url}/google/token",
    }
    return GoogleAccess(
        None, private(folder / "client.json", json.dumps({"installed": about})), str(certificate.ca_file)
    )


class Browser:
    """A person who goes where the terminal says, consents, and pastes what is asked for."""

    def __init__(self, identity: Identity, ends_at: str = "{redirect}?state={state}&code=g00d-code&scope=x") -> None:
        self.identity, self.ends_at, self.told = identity, ends_at, list[str]()

    def tell(self, line: str) -> None:
        self.told.append(line)

    def ask(self, question: str) -> str:
        asked = parse_qs(urlsplit(self.told[1]).query)
        self.identity.challenge = asked["code_challenge"][0]
        return self.ends_at.format(redirect=asked["redirect_uri"][0], state=asked["state"][0])


def signed_in(provider: Provider, identity: Identity) -> Browser:
    browser = Browser(identity)
    provider.sign_in(ME, browser.tell, browser.ask)
    return browser


@pytest.fixture(params=["secret", "certificate", "person", "service account", "installed app"])
def provider(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    identity: Identity,
    microsoft: EntraApplication,
    certificate: Certificate,
    kept: Path,
    key: Key,
) -> Provider:
    """Each way to a token, ready for use."""
    made: Provider
    match request.param:
        case "secret":
            return Microsoft365(with_secret(microsoft), kept)
        case "certificate":
            identity.public_key = key.public
            proof = private(tmp_path / "app.pem", key.private + key.certificate)
            return Microsoft365(replace(microsoft, certificate_file=proof), kept)
        case "person":
            made = Microsoft365(microsoft, kept)
        case "service account":
            return Google(of_service_account(tmp_path, identity, certificate, key), kept)
        case _:
            made = Google(of_installed_app(tmp_path, identity, certificate), kept)
    signed_in(made, identity)
    return made


def refusal_of(provider: Provider, renew: bool = False) -> str:
    with pytest.raises(LoginRefused) as refusal:
        provider.token(ME, renew)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_the_first_token_comes_from_the_endpoint_the_next_from_memory_a_renewed_one_from_the_endpoint(
    provider: Provider, identity: Identity
) -> None:
    first = provider.token(ME)
    asked = len(identity.grants)
    second = provider.token(ME)
    assert (second.text, second.is_fresh, len(identity.grants)) == (first.text, False, asked)
    third = provider.token(ME, renew=True)
    assert third.text != first.text and third.is_fresh and third.is_token
    assert identity.takes(ME, first.text) and identity.takes(ME, third.text)
    assert len(identity.grants) == asked + 1


def test_a_token_that_has_run_out_is_renewed_without_a_word(provider: Provider, identity: Identity) -> None:
    identity.lifetime = 1  # less than the margin that both libraries keep
    first, second = provider.token(ME, renew=True), provider.token(ME)
    assert first.text != second.text and second.is_fresh


def test_a_token_that_was_renewed_is_kept_for_the_next_process(
    microsoft: EntraApplication, tmp_path: Path, identity: Identity, certificate: Certificate, kept: Path
) -> None:
    installed = of_installed_app(tmp_path, identity, certificate)
    for make in (lambda: Microsoft365(microsoft, kept), lambda: Google(installed, kept)):
        signed_in(make(), identity)
        first, renewed = make().token(ME), make().token(ME, renew=True)
        grants = len(identity.grants)
        assert (make().token(ME).text, len(identity.grants)) == (renewed.text, grants)
        assert renewed.text != first.text
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_another_sign_in_is_used_by_a_worker_that_runs(
    microsoft: EntraApplication, kept: Path, identity: Identity
) -> None:
    worker = Microsoft365(microsoft, kept)
    signed_in(worker, identity)
    before = worker.token(ME)
    signed_in(Microsoft365(microsoft, kept), identity)  # `check --sign-in`, in a process of its own
    after = worker.token(ME)
    assert (after.is_fresh, after.text == before.text) == (False, False)


def test_a_disk_that_takes_no_token_leaves_what_was_there_and_the_token_is_used_all_the_same(
    microsoft: EntraApplication, kept: Path, identity: Identity, caplog: pytest.LogCaptureFixture
) -> None:
    one = Microsoft365(microsoft, kept)
    signed_in(one, identity)
    (kept.parent / f".{kept.name}.{os.getpid()}.new").mkdir()  # in the way of the draft
    whole = kept.read_bytes()
    assert identity.takes(ME, one.token(ME, renew=True).text)
    assert kept.read_bytes() == whole
    assert "the sign-in cannot be kept" in caplog.text


def test_an_endpoint_that_is_down_is_one_line_and_no_refusal(provider: Provider, identity: Identity) -> None:
    identity.down = True
    with pytest.raises(Unavailable) as trouble:
        provider.token(ME, renew=True)
    said = str(trouble.value)
    assert not isinstance(trouble.value, LoginRefused) and "\n" not in said
    assert said.startswith(f"{provider.section}: ") and said.endswith("; check network and proxy.")
    assert "cannot be asked for a token (" in said


@pytest.mark.parametrize("error", ["temporarily_unavailable", "server_error"])
def test_an_endpoint_that_is_overloaded_is_no_refusal(
    microsoft: EntraApplication, kept: Path, identity: Identity, error: str
) -> None:
    identity.refusal = {"error": error, "error_description": "AADSTS90033: busy. Trace ID: 1"}
    with pytest.raises(Unavailable) as trouble:
        Microsoft365(with_secret(microsoft), kept).token(ME)
    assert not isinstance(trouble.value, LoginRefused)
    expected = (
        f"[microsoft365]: Microsoft gives no token for now ({error}, AADSTS90033: busy.); it is asked again next time."
    )
    assert str(trouble.value) == expected


def test_a_secret_that_expired_is_said_with_the_remedy(
    microsoft: EntraApplication, kept: Path, identity: Identity
) -> None:
    assert refusal_of(Microsoft365(with_secret(microsoft, "0ld-secret"), kept)) == (
        "[microsoft365]: the secret is refused (invalid_client, AADSTS7000222: The provided client secret keys are "
        "expired.): expired, revoked or wrong; make a new one in the Entra admin centre (docs/mailboxes.md)."
    )


def test_a_certificate_that_the_application_does_not_know_is_said(
    tmp_path: Path, microsoft: EntraApplication, kept: Path, identity: Identity, key: Key
) -> None:
    identity.public_key = a_key(tmp_path).public  # another application's
    proof = private(tmp_path / "app.pem", key.private + key.certificate)
    said = refusal_of(Microsoft365(replace(microsoft, certificate_file=proof), kept))
    assert said.startswith("[microsoft365]: the certificate is refused (invalid_client, AADSTS700027: Bad signature.)")


@pytest.mark.parametrize("content", ["", "not PEM", "key only"])
def test_a_certificate_file_without_key_or_certificate_is_the_configurations_fault(
    tmp_path: Path, microsoft: EntraApplication, kept: Path, key: Key, content: str
) -> None:
    text = key.private if content == "key only" else content
    proof = private(tmp_path / "app.pem", text)
    with pytest.raises(Misconfigured) as fault:
        Microsoft365(replace(microsoft, certificate_file=proof), kept).token(ME)
    assert fault.value.faults == (
        f"[microsoft365] certificate_file: {proof} does not hold an unencrypted private key and its certificate, "
        "both PEM, one after the other.",
    )


def test_a_tenant_that_is_none_is_said(microsoft: EntraApplication, kept: Path) -> None:
    with pytest.raises(Unavailable) as trouble:
        Microsoft365(with_secret(replace(microsoft, tenant="nobody.test")), kept).token(ME)
    assert "\n" not in str(trouble.value)
    assert str(trouble.value).endswith(
        "; check tenant, client_id and authority, and that no proxy answers in its place."
    )


def test_an_authority_without_a_trusted_certificate_is_not_asked(
    microsoft: EntraApplication, kept: Path, identity: Identity
) -> None:
    with pytest.raises(Unavailable, match="certificate verify failed"):
        Microsoft365(with_secret(replace(microsoft, ca_file="")), kept).token(ME)
    assert identity.grants == []


def test_tokens_are_asked_for_through_the_proxy_of_the_environment(
    microsoft: EntraApplication, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ConnectProxy() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        token = Microsoft365(with_secret(microsoft), kept).token(ME)
    assert token.is_fresh and proxy.asked == [urlsplit(microsoft.authority).netloc]


def test_no_secret_leaves_in_clear_text_or_with_a_log_in_of_netrc(
    tmp_path: Path, identity: Identity, certificate: Certificate, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETRC", str(private(tmp_path / "netrc", "default login a password b\n")))
    access = of_installed_app(tmp_path, identity, certificate)
    one = Google(access, kept)
    signed_in(one, identity)
    assert identity.takes(ME, one.token(ME).text) and identity.authorizations == set()
    assert access.client_file is not None
    private(access.client_file, access.client_file.read_text().replace("https://", "http://"))
    with pytest.raises(Unavailable, match="No connection adapters were found for 'http://"):
        Google(access, kept).token(ME, renew=True)


def test_a_person_signs_in_by_a_code_that_is_shown_and_is_waited_for(
    microsoft: EntraApplication, kept: Path, identity: Identity
) -> None:
    identity.pending = 2
    one = Microsoft365(microsoft, kept)
    told = list[str]()
    assert one.sign_in(ME, told.append, lambda _: "") == PERSON
    assert told == [
        f"Open {identity.url}/device in a browser, on any machine, and enter the code ABCD-1234",
        f"Sign in as a person who may open {ME} and send as it. Waiting; Ctrl-C gives up.",
    ]
    assert identity.pending == -1
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert [path.name for path in kept.parent.iterdir()] == ["kept.json"]
    # Another process takes it from there.
    grants = len(identity.grants)
    assert identity.takes(ME, Microsoft365(microsoft, kept).token(ME).text)
    assert len(identity.grants) == grants


def test_a_person_who_declines_is_not_signed_in(microsoft: EntraApplication, kept: Path, identity: Identity) -> None:
    identity.refusal = {"error": "authorization_declined"}
    with pytest.raises(LoginRefused) as refusal:
        Microsoft365(microsoft, kept).sign_in(ME, lambda _: None, lambda _: "")
    assert str(refusal.value) == f"[microsoft365]: nobody signed in (authorization_declined); {SIGN_IN}"
    assert not kept.exists()


def test_a_person_signs_in_at_google_by_pasting_an_address(
    tmp_path: Path, identity: Identity, certificate: Certificate, kept: Path
) -> None:
    access = of_installed_app(tmp_path, identity, certificate)
    browser = signed_in(Google(access, kept), identity)
    asked = parse_qs(urlsplit(browser.told[1]).query)
    assert (asked["scope"], asked["login_hint"], asked["redirect_uri"]) == (
        ["https://mail.google.com/"],
        [ME],
        [REDIRECT],
    )
    assert SECRET not in " ".join(browser.told)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert identity.takes(ME, Google(access, kept).token(ME).text)
    grants = len(identity.grants)
    assert Google(access, kept).token(ME).is_fresh is False  # another process, the same token
    assert len(identity.grants) == grants


@pytest.mark.parametrize(
    ("ends_at", "reason"),
    [
        ("{redirect}?state={state}&error=access_denied", "access_denied"),
        ("{redirect}?state=another&code=g00d-code", "that is not the address this page ends at"),
        ("https://accounts.google.example/", "that is not the address this page ends at"),
        ("{redirect}?state={state}&code=bad", "invalid_grant, Malformed auth code."),
    ],
)
def test_a_sign_in_at_google_that_fails_is_said_and_keeps_nothing(
    tmp_path: Path, identity: Identity, certificate: Certificate, kept: Path, ends_at: str, reason: str
) -> None:
    browser = Browser(identity, ends_at)
    with pytest.raises(LoginRefused) as refusal:
        Google(of_installed_app(tmp_path, identity, certificate), kept).sign_in(ME, browser.tell, browser.ask)
    assert str(refusal.value) == f"[google]: nobody signed in ({reason}); {SIGN_IN}"
    assert not kept.exists()


def test_consent_that_is_lost_is_one_line_with_the_command_that_mends_it(
    microsoft: EntraApplication, tmp_path: Path, identity: Identity, certificate: Certificate, kept: Path
) -> None:
    for one, why, unused in (
        (Microsoft365(microsoft, kept), "invalid_grant, AADSTS50173: The grant has expired.", "90 days"),
        (
            Google(of_installed_app(tmp_path, identity, certificate), kept),
            "invalid_grant: AADSTS50173: The grant has expired. Trace ID: 1",
            "six months",
        ),
    ):
        signed_in(one, identity)
        one.token(ME)
        identity.withdraw()
        assert refusal_of(one, renew=True) == (
            f"{one.section}: the sign-in is no longer good ({why}): consent was withdrawn, a password changed, "
            f"or it was not used for {unused}; {SIGN_IN}"
        )
        signed_in(one, identity)
        assert identity.takes(ME, one.token(ME).text)


def test_a_service_account_without_delegation_is_said(
    tmp_path: Path, identity: Identity, certificate: Certificate, kept: Path, key: Key
) -> None:
    identity.mailbox = "another@cerdd.example"
    assert refusal_of(Google(of_service_account(tmp_path, identity, certificate, key), kept)) == (
        "[google]: the service account gets no token (unauthorized_client: Client is unauthorized.); "
        "check the key, and its delegation in the Google admin console (docs/mailboxes.md)."
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"installed": 3}', '{"web": {"client_id": "x"}}'])
def test_a_file_of_google_that_is_another_is_said(tmp_path: Path, kept: Path, text: str) -> None:
    for key, kind in (
        ("client_file", "an OAuth client of the type Desktop app"),
        ("service_account_file", "a service account's key"),
    ):
        path = private(tmp_path / key, text)
        if key == "client_file":
            private(kept_folder(kept), '{"refresh_token": "x"}')
        with pytest.raises(Misconfigured) as fault:
            Google(GoogleAccess(**{key: path}), kept).token(ME)
        assert fault.value.faults == (f"[google] {key}: {path} is not the JSON file of {kind} (docs/mailboxes.md).",)


def kept_folder(kept: Path) -> Path:
    kept.parent.mkdir(parents=True, exist_ok=True)
    return kept


@pytest.mark.parametrize("kind", ["microsoft", "google"])
def test_a_sign_in_that_is_not_there_or_damaged_or_open_to_others_is_said(
    kind: str, microsoft: EntraApplication, tmp_path: Path, identity: Identity, certificate: Certificate, kept: Path
) -> None:
    one: Provider = (
        Microsoft365(microsoft, kept)
        if kind == "microsoft"
        else Google(of_installed_app(tmp_path, identity, certificate), kept)
    )

    def fault() -> str:
        with pytest.raises(Misconfigured) as wrong:
            one.token(ME)
        return str(wrong.value)

    assert fault() == f"{one.section}: nobody has signed in yet; {SIGN_IN}"
    signed_in(one, identity)
    whole = kept.read_text()
    for damaged in (whole[: len(whole) // 2], "", "[1]"):
        kept.write_text(damaged)
        assert fault() == f"{one.section}: {kept} is damaged; {SIGN_IN}"
    kept.write_text(whole)
    for mode in (0o640, 0o604, 0o666):
        kept.chmod(mode)
        assert fault() == f"{one.section}: {kept} can be read by others; run: chmod 600 {kept}"
    kept.chmod(0o600)
    assert identity.takes(ME, one.token(ME).text)


def test_an_extra_that_is_not_installed_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch, microsoft: EntraApplication, kept: Path, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "msal", None)
    with pytest.raises(Misconfigured) as fault:
        Microsoft365(with_secret(microsoft), kept).token(ME)
    command = f'{sys.executable} -m pip install "msal>=1.35" "requests>=2.32"'
    assert fault.value.faults == (f"[microsoft365]: the package msal is not installed; run: {command}",)
    monkeypatch.setitem(sys.modules, "google.auth.exceptions", None)
    with pytest.raises(
        Misconfigured, match=r'^\[google\]: the package google\S* is not installed; run: .*"google-auth>='
    ):
        Google(GoogleAccess(service_account_file=private(tmp_path / "a", "{}")), kept).token(ME)


def test_the_command_that_installs_an_extra_says_what_the_project_declares() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {name: tuple(declared[name]) for name in PACKAGES} == PACKAGES


class TurnedClock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = datetime(2017, 3, 1, 9, tzinfo=ZoneInfo("Europe/Paris"))

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


def no_log_in(secret: Secret) -> str:
    raise LoginRefused("127.0.0.1:993: IMAP login refused for ami.")


def test_three_log_ins_an_hour_in_vain_and_no_more(tmp_path: Path, clock: TurnedClock) -> None:
    tried, said = list[str](), list[str]()

    def log_in(secret: Secret) -> str:
        tried.append(f"{clock.at:%H:%M}")
        return no_log_in(secret)

    for _ in range(24):  # two hours, in a process of its own every five minutes, as a scheduler does
        patience = Patience(tmp_path / "log-ins.json", clock)
        with pytest.raises(Unavailable) as trouble:
            Credentials("[mailbox]", "ami", {"P": "secret"}, "P", patience=patience).used_by(log_in)
        said.append(str(trouble.value))
        clock.at += timedelta(minutes=5)
    assert tried == ["09:00", "09:05", "09:10", "10:00", "10:05", "10:10"]
    assert said[3] == (
        "127.0.0.1:993: IMAP login refused for ami. (not tried again before 10:00; at once by: python3 run.py check)"
    )
    # Tried or not, it is one trouble, of which staff are told after an hour.
    assert len({trouble_cause(one).key for one in said}) == 1
    assert "secret" not in (tmp_path / "log-ins.json").read_text()


def test_a_person_who_checks_is_not_told_to_wait_and_success_forgets_it_all(tmp_path: Path, clock: TurnedClock) -> None:
    def login(insists: bool = False) -> Credentials:
        patience = Patience(tmp_path / "log-ins.json", clock, insists)
        return Credentials("[mailbox]", "ami", {"P": "secret"}, "P", patience=patience)

    for _ in range(3):
        with pytest.raises(LoginRefused):
            login().used_by(no_log_in)
    with pytest.raises(Unavailable, match="not tried again before 10:00"):
        login().used_by(lambda secret: "in")
    assert login(insists=True).used_by(lambda secret: "in") == "in"
    assert login().used_by(lambda secret: "in") == "in"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "[]",
            '{"[mailbox]": 3}',
            '{"[mailbox]": [["x", "y"]]}',
            '{"[mailbox]": [["2017-03-01T09:00", "naive"]]}',
        ),
        *('{"[mailbox]": [3]}', "\x00"),
    ],
)
def test_a_damaged_record_of_log_ins_is_none(tmp_path: Path, clock: TurnedClock, text: str) -> None:
    (tmp_path / "log-ins.json").write_text(text)
    patience = Patience(tmp_path / "log-ins.json", clock)
    with pytest.raises(LoginRefused):
        Credentials("[mailbox]", "ami", {"P": "secret"}, "P", patience=patience).used_by(no_log_in)
    assert len(json.loads((tmp_path / "log-ins.json").read_text())["[mailbox]"]) == 1


@pytest.fixture
def token_box(identity: Identity, certificate: Certificate) -> Iterator[Dovecot]:
    """A Dovecot that asks `identity` about every token."""
    needs(dovecot_program(), "Dovecot", "dovecot-imapd")
    server = Dovecot((ME,), "secret", identity.introspection, certificate)
    yield server
    server.stop()


def mailbox_of(box: Dovecot, login: Any) -> ImapMailbox:
    return ImapMailbox(MailServer("127.0.0.1", box.tls_port, "tls", str(box.ca_file), ("INBOX",)), login)


def test_a_mailbox_is_read_by_token_and_one_that_the_server_takes_no_longer_is_renewed_once(
    provider: Provider, token_box: Dovecot, identity: Identity
) -> None:
    mailbox = mailbox_of(token_box, TokenCredentials("[mailbox]", ME, provider))
    mailbox.open("INBOX")
    identity.revoke()
    grants = len(identity.grants)
    token_box.restart()
    with pytest.raises(Unavailable, match="connection was lost"):
        mailbox.open("INBOX")
    assert mailbox.open("INBOX").name == "INBOX"
    assert len(identity.grants) == grants + 1
    mailbox.close()


def test_a_token_for_something_else_is_refused_with_what_to_look_at(
    microsoft: EntraApplication, kept: Path, token_box: Dovecot, identity: Identity
) -> None:
    identity.audience = "https://graph.microsoft.com/.default"
    mailbox = mailbox_of(token_box, TokenCredentials("[mailbox]", ME, Microsoft365(with_secret(microsoft), kept)))
    for _ in range(3):  # said again in the same cycle, without another log-in
        with pytest.raises(LoginRefused) as refusal:
            mailbox.open("INBOX")
    assert str(refusal.value) == (
        f"127.0.0.1:{token_box.tls_port}: IMAP login refused for {ME}; check [mailbox] username and the rights of "
        "the application there (docs/mailboxes.md)."
    )
    assert identity.grants == ["client_credentials"]


def test_a_mail_server_that_cannot_check_tokens_now_is_no_refusal(
    microsoft: EntraApplication, kept: Path, token_box: Dovecot, identity: Identity
) -> None:
    identity.introspects = False
    mailbox = mailbox_of(token_box, TokenCredentials("[mailbox]", ME, Microsoft365(with_secret(microsoft), kept)))
    with pytest.raises(Unavailable, match="cannot check logins now; the next cycle tries again") as trouble:
        mailbox.open("INBOX")
    assert not isinstance(trouble.value, LoginRefused)


def postman_of(sink: SmtpSink, login: Any, clock: TurnedClock) -> SmtpPostman:
    return SmtpPostman(SmtpServer("127.0.0.1", sink.port, "none", "", ME), login, clock)


def test_letters_leave_with_a_token_of_each_kind(
    provider: Provider, smtp_sink: SmtpSink, identity: Identity, clock: TurnedClock
) -> None:
    smtp_sink.takes = identity.takes
    postman = postman_of(smtp_sink, TokenCredentials("[smtp]", ME, provider), clock)
    assert postman.send(a_letter(raw=b"Subject: x\r\n\r\ny\r\n")).code == 250
    postman.close()
    # The server takes the token no longer: one more, and the next letter leaves.
    identity.revoke()
    assert postman.send(a_letter(raw=b"Subject: x\r\n\r\ny\r\n")).code == 250
    postman.close()
    assert [taken.user for taken in smtp_sink.taken] == [ME, ME]


def test_a_token_that_smtp_refuses_is_answered_empty_and_said_without_it(
    microsoft: EntraApplication, kept: Path, smtp_sink: SmtpSink, identity: Identity, clock: TurnedClock
) -> None:
    smtp_sink.takes = lambda user, token: False
    login = TokenCredentials("[smtp]", ME, Microsoft365(with_secret(microsoft), kept))
    with pytest.raises(LoginRefused) as refusal:
        postman_of(smtp_sink, login, clock).send(a_letter())
    assert str(refusal.value) == (
        f"127.0.0.1:{smtp_sink.port}: SMTP login refused for {ME} (535); check [smtp] username and the rights of "
        "the application there (docs/mailboxes.md)."
    )
    assert refusal.value.__suppress_context__
    assert smtp_sink.heard[-1] == b"\r\n"
    assert len(identity.grants) == 1


def test_a_server_that_takes_no_tokens_never_sees_one(
    microsoft: EntraApplication, kept: Path, smtp_sink: SmtpSink, dovecot: Dovecot, clock: TurnedClock
) -> None:
    smtp_sink.mechanisms = "PLAIN LOGIN"
    login = TokenCredentials("[smtp]", ME, Microsoft365(with_secret(microsoft), kept))
    with pytest.raises(Unavailable, match="it takes no tokens: no XOAUTH2"):
        postman_of(smtp_sink, login, clock).send(a_letter())
    assert not any(line.upper().startswith(b"AUTH") for line in smtp_sink.heard)
    with ImapProxy(dovecot.port, lambda said: said.replace(b" AUTH=XOAUTH2", b"")) as proxy:
        mailbox = ImapMailbox(MailServer("127.0.0.1", proxy.port, "none", "", ("INBOX",)), login)
        with pytest.raises(Unavailable) as trouble:
            mailbox.open("INBOX")
        assert not any(b"AUTHENTICATE" in line.upper() for line in proxy.lines)
    assert str(trouble.value) == (
        f"127.0.0.1:{proxy.port}: this server takes no tokens (XOAUTH2); check [mailbox] host and auth."
    )


def test_a_user_name_with_accents_is_one_line_where_smtp_cannot_carry_it(
    microsoft: EntraApplication, kept: Path, smtp_sink: SmtpSink, clock: TurnedClock
) -> None:
    login = TokenCredentials("[smtp]", "é@cerdd.example", Microsoft365(with_secret(microsoft), kept))
    with pytest.raises(Unavailable, match="a user name with accents cannot log in by token"):
        postman_of(smtp_sink, login, clock).send(a_letter())


def test_a_mailbox_is_read_with_a_token_after_starttls(
    microsoft: EntraApplication, kept: Path, token_box: Dovecot
) -> None:
    login = TokenCredentials("[mailbox]", ME, Microsoft365(with_secret(microsoft), kept))
    server = MailServer("127.0.0.1", token_box.port, "starttls", str(token_box.ca_file), ("INBOX",))
    mailbox = ImapMailbox(server, login)
    assert mailbox.open("INBOX").name == "INBOX"
    mailbox.close()


def test_no_token_and_no_secret_is_ever_seen(
    provider: Provider,
    identity: Identity,
    token_box: Dovecot,
    smtp_sink: SmtpSink,
    clock: TurnedClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    smtp_sink.takes = identity.takes
    login = TokenCredentials("[mailbox]", ME, provider)
    mailbox, postman = mailbox_of(token_box, login), postman_of(smtp_sink, login, clock)
    mailbox.open("INBOX")
    postman.open()
    seen = [caplog.text, repr(login), repr(provider), repr(login.secret()), str(login.secret())]
    identity.withdraw()
    identity.refusal = {"error": "invalid_grant", "error_description": "gone"}
    mailbox.close()
    postman.close()
    for use in (lambda: mailbox.open("INBOX"), postman.open):
        with pytest.raises(Unavailable) as trouble:
            use()
        seen.append(str(trouble.value))
    assert [word for word in identity.secrets if word in " ".join(seen)] == []
