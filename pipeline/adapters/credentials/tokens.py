"""What a person's sign-in left: one file a provider in the state folder, mode 0600."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.adapters.credentials.hidden import private_text
from pipeline.adapters.credentials.private_file import replace_private
from pipeline.failures import Misconfigured, Unavailable, reason

SIGN_IN = "run: python3 run.py check --sign-in"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TokenFile:
    """`section` is the provider's in the configuration."""

    section: str
    path: Path

    def read(self) -> dict[str, Any]:
        """What was kept. Raises Misconfigured when nobody signed in, when others can read it, or when it is damaged."""
        if not self.path.exists():
            raise Misconfigured(f"{self.section}: nobody has signed in yet; {SIGN_IN}")
        text = private_text(self.path, self.section)
        try:
            kept = json.loads(text)
        except ValueError:
            kept = None
        if not isinstance(kept, dict):
            raise Misconfigured(f"{self.section}: {self.path} is damaged; {SIGN_IN}")
        return kept

    def write(self, kept: str) -> None:
        """Keep JSON text. Raises Unavailable."""
        try:
            replace_private(self.path, kept)
        except OSError as fault:
            raise Unavailable(f"{self.path}: the sign-in cannot be kept ({reason(fault)}).") from None

    def refresh(self, kept: str) -> None:
        """Keep JSON text if that is possible: the tokens kept before are still good for another refresh."""
        try:
            self.write(kept)
        except Unavailable as trouble:
            log.warning("%s", trouble)
