"""The usual script: one mail after the other, the workbook loaded and saved for each, a connection for each answer.

    python -m tests.benchmarks.naive IMAPS_PORT SMTP_PORT USER PASSWORD CA_FILE FOLDER

What it leaves out is what makes it short: it may lose a mail, write twice, and lose what staff typed.
"""

import email
import imaplib
import re
import ssl
import sys
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from pathlib import Path

import openpyxl
import yagmail
from jinja2 import Template

HEADINGS = ("Date", "Nom", "Courriel", "Objet", "Nature", "Pièces", "Nombre", "Message-ID", "Accusé", "Extrait")
ANSWER = """\
<p>{{ name }},</p>
<p>Nous avons bien reçu votre candidature à l'appel à manifestation d'intérêt « Visions +21 ».</p>
{% if pieces %}<p>Documents reçus :</p><ul>{% for piece in pieces %}<li>{{ piece }}</li>{% endfor %}</ul>{% endif %}
<p>Bien cordialement,<br>Antoine Goxe<br>Cerdd</p>
"""


def main(imap_port: str, smtp_port: str, user: str, password: str, ca_file: str, folder: str) -> None:
    trust = ssl.create_default_context(cafile=ca_file)
    box = imaplib.IMAP4_SSL("127.0.0.1", int(imap_port), ssl_context=trust)
    box.login(user, password)
    box.select("INBOX")
    for number in box.search(None, "UNSEEN")[1][0].split():
        raw = box.fetch(number, "(RFC822)")[1][0][1]
        mail = email.message_from_bytes(raw)
        subject, (name, address) = decoded(mail["Subject"]), parseaddr(decoded(mail["From"]))
        text, pieces = contents(mail, Path(folder), number.decode())
        kind = nature(mail, subject)
        excerpt = re.sub(r"[\x00-\x1f]", " ", text[:200])
        listed = "; ".join(pieces)
        row = (mail["Date"], name, address, subject, kind, listed, len(pieces), mail["Message-ID"], kind, excerpt)
        log(Path(folder) / "suivi.xlsx", row)
        if kind == "candidature":
            html = Template(ANSWER, autoescape=True).render(name=name, pieces=pieces)
            post = yagmail.SMTP(
                user, password, host="127.0.0.1", port=int(smtp_port), smtp_ssl=False, smtp_starttls={"context": trust}
            )
            post.send(address, "Accusé de réception de votre candidature", [html.replace("\n", "")])
            post.close()
    box.logout()


def decoded(value: str | None) -> str:
    return str(make_header(decode_header(value or "")))


def nature(mail: Message, subject: str) -> str:
    if mail.get("Auto-Submitted", "no") != "no" or "réponse automatique" in subject.lower():
        return "automatique"
    return "candidature" if "candidature" in subject.lower() else "autre"


def contents(mail: Message, folder: Path, number: str) -> tuple[str, list[str]]:
    """The first text, and the names of the pieces, which are written to the disk."""
    text, pieces = "", []
    for part in mail.walk():
        name = part.get_filename()
        if name:
            name = re.sub(r"[^\w.\- ]", "_", decoded(name))
            (folder / f"piece {number}_{len(pieces)}_{name}").write_bytes(bytes(part.get_payload(decode=True) or b""))
            pieces.append(name)
        elif part.get_content_type() == "text/plain" and not text:
            text = bytes(part.get_payload(decode=True) or b"").decode(part.get_content_charset() or "utf-8", "replace")
    return text, pieces


def log(tracker: Path, row: tuple[object, ...]) -> None:
    if tracker.exists():
        book = openpyxl.load_workbook(tracker)
    else:
        book = openpyxl.Workbook()
        book.active.append(HEADINGS)
    book.active.append(row)
    book.save(tracker)


if __name__ == "__main__":
    main(*sys.argv[1:])
