"""The words given to the letters for staff: the daily summary and the alert. What is worth telling is the caller's."""

from dataclasses import asdict, dataclass
from datetime import datetime

from pipeline.core import french


@dataclass(frozen=True)
class Section:
    """A heading and its lines, each one French sentence; a section without lines is left out."""

    title: str
    lines: tuple[str, ...]


def digest_values(title: str, sections: tuple[Section, ...], now: datetime) -> dict[str, object]:
    """The mapping for `digest`: `title` names the call or the mailbox ("Visions +21"), `now` in the house's zone."""
    filled = tuple(asdict(section) for section in sections if section.lines)
    return {"title": title, "today": french.long_date(now), "sections": filled}


def alert_values(title: str, sections: tuple[Section, ...], now: datetime) -> dict[str, object]:
    """The mapping for `alerte`: `title` says in a few words what happened, the sections the details and the remedy."""
    filled = tuple(asdict(section) for section in sections if section.lines)
    return {"title": title, "moment": french.moment(now), "sections": filled}
