"""An office for the steps: real ledger, archive, templates and workbook in a folder; the mail servers are played."""

import atexit
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pipeline.adapters.archive import DiskArchive
from pipeline.adapters.attempts import FileAttempts
from pipeline.adapters.documents import DocumentReader
from pipeline.adapters.enclosures import FolderEnclosures
from pipeline.adapters.gazetteer import Gazetteer
from pipeline.adapters.ledger import SqlLedger, open_ledger
from pipeline.adapters.letterhead import Letterhead
from pipeline.adapters.progress import Lines
from pipeline.adapters.stop_file import StopFile
from pipeline.adapters.workbook.laureates import ExcelLaureates
from pipeline.adapters.workbook.sharing import replacing
from pipeline.adapters.workbook.tracker import ExcelTracker
from pipeline.adapters.workbook.tracker_file import TrackerFile
from pipeline.core.arrival import Copy
from pipeline.core.call import Call
from pipeline.core.delivery import Answer, Step
from pipeline.core.letters import OutgoingLetter
from pipeline.core.triage import House
from pipeline.ports import Fetched, Folder, Limits, NotFetched, Office, SentMails
from tests.builders import a_call, paris

ROOT = Path(__file__).parents[2]


@dataclass
class SetClock:
    """Shows what it was set to."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass
class PlayedMailbox:
    """A mailbox that holds `mails` under the UIDs 1, 2 …; what is kept in Sent is counted."""

    mails: list[Fetched | NotFetched] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def folders(self) -> tuple[str, ...]:
        return ("INBOX",)

    def open(self, folder: str) -> Folder:
        return Folder(folder, 1, len(self.mails) + 1, len(self.mails))

    def uids(self, folder: Folder, above: int) -> list[int]:
        return [mail.uid for mail in self.mails if mail.uid > above]

    def listed(self, folder: Folder, above: int) -> list[int]:
        return self.uids(folder, above)

    def fetch(self, folder: Folder, uids: list[int]) -> Iterator[Fetched | NotFetched]:
        return (mail for mail in self.mails if mail.uid in uids)

    def keep_copy(self, raw: bytes, sent: datetime) -> str:
        self.kept.append(str(message_from_bytes(raw)["Message-ID"]).strip("<> "))
        return ""

    def sent_among(self, message_ids: Collection[str]) -> frozenset[str]:
        return frozenset(message_ids).intersection(self.kept)

    def sent_since(self, mark: str) -> SentMails:
        return SentMails((), "1 1")

    def mark_handled(self, copies: list[Copy]) -> None: ...

    def shortcomings(self) -> list[str]:
        return []

    def close(self) -> None: ...


@dataclass
class PlayedPostman:
    """Gives each letter the next of `answers`, else 250."""

    clock: SetClock
    sent: list[OutgoingLetter] = field(default_factory=list)
    answers: list[tuple[int, str, Step]] = field(default_factory=list)

    def open(self) -> None: ...

    def send(self, letter: OutgoingLetter) -> Answer:
        self.sent.append(letter)
        code, text, step = self.answers.pop(0) if self.answers else (250, "ok", Step.AFTER_DATA)
        return Answer(code, text, step, self.clock.now())

    def close(self) -> None: ...


class ReadyTracker(ExcelTracker):
    """The real one; what a new workbook of a call holds is made once, then copied."""

    def create(self, call: Call) -> None:
        replacing.replace(self.path(call), _new_workbook(call), expected=None)


@cache
def _new_workbook(call: Call) -> bytes:
    return TrackerFile(call, Path("new")).blank()


@cache
def _new_ledger() -> bytes:
    with TemporaryDirectory() as folder:
        open_ledger("", Path(folder)).close()
        return (Path(folder) / "ledger.sqlite3").read_bytes()


def a_ledger(folder: Path) -> SqlLedger:
    """The ledger of a folder; a new one is a copy of one that was made once."""
    path = folder / "ledger.sqlite3"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(0o600)
        path.write_bytes(_new_ledger())
    return open_ledger("", folder)


@contextmanager
def an_office(folder: Path, **limits: int) -> Iterator[Office]:
    """An office on 1 March 2017 at nine; `limits` replace those of the example configuration, grace is none."""
    clock = SetClock(paris("2017-03-01 09:00"))
    caps = Limits(50_000_000, 5, 50, 10, 0, 30)
    ledger = a_ledger(folder / "var")
    office = Office(
        mailbox=PlayedMailbox(),
        postman=PlayedPostman(clock),
        archive=DiskArchive(folder / "var", folder / "sheets"),
        attempts=FileAttempts(folder / "var"),
        ledger=ledger,
        tracker=ReadyTracker(folder / "sheets", folder / "var"),
        laureates=ExcelLaureates(folder / "sheets"),
        letterhead=Letterhead(ROOT / "mail_templates"),
        enclosures=FolderEnclosures(folder / "sheets"),
        documents=DocumentReader(),
        gazetteer=Gazetteer(ROOT / "config" / "territories"),
        clock=clock,
        stop=StopFile(folder / "var"),
        progress=Lines(print),
        calls=(a_call(),),
        house=House(frozenset(("agoxe@cerdd.org",)), frozenset(("cerdd.org",))),
        limits=replace(caps, **limits),
        from_name="Cerdd – Antoine Goxe",
        address="agoxe@cerdd.org",
        first_run="answer",
    )
    try:
        yield office
    finally:
        office.documents.close()
        ledger.close()


@contextmanager
def an_office_after(life: Callable[..., None], *words: str, folder: Path, **limits: int) -> Iterator[Office]:
    """An office that lived `life(office, *words)` already: it is lived once, then its folder is copied. What the mail
    servers hold is not."""
    shutil.copytree(_lived(life, words, tuple(limits.items())), folder, dirs_exist_ok=True)
    with an_office(folder, **limits) as office:
        yield office


@cache
def _lived(life: Callable[..., None], words: tuple[str, ...], limits: tuple[tuple[str, int], ...]) -> Path:
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder)
    with an_office(folder, **dict(limits)) as office:
        life(office, *words)
    return folder
