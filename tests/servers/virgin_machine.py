"""A Debian machine on which nothing of ours was ever installed: this one, through an overlay, with its own systemd.

What is written there is in memory and gone with it. It shares the network of this machine, so that servers on
127.0.0.1 are reached; of our files it sees `shared`, below /mnt. Needs root, on Linux.
"""

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.dovecot import until

# systemd cleans /tmp when it starts: it must not be ours. PrivateUsers= is refused below a chroot, hence the pivot.
BOOT = """
set -e
mount -t tmpfs tmpfs {scratch}
mkdir {scratch}/upper {scratch}/work {scratch}/root
mount -t overlay overlay -o lowerdir=/,upperdir={scratch}/upper,workdir={scratch}/work {scratch}/root
mount --rbind /sys {scratch}/root/sys
mount --rbind /dev {scratch}/root/dev
mount -t proc proc {scratch}/root/proc
mount -t tmpfs tmpfs {scratch}/root/run
mount -t tmpfs tmpfs {scratch}/root/tmp
mount -t tmpfs tmpfs {scratch}/root/mnt
{shared}
export container=docker
mkdir {scratch}/root/run/before
cd {scratch}/root
pivot_root . run/before
umount --lazy /run/before
exec /lib/systemd/systemd --system --unit=basic.target
"""
SHARED = "mkdir {inside}; mount --bind {outside} {inside}"
SECONDS = 300
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def _network_settings() -> list[str]:
    """What this network asks of whoever fetches packages."""
    return [
        f"{name}={value}" for name, value in os.environ.items() if re.match(r"(?i)pip_|https?_proxy|no_proxy", name)
    ]


@dataclass(frozen=True)
class VirginMachine:
    """`init` is the process id of its systemd, seen from here."""

    init: int

    def run(self, script: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Lines of bash as root, each of which must succeed; `given` is typed."""
        return subprocess.run(
            ["nsenter", "--target", str(self.init), "--mount", "--pid", "--uts", "--root", "--wd", "--"]
            + ["env", "-i", f"PATH={PATH}", "HOME=/root", "LANG=C.UTF-8", *_network_settings()]
            + ["bash", "-euo", "pipefail", "-c", script],
            input=given,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )


@contextmanager
def a_virgin_machine(**shared: Path) -> Iterator[VirginMachine]:
    """The machine, started; each folder of `shared` is seen below /mnt, by its name."""
    with tempfile.TemporaryDirectory(prefix="virgin-") as scratch:
        mounts = [SHARED.format(outside=path, inside=f"{scratch}/root/mnt/{name}") for name, path in shared.items()]
        boot = BOOT.format(scratch=scratch, shared="\n".join(mounts))
        outer = subprocess.Popen(
            ["unshare", "--fork", "--mount", "--pid", "--uts", "--propagation", "private", "--kill-child=KILL"]
            + ["bash", "-c", boot],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            until(lambda: _init_of(outer.pid) is not None, "no systemd in a namespace of its own", 30)
            machine = VirginMachine(_init_of(outer.pid) or 0)
            until(lambda: machine.run("systemctl is-active basic.target").returncode == 0, "systemd does not start", 30)
            yield machine
        finally:
            os.killpg(outer.pid, signal.SIGKILL)
            outer.wait()


def _init_of(outer: int) -> int | None:
    """The systemd that `unshare` started, once bash has become it."""
    children = Path(f"/proc/{outer}/task/{outer}/children")
    for child in children.read_text().split() if children.exists() else ():
        if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
            return int(child)
    return None
