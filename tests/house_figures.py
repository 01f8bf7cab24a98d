"""The figures that the code holds itself to, counted: `python -m tests.house_figures`.

What breaks a rule outright is found by `house_rules`; these are medians, shares and the largest of each.
"""

import ast
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.house_rules import (
    LONGEST_FILE,
    LONGEST_FUNCTION,
    MOST_PARAMETERS,
    FunctionNode,
    Module,
    length,
    modules_under,
    parameters,
)

ROOT = Path(__file__).parents[1]
PATCHING = ("patch", "setattr", "mocker", "flexmock")


@dataclass(frozen=True)
class Figure:
    """One line of the table: `limit` in words, `holds` whether it is kept."""

    name: str
    found: str
    limit: str
    holds: bool


def figures(root: Path = ROOT) -> list[Figure]:
    code, tests = modules_under(root), modules_under(root, "tests")
    functions = [one for module in code for one in module.functions]
    lengths, files = [length(one) for one in functions], [module.lines for module in code]
    written = sum(files)
    return [
        median("function, median lines", lengths, 8),
        most("function, most lines", lengths, LONGEST_FUNCTION),
        median("file, median lines", files, 120),
        most("file, most lines", files, LONGEST_FILE),
        most("parameters, most", [parameters(one) for one in functions], MOST_PARAMETERS),
        Figure("annotated arguments and returns", f"{hinted(functions):.1%}", "100 %", hinted(functions) == 1),
        between("comments and docstrings", explained(code) / written, 0.10, 0.25),
        between("lines of tests a line of code", sum(one.lines for one in tests) / written, 1.3, 2.0),
        patches(tests),
    ]


def hinted(functions: Sequence[FunctionNode]) -> float:
    """The share of arguments and returns that say their type."""
    said = wanted = 0
    for function in functions:
        given = function.args
        arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
        hints = [one.annotation for one in arguments if one.arg not in ("self", "cls")]
        hints += [function.returns] if function.name != "__init__" or function.returns else []
        said += sum(hint is not None for hint in hints)
        wanted += len(hints)
    return said / wanted


def explained(code: Sequence[Module]) -> int:
    """Lines that are a comment or part of a docstring."""
    return sum(len(module.comments.keys() | _docstring_lines(module.tree)) for module in code)


def _docstring_lines(tree: ast.Module) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | FunctionNode) and ast.get_docstring(node) and node.body:
            said = node.body[0]
            found |= set(range(said.lineno, (said.end_lineno or said.lineno) + 1))
    return found


def patches(tests: Sequence[Module]) -> Figure:
    calls = [node for module in tests for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    patching = sum(isinstance(one.func, ast.Attribute) and one.func.attr in PATCHING for one in calls)
    count = sum(one.name.startswith("test_") for module in tests for one in module.functions)
    share = patching / count
    return Figure("patches a test", f"{share:.3f} ({patching} in {count})", "≤ 0.05", share <= 0.05)


def median(name: str, values: Sequence[int], limit: int) -> Figure:
    found = statistics.median(values)
    return Figure(name, f"{found:g}", f"≤ {limit}", found <= limit)


def most(name: str, values: Sequence[int], limit: int) -> Figure:
    return Figure(name, str(max(values)), f"≤ {limit}", max(values) <= limit)


def between(name: str, found: float, least: float, limit: float) -> Figure:
    return Figure(name, f"{found:.2f}", f"{least:g} to {limit:g}", least <= found <= limit)


if __name__ == "__main__":
    for one in figures():
        print(f"{one.name:34} {one.found:>20}  {one.limit:>12}  {'' if one.holds else 'NO'}")
