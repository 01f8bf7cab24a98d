"""What the pages say exists: commands, options, keys, columns, letters, files, links. The facts come from the code."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from pydantic import BaseModel

from pipeline import faults
from pipeline.adapters.workbook.making.creation import HIGHLIGHTS, NEEDS_SOMEBODY
from pipeline.commands import SUMMARIES, program
from pipeline.core.columns import DECISIONS, RECLASSIFICATIONS, REQUESTS, Sheet, sheets_of
from pipeline.core.delivery import LetterState
from pipeline.core.envois import WORDS
from pipeline.core.french import typography
from pipeline.core.letters import LETTERS, LetterValues
from pipeline.core.rows import NATURES
from pipeline.core.triage.rules import RULES
from pipeline.settings.call_file import CallFile
from pipeline.settings.pipeline_file import Settings
from tests.benchmarks.run import NAMES as BENCHMARKS
from tests.builders import a_call
from tests.pages import blocks, section

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
LINKED = (*PAGES, *(ROOT / name / "README.md" for name in ("config", "config/territories", "mail_templates", "sheets")))
GUIDE = (ROOT / "docs" / "guide-equipe.md").read_text("utf-8")
DEVELOP = (ROOT / "docs" / "develop.md").read_text("utf-8")
EXAMPLE = (ROOT / "config" / "pipeline.example.toml").read_text("utf-8")
TEMPLATES = (ROOT / "mail_templates" / "README.md").read_text("utf-8")
# Words of other programs, and the command of docs/systemd.
OF_OTHERS = {"archive_cleanup_command", "chmod", "fish_source", "getmail", "pg_dump", "pytest", "visions", "zsh_source"}
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
SHEETS = sheets_of(replace(a_call(), meetings=()))  # a meeting's column is headed by its title
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def spans(text: str) -> Iterator[str]:
    """What stands as code: in back-quotes, and each line of a block."""
    for block in blocks(text):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a text as rows of cells, without the line under the heading."""
    blocks = re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    return [[cells(line) for line in block.splitlines() if not re.fullmatch(r"[|\- ]+", line)] for block in blocks]


def bold(row: list[str]) -> str:
    return row[0].strip("*")


@cache
def options(command: str) -> frozenset[str]:
    found: click.Command | None = program if not command else program.get_command(click.Context(program), command)
    assert found is not None
    return frozenset(option for one in found.params for option in (*one.opts, *one.secondary_opts)) | {"--help"}


@cache
def options_within(*places: str) -> frozenset[str]:
    """The options that the files of tests/ define which these patterns name."""
    files = [path for place in places for path in (ROOT / "tests").glob(place)]
    return frozenset(re.findall(r'"(--[a-z-]+)"', "".join(path.read_text("utf-8") for path in files)))


# What a command hands on to.
HANDED_TO = {"test": ("conftest.py", "proofs/*.py"), "bench": ("benchmarks/run.py",)}


def taken_by(command: str) -> frozenset[str]:
    return options(command) | options_within(*HANDED_TO.get(command, ()))


def models(kind: Any) -> list[type[BaseModel]]:
    """The models in an annotation, however it is wrapped."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [model for part in get_args(kind) for model in models(part)]


def sections(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Section → its model, "" the file's own."""
    inner = {name: models(field.annotation) for name, field in model.model_fields.items()}
    return {"": model} | {name: found[0] for name, found in inner.items() if found}


SECTIONS = sections(CallFile) | sections(Settings)
KEYS = {key for model in (*SECTIONS.values(), CallFile) for key in model.model_fields}


@cache
def defined() -> frozenset[str]:
    """Every name that a file of pipeline/ or tests/ defines."""
    names: set[str] = set()
    for path in (*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    names.add(name)
                case ast.Name(id=name, ctx=ast.Store()):
                    names.add(name)
    return frozenset(names)


def called(span: str) -> tuple[str, str] | None:
    """The command of the program that a span calls, "" for none, and what follows; None where it calls another."""
    if found := re.search(r"(?:run\.py|visions-pipeline|^visions)\s+((?:--\w+ \S+ +)*)([a-z]+)(.*)", span):
        return found[2], found[1] + found[3]
    word, _, rest = span.partition(" ")
    return (word, rest) if word in SUMMARIES and rest else None


@pages
def test_every_command_called_is_one_and_takes_the_options_named(page: Path) -> None:
    for span in spans(page.read_text("utf-8")):
        if (call := called(span)) and call[0]:
            assert call[0] in SUMMARIES, span
            assert set(OPTION.findall(call[1])) <= taken_by(call[0]) | options(""), span


@pages
def test_every_option_named_alone_or_of_a_proof_exists(page: Path) -> None:
    ours = frozenset().union(options(""), *map(taken_by, SUMMARIES))
    for span in spans(page.read_text("utf-8")):
        if module := re.search(r"-m (tests(?:\.\w+)+)(.*)", span):
            path = ROOT / f"{module[1].replace('.', '/')}.py"
            assert path.exists(), span
            taken = set(re.findall(r'"(--[a-z-]+)"', path.read_text("utf-8"))) | {"--help"}
            assert set(OPTION.findall(module[2])) <= taken, span
        elif span.startswith("--"):
            assert set(OPTION.findall(span)) <= ours, span


def test_an_option_in_the_table_of_commands_is_one_of_its_row() -> None:
    (table,) = [one for one in tables((ROOT / "README.md").read_text("utf-8")) if one[0][0] == "command"]
    for row in table[1:]:
        named = [span.split()[0] for span in spans(row[0])]
        assert set(OPTION.findall(row[1])) <= {option for name in named for option in taken_by(name)}, row


def test_the_table_of_commands_is_that_of_the_program() -> None:
    (table,) = [one for one in tables((ROOT / "README.md").read_text("utf-8")) if one[0][0] == "command"]
    assert sorted(span.split()[0] for row in table[1:] for span in spans(row[0])) == sorted(SUMMARIES)


@pages
def test_a_word_shown_as_code_is_a_word_of_the_program(page: Path) -> None:
    known = {*SUMMARIES, *KEYS, *LETTERS, *faults.POINTS, *LetterState, *OF_OTHERS, *(rule.__name__ for rule in RULES)}
    known |= set(BENCHMARKS)
    known |= defined() if page.name == "develop.md" else set()
    assert {span for span in spans(page.read_text("utf-8")) if re.fullmatch(r"[a-z_]{3,}", span)} - known == set()


@pages
def test_every_section_and_key_of_the_configuration_exists(page: Path) -> None:
    for span in spans(page.read_text("utf-8")):
        if found := re.fullmatch(r"\[{1,2}([a-z0-9]+)\]{1,2}(?: (\w+).*)?", span):
            assert found[1] in SECTIONS, span
            assert not found[2] or found[2] in SECTIONS[found[1]].model_fields, span
        elif found := re.fullmatch(r"([a-z_]+) = (\S.*)", span):
            assert found[1] in KEYS, span


@pages
def test_every_block_of_configuration_holds_keys_that_exist(page: Path) -> None:
    for block in re.findall(r"^```toml\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE):
        for name, values in tomllib.loads(block).items():
            assert set(values) <= set(SECTIONS[name].model_fields) if isinstance(values, dict) else name in KEYS, name


def keys_shown(block: str) -> set[str]:
    """Keys that begin a line, also one that is commented out."""
    return set(re.findall(r"^(?:# ?)?([a-z_0-9]+) *= ", block, re.MULTILINE))


def test_the_example_shows_the_keys_of_the_settings_and_no_other() -> None:
    parts = re.split(r"^(?:# )?\[(\w+)\]", EXAMPLE, flags=re.MULTILINE)
    blocks = {"": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))
    known = sections(Settings)
    assert set(blocks) == set(known)
    for name, block in blocks.items():
        wanted = set(known[name].model_fields) - set(known)
        assert keys_shown(block) - wanted == set(), name
        told = keys_shown(block) | set(re.findall(r"or (\w+) = ", block))
        if name != "smtp":  # it takes what [mailbox] shows: password_file
            assert wanted - told == set(), name


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_the_guide_tells_of_every_column_and_of_no_other(sheet: Sheet) -> None:
    told = [bold(row) for row in tables(section(GUIDE, f"La feuille {sheet.name}"))[0][1:]]
    assert [name for name in told if not name.startswith("(")] == [column.heading for column in sheet.columns]


def first_column(title: str, number: int = 0) -> set[str]:
    return {bold(row) for row in tables(section(GUIDE, title))[number][1:]}


def test_the_guide_tells_of_every_letter_that_staff_can_ask_for() -> None:
    assert first_column("Demander un courrier") == set(REQUESTS)


def test_the_guide_tells_of_every_state_nature_and_choice() -> None:
    states = {state for state in first_column("Les états d'un courrier") if not state.startswith("part ")}
    assert states == {*WORDS.values(), *NEEDS_SOMEBODY}
    assert first_column("Ce qu'un message peut être") == set(NATURES.values())
    assert {word for word in (*DECISIONS, *RECLASSIFICATIONS) if word not in GUIDE} == set()


def test_the_guide_tells_of_every_coloured_column() -> None:
    coloured = {sheet.column(key).heading for name, key, *_ in HIGHLIGHTS for sheet in SHEETS if sheet.key == name}
    assert {heading for heading in coloured if f"**{heading}**" not in section(GUIDE, "Les couleurs")} == set()


def test_every_template_is_a_letter_and_stands_in_its_page() -> None:
    files = {path.name.removesuffix(".md.j2") for path in (ROOT / "mail_templates").glob("*.md.j2")}
    assert files == set(LETTERS)
    assert files - set(spans(TEMPLATES)) == set()


def test_every_field_of_a_letter_stands_in_the_page_of_the_templates() -> None:
    assert {field.name for field in fields(LetterValues)} - set(spans(TEMPLATES)) == set()


@pytest.mark.parametrize("page", LINKED, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"`[^`\n]*`", "", page.read_text("utf-8"))
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", prose)]
    assert [link for link in links if link and "://" not in link and not (page.parent / link).exists()] == []


def paths_of(span: str) -> Iterable[str]:
    """The paths in a span, without placeholders, folders of the machine and what is no path."""
    words = re.sub(r"\.venv/\S+|[^\w\s./-]\S*<\S*|\S*[<>…]\S*", " ", span).split()
    named = [word.partition("::")[0] for word in words if "/" in word or word.endswith((".py", ".md", ".toml"))]
    return [word for word in named if not word.startswith(("/", "-"))]


def test_every_file_that_the_page_for_developers_names_exists() -> None:
    named = {path for span in spans(DEVELOP) for path in paths_of(span)}
    everywhere = {path.name for folder in ("pipeline", "tests") for path in (ROOT / folder).rglob("*.py")}
    assert len(named) > 50
    assert {path for path in named if not (ROOT / path).exists() and path not in everywhere} == set()


def test_every_name_that_the_page_for_developers_gives_is_defined() -> None:
    names = {
        span for span in spans(DEVELOP) if re.fullmatch(r"[A-Z]\w+(\.[a-z]\w+)?", span) and not span.endswith(".md")
    }
    parts: set[Any] = {part for name in names for part in name.split(".")}
    assert len(names) > 8
    assert parts - defined() == set()


@pytest.mark.parametrize("name", ["guide-equipe.md", "registre-rgpd.md"])
def test_pages_in_french_are_set_as_the_letters_are(name: str) -> None:
    lines = (ROOT / "docs" / name).read_text("utf-8").splitlines()
    assert [line for line in lines if line != typography(line)] == []
