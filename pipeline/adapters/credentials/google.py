"""Tokens of Google Workspace, by google-auth: a service account that acts for the mailbox, or a person's own sign-in.

A service account's token lives as long as the process; a person's sign-in is kept in the state folder.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from pipeline.adapters.credentials.hidden import private_text
from pipeline.adapters.credentials.login import Secret
from pipeline.adapters.credentials.patience import LoginRefused
from pipeline.adapters.credentials.tokens import SIGN_IN, TokenFile
from pipeline.adapters.credentials.web import extra, session, unreachable
from pipeline.adapters.servers import one_line
from pipeline.failures import Misconfigured, Unavailable

SECTION, WHOSE = "[google]", "Google"
SCOPES = ["https://mail.google.com/"]
# Nothing listens there: the person copies the address that the browser ends at, on whichever machine that is.
REDIRECT = "http://127.0.0.1:8085/"
OF_A_CLIENT = ("client_id", "client_secret", "auth_uri", "token_uri")
OF_AN_ACCOUNT = ("client_email", "private_key", "token_uri")


@dataclass(frozen=True)
class GoogleAccess:
    """A file of the Google Cloud console, one of two: a service account's key, or an installed app's client."""

    service_account_file: Path | None = None
    client_file: Path | None = None
    ca_file: str = ""


class Google:
    """Goes to the network when a token is first asked for, not before."""

    section = SECTION

    def __init__(self, access: GoogleAccess, kept: Path) -> None:
        self._access, self._kept = access, TokenFile(SECTION, kept)
        self._accounts: dict[str, Any] = {}  # the service account's tokens, by the mailbox it acts for
        self._web: Any = None

    @property
    def signs_in(self) -> bool:
        return self._access.service_account_file is None

    @property
    def bearer(self) -> str:
        return "who signed in" if self.signs_in else "the service account"

    def token(self, username: str, renew: bool = False) -> Secret:
        with self._answering():
            held = self._person() if self.signs_in else self._account(username)
            if fresh := renew or not held.valid:
                held.refresh(_google().Request(self._session()))
                if self.signs_in:
                    self._kept.refresh(_kept_of(held.refresh_token, held.token, held.expiry))
            return Secret(held.token, is_token=True, is_fresh=fresh)

    def sign_in(self, username: str, tell: Callable[[str], None], ask: Callable[[str], str]) -> str:
        """By a page of Google's, on any machine, whose last address is pasted here."""
        client = self._client()
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        tell(f"Open this page in a browser, on any machine, and sign in as {username}:")
        tell(_page(client, username, verifier, state))
        tell(f"The browser then ends at {REDIRECT}…, a page that cannot be shown: that is right.")
        code = _code(ask("Copy its whole address here"), state)
        with self._answering():
            given = self._exchanged(client, code, verifier)
        self._kept.write(_kept_of(given, "", None))
        return username

    def _account(self, username: str) -> Any:
        if username not in self._accounts:
            assert self._access.service_account_file is not None
            about = _json_of(self._access.service_account_file, "service_account_file", OF_AN_ACCOUNT)
            try:
                made = _google().ServiceAccount.from_service_account_info(about, scopes=SCOPES, subject=username)
            except ValueError:
                path = self._access.service_account_file
                remedy = "make a new one in the Google Cloud console (docs/mailboxes.md)"
                raise Misconfigured(
                    f"{SECTION} service_account_file: the key in {path} cannot be used; {remedy}."
                ) from None
            self._accounts[username] = made
        return self._accounts[username]

    def _person(self) -> Any:
        # Read each time: `check --sign-in` may have put another one there while the worker runs.
        kept, client = self._kept.read(), self._client()
        expiry = datetime.fromisoformat(kept["expiry"]) if kept.get("expiry") else None
        return _google().Person(
            kept.get("token") or None,
            refresh_token=kept.get("refresh_token"),
            token_uri=client["token_uri"],
            client_id=client["client_id"],
            client_secret=client["client_secret"],
            scopes=SCOPES,
            expiry=expiry,
        )

    def _client(self) -> dict[str, str]:
        assert self._access.client_file is not None
        return _json_of(self._access.client_file, "client_file", OF_A_CLIENT, inside="installed")

    def _session(self) -> Any:
        self._web = self._web or session(SECTION, self._access.ca_file)
        return self._web

    def _exchanged(self, client: dict[str, str], code: str, verifier: str) -> str:
        """The refresh token for a code."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": REDIRECT,
            "client_id": client["client_id"],
            "client_secret": client["client_secret"],
        }
        answer = self._session().post(client["token_uri"], data=asked)
        given = answer.json()
        if answer.status_code != 200 or not given.get("refresh_token"):
            said = one_line(
                f"{given.get('error', 'no refresh token')}, {given.get('error_description', '')}".rstrip(", ")
            )
            raise LoginRefused(f"{SECTION}: nobody signed in ({said}); {SIGN_IN}")
        return str(given["refresh_token"])

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Library errors stop here."""
        with extra("google"):
            # Optional extras, imported where tokens are asked for.
            from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError  # noqa: PLC0415
            from requests.exceptions import RequestException  # noqa: PLC0415
        try:
            yield
        except (TransportError, RequestException) as fault:
            raise unreachable(SECTION, WHOSE, fault) from None
        except RefreshError as fault:
            raise self._refused(fault) from None
        except (GoogleAuthError, ValueError, KeyError, TypeError, AttributeError) as fault:
            reason = one_line(type(fault).__name__)
            raise Unavailable(f"{SECTION}: Google's answer is none ({reason}); check network and proxy.") from None

    def _refused(self, fault: Any) -> Unavailable:
        said = one_line(str(fault.args[0]) if fault.args else "no reason")
        if fault.retryable:
            return Unavailable(f"{SECTION}: Google gives no token for now ({said}); it is asked again next time.")
        if self.signs_in:
            why = "consent was withdrawn, a password changed, or it was not used for six months"
            return LoginRefused(f"{SECTION}: the sign-in is no longer good ({said}): {why}; {SIGN_IN}")
        remedy = "check the key, and its delegation in the Google admin console (docs/mailboxes.md)"
        return LoginRefused(f"{SECTION}: the service account gets no token ({said}); {remedy}.")


@dataclass(frozen=True)
class _Library:
    """What is used of google-auth."""

    Request: Any
    ServiceAccount: Any
    Person: Any


def _google() -> _Library:
    with extra("google"):
        # An optional extra, and 0.3 s: a plain log-in does without.
        from google.auth.transport.requests import Request  # noqa: PLC0415
        from google.oauth2 import credentials, service_account  # noqa: PLC0415
    return _Library(Request, service_account.Credentials, credentials.Credentials)


def _json_of(path: Path, key: str, needed: tuple[str, ...], inside: str = "") -> dict[str, str]:
    """A file of the Google Cloud console, with everything that is needed in it."""
    text = private_text(path, f"{SECTION} {key}")
    try:
        found = json.loads(text)
        found = found[inside] if inside else found
        if all(isinstance(found[name], str) for name in needed):
            return dict(found)
    except (ValueError, KeyError, TypeError):
        pass
    kind = "an OAuth client of the type Desktop app" if inside else "a service account's key"
    raise Misconfigured(f"{SECTION} {key}: {path} is not the JSON file of {kind} (docs/mailboxes.md).")


def _page(client: dict[str, str], username: str, verifier: str, state: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "client_id": client["client_id"],
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "scope": " ".join(SCOPES),
        "access_type": "offline",
        "prompt": "consent",
        "login_hint": username,
        "state": state,
        "code_challenge": digest,
        "code_challenge_method": "S256",
    }
    return f"{client['auth_uri']}?{urlencode(asked)}"


def _code(address: str, state: str) -> str:
    """The code in the address that the browser ended at. Raises LoginRefused when there is none for us."""
    found = parse_qs(urlsplit(address.strip()).query)
    if found.get("error"):
        raise LoginRefused(f"{SECTION}: nobody signed in ({one_line(found['error'][0])}); {SIGN_IN}")
    if found.get("state") != [state] or not found.get("code"):
        raise LoginRefused(f"{SECTION}: nobody signed in (that is not the address this page ends at); {SIGN_IN}")
    return found["code"][0]


def _kept_of(refresh_token: str, token: str, expiry: datetime | None) -> str:
    """`expiry` as google-auth has it: UTC without saying so."""
    until = expiry.isoformat() if expiry else ""
    return json.dumps({"refresh_token": refresh_token, "token": token, "expiry": until})
