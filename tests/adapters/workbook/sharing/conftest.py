from pathlib import Path

import pytest


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where a workbook is to be; neither it nor its folder is there yet."""
    return tmp_path / "appel" / "suivi.xlsx"
