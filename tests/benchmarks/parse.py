"""Reading mails in memory: ours against the standard library's modern policy, every document equal by SHA-256."""

import functools
import hashlib
import tempfile
from collections.abc import Callable, Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from pipeline.core.message import Message, read_message
from tests.benchmarks.mails import load
from tests.benchmarks.measuring import Goal, Outcome, Scale, interleaved

Read = Callable[[bytes], list[bytes]]


def parse(scale: Scale) -> Outcome:
    """Subject, sender, date, bodies as text, documents as bytes."""
    mails = scale.of_mails(6, 300)
    with tempfile.TemporaryDirectory() as folder:
        written(load(mails), Path(folder))
        compare(Path(folder))
        tasks = {name: functools.partial(scale.apart, f"parse:{task}", folder=folder) for name, task in TASKS.items()}
        rounds = interleaved(tasks, scale.rounds)
    goals = (Goal("≥ 5 × faster than policy.default", rounds.ratio("stdlib policy.default", "ours"), at_least=5),)
    return Outcome("parse", f"{mails} mails of the load, in memory", rounds, goals, dict.fromkeys(rounds.runs, mails))


TASKS = {"ours": "by_us", "stdlib policy.default": "by_default_policy"}


def written(mails: Iterable[tuple[bytes, object, str]], folder: Path) -> None:
    """A file a mail, in their order."""
    for number, (raw, _, _) in enumerate(mails):
        (folder / f"{number:06}.eml").write_bytes(raw)


def compare(folder: Path) -> None:
    """Every attachment that the standard library finds is one of our documents, byte for byte."""
    for path in sorted(folder.glob("*.eml")):
        raw = path.read_bytes()
        assert digests(read_with_ours(raw)) == digests(read_by_default(raw)), f"{path.name}: other documents"


def digests(documents: list[bytes]) -> list[str]:
    return sorted(hashlib.sha256(content).hexdigest() for content in documents)


def by_us(folder: str) -> Callable[[], dict[str, float]]:
    return reading(folder, read_with_ours)


def by_default_policy(folder: str) -> Callable[[], dict[str, float]]:
    return reading(folder, read_by_default)


def reading(folder: str, read: Read) -> Callable[[], dict[str, float]]:
    mails = [path.read_bytes() for path in sorted(Path(folder).glob("*.eml"))]
    return lambda: {"documents": sum(len(read(raw)) for raw in mails)}


def read_with_ours(raw: bytes) -> list[bytes]:
    message = read_message(raw)
    assert isinstance(message, Message), message
    return [document.content for document in message.documents]


def read_by_default(raw: bytes) -> list[bytes]:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    _ = mail["subject"], mail["from"].addresses, mail["date"].datetime, mail["message-id"]
    documents = []
    for part in mail.walk():
        if part.is_multipart():
            continue
        content = part.get_content()
        if part.get_filename():
            documents.append(content)
    return documents
