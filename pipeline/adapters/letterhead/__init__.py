"""The letters' words: Jinja2 templates in Markdown, one layout. What a letter says is left to mail_templates/, the
values to `core.letters`, the mail around it to `core.envelope`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Template
from markupsafe import Markup

from pipeline.adapters.letterhead import markdown
from pipeline.adapters.letterhead.sandbox import compiled, fault, layout_sandbox, markdown_sandbox, rendered
from pipeline.adapters.letterhead.sealing import cleaned, one_line, unseal
from pipeline.core.french import typography
from pipeline.core.letters import LETTERS, Asked, TemplateFault, sample_values
from pipeline.failures import Unavailable, reason
from pipeline.ports import Written

MAX_TEXT = 50_000
MAX_SUBJECT = 200
SUFFIX = ".md.j2"
LAYOUTS = {"text": "layout.txt.j2", "html": "layout.html.j2"}
_FIRST_LINE = re.compile(r"\s*Objet\s*:\s*(\S.*)")


class Letterhead:
    """The templates of a folder. A file `<folder>/<call code>/<letter>.md.j2` stands in for the common one.

    Files are read at every letter, so that an edit counts at once; each text is compiled once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sandboxes = {
            "letter": markdown_sandbox(),
            "text": layout_sandbox(html=False),
            "html": layout_sandbox(html=True),
        }
        self._compiled = lru_cache(maxsize=200)(compiled)

    def write(self, letter: str, call: str, values: Mapping[str, object]) -> Written:
        """The letter in plain text and HTML. Every value is data: nothing in it is Markdown, HTML or Jinja2.

        Raises `TemplateFault` when a template is missing or wrong, `Unavailable` when it cannot be read now.
        """
        path = self._find(f"{letter}{SUFFIX}", call)
        known = {key: cleaned(value) for key, value in values.items()}
        source = rendered(self._template(path, "letter"), known)
        subject, body = self._split(source, path)
        plain, html_body = markdown.written(body)
        about = {"notice": ""} | known | {"letter": letter, "subject": subject}
        about["to_staff"] = LETTERS[letter].asked is Asked.TO_STAFF
        text = self._laid_out("text", call, about | {"body": plain})
        if len(text) > MAX_TEXT:
            raise fault(self._name(path), f"le texte dépasse {MAX_TEXT} caractères")
        html = self._laid_out("html", call, about | {"body": Markup(html_body), "subject": markdown.glued(subject)})
        return Written(subject, text.strip() + "\n", html)

    def faults(self) -> list[TemplateFault]:
        """Every mistake found by rendering every template with sample values: the common ones, then each call's."""
        found: dict[str, TemplateFault] = {}
        calls = sorted(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else []
        for call in ("", *calls):
            for one in (*self._misnamed(call), *self._failing(call)):
                found.setdefault(str(one), one)
        return list(found.values())

    def _failing(self, call: str) -> list[TemplateFault]:
        faults = []
        for letter in LETTERS:
            try:
                for values in sample_values(letter):
                    self.write(letter, call, values)
            except TemplateFault as found:
                faults.append(found)
        return faults

    def _misnamed(self, call: str) -> list[TemplateFault]:
        known = {f"{letter}{SUFFIX}" for letter in LETTERS} | set(LAYOUTS.values())
        unknown = sorted(path for path in (self._folder / call).glob("*.j2") if path.name not in known)
        return [fault(self._name(path), "ce nom de fichier n’est celui d’aucun courrier") for path in unknown]

    def _find(self, name: str, call: str) -> Path:
        own = self._folder / call / name
        return own if call == Path(call).name and own.is_file() else self._folder / name

    def _name(self, path: Path) -> str:
        return f"{self._folder.name}/{path.relative_to(self._folder).as_posix()}"

    def _template(self, path: Path, kind: str) -> Template:
        where = self._name(path)
        try:
            source = path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            raise fault(where, "ce modèle de courrier est introuvable") from None
        except UnicodeDecodeError:
            raise fault(where, "ce fichier n’est pas enregistré en UTF-8") from None
        except OSError as error:
            raise Unavailable(f"letter template {path} cannot be read: {reason(error)}") from error
        return self._compiled(self._sandboxes[kind], source, where)

    def _split(self, source: str, path: Path) -> tuple[str, str]:
        """The subject, with its values, on one line, and the Markdown that follows it."""
        first, _, body = source.lstrip().partition("\n")
        found = _FIRST_LINE.fullmatch(first.rstrip())
        if not found:
            raise fault(self._name(path), "la première ligne doit être « Objet : » suivi de l’objet", line=1)
        subject = one_line(unseal(typography(found[1])))
        return (subject if len(subject) <= MAX_SUBJECT else subject[: MAX_SUBJECT - 1] + "…"), body

    def _laid_out(self, part: str, call: str, values: Mapping[str, object]) -> str:
        return rendered(self._template(self._find(LAYOUTS[part], call), part), values)
