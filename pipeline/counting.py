"""Mail that a server holds and does not find, or lists and does not give. The first is counted another way, once a day
and where a folder grew by more than the search found. Telling of both is left to `watching` and `informing`.
"""

from pipeline.core.counting import (
    COUNTED,
    HIDDEN,
    REFUSED,
    Count,
    Hidden,
    Refusal,
    read_count,
    read_hidden,
    read_refusal,
    to_count_above,
)
from pipeline.ports import Folder, Office


def note_hidden_mail(office: Office, folder: Folder, news: int) -> None:
    """Note what the search that found `news` mails left out, so that it is fetched like the rest."""
    _look_again(office, folder)
    journal, mail, counted = office.ledger.journal, office.ledger.mail, COUNTED.format(folder=folder.name)
    day = office.clock.now().date().isoformat()
    last, now = read_count(journal.milestone(counted)), Count(day, folder.uidvalidity, folder.uidnext, folder.exists)
    above = to_count_above(now, last, mail.last_uid(folder), news)
    if above is not None:
        hidden = set(office.mailbox.listed(folder, above)) - mail.uids_noted(folder, above)
        mail.note_uids(folder, sorted(hidden))
        if hidden:
            _remember(office, folder, hidden)
    if now != last:
        journal.reach(counted, now.noted())


def hidden_mail(office: Office) -> dict[str, int]:
    """How many mails each watched folder hides from the search, those that hide none left out."""
    journal = office.ledger.journal
    found = {name: read_hidden(journal.milestone(HIDDEN.format(folder=name))) for name in office.mailbox.folders()}
    return {name: hidden.mails for name, hidden in found.items() if hidden}


def refused_mail(office: Office, folder: str) -> Refusal | None:
    """The mails that a watched folder lists and does not give."""
    return read_refusal(office.ledger.journal.milestone(REFUSED.format(folder=folder)))


def note_refused_mail(office: Office, folder: str, mails: int) -> None:
    """How many there are now; the first time counts while there are some, but one to come, noted by a clock that was
    set back."""
    known, moment = refused_mail(office, folder), office.clock.now()
    since = known.since if known and known.since <= moment else moment
    now = Refusal(since, mails) if mails else None
    if now != known:
        office.ledger.journal.reach(REFUSED.format(folder=folder), now.noted() if now else "")


def _look_again(office: Office, folder: Folder) -> None:
    """Whether the search shows by now what it left out before."""
    known = read_hidden(office.ledger.journal.milestone(HIDDEN.format(folder=folder.name)))
    if known is None:
        return
    hidden: set[int] = set()
    if known.uidvalidity == folder.uidvalidity:
        above = known.first - 1
        hidden = set(office.mailbox.listed(folder, above)) - set(office.mailbox.uids(folder, above))
    _remember(office, folder, hidden)


def _remember(office: Office, folder: Folder, hidden: set[int]) -> None:
    noted = Hidden(folder.uidvalidity, min(hidden), len(hidden)).noted() if hidden else ""
    office.ledger.journal.reach(HIDDEN.format(folder=folder.name), noted)
