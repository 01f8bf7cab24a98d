"""What a cycle did and what it could not do: a step that fails is said, and the next one goes on without it."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.failures import PROGRAM_FAULT, Elsewhere, Halted, Misconfigured, Unavailable, system_failure, where
from pipeline.ports import Office

log = logging.getLogger(__name__)
UNFORESEEN = (
    f"{PROGRAM_FAULT} ({{step}}: {{fault}}); nothing is lost, the next cycle tries again. "
    "Give the end of logs/worker.log in the state folder to whoever maintains the program."
)


@dataclass
class Report:
    """What a cycle did (`counts`, by word) and what could not be done now (`troubles`, one line each)."""

    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    is_halted: bool = False  # a person has to see to it: nothing more is done

    def said(self) -> str:
        """What was done, as people read it: "auto reply 1, candidature 2"; "" for nothing."""
        done = sorted((name.replace("_", " "), count) for name, count in self.counts.items() if count)
        return ", ".join(f"{name} {count}" for name, count in done)

    def attempt(self, step: Callable[..., Counter[str]], *arguments: object) -> None:
        """Do a step, unless all is halted."""
        if self.is_halted:
            return
        try:
            self.counts += step(*arguments)
        except Unavailable as trouble:
            self.is_halted = isinstance(trouble, Halted)
            self._note(step.__name__, str(trouble))
        except (OSError, MemoryError) as fault:
            log.warning("%s: %s", step.__name__, where(fault))
            self._add(system_failure(fault))
        except Misconfigured:
            raise
        except Exception as fault:
            # What the steps after it may rely on is not known: nothing more is done, as if the process had ended here.
            log.error("%s: %s", step.__name__, where(fault))
            self.is_halted = True
            self._add(UNFORESEEN.format(step=step.__name__, fault=type(fault).__name__))

    def at_the_desk(self, part: "Callable[[Office, Report], None]", office: Office) -> bool:
        """Do a part of the cycle that one worker at a time does; False when another one is at it."""
        try:
            with office.ledger.desk():
                part(office, self)
        except Elsewhere as other:
            log.info("%s: %s", part.__name__, other)
            return False
        except Unavailable as trouble:
            self._note(part.__name__, str(trouble))
            return False
        return True

    def _note(self, name: str, trouble: str) -> None:
        log.warning("%s: %s", name, trouble)
        self._add(trouble)

    def _add(self, trouble: str) -> None:
        """Once, however many steps meet it."""
        if trouble not in self.troubles:
            self.troubles.append(trouble)
