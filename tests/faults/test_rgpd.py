"""RGPD (T79): a call past its retention and one person are erased for good, whatever kills the erasure; tombstones
keep what is still in the mailbox from being recorded or answered again. Looked at by bytes, with no code of the
product.
"""

import hashlib
import io
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands import main
from pipeline.demo.staff import type_into
from tests.builders import a_call
from tests.faults.conftest import RECEIVED
from tests.faults.oracle import holding
from tests.line.house import ROOT, House, furnish
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink

CODE = "visions21-2017"
MARK = "quatremarre"  # in their name, address, subject, text and document
GIVEN_NAME = "zephyrine"  # not in the name of their document, which stays
PERSON = "zephyrine.quatremarre@fourmies.example"
VISA = "AD59, n° 2019-045"
PAST = "2019-03-01T10:00"  # the first day after 24 months
PURGE = ("purge", "--yes", "--visa", VISA)
LONG = pytest.mark.long
KILLS = [
    pytest.param("purge:rows", 1),
    *(pytest.param(point, 1, marks=LONG) for point in ("purge:list", "purge:mail", "purge:files", "purge:scrubbed")),
]


def a_mail(sender: str, name: str, town: str, words: str, subject: str = "Candidature Visions +21") -> EmailMessage:
    mail = EmailMessage()
    mail["Received"] = f"from mx.{town.lower()}.example by mx.cerdd.org; Mon, 20 Feb 2017 10:00:00 +0100"
    mail["From"], mail["To"], mail["Subject"] = f"{name} <{sender}>", "agoxe@cerdd.org", subject
    mail["Message-ID"] = f"<{hashlib.sha256((sender + subject).encode()).hexdigest()[:12]}@{town.lower()}.example>"
    mail.set_content(f"Bonjour,\n\n{words}\n\n{name}\nMaire\nMairie de {town}\n")
    return mail


def theirs() -> EmailMessage:
    words = "La ville de Fourmies est candidate à l'appel à manifestation d'intérêt Visions +21."
    mail = a_mail(PERSON, "Zephyrine Quatremarre", "Fourmies", words, "Candidature Visions +21 de Z. Quatremarre")
    mail.add_attachment(
        b"%PDF-1.4 quatremarre", maintype="application", subtype="pdf", filename="lettre quatremarre.pdf"
    )
    return mail


def neighbours() -> EmailMessage:
    words = "La ville de Marquise est candidate à l'appel à manifestation d'intérêt Visions +21."
    return a_mail("mairie@marquise.example", "Jeanne Petit", "Marquise", words)


@dataclass(frozen=True)
class Done:
    """What a command did."""

    returncode: int
    stdout: str
    stderr: str


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


def run(house: House, *words: str, now: str, answer: str = "") -> Done:
    """A command in this process: four times as fast as in one of its own."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        if answer:
            patch.setattr(sys, "stdin", Terminal(f"{answer}\n"))
        patch.setenv("HOUSE_PASSWORD", house.dovecot.password)
        code = main(["--config", str(house.config), "--now", now, *words])
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A call that lived: two candidatures, one retained and told so; previewed, with backups of the tracker."""
    server = Dovecot()
    try:
        with SmtpSink() as sink:
            house = furnish(tmp_path_factory.mktemp("lived"), server, sink)
            for mail in (theirs(), neighbours()):
                server.deliver(mail.as_bytes(), RECEIVED)
            assert run(house, "once", now="2017-03-01T09:00").returncode == 0
            decided = {"V21-001": {"decision": "Retenu", "request": "Lauréat"}}
            type_into(house.tracker, a_call(), "candidatures", decided)
            assert run(house, "once", now="2017-03-02T10:00").returncode == 0
            assert len(sink.taken) == 3
            assert run(house, "preview", now="2017-03-02T10:05").returncode == 0
            assert len({one.partition("/")[0] for one in holding(house.folder, MARK)} & {"var", "sheets"}) == 2
            yield house
    finally:
        server.stop()


@pytest.fixture
def house(lived: House, tmp_path: Path) -> Iterator[House]:
    """That call, in a folder of its own; what was sent before is there, what is sent now is more."""
    shutil.copytree(lived.folder, tmp_path / "house")
    yield replace(lived, folder=tmp_path / "house")


def sheets(house: House) -> Path:
    return house.folder / "sheets" / CODE


def traces(house: House, mark: str = MARK) -> list[str]:
    """Where anything of the person is left, the applicants' mailbox aside."""
    return [*holding(house.folder / "var", mark), *holding(house.folder / "sheets", mark)]


def test_T79_a_call_is_erased_to_the_last_byte_and_figures_and_the_published_list_stay(house: House) -> None:
    sent, mailbox = len(house.sink.taken), house.dovecot.messages()
    done = run(house, *PURGE, now=PAST)
    assert (done.returncode, done.stderr) == (0, "")
    assert traces(house) == []
    assert holding(house.folder / "var", "marquise") == holding(house.folder / "sheets", "jeanne petit") == []
    assert sorted(one.name for one in sheets(house).iterdir()) == ["laureats.html", "laureats.xlsx", "statistiques.csv"]
    assert "<td>Fourmies</td>" in (sheets(house) / "laureats.html").read_text("utf-8")
    with zipfile.ZipFile(sheets(house) / "laureats.xlsx") as book:
        assert b"Fourmies" in b"".join(map(book.read, book.namelist()))
    figures = (sheets(house) / "statistiques.csv").read_text("utf-8-sig").splitlines()
    assert figures[:3] == ["Rubrique;Valeur;Nombre", "Candidatures;Total;2", "Candidatures;Retirées;0"]
    assert {"Décision;Retenu;1", "Décision;Sans décision;1", "Courriers envoyés;Lauréat;1"} <= set(figures)

    checked = run(house, "check", now=PAST)
    assert (checked.returncode, checked.stderr) == (0, "")
    said = re.search(
        r"ok    journal: every event follows from the one before; (\d+) of them erased by (.*)", checked.stdout
    )
    assert said and int(said[1]) >= 5 and said[2] == "purge on 01/03/2019"
    again = run(house, *PURGE, now=PAST)
    assert (again.returncode, again.stdout) == (0, f"{CODE}: nothing is left to erase.\n")
    assert run(house, "once", now=PAST).stdout == "Nothing new.\n"
    assert not (sheets(house) / "suivi.xlsx").exists()  # there is nothing to show
    assert (len(house.sink.taken), house.dovecot.messages()) == (sent, mailbox)


def test_T79_what_was_erased_is_never_recorded_or_answered_again(house: House, tmp_path: Path) -> None:
    assert run(house, *PURGE, now=PAST).returncode == 0
    sent = len(house.sink.taken)
    (tmp_path / "same.eml").write_bytes(house.dovecot.messages()[0])
    (tmp_path / "other bytes.eml").write_bytes(b"X-Moved: yes\r\n" + house.dovecot.messages()[0])
    imported = run(house, "import", str(tmp_path / "same.eml"), str(tmp_path / "other bytes.eml"), now=PAST)
    assert (imported.returncode, imported.stderr) == (0, "")
    assert imported.stdout == "1 new mail taken in; 0 answers will leave with the next cycle.\n"
    assert run(house, "once", now=PAST).stdout == "Nothing new.\n"
    assert traces(house) == []

    for path in (house.folder / "var").glob("ledger.sqlite3*"):
        path.unlink()
    assert "run `recover`" in run(house, "once", now=PAST).stderr
    recovered = run(house, "recover", now=PAST)
    assert (recovered.returncode, recovered.stderr) == (0, "")
    assert run(house, "once", now=PAST).returncode == 0
    assert (traces(house), len(house.sink.taken)) == ([], sent)
    assert house.export()["candidatures"] == house.export()["messages"] == []


@pytest.mark.parametrize(("point", "nth"), KILLS)
def test_T79_a_purge_that_is_killed_is_finished_by_the_next(house: House, point: str, nth: int) -> None:
    killed = house.run(*PURGE, now=PAST, fault=f"{point}:{nth}:kill")
    assert killed.returncode == -9, f"{point} was not passed {nth} times: {killed.stderr}"
    if point != "purge:list":  # a cycle that comes in between does no harm
        assert run(house, "once", now=PAST).returncode == 0
    again = run(house, *PURGE, now=PAST)
    assert (again.returncode, again.stderr) == (0, "")
    assert traces(house) == []
    assert (sheets(house) / "statistiques.csv").read_text("utf-8-sig").count("Candidatures;Total;2") == 1


def test_T79_a_purge_is_refused_too_early_without_visa_and_without_being_asked(house: House) -> None:
    before = traces(house)
    early = run(house, *PURGE, now="2019-02-28T23:59")
    assert (early.returncode, early.stdout) == (1, "")
    assert "it may be erased from 01/03/2019 on" in early.stderr
    no_visa = run(house, "purge", "--yes", now=PAST)
    assert (no_visa.returncode, no_visa.stderr.split(":")[0]) == (2, "--visa")
    assert "L212-2" in no_visa.stderr and "  2 mails with the raw copies, 1 document" in no_visa.stdout
    unasked = run(house, "purge", "--visa", VISA, now=PAST)
    assert (unasked.returncode, unasked.stderr.split(":")[0]) == (1, "nothing was erased")
    asked = run(house, "purge", "--visa", VISA, now=PAST, answer="n")
    assert (asked.returncode, asked.stderr) == (1, "Interrupted.\n")
    assert "Erase all this for good? [y/N]: " in asked.stdout
    both = run(house, "purge", "--person", PERSON, "--register", "--yes", now=PAST)
    assert (both.returncode, both.stdout) == (2, "")
    assert both.stderr == "purge: --register is the sheet of a call: leave --person out.\n"
    wrong = run(house, "purge", "--person", "zephyrine", now=PAST)
    assert (wrong.returncode, wrong.stderr.split(":")[0]) == (2, "--person zephyrine")
    ours = run(house, "purge", "--person", "agoxe@cerdd.org", now=PAST)
    assert (ours.returncode, "the shared mailbox itself" in ours.stderr) == (2, True)
    unknown = run(house, "purge", "nowhere", now=PAST)
    assert (unknown.returncode, unknown.stderr) == (
        2,
        f"purge nowhere: there is no such call; name one of {CODE}.\n",
    )
    calls = house.folder / "config" / "calls"
    another = (ROOT / "config" / "calls" / "territoires-participatifs.example.toml").read_text("utf-8")
    (calls / "territoires-participatifs.toml").write_text(another, encoding="utf-8")
    several = run(house, *PURGE, now=PAST)
    assert (several.returncode, several.stderr) == (
        2,
        f"purge: there are several calls: name one of {CODE}, territoires-participatifs.\n",
    )
    assert traces(house) == before


def test_T79_one_person_is_erased_and_the_candidature_goes_on_without_them(house: House, tmp_path: Path) -> None:
    zipped = tmp_path / "all.zip"
    assert run(house, "export", "--person", PERSON.upper(), "-o", str(zipped), now="2017-03-03T09:00").returncode == 0
    with zipfile.ZipFile(zipped) as package:
        held = {name: package.read(name) for name in package.namelist()}
    assert sorted(held) == [
        *("LISEZ-MOI.txt", "courriers/01 accuse_reception.eml", "courriers/02 laureat.eml", "donnees.json"),
        "donnees.txt",
        *("empreintes.txt", "journal.json", "journal.txt", "messages/01 candidature.eml"),
        "pieces/01 lettre quatremarre.pdf",
    ]
    assert held["messages/01 candidature.eml"] == house.dovecot.messages()[0]
    essentials = held["donnees.txt"].decode()
    assert essentials.startswith(
        "Candidature V21-001 – Fourmies\n"
        f"  Contact\u00a0: Zephyrine Quatremarre, Maire, {PERSON}\n"
        "  Objet\u00a0: Candidature Visions +21 de Z. Quatremarre\n"
        "  Décision\u00a0: Retenu\n"
        "Messages reçus de cette adresse\n"
    )

    sent = len(house.sink.taken)
    done = run(house, "purge", "--person", PERSON, "--yes", now="2017-03-03T10:00")
    assert (done.returncode, done.stderr) == (0, "")
    document = f"{CODE}/pieces/V21-001 Fourmies/lettre quatremarre.pdf"
    assert f"  {document}\n" in done.stdout  # the collectivité's: a person looks
    assert traces(house, GIVEN_NAME) == []
    row = next(one for one in house.seen().sheets["candidatures"].rows if one.key == "V21-001")
    shown = [row.values[column] for column in ("contact", "role", "email", "phone", "subject", "decision")]
    assert [one or "" for one in shown] == ["(contact effacé)", "", "", "", "(effacé)", "Retenu"]
    assert row.values["collectivite"] == "Fourmies"
    assert "indiquez un autre contact" in str(row.values["to_check"])

    once = run(house, "once", now="2017-03-03T10:10")
    assert (once.returncode, once.stderr) == (0, "")
    assert run(house, "check", now="2017-03-03T10:15").returncode == 0
    assert len(house.sink.taken) == sent
    (tmp_path / "same.eml").write_bytes(house.dovecot.messages()[0])
    (tmp_path / "other bytes.eml").write_bytes(b"X-Moved: yes\r\n" + house.dovecot.messages()[0])
    again = run(house, "import", str(tmp_path / "same.eml"), str(tmp_path / "other bytes.eml"), now="2017-03-03T10:17")
    assert (again.returncode, again.stderr, traces(house, GIVEN_NAME)) == (0, "", [])
    nothing = run(house, "export", "--person", PERSON, "-o", str(zipped), now="2017-03-03T10:20")
    assert nothing.stdout == f"Nothing is held about {PERSON}.\n"


@pytest.mark.parametrize(
    "point", ["announce", *(pytest.param(one, marks=LONG) for one in ("purge:list", "purge:rows", "purge:files"))]
)
def test_T79_the_erasure_of_a_person_that_is_killed_is_finished_by_the_next_purge(house: House, point: str) -> None:
    order = ("purge", "--person", PERSON, "--yes")
    killed = house.run(*order, now="2017-03-03T10:00", fault=f"{point}:1:kill")
    assert killed.returncode == -9, killed.stderr
    again = run(house, *order, now="2017-03-03T10:05")
    assert (again.returncode, again.stderr) == (0, "")
    begun = r"Finishing the erasure that began on 2017-03-03T10:00:\d\d\+01:00\.\n"
    assert bool(re.match(begun, again.stdout)) is (point != "purge:list")  # killed there, nothing had begun
    assert traces(house, GIVEN_NAME) == []


def test_T79_what_staff_wrote_elsewhere_in_the_tracker_is_left_to_them_and_said(house: House) -> None:
    path = house.tracker.path(a_call())
    book = openpyxl.load_workbook(path)
    book.create_sheet("Jury")["A1"] = "Zephyrine Quatremarre viendra"
    book.save(path)
    done = run(house, "purge", "--person", PERSON, "--yes", now="2017-03-03T10:00")
    assert done.returncode == 0, done.stderr
    told = f"Still names the person: {path}: look in your own columns and sheets, then save it in Excel.\n"
    assert done.stdout.endswith(f"Erased.\n{told}")
    sheets_naming = {
        sheet.title
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.values
        for cell in row
        if GIVEN_NAME in str(cell).lower()
    }
    assert sheets_naming == {"Jury"}


def test_T79_an_address_that_others_alone_mention_is_said_and_nothing_is_erased(house: House, tmp_path: Path) -> None:
    named = "animateur@ailleurs.example"
    told = a_mail("fetes@lens.example", "Jean Petit", "Lens", f"Inscriptions auprès de {named}.", "Fête du village")
    (tmp_path / "fete.eml").write_bytes(told.as_bytes())
    assert run(house, "import", str(tmp_path / "fete.eml"), now="2017-03-03T10:00").returncode == 0
    done = run(house, "purge", "--person", named, "--yes", now="2017-03-03T10:10")
    assert (done.returncode, done.stdout) == (
        0,
        f"Nothing to erase is held about {named}.\nNot erased: 1 mail of other people in which the address stands.\n",
    )
