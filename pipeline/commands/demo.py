"""`demo`: the whole job on an embedded mail server."""

import contextlib
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from pipeline.core.folders import PIECES
from pipeline.demo.post_office import PostOffice
from pipeline.demo.story import CALL_CODE, MAILBOX, PASSWORD, Demo, table_of
from pipeline.failures import Misconfigured
from pipeline.places import own_folder, shipped

WIDTH = 132  # of the table in a file or a pipe
NARROWEST = 90  # of a terminal that shows it
HEADINGS = ("N°", "Collectivité", "Délais", "Pièces", "Décision", "Dernier courrier", "7 mars", "6 avril")
OWN_FOLDER = own_folder("var/demo")


@click.command("demo")
@click.option("--directory", type=click.Path(path_type=Path), help="An empty or new folder for the files.")
@click.option("--serve", is_flag=True, help="Keep the mail server up afterwards, for a mail client.")
def command(directory: Path | None, serve: bool) -> int:
    """Applicants write, the worker records and answers, staff decide, convocations leave, laureates are compiled.

    Example: python3 run.py demo --directory /tmp/demo
    """
    started = time.monotonic()
    folder = _stage(directory)
    on_terminal = sys.stdout.isatty()
    console = Console(highlight=False, width=None if on_terminal else WIDTH)
    with PostOffice([MAILBOX], PASSWORD, accept_all=True) as post:
        _configure(folder, post)
        seen = Demo(folder, post, lambda line: console.print(line, markup=False, soft_wrap=not on_terminal)).play()
        _show(console, table_of(seen))
        letters = len(post.posted)
        console.print(f"{letters} letters left, in {time.monotonic() - started:.1f} s. Have a look at:", markup=False)
        for name in ("suivi.xlsx", "laureats.xlsx", PIECES):
            console.print(f"  {folder / 'sheets' / CALL_CODE / name}", markup=False, soft_wrap=True)
        if serve:
            _serve(console, post)
    return 0


def _stage(directory: Path | None) -> Path:
    """The folder of this run: the demo's own one is made anew, somebody's must be empty."""
    if directory is None:
        shutil.rmtree(OWN_FOLDER, ignore_errors=True)
    elif directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Misconfigured(f"--directory {directory}: expected an empty or new folder; nothing there was touched.")
    folder = (directory or OWN_FOLDER).resolve()
    (folder / "config" / "calls").mkdir(parents=True)
    return folder


def _configure(folder: Path, post: PostOffice) -> None:
    """The configuration a person would write for this server, and the real call."""
    call = shipped(f"config/calls/{CALL_CODE}.toml")
    shutil.copyfile(call, folder / "config" / "calls" / call.name)
    login = f'security = "none"\nusername = "{MAILBOX}"\npassword_env = "DEMO_PASSWORD"\n'
    (folder / "config" / "pipeline.toml").write_text(
        f'[mailbox]\naddress = "{MAILBOX}"\norganisation_domains = ["cerdd.org", "cerdd.example"]\n'
        f'host = "127.0.0.1"\nport = {post.imap_port}\n{login}first_run = "answer"\ntrusted_authserv = "mx.cerdd.org"\n'
        f'[smtp]\nhost = "127.0.0.1"\nport = {post.smtp_port}\n{login}from_name = "Cerdd – Antoine Goxe"\n'
        "max_per_minute = 1000\n",
        encoding="utf-8",
    )


def _show(console: Console, rows: list[tuple[str, ...]]) -> None:
    """As a table; on a narrow terminal, which would lose columns of it, as a paragraph a row."""
    if console.width < NARROWEST:
        console.print("The tracker at the end:", markup=False)
        for number, name, *cells in rows:
            said = [f"{heading}: {cell}" for heading, cell in zip(HEADINGS[2:], cells, strict=True) if cell]
            console.print(f"  {number} {name}\n    {', '.join(said)}", markup=False)
        return
    table = Table(title="The tracker at the end")
    for rank, heading in enumerate(HEADINGS):
        widest = max((len(row[rank]) for row in rows), default=0)
        # A narrow terminal folds the two long columns, never the others.
        folds = heading in ("Collectivité", "Dernier courrier")
        table.add_column(heading, no_wrap=not folds, min_width=0 if folds else max(widest, len(heading)))
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _serve(console: Console, post: PostOffice) -> None:
    console.print(f"IMAP 127.0.0.1:{post.imap_port}, SMTP 127.0.0.1:{post.smtp_port}, {MAILBOX}, password {PASSWORD}.")
    console.print("Ctrl-C ends.")
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    with contextlib.suppress(KeyboardInterrupt):
        stopped.wait()
