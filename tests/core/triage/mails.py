"""Mails for the tests of triage, as a reader would say them: mail(), case(), CALLS, a_known() …"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.core.message import Address, Document, Message
from pipeline.core.triage import Case, House, Known, KnownCandidature
from tests.builders import a_call, paris

VISIONS = a_call()
PARTICIPATION = a_call(
    code="territoires-participatifs",
    prefix="TP",
    title="Vers des territoires participatifs en Hauts-de-France",
    short_title="Territoires participatifs",
    opens=date(2017, 1, 10),
    closes=date(2017, 3, 12),
    keywords=("territoires participatifs", "participation citoyenne"),
    meetings=(),
)
CALLS = (VISIONS, PARTICIPATION)
US = Address("Cerdd – Antoine Goxe", "agoxe@cerdd.org")
HOUSE = House(frozenset({"agoxe@cerdd.org"}), frozenset({"cerdd.org"}), "mx.cerdd.org")
ONE_OPEN = paris("2016-12-15 10:00")
BOTH_OPEN = paris("2017-02-06 10:00")
TERNOIS = KnownCandidature(
    "visions21-2017", "V21-004", "200069672", "CC du Ternois", frozenset({"marc.delattre@ternoiscom.example"})
)


def document(name: str = "dossier.pdf") -> Document:
    return Document(name, "application/pdf", b"%PDF")


def mail(subject: str = "", text: str = "", **changes: Any) -> Message:
    """A person's mail to us; `sender` an address, `documents` names, `headers` a dictionary."""
    sender = changes.pop("sender", "n.lefebvre@mairie-hesdin.example")
    documents = tuple(document(name) for name in changes.pop("documents", ()))
    headers = tuple((name.lower(), value) for name, value in changes.pop("headers", {}).items())
    message = Message(
        message_id=f"{abs(hash((subject, text)))}@mairie.example",
        in_reply_to=(),
        references=(),
        senders=(Address(changes.pop("name", "Nadine Lefebvre"), sender),),
        reply_to=(),
        return_path=sender,
        to=(US,),
        cc=(),
        subject=subject,
        date=None,
        received=None,
        headers=headers,
        text=text,
        quoted="",
        documents=documents,
        calendars=(),
        content_type="text/plain",
        content_digest="",
    )
    return replace(message, **changes)


def case(message: Message, received: datetime = BOTH_OPEN, **changes: Any) -> Case:
    return replace(Case(message, Known(), CALLS, HOUSE, received), **changes)


def known(*candidatures: KnownCandidature, threads: dict[str, tuple[str, str] | None] | None = None) -> Known:
    """What the ledger knows; ids in `threads` that begin with "ack" are letters of ours."""
    ours = frozenset(one for one in threads or {} if one.startswith("ack"))
    return Known(candidatures, threads or {}, ours)
