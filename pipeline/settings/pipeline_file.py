"""config/pipeline.toml as values: every key of contract section 3 with its default, and what is impossible.

A fault in one key never hides another: what depends on two keys is checked at the later one.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from pipeline.core.verdict import House
from pipeline.ports import Limits
from pipeline.settings.providers import GoogleSection, Microsoft365Section
from pipeline.settings.words import (
    Addresses,
    Count,
    Day,
    EmailAddress,
    ExistingFile,
    Filled,
    Folder,
    Hour,
    OneLine,
    OptionalFile,
    OptionalWebAddress,
    Section,
    Words,
    Zone,
    afterwards,
    domain_name,
    ledger_url,
)

LOOPBACK = ("127.0.0.1", "::1", "localhost")
MEGABYTE = 1_000_000
Port = Annotated[int, Field(ge=1, le=65535)]
Security = Literal["tls", "starttls", "none"]
Auth = Literal["password", "microsoft365", "google"]


class Server(Section):
    """What the mailbox and SMTP have in common."""

    host: Filled
    port: Port
    security: Security
    ca_file: ExistingFile = ""
    username: Filled
    auth: Auth = "password"
    password_env: OneLine = ""
    password_file: OptionalFile = Field(default="", validate_default=True)

    @field_validator("security")
    @classmethod
    def _clear_text_stays_here(cls, security: str, info: ValidationInfo) -> str:
        if security == "none" and info.data.get("host", LOOPBACK[0]) not in LOOPBACK:
            raise ValueError(f'"none" is for {", ".join(LOOPBACK)} only; write "tls" or "starttls"')
        return security

    @field_validator("password_file")
    @classmethod
    def _password_is_somewhere(cls, file: str, info: ValidationInfo) -> str:
        if info.data.get("auth") == "password" and not file and not info.data.get("password_env", "?"):
            raise ValueError("empty, and so is password_env; name a file here or an environment variable there")
        return file


class MailboxSection(Server):
    address: EmailAddress
    aliases: Addresses = ()
    organisation_domains: Annotated[tuple[Annotated[str, AfterValidator(domain_name)], ...], Field(strict=False)] = ()
    port: Port = 993
    security: Security = "tls"
    password_env: OneLine = "AMI_MAILBOX_PASSWORD"
    folder: Filled = "INBOX"
    folders: Words = ()
    sent_folder: OneLine = "auto"
    list_unrelated: bool = True
    after: Annotated[str, AfterValidator(afterwards)] = "leave"
    since: Day = date(2016, 12, 1)
    first_run: Literal["ask", "answer", "record"] = "ask"
    trusted_authserv: OneLine = ""

    @property
    def watched(self) -> tuple[str, ...]:
        """The folders to read, the main one first, each once."""
        return tuple(dict.fromkeys((self.folder, *self.folders)))


class SmtpSection(Server):
    port: Port = 587
    security: Security = "starttls"
    password_env: OneLine = "AMI_SMTP_PASSWORD"
    from_name: OneLine = ""
    max_per_minute: Count = 30


class StaffSection(Section):
    digest_to: Addresses = ()
    digest_at: Hour = "08:30"
    alerts_to: Addresses = ()


class ScheduleSection(Section):
    poll_minutes: Annotated[int, Field(ge=1, le=1440)] = 5
    idle: bool = True
    grace_minutes: Annotated[int, Field(ge=0, le=10080)] = 10


class LimitsSection(Section):
    max_message_mb: Annotated[int, Field(ge=1, le=1000)] = 50
    acks_per_sender_per_day: Count = 5
    keep_unrelated_days: Annotated[int, Field(ge=0, le=36_500)] = 30
    acks_per_cycle: Count = 50
    confirm_above: Count = 10


class PathsSection(Section):
    """Absolute folders; in the file they are relative to the folder that holds config/."""

    sheets: Folder = Path("sheets")
    state: Folder = Path("var")
    templates: Folder = Path("mail_templates")
    calls: Folder = Path("config/calls")


class LedgerSection(Section):
    url: Annotated[str, AfterValidator(ledger_url)] = ""
    heartbeat_url: OptionalWebAddress = ""


class Settings(Section):
    """The whole file."""

    timezone: Zone = "Europe/Paris"
    mailbox: MailboxSection
    smtp: SmtpSection
    microsoft365: Microsoft365Section | None = Field(default=None, validate_default=True)
    google: GoogleSection | None = Field(default=None, validate_default=True)
    staff: StaffSection = StaffSection()
    schedule: ScheduleSection = ScheduleSection()
    limits: LimitsSection = LimitsSection()
    paths: PathsSection = Field(default_factory=dict, validate_default=True)
    ledger: LedgerSection = LedgerSection()

    @field_validator("microsoft365", "google")
    @classmethod
    def _there_when_used(cls, provider: Section | None, info: ValidationInfo) -> Section | None:
        logins = [key for key in ("mailbox", "smtp") if getattr(info.data.get(key), "auth", "") == info.field_name]
        if provider is None and logins:
            raise ValueError(f'missing; [{logins[0]}] auth = "{info.field_name}" needs it (docs/mailboxes.md)')
        return provider

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def house(self) -> House:
        """Who we are, for triage."""
        own = (self.mailbox.address, *self.mailbox.aliases)
        return House(frozenset(own), frozenset(self.mailbox.organisation_domains), self.mailbox.trusted_authserv)

    @property
    def caps(self) -> Limits:
        """The limits the steps must know."""
        return Limits(
            max_message_bytes=self.limits.max_message_mb * MEGABYTE,
            acks_per_sender_per_day=self.limits.acks_per_sender_per_day,
            acks_per_cycle=self.limits.acks_per_cycle,
            confirm_above=self.limits.confirm_above,
            grace_minutes=self.schedule.grace_minutes,
            max_per_minute=self.smtp.max_per_minute,
            keep_unrelated_days=self.limits.keep_unrelated_days,
        )
