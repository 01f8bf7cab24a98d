"""Jinja2 as staff may use it: fields, conditions, loops and a few filters; every mistake told in French."""

import difflib
import re
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.adapters.letterhead.sealing import seal, without_seals
from pipeline.core.french import listing, typography
from pipeline.core.letters import TemplateFault

MAX_RENDERED = 400_000  # characters before seals are opened
_FILTERS = ("capitalize", "count", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper")
_FRENCH = (
    (r"unexpected end of template", "une accolade n’est pas refermée"),
    (r"Unexpected end of template", "un « {% if %} » ou un « {% for %} » n’est pas refermé"),
    (r"unknown tag '(\w*)'", "la balise « {0} » n’existe pas ou n’est pas à sa place"),
    (r"No filter named '(\w*)'", "le filtre « {0} » n’existe pas"),
    (r"expected token 'end of print statement'|unexpected '}'|unexpected char", "une accolade est mal écrite"),
    (r"Missing end of comment tag", "un commentaire « {# » n’est pas refermé par « #} »"),
    (r"is not safely callable", "un champ ne se suit pas de parenthèses"),
    (r"access to attribute '(\w*)'", "la partie « {0} » n’est pas permise"),
    (r"no loader for this environment", "un modèle ne peut pas en inclure un autre"),
)


class UnknownField(StrictUndefined):
    """A field that does not exist: the fault names it."""

    @property
    def _undefined_message(self) -> str:
        return f"le champ « {self._undefined_name} » n’existe pas"


class Sandbox(SandboxedEnvironment):
    """No method calls, no multiplication of text, no `range`: a loop runs over what the letter knows, and ends."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro | StrictUndefined)  # the undefined one then tells its name

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not isinstance(left, int) or not isinstance(right, int):
            raise SecurityError(f"l’opération « {operator} » n’est pas permise ici")
        return super().call_binop(context, operator, left, right)


def markdown_sandbox() -> Sandbox:
    """For the letters: every printed value is sealed. An empty line of the file stays one: it ends a paragraph."""
    return _sandbox(pass_context(_sealed), autoescape=True, trim_blocks=False)


def layout_sandbox(html: bool) -> Sandbox:
    """For the layouts: every printed value is escaped for HTML, or left plain."""
    return _sandbox(_printable, autoescape=html, trim_blocks=True)


def _sandbox(finalize: Callable[..., object], autoescape: bool, trim_blocks: bool) -> Sandbox:
    environment = Sandbox(
        undefined=UnknownField,
        autoescape=autoescape,
        finalize=finalize,
        lstrip_blocks=True,
        trim_blocks=trim_blocks,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS} | {"listing": listing}
    return environment


def compiled(environment: Sandbox, source: str, where: str) -> Template:
    """A template ready to render, or TemplateFault at its line of `where`."""
    try:
        code = environment.compile(without_seals(source), name=where, filename=where)
        return Template.from_code(environment, code, environment.make_globals(None))
    except TemplateSyntaxError as error:
        raise fault(where, _in_french(error), error.lineno) from None
    except RecursionError:
        raise fault(where, "le modèle est trop imbriqué") from None


def rendered(template: Template, values: Mapping[str, object]) -> str:
    """What the template says with these values, or TemplateFault at the line that failed."""
    where = str(template.name)
    parts: list[str] = []
    size = 0
    try:
        for part in template.generate(**values):
            parts.append(part)
            size += len(part)
            if size > MAX_RENDERED:
                raise SecurityError("le texte produit est beaucoup trop long")
    except Exception as error:
        raise fault(where, _told(error, values), _line(error.__traceback__, where)) from None
    return "".join(parts)


def fault(where: str, what: str, line: int = 0) -> TemplateFault:
    """A mistake of a template as staff read it; line 0 is unknown."""
    return TemplateFault(f"{where}:{line}" if line else where, typography(what))


def _sealed(context: Context, value: object) -> Markup:
    """Markup is what a macro or a {% set %} block made: its values are sealed already."""
    return value if isinstance(value, Markup) else Markup(seal(_printable(value)))


def _printable(value: object) -> str:
    match value:
        case Markup():
            return value
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case tuple() | list():
            return listing([_printable(item) for item in value])
        case Mapping():
            raise SecurityError("ce champ se lit par ses parties, par exemple « meeting.title »")
        case _:
            return str(value)


def _line(trace: TracebackType | None, where: str) -> int:
    """The line of the template that failed, 0 if none is known."""
    line = 0
    while trace:
        if trace.tb_frame.f_code.co_filename == where:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _told(error: Exception, values: Mapping[str, object]) -> str:
    what = _in_french(error)
    name = re.search(r"le champ « (\w+) »", what)
    near = difflib.get_close_matches(name[1], list(values), n=1) if name else []
    return f"{what} ; vouliez-vous dire « {near[0]} » ?" if near else what


def _in_french(error: Exception) -> str:
    message = " ".join(str(error).split())
    for pattern, french in _FRENCH:
        if found := re.search(pattern, message):
            return french.format(*found.groups()) if found.groups() else french
    ours = isinstance(error, SecurityError) or message.startswith("le champ")
    return message if ours and message[:2] in ("l’", "le", "ce") else f"ce passage ne se comprend pas ({message[:200]})"
