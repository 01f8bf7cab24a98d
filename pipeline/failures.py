"""The two ways a step can fail. A bad item (a mail, a row, a letter) is a value in front of staff, not a failure."""

import traceback
from pathlib import PurePath

PROGRAM_FAULT = "a fault of the program stopped the cycle"  # so begins what is said of one


class Unavailable(Exception):
    """Something outside does not answer now (server, workbook, disk). The next cycle tries again; exit code 1.

    The text is one line in English: what, where, and what to do if it lasts.
    """


class Elsewhere(Unavailable):
    """Another worker does this now: nothing to do here, and nothing is wrong."""


class CannotWait(Unavailable):
    """The mail server does not tell of new mail: it is asked from time to time."""


class Halted(Unavailable):
    """Nothing more may be done in this cycle, nor in the next ones, until a person has seen to it."""


class LedgerDamaged(Unavailable):
    """The file of the ledger cannot be read as one: `recover` makes it anew."""


class LedgerBehind(Halted):
    """The ledger knows less than what was already done: it was lost, an older one was put back, or another
    installation works on the same mailbox. Nothing may be sent from it: `recover` makes it good.
    """


class Stopped(Halted):
    """A person asked for everything to stop."""


class Misconfigured(Exception):
    """The configuration or the command line is wrong: nothing goes on until a person mends it; exit code 2."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def reason(fault: OSError) -> str:
    """Why a file or folder could not be had, in the system's words unless they leave open what to mend."""
    if isinstance(fault, IsADirectoryError):
        return "a folder stands there in place of a file"
    if isinstance(fault, NotADirectoryError | FileExistsError):
        return "a file stands there in place of a folder"
    return fault.strerror or type(fault).__name__


def system_failure(fault: OSError | MemoryError) -> str:
    """One line for a failure of the disk or the system that no adapter foresaw: what, where it is known, what next."""
    filename, strerror = (getattr(fault, name, None) for name in ("filename", "strerror"))
    place = f"{filename}: " if isinstance(filename, str) else ""
    reason = strerror or type(fault).__name__
    return f"{place}the disk or the system failed ({reason}); what was done is kept, the next run goes on from there."


def where(fault: BaseException) -> str:
    """The type of a fault and the lines of code it came through, for the log: its words may be those of a mail."""
    frames = reversed(traceback.extract_tb(fault.__traceback__))
    return " < ".join([type(fault).__name__, *(f"{PurePath(one.filename).name}:{one.lineno}" for one in frames)])
