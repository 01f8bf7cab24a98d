"""Where a mailbox is and what the configuration wants of it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MailServer:
    """`security` is "tls", "starttls" or "none" (loopback), `ca_file` an extra authority ("" for none), `folders` those
    watched, the main one first, `after` what is done to filed mail, `since` the first day that is looked at."""

    host: str
    port: int
    security: str
    ca_file: str
    folders: tuple[str, ...]
    sent_folder: str = "auto"
    after: str = "leave"
    since: date = date(1970, 1, 1)
    max_message_bytes: int = 50_000_000
