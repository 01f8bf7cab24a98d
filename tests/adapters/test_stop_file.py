"""The stop file."""

from pathlib import Path

import pytest

from pipeline.adapters.stop_file import StopFile
from pipeline.failures import Stopped


@pytest.mark.parametrize("name", ["STOP", "STOP.txt"])
def test_everything_is_stopped_while_the_file_is_there(tmp_path: Path, name: str) -> None:
    stop, path = StopFile(tmp_path / "var"), tmp_path / "var" / name
    stop.heed()  # not even the folder is there yet
    path.parent.mkdir()
    path.write_text("relecture", "utf-8")
    with pytest.raises(Stopped, match="somebody stopped the worker; nothing is read or sent until"):
        stop.heed()
    assert stop.found() == str(path)
    path.unlink()
    stop.heed()
    assert stop.found() == ""
