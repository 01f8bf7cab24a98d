"""docs/operator.md and the README followed line by line, on a machine where nothing of ours was ever installed."""

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.benchmarks.mails import pdf
from tests.conftest import needs
from tests.line.house import ROOT
from tests.pages import blocks, section
from tests.servers.dovecot import Dovecot, until
from tests.servers.smtp_sink import SmtpSink
from tests.servers.virgin_machine import VirginMachine, a_virgin_machine

GUIDE = (ROOT / "docs" / "operator.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
CONFIGURATION = "/var/lib/visions/config/pipeline.toml"
TODAY = datetime.now(UTC)


class Operator:
    """Somebody who reads the guide, and puts their own names where it has examples."""

    def __init__(self, machine: VirginMachine, own: dict[str, str]) -> None:
        self.machine, self.own = machine, own

    def follows(self, title: str, part: int = 0, typing: str = "", code: int = 0) -> str:
        """Every line of a block under a heading of the guide; what was said."""
        return self.runs(blocks(section(GUIDE, title), "sh")[part], typing, code)

    def runs(self, lines: str, typing: str = "", code: int = 0) -> str:
        for theirs, own in self.own.items():
            lines = lines.replace(theirs, own)
        done = self.machine.run(lines, typing)
        assert done.returncode == code, f"{lines}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def writes(self, before: str, after: str) -> None:
        """With a text editor, in the configuration."""
        self.runs(f"grep -qF -- '{before}' {CONFIGURATION}; sed -i 's|{before}|{after}|' {CONFIGURATION}")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Where the program is cloned from: this working tree, as a first version."""
    folder = tmp_path / "repository"
    named = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    )
    for name in filter(None, named.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    return subprocess.run(["git", "-C", folder, *who, *words], capture_output=True, text=True, check=True).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "A version")


@pytest.fixture
def virgin(repository: Path, dovecot: Dovecot, tmp_path: Path) -> Iterator[VirginMachine]:
    needs(os.geteuid() == 0 and shutil.which("unshare"), "A root who may make namespaces", "util-linux")
    needs(Path("/lib/systemd/systemd").exists(), "systemd", "systemd")
    trusted = tmp_path / "trusted"
    trusted.mkdir()
    shutil.copy(dovecot.ca_file, trusted / "ca.pem")
    with a_virgin_machine(repository=repository, trusted=trusted) as machine:
        yield machine


def a_candidature(place: str, in_a_document: bool = False) -> bytes:
    """A mail; what it is about stands in its words, or only in the PDF that goes with it."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Mairie de {place} <mairie@{place.lower()}.example>", "ami@cerdd.example"
    mail["Subject"], mail["Date"] = "Dossier" if in_a_document else "Candidature Visions partagées", TODAY
    mail["Message-ID"] = f"<candidature@{place.lower()}.example>"
    words = f"La ville de {place} se porte candidate à l'appel Visions partagées."
    mail.set_content(f"Bonjour,\n\n{'Voir le document joint.' if in_a_document else words}\n")
    if in_a_document:
        mail.add_attachment(pdf(words, 20, random.Random(1)), maintype="application", subtype="pdf", filename="d.pdf")
    return mail.as_bytes()


def acknowledged(sink: SmtpSink) -> list[str]:
    """The places that were answered, in order; the team gets its digest beside them, from half past eight on."""
    recipients = [one for letter in sink.taken for one in letter.recipients]
    return [one.removeprefix("mairie@").removesuffix(".example") for one in recipients if one.startswith("mairie@")]


def test_the_operators_guide_leads_to_a_service_that_answers_is_updated_and_comes_back(
    virgin: VirginMachine, repository: Path, dovecot: Dovecot
) -> None:
    with SmtpSink(dovecot.certificate.server_context(), "starttls") as sink:
        operator = Operator(virgin, names(dovecot, sink))
        install_and_try(operator, dovecot, sink)

        operator.follows("4. The service")
        dovecot.deliver(a_candidature("Lens"), TODAY)
        until(lambda: acknowledged(sink) == ["cambrai", "lens"], "the service answers no candidature", 60)
        until(lambda: "troubles" not in operator.runs("visions status || true"), "a cycle ends", 30)
        assert operator.follows("4. The service", 1).startswith("active\n")
        assert operator.runs("systemctl is-enabled visions") == "enabled\n"
        assert "1.2 OK" in operator.runs("systemd-analyze security visions --no-pager | tail -1")

        operator.follows("Keeping a copy")
        dovecot.deliver(a_candidature("Arras", in_a_document=True), TODAY)
        until(
            lambda: acknowledged(sink) == ["cambrai", "lens", "arras"], "the service answers after a copy was made", 60
        )
        (repository / "CHANGELOG.md").write_text("A new version.\n")
        commit(repository)
        operator.follows("Updating")
        assert operator.runs("cat /opt/visions/CHANGELOG.md") == "A new version.\n"

        operator.follows("Bringing it back")
        until(lambda: "candidatures: 3" in operator.runs("visions status || true"), "what came since is back", 60)
        assert "FAIL" not in operator.runs("visions once || true")
        assert acknowledged(sink) == ["cambrai", "lens", "arras"]  # nobody was written to again

        operator.follows("Removing it")
        assert operator.runs("systemctl is-active visions || true").strip() == "inactive"
        operator.runs("test -d /var/lib/visions/sheets/visions-2027 -a ! -e /opt/visions")


@pytest.mark.long  # of the guide above the demo and the installation are quick proofs, here by somebody without rights
def test_the_first_command_of_the_readme_needs_nothing_but_python(virgin: VirginMachine) -> None:
    first = re.findall(r"^python3 run\.py demo", README, re.MULTILINE)
    assert len(first) == 1
    said = Operator(virgin, {}).runs(
        "useradd --create-home marie\n"
        "cp --recursive /mnt/repository /home/marie/ami\nchown --recursive marie /home/marie/ami\ncd /home/marie/ami\n"
        f"runuser --user marie -- env HOME=/home/marie {first[0]}"
    )
    assert "17 letters left" in said
    assert "ready in" in said


def install_and_try(operator: Operator, dovecot: Dovecot, sink: SmtpSink) -> None:
    """The first three steps, over a mailbox in which a candidature waits already."""
    dovecot.deliver(a_candidature("Cambrai"), TODAY)
    operator.follows("1. The program")
    assert "17 letters left" in operator.runs(
        "runuser --user visions -- /opt/visions/.venv/bin/python /opt/visions/run.py demo --directory /tmp/demo"
    )
    operator.follows("2. The configuration")
    operator.follows("2. The configuration", 1, typing=f"{dovecot.password}\n")
    operator.writes('ca_file  = ""', 'ca_file  = "/mnt/trusted/ca.pem"')
    said = operator.follows("3. The trial")
    assert "FAIL" not in said
    assert said.count("ok    ") == 2 * 10 + 1
    assert [letter.recipients for letter in sink.taken] == [("you@example.org",)]
    assert "1 message that would be answered now" in operator.follows("3. The trial", 1, code=2)
    operator.writes('first_run = "ask"', 'first_run = "answer"')
    operator.follows("3. The trial", 1)
    assert acknowledged(sink) == ["cambrai"]


def names(dovecot: Dovecot, sink: SmtpSink) -> dict[str, str]:
    """What the guide calls otherwise."""
    return {
        "ADDRESS_OF_THE_REPOSITORY": "/mnt/repository",
        "ami@example.org": dovecot.user,
        "imap.example.org:993:tls": f"127.0.0.1:{dovecot.tls_port}:tls",
        "smtp.example.org:587:starttls": f"127.0.0.1:{sink.port}:starttls",
        "--opens 2027-01-04": f"--opens {TODAY - timedelta(days=30):%Y-%m-%d}",
        "--closes 2027-02-26": f"--closes {TODAY + timedelta(days=30):%Y-%m-%d}",
        "--region 32": "",
    }
