"""The log-ins that the configuration describes: by password, or by a token of Microsoft's or Google's."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.credentials import (
    Credentials,
    EntraApplication,
    Google,
    GoogleAccess,
    HiddenText,
    Login,
    Microsoft365,
    Patience,
    Provider,
    TokenCredentials,
)
from pipeline.ports import Clock
from pipeline.settings import Settings
from pipeline.settings.pipeline_file import MailboxSection, SmtpSection

VAIN = "log-ins.json"  # below the state folder
TOKENS = "tokens"


@dataclass(frozen=True)
class Logins:
    """Both share a provider, and so its tokens, where they name the same."""

    mailbox: Login
    smtp: Login

    def to_sign_in(self) -> list[TokenCredentials]:
        """Those for which a person signs in, one for each provider."""
        found = [one for one in (self.mailbox, self.smtp) if isinstance(one, TokenCredentials)]
        return list({one.provider.section: one for one in reversed(found) if one.provider.signs_in}.values())


def logins(settings: Settings, clock: Clock, environment: Mapping[str, str], insists: bool = False) -> Logins:
    """Nothing is read or asked yet. `insists`: a person waits, and is not told that it failed too often."""
    patience = Patience(settings.paths.state / VAIN, clock, insists)
    providers = _providers(settings, environment)
    return Logins(
        _login("[mailbox]", settings.mailbox, environment, providers.get(settings.mailbox.auth), patience),
        _login("[smtp]", settings.smtp, environment, providers.get(settings.smtp.auth), patience),
    )


def _login(
    section: str,
    about: MailboxSection | SmtpSection,
    environment: Mapping[str, str],
    provider: Provider | None,
    patience: Patience,
) -> Login:
    if provider:
        return TokenCredentials(section, about.username, provider, patience=patience)
    file = _path(about.password_file)
    return Credentials(section, about.username, environment, about.password_env, file, patience=patience)


def _providers(settings: Settings, environment: Mapping[str, str]) -> dict[str, Provider]:
    found: dict[str, Provider] = {}
    tokens = settings.paths.state / TOKENS
    if about := settings.microsoft365:
        found["microsoft365"] = Microsoft365(
            EntraApplication(
                about.tenant,
                about.client_id,
                about.authority,
                about.ca_file,
                HiddenText("[microsoft365]", "secret", environment, about.secret_env, _path(about.secret_file))
                if about.has_secret
                else None,
                _path(about.certificate_file),
            ),
            tokens / "microsoft365.json",
        )
    if google := settings.google:
        access = GoogleAccess(_path(google.service_account_file), _path(google.client_file), google.ca_file)
        found["google"] = Google(access, tokens / "google.json")
    return found


def _path(name: str) -> Path | None:
    """The settings made it absolute."""
    return Path(name) if name else None
