"""Tokens of Microsoft 365, by msal: of the application itself (secret or certificate), or of a person.

The application's token lives as long as the process; a person's sign-in is kept in the state folder.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.adapters.credentials.hidden import HiddenText, private_text
from pipeline.adapters.credentials.login import Secret
from pipeline.adapters.credentials.patience import LoginRefused
from pipeline.adapters.credentials.tokens import SIGN_IN, TokenFile
from pipeline.adapters.credentials.web import extra, session, unreachable
from pipeline.adapters.servers import one_line
from pipeline.failures import Misconfigured, Unavailable

SECTION, WHOSE = "[microsoft365]", "Microsoft"
FOR_THE_APPLICATION = ["https://outlook.office365.com/.default"]
FOR_A_PERSON = ["https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"]
SIGN_IN_AGAIN = {"invalid_grant", "interaction_required", "consent_required", "login_required"}
FOR_NOW = {"temporarily_unavailable", "server_error"}


@dataclass(frozen=True)
class EntraApplication:
    """The registration in the Entra admin centre; without `secret` and `certificate_file` a person signs in.

    `authority` is where tokens are given, "https://login.microsoftonline.com" but for national clouds.
    """

    tenant: str
    client_id: str
    authority: str
    ca_file: str = ""
    secret: HiddenText | None = None
    certificate_file: Path | None = None


class Microsoft365:
    """Goes to the network when a token is first asked for, not before."""

    section = SECTION

    def __init__(self, application: EntraApplication, kept: Path) -> None:
        self._application, self._kept = application, TokenFile(SECTION, kept)
        self._client: Any = None
        self._web: Any = None

    @property
    def signs_in(self) -> bool:
        return self._application.secret is None and self._application.certificate_file is None

    @property
    def bearer(self) -> str:
        return "who signed in" if self.signs_in else "the application"

    def token(self, username: str, renew: bool = False) -> Secret:
        with _answering():
            answer = self._of_a_person(renew) if self.signs_in else self._of_the_application(renew)
            if "access_token" not in answer:
                raise self._refused(answer)
            return Secret(answer["access_token"], is_token=True, is_fresh=answer.get("token_source") != "cache")

    def sign_in(self, username: str, tell: Callable[[str], None], ask: Callable[[str], str]) -> str:
        """By a code that is typed into a page of Microsoft's, on any machine; waits for it, 15 minutes at most."""
        cache = _msal().SerializableTokenCache()
        with _answering():
            client = self._opened(token_cache=cache)
            flow = client.initiate_device_flow(FOR_A_PERSON)
            if "user_code" not in flow:
                raise self._refused(flow)
            tell(
                f"Open {flow['verification_uri']} in a browser, on any machine, and enter the code {flow['user_code']}"
            )
            tell(f"Sign in as a person who may open {username} and send as it. Waiting; Ctrl-C gives up.")
            answer = client.acquire_token_by_device_flow(flow)
            if "access_token" not in answer:
                raise LoginRefused(f"{SECTION}: nobody signed in ({_said(answer)}); {SIGN_IN}")
            (account,) = client.get_accounts()
        self._kept.write(cache.serialize())
        self._client = None
        return str(account["username"])

    def _of_the_application(self, renew: bool) -> Mapping[str, Any]:
        if renew:
            self._client = None  # and its tokens with it
        if self._client is None:
            self._client = self._opened(client_credential=self._proof())
        answer: Mapping[str, Any] = self._client.acquire_token_for_client(FOR_THE_APPLICATION)
        return answer

    def _of_a_person(self, renew: bool) -> Mapping[str, Any]:
        cache = _msal().SerializableTokenCache()
        # Read each time: `check --sign-in` may have put another one there while the worker runs.
        cache.deserialize(json.dumps(self._kept.read()))
        if self._client is None:
            self._client = self._opened()
        self._client.token_cache = cache
        accounts = self._client.get_accounts()
        answer = accounts and self._client.acquire_token_silent_with_error(
            FOR_A_PERSON, accounts[0], force_refresh=renew
        )
        if cache.has_state_changed:
            self._kept.refresh(cache.serialize())
        return answer or {"error": "invalid_grant", "error_description": "nothing is kept of it"}

    def _opened(self, **options: Any) -> Any:
        about = self._application
        self._web = self._web or session(SECTION, about.ca_file)
        kind = "ConfidentialClientApplication" if "client_credential" in options else "PublicClientApplication"
        return getattr(_msal(), kind)(
            about.client_id,
            authority=f"{about.authority.rstrip('/')}/{about.tenant}",
            instance_discovery=False,  # the authority is the configuration's word: it needs no other opinion
            http_client=self._web,
            **options,
        )

    def _proof(self) -> str | dict[str, str]:
        """What the application proves itself with, as msal takes it."""
        if self._application.secret:
            return self._application.secret.read()
        assert self._application.certificate_file is not None
        pem = private_text(self._application.certificate_file, f"{SECTION} certificate_file")
        _judge_pem(pem, self._application.certificate_file)
        return {"private_key": pem, "public_certificate": pem}

    def _refused(self, answer: Mapping[str, Any]) -> Unavailable:
        error, said = str(answer.get("error", "")), _said(answer)
        if error in FOR_NOW:
            return Unavailable(f"{SECTION}: Microsoft gives no token for now ({said}); it is asked again next time.")
        if self.signs_in and error in SIGN_IN_AGAIN:
            why = "consent was withdrawn, a password changed, or it was not used for 90 days"
            return LoginRefused(f"{SECTION}: the sign-in is no longer good ({said}): {why}; {SIGN_IN}")
        if error == "invalid_client" and not self.signs_in:
            which = "secret" if self._application.secret else "certificate"
            remedy = "make a new one in the Entra admin centre (docs/mailboxes.md)"
            return LoginRefused(f"{SECTION}: the {which} is refused ({said}): expired, revoked or wrong; {remedy}.")
        remedy = "check tenant, client_id and the permissions (docs/mailboxes.md)"
        return LoginRefused(f"{SECTION}: Microsoft gives no token ({said}); {remedy}.")


@contextmanager
def _answering() -> Iterator[None]:
    """Library errors stop here."""
    with extra("microsoft365"):
        # An optional extra, imported where tokens are asked for.
        from requests.exceptions import RequestException  # noqa: PLC0415
    try:
        yield
    except RequestException as fault:
        raise unreachable(SECTION, WHOSE, fault) from None
    except (ValueError, KeyError, TypeError, RuntimeError) as fault:
        remedy = "check tenant, client_id and authority, and that no proxy answers in its place"
        reason = one_line(str(fault).partition(". ")[0])
        raise Unavailable(f"{SECTION}: Microsoft's answer is none ({reason}); {remedy}.") from None


def _msal() -> Any:
    with extra("microsoft365"):
        # An optional extra, and 0.3 s: a plain log-in does without.
        import msal  # noqa: PLC0415
    return msal


def _judge_pem(pem: str, path: Path) -> None:
    """Misconfigured unless there is a key without passphrase and a certificate."""
    # It comes with msal.
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415
    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415

    try:
        load_pem_private_key(pem.encode(), None)
        load_pem_x509_certificate(pem.encode())
    except (ValueError, TypeError):
        wanted = "an unencrypted private key and its certificate, both PEM, one after the other"
        raise Misconfigured(f"{SECTION} certificate_file: {path} does not hold {wanted}.") from None


def _said(answer: Mapping[str, Any]) -> str:
    """Microsoft's reason without its traces: "invalid_client, AADSTS7000222: The provided client secret … expired."."""
    description = str(answer.get("error_description", "")).partition("Trace ID")[0]
    return one_line(f"{answer.get('error', 'no reason')}, {description}".rstrip(", "))
