"""The project keeps the rules of the house, and the rules catch what they are for."""

from pathlib import Path

import pytest

from tests.house_rules import (
    MAY_IMPORT,
    RULES,
    STEPS,
    Module,
    Rule,
    empty_names,
    import_cycles,
    modules_under,
    strayed_libraries,
    too_large,
    unexplained_imports,
    worldly_calls,
    wrong_directions,
)

ROOT = Path(__file__).resolve().parent.parent


def found_by(rule: Rule, name: str, source: str) -> list[str]:
    return rule([Module(name, source)])


@pytest.fixture(scope="module")
def project() -> tuple[Module, ...]:
    """The program's own modules, read once for all rules."""
    return modules_under(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(project: tuple[Module, ...], rule: Rule) -> None:
    assert rule(project) == []


def test_no_test_file_is_named_after_nothing() -> None:
    assert empty_names(modules_under(ROOT, "tests")) == []


def test_every_module_has_a_row_of_its_own(project: tuple[Module, ...]) -> None:
    rows = [package for package, _ in MAY_IMPORT]
    named = {".".join(module.name.split(".")[:2]) for module in project} - {"pipeline"}
    assert named - set(rows) == set()


@pytest.mark.parametrize(
    ("module", "line", "wrong"),
    [
        ("pipeline.core.triage", "from pipeline.ports import Clock", "pipeline.ports"),
        ("pipeline.core.triage", "from ..adapters import clock", "pipeline.adapters"),
        ("pipeline.intake", "from pipeline.dispatch import send", "pipeline.dispatch"),
        ("pipeline.intake", "from pipeline import dispatch", "pipeline.dispatch"),
        (
            "pipeline.tracking.showing",
            "import pipeline.adapters.workbook.tracker",
            "pipeline.adapters.workbook.tracker",
        ),
        ("pipeline.cycle", "from pipeline.adapters.clock import SystemClock", "pipeline.adapters.clock"),
        ("pipeline.cycle", "from pipeline.settings import Settings", "pipeline.settings"),
        ("pipeline.adapters.mailbox", "from pipeline.settings import Settings", "pipeline.settings"),
        ("pipeline.adapters.mailbox", "from pipeline.adapters.ledger import tables", "pipeline.adapters.ledger"),
        ("pipeline.adapters.mailbox", "from pipeline.intake import take_in", "pipeline.intake"),
        ("pipeline.ports", "from pipeline.cycle import run_cycle", "pipeline.cycle"),
        ("pipeline.settings", "from pipeline.commands.check import command", "pipeline.commands.check"),
    ],
)
def test_an_import_against_the_layers_is_caught(module: str, line: str, wrong: str) -> None:
    assert found_by(wrong_directions, module, line) == [f"{module}:1 must not import {wrong}"]


def test_an_import_under_type_checking_or_in_a_function_is_no_way_round_the_layers() -> None:
    source = "if TYPE_CHECKING:\n    from pipeline.ports import Clock\ndef f():\n    import pipeline.cycle\n"
    assert len(found_by(wrong_directions, "pipeline.core.call", source)) == 2


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("pipeline.commands.once", "from pipeline.adapters.mailbox import ImapMailbox"),
        ("pipeline.demo.story", "from pipeline.commands.once import command"),
        ("pipeline.cycle", "from pipeline import dispatch, intake"),
        ("pipeline.intake", "from pipeline.core.triage import triage"),
        ("pipeline.tracking.showing", "from pipeline.tracking.edits import edits"),
        ("pipeline.adapters.ledger.mail", "from .tables import metadata"),
        ("pipeline.adapters.ledger.mail", "from pipeline.failures import Unavailable"),
        ("pipeline.core.triage", "from pipeline.core import call"),
    ],
)
def test_an_import_along_the_layers_passes(module: str, line: str) -> None:
    assert found_by(wrong_directions, module, line) == []


def test_a_module_without_a_row_is_caught() -> None:
    assert found_by(wrong_directions, "pipeline.magnet", "import pipeline.core.call") == [
        "pipeline.magnet:1 has no row in MAY_IMPORT and imports pipeline.core.call"
    ]


@pytest.mark.parametrize(
    ("module", "line", "wrong"),
    [
        (
            "pipeline.adapters.postman",
            "import imapclient.exceptions",
            "only pipeline.adapters.mailbox knows imapclient",
        ),
        ("pipeline.commands.check", "from yagmail import SMTP", "only pipeline.adapters.postman knows yagmail"),
        ("pipeline.core.rows", "import sqlalchemy as sa", "only pipeline.adapters.ledger knows sqlalchemy"),
        ("pipeline.demo.staff", "import openpyxl", "only pipeline.adapters.workbook knows openpyxl"),
        ("pipeline.core.call", "import pydantic", "core must not know pydantic"),
        ("pipeline.core.call", "import os.path", "core must not know os"),
        ("pipeline.core.call", "import socket", "core must not know socket"),
        ("pipeline.core.call", "from urllib.request import urlopen", "core must not know urllib.request"),
        ("pipeline.environment", "import rich", "runs before rich is installed"),
    ],
)
def test_a_strayed_library_is_caught(module: str, line: str, wrong: str) -> None:
    (found,) = found_by(strayed_libraries, module, line)
    assert found.startswith(f"{module}:1 {wrong}")


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("pipeline.adapters.mailbox", "import imapclient"),
        ("pipeline.adapters.ledger.tables", "import sqlalchemy"),
        ("pipeline.core.invitations", "import icalendar"),
        ("pipeline.core.message", "import email.policy, re, zlib\nfrom urllib.parse import urlsplit"),
        ("pipeline.environment", "import subprocess"),
    ],
)
def test_a_library_at_home_passes(module: str, line: str) -> None:
    assert found_by(strayed_libraries, module, line) == []


@pytest.mark.parametrize(
    "call",
    [
        *("datetime.now()", "datetime.datetime.now(UTC)", "date.today()", "open('x')", "path.open()", "time.time()"),
        *("Path('x').read_text()", "print('x')", "uuid4()", "uuid.uuid4()"),
    ],
)
def test_the_clock_and_the_disk_are_caught_in_core_and_nowhere_else(call: str) -> None:
    source = f"def f():\n    return {call}\n"
    (found,) = found_by(worldly_calls, "pipeline.core.call", source)
    assert found == f"pipeline.core.call:2 core must not call {call.rpartition('(')[0]}"
    assert found_by(worldly_calls, "pipeline.adapters.clock", source) == []


def test_the_clock_imported_by_name_is_caught_and_words_in_texts_are_not() -> None:
    assert found_by(worldly_calls, "pipeline.core.call", "from time import time as t\n") == [
        "pipeline.core.call:1 core has no clock"
    ]
    assert found_by(worldly_calls, "pipeline.core.call", '"""Never datetime.now() nor open()."""\nnow = at.now\n') == []


@pytest.mark.parametrize(
    ("body", "violations"),
    [
        ("    import json\n", 1),
        ("    import json  # noqa: PLC0415\n", 1),
        ("    import json  # noqa: PLC0415 - the constructor goes to the network\n", 0),
        ("    # It is heavy and one command needs it.\n    import json  # noqa: PLC0415\n", 0),
        ("    # It is heavy.\n\n    import json\n", 1),
        ("    # It is heavy.\n    import json\n    import csv\n", 0),
        ("    # It is heavy.\n    import json\n    x = 1\n    import csv\n", 1),
    ],
)
def test_an_import_in_a_function_needs_a_reason(body: str, violations: int) -> None:
    assert len(found_by(unexplained_imports, "pipeline.commands.x", f"def f():\n{body}")) == violations


def test_a_cycle_is_caught_whatever_its_length_and_lazy_imports_do_not_make_one() -> None:
    a = Module("pipeline.core.a", "from pipeline.core import b\n")
    b = Module("pipeline.core.b", "from pipeline.core.c import thing\n")
    back = Module("pipeline.core.c", "if TYPE_CHECKING:\n    import pipeline.core.a\n")
    lazy = Module("pipeline.core.c", "def f():\n    import pipeline.core.a\n")
    assert import_cycles([a, b, back]) == ["pipeline.core.a → pipeline.core.b → pipeline.core.c → pipeline.core.a"]
    assert import_cycles([a, b, lazy]) == []


def test_a_part_that_imports_the_package_which_imports_it_is_a_cycle() -> None:
    package = Module("pipeline.core.letters", "from .kinds import KINDS\n", is_package=True)
    part = Module("pipeline.core.letters.kinds", "from pipeline.core.letters import LETTERS\n")
    assert len(import_cycles([package, part])) == 1


def test_sizes_are_caught_one_over_the_limit_and_not_at_it() -> None:
    def function(lines: int) -> str:
        return "def f():\n" + "    x = 1\n" * (lines - 1)

    assert found_by(too_large, "pipeline.x", function(40)) == []
    assert found_by(too_large, "pipeline.x", function(41)) == ["pipeline.x:1 f has 41 lines"]
    assert found_by(too_large, "pipeline.x", "x = 1\n" * 300) == []
    assert found_by(too_large, "pipeline.x", "x = 1\n" * 301) == ["pipeline.x:1 has 301 lines"]
    five, six = "def f(self, a, b, /, c, *, d, e): ...", "async def f(a, b, /, c, *, d, e, g): ..."
    assert found_by(too_large, "pipeline.x", five) == []
    assert found_by(too_large, "pipeline.x", six) == ["pipeline.x:1 f has 6 parameters"]


@pytest.mark.parametrize("name", ["pipeline.utils", "pipeline.core.date_helpers", "pipeline.common.dates"])
def test_a_name_that_says_nothing_is_caught(name: str) -> None:
    assert found_by(empty_names, name, "") == [f"{name}:1 says nothing"]


def test_the_steps_of_the_table_are_those_the_cycle_imports() -> None:
    (cycle,) = [module for module in modules_under(ROOT) if module.name == "pipeline.cycle"]
    # `recover` alone takes the step of recovery: a cycle has a ledger.
    assert all(step.rpartition(".")[2] in cycle.source for step in STEPS if step != "pipeline.recovery")
