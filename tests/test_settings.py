"""Configuration files: what loads, with which defaults, and that every fault is said at once with its remedy."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.failures import Misconfigured
from pipeline.settings import Settings, load

ROOT = Path(__file__).parents[1]
MINIMAL = """
[mailbox]
address = "Ami@Cerdd.org"
host = "imap.cerdd.org"
username = "ami"
[smtp]
host = "smtp.cerdd.org"
username = "ami"
"""
CALL = """
code = "{code}"
prefix = "{prefix}"
title = "Un appel"
opens = 2016-12-01
closes = 2017-02-28
[contact]
name = "Antoine Goxe"
email = "agoxe@cerdd.org"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with one good call, as the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config" / "calls").mkdir(parents=True)
    write_call(tmp_path, "one", CALL.format(code="one", prefix="ONE"))
    return tmp_path


def write_call(folder: Path, name: str, text: str) -> None:
    (folder / "config" / "calls" / f"{name}.toml").write_text(text, "utf-8")


def loaded(folder: Path, text: str) -> Settings:
    (folder / "config" / "pipeline.toml").write_text(text, "utf-8")
    return load(Path("config/pipeline.toml"))[0]


def faults(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(Misconfigured) as wrong:
        loaded(folder, text)
    return wrong.value.faults


def test_the_shipped_example_and_the_shipped_call_load(tmp_path: Path) -> None:
    (tmp_path / "config" / "calls").mkdir(parents=True)
    for name in ("pipeline.toml", "calls/visions21-2017.toml"):
        shipped = ROOT / "config" / name.replace("pipeline.toml", "pipeline.example.toml")
        (tmp_path / "config" / name).write_bytes(shipped.read_bytes())
    settings, (call,) = load(tmp_path / "config" / "pipeline.toml")
    assert settings.smtp.from_name == "Cerdd – Antoine Goxe"
    assert (call.code, call.prefix, call.closes, call.zone.key) == (
        "visions21-2017",
        "V21",
        date(2017, 2, 28),
        "Europe/Paris",
    )
    assert [meeting.key for meeting in call.meetings] == ["prep-1", "prep-2"]
    assert (call.places_min, call.places_max, call.regions) == (2, 3, ("32",))


def test_the_example_of_a_second_call_loads_once_renamed_and_not_before(folder: Path) -> None:
    example = (ROOT / "config" / "calls" / "territoires-participatifs.example.toml").read_text("utf-8")
    (folder / "config" / "pipeline.toml").write_text(MINIMAL)
    write_call(folder, "territoires-participatifs.example", example)
    assert [call.code for call in load(Path("config/pipeline.toml"))[1]] == ["one"]
    write_call(folder, "territoires-participatifs", example)
    assert [call.code for call in load(Path("config/pipeline.toml"))[1]] == ["one", "territoires-participatifs"]


def test_every_other_key_has_the_default_of_the_contract(folder: Path) -> None:
    settings = loaded(folder, MINIMAL)
    mailbox, smtp = settings.mailbox, settings.smtp
    assert (settings.timezone, mailbox.port, mailbox.security, mailbox.auth) == ("Europe/Paris", 993, "tls", "password")
    assert (mailbox.folder, mailbox.watched, mailbox.sent_folder, mailbox.after) == (
        "INBOX",
        ("INBOX",),
        "auto",
        "leave",
    )
    assert (mailbox.since, mailbox.first_run, mailbox.list_unrelated) == (date(2016, 12, 1), "ask", True)
    assert (mailbox.password_env, smtp.password_env) == ("AMI_MAILBOX_PASSWORD", "AMI_SMTP_PASSWORD")
    assert (smtp.port, smtp.security, smtp.from_name, smtp.max_per_minute) == (587, "starttls", "", 30)
    assert (settings.staff.digest_to, settings.staff.digest_at, settings.schedule.grace_minutes) == ((), "08:30", 10)
    assert (settings.limits.max_message_mb, settings.caps.acks_per_cycle, settings.caps.confirm_above) == (50, 50, 10)


def test_folders_are_relative_to_the_one_that_holds_config(folder: Path) -> None:
    paths = loaded(folder, MINIMAL + '[paths]\ntemplates = "/srv/letters"\nsheets = "../share"\n').paths
    assert paths.state == folder / "var"
    assert paths.sheets == folder / "../share"
    assert paths.templates == Path("/srv/letters")


def test_addresses_that_are_ours_are_known_in_lower_case(folder: Path) -> None:
    text = MINIMAL.replace("[smtp]", 'aliases = ["AMI2@cerdd.org"]\norganisation_domains = ["Cerdd.ORG"]\n[smtp]')
    house = loaded(folder, text).house
    assert house.addresses == {"ami@cerdd.org", "ami2@cerdd.org"}
    assert house.organisation_domains == {"cerdd.org"}


@pytest.mark.parametrize(
    ("section", "line", "said"),
    [
        ("mailbox", "prot = 993", '[mailbox] prot: unknown key, did you mean "port"?'),
        ("mailbox", 'port = "993"', "[mailbox] port: expected a whole number without quotes, found a text in quotes"),
        ("mailbox", "port = 0", "[mailbox] port: expected at least 1, found 0"),
        ("smtp", "port = 70000", "[smtp] port: expected at most 65535, found 70000"),
        ("mailbox", "list_unrelated = 1", "[mailbox] list_unrelated: expected true or false, found the number 1"),
        (
            "mailbox",
            'since = "2016-12-01"',
            "[mailbox] since: expected a date without quotes, such as 2017-02-28, found a text in quotes",
        ),
        (
            "smtp",
            'security = "none"',
            '[smtp] security: "none" is for 127.0.0.1, ::1, localhost only; write "tls" or "starttls"',
        ),
        (
            "smtp",
            'security = "ssl"',
            "[smtp] security: expected 'tls', 'starttls' or 'none', found 'ssl'",
        ),
        (
            "mailbox",
            'auth = "microsoft365"',
            '[mailbox] auth: "microsoft365" comes in a later version; write "password"',
        ),
        (
            "smtp",
            'password_env = ""',
            "[smtp] password_file: empty, and so is password_env; name a file here or an environment variable there",
        ),
        (
            "smtp",
            'password = "hunter2"',
            "[smtp] password: unknown key; the password itself never stands here, use password_env or password_file",
        ),
        ("mailbox", "max_per_minute = 3", "[mailbox] max_per_minute: unknown key; it belongs to [smtp]"),
        (
            "mailbox",
            'aliases = ["not an address"]',
            "[mailbox] aliases, item 1: expected an e-mail address such as agoxe@cerdd.org",
        ),
        (
            "mailbox",
            'after = "move:"',
            '[mailbox] after: expected "leave", "keyword" or "move:" and a folder, such as "move:AMI/Candidatures"',
        ),
        (
            "mailbox",
            'folder = "INBOX\\r\\nX1 DELETE INBOX"',
            "[mailbox] folder: expected a text on one line, without control characters",
        ),
        ("staff", 'digest_at = "8h30"', '[staff] digest_at: expected an hour such as "08:30"'),
        ("limits", "acks_per_cycle = 0", "[limits] acks_per_cycle: expected at least 1, found 0"),
        (
            "ledger",
            'heartbeat_url = "hc-ping.example"',
            '[ledger] heartbeat_url: expected "" or an address such as https://www.example.org/page',
        ),
        ("ledgr", 'url = ""', "[ledgr]: unknown section, did you mean [ledger]?"),
    ],
)
def test_a_fault_is_said_with_file_key_and_remedy(folder: Path, section: str, line: str, said: str) -> None:
    text = MINIMAL if f"[{section}]" in MINIMAL else f"{MINIMAL}[{section}]\n"
    assert faults(folder, text.replace(f"[{section}]", f"[{section}]\n{line}")) == (f"config/pipeline.toml: {said}",)


def test_a_password_typed_into_the_file_is_never_repeated(folder: Path) -> None:
    said = "\n".join(faults(folder, MINIMAL.replace("[smtp]", 'password = "hunter2"\nport = "hunter2"\n[smtp]')))
    assert "hunter2" not in said


def test_all_faults_of_all_files_are_said_together(folder: Path) -> None:
    write_call(
        folder, "one", CALL.format(code="one", prefix="one").replace("closes = 2017-02-28", "closes = 2016-01-01")
    )
    write_call(folder, "two", "code =\n")
    assert faults(folder, 'timezone = "Europe/Pari"\n' + MINIMAL.replace("[smtp]", "[smpt]")) == (
        'config/pipeline.toml: timezone: unknown time zone; expected one such as "Europe/Paris"',
        "config/pipeline.toml: [smtp]: missing; this section is needed",
        "config/pipeline.toml: [smpt]: unknown section, did you mean [smtp]?",
        "config/calls/one.toml: prefix: expected 1 to 10 capital letters and digits, a letter first, such as V21",
        "config/calls/one.toml: closes: 2016-01-01 is before opens (2016-12-01)",
        "config/calls/two.toml: not TOML: Invalid value (at line 1, column 7)",
    )


def test_two_calls_need_a_code_and_a_prefix_of_their_own_whatever_the_case(folder: Path) -> None:
    write_call(folder, "two", CALL.format(code="One", prefix="ONE"))
    assert faults(folder, MINIMAL) == (
        'config/calls/two.toml: code: "One" is that of one.toml; give each call its own',
        'config/calls/two.toml: prefix: "ONE" is that of one.toml; give each call its own',
    )


@pytest.mark.parametrize("code", ["../up", "a/b", "con", "été", "", "-x", "a b", "nul", "x" * 61])
def test_a_code_that_is_no_safe_folder_is_refused(folder: Path, code: str) -> None:
    write_call(folder, "one", CALL.format(code=code, prefix="ONE"))
    assert faults(folder, MINIMAL) == (
        "config/calls/one.toml: code: expected letters, digits and hyphens, fit for a folder, such as visions21-2017",
    )


def test_two_meetings_need_a_key_of_their_own(folder: Path) -> None:
    meeting = '[[meetings]]\nkey = "prep-1"\ntitle = "{}"\ndate = 2017-03-07\n'
    write_call(folder, "one", CALL.format(code="one", prefix="ONE") + meeting.format("A") + meeting.format("B"))
    assert faults(folder, MINIMAL) == (
        'config/calls/one.toml: meetings: "prep-1" is the key of two meetings; each needs its own',
    )


def test_a_fault_in_a_meeting_says_which(folder: Path) -> None:
    meeting = '[[meetings]]\nkey = "prep-1"\ntitel = "A"\ndate = 2017-03-07\n'
    write_call(folder, "one", CALL.format(code="one", prefix="ONE") + meeting)
    assert faults(folder, MINIMAL) == (
        "config/calls/one.toml: [[meetings]] 1, title: missing; this key has no default",
        'config/calls/one.toml: [[meetings]] 1, titel: unknown key, did you mean "title"?',
    )


def test_a_missing_file_names_the_example_to_copy(folder: Path) -> None:
    with pytest.raises(Misconfigured) as wrong:
        load(Path("config/pipeline.toml"))
    assert wrong.value.faults == (
        "config/pipeline.toml: no such file; copy config/pipeline.example.toml there and adapt it, or run init",
    )


def test_no_call_at_all_is_a_fault(folder: Path) -> None:
    (folder / "config" / "calls" / "one.toml").unlink()
    assert faults(folder, MINIMAL) == (
        "config/calls: no call is described there; copy an example to <code>.toml and adapt it",
    )


def test_a_file_saved_by_notepad_loads(folder: Path) -> None:
    assert loaded(folder, "\ufeff" + MINIMAL.replace("\n", "\r\n")).mailbox.host == "imap.cerdd.org"


def test_a_file_in_another_encoding_is_said(folder: Path) -> None:
    (folder / "config" / "pipeline.toml").write_bytes(MINIMAL.encode() + "# été\n".encode("latin-1"))
    with pytest.raises(Misconfigured) as wrong:
        load(Path("config/pipeline.toml"))
    assert wrong.value.faults == ("config/pipeline.toml: not UTF-8 text; save it as UTF-8",)
