"""apercu.html: the letters that would leave now, on one page that needs nothing else. Which they are: the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.adapters.letterhead.markdown import glued
from pipeline.core.french import typography

# What layout.html.j2 makes of a letter: pixels around it, of a line, between paragraphs; characters across a line.
AROUND, LINE, GAP, WIDE = 160, 24, 18, 38


@dataclass(frozen=True)
class PageLetter:
    """A letter as the page shows it; `mail` is the name of its .eml file, "" when there is none."""

    number: str
    letter: str
    state: str
    why: str
    recipients: str
    subject: str
    text: str
    html: str
    files: tuple[str, ...]
    mail: str

    @property
    def tall(self) -> int:
        """Pixels that the letter takes in a frame of half a page: no script measures what a frame may not tell."""
        lines = [*self.subject.splitlines(), *self.text.splitlines()]
        return AROUND + sum(LINE * ceil(len(line) / WIDE) if line else GAP for line in lines)


def preview_page(title: str, moment: str, letters: Sequence[PageLetter]) -> str:
    """The whole page; what letters hold is shown in frames that can neither run nor load anything."""
    here = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    here.filters["typeset"] = lambda text: glued(typography(text))
    kinds = list(dict.fromkeys(one.letter for one in letters))
    states = list(dict.fromkeys(one.state for one in letters))
    page = here.get_template("page.html.j2")
    return page.render(title=title, moment=moment, letters=letters, kinds=kinds, states=states)
