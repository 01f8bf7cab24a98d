"""Where secrets are: in the environment, or in a file that only its owner can read."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.failures import Misconfigured, reason


@dataclass(frozen=True)
class HiddenText:
    """One secret and where it is; `name` is what the configuration calls it: "password" has the keys `password_env`
    and `password_file` of `section`."""

    section: str
    name: str
    environment: Mapping[str, str] = field(repr=False)
    variable: str = ""
    file: Path | None = None

    def read(self) -> str:
        """The secret.

        Raises Misconfigured when it is nowhere, or in a file that others can read.
        """
        text = self._from_file(self.file) if self.file else self._from_environment()
        if any(ord(one) < 32 for one in text):
            # A line end would begin another command on the wire.
            place = f"_file: {self.file}" if self.file else f"_env: {self.variable}"
            wrong = "holds a control character or a second line"
            raise Misconfigured(f"{self.section} {self.name}{place} {wrong}; write the {self.name} alone, on one line.")
        return text

    def _from_environment(self) -> str:
        text = self.environment.get(self.variable, "")
        if not text:
            raise Misconfigured(
                f"{self.section} {self.name}_env: the environment variable {self.variable} is not set; "
                f"set it, or name a file in {self.name}_file."
            )
        return text

    def _from_file(self, path: Path) -> str:
        key = f"{self.section} {self.name}_file"
        text = private_text(path, key).strip("\r\n")
        if not text:
            raise Misconfigured(f"{key}: {path} is empty; write the {self.name} there.")
        return text


def private_text(path: Path, key: str) -> str:
    """What a file holds. Raises Misconfigured, naming the `key`, when it cannot be read, or when others can."""
    try:
        readable_by_others = os.name != "nt" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        # Notepad may put a byte order mark first.
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        why = reason(fault) if isinstance(fault, OSError) else "it is not text"
        raise Misconfigured(f"{key}: {path} cannot be read ({why}).") from None
    if readable_by_others:
        raise Misconfigured(f"{key}: {path} can be read by others; run: chmod 600 {path}")
    return text
