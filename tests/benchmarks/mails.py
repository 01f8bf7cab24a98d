"""Mail to the call Visions +21 as a shared mailbox gets it, the same bytes for the same seed.

70 % candidatures, each of another collectivité, 10 % questions, 10 % newsletters, 5 % out-of-office, 5 % bounces;
documents are real PDF and DOCX files with text, their sizes log-normal around a mean.
"""

import csv
import io
import random
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tests.benchmarks.measuring import ROOT

BEGINS, SPAN = datetime(2016, 12, 1, 8, tzinfo=UTC), timedelta(days=88)
KINDS, SHARES = ("candidature", "question", "newsletter", "absence", "bounce"), (70, 10, 10, 5, 5)
FIRST = "Élodie Hélène Gaëlle Noémie Françoise Jérôme Benoît Loïc Stéphane Cédric Agnès Rémi".split()
LAST = "Lefebvre Delattre Vandamme Carpentier Dhaine Wattel Crépin Fauquembergue Hautecœur Lesaffre".split()
ROLES = ("Maire", "Directrice générale des services", "Chargé de mission transition", "Président")
PARAGRAPH = (
    "Notre territoire, issu d'une fusion récente, souhaite se doter d'une vision partagée à trente ans, avec ses élus, "
    "ses habitants et ses acteurs économiques. Le conseil a délibéré en ce sens et désigné un référent technique. "
)
DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Mail = tuple[bytes, datetime, str]  # the bytes, when they were received, of which kind


def load(count: int, mean_kb: float = 350, seed: int = 1) -> Iterator[Mail]:
    """`count` mails over the weeks of the call, oldest first."""
    chance = random.Random(seed)
    places = _places(chance)
    for number in range(count):
        received = BEGINS + SPAN * (number / count)
        kind = chance.choices(KINDS, SHARES)[0]
        mail = EmailMessage(policy=SMTP)
        mail["Message-ID"], mail["Date"] = f"<load-{number}@mail.example>", format_datetime(received)
        mail["To"] = "agoxe@cerdd.org"
        mail["Received"] = f"from mail.example by mx.cerdd.org; {format_datetime(received)}"
        if kind in ("candidature", "question"):
            _from_a_place(mail, kind, number, places[number % len(places)], chance)
        else:
            _from_a_machine(mail, kind, number)
        if kind == "candidature":
            _attach(mail, places[number % len(places)], mean_kb, chance)
        yield mail.as_bytes(), received, kind


def _places(chance: random.Random) -> list[str]:
    """Collectivités of the region that share their name with no other, in the order of the seed."""
    with (ROOT / "config/territories/hauts_de_france.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["type"] in ("COM", "CC", "CA", "CU", "METRO")]
    times = Counter(row["name"] for row in rows)
    once = [row for row in rows if times[row["name"]] == 1]
    chance.shuffle(once)
    return [f"Commune de {row['name']}" if row["type"] == "COM" else row["name"] for row in once]


def _from_a_machine(mail: EmailMessage, kind: str, number: int) -> None:
    sender = f"contact{number}@collectivite-{number}.example"
    if kind == "bounce":
        mail["From"], mail["Return-Path"] = "Mail Delivery System <MAILER-DAEMON@mail.example>", "<>"
        mail["Auto-Submitted"], mail["Subject"] = "auto-replied", "Undelivered Mail Returned to Sender"
        mail.set_content(f"<someone{number}@nowhere.example>: host nowhere.example said: 550 5.1.1 User unknown")
        return
    mail["From"], mail["Return-Path"] = sender, f"<{sender}>"
    if kind == "absence":
        mail["Auto-Submitted"], mail["Subject"] = "auto-replied", "Réponse automatique : absence"
        mail.set_content("Je suis absent jusqu'au lundi.")
        return
    mail["List-Id"], mail["Precedence"] = "<lettre.example>", "bulk"
    mail["Subject"] = f"La lettre de l'environnement n° {number}"
    mail.set_content("Au sommaire : agenda, appels à projets, portraits.\n" * 12)


def _from_a_place(mail: EmailMessage, kind: str, number: int, place: str, chance: random.Random) -> None:
    person, role = f"{chance.choice(FIRST)} {chance.choice(LAST)}", chance.choice(ROLES)
    sender = f"contact{number}@collectivite-{number}.example"
    mail["From"], mail["Return-Path"] = f'"{person}" <{sender}>', f"<{sender}>"
    phone = f"03 21 {number % 90 + 10} {number // 90 % 90 + 10} {number // 8100 % 90 + 10}"
    signature = f"\n-- \n{person}\n{role}\n{place}\nTél. {phone}\n"
    if kind == "question":
        mail["Subject"] = "Question sur l'AMI Visions +21"
        mail.set_content(f"Bonjour,\n\nUne commune de {place} peut-elle s'associer à son EPCI ?\n{signature}")
        return
    mail["Subject"] = f"Candidature à l'AMI « Visions +21 » – {place}"
    words = f"Veuillez trouver ci-joint la candidature de {place} à l'appel à manifestation d'intérêt Visions +21."
    body = f"Bonjour,\n\n{words}\n{PARAGRAPH * 3}\n{signature}"
    mail.set_content(body)
    lines = "".join(f"<p>{line}</p>" for line in body.splitlines())
    mail.add_alternative(f"<html><body>{lines}</body></html>", subtype="html")


def _attach(mail: EmailMessage, place: str, mean_kb: float, chance: random.Random) -> None:
    for number in range(chance.choices([1, 2, 3], [5, 3, 2])[0]):
        size = int(min(3e6, max(8e3, chance.lognormvariate(0, 0.8) * mean_kb * 1000 / 2.35)))
        text = f"{place} presente sa candidature a l'AMI Visions +21."
        for sign in "()&<":
            text = text.replace(sign, "")
        if number % 2:
            content, subtype, name = docx(text, size, chance), DOCX, "Présentation du territoire.docx"
        else:
            content, subtype, name = pdf(text, size, chance), "pdf", f"Lettre {place}.pdf"
        mail.add_attachment(content, maintype="application", subtype=subtype, filename=name)


def pdf(text: str, size: int, chance: random.Random) -> bytes:
    """A page that says `text`, made `size` bytes long by a stream as an image has it."""
    page = zlib.compress(f"BT /F1 11 Tf 50 780 Td ({text}) Tj ET".encode("cp1252", "replace"))
    filler = chance.randbytes(max(0, size - 900))
    fonts = b"<</Font<</F1 5 0 R>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources%s>>" % fonts,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(filler), filler),
    )
    out, at = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    trailer = b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def docx(text: str, size: int, chance: random.Random) -> bytes:
    """A document that says `text`, made `size` bytes long by a picture."""
    kinds = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="application/{DOCX}.main+xml"/>'
    )
    link = f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/>'
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types">{kinds}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships">{link}</Relationships>',
            "word/document.xml": body,
        }
        for name, xml in parts.items():
            package.writestr(zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
        package.writestr(zipfile.ZipInfo("word/media/image1.png"), chance.randbytes(max(0, size - 1500)))
    return out.getvalue()
