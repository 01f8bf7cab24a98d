"""What was found as a table, as JSON, and as docs/performance.md."""

import json
import os
import platform
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import Outcome, Rounds

MET = {True: "yes", False: "NO", None: "–"}
PACKAGES = ("imapclient", "yagmail", "sqlalchemy", "openpyxl", "jinja2")
INTRODUCTION = """\
# Performance

Written by `python3 run.py bench --report FILE` from saved figures; run the commands again rather than edit the tables.
Product and comparison run interleaved, each run in a process of its own, on the same work. Trust the ratios, which are
medians over the rounds, more than the times; the spread is the least and the most wall time over the median, so it says
how noisy the machine was. CPU is that of the client alone: the servers run beside it on the same machine.
"""


def lines(outcome: Mapping[str, Any]) -> Iterator[str]:
    """One saved outcome as Markdown."""
    yield f"## {outcome['title']}"
    yield f"\n{outcome['work']}; {outcome['rounds']} round(s).\n"
    yield "| contender | s | ms each | CPU s | peak MB | spread | counted |"
    yield "|---|--:|--:|--:|--:|---|---|"
    for name, one in outcome["contenders"].items():
        each = f"{one['seconds'] * 1000 / one['units']:.2f}" if one["units"] else ""
        counted = ", ".join(f"{key} {value:g}" for key, value in one["counts"].items())
        spread = f"{one['spread'][0]:.2f}–{one['spread'][1]:.2f}"
        figures = f"{one['seconds']:.3f} | {each} | {one['cpu']:.3f} | {one['peak']:.0f}"
        yield f"| {name} | {figures} | {spread} | {counted} |"
    if outcome["goals"]:
        yield "\n| goal | found | met |\n|---|--:|---|"
    for goal in outcome["goals"]:
        yield f"| {goal['text']} | {goal['found']:.2f} | {MET[goal['is_met']]} |"
    yield ""


def saved_form(outcome: Outcome) -> dict[str, Any]:
    """An outcome as it is written to a file: medians, and every run."""
    goals = [asdict(goal) | {"is_met": goal.is_met} for goal in outcome.goals]
    found = {name: _medians(outcome, name) for name in outcome.rounds.runs}
    rounds = max(len(runs) for runs in outcome.rounds.runs.values())
    return {"title": outcome.title, "work": outcome.work, "rounds": rounds, "contenders": found, "goals": goals}


def _medians(outcome: Outcome, name: str) -> dict[str, Any]:
    rounds: Rounds = outcome.rounds
    first = rounds.runs[name][0]
    return {
        **{figure: rounds.median(name, figure) for figure in ("seconds", "cpu", "peak")},
        "units": outcome.units.get(name, 0),
        "spread": rounds.spread(name),
        "counts": {key: rounds.median(name, key) for key in first.counts},
        "runs": [asdict(run) for run in rounds.runs[name]],
    }


def save(file: Path, outcome: Mapping[str, Any], words: Sequence[str]) -> None:
    """Add it to the file; a later run of the same benchmark takes the place of the earlier one."""
    known = json.loads(file.read_text("utf-8")) if file.exists() else {}
    known[outcome["title"]] = {**outcome, "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "command": " ".join(words)}
    known["machine"] = machine()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")


def machine() -> list[str]:
    """What it ran on, a line each."""
    dovecot = subprocess.run(["/usr/sbin/dovecot", "--version"], capture_output=True, text=True).stdout.split()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}"
    servers = f"Python {platform.python_version()}, {ssl.OPENSSL_VERSION}, Dovecot {(dovecot or ['?'])[0]}"
    return [cores, servers, ", ".join(f"{package} {version(package)}" for package in PACKAGES)]


def write_report(saved: Path, page: Path) -> None:
    """The page from the saved figures; what people wrote below its line is kept."""
    figures = json.loads(saved.read_text("utf-8"))
    kept = _written_by_people(page)
    outcomes = [one for name, one in figures.items() if name != "machine"]
    commands = "\n".join(dict.fromkeys(f"{one['command']}    # {one['at']}" for one in outcomes))
    parts = [INTRODUCTION, *(f"- {line}" for line in figures["machine"]), f"\n```\n{commands}\n```\n"]
    for one in outcomes:
        parts.extend(lines(one))
    page.write_text("\n".join([*parts, kept]), "utf-8")


BY_PEOPLE = "<!-- below: written by people, kept by --report -->\n"


def _written_by_people(page: Path) -> str:
    text = page.read_text("utf-8") if page.exists() else ""
    return BY_PEOPLE + text.partition(BY_PEOPLE)[2]


def show(outcome: Mapping[str, Any]) -> None:
    print(*lines(outcome), sep="\n", file=sys.stdout, flush=True)
