"""What a start loads: little for one cycle with nothing to do, everything for a worker."""

import subprocess
import sys
from pathlib import Path

from tests.house_rules import all_imports, modules_under

ROOT = Path(__file__).parents[1]
HEAVY = {
    *("alembic", "icalendar", "jinja2", "lxml", "markdown_it", "openpyxl", "phonenumbers", "pypdf", "python_calamine"),
    *("rapidfuzz", "yagmail", "pipeline.reading", "pipeline.core.territory", "pipeline.core.triage"),
}
NOT_FOR_A_CYCLE = {"pipeline.commands"}  # `environment` hands over to it


def loaded_by(module: str) -> set[str]:
    """The modules in a process of its own once it imported this one."""
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_cycle_with_nothing_to_do_loads_none_of_what_it_does_not_need() -> None:
    assert loaded_by("pipeline.commands.once") & HEAVY == set()


def test_help_loads_no_settings_and_no_ledger() -> None:
    assert loaded_by("pipeline.commands") & {*HEAVY, "pydantic", "sqlalchemy", "pipeline.settings"} == set()


def test_a_worker_loads_at_its_start_all_that_its_cycles_load_late() -> None:
    late = {
        imported.target
        for _, imported in all_imports(modules_under(ROOT))
        if imported.inside_function and imported.target.startswith("pipeline.")
    }
    assert len(late) > 5
    loaded = loaded_by("pipeline.commands.worker")
    assert late - NOT_FOR_A_CYCLE - loaded == set()
    elsewhere = {"alembic", "pypdf"}  # when a ledger is made or changed; in the process that reads PDFs
    assert HEAVY - elsewhere - loaded == set()
