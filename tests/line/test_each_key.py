"""Each key of the two configuration files reaches what it is for: none is read, judged and then forgotten on the way.

`auth` and the sections of its providers are held by `test_mailboxes_of_the_world`.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.adapters import letterhead, postman
from pipeline.adapters.ledger import open_ledger
from pipeline.commands import main, worker
from pipeline.commands import office as doors
from pipeline.ports import Office
from tests.line.house import ROOT

SMTP = """[smtp]
host = "smtp.example"
port = 465
security = "tls"
ca_file = "authority.pem"
username = "letters"
password_env = "LETTERS"
password_file = "letters.secret"
from_name = "La Région"
max_per_minute = 7
"""
MAIN = f"""timezone = "Indian/Reunion"
[mailbox]
address = "ami@region.example"
aliases = ["appel@region.example"]
organisation_domains = ["region.example"]
host = "imap.example"
port = 143
security = "starttls"
ca_file = "authority.pem"
username = "reader"
password_env = "READER"
password_file = "reader.secret"
folder = "Appels"
folders = ["Appels/AMI"]
sent_folder = "Partis"
list_unrelated = false
after = "keyword"
since = 2027-01-01
first_run = "record"
trusted_authserv = "mx.region.example"
{SMTP}
[staff]
digest_to = ["bilan@region.example"]
digest_at = "07:15"
alerts_to = ["alerte@region.example"]
[schedule]
poll_minutes = 3
idle = false
grace_minutes = 20
[limits]
max_message_mb = 12
acks_per_sender_per_day = 2
keep_unrelated_days = 8
acks_per_cycle = 9
confirm_above = 4
[paths]
sheets = "tableaux"
state = "état du service"
templates = "courriers"
calls = "appels"
[ledger]
url = "postgresql+psycopg://visions@db.example/visions"
heartbeat_url = "https://alive.example/1"
"""
CALL = """code = "nature-2027"
prefix = "NAT"
title = "Nature en ville"
short_title = "Nature"
opens = 2027-02-01
closes = 2027-03-31
places = { min = 4, max = 6 }
keywords = ["nature en ville"]
regions = ["11"]
required_documents = ["délibération"]
announcement_url = "https://region.example/nature"
retention_months = 36
reply_days = 21
[contact]
name = "Jeanne Petit"
role = "Cheffe de projet"
organisation = "La Région"
email = "jeanne.petit@region.example"
phone = "01 02 03 04 05"
address = "1 place de la Paix, 75000 Paris"
[legal]
service = "Pôle nature"
phone = "01 02 03 04 06"
email = "nature@region.example"
address = "2 place de la Paix, 75000 Paris"
silence = "rejection"
silence_months = 4
appeal = "Cette décision peut être contestée."
controller = "la Région"
purpose = "instruire les candidatures"
legal_basis = "mission d'intérêt public"
recipients = "l'équipe"
dpo = "dpo@region.example"
notice_url = "https://region.example/rgpd"
[[meetings]]
key = "visite"
title = "Visite"
date = 2027-04-15
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    for name in ("config", "appels"):
        (tmp_path / name).mkdir()
    (tmp_path / "authority.pem").touch()
    (tmp_path / "config" / "pipeline.toml").write_text(MAIN, "utf-8")
    (tmp_path / "appels" / "nature.toml").write_text(CALL, "utf-8")
    return tmp_path / "config" / "pipeline.toml"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the doors to the outside are built with, by door; none of them leads anywhere."""
    seen: dict[str, Any] = {}

    def door(name: str) -> Any:
        def build(*with_what: Any) -> SimpleNamespace:
            seen[name] = with_what
            return SimpleNamespace(close=lambda: None, wait=None, open=lambda: None, faults=tuple)

        return build

    def ledger(url: str, state: Path) -> Any:
        seen["ledger"] = (url, state)
        return open_ledger("", state)

    monkeypatch.setattr(doors, "ImapMailbox", door("mailbox"))
    monkeypatch.setattr(doors, "open_ledger", ledger)
    monkeypatch.setattr(postman, "SmtpPostman", door("smtp"))
    monkeypatch.setattr(letterhead, "Letterhead", door("letters"))
    monkeypatch.setattr(doors, "UrlHeartbeat", door("heartbeat"))
    monkeypatch.setattr(worker, "Rounds", lambda *with_what: rounds(seen, *with_what))
    monkeypatch.setattr(worker, "News", door("news"))
    return seen


def rounds(seen: dict[str, Any], minutes: int, pause: object) -> SimpleNamespace:
    seen["poll_minutes"] = minutes
    return SimpleNamespace(obey_signals=lambda: None, run=lambda a_round: None)


def written(text: str) -> dict[str, Any]:
    """Key → value of a file, the keys of a section as "section.key"."""
    return dict(_flat(tomllib.loads(text), ""))


def _flat(table: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def test_each_key_of_the_main_file_reaches_what_it_is_for(config: Path, built: dict[str, Any]) -> None:
    options = {"config": config, "now": None}
    with doors.opened_office(options, environment={}) as office:
        assert (office.postman.open(), office.letterhead.faults()) == (None, ())  # built when first used
        found = {**of_servers(built, config.parent.parent), **of_the_office(office)}
    assert main(["--config", str(config), "worker"]) == 0
    found |= {
        "schedule.poll_minutes": built["poll_minutes"],
        "schedule.idle": built["news"][1],
        "ledger.url": built["ledger"][0],
        "ledger.heartbeat_url": built["heartbeat"][0],
        "paths.state": built["ledger"][1].name,
        "paths.templates": built["letters"][0].name,
        "paths.sheets": office.tracker.path(office.calls[0]).parent.parent.name,
        "paths.calls": "appels",  # or there would be no call
    }
    assert found == written(MAIN)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2027-02-20T10:00", "2027-02-20T10:00+04:00"),
        ("2027-02-20T10:00+01:00", "2027-02-20T13:00+04:00"),
        ("2027-02-20", "2027-02-20T00:00+04:00"),
    ],
)
def test_the_clock_of_the_command_line_is_that_of_the_time_zone_unless_it_says_otherwise(
    config: Path, built: dict[str, Any], now: str, said: str
) -> None:
    with doors.opened_office({"config": config, "now": now}, environment={}) as office:
        assert office.clock.now().isoformat(timespec="minutes") == said


def of_servers(built: dict[str, Any], root: Path) -> dict[str, Any]:
    (imap, reader), (smtp, letters, _) = built["mailbox"], built["smtp"]
    found: dict[str, Any] = {}
    for name, server, login in (("mailbox", imap, reader), ("smtp", smtp, letters)):
        found |= {f"{name}.{key}": getattr(server, key) for key in ("host", "port", "security")}
        found |= {f"{name}.{key}": getattr(login, key) for key in ("username", "password_env")}
        found[f"{name}.ca_file"] = Path(server.ca_file).relative_to(root).as_posix()
        found[f"{name}.password_file"] = login.password_file.relative_to(root).as_posix()
    found |= {f"mailbox.{key}": getattr(imap, key) for key in ("sent_folder", "after", "since")}
    found |= {"mailbox.folder": imap.folders[0], "mailbox.folders": list(imap.folders[1:])}
    return found | {"limits.max_message_mb": imap.max_message_bytes / 1_000_000}


def of_the_office(office: Office) -> dict[str, Any]:
    limits, house = office.limits, office.house
    return {
        "timezone": str(office.clock.now().tzinfo),
        "mailbox.address": office.address,
        "mailbox.aliases": sorted(house.addresses - {office.address}),
        "mailbox.organisation_domains": sorted(house.organisation_domains),
        "mailbox.trusted_authserv": house.trusted_authserv,
        "mailbox.list_unrelated": office.list_unrelated,
        "mailbox.first_run": office.first_run,
        "smtp.from_name": office.from_name,
        "smtp.max_per_minute": limits.max_per_minute,
        "staff.digest_to": list(office.digest_to),
        "staff.digest_at": office.digest_at,
        "staff.alerts_to": list(office.alerts_to),
        "schedule.grace_minutes": limits.grace_minutes,
        "limits.acks_per_sender_per_day": limits.acks_per_sender_per_day,
        "limits.keep_unrelated_days": limits.keep_unrelated_days,
        "limits.acks_per_cycle": limits.acks_per_cycle,
        "limits.confirm_above": limits.confirm_above,
    }


def test_each_key_of_a_call_reaches_the_call(config: Path, built: dict[str, Any]) -> None:
    with doors.opened_office({"config": config, "now": None}, environment={}) as office:
        (call,) = office.calls
    keys = ("code", "prefix", "title", "short_title", "opens", "closes", "announcement_url", "retention_months")
    found: dict[str, Any] = {key: getattr(call, key) for key in (*keys, "reply_days")}
    found |= {key: list(getattr(call, key)) for key in ("keywords", "regions", "required_documents")}
    found |= {"places.min": call.places_min, "places.max": call.places_max}
    found |= {f"contact.{key}": value for key, value in vars(call.contact).items()}
    found |= {f"legal.{key}": value for key, value in vars(call.legal).items()}
    found["meetings"] = [vars(meeting) for meeting in call.meetings]
    assert found == written(CALL)
    assert str(call.zone) == "Indian/Reunion"


@pytest.mark.parametrize(
    ("text", "name", "beside_it"),
    [
        (MAIN, "pipeline.example.toml", {"mailbox.password_file", "smtp.password_file"}),
        (CALL, "calls/visions21-2017.toml", {key for key in written(CALL) if key.startswith("legal.")}),
    ],
)
def test_no_key_was_left_out_above_and_none_had_the_value_it_would_have_anyhow(
    text: str, name: str, beside_it: set[str]
) -> None:
    """`beside_it`: what the shipped file tells in a comment."""
    mine, shipped = written(text), written((ROOT / "config" / name).read_text("utf-8"))
    assert set(mine) - beside_it == set(shipped) - {"mailbox.auth", "smtp.auth"}
    assert [key for key, value in mine.items() if value == shipped.get(key)] == []
