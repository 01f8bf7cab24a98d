"""The whole line: mails fetched, kept, judged, shown in the tracker, answered; beside a script and the floor."""

import functools
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.boxes import Load, put, serving, stored
from tests.benchmarks.installation import CARELESS, Installation, installed
from tests.benchmarks.mails import load
from tests.benchmarks.measuring import Goal, Outcome, Rounds, Run, Scale, apart, interleaved
from tests.servers.dovecot import Dovecot

PRODUCT, UNSAFE, NAIVE, FLOOR, GETMAIL = "product", "product without fsync", "naive script", "floor", "getmail6"
USUAL = 100
GETMAIL_SETTINGS = """\
[retriever]
type = SimpleIMAPSSLRetriever
server = 127.0.0.1
port = {port}
username = {user}
password = {password}
ca_certs = {ca_file}
[destination]
type = Maildir
path = {folder}/
{owner}
[options]
read_all = true
delete = false
verbose = 0
"""


def whole_line(scale: Scale) -> Outcome:
    """Each contender gets a box of its own with the same mails."""
    mails = scale.of_mails(4, USUAL)
    names = (PRODUCT, UNSAFE, NAIVE, FLOOR, *((GETMAIL,) if shutil.which("getmail") else ()))
    with tempfile.TemporaryDirectory() as folder, serving(len(names) * scale.rounds) as (server, users):
        kept = stored(load(mails), Path(folder) / "mails")
        rounds = interleaved(
            {name: functools.partial(played, name, kept, server, users, scale) for name in names}, scale.rounds
        )
    work = f"{mails} mails ({kept.kinds['candidature']} candidatures), {kept.size / 1e6:.0f} MB, TLS both ways"
    return Outcome("whole_line", work, rounds, tuple(goals(rounds, mails)), dict.fromkeys(names, mails))


def played(name: str, kept: Load, server: Dovecot, users: Iterator[str], scale: Scale) -> Run:
    user = next(users)
    put(kept, server, user)
    with installed(server, user, scale) as place:
        if name == GETMAIL:
            return downloaded(place)
        run = PLAYED[name](place)
        counts = {"recorded": place.recorded()} if name in (PRODUCT, UNSAFE) else {}
        run = place.with_counts(run, **counts)
    assert run.counts.get("recorded", kept.count) == kept.count, f"{name} recorded {counts} of {kept.count} mails"
    assert run.counts["sent"] == kept.kinds["candidature"], f"{name}: {run.counts} of {kept.kinds}"
    return run


def downloaded(place: Installation) -> Run:
    """getmail6 into a Maildir, nothing else; it refuses to write as root."""
    server, folder = place.house.dovecot, place.folder / "Maildir"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    login = {"port": server.tls_port, "user": place.user, "password": server.password, "ca_file": server.ca_file}
    owner = "user = nobody" if place.folder.owner() == "root" else ""
    (place.folder / "getmailrc").write_text(GETMAIL_SETTINGS.format(folder=folder, owner=owner, **login))
    if owner:
        subprocess.run(["chown", "-R", "nobody", str(place.folder)], check=True)
    words = ["getmail", "--getmaildir", str(place.folder), "--rcfile", "getmailrc"]
    return apart("commanding:command", words=words)


PLAYED: dict[str, Callable[[Installation], Run]] = {
    PRODUCT: lambda place: place.once(),
    UNSAFE: lambda place: place.once(CARELESS),
    NAIVE: lambda place: place.script("naive"),
    FLOOR: lambda place: place.script("floor"),
}


def goals(rounds: Rounds, mails: int) -> Iterator[Goal]:
    least = 10 if mails >= 1000 else 3
    yield Goal(f"≥ {least} × faster than the naive script", rounds.ratio(NAIVE, PRODUCT), at_least=least)
    yield Goal("≤ 2 × the floor, wall", rounds.ratio(PRODUCT, FLOOR), at_most=2)
    yield Goal("≤ 2 × the floor, CPU", rounds.ratio(PRODUCT, FLOOR, "cpu"), at_most=2)
    yield Goal("durability costs ≤ 1.4 ×", rounds.ratio(PRODUCT, UNSAFE), at_most=1.4)
    if GETMAIL in rounds.runs:
        yield Goal("≥ 2.5 × faster than getmail6 downloading", rounds.ratio(GETMAIL, PRODUCT), at_least=2.5)
