"""One log-in of ours to a mail server. Talking to the server is left to mailbox and postman."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from pipeline.adapters.credentials.hidden import HiddenText
from pipeline.adapters.credentials.patience import LoginRefused, Patience

__all__ = ["Credentials", "Login", "LoginRefused", "Provider", "Secret", "TokenCredentials"]

Made = TypeVar("Made")


@dataclass(frozen=True)
class Secret:
    """What proves who we are; `is_fresh` when asking for another one would bring the same."""

    text: str = field(repr=False)
    is_token: bool = False
    is_fresh: bool = True

    def xoauth2(self, username: str) -> str:
        """The one answer of the mechanism XOAUTH2, before base64."""
        return f"user={username}\1auth=Bearer {self.text}\1\1"


@dataclass(frozen=True)
class Login(ABC):
    """Who logs in; `section` is where the configuration says it ("[smtp]")."""

    section: str
    username: str
    patience: Patience | None = field(default=None, kw_only=True, repr=False)

    @abstractmethod
    def secret(self, renew: bool = False) -> Secret:
        """The password or the token; `renew` asks for a new token even though the one at hand seems good."""

    @property
    @abstractmethod
    def remedy(self) -> str:
        """What to look at when a mail server refuses it."""

    def used_by(self, log_in: Callable[[Secret], Made]) -> Made:
        """What `log_in` makes of the secret; a token kept that the server refuses is renewed once.

        `log_in` raises LoginRefused where the server says no. Raises that, or Unavailable, or Misconfigured.
        """
        secret = self.secret()
        try:
            return self._tried(log_in, secret)
        except LoginRefused:
            if secret.is_fresh:
                raise
        return self._tried(log_in, self.secret(renew=True))

    def _tried(self, log_in: Callable[[Secret], Made], secret: Secret) -> Made:
        with self._trying(self.section):
            made = log_in(secret)
        self._forget(self.section)
        return made

    def _trying(self, what: str) -> AbstractContextManager[None]:
        return self.patience.trying(what) if self.patience else nullcontext()

    def _forget(self, what: str) -> None:
        if self.patience:
            self.patience.forget(what)


@dataclass(frozen=True)
class Credentials(Login):
    """A password, from the environment or from a file."""

    environment: Mapping[str, str] = field(repr=False)
    password_env: str = ""
    password_file: Path | None = None

    def password(self) -> str:
        """The password.

        Raises Misconfigured when it is nowhere, or in a file that others can read.
        """
        return HiddenText(self.section, "password", self.environment, self.password_env, self.password_file).read()

    def secret(self, renew: bool = False) -> Secret:
        return Secret(self.password())

    @property
    def remedy(self) -> str:
        return f"check {self.section} username and the password"


class Provider(Protocol):
    """Who gives tokens; `section` is that of the configuration ("[google]")."""

    section: str

    @property
    def signs_in(self) -> bool:
        """Whether a person must have signed in (else a secret of the application is enough)."""
        ...

    @property
    def bearer(self) -> str:
        """Whose rights a token has, in words: "the application"."""
        ...

    def token(self, username: str, renew: bool = False) -> Secret:
        """A token for a mailbox. Raises LoginRefused when none is given, Unavailable when nobody answers."""
        ...

    def sign_in(self, username: str, tell: Callable[[str], None], ask: Callable[[str], str]) -> str:
        """Sign a person in on the terminal, keep the token, say who it is."""
        ...


@dataclass(frozen=True)
class TokenCredentials(Login):
    """A token of `provider`, used by XOAUTH2."""

    provider: Provider

    def secret(self, renew: bool = False) -> Secret:
        with self._trying(self.provider.section):
            secret = self.provider.token(self.username, renew)
        if secret.is_fresh:  # one that was kept says nothing of those to come
            self._forget(self.provider.section)
        return secret

    def sign_in(self, tell: Callable[[str], None], ask: Callable[[str], str]) -> str:
        """Sign a person in on the terminal, keep the token, say who it is."""
        who = self.provider.sign_in(self.username, tell, ask)
        self._forget(self.provider.section)
        return who

    @property
    def remedy(self) -> str:
        return f"check {self.section} username and the rights of {self.provider.bearer} there (docs/mailboxes.md)"
