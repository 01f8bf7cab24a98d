"""Where passwords come from, and that nobody else sees them."""

from pathlib import Path

import pytest

from pipeline.adapters.credentials import Credentials
from pipeline.failures import Misconfigured

SECRET = "pässwörd with spaces "


def from_file(path: Path) -> Credentials:
    return Credentials("[smtp]", "ami", {"AMI": "another"}, "AMI", path)


def a_file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "password"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_the_password_comes_from_the_environment() -> None:
    assert Credentials("[mailbox]", "ami", {"AMI": SECRET}, "AMI").password() == SECRET


@pytest.mark.parametrize("environment", [{}, {"AMI": ""}, {"ami_": "x"}])
def test_a_password_that_is_nowhere_is_said_with_the_remedy(environment: dict[str, str]) -> None:
    with pytest.raises(Misconfigured) as fault:
        Credentials("[mailbox]", "ami", environment, "AMI").password()
    assert fault.value.faults == (
        "[mailbox] password_env: the environment variable AMI is not set; set it, or name a file in password_file.",
    )


@pytest.mark.parametrize("around", [b"%s", b"%s\n", b"%s\r\n", b"\xef\xbb\xbf%s\r\n"])
def test_a_file_comes_first_and_its_last_line_end_is_no_part_of_the_password(tmp_path: Path, around: bytes) -> None:
    assert from_file(a_file(tmp_path, around % SECRET.encode())).password() == SECRET


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_file_that_others_can_read_or_write_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    path = a_file(tmp_path, SECRET.encode(), mode)
    with pytest.raises(Misconfigured) as fault:
        from_file(path).password()
    assert fault.value.faults == (f"[smtp] password_file: {path} can be read by others; run: chmod 600 {path}",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty; write the password there."),
        (b"\n", "is empty; write the password there."),
        (b"\xff\xfe\x00", "cannot be read (it is not text)."),
    ],
)
def test_a_file_without_a_password_is_said(tmp_path: Path, content: bytes, reason: str) -> None:
    path = a_file(tmp_path, content)
    with pytest.raises(Misconfigured) as fault:
        from_file(path).password()
    assert fault.value.faults == (f"[smtp] password_file: {path} {reason}",)


def test_a_file_that_is_not_there_or_is_a_folder_is_said(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "none", "No such file or directory"),
        (tmp_path, "a folder stands there in place of a file"),
    ):
        with pytest.raises(Misconfigured) as fault:
            from_file(path).password()
        assert fault.value.faults == (f"[smtp] password_file: {path} cannot be read ({reason}).",)


def test_no_password_stands_in_the_repr_or_in_a_fault(tmp_path: Path) -> None:
    assert SECRET not in repr(Credentials("[smtp]", "ami", {"AMI": SECRET}, "AMI"))
    path = a_file(tmp_path, b"hunter2", 0o644)
    with pytest.raises(Misconfigured) as fault:
        from_file(path).password()
    assert "hunter2" not in str(fault.value)
