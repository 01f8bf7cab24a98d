"""Ledger → letters that are due → outbox. Every letter is written once for its key; sending is left to `dispatch`.

acknowledging.py   answers to mail            out_tray.py   what staff ask for, read by them before it leaves
reminding.py       what a date makes due      previewing.py those to come, for people to look at
writing.py         a letter's words and frozen bytes                trial.py         one to the person who installs
"""

from collections import Counter

from pipeline.correspondence.acknowledging import acknowledge
from pipeline.correspondence.out_tray import follow_requests
from pipeline.correspondence.previewing import Preview, previews
from pipeline.correspondence.reminding import remind
from pipeline.correspondence.trial import trial_letter
from pipeline.correspondence.writing import Writer
from pipeline.failures import Unavailable
from pipeline.ports import Office

__all__ = ["Preview", "hold_answers", "previews", "trial_letter", "write_letters_due"]


def hold_answers(office: Office, why: str) -> Counter[str]:
    """Write every acknowledgement that is due, none of which leaves before a person lets it."""
    return acknowledge(Writer(office), why)


def write_letters_due(office: Office) -> Counter[str]:
    """Write every acknowledgement, every letter of the out-tray and every reminder that is due, each exactly once; what
    has waited until it is no longer right is taken back.

    What keeps one letter from being written stops that one only: the others are, then Unavailable says which.
    """
    writer = Writer(office)
    counts = acknowledge(writer)
    for call in office.calls:
        counts += follow_requests(writer, call)
        counts += remind(writer, call)
    if writer.met:
        raise Unavailable("; ".join(dict.fromkeys(map(str, writer.met))))
    return counts
