"""A fault of validation → "[mailbox] prot: unknown key, did you mean "port"?". Finding the faults is left to `loading`.

The value found is said only where it cannot be a secret that was typed into the wrong place.
"""

import difflib
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel

Location = tuple[str | int, ...]

EXPECTED = {
    "string_type": "a text in quotes",
    "int_type": "a whole number without quotes",
    "bool_type": "true or false",
    "date_type": "a date without quotes, such as 2017-02-28",
    "date_from_datetime_inexact": "a date without hour, such as 2017-02-28",
    "tuple_type": 'a list, such as ["one", "two"]',
    "model_type": "a section of its own",
    "dict_type": "a section of its own",
    "is_instance_of": "a path in quotes",
}
BOUNDS = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}


def said(model: type[BaseModel], error: Mapping[str, Any]) -> str:
    """One line for one fault of `ValidationError.errors()`: where, what is wrong, what to write."""
    place, kind = error["loc"], str(error["type"])
    match kind:
        case "extra_forbidden":
            return _unknown(model, place, error["input"])
        case "missing":
            return _missing(model, place)
        case "literal_error":
            found = repr(error["input"]) if isinstance(error["input"], str) else _kind(error["input"])
            return f"{_place(place)}: expected {error['ctx']['expected']}, found {found}"
        case "value_error":
            what = str(error["msg"]).removeprefix("Value error, ")
            return f"[{place[0]}]: {what}" if what.startswith("missing;") else f"{_place(place)}: {what}"
        case _ if kind in BOUNDS:
            key, words = BOUNDS[kind]
            return f"{_place(place)}: expected {words} {error['ctx'][key]}, found {error['input']}"
    expected = EXPECTED.get(kind) or str(error["msg"]).lower()
    return f"{_place(place)}: expected {expected}, found {_kind(error['input'])}"


def _unknown(model: type[BaseModel], place: Location, value: Any) -> str:
    known = list((_model_at(model, place[:-1]) or model).model_fields)
    name = str(place[-1])
    close = difflib.get_close_matches(name.lower(), known, n=1)
    if isinstance(value, dict) and len(place) == 1:
        meant = f", did you mean [{close[0]}]?" if close else f"; the sections are {_listed(model)}"
        return f"[{name}]: unknown section{meant}"
    for secret in ("password", "secret"):
        if name.startswith(secret[:4]) and f"{secret}_env" in known:
            said = f"the {secret} itself never stands here, use {secret}_env or {secret}_file"
            return f"{_place(place)}: unknown key; {said}"
    return f"{_place(place)}: unknown key" + (f', did you mean "{close[0]}"?' if close else f"{_home(model, name)}")


def _home(model: type[BaseModel], name: str) -> str:
    """Where a key that stands in the wrong section belongs."""
    homes = [key for key, inner in _sections(model).items() if name in inner.model_fields]
    return f"; it belongs to [{homes[0]}]" if homes else ""


def _listed(model: type[BaseModel]) -> str:
    return ", ".join(f"[{key}]" for key in _sections(model))


def _sections(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    return {key: inner for key, field in model.model_fields.items() if (inner := _inner(field.annotation))}


def _missing(model: type[BaseModel], place: Location) -> str:
    if _model_at(model, place):
        return f"[{place[-1]}]: missing; this section is needed"
    return f"{_place(place)}: missing; this key has no default"


def _place(location: Location) -> str:
    """("mailbox", "port") → "[mailbox] port"; ("meetings", 1, "date") → "[[meetings]] 2, date"."""
    match location:
        case (str(key),):
            return key
        case (str(table), int(rank), str(key)):
            return f"[[{table}]] {rank + 1}, {key}"
        case (str(key), int(rank)):
            return f"{key}, item {rank + 1}"
        case (str(table), str(key), int(rank)):
            return f"[{table}] {key}, item {rank + 1}"
        case (table, *rest):
            return f"[{table}] {' '.join(map(str, rest))}"
    return "the whole file"


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    """The section that a location leads to, None when it leads to a plain key."""
    here: type[BaseModel] | None = model
    for step in location:
        if isinstance(step, str):
            field = here.model_fields.get(step) if here else None
            here = _inner(field.annotation) if field else None
    return here


def _inner(annotation: Any) -> type[BaseModel] | None:
    """The model in an annotation such as MailboxSection or tuple[MeetingSection, ...]."""
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
    return None


def _kind(value: Any) -> str:
    """What a value is, in words; a text may be a secret in the wrong place and is not repeated."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return "a text in quotes"
        case list():
            return "a list"
        case dict():
            return "a section"
    return f"{value}"
