"""Reading the files of config/, and saying everything that is wrong with them in one go."""

import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.core.call import Call
from pipeline.failures import Misconfigured, reason
from pipeline.settings.call_file import CallFile
from pipeline.settings.faults import said
from pipeline.settings.pipeline_file import PathsSection, Settings

Model = TypeVar("Model", bound=BaseModel)


def load(path: Path) -> tuple[Settings, tuple[Call, ...]]:
    """The settings and the calls of a configuration file, the calls in the order of opening; folders are absolute.

    Raises Misconfigured with one line per fault, over all files: file, key, what was expected.
    """
    faults: list[str] = []
    path = Path(os.path.abspath(path))
    root = path.parent.parent
    settings = _validated(path, Settings, root, faults)
    # Where the file is wrong the calls are judged too, so that a person mends everything at once.
    files = _calls((settings.paths if settings else paths_of(path)).calls, root, faults) if path.is_file() else []
    if faults or settings is None:
        raise Misconfigured(*faults)
    return settings, tuple(sorted((one.call(settings.zone) for one in files), key=lambda call: (call.opens, call.code)))


def faults_of(text: str, model: type[BaseModel], path: Path, root: Path) -> list[str]:
    """What `load` would say of a text that is to be written there, below that root."""
    try:
        model.model_validate(tomllib.loads(text), context={"root": root})
    except ValidationError as fault:
        return _faults(path, model, fault)
    return []


def paths_of(path: Path) -> PathsSection:
    """Where a configuration file says that the folders are, as far as it can be read; else the usual ones."""
    root = path.parent.parent
    with suppress(OSError, ValueError, RecursionError):
        return PathsSection.model_validate(_read(path).get("paths", {}), context={"root": root})
    return PathsSection.model_validate({}, context={"root": root})


def call_files(folder: Path) -> list[Path]:
    """Every call of the folder; `*.example.toml` are examples, a name with a leading dot is an editor's.

    Raises OSError for a folder that cannot be looked into.
    """
    names = (one for one in os.listdir(folder) if one.lower().endswith(".toml") and one[0] != ".")
    return [folder / one for one in sorted(names) if not one.lower().endswith(".example.toml")]


def _calls(folder: Path, root: Path, faults: list[str]) -> list[CallFile]:
    try:
        paths = call_files(folder)
    except FileNotFoundError:
        paths = []
    except OSError as fault:
        faults.append(f"{shown(folder)}: cannot be looked into for calls ({reason(fault)})")
        return []
    if not paths:
        faults.append(f"{shown(folder)}: no call is described there; copy an example to <code>.toml and adapt it")
    found = [(path, call) for path in paths if (call := _validated(path, CallFile, root, faults))]
    faults += _shared(found, "code")
    faults += _shared(found, "prefix")
    return [call for _, call in found]


def _shared(found: list[tuple[Path, CallFile]], key: str) -> Iterator[str]:
    """Two calls of one code or prefix; a code is a folder, and Windows takes VISIONS and visions for one."""
    seen: dict[str, Path] = {}
    for path, call in found:
        value = str(getattr(call, key))
        if value.casefold() in seen:
            yield f'{shown(path)}: {key}: "{value}" is that of {seen[value.casefold()].name}; give each call its own'
        seen.setdefault(value.casefold(), path)


def _validated(path: Path, model: type[Model], root: Path, faults: list[str]) -> Model | None:
    try:
        return model.model_validate(_read(path), context={"root": root})
    except FileNotFoundError:
        faults.append(f"{shown(path)}: no such file; copy config/pipeline.example.toml there and adapt it, or run init")
    except OSError as fault:
        faults.append(f"{shown(path)}: cannot be read ({reason(fault)})")
    except UnicodeDecodeError:
        faults.append(f"{shown(path)}: not UTF-8 text; save it as UTF-8")
    except ValidationError as fault:
        faults += _faults(path, model, fault)
    except (ValueError, RecursionError) as fault:  # TOMLDecodeError is the usual one, not the only one
        faults.append(
            f"{shown(path)}: not TOML: {_one_line(str(fault))}; texts stand in quotes, dates and numbers without"
        )
    return None


def _faults(path: Path, model: type[BaseModel], fault: ValidationError) -> list[str]:
    return [f"{shown(path)}: {_one_line(said(model, error))}" for error in fault.errors(include_url=False)]


def _read(path: Path) -> dict[str, Any]:
    # Notepad may put a byte order mark first, which TOML does not know.
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def _one_line(text: str) -> str:
    """A key between quotes may hold line ends."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def shown(path: Path) -> str:
    """A path as short as it can be said."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
