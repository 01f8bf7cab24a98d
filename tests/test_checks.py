"""`run.py test`: every check runs, whatever fails; pytest speaks last."""

from pathlib import Path

import pytest

from pipeline.checks import passes, run_checks


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The smallest project that passes everything."""
    for name, text in (
        ("pipeline/__init__.py", '"""A package."""\n'),
        ("tests/test_one.py", "def test_one() -> None:\n    assert True\n"),
        ("pyproject.toml", '[tool.pytest.ini_options]\naddopts = "-p no:cacheprovider"\n'),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_all_checks_pass_and_pytest_has_the_last_word(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_checks(["-n", "0"], project) == 0
    lines = capfd.readouterr().out.strip().splitlines()
    assert [line.split(":")[0] for line in lines if line.startswith("== ")] == [
        "== style",
        "== format",
        "== types",
        "== tests",
    ]
    assert "1 passed" in lines[-1]


def test_a_failing_check_fails_the_run_and_the_tests_run_all_the_same(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / "pipeline" / "__init__.py").write_text("import os\nx: int = 'text'\n")
    assert run_checks(["-q"], project) == 1
    out = capfd.readouterr().out
    assert "Failed before the tests: style, format, types." in out
    assert "1 passed" in out.strip().splitlines()[-1]


def test_tests_that_do_not_run_have_not_passed(project: Path) -> None:
    assert not passes("tests", ("pytest", "-k", "no_such_test"), project)


def test_a_copy_without_tests_is_told_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_checks([], tmp_path) == 2
    assert (
        capfd.readouterr().err == f"The tests need a development copy of the program; {tmp_path / 'tests'} not found.\n"
    )
