"""The pages of docs/ as a reader takes them: what stands under a heading, the blocks of code."""

import re


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no heading {title}"
    return found[1]


def blocks(text: str, language: str = r"\w*") -> list[str]:
    """The blocks of code, of one language or of any."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
