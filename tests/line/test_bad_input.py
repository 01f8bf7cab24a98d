"""What a user can get wrong: one clear line each, the contract's exit codes, nothing lost."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from pipeline.adapters.lock import single_worker
from pipeline.demo.post_bag import BEFORE_CLOSING
from tests.builders import a_call
from tests.line.house import House, furnish
from tests.servers.dovecot import Dovecot, free_port
from tests.servers.smtp_sink import SmtpSink

MAIL = BEFORE_CLOSING[1:2]


def replaced(house: House, old: str, new: str) -> None:
    text = house.config.read_text(encoding="utf-8")
    assert old in text
    house.config.write_text(text.replace(old, new, 1), encoding="utf-8")


def one_line(text: str) -> str:
    assert text.count("\n") == 1 and "Traceback" not in text, text
    return text.strip()


def test_an_unknown_key_is_named_with_the_nearest_one(house: House) -> None:
    replaced(house, "port = ", "prot = 1\nport = ")
    done = house.once()
    assert done.returncode == 2
    assert one_line(done.stderr) == f'{house.config}: [mailbox] prot: unknown key, did you mean "port"?'


def test_a_wrong_password_is_said_and_nothing_is_lost(house: House) -> None:
    house.deliver(MAIL)
    password = house.dovecot.password
    house.dovecot.password = "wrong"
    done = house.once()
    house.dovecot.password = password
    assert done.returncode == 1
    assert "login refused for ami@cerdd.example" in done.stderr
    assert "wrong" not in done.stderr and "Traceback" not in done.stderr
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 1


def test_a_password_that_is_not_set_is_a_configuration_error(house: House) -> None:
    replaced(house, 'password_env = "HOUSE_PASSWORD"', 'password_env = "NOWHERE_AT_ALL"')
    done = house.once()
    assert done.returncode == 2
    assert "NOWHERE_AT_ALL is not set" in one_line(done.stderr)


def test_an_unreachable_mailbox_does_not_stop_the_tracker(house: House) -> None:
    house.deliver(MAIL)
    house.dovecot.halt()
    done = house.once()
    house.dovecot.start()
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr and "Traceback" not in done.stderr
    assert house.tracker.path(a_call()).exists()
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 1


def test_an_unreachable_smtp_server_does_not_stop_the_tracker(house: House) -> None:
    house.deliver(MAIL)
    port = house.sink.port
    replaced(house, f"port = {port}\nsecurity", f"port = {free_port()}\nsecurity")
    done = house.once()
    assert done.returncode == 1
    assert "the SMTP server cannot be reached" in done.stderr and "Traceback" not in done.stderr
    assert len(house.seen().sheets["candidatures"].rows) == 1
    house.config.write_text(house.config.read_text().replace(one_port(house), f'port = {port}\nsecurity = "none"'))
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 1


def one_port(house: House) -> str:
    lines = house.config.read_text().split("[smtp]")[1].splitlines()
    return "\n".join(lines[2:4])


def test_a_self_signed_certificate_is_refused_before_the_password_is_sent(
    tmp_path: Path, dovecot: Dovecot, smtp_sink: SmtpSink
) -> None:
    house = furnish(tmp_path, dovecot, smtp_sink, ca_file='""')
    done = house.once()
    assert done.returncode == 1
    assert "the certificate cannot be trusted" in done.stderr and "Traceback" not in done.stderr


def test_a_missing_template_stops_its_letter_only(house: House, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    for name in Path(__file__).parents[2].joinpath("mail_templates").iterdir():
        (templates / name.name).write_bytes(name.read_bytes())
    (templates / "accuse_complement.md.j2").unlink()
    replaced(house, "mail_templates'", "mail_templates'".replace("mail_templates", "mail_templates"))
    text = house.config.read_text()
    start = text.index("templates = ")
    house.config.write_text(text[:start] + f"templates = '{templates}'\n")
    house.deliver(BEFORE_CLOSING[1:3])

    done = house.once()

    assert done.returncode == 1
    assert "accuse_complement.md.j2" in one_line(done.stderr)
    assert len(house.sink.taken) == 1
    (templates / "accuse_complement.md.j2").write_text("Objet: [{{ number }}] Bien reçu\n\nMerci.\n", encoding="utf-8")
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 2


@pytest.mark.parametrize("content", [b"not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 password"])
def test_a_damaged_workbook_is_said_and_left_alone(house: House, content: bytes) -> None:
    house.deliver(MAIL)
    assert house.once().returncode == 0
    tracker = house.tracker.path(a_call())
    good = tracker.read_bytes()
    tracker.write_bytes(content)
    house.deliver(BEFORE_CLOSING[3:4])

    done = house.once(now="2017-03-01T09:05")

    assert done.returncode == 1
    assert str(tracker) in done.stderr and "Traceback" not in done.stderr
    assert tracker.read_bytes() == content
    assert len(house.sink.taken) == 2
    tracker.write_bytes(good)
    assert house.once(now="2017-03-01T09:10").returncode == 0
    assert len(house.seen().sheets["candidatures"].rows) == 2


def test_an_unreadable_message_is_a_visible_row_and_the_others_go_on(house: House) -> None:
    deep = b"From: a@b.fr\r\nSubject: =?utf-8?q?x=0D=0AX1_UID_MOVE_1:*_Trash?=\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
    )
    house.dovecot.deliver(deep, MAIL[0].received)
    house.deliver(MAIL)
    before = house.dovecot.messages()

    done = house.once()

    assert (done.returncode, done.stderr) == (0, "")
    shown = {str(row.values["nature"]) for row in house.seen().sheets["messages"].rows}
    assert shown == {"À trier", "Candidature"}
    assert len(house.sink.taken) == 1
    assert house.dovecot.messages() == before


def test_the_first_cycle_asks_before_it_answers_old_mail(tmp_path: Path, dovecot: Dovecot, smtp_sink: SmtpSink) -> None:
    house = furnish(tmp_path, dovecot, smtp_sink, first_run='"ask"')
    house.deliver(MAIL)
    asked = house.once()
    assert asked.returncode == 2
    assert "already holds 1 message " in one_line(asked.stderr)
    assert smtp_sink.taken == []
    replaced(house, 'first_run = "ask"', 'first_run = "record"')
    assert house.once().returncode == 0
    assert smtp_sink.taken == []
    house.deliver(BEFORE_CLOSING[3:4])
    assert house.once(now="2017-03-01T09:05").returncode == 0
    assert len(smtp_sink.taken) == 1


def test_a_second_worker_says_who_holds_the_ledger(house: House) -> None:
    with single_worker(house.folder / "var"):
        done = house.once()
    assert done.returncode == 1
    assert "a worker is already running (process" in one_line(done.stderr)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("frobnicate",), "No such command 'frobnicate'"),
        (
            ("import", "/nowhere/at/all"),
            "/nowhere/at/all: no such file or folder; expected .eml or .mbox files, or folders of them.\n",
        ),
        (("export", "--bogus"), "No such option"),
        (
            ("check", "--send-test", "hélène@x.fr"),
            "--send-test hélène@x.fr: no mail can be sent there; expected an address such as marie.durand@commune.fr, "
            "without accents before its @.\n",
        ),
    ],
)
def test_a_wrong_command_line_exits_with_2(house: House, words: tuple[str, ...], said: str) -> None:
    done = house.run(*words)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr


def test_an_mbox_without_a_mail_is_said_and_the_others_are_taken_in(house: House, tmp_path: Path) -> None:
    mails = tmp_path / "mails"
    mails.mkdir()
    (mails / "a.mbox").write_text("Bonjour,\n\nceci est un texte.\n", "utf-8")
    (mails / "b.eml").write_bytes(BEFORE_CLOSING[1].raw())
    done = house.run("import", str(mails))
    said = "no mail is in it; in an .mbox file each begins with a line « From », an address and a date.\n"
    assert (done.returncode, done.stderr) == (1, f"{mails / 'a.mbox'}: {said}")
    assert done.stdout == "1 new mail taken in; 1 answer will leave with the next cycle.\n"


def test_two_scans_of_one_name_in_a_mail_are_two_documents_beside_the_tracker(house: House) -> None:
    mail = MAIL[0]
    message = message_from_bytes(mail.raw(), policy=default)
    for content in (b"%PDF-1.4 lettre", b"%PDF-1.4 budget"):
        message.add_attachment(content, maintype="application", subtype="pdf", filename="Scan.pdf")
    house.dovecot.deliver(message.as_bytes(), mail.received)
    assert house.once().returncode == 0
    scans = {path.name: path.read_bytes() for path in (house.folder / "sheets").rglob("pieces/*/Scan*")}
    assert scans == {"Scan.pdf": b"%PDF-1.4 lettre", "Scan (2).pdf": b"%PDF-1.4 budget"}
    (letter,) = house.sink.taken
    words = message_from_bytes(letter.raw, policy=default).get_body(("plain",))
    assert words is not None and "Scan.pdf" in words.get_content() and "Scan (2).pdf" in words.get_content()
