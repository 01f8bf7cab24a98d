"""Passwords: from the environment or from a file that only its owner can read; never in a log, never in a repr."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.failures import Misconfigured


@dataclass(frozen=True)
class Credentials:
    """Who logs in, and where the password is; `section` is where the configuration says it ("[smtp]")."""

    section: str
    username: str
    environment: Mapping[str, str] = field(repr=False)
    password_env: str = ""
    password_file: Path | None = None

    def password(self) -> str:
        """The password.

        Raises Misconfigured when it is nowhere, or in a file that others can read.
        """
        password = self._from_file(self.password_file) if self.password_file else self._from_environment()
        if any(ord(one) < 32 for one in password):
            # A line end would begin another command on the wire.
            raise Misconfigured(f"{self.section}: the password holds a control character or a second line.")
        return password

    def _from_environment(self) -> str:
        password = self.environment.get(self.password_env, "")
        if not password:
            raise Misconfigured(
                f"{self.section} password_env: the environment variable {self.password_env} is not set; "
                "set it, or name a file in password_file."
            )
        return password

    def _from_file(self, path: Path) -> str:
        try:
            readable_by_others = os.name != "nt" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            # Notepad may put a byte order mark first.
            password = path.read_text(encoding="utf-8-sig").strip("\r\n")
        except (OSError, UnicodeDecodeError) as fault:
            reason = fault.strerror if isinstance(fault, OSError) else "it is not text"
            raise Misconfigured(f"{self.section} password_file: {path} cannot be read ({reason}).") from None
        if readable_by_others:
            raise Misconfigured(f"{self.section} password_file: {path} can be read by others; run: chmod 600 {path}")
        if not password:
            raise Misconfigured(f"{self.section} password_file: {path} is empty.")
        return password
