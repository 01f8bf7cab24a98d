"""`purge`: a call past its retention, or one person, erased; says what will be done, and asks."""

import sys
from dataclasses import dataclass
from typing import Any

import click

from pipeline.adapters.call_files import DiskCallFiles
from pipeline.commands.addresses import address_of
from pipeline.commands.office import configured, opened_office
from pipeline.commands.purge_plans import call_lines, mention_lines, person_lines, register_of
from pipeline.compilation import compile_laureates
from pipeline.core.call import Call
from pipeline.core.erasure import Work, erasable_from
from pipeline.erasure import (
    CallPlan,
    PersonPlan,
    begin_call,
    begin_person,
    finish,
    plan_call,
    plan_person,
    unfinished,
)
from pipeline.failures import Misconfigured, Unavailable
from pipeline.lost_folder import refuse_lost_folder, refuse_missing_folder
from pipeline.ports import Office, Traces
from pipeline.tracking import carry_in_staff_edits, show_in_tracker

NO_VISA = (
    "--visa: nothing was erased. Public archives need the written visa of the archives départementales before they are "
    "destroyed (Code du patrimoine, L212-2 and L214-3): send them the list above, then give the reference of their "
    'visa: --visa "AD62, 12 mars 2019, n° 2019-045".'
)
NOT_ASKED = "nothing was erased: there is no terminal to ask on. Add --yes to erase what is listed above."
LOOK_AGAIN = "Whether it names the person is not known: purge again once it is restored."
CHANGED = "what is held has changed since it was listed, and nothing was erased: run purge again."


@dataclass(frozen=True)
class Asked:
    """What was asked on the command line; None is not "", which a shell writes for a variable that is not set."""

    call: str | None
    person: str | None
    visa: str
    yes: bool
    register: bool


@dataclass(frozen=True)
class Agreed:
    """What was shown and agreed to; `address` is "" for a whole call."""

    plan: CallPlan | PersonPlan
    address: str
    visa: str


@click.command("purge")
@click.argument("call", required=False)
@click.option("--person", metavar="ADDRESS", help="Erase one person instead, by their e-mail address.")
@click.option("--visa", default="", metavar="TEXT", help="Reference of the visa of the archives, kept in the journal.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--register", is_flag=True, help="Print the register sheet (fiche de registre) of the call instead.")
@click.pass_context
def command(context: click.Context, /, **options: Any) -> int:
    """Erase the personal data of a CALL past its retention, or of one person. Prints what it will do, and asks.

    Example: python3 run.py purge visions21-2017 --visa "AD62, n° 2019-045"
    """
    asked = Asked(**options)
    if asked.person is not None and asked.call is not None:
        raise Misconfigured("purge: name a call or --person, not both.")
    if asked.person is not None and asked.register:
        raise Misconfigured("purge: --register is the sheet of a call: leave --person out.")
    address = "" if asked.person is None else address_of(asked.person, "--person")
    house = configured(context.obj)
    call = None if address else _named(house.calls, asked.call)
    if asked.register and call:
        click.echo(register_of(house, call), nl=False)
        return 0
    traces = DiskCallFiles(house.settings.paths.sheets, house.settings.paths.state)
    with opened_office(context.obj, alone=True) as office:
        with office.ledger.desk():
            _finish_what_began(office, traces)
            plan = _call_planned(office, traces, call, asked) if call else _person_planned(office, traces, address)
        if plan is None:
            return 0
        if not (isinstance(plan, CallPlan) or plan.held.is_erasable):
            return _told_unread(plan)
        _agreed(asked)  # the desk is left meanwhile: other workers go on
        with office.ledger.desk():
            return _erase(office, traces, call, Agreed(plan, address, asked.visa))


def _erase(office: Office, traces: Traces, call: Call | None, agreed: Agreed) -> int:
    """Unavailable, and nothing is erased, when it is no longer what was shown."""
    if isinstance(agreed.plan, CallPlan) and call:
        office.tracker.refuse_if_open(call)
        _refuse_otherwise(agreed.plan == plan_call(office, traces, call))
        _carry_out(office, traces, begin_call(office, call, agreed.plan, agreed.visa))
        stays = "laureats.xlsx, laureats.html, statistiques.csv, the hashes of its mails"
        click.echo(f"{call.code}: erased. What stays: {stays}.")
    if isinstance(agreed.plan, PersonPlan):
        _refuse_otherwise(agreed.plan == _plan_person(office, agreed.address))
        _carry_out(office, traces, begin_person(office, agreed.plan, agreed.visa))
        click.echo("Erased.")
        _tell_files(office, traces, (agreed.address, *agreed.plan.held.who.names))
        return _told_unread(agreed.plan)
    return 0


def _refuse_otherwise(is_the_same: bool) -> None:
    if not is_the_same:
        raise Unavailable(CHANGED)


def _call_planned(office: Office, traces: Traces, call: Call, asked: Asked) -> CallPlan | None:
    """What would be erased, shown; None when nothing is."""
    first = erasable_from(call)
    if office.today(call) < first:
        raise Unavailable(
            f"{call.code}: kept for {call.retention_months} months after it closed; it may be erased from "
            f"{first:%d/%m/%Y} on. Nothing was erased."
        )
    plan = plan_call(office, traces, call)
    if plan.is_empty:
        click.echo(f"{call.code}: nothing is left to erase.")
        return None
    refuse_missing_folder(office, call)  # all that is in it would be left
    for line in call_lines(call, plan):
        click.echo(line)
    if not asked.visa.strip():
        raise Misconfigured(NO_VISA)
    return plan


def _person_planned(office: Office, traces: Traces, address: str) -> PersonPlan:
    """What would be erased, shown."""
    if address == office.address.casefold():
        raise Misconfigured(f"--person {address}: this is the shared mailbox itself, nobody's own address.")
    plan = _plan_person(office, address)
    if not plan.held.is_erasable:
        for line in (f"Nothing to erase is held about {address}.", *mention_lines(plan.held)):
            click.echo(line)
        _tell_files(office, traces, (address,))
        return plan
    for line in person_lines(plan):
        click.echo(line)
    return plan


def _plan_person(office: Office, address: str) -> PersonPlan:
    """With what staff typed until now; Unavailable while a tracker is open, which would keep what is erased."""
    for call in office.calls:
        refuse_lost_folder(office, call)
        office.tracker.refuse_if_open(call)
        carry_in_staff_edits(office, call)
    return plan_person(office, address)


def _tell_files(office: Office, traces: Traces, words: tuple[str, ...]) -> None:
    """Files in which the person is still named: what staff wrote, or what Excel keeps although no cell shows it."""
    for path in (path for call in office.calls for path in traces.naming(call.code, words)):
        click.echo(f"Still names the person: {path}: look in your own columns and sheets, then save it in Excel.")


def _told_unread(plan: PersonPlan) -> int:
    """Mails in which the person may be named and nobody could look; the exit code says that there are."""
    for fault in plan.held.unread:
        click.echo(f"{fault} {LOOK_AGAIN}", err=True)
    return 1 if plan.held.unread else 0


def _finish_what_began(office: Office, traces: Traces) -> None:
    work = unfinished(office)
    if work:
        click.echo(f"Finishing the erasure that began on {work.begun}.")
        _carry_out(office, traces, work)


def _carry_out(office: Office, traces: Traces, work: Work) -> None:
    """One person's words are taken out of trackers and lists first; what a whole call had is erased with its files."""
    for call in (one for one in office.calls if one.code in work.calls):
        refuse_missing_folder(office, call)
        if not work.whole:
            show_in_tracker(office, call)
            compile_laureates(office, call)
    finish(office, traces, work)


def _agreed(asked: Asked) -> None:
    """Unavailable when nobody can be asked; an end without a word when they say no."""
    if asked.yes:
        return
    if not sys.stdin.isatty():
        raise Unavailable(NOT_ASKED)
    click.confirm("Erase all this for good?", abort=True)


def _named(calls: tuple[Call, ...], code: str | None) -> Call:
    """The call of that code; the only one when none is named. Misconfigured otherwise."""
    codes = ", ".join(one.code for one in calls)
    if code is None and len(calls) > 1:
        raise Misconfigured(f"purge: there are several calls: name one of {codes}.")
    found = [one for one in calls if code in (None, one.code)]
    if not found:
        raise Misconfigured(f"purge {code}: there is no such call; name one of {codes}.")
    return found[0]
