"""The sample mail of the demo: what arrived when at the shared mailbox. People and addresses are invented."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "mail"
PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Delivery:
    """One mail: its file, when our server received it (INTERNALDATE), what it is for the story."""

    file: str
    received: datetime
    what: str

    def raw(self) -> bytes:
        return (FOLDER / self.file).read_bytes()


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


BEFORE_CLOSING = (
    Delivery("001.eml", _at("2016-12-06T11:18"), "a question"),
    Delivery("002.eml", _at("2016-12-08T14:37"), "a candidature (PDF)"),
    Delivery("003.eml", _at("2016-12-12T09:15"), "a complement to it"),
    Delivery("004.eml", _at("2016-12-14T10:05"), "a candidature (Word)"),
    Delivery("005.eml", _at("2016-12-15T12:00"), "a newsletter about the call"),
    Delivery("006.eml", _at("2016-12-20T16:48"), "a candidature without accents"),
    Delivery("010.eml", _at("2017-01-09T14:02"), "a candidature (PDF)"),
    Delivery("013.eml", _at("2017-01-17T11:20"), "a candidature with a logo in its signature"),
    Delivery("020.eml", _at("2017-02-01T17:55"), "a candidature (OpenDocument and PDF)"),
    Delivery("022.eml", _at("2017-02-03T16:48"), "a bounce"),
    Delivery("026.eml", _at("2017-02-09T18:22"), "a candidature (zip)"),
    Delivery("030.eml", _at("2017-02-16T10:40"), "a candidature passed on by a secretary"),
    Delivery("031.eml", _at("2017-02-17T08:40"), "an out-of-office reply"),
    Delivery("033.eml", _at("2017-02-20T15:09"), "a candidature in HTML only"),
    Delivery("034.eml", _at("2017-02-21T11:31"), "a complement by another person"),
)
AROUND_CLOSING = (
    Delivery("044.eml", _at("2017-02-28T23:58"), "a candidature one minute before midnight"),
    Delivery("047.eml", _at("2017-03-01T08:47"), "a late candidature"),
)
