"""What `purge` says before it asks: what goes, what stays, what is to be done elsewhere; and the register sheet."""

from pipeline.commands.office import House
from pipeline.core.call import Call
from pipeline.core.delivery import NOT_LEFT, LetterState
from pipeline.core.english import counted
from pipeline.core.register import Installation, register_sheet
from pipeline.erasure import CallPlan, PersonPlan
from pipeline.held import Held

ELSEWHERE = (
    "What this program cannot erase:",
    "  the mailbox itself (it is never written to): delete the mails there, then empty the bin",
    "  the Sent folder of the mailbox: delete the copies of the letters there",
    "  backups of this machine, of the shared folder and of the database server: have them expire or redone",
    "  copies that people made of the tracker: ask the team",
)
ARCHIVES = "(public archives: ask the archives départementales first where a whole record would go; --visa notes it)"
TO_LEAVE = (*NOT_LEFT, LetterState.SENDING)


def call_lines(call: Call, plan: CallPlan) -> list[str]:
    """The plan of a whole call."""
    waiting = sum(one.state in TO_LEAVE for one in plan.letters)
    lines = [
        f"Call {call.code}, closed on {call.closes:%d/%m/%Y}, kept for {call.retention_months} months. To be erased:",
        f"  {counted(len(plan.mails), 'mail')} with the raw copies, {counted(plan.pieces, 'document')}",
        f"  {counted(len(plan.candidatures), 'candidature')} with the contacts and staff's notes",
        f"  {counted(len(plan.letters), 'letter')}{f', not left yet and never to leave: {waiting}' if waiting else ''}",
        f"  the words of {counted(len(plan.events), 'line')} of the journal",
        "  every digest and alert that left; the logs; ledgers that were put aside",
        *(f"  {path}" for path in plan.files.go),
        "What stays: the published laureates (laureats.html, laureats.xlsx without contacts), figures without names "
        "(statistiques.csv), the hashes by which the mails are known again.",
    ]
    if plan.files.left:
        lines += [
            "Yours, not touched: look whether it holds personal data:",
            *(f"  {path}" for path in plan.files.left),
        ]
    return [*lines, *ELSEWHERE]


def person_lines(plan: PersonPlan) -> list[str]:
    """The plan of one person."""
    held = plan.held
    numbers = ", ".join(one.number for one in held.candidatures) or "none"
    letters, naming = counted(len(held.letters), "letter"), counted(len(held.naming), "letter")
    lines = [
        f"To be erased about {held.who.address}{_named(held.who.names)}:",
        f"  {counted(len(held.mails), 'mail')} they wrote, with the raw copies",
        f"  their contact data and what names them in candidatures ({numbers}), which go on without them",
        f"  {letters} to them; the words of {naming} to others in which they are named",
        f"  the words of {counted(len(held.events), 'line')} of the journal",
        "  the backups of the trackers concerned, the previews, digests and alerts that left, the logs, ledgers that "
        "were put aside",
    ]
    lines.append(f"  {ARCHIVES}")
    if plan.documents:
        lines += [
            "Not erased: documents that they sent are their collectivité's. Look whether they name the person:",
            *(f"  {path}" for path in plan.documents),
        ]
    if plan.staffs:
        lines += [
            "Not erased: columns of the tracker that are yours; empty them:",
            *(f"  {one}" for one in plan.staffs),
        ]
    return [*lines, *mention_lines(held), *ELSEWHERE]


def mention_lines(held: Held) -> list[str]:
    """What others wrote stays, and is told."""
    if not held.mentions:
        return []
    return [f"Not erased: {counted(len(held.mentions), 'mail')} of other people in which the address stands."]


def register_of(house: House, call: Call) -> str:
    """The register sheet of a call, as this configuration has it."""
    settings = house.settings
    return register_sheet(
        call,
        Installation(
            settings.mailbox.address,
            settings.mailbox.host,
            settings.smtp.host,
            settings.ledger.url.partition(":")[0] or "SQLite",
            settings.limits.keep_unrelated_days,
        ),
    )


def _named(names: tuple[str, ...]) -> str:
    return f" ({', '.join(names)})" if names else ""
