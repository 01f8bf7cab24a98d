"""The way in: run the command here when this interpreter has the packages, else in the private environment.

Standard library only, and readable by Pythons too old for the rest, so that they get a sentence and not a SyntaxError.
Making the private environment is left to `private_environment`, the command itself to `pipeline.commands`.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.private_environment import CannotSetUp, PrivateEnvironment

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
RUNTIME_LOCK, DEVELOPMENT_LOCK = "requirements.lock", "requirements-dev.lock"

RUNTIME_MODULES = (
    *("aiosmtpd", "alembic", "click", "defusedxml", "dns", "filelock", "icalendar", "imapclient", "jinja2"),
    *("markdown_it", "openpyxl", "phonenumbers", "pydantic", "pymap", "pypdf", "python_calamine", "rapidfuzz", "rich"),
    *("schedule", "selectolax", "sqlalchemy", "tomlkit", "tzdata", "yagmail"),
)
DEVELOPMENT_MODULES = (
    *RUNTIME_MODULES,
    *("defusedxml-stubs", "hypothesis", "lxml-stubs", "mypy", "openpyxl-stubs", "psycopg", "pytest", "ruff", "xdist"),
    *("google", "jwt", "msal", "requests", "time_machine", "vobject"),
)
DEMO_MODULES = ("aiosmtpd", "pymap")
FOR_DEVELOPERS = ("test", "bench")
OPTIONS_WITH_VALUE = ("--config", "--now")

# A process that has just been replaced by the private interpreter knows itself by this variable: without it an
# environment that stays incomplete after its preparation would be prepared for ever.
ENTERED = "VISIONS_ENTERED_BY"


def enter(argv: Sequence[str]) -> int:
    """Run the command line `argv` (program name first) where its packages are; return the exit code."""
    if too_old(sys.version_info[:2]):
        return complain(f"Python 3.11 or newer is needed; this one is {sys.version.split()[0]} ({sys.executable}).", 2)
    command = command_of(argv[1:])
    home = PrivateEnvironment(ROOT)
    absent = missing(modules_of(command))
    if not absent and not (home.is_current() and home.is_outdated(ROOT / RUNTIME_LOCK)):
        return hand_over(argv[1:])
    try:
        return enter_private(home, argv, command, absent)
    except CannotSetUp as reason:
        return complain(str(reason), 1)
    except KeyboardInterrupt:
        return complain("Interrupted; the same command takes up the preparation again.", 1)


def enter_private(home: PrivateEnvironment, argv: Sequence[str], command: str, absent: Sequence[str]) -> int:
    """Prepare the private environment where needed and run the same command line in it."""
    if os.environ.get("VISIONS_NO_SETUP"):
        lock = locks_of(command)[0]
        raise CannotSetUp(f"VISIONS_NO_SETUP is set and this Python lacks {', '.join(absent)}: pip install -r {lock}")
    if os.environ.get(ENTERED) == process():
        raise CannotSetUp(
            f"{home.folder} still lacks {', '.join(absent)}: delete that folder and run the command again."
        )
    locks = [ROOT / lock for lock in locks_of(command)]
    if home.prepare(locks, anew=home.is_current() and home.is_ready(locks)):
        os.environ[ENTERED] = str(os.getpid())
    again = [str(home.python), *argv]
    if os.name == "nt":  # there os.execv leaves the console to the parent while the child still writes
        return subprocess.call(again)
    os.execv(again[0], again)


def hand_over(arguments: Sequence[str]) -> int:
    """Run the command in this interpreter; what it does and prints is its own."""
    # Imported here: before this point the packages it needs may be absent.
    from pipeline.commands import main  # noqa: PLC0415

    return main(list(arguments))


def process() -> str:
    """The number that the process which entered the private environment had: ours, or on Windows our parent's."""
    return str(os.getppid() if os.name == "nt" else os.getpid())


def too_old(version: tuple[int, ...]) -> bool:
    """Whether a Python of this version cannot run the pipeline."""
    return version < OLDEST


def command_of(arguments: Sequence[str]) -> str:
    """The command among the words of a command line (program name left out), "" when there is none."""
    words = iter(arguments)
    for word in words:
        if word in OPTIONS_WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def modules_of(command: str) -> tuple[str, ...]:
    """The top-level modules that `command` may import; those of the embedded server only where it is started."""
    if command in FOR_DEVELOPERS:
        return DEVELOPMENT_MODULES
    if command == "demo":
        return RUNTIME_MODULES
    return tuple(module for module in RUNTIME_MODULES if module not in DEMO_MODULES)


def locks_of(command: str) -> tuple[str, ...]:
    """The lock file to install for `command`, then the others that it covers."""
    return (DEVELOPMENT_LOCK, RUNTIME_LOCK) if command in FOR_DEVELOPERS else (RUNTIME_LOCK,)


def missing(modules: Sequence[str]) -> tuple[str, ...]:
    """Those of `modules` that this interpreter cannot find; none of them is imported (a few milliseconds)."""
    return tuple(module for module in modules if importlib.util.find_spec(module) is None)


def complain(line: str, code: int) -> int:
    """Say one line on standard error; return the exit code."""
    print(line, file=sys.stderr)
    return code
