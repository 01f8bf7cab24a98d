"""A real Dovecot of our own on 127.0.0.1: own configuration, own folder, kernel-chosen ports, as root or not.

Nothing of the system's Dovecot is read or touched. Plain and STARTTLS on `port`, TLS on `tls_port`; passwords, and
XOAUTH2 with the same secret as token.
"""

import contextlib
import getpass
import grp
import imaplib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tests.servers.certificates import Certificate, make_certificate

CONFIGURATION = """\
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
{rights}
first_valid_uid = 1
mail_location = maildir:{root}/mail/%u
ssl = yes
ssl_cert = <{certificate.cert_file}
ssl_key = <{certificate.key_file}
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
{tokens}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {root}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={root}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""
# XOAUTH2 is asked of the token's giver, and never compared with the password.
TOKENS = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {root}/oauth2.conf.ext
  result_failure = return-fail
  result_internalfail = return-fail
}}
"""
INTROSPECTION = """\
introspection_mode = post
introspection_url = {url}
username_attribute = username
username_format = %u
active_attribute = active
active_value = true
"""
WITHOUT_ROOT = """\
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def dovecot_program() -> str | None:
    """The `dovecot` command, which an ordinary user's PATH leaves out; None when it is not installed."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class Dovecot:
    """One running server; `stop()` ends it and erases its folder, `halt()` and `restart()` keep the mail."""

    def __init__(
        self,
        users: Sequence[str] = ("ami@cerdd.example",),
        password: str = "secret",
        introspection: str = "",
        certificate: Certificate | None = None,
    ) -> None:
        """`introspection`: the address that knows which tokens are good (RFC 7662). Without a `certificate` it makes
        one of its own, which takes longer than its start."""
        self.users, self.user, self.password = tuple(users), users[0], password
        # Not under pytest's folders: those are closed to `nobody`, who owns the mail when we are root, and too long
        # for the sockets in base_dir.
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.port, self.tls_port = free_port(), free_port()
        self.certificate = certificate or make_certificate(self.folder)
        self.ca_file = self.certificate.ca_file
        self._configure(introspection)
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        shutil.rmtree(self.folder / "run", ignore_errors=True)  # a stale socket there costs five seconds
        program = dovecot_program()
        assert program, "dovecot is not installed"
        command = [program, "-F", "-c", str(self.folder / "dovecot.conf")]
        # A session of its own: the group holds this server's processes and no other.
        self._master = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(self._answers, f"dovecot did not start, see {self.folder}/log")

    def halt(self) -> None:
        """Switch it off, as a power cut would: connections are cut, the mail stays."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._master.pid, signal.SIGKILL)
        self._master.wait(10)

    def restart(self) -> None:
        """Cut every connection and come back on the same ports with the same mail."""
        self.halt()
        self.start()

    def stop(self) -> None:
        """Stop the server and erase everything."""
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, raw: bytes, received: datetime, folder: str = "INBOX", user: str = "") -> None:
        """Put `raw` into a folder, byte for byte, with INTERNALDATE `received` (aware)."""
        with self.connect(user) as box:
            status, answer = box.append(folder, "", imaplib.Time2Internaldate(received), raw)
            assert status == "OK", answer

    def messages(self, folder: str = "INBOX", user: str = "") -> list[bytes]:
        """What a folder holds, oldest first; nothing is marked as read."""
        with self.connect(user) as box:
            status, answer = box.select(folder, readonly=True)
            assert status == "OK", answer
            _, answers = box.fetch("1:*", "(BODY.PEEK[])") if answer != [b"0"] else ("OK", [])
        return [answer[1] for answer in answers if isinstance(answer, tuple)]

    def connect(self, user: str = "") -> imaplib.IMAP4:
        """A plain connection, logged in."""
        box = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        box.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        box.login(user or self.user, self.password)
        return box

    def client_context(self) -> ssl.SSLContext:
        """A TLS context that trusts this server."""
        return self.certificate.client_context()

    def _answers(self) -> bool:
        try:
            self.connect().logout()
        except (OSError, imaplib.IMAP4.error):
            return False
        return True

    def _configure(self, introspection: str) -> None:
        root, as_root = self.folder, os.getuid() == 0
        owner, group = ("nobody", "nogroup") if as_root else (str(os.getuid()), str(os.getgid()))
        rights = WITHOUT_ROOT.format(user=getpass.getuser(), group=grp.getgrgid(os.getgid()).gr_name)
        (root / "users").write_text("".join(f"{user}:{{PLAIN}}{self.password}::::::\n" for user in self.users))
        (root / "oauth2.conf.ext").write_text(INTROSPECTION.format(url=introspection))
        (root / "mail").mkdir()
        if as_root:
            root.chmod(0o755)
            shutil.chown(root / "mail", owner, group)
        (root / "dovecot.conf").write_text(
            CONFIGURATION.format(
                root=root,
                tokens=TOKENS.format(root=root) if introspection else "",
                rights="" if as_root else rights,
                certificate=self.certificate,
                owner=owner,
                group=group,
                port=self.port,
                tls_port=self.tls_port,
            )
        )


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(condition, complaint: str, seconds: float = 10) -> None:
    """Wait for another process; there is nothing to wait on but time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, complaint
        time.sleep(0.02)
