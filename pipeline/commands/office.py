"""The office: every door built from the configuration and joined. Commands open it, use it, and it closes itself."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import settings as configuration
from pipeline.adapters.archive import DiskArchive
from pipeline.adapters.attempts import FileAttempts
from pipeline.adapters.clock import ShiftedClock, SystemClock
from pipeline.adapters.enclosures import FolderEnclosures
from pipeline.adapters.heartbeat import UrlHeartbeat
from pipeline.adapters.ledger import open_ledger
from pipeline.adapters.lock import single_worker
from pipeline.adapters.mailbox import ImapMailbox, MailServer
from pipeline.adapters.progress import progress_for
from pipeline.adapters.stop_file import StopFile
from pipeline.adapters.workbook.laureates import ExcelLaureates
from pipeline.adapters.workbook.tracker import ExcelTracker
from pipeline.commands.logbook import keep_logbook
from pipeline.commands.logins import Logins, logins
from pipeline.commands.on_first_use import on_first_use
from pipeline.core.call import Call
from pipeline.failures import Misconfigured
from pipeline.places import shipped
from pipeline.ports import Clock, DocumentReader, Gazetteer, Letterhead, Office, Postman
from pipeline.settings import Settings
from pipeline.settings.pipeline_file import PathsSection


@dataclass(frozen=True)
class House:
    """The configuration as loaded: where from, the settings, the calls, the clock of this run."""

    path: Path
    settings: Settings
    calls: tuple[Call, ...]
    clock: Clock


def configured(options: Mapping[str, Any]) -> House:
    """The configuration named by the command line; Misconfigured lists everything that is wrong."""
    path = options["config"] or _default_path()
    settings, calls = configuration.load(path)
    return House(path, settings, calls, _clock(settings, options["now"]))


@contextmanager
def opened_office(
    options: Mapping[str, Any],
    alone: bool = False,
    environment: Mapping[str, str] = os.environ,
    insists: bool = False,
) -> Iterator[Office]:
    """The office of a command; `alone` holds the lock of a SQLite ledger against other workers, `insists` logs in even
    where that was in vain too often.

    On PostgreSQL several may work: what one at a time does is done at `ledger.desk()`.
    """
    house = configured(options)
    paths, url = house.settings.paths, house.settings.ledger.url
    keep_logbook(paths.state, shared=bool(url), as_json=bool(options.get("json_log")))
    with ExitStack() as doors:
        if alone and not url:
            doors.enter_context(single_worker(paths.state))
        ledger = open_ledger(url, paths.state)
        doors.callback(ledger.close)
        office = _joined(house, logins(house.settings, house.clock, environment, insists), ledger, doors)
        doors.callback(office.mailbox.close)
        doors.callback(office.attempts.close)
        yield office


def heartbeat(options: Mapping[str, Any]) -> UrlHeartbeat:
    """Where a good cycle is told to."""
    return UrlHeartbeat(configured(options).settings.ledger.heartbeat_url)


def _joined(house: House, known: Logins, ledger: Any, doors: ExitStack) -> Office:
    settings, paths = house.settings, house.settings.paths
    mailbox, smtp = settings.mailbox, settings.smtp
    return Office(
        mailbox=ImapMailbox(_mail_server(house), known.mailbox),
        postman=on_first_use(lambda: _postman(house, known, doors)),
        archive=DiskArchive(paths.state, paths.sheets),
        attempts=FileAttempts(paths.state),
        ledger=ledger,
        tracker=ExcelTracker(paths.sheets, paths.state),
        laureates=ExcelLaureates(paths.sheets),
        letterhead=on_first_use(lambda: _letterhead(paths)),
        enclosures=FolderEnclosures(paths.sheets),
        documents=on_first_use(lambda: _documents(doors)),
        gazetteer=on_first_use(_gazetteer),
        clock=house.clock,
        stop=StopFile(paths.state),
        progress=progress_for(sys.stderr),
        calls=house.calls,
        house=settings.house,
        limits=settings.caps,
        from_name=smtp.from_name,
        address=mailbox.address,
        first_run=mailbox.first_run,
        list_unrelated=mailbox.list_unrelated,
        alerts_to=settings.staff.alerts_to,
        digest_to=settings.staff.digest_to,
        digest_at=settings.staff.digest_at,
    )


# The four doors below are imported where they are built, at their first use: together they are a quarter of a start.


def _postman(house: House, known: Logins, doors: ExitStack) -> Postman:
    from pipeline.adapters.postman import SmtpPostman, SmtpServer  # noqa: PLC0415 - at the first letter

    smtp = house.settings.smtp
    server = SmtpServer(smtp.host, smtp.port, smtp.security, smtp.ca_file, house.settings.mailbox.address)
    postman = SmtpPostman(server, known.smtp, house.clock)
    doors.callback(postman.close)
    return postman


def _documents(doors: ExitStack) -> DocumentReader:
    from pipeline.adapters.documents import DocumentReader as Reader  # noqa: PLC0415 - at the first document

    documents = Reader()
    doors.callback(documents.close)
    return documents


def _letterhead(paths: PathsSection) -> Letterhead:
    from pipeline.adapters.letterhead import Letterhead as Templates  # noqa: PLC0415 - at the first letter

    return Templates(_templates(paths))


def _gazetteer() -> Gazetteer:
    from pipeline.adapters.gazetteer import Gazetteer as Lists  # noqa: PLC0415 - at the first name of a place

    return Lists(shipped("config/territories"))


def _templates(paths: PathsSection) -> Path:
    """The folder of the letters' templates: the one named, or, while the usual one is not there, those shipped."""
    usual = PathsSection.model_fields["templates"].default.name
    is_missing = paths.templates.name == usual and not paths.templates.is_dir()
    return shipped("mail_templates") if is_missing else paths.templates


def _mail_server(house: House) -> MailServer:
    mailbox = house.settings.mailbox
    return MailServer(
        mailbox.host,
        mailbox.port,
        mailbox.security,
        mailbox.ca_file,
        mailbox.watched,
        mailbox.sent_folder,
        mailbox.after,
        mailbox.since,
        house.settings.caps.max_message_bytes,
    )


def _default_path() -> Path:
    here = Path("config") / "pipeline.toml"
    return here if here.exists() else shipped("config/pipeline.toml")


def _clock(settings: Settings, now: str | None) -> Clock:
    if now is None:
        return SystemClock(settings.zone)
    try:
        start = datetime.fromisoformat(now)
    except ValueError:
        raise Misconfigured(f"--now {now}: expected a moment such as 2017-02-20T10:00.") from None
    return ShiftedClock((start if start.tzinfo else start.replace(tzinfo=settings.zone)).astimezone(settings.zone))
