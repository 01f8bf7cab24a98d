"""The way in: which interpreter, which packages, which lock file; and a preparation that a crash cannot spoil."""

import contextlib
import hashlib
import io
import os
import re
import subprocess
import sys
import threading
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from pipeline import environment, package_installer, private_environment
from pipeline.environment import command_of, locks_of, missing, modules_of, too_old
from pipeline.package_installer import Progress, explain
from pipeline.private_environment import CannotSetUp, PrivateEnvironment, digest, interrupted, mark, one_at_a_time
from tests.servers.dovecot import until

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("once", "once"),
        ("--config test once", "once"),
        ("--config=x.toml --now 2017-02-20T10:00 export -o test", "export"),
        ("test --long -k bench", "test"),
        ("--help", ""),
        ("--config", ""),
        ("", ""),
    ],
)
def test_the_command_is_told_from_the_options_and_their_values(line: str, command: str) -> None:
    assert command_of(line.split()) == command


def test_developers_commands_need_the_development_lock_which_covers_the_other() -> None:
    assert locks_of("test") == locks_of("bench") == ("requirements-dev.lock", "requirements.lock")
    assert locks_of("demo") == locks_of("once") == locks_of("") == ("requirements.lock",)


def test_the_embedded_server_is_only_needed_where_it_is_started() -> None:
    assert {"pymap", "aiosmtpd"} <= set(modules_of("demo"))
    assert not {"pymap", "aiosmtpd", "pytest"} & set(modules_of("once"))
    assert {"pymap", "pytest", "ruff", "mypy"} <= set(modules_of("test"))


def test_missing_names_what_cannot_be_found_and_imports_nothing() -> None:
    assert missing(("json", "no_such_module_here", "antigravity")) == ("no_such_module_here",)
    assert "antigravity" not in sys.modules


def test_old_pythons_are_refused() -> None:
    assert [too_old(version) for version in ((3, 9), (3, 10), (3, 11), (3, 14))] == [True, True, False, False]


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[A-Za-z0-9._-]+==[^ ;\\]+", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def test_the_development_lock_holds_every_pin_of_the_runtime_lock() -> None:
    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_the_modules_looked_for_are_those_of_the_declared_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]

    def names(requirements: list[str]) -> set[str]:
        found = {re.split(r"[<>=\[;]", requirement)[0].strip() for requirement in requirements}
        return found - {"visions-pipeline"}

    packages = {name.lower(): {d.lower() for d in given} for name, given in packages_distributions().items()}

    def distributions(modules: tuple[str, ...]) -> set[str]:
        return {distribution for module in modules for distribution in packages[module.lower()]}

    declared = names(project["dependencies"]) | names(extras["demo"])
    assert distributions(modules_of("demo")) == declared
    tokens = names(extras["microsoft365"]) | names(extras["google"])
    development = declared | names(extras["postgresql"]) | tokens | names(extras["test"])
    assert distributions(modules_of("test")) == development


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the program's outside: two lock files, and a private interpreter that borrows the pip of ours."""
    (tmp_path / "requirements.lock").write_text("one==1\n")
    (tmp_path / "requirements-dev.lock").write_text("one==1\ntwo==2\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    base = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    (tmp_path / ".venv" / "bin" / "python").symlink_to(base)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"home = {base.parent}\ninclude-system-site-packages = true\n")
    return tmp_path


def stamp(project: Path, *locks: str) -> None:
    lines = [f"{hashlib.sha256((project / lock).read_bytes()).hexdigest()}\n" for lock in locks]
    (project / ".venv" / "lock.sha256").write_text("".join(lines))


def test_an_environment_without_a_stamp_is_not_ready(project: Path) -> None:
    assert not PrivateEnvironment(project).is_ready([project / "requirements.lock"])


def test_the_one_for_developers_is_ready_for_everybody_and_not_the_reverse(project: Path) -> None:
    home, runtime, development = (
        PrivateEnvironment(project),
        project / "requirements.lock",
        project / "requirements-dev.lock",
    )
    stamp(project, "requirements-dev.lock", "requirements.lock")
    assert home.is_ready([runtime]) and home.is_ready([development, runtime])
    stamp(project, "requirements.lock")
    assert home.is_ready([runtime]) and not home.is_ready([development, runtime])


def test_a_changed_lock_makes_it_outdated_and_other_line_endings_do_not(project: Path) -> None:
    home, lock = PrivateEnvironment(project), project / "requirements.lock"
    stamp(project, "requirements.lock")
    lock.write_bytes(b"one==1\r\n")
    assert home.is_ready([lock]) and not home.is_outdated(lock)
    lock.write_text("one==1.1\n")
    assert not home.is_ready([lock]) and home.is_outdated(lock)


def test_an_environment_made_by_hand_is_never_outdated(project: Path) -> None:
    assert not PrivateEnvironment(project).is_outdated(project / "requirements.lock")


def test_a_private_interpreter_that_has_gone_is_noticed(project: Path) -> None:
    stamp(project, "requirements.lock")
    (project / ".venv" / "bin" / "python").unlink()
    assert not PrivateEnvironment(project).is_ready([project / "requirements.lock"])


def test_a_ready_environment_is_left_alone(project: Path) -> None:
    stamp(project, "requirements.lock")
    assert PrivateEnvironment(project).prepare([project / "requirements.lock"]) is False
    assert not (project / ".venv.lock").exists()


def test_a_missing_lock_file_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CannotSetUp, match=r"requirements\.lock is missing beside run\.py"):
        PrivateEnvironment(tmp_path).prepare([tmp_path / "requirements.lock"])


def test_a_failed_installation_leaves_no_stamp_and_marks_the_work_as_unfinished(project: Path) -> None:
    stamp(project, "requirements-dev.lock")
    (project / "requirements.lock").write_text("not a requirement at all\n")
    with pytest.raises(CannotSetUp, match="Could not install the packages"):
        PrivateEnvironment(project).prepare([project / "requirements.lock"])
    assert not (project / ".venv" / "lock.sha256").exists()
    assert (project / ".venv.lock").read_text() == "unfinished"
    assert "not a requirement" in (project / ".venv" / "setup.log").read_text()


def test_a_second_run_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    order: list[str] = []
    said = io.StringIO()

    def second() -> None:
        with one_at_a_time(tmp_path / "turn"):
            order.append("second")

    with contextlib.redirect_stderr(said), one_at_a_time(tmp_path / "turn"):
        other = threading.Thread(target=second)
        other.start()
        until(lambda: "waiting for it" in said.getvalue(), "the second run said nothing")
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]


def test_the_turn_is_kept_by_a_child_that_outlives_us(tmp_path: Path) -> None:
    with one_at_a_time(tmp_path / "turn") as turn:
        child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=package_installer.inherited(turn.fileno()))
    with (tmp_path / "turn").open("a+") as mine:
        assert not private_environment.take(mine, wait=False)
        child.communicate(b"", timeout=10)
        assert private_environment.take(mine, wait=False)


def test_the_turn_file_remembers_an_interruption_until_the_work_is_done(tmp_path: Path) -> None:
    for text, expected in (("unfinished", True), ("", False)):
        with one_at_a_time(tmp_path / "turn") as turn:
            mark(turn, text)
        with one_at_a_time(tmp_path / "turn") as turn:
            assert interrupted(turn) is expected


@pytest.mark.parametrize(
    ("said", "reason", "remedy"),
    [
        (
            "ERROR: Could not find a version\nERROR: No matching distribution found for a==1\n",
            "No matching distribution found for a==1",
            "A package does not exist for this Python or machine: try another Python from 3.11 on",
        ),
        (
            "WARNING: Retrying (Retry(total=2\nERROR: No matching distribution found for a==1\n",
            "No matching distribution found for a==1",
            "Check the network (behind a proxy: set HTTPS_PROXY)",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES. If you have updated …\n    Got abc\n",
            "THESE PACKAGES DO NOT MATCH THE HASHES",
            "A download is not what was recorded: if trying again does not help, tell your network staff",
        ),
        ("", "pip said nothing", "Check the network (behind a proxy: set HTTPS_PROXY)"),
    ],
)
def test_what_pip_says_becomes_one_line_with_a_remedy(said: str, reason: str, remedy: str) -> None:
    assert explain(said.splitlines(keepends=True)) == f"Could not install the packages: {reason}. {remedy}"


def test_progress_is_a_plain_line_now_and_then_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(12, sys.stdout)
    for _ in range(12):
        progress.heard("Collecting a==1 (from -r requirements.lock)\n")
    progress.heard("Installing collected packages: a\n")
    progress.end()
    assert capsys.readouterr().out == "- downloading, 10 of 12 packages (0 s)\n- installing 12 packages (0 s)\n"


def run_door(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-S", str(ROOT / "run.py"), *words]  # -S: without any installed package
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **variables}, timeout=60)


def test_without_set_up_the_missing_packages_are_named_in_one_line() -> None:
    done = run_door("once", VISIONS_NO_SETUP="1")
    assert done.returncode == 1
    assert re.fullmatch(
        r"VISIONS_NO_SETUP is set and this Python lacks alembic, .*yagmail: pip install -r requirements\.lock\n",
        done.stderr,
    )


def test_the_door_imports_nothing_but_the_standard_library() -> None:
    code = (
        "import sys, pipeline.environment; print({m.partition('.')[0] for m in sys.modules} - sys.stdlib_module_names)"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert eval(done.stdout) - {"__main__"} == {"pipeline"}


def test_the_digest_is_the_sha256_of_the_lock() -> None:
    assert (
        digest(ROOT / environment.RUNTIME_LOCK) == hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    )
