"""The rules of the house as plain functions over source text; `test_architecture.py` applies them to the project.

Each rule takes modules and returns its violations as lines "module:line what is wrong", none when all is well.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

LONGEST_FUNCTION, LONGEST_FILE, MOST_PARAMETERS = 40, 300, 5
STEPS = tuple(
    f"pipeline.{step}"
    for step in (
        "intake",
        "reading",
        "watching",
        "tracking",
        "correspondence",
        "dispatch",
        "compilation",
        "informing",
        "recovery",
        "erasure",
        "upkeep",
    )
)
SHARED_BY_STEPS = tuple(
    f"pipeline.{name}"
    for name in ("dossiers", "held", "counting", "rivals", "pieces", "standstill", "lost_folder", "taking_back")
)
SHARED_BY_ADAPTERS = tuple(f"pipeline.adapters.{name}" for name in ("credentials", "servers", "whole_files"))
COMMON_GROUND = ("pipeline.core", "pipeline.failures", "pipeline.faults")

# Who may import whom, besides modules of the same package; the first row that fits is the rule.
# `adapters/<name>` is a package of its own: adapters do not know each other.
MAY_IMPORT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pipeline.commands", ("pipeline",)),
    ("pipeline.demo", ("pipeline",)),
    ("pipeline.schedule", ("pipeline.cycle", "pipeline.ports", *COMMON_GROUND)),
    ("pipeline.cycle", (*STEPS, "pipeline.report", "pipeline.ports", *COMMON_GROUND)),
    ("pipeline.report", ("pipeline.ports", *COMMON_GROUND)),
    *((step, ("pipeline.ports", *SHARED_BY_STEPS, *COMMON_GROUND)) for step in STEPS),
    ("pipeline.pieces", ("pipeline.lost_folder", "pipeline.ports", *COMMON_GROUND)),
    *((shared, ("pipeline.ports", *COMMON_GROUND)) for shared in SHARED_BY_STEPS),
    # `ports` also holds the values that go through them; mailbox and postman are handed credentials.
    ("pipeline.adapters.servers", ("pipeline.failures",)),
    ("pipeline.adapters.whole_files", ()),
    ("pipeline.adapters", ("pipeline.ports", *SHARED_BY_ADAPTERS, *COMMON_GROUND)),
    ("pipeline.settings", ("pipeline.ports", *COMMON_GROUND)),
    ("pipeline.ports", ("pipeline.core", "pipeline.failures")),
    ("pipeline.core", ()),
    ("pipeline.failures", ()),
    ("pipeline.faults", ("pipeline.failures",)),
    ("pipeline.places", ()),
    ("pipeline.environment", ("pipeline.private_environment", "pipeline.commands")),
    ("pipeline.private_environment", ("pipeline.package_installer",)),
    ("pipeline.package_installer", ()),
    ("pipeline.checks", ()),
)
ONLY_KNOWN_TO = {
    "imapclient": "pipeline.adapters.mailbox",
    "yagmail": "pipeline.adapters.postman",
    "msal": "pipeline.adapters.credentials",
    "google": "pipeline.adapters.credentials",
    "requests": "pipeline.adapters.credentials",
    "sqlalchemy": "pipeline.adapters.ledger",
    "alembic": "pipeline.adapters.ledger",
    "openpyxl": "pipeline.adapters.workbook",
    "python_calamine": "pipeline.adapters.workbook",
    "jinja2": "pipeline.adapters.letterhead",
    "dns": "pipeline.adapters.name_server",
    "tomlkit": "pipeline.settings",
    "aiosmtpd": "pipeline.demo",
    "pymap": "pipeline.demo",
}
STANDARD_LIBRARY_ONLY = tuple(
    f"pipeline.{name}" for name in ("environment", "private_environment", "package_installer", "checks", "failures")
)
PURE_LIBRARIES = {"icalendar", "phonenumbers", "rapidfuzz", "selectolax"}
WORLDLY_STANDARD_LIBRARY = {
    *("asyncio", "concurrent", "ftplib", "getpass", "glob", "http", "imaplib", "importlib", "logging"),
    *("multiprocessing", "os", "poplib", "random", "secrets", "select", "selectors", "shutil", "signal", "smtplib"),
    *("socket", "socketserver", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "webbrowser"),
}
WORLDLY_MODULES = {"urllib.request"}
WORLDLY_FUNCTIONS = {"open", "input", "print", "exec", "eval", "urlopen", "uuid1", "uuid4"}
WORLDLY_METHODS = {
    *("now", "today", "utcnow", "open", "urlopen", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir"),
    *("unlink", "iterdir", "uuid1", "uuid4"),
}
WORLDLY_CLOCK = {"time", "time_ns", "sleep", "localtime"}
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "managers", "misc"}

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One imported module, as far down as it can be told."""

    target: str
    line: int
    inside_function: bool


@dataclass(frozen=True)
class Module:
    """A source file under its dotted name."""

    name: str
    source: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def lines(self) -> int:
        return len(self.source.splitlines())

    @cached_property
    def functions(self) -> tuple[FunctionNode, ...]:
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, FunctionNode))

    @cached_property
    def imports(self) -> tuple[tuple[ast.Import | ast.ImportFrom, bool], ...]:
        """Each import statement, and whether it stands in a function."""
        inside = {id(node) for function in self.functions for node in ast.walk(function)}
        found = (node for node in ast.walk(self.tree) if isinstance(node, ast.Import | ast.ImportFrom))
        return tuple((node, id(node) in inside) for node in found)

    @cached_property
    def comments(self) -> dict[int, str]:
        """Line number → comment, without orders to tools."""
        tokens = tokenize.generate_tokens(io.StringIO(self.source).readline)
        found = {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}
        return {
            line: re.sub(r"(noqa|type: ignore)(: ?[A-Z0-9, ]+|\[[a-z-]+\])?", "", text) for line, text in found.items()
        }


Rule = Callable[[Iterable[Module]], list[str]]


def modules_under(root: Path, package: str = "pipeline") -> tuple[Module, ...]:
    """Every module of a package in the project folder `root`."""
    found = []
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        found.append(Module(".".join(parts[:-1] if is_package else parts), path.read_text("utf-8"), is_package))
    return tuple(found)


def is_under(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def unit_of(name: str) -> str:
    """The package whose modules know each other: `pipeline.core`, but `pipeline.adapters.ledger`."""
    return ".".join(name.split(".")[: 3 if name.startswith("pipeline.adapters.") else 2])


def imports_of(module: Module, known: set[str]) -> Iterator[Import]:
    """What a module imports; `from package import name` is the module of that name where `known` has it."""
    for node, inside in module.imports:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, inside)
        else:
            source = absolute(module, node)
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                yield Import(whole if whole in known else source, node.lineno, inside)


def absolute(module: Module, node: ast.ImportFrom) -> str:
    """The module that a `from` statement names, dots resolved."""
    if not node.level:
        return node.module or ""
    base = module.name.split(".")
    kept = base[: len(base) - node.level + (1 if module.is_package else 0)]
    return ".".join([*kept, *([node.module] if node.module else [])])


def all_imports(modules: Iterable[Module]) -> Iterator[tuple[Module, Import]]:
    modules = tuple(modules)
    known = {module.name for module in modules} | {package for package, _ in MAY_IMPORT} | set(STEPS)
    for module in modules:
        for imported in imports_of(module, known):
            yield module, imported


def wrong_directions(modules: Iterable[Module]) -> list[str]:
    """Imports against the layers of MAY_IMPORT, and modules for which no row says anything."""
    wrong = []
    for module, imported in all_imports(modules):
        if not is_under(imported.target, "pipeline"):
            continue
        allowed = next((allowed for package, allowed in MAY_IMPORT if is_under(module.name, package)), None)
        if allowed is None:
            wrong.append(f"{module.name}:{imported.line} has no row in MAY_IMPORT and imports {imported.target}")
        elif not any(is_under(imported.target, one) for one in (*allowed, unit_of(module.name))):
            wrong.append(f"{module.name}:{imported.line} must not import {imported.target}")
    return wrong


def strayed_libraries(modules: Iterable[Module]) -> list[str]:
    """A library imported outside the one file or package that may know it; one at the door; an unpure one in core."""
    wrong, allowed = [], PURE_LIBRARIES | {"pipeline"}
    for module, imported in all_imports(modules):
        library = imported.target.partition(".")[0]
        owner = ONLY_KNOWN_TO.get(library)
        standard = library in sys.stdlib_module_names
        worldly = library in WORLDLY_STANDARD_LIBRARY or imported.target in WORLDLY_MODULES
        if owner and not is_under(module.name, owner):
            wrong.append(f"{module.name}:{imported.line} only {owner} knows {library}")
        elif library != "pipeline" and not standard and module.name in STANDARD_LIBRARY_ONLY:
            wrong.append(f"{module.name}:{imported.line} runs before {library} is installed")
        elif is_under(module.name, "pipeline.core") and (worldly or not (standard or library in allowed)):
            wrong.append(f"{module.name}:{imported.line} core must not know {imported.target}")
    return wrong


def worldly_calls(modules: Iterable[Module]) -> list[str]:
    """Clock, files, console and chance in core, where time and contents are arguments."""
    wrong = []
    for module in modules:
        if is_under(module.name, "pipeline.core"):
            calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
            wrong += [
                f"{module.name}:{call.lineno} core must not call {ast.unparse(call.func)}"
                for call in calls
                if worldly(call)
            ]
            froms = [
                node for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom) and node.module == "time"
            ]
            wrong += [f"{module.name}:{node.lineno} core has no clock" for node in froms]
    return wrong


def worldly(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id=name):
            return name in WORLDLY_FUNCTIONS
        case ast.Attribute(value=ast.Name(id="time"), attr=name) if name in WORLDLY_CLOCK:
            return True
        case ast.Attribute(attr=name):
            return name in WORLDLY_METHODS
    return False


def unexplained_imports(modules: Iterable[Module]) -> list[str]:
    """Imports in functions without a reason in a comment: on their line, or above the run of imports they are in."""
    wrong = []
    for module in modules:
        lazy = {imported.line: imported for _, imported in all_imports([module]) if imported.inside_function}
        for line, imported in lazy.items():
            first = next(one for one in range(line, 0, -1) if one - 1 not in lazy)
            comments = module.comments.get(line, "") + module.comments.get(first - 1, "")
            if not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", comments):
                wrong.append(f"{module.name}:{line} imports {imported.target} in a function without a reason")
    return wrong


def import_cycles(modules: Iterable[Module]) -> list[str]:
    """Groups of modules that import each other at module level, as "a → b → a"."""
    edges: dict[str, set[str]] = {}
    modules = tuple(modules)
    names = {module.name for module in modules}
    for module, imported in all_imports(modules):
        if imported.target in names - {module.name} and not imported.inside_function:
            edges.setdefault(module.name, set()).add(imported.target)
    found: list[str] = []
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            found.append(" → ".join([*path[path.index(name) :], name]))
        elif name not in done:
            for target in sorted(edges.get(name, ())):
                visit(target, [*path, name])
            done.add(name)

    for name in sorted(edges):
        visit(name, [])
    return found


def too_large(modules: Iterable[Module]) -> list[str]:
    """Files and functions over the limits of length, functions over the limit of parameters."""
    wrong = []
    for module in modules:
        if module.lines > LONGEST_FILE:
            wrong.append(f"{module.name}:1 has {module.lines} lines")
        for function in module.functions:
            if length(function) > LONGEST_FUNCTION:
                wrong.append(f"{module.name}:{function.lineno} {function.name} has {length(function)} lines")
            if parameters(function) > MOST_PARAMETERS:
                wrong.append(f"{module.name}:{function.lineno} {function.name} has {parameters(function)} parameters")
    return wrong


def length(function: FunctionNode) -> int:
    """How many lines it has, its head and its docstring among them."""
    return (function.end_lineno or 0) - function.lineno + 1


def parameters(function: FunctionNode) -> int:
    """How many parameters, `self` and `cls` aside."""
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([one for one in every if one.arg not in ("self", "cls")])


def empty_names(modules: Iterable[Module]) -> list[str]:
    """Files and folders named after nothing."""
    return [f"{module.name}:1 says nothing" for module in modules if EMPTY_NAMES & set(re.split(r"[._]", module.name))]


RULES: tuple[Rule, ...] = (
    wrong_directions,
    strayed_libraries,
    worldly_calls,
    unexplained_imports,
    import_cycles,
    too_large,
    empty_names,
)
