"""docs/reliability.md tells of every fault of the battery, and names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (T\d\d) \| [^|]+ \| (?:`([^`]+)::(\w+)`|–) \| ([^|]*) \|$", re.MULTILINE)


def test_every_fault_has_a_row_with_a_test_that_exists_or_what_is_missing() -> None:
    rows = ROW.findall((ROOT / "docs" / "reliability.md").read_text("utf-8"))
    assert [number for number, *_ in rows] == [f"T{number:02d}" for number in range(1, 81)]
    for number, path, name, missing in rows:
        if path:
            assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{number}: {path}::{name}"
        else:
            assert missing.strip(), number
