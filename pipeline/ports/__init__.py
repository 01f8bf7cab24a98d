"""What the pipeline may ask of the outside worlds. Adapters keep these promises; tests/contracts hold them to it.

Every method raises `Unavailable` when its world does not answer, and nothing else for a user's or server's fault.
"""

from pipeline.ports.erasing import CallFiles, Erasing, Traces
from pipeline.ports.ledger import CandidatureBook, Event, Filed, Journal, Ledger, MailLog, Outbox
from pipeline.ports.mail import Fetched, Folder, Mailbox, NotFetched, Postman, SentMails
from pipeline.ports.memory import Announced, Span, TrackerMemory
from pipeline.ports.office import Limits, Office
from pipeline.ports.surroundings import (
    Archive,
    Attempts,
    Clock,
    DocumentReader,
    Enclosures,
    Gazetteer,
    Letterhead,
    StopSwitch,
    Written,
)
from pipeline.ports.workbooks import Edition, Holder, LaureateBook, Tracker, TrackerReading

__all__ = [
    "Announced",
    "Archive",
    "Attempts",
    "CallFiles",
    "CandidatureBook",
    "Clock",
    "DocumentReader",
    "Edition",
    "Enclosures",
    "Erasing",
    "Event",
    "Fetched",
    "Filed",
    "Folder",
    "Gazetteer",
    "Holder",
    "Journal",
    "LaureateBook",
    "Ledger",
    "Letterhead",
    "Limits",
    "MailLog",
    "Mailbox",
    "NotFetched",
    "Office",
    "Outbox",
    "Postman",
    "SentMails",
    "Span",
    "StopSwitch",
    "Traces",
    "Tracker",
    "TrackerMemory",
    "TrackerReading",
    "Written",
]
