"""`check`: tries everything for real, says what is wrong and how to mend it; sends nothing but the letter asked for."""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click

from pipeline.commands.addresses import writable_address
from pipeline.commands.logins import logins
from pipeline.commands.office import House, configured, opened_office
from pipeline.core.call import Call
from pipeline.core.english import counted
from pipeline.core.folders import PIECES
from pipeline.core.journal import ERASED, ERASURE
from pipeline.correspondence import trial_letter
from pipeline.dossiers import plans
from pipeline.failures import Misconfigured, Unavailable, reason, system_failure
from pipeline.intake import refuse_lost_ledger
from pipeline.lost_folder import refuse_lost_folder
from pipeline.ports import Office
from pipeline.tracking.carrying import sound_edits
from pipeline.tracking.sighting import remarks_on, sight
from pipeline.watching import refuse_renamed_call, refuse_rival

ENOUGH_DISK = 500_000_000  # bytes
CLOCK_TOLERANCE = timedelta(minutes=5)


@click.command("check")
@click.option("--sign-in", is_flag=True, help="First sign a person in at Microsoft or Google, on this terminal.")
@click.option("--send-test", metavar="ADDRESS", help="If all is well, send one real letter to yourself.")
@click.pass_context
def command(context: click.Context, sign_in: bool, send_test: str | None) -> int:
    """Configuration, ledger, journal, mailbox, SMTP, templates, tracker, disk, clock: each tried, each with its remedy.

    Example: python3 run.py check --send-test me@example.org
    """
    recipient = "" if send_test is None else writable_address(send_test, "--send-test")
    house = configured(context.obj)
    click.echo(f"ok    configuration: {house.path} and {counted(len(house.calls), 'call')}")
    if sign_in:
        _sign_in(house)
    with opened_office(context.obj, insists=True) as office:
        tests: dict[str, Callable[[], str]] = {
            "stop file": lambda: _stop_file(office),
            "ledger": lambda: _ledger(office),
            "journal": lambda: _journal(office),
            "mailbox": lambda: _mailbox(office),
            "smtp": lambda: _smtp(office),
            "letters": lambda: _letters(office),
            "tracker": lambda: _tracker(office),
            "disk": lambda: _disk(*_own_folders(house)),
            "clock": lambda: _clock(office),
        }
        failed = max(_tried(name, test) for name, test in tests.items())
        return _tried("letter", lambda: _send_test(office, recipient)) if recipient and not failed else failed


def _sign_in(house: House) -> None:
    waiting = logins(house.settings, house.clock, os.environ).to_sign_in()
    if not waiting:
        reason = "every log-in has a password, or an application with a secret or key of its own"
        raise Misconfigured(f"--sign-in: nobody needs to sign in: {reason}.")
    for login in waiting:
        who = login.sign_in(click.echo, click.prompt)
        click.echo(f"ok    sign-in: {login.provider.section} {who}, kept below {house.settings.paths.state}")


def _tried(name: str, test: Callable[[], str]) -> int:
    """Say how one test went; its exit code."""
    try:
        click.echo(f"ok    {name}: {test()}")
    except (Unavailable, OSError) as trouble:
        said = trouble if isinstance(trouble, Unavailable) else system_failure(trouble)
        click.echo(f"FAIL  {name}: {said}", err=True)
        return 1
    except Misconfigured as wrong:
        click.echo("\n".join(f"FAIL  {name}: {fault}" for fault in wrong.faults), err=True)
        return 2
    return 0


def _stop_file(office: Office) -> str:
    office.stop.heed()
    return "there is none"


def _ledger(office: Office) -> str:
    refuse_lost_ledger(office)
    refuse_renamed_call(office)
    with office.ledger.transaction():
        office.ledger.journal.reach("last_check", office.clock.now().isoformat(timespec="seconds"))
    messages = office.ledger.mail.messages()
    strays = sorted({one.call for one in messages if one.call} - {call.code for call in office.calls})
    told = f"; those of {', '.join(strays)} are left alone: no file in calls has that code" if strays else ""
    return f"{counted(len(messages), 'message')} recorded{told}"


def _journal(office: Office) -> str:
    broken = office.ledger.journal.broken_at()
    if broken is not None:
        raise Unavailable(
            f"event {broken} does not follow from those before it: the ledger was changed by hand or damaged; "
            "compare it with a backup."
        )
    whole = [event for _, event, _ in office.ledger.journal.whole()]
    days = sorted({f"{one.at:%d/%m/%Y}" for one in whole if one.what.startswith(ERASURE)})
    erased = sum(one.what == ERASED for one in whole)
    purged = f"; {erased} of them erased by purge on {', '.join(days)}" if days else ""
    return f"every event follows from the one before{purged}"


def _mailbox(office: Office) -> str:
    folders = [office.mailbox.open(name) for name in office.mailbox.folders()]
    refuse_rival(office)
    readable = ", ".join(f"{folder.name} can be read" for folder in folders)
    return "; ".join((f"logged in as {office.address}", readable, *office.mailbox.shortcomings()))


def _smtp(office: Office) -> str:
    office.postman.open()
    return "logged in; nothing was sent"


def _send_test(office: Office, recipient: str) -> str:
    """One letter handed over, once."""
    office.stop.heed()
    letter = trial_letter(office, recipient)
    answer = office.postman.send(letter)
    if not 200 <= answer.code < 300:
        raise Unavailable(f"{recipient}: not taken by the SMTP server ({answer.code} {answer.text}).")
    return f"« {letter.subject} » left for {recipient}: if it is not there in some minutes, look among unwanted mail"


def _letters(office: Office) -> str:
    faults = office.letterhead.faults()
    if faults:
        raise Misconfigured(*map(str, faults))
    return "every template can be written with sample data"


def _tracker(office: Office) -> str:
    """As a cycle would read it, which refuses what nobody should build on."""
    told = []
    for call in office.calls:
        reading = sight(office, call)
        if reading:
            sound_edits(office, call, reading)
        else:
            refuse_lost_folder(office, call)
        holder = office.tracker.holder(call)
        state = "can be read" if reading else "will be created by the first cycle"
        told.append(f"{office.tracker.path(call)} {state}" + (f", open by {holder.name}" if holder else ""))
        told += [*_moved_meetings(office, call), *(remarks_on(office, call, reading) if reading else ())]
    return "; ".join(told)


def _moved_meetings(office: Office, call: Call) -> list[str]:
    """The meetings whose day in Réunions is not the one in the call's file: once staff planned a meeting, theirs
    counts, and whoever changes the file should know."""
    announced = {one.key: one.date for one in call.meetings}
    moved = [one for one in plans(office, call) if one.date and announced[one.key] not in (None, one.date)]
    return [
        f"{one.key} is on {one.date:%d/%m/%Y} in Réunions, which counts, and on {announced[one.key]:%d/%m/%Y} in the "
        f"file of {call.code}"
        for one in moved
    ]


def _own_folders(house: House) -> list[Path]:
    """Where the worker writes: any of them may be a disk of its own. What else is beside a tracker is people's."""
    paths = house.settings.paths
    calls = [paths.sheets / call.code for call in house.calls]
    below = [one for one in sorted(paths.state.glob("*")) if one.is_dir()]
    return [paths.state, *below, paths.sheets, *calls, *(one / PIECES for one in calls)]


def _disk(*folders: Path) -> str:
    """Room for raw mails and documents, and the right to write them; a folder not made yet is judged by the nearest
    that exists."""
    for folder in folders:
        there = next(one for one in (folder, *folder.parents) if one.exists())
        free = shutil.disk_usage(there).free
        if free < ENOUGH_DISK:
            raise Unavailable(
                f"{folder}: only {free // 1_000_000} MB free; make room for {ENOUGH_DISK // 1_000_000} MB."
            )
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as fault:
            why = f"cannot be written to ({reason(fault)}); let the worker's account make and replace files there."
            raise Unavailable(f"{there}: {why}") from fault
    return "enough room for mails and documents"


def _clock(office: Office) -> str:
    now = office.clock.now()
    newest = max((one.arrival.received for one in office.ledger.mail.messages()), default=now)
    if newest > now + CLOCK_TOLERANCE:
        raise Unavailable(
            f"the clock says {now:%d/%m/%Y %H:%M} but a mail was received later: set the machine's clock."
        )
    return f"{now:%d/%m/%Y %H:%M %Z}"
