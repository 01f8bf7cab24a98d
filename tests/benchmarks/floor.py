"""The floor: the parts of the work with nothing around them, one process, one connection each way, nothing twice.

    python -m tests.benchmarks.floor IMAPS_PORT SMTP_PORT USER PASSWORD CA_FILE FOLDER

No product, but the same durability: each mail and each piece is fsynced under its hash, with its folder, and three
commits a mail reach the disk. It judges by the subject, keeps no copies, and writes its workbook once. Prints the
milliseconds of each part a mail.
"""

import base64
import email
import hashlib
import os
import re
import smtplib
import sqlite3
import ssl
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from pathlib import Path

import openpyxl
from jinja2 import Environment

from tests.benchmarks.naive import ANSWER, HEADINGS, decoded, nature
from tests.benchmarks.raw_imap import RawImap

LARGE = 20_000  # bytes: a base64 part above is cut out before the parser sees it
_CODED = b"\r\nContent-Transfer-Encoding: base64\r\n"
TABLE = "CREATE TABLE mail(id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, sender TEXT, subject TEXT, state TEXT)"
spent: Counter[str] = Counter()


@contextmanager
def counted(part: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    spent[part] += time.perf_counter() - begun


class Floor:
    """`folder` takes everything; `smtp` is the one connection, `ledger` the database."""

    def __init__(self, folder: Path, smtp: smtplib.SMTP, user: str) -> None:
        self._folder, self._smtp, self._user = folder, smtp, user
        self._ledger = sqlite3.connect(folder / "ledger.db", isolation_level=None)
        for order in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", TABLE):
            self._ledger.execute(order)
        self._answer = Environment(autoescape=True).from_string(ANSWER)
        self._book = openpyxl.Workbook(write_only=True)
        self._page = self._book.create_sheet()
        self._page.append(HEADINGS)

    def take_in(self, raw: bytes) -> None:
        """One mail from its bytes to its answer."""
        with counted("archive"):
            digest = self._kept(raw)
        with counted("ledger"):
            row = self._ledger.execute("INSERT INTO mail(sha256, state) VALUES(?, 'received')", (digest,)).lastrowid
        with counted("parse"):
            rest, large = without_large_parts(raw)
            mail = email.message_from_bytes(rest)
            subject, (name, address) = decoded(mail["Subject"]), parseaddr(decoded(mail["From"]))
            text, pieces = contents(mail, large)
            kind = nature(mail, subject)
        with counted("pieces"):
            for content in pieces.values():
                self._kept(content)
        excerpt = re.sub(r"[\x00-\x1f]", " ", text[:200])
        listed = "; ".join(pieces)
        with counted("tracker"):
            self._page.append(
                (mail["Date"], name, address, subject, kind, listed, len(pieces), mail["Message-ID"], kind, excerpt)
            )
        is_due = kind == "candidature"
        self._note(row, "queued" if is_due else "done")
        if is_due:
            self._send(address, name, list(pieces))
        self._note(row, "sent" if is_due else "shown")

    def _note(self, row: int | None, state: str) -> None:
        with counted("ledger"):
            self._ledger.execute("UPDATE mail SET state = ? WHERE id = ?", (state, row))

    def _send(self, address: str, name: str, pieces: list[str]) -> None:
        with counted("render"):
            html = self._answer.render(name=name, pieces=pieces)
            coded = base64.encodebytes(html.encode()).replace(b"\n", b"\r\n")
            head = f"From: Cerdd <{self._user}>\r\nTo: {address}\r\nSubject: =?utf-8?q?Accus=C3=A9?=\r\n"
            kind = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            letter = f"{head}MIME-Version: 1.0\r\n{kind}".encode() + coded
        with counted("send"):
            self._smtp.send(f"MAIL FROM:<{self._user}>\r\nRCPT TO:<{address}>\r\nDATA\r\n")
            replies = [self._smtp.getreply()[0] for _ in range(3)]
            self._smtp.send(letter + b".\r\n")
            assert [*replies, self._smtp.getreply()[0]] == [250, 250, 354, 250]

    def _kept(self, content: bytes) -> str:
        """Under its hash, there for good when this returns."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._folder / digest
        with open(path.with_suffix(".new"), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.with_suffix(".new").rename(path)
        directory = os.open(self._folder, os.O_RDONLY)
        os.fsync(directory)
        os.close(directory)
        return digest

    def close(self) -> None:
        with counted("tracker"):
            self._book.save(self._folder / "suivi.xlsx")
        self._ledger.close()


def without_large_parts(raw: bytes) -> tuple[bytes, list[bytes]]:
    """The mail without the bodies of its large base64 parts, and these decoded. It trusts how the load is written."""
    kept, large, last, at = [], [], 0, 0
    while (at := raw.find(_CODED, at)) >= 0:
        begin = raw.find(b"\r\n\r\n", at) + 4
        end = raw.find(b"\r\n--", begin)
        if end - begin > LARGE:
            large.append(base64.b64decode(raw[begin:end]))
            kept.append(raw[last:begin])
            last = end
        at = max(begin, end)
    return b"".join(kept) + raw[last:], large


def contents(mail: email.message.Message, large: list[bytes]) -> tuple[str, dict[str, bytes]]:
    text, pieces, left = "", {}, iter(large)
    for part in mail.walk():
        if part.get_filename():
            content = bytes(part.get_payload(decode=True) or b"") or next(left)
            pieces[f"{len(pieces)} {decoded(part.get_filename())}"] = content
        elif part.get_content_type() == "text/plain" and not text:
            text = bytes(part.get_payload(decode=True) or b"").decode(part.get_content_charset() or "utf-8", "replace")
    return text, pieces


def main(imap_port: str, smtp_port: str, user: str, password: str, ca_file: str, folder: str) -> None:
    smtp = smtplib.SMTP("127.0.0.1", int(smtp_port), local_hostname="cerdd.example")
    smtp.starttls(context=ssl.create_default_context(cafile=ca_file))
    smtp.login(user, password)
    box, floor, count = RawImap(int(imap_port), user, password, ca_file), Floor(Path(folder), smtp, user), 0
    begun = time.perf_counter()
    for raw in box.bodies():
        floor.take_in(raw)
        count += 1
    spent["fetch"] = time.perf_counter() - begun - spent.total()
    floor.close()
    smtp.quit()
    box.close()
    print({part: round(seconds * 1000 / count, 2) for part, seconds in spent.most_common()})


if __name__ == "__main__":
    main(*sys.argv[1:])
