"""`init`, as a person meets it."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline import settings as configuration
from pipeline.commands import init, main, program
from pipeline.core.mail_hosts import Records

OPTIONS = {
    "address": "Ami@mairie.example",
    "title": "Appel « Nature en ville »",
    "short-title": "Nature",
    "code": "nature-2027",
    "prefix": "NAT",
    "opens": "2027-01-01",
    "closes": "2027-02-28",
    "places": "2-3",
    "contact": "Jeanne Petit",
    "organisation": "Mairie",
}


@pytest.fixture(autouse=True)
def no_name_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "records_of", lambda domain: Records())


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config" / "pipeline.toml"


def arguments(config: Path, **changed: str) -> list[str]:
    given = OPTIONS | {name.replace("_", "-"): text for name, text in changed.items()}
    return ["--config", str(config), "init", "--no-ask", *(f"--{name}={text}" for name, text in given.items())]


def answered(config: Path, *lines: str) -> Result:
    return CliRunner().invoke(program, ["--config", str(config), "init", "--ask"], "\n".join(lines) + "\n")


def test_options_alone_make_a_configuration_that_is_valid(config: Path) -> None:
    assert main(arguments(config, imap="127.0.0.1:1143:none", staff="jp@mairie.example", region="32")) == 0
    settings, (call,) = configuration.load(config)
    mailbox = settings.mailbox
    assert (mailbox.address, mailbox.username) == ("ami@mairie.example", "ami@mairie.example")
    assert (mailbox.host, mailbox.port, mailbox.security) == ("127.0.0.1", 1143, "none")
    assert (settings.smtp.host, settings.smtp.port, settings.smtp.security) == ("smtp.mairie.example", 587, "starttls")
    assert (settings.staff.digest_to, settings.staff.alerts_to) == (("jp@mairie.example",),) * 2
    assert (call.code, call.short_title, call.keywords, call.regions) == ("nature-2027", "Nature", ("nature",), ("32",))
    assert (call.places_min, call.places_max, f"{call.closes}", call.contact.name) == (
        2,
        3,
        "2027-02-28",
        "Jeanne Petit",
    )
    assert mailbox.since == call.opens
    text = config.read_text("utf-8")
    assert "# Copy this file" not in text
    assert text.count("#") > 40, "the comments stay"


def test_nothing_that_is_there_is_written_over(config: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(arguments(config)) == 0
    kept = config.read_text("utf-8")
    capsys.readouterr()
    assert main(arguments(config, address="other@mairie.example", code="other-2027", prefix="OTH")) == 0
    said = capsys.readouterr().out.splitlines()
    assert (said[0][:12], said[1][:8]) == ("left as it i", "written:")
    assert config.read_text("utf-8") == kept
    assert "also holds nature-2027.toml" in said[2]
    assert [call.code for call in configuration.load(config)[1]] == ["nature-2027", "other-2027"]


def test_a_folder_of_another_name_finds_its_calls(tmp_path: Path) -> None:
    path = tmp_path / "ami" / "pipeline.toml"
    assert main(arguments(path)) == 0
    assert [call.code for call in configuration.load(path)[1]] == ["nature-2027"]


def test_without_a_terminal_what_is_missing_is_named_and_nothing_is_written(
    config: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main(["--config", str(config), "init", "--no-ask", "--address", "ami@mairie.example"]) == 2
    said = "--title: missing. Give it, or run init on a terminal, where it asks: Title of the call?\n"
    assert capsys.readouterr().err == said
    assert not config.parent.exists()


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        ("address", "mairie", "--address: expected an e-mail address such as agoxe@cerdd.org."),
        ("closes", "30/02/2027", "--closes: 30/02/2027: expected a day such as 2017-02-28."),
        ("closes", "2026-12-31", "--closes: 2026-12-31 is before the first day (2027-01-01)."),
        ("places", "3-2", "--places: 3-2: expected a number such as 3, or two such as 2-3."),
        ("imap", "imap:x", "--imap: imap:x: expected HOST, HOST:PORT or HOST:PORT:SECURITY (tls, starttls or none)."),
        ("auth", "token", "--auth: token: expected one of password, microsoft365, google."),
        ("title", " ", "--title: empty; write at least a word."),
    ],
)
def test_a_wrong_option_is_named_with_what_was_expected(
    config: Path, capsys: pytest.CaptureFixture, option: str, text: str, expected: str
) -> None:
    assert main(arguments(config, **{option: text})) == 2
    assert capsys.readouterr().err == f"{expected}\n"
    assert not config.parent.exists()


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        (
            "imap",
            "imap.mairie.example:143:none",
            'pipeline.toml: [mailbox] security: "none" is for 127.0.0.1, ::1, localhost only; '
            'write "tls" or "starttls"',
        ),
        ("username", " ", "pipeline.toml: [mailbox] username: empty; a text is needed"),
        ("closes", "9999-12-31", "calls/nature-2027.toml: closes: expected at most 2199-12-31, found 9999-12-31"),
        ("title", "a\u2028b", "calls/nature-2027.toml: title: expected a text on one line, without control characters"),
    ],
)
def test_what_the_files_would_be_refused_for_is_said_before_either_is_written(
    config: Path, capsys: pytest.CaptureFixture, option: str, text: str, expected: str
) -> None:
    assert main(arguments(config, **{option: text})) == 2
    said = capsys.readouterr().err.splitlines()
    assert f"{config.parent.as_posix()}/{expected}" in said
    assert said[-1] == "Nothing was written."
    assert not config.parent.exists()


def test_a_person_is_asked_again_until_the_answer_can_be_one(config: Path) -> None:
    call = (
        "Nature en ville",
        "Nature",
        "2027-01-01",
        "demain",
        "28/02/2027",
        "nature-2027",
        "NAT",
        "",
        "",
        "Jeanne Petit",
    )
    said = answered(config, "mairie", "ami@gmail.com", *call, "Mairie", "", "", "", "", "")
    assert said.exit_code == 0, said.output
    assert "expected an e-mail address" in said.output
    assert "demain: expected a day" in said.output
    assert "the servers of Google" in said.output
    assert "complete the section [google] (docs/mailboxes.md)" in said.output
    asked = tomllib.loads((config.parent / "calls" / "nature-2027.toml").read_text("utf-8"))
    assert (asked["opens"], asked["closes"]) == (date(2027, 1, 1), date(2027, 2, 28))
    written = tomllib.loads(config.read_text("utf-8"))
    assert (written["mailbox"]["host"], written["mailbox"]["auth"]) == ("imap.gmail.com", "google")
    assert written["mailbox"]["organisation_domains"] == []


@pytest.mark.parametrize(
    ("domain", "colleagues"), [("yahoo.fr", []), ("live.fr", []), ("ville-arras.fr", ["ville-arras.fr"])]
)
def test_who_writes_from_a_provider_for_everybody_is_no_colleague(config: Path, domain: str, colleagues: list) -> None:
    assert main(arguments(config, address=f"ami@{domain}")) == 0
    assert tomllib.loads(config.read_text("utf-8"))["mailbox"]["organisation_domains"] == colleagues


def test_no_name_server_is_asked_where_options_say_all(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(init, "records_of", lambda domain: asked.append(domain) or Records())
    assert main(arguments(config, imap="imap.example", smtp="smtp.example", auth="password")) == 0
    assert asked == []


def test_files_are_their_owner_s(config: Path) -> None:
    assert main(arguments(config)) == 0
    assert config.stat().st_mode & 0o077 == 0


def test_a_password_file_serves_both_servers_and_takes_the_place_of_the_variables(config: Path) -> None:
    assert main(arguments(config, imap="127.0.0.1:1143:none", password_file="secrets/mot-de-passe")) == 0
    settings, _ = configuration.load(config)
    secret = str(config.parent.parent / "secrets" / "mot-de-passe")
    assert (settings.mailbox.password_file, settings.smtp.password_file) == (secret, secret)
