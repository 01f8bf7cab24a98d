"""`init`: a configuration and a first call, from a few answers; never over an existing file."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo

import click
from pydantic import BaseModel

from pipeline.adapters.name_server import records_of
from pipeline.core.call import Call, Contact
from pipeline.core.mail_hosts import IMAP_PORT, SMTP_PORT, Host, Hosts, Records, host_from, hosts_of
from pipeline.failures import Misconfigured
from pipeline.places import own_folder, shipped
from pipeline.settings.call_file import CallFile
from pipeline.settings.loading import call_files, faults_of, paths_of, shown
from pipeline.settings.pipeline_file import Auth, Settings
from pipeline.settings.words import address as email_address
from pipeline.settings.words import code, prefix, region
from pipeline.settings.writing import Installation, call_text, pipeline_text, write_new

Value = TypeVar("Value")
AUTHS: tuple[str, ...] = get_args(Auth)
_FRENCH_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")  # 28/02/2017
ZONE = ZoneInfo(Settings.model_fields["timezone"].default)  # the example's; a person changes it in the file
NEXT = {
    "password": "put the password in AMI_MAILBOX_PASSWORD and AMI_SMTP_PASSWORD, or a file in password_file",
    "microsoft365": "complete the section [microsoft365] (docs/mailboxes.md)",
    "google": "complete the section [google] (docs/mailboxes.md)",
}


class Answers:
    """What the options say; a person is asked for the rest, where there is one, and the rest has a default."""

    def __init__(self, given: dict[str, str | None], asks: bool) -> None:
        self.given, self.asks = given, asks

    def to(self, option: str, question: str, usual: str | None, read: Callable[[str], Value]) -> Value:
        """The answer to one question as `read` understands it; Misconfigured names the option where there is none."""
        text = self.given[option.replace("-", "_")]
        if text is None and self.asks:
            return self._asked(question, usual, read)
        if text is None and usual is None:
            raise Misconfigured(f"--{option}: missing. Give it, or run init on a terminal, where it asks: {question}?")
        try:
            return read(text if text is not None else usual or "")
        except ValueError as wrong:
            raise Misconfigured(f"--{option}: {wrong}.") from None

    def _asked(self, question: str, usual: str | None, read: Callable[[str], Value]) -> Value:
        while True:
            try:
                return read(click.prompt(question, default=usual, show_default=bool(usual)))
            except ValueError as wrong:
                click.echo(f"  {wrong}.")


@click.command("init")
@click.option("--address", help="The address applicants write to.")
@click.option("--imap", metavar="HOST[:PORT[:SECURITY]]", help="Default: found from the address.")
@click.option("--smtp", metavar="HOST[:PORT[:SECURITY]]", help="Default: found from the address.")
@click.option("--auth", help=f"How one logs in: {', '.join(AUTHS)}. Default: found from the address.")
@click.option("--username", help="Default: the address.")
@click.option("--password-file", help="A file of mode 600 that holds the password. Default: environment variables.")
@click.option("--contact", help="Who signs the letters, e.g. 'Antoine Goxe'.")
@click.option("--organisation", help="In whose name, e.g. Cerdd.")
@click.option("--staff", help="Who receives the daily summary and the alerts. Default: nobody.")
@click.option("--title", help="The title of the call.")
@click.option("--short-title", help="As letters and the tracker name it, e.g. 'Visions +21'.")
@click.option("--code", help="Folder and key of the call, e.g. visions21-2017.")
@click.option("--prefix", help="Begins the numbers, e.g. V21 for V21-001.")
@click.option("--opens", help="First day, e.g. 2016-12-01.")
@click.option("--closes", help="Last day, included, e.g. 2017-02-28.")
@click.option("--places", help="How many are taken, e.g. 2-3. Default: not said.")
@click.option("--region", help="INSEE code of the only region that may apply, e.g. 32. Default: any.")
@click.option("--ask/--no-ask", default=None, help="Ask for what no option says. Default: on a terminal.")
@click.pass_context
def command(context: click.Context, /, ask: bool | None, **given: str | None) -> int:
    """Write config/pipeline.toml and a first call, from options and answers; an existing file is left as it is.

    Example: python3 run.py init --address ami@example.org
    """
    path = Path(context.obj["config"] or own_folder("config") / "pipeline.toml").absolute()
    answers = Answers(given, sys.stdin.isatty() if ask is None else ask)
    address = answers.to("address", "The address applicants write to", None, email_address)
    call = _call(answers, address)
    hosts = _hosts(answers, address)
    installation = _installation(answers, address, hosts, call)
    calls = paths_of(path).calls if path.exists() else path.parent / "calls"
    file, its_text = calls / f"{call.code}.toml", call_text(_example("calls/call.example.toml"), call)
    # The section of a provider of tokens is for a person to complete.
    complete = replace(installation, hosts=replace(hosts, auth="password"))
    _refuse_faulty(path, {path: (Settings, _main_text(complete, path)), file: (CallFile, its_text)})
    _write(path, _main_text(installation, path))
    _write(file, its_text)
    _tell_of_other_calls(calls, call.code)
    click.echo(f"Next: {NEXT[hosts.auth]}; then: python3 run.py check")
    return 0


def _hosts(answers: Answers, address: str) -> Hosts:
    domain = address.rpartition("@")[2]
    is_said = all(answers.given[option] is not None for option in ("imap", "smtp", "auth"))
    found = hosts_of(domain, Records() if is_said else records_of(domain))
    said = f"from {found.known_from}"
    imap = answers.to("imap", f"IMAP server ({said})", _written(found.imap), lambda text: host_from(text, IMAP_PORT))
    smtp = answers.to("smtp", f"SMTP server ({said})", _written(found.smtp), lambda text: host_from(text, SMTP_PORT))
    auth = answers.to("auth", f"How one logs in ({', '.join(AUTHS)})", found.auth, _auth)
    return Hosts(imap, smtp, auth, found.known_from)


def _installation(answers: Answers, address: str, hosts: Hosts, call: Call) -> Installation:
    staff = answers.to(
        "staff", "Who receives the daily summary and the alerts (empty: nobody)", "", _optional(email_address)
    )
    signed = " – ".join(filter(None, (call.contact.organisation, call.contact.name)))
    return Installation(
        address=address,
        hosts=hosts,
        username=answers.to("username", "User name at both servers", address, str),
        from_name=signed,
        staff=(staff,) if staff else (),
        since=call.opens,
        password_file=answers.given["password_file"] or "",
    )


def _call(answers: Answers, address: str) -> Call:
    title = answers.to("title", "Title of the call", None, _filled)
    short_title = answers.to("short-title", "Short title, as letters and the tracker name it", title, _filled)
    opens = answers.to("opens", "First day, e.g. 2016-12-01", None, _day)
    closes = answers.to("closes", "Last day, included, e.g. 2017-02-28", None, lambda text: _later(_day(text), opens))
    key = answers.to("code", "Folder and key of the call, e.g. visions21-2017", None, code)
    begins = answers.to("prefix", "What numbers begin with, e.g. V21", None, prefix)
    places = answers.to("places", "How many are taken, e.g. 2-3 (0: not said)", "0", _places)
    regions = answers.to("region", "INSEE code of the only region that may apply (empty: any)", "", _regions)
    name = answers.to("contact", "Who signs the letters", None, _filled)
    organisation = answers.to("organisation", "In whose name", None, _filled)
    return Call(
        code=key,
        prefix=begins,
        title=title,
        short_title=short_title,
        opens=opens,
        closes=closes,
        places_min=places[0],
        places_max=places[1],
        keywords=(short_title.casefold(),),
        regions=regions,
        contact=Contact(name, organisation=organisation, email=address),
        zone=ZONE,
    )


def _main_text(installation: Installation, path: Path) -> str:
    return pipeline_text(_example("pipeline.example.toml"), installation, path.parent.name)


def _refuse_faulty(main: Path, texts: dict[Path, tuple[type[BaseModel], str]]) -> None:
    """Misconfigured, before anything is written, for what `load` would refuse of the files that are to be written."""
    new = {file: one for file, one in texts.items() if not file.exists()}
    faults = [line for file, (model, text) in new.items() for line in faults_of(text, model, file, main.parent.parent)]
    if faults:
        raise Misconfigured(*faults, "Nothing was written.")


def _write(file: Path, text: str) -> None:
    click.echo(f"written: {shown(file)}" if write_new(file, text) else f"left as it is: {shown(file)} exists")


def _tell_of_other_calls(folder: Path, own: str) -> None:
    """Calls that are there already, the shipped one among them, are worked on too."""
    others = sorted({one.name for one in call_files(folder)} - {f"{own}.toml"})
    if others:
        click.echo(f"{shown(folder)} also holds {', '.join(others)}: remove what is no call of yours.")


def _example(name: str) -> str:
    return (shipped("config") / name).read_text("utf-8")


def _written(host: Host) -> str:
    return f"{host.name}:{host.port}:{host.security}"


def _auth(text: str) -> str:
    if text not in AUTHS:
        raise ValueError(f"{text}: expected one of {', '.join(AUTHS)}")
    return text


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("empty; write at least a word")
    return text.strip()


def _optional(read: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: read(text) if text.strip() else ""


def _day(text: str) -> date:
    found = _FRENCH_DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text}: expected a day such as 2017-02-28") from None


def _later(day: date, opens: date) -> date:
    if day < opens:
        raise ValueError(f"{day} is before the first day ({opens})")
    return day


def _places(text: str) -> tuple[int, int]:
    least, _, most = text.partition("-")
    if not (least.strip().isdecimal() and (most or least).strip().isdecimal()) or int(least) > int(most or least):
        raise ValueError(f"{text}: expected a number such as 3, or two such as 2-3")
    return int(least), int(most or least)


def _regions(text: str) -> tuple[str, ...]:
    return (region(text.strip()),) if text.strip() else ()
