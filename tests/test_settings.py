"""The configuration: what loads, and how every fault is told; all of them at once, each in one line."""

import re
import shutil
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from pipeline.core.call import Contact, Meeting
from pipeline.core.triage import House
from pipeline.failures import Misconfigured
from pipeline.settings import load
from pipeline.settings.providers import GoogleSection, Microsoft365Section
from tests.faulty_settings import CALL, CALL_FAULTS, MAIN, MAIN_FAULTS, OTHER

ROOT = Path(__file__).parents[1]
LONGEST_ADDRESS = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.frfrfr"  # 254 characters
QUOTES = "; texts stand in quotes, dates and numbers without"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A folder config/ that loads."""
    folder = tmp_path / "config"
    (folder / "calls").mkdir(parents=True)
    (folder / "pipeline.toml").write_text(MAIN, encoding="utf-8")
    (folder / "calls" / "visions.toml").write_text(CALL, encoding="utf-8")
    return folder


def faults(config: Path) -> list[str]:
    """What `load` says, the folder left out; every fault is one line."""
    with pytest.raises(Misconfigured) as fault:
        load(config / "pipeline.toml")
    assert str(fault.value).count("\n") == len(fault.value.faults) - 1
    return [line.replace(f"{config.as_posix()}/", "") for line in fault.value.faults]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_example_shows_every_key_of_the_sections_for_tokens() -> None:
    shown = (ROOT / "config" / "pipeline.example.toml").read_text("utf-8")
    guide = (ROOT / "docs" / "mailboxes.md").read_text("utf-8")
    for name, section in (("microsoft365", Microsoft365Section), ("google", GoogleSection)):
        block = shown.partition(f"# [{name}]")[2].partition("\n[staff]")[0].partition("\n# [")[0]
        assert re.findall(r"^# (\w+) +=", block, re.MULTILINE) == list_without_secret_file(section)
        assert f"[{name}]" in guide
        assert "secret_file" in block or name == "google"


def list_without_secret_file(section: type[BaseModel]) -> list[str]:
    """The keys in order; `secret_file` is told beside `secret_env`."""
    return [key for key in section.model_fields if key != "secret_file"]


def test_the_shipped_example_and_call_load(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    shutil.copy(ROOT / "config" / "pipeline.example.toml", tmp_path / "config" / "pipeline.toml")
    shutil.copytree(ROOT / "config" / "calls", tmp_path / "config" / "calls")
    settings, calls = load(tmp_path / "config" / "pipeline.toml")
    assert (settings.mailbox.host, settings.mailbox.port, settings.mailbox.security) == ("imap.cerdd.org", 993, "tls")
    assert (settings.smtp.host, settings.smtp.port, settings.smtp.security) == ("smtp.cerdd.org", 587, "starttls")
    assert (settings.mailbox.since, settings.mailbox.first_run) == (date(2016, 12, 1), "ask")
    assert (settings.paths.sheets, settings.paths.state) == (tmp_path / "sheets", tmp_path / "var")
    (call,) = calls
    assert (call.code, call.prefix, call.opens, call.closes) == (
        *("visions21-2017", "V21"),
        *(date(2016, 12, 1), date(2017, 2, 28)),
    )
    assert [(meeting.key, meeting.date) for meeting in call.meetings] == [
        ("prep-1", date(2017, 3, 7)),
        ("prep-2", date(2017, 4, 6)),
    ]


def test_the_example_holds_every_default(config: Path) -> None:
    shutil.copy(ROOT / "config" / "pipeline.example.toml", config / "pipeline.toml")
    example, _ = load(config / "pipeline.toml")
    (config / "pipeline.toml").write_text(
        '[mailbox]\naddress = "agoxe@cerdd.org"\nhost = "imap.cerdd.org"\nusername = "agoxe@cerdd.org"\n'
        'organisation_domains = ["cerdd.org"]\n[smtp]\nhost = "smtp.cerdd.org"\nusername = "agoxe@cerdd.org"\n'
        'from_name = "Cerdd – Antoine Goxe"\n',
        encoding="utf-8",
    )
    assert load(config / "pipeline.toml")[0] == example


def test_a_short_configuration_on_loopback_loads(config: Path) -> None:
    settings, (call,) = load(config / "pipeline.toml")
    assert (settings.mailbox.security, settings.mailbox.port, settings.smtp.port) == ("none", 10143, 10025)
    assert settings.house == House(
        frozenset({"agoxe@cerdd.org"}), frozenset({"cerdd.org", "cerdd.example"}), "mx.cerdd.org"
    )
    assert (settings.caps.grace_minutes, settings.caps.acks_per_cycle, settings.caps.max_per_minute) == (
        0,
        1000,
        100000,
    )
    assert settings.paths.templates == Path("/opt/product/mail_templates")
    assert settings.zone == call.zone == ZoneInfo("Europe/Paris")
    assert call.contact == Contact("Antoine Goxe", "Chargé de mission", "Cerdd", "agoxe@cerdd.org", "03.21.08.52.46")
    assert call.meetings == (
        Meeting("prep-1", "Première réunion", date(2017, 3, 7)),
        Meeting("prep-2", "Deuxième réunion", date(2017, 4, 6)),
    )


def test_calls_come_in_the_order_of_opening_and_examples_are_left_out(config: Path) -> None:
    (config / "calls" / "zz.toml").write_text(OTHER, encoding="utf-8")
    (config / "calls" / "new.example.toml").write_text("not TOML", encoding="utf-8")
    (config / "calls" / ".new.toml").write_text("not TOML", encoding="utf-8")
    assert [call.code for call in load(config / "pipeline.toml")[1]] == ["autre", "visions"]


def test_a_byte_order_mark_is_no_fault(config: Path) -> None:
    for file in (config / "pipeline.toml", config / "calls" / "visions.toml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(config / "pipeline.toml")[1][0].code == "visions"


@pytest.mark.parametrize(("old", "new", "line"), MAIN_FAULTS, ids=[new[:40] for _, new, _ in MAIN_FAULTS])
def test_a_fault_of_the_main_file_names_file_key_and_remedy(config: Path, old: str, new: str, line: str) -> None:
    change(config / "pipeline.toml", old, new)
    assert faults(config) == [f"pipeline.toml: {line}"]


@pytest.mark.parametrize(("old", "new", "line"), CALL_FAULTS, ids=[new[:40] for _, new, _ in CALL_FAULTS])
def test_a_fault_of_a_call_names_file_key_and_remedy(config: Path, old: str, new: str, line: str | None) -> None:
    change(config / "calls" / "visions.toml", old, new)
    several = {
        "dat = 2017-04-06": [
            "[[meetings]] 2, date: missing; this key has no default",
            '[[meetings]] 2, dat: unknown key, did you mean "date"?',
        ],
        'emial = "agoxe@cerdd.org"': [
            "[contact] email: missing; this key has no default",
            '[contact] emial: unknown key, did you mean "email"?',
        ],
        "3": ["places: expected a section of its own, found the number 3"],
    }
    assert faults(config) == [f"calls/visions.toml: {one}" for one in ([line] if line else several[new])]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pipeline.toml", "port = 10143", "port = 1"),
        ("pipeline.toml", "port = 10143", "port = 65535"),
        ("pipeline.toml", 'folder = "INBOX"', 'after = "keyword"'),
        ("pipeline.toml", 'folder = "INBOX"', 'after = "move:AMI/Candidatures 2017"'),
        ("pipeline.toml", "[limits]", '[ledger]\nurl = "postgresql+psycopg://ami@127.0.0.1/ami"\n[limits]'),
        ("calls/visions.toml", "{ min = 2, max = 3 }", "{ min = 2, max = 2 }"),
        ("calls/visions.toml", "{ min = 2, max = 3 }", "{ max = 1 }"),
        (
            "calls/visions.toml",
            'email = "agoxe@cerdd.org"',
            f'email = "{LONGEST_ADDRESS}"',
        ),
    ],
)
def test_what_is_just_within_its_bounds_loads(config: Path, file: str, old: str, new: str) -> None:
    change(config / file, old, new)
    assert load(config / "pipeline.toml")[1][0].code == "visions"


def test_a_call_is_named_by_its_short_title_and_without_one_by_its_title(config: Path) -> None:
    change(config / "calls" / "visions.toml", 'title = "Visions"', 'title = "Construire une vision"')
    assert load(config / "pipeline.toml")[1][0].short_title == "Visions"
    change(config / "calls" / "visions.toml", 'short_title = "Visions"\n', "")
    assert load(config / "pipeline.toml")[1][0].short_title == "Construire une vision"


def test_calls_that_open_on_one_day_come_in_the_order_of_their_codes(config: Path) -> None:
    other = CALL.replace('"visions"\nprefix = "C1"', '"autre"\nprefix = "C2"')
    (config / "calls" / "zz.toml").write_text(other, encoding="utf-8")
    assert [call.code for call in load(config / "pipeline.toml")[1]] == ["autre", "visions"]


def test_a_legal_block_with_a_postal_address_needs_no_email(config: Path) -> None:
    path = config / "calls" / "visions.toml"
    block = LEGAL.replace('email = "agoxe@cerdd.org"', 'address = "2 rue de Bourgogne, Loos"')
    path.write_text(path.read_text("utf-8") + block, encoding="utf-8")
    legal = load(config / "pipeline.toml")[1][0].legal
    assert legal is not None and (legal.address, legal.email) == ("2 rue de Bourgogne, Loos", "")


def test_the_size_of_a_mail_is_limited_in_millions_of_bytes(config: Path) -> None:
    change(config / "pipeline.toml", "[limits]\n", "[limits]\nmax_message_mb = 7\n")
    assert load(config / "pipeline.toml")[0].caps.max_message_bytes == 7_000_000


def test_an_application_of_microsoft_has_a_secret_in_the_environment_or_in_a_file_or_none() -> None:
    plain = {"tenant": "t", "client_id": "app"}
    secrets = ({"secret_env": "S"}, {"secret_file": "s.txt"}, {"certificate_file": "app.pem"}, {})
    assert [Microsoft365Section(**plain, **one).has_secret for one in secrets] == [True, True, False, False]


LEGAL = """[legal]
service = "Pôle"
phone = "03 21 08 52 46"
email = "agoxe@cerdd.org"
silence = "rejection"
appeal = "Cette décision peut être contestée."
controller = "le Cerdd"
purpose = "instruire les candidatures"
legal_basis = "mission d’intérêt public"
recipients = "l’équipe"
dpo = "dpo@cerdd.org"
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('phone = "03 21 08 52 46"\n', "", "[legal] phone: missing; this key has no default"),
        ('dpo = "dpo@cerdd.org"\n', "", "[legal] dpo: missing; this key has no default"),
        ('email = "agoxe@cerdd.org"\n', "", "legal: the service needs a postal address or an email"),
        ("appeal", "# appeal", "legal: an implicit rejection needs appeal, the sentence on how to appeal"),
    ],
)
def test_a_legal_block_with_a_missing_mention_is_a_fault(config: Path, old: str, new: str, line: str) -> None:
    path = config / "calls" / "visions.toml"
    whole = path.read_text("utf-8") + LEGAL
    path.write_text(whole, encoding="utf-8")
    assert load(config / "pipeline.toml")[1][0].legal is not None
    path.write_text(path.read_text("utf-8").replace(LEGAL, LEGAL.replace(old, new)), encoding="utf-8")
    assert faults(config) == [f"calls/visions.toml: {line}"]


def test_two_calls_share_neither_code_nor_prefix(config: Path) -> None:
    (config / "calls" / "zz.toml").write_text(CALL.replace('"visions"\n', '"VISIONS"\n', 1), encoding="utf-8")
    assert faults(config) == [
        'calls/zz.toml: code: "VISIONS" is that of visions.toml; give each call its own',
        'calls/zz.toml: prefix: "C1" is that of visions.toml; give each call its own',
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"port = = 3\n", f"not TOML: Invalid value (at line 1, column 8){QUOTES}"),
        (b"[mailbox\n", "not TOML: Expected ']' at the end of a table declaration (at line 1, column 9)"),
        (b'title = "\xe9t\xe9"\n', "not UTF-8 text; save it as UTF-8"),
        (b"n = " + b"9" * 5000, "not TOML: "),
        (b"n = " + b"[" * 5000, "not TOML: "),
    ],
)
def test_a_file_that_is_no_toml_is_one_line_each(config: Path, content: bytes, line: str) -> None:
    for name in ("pipeline.toml", "calls/visions.toml"):
        (config / name).write_bytes(content)
    found = faults(config)
    assert [
        one[: len(name) + 2 + len(line)]
        for one, name in zip(found, ("pipeline.toml", "calls/visions.toml"), strict=True)
    ] == [
        f"pipeline.toml: {line}",
        f"calls/visions.toml: {line}",
    ]


def test_a_missing_file_says_how_to_make_one(config: Path) -> None:
    (config / "pipeline.toml").unlink()
    assert faults(config) == [
        "pipeline.toml: no such file; copy config/pipeline.example.toml there and adapt it, or run init"
    ]


def test_where_there_is_no_file_nothing_is_said_of_calls_beside_it(config: Path) -> None:
    shutil.rmtree(config / "calls")
    (config / "pipeline.toml").unlink()
    assert [line.split(":")[0] for line in faults(config)] == ["pipeline.toml"]


def test_a_folder_in_place_of_the_file_is_said(config: Path) -> None:
    (config / "pipeline.toml").unlink()
    (config / "pipeline.toml").mkdir()
    assert faults(config) == ["pipeline.toml: cannot be read (a folder stands there in place of a file)"]


def test_no_call_at_all_is_said(config: Path) -> None:
    (config / "calls" / "visions.toml").rename(config / "calls" / "visions.example.toml")
    assert faults(config) == ["calls: no call is described there; copy an example to <code>.toml and adapt it"]


def test_a_folder_of_calls_that_cannot_be_looked_into_is_not_taken_for_an_empty_one(config: Path) -> None:
    shutil.rmtree(config / "calls")
    (config / "calls").write_text("a file", "utf-8")
    said = "calls: cannot be looked into for calls (a file stands there in place of a folder)"
    assert faults(config) == [said]


def test_the_ending_of_a_call_may_be_in_capitals(config: Path) -> None:
    (config / "calls" / "visions.toml").rename(config / "calls" / "VISIONS.TOML")
    (config / "calls" / "new.Example.TOML").write_text("not TOML", "utf-8")
    assert [call.code for call in load(config / "pipeline.toml")[1]] == ["visions"]


def test_all_faults_of_all_files_come_together(config: Path) -> None:
    change(config / "pipeline.toml", "port = 10143", "port = 0")
    change(config / "pipeline.toml", "max_per_minute", "max_per_minut")
    change(config / "calls" / "visions.toml", "closes = 2017-02-28", "closes = 2016-11-30")
    (config / "calls" / "zz.toml").write_text("x = ", encoding="utf-8")
    assert faults(config) == [
        "pipeline.toml: [mailbox] port: expected at least 1, found 0",
        'pipeline.toml: [smtp] max_per_minut: unknown key, did you mean "max_per_minute"?',
        "calls/visions.toml: closes: 2016-11-30 is before opens (2016-12-01)",
        f"calls/zz.toml: not TOML: Invalid value (at end of document){QUOTES}",
    ]


def test_the_calls_are_looked_for_where_a_faulty_file_says_they_are(config: Path) -> None:
    (config / "calls").rename(config / "appels")
    change(config / "pipeline.toml", "[paths]", '[paths]\ncalls = "config/appels"')
    change(config / "pipeline.toml", "port = 10143", "port = 0")
    assert faults(config) == ["pipeline.toml: [mailbox] port: expected at least 1, found 0"]


def test_no_fault_repeats_what_may_be_a_password(config: Path) -> None:
    change(config / "pipeline.toml", "port = 10143", 'port = "hunter2"\nlist_unrelated = "hunter2"\nadress = "hunter2"')
    assert "hunter2" not in "".join(faults(config))


@pytest.mark.parametrize(
    ("auth", "section"),
    [
        ("microsoft365", 'tenant = "cerdd.onmicrosoft.com"\nclient_id = "a-1"\ncertificate_file = "secrets/ami.pem"'),
        ("google", 'client_file = "secrets/client.json"'),
    ],
)
def test_the_files_of_a_log_in_by_token_are_looked_for_beside_the_configuration(
    config: Path, auth: str, section: str
) -> None:
    change(config / "pipeline.toml", 'auth = "password"', f'auth = "{auth}"')
    change(config / "pipeline.toml", "[paths]", f"[{auth}]\n{section}\n[paths]")
    settings, _ = load(config / "pipeline.toml")
    named = settings.microsoft365.certificate_file if settings.microsoft365 else settings.google.client_file
    assert Path(named).parent == config.parent / "secrets"
