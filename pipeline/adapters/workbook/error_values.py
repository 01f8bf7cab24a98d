"""Errors of formulas that the reader of workbooks does not know (#SPILL!, #CALC!, those of other programs): for it, and
in memory only, they are made ones that it knows. The file keeps its own."""

import io
import re
import zipfile

UNKNOWN = "Unsupported cell error value"  # so the reader says that it met one
KNOWN = frozenset((b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!", b"#GETTING_DATA"))
_ERROR = re.compile(
    rb"""(<(?:[\w.-]+:)?c\s(?:[^>]*\s)?t=["']e["'][^>]*>(?:(?!</(?:[\w.-]+:)?c>).)*?<(?:[\w.-]+:)?v>)([^<]*)""",
    re.DOTALL,
)


def with_known_errors(content: bytes) -> bytes:
    """The workbook for reading, its unknown errors #VALUE!."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(made, "w") as readable:
        for name in package.namelist():
            part = package.read(name)
            is_sheet = name.lower().startswith("xl/worksheets/")
            readable.writestr(name, _ERROR.sub(_known, part) if is_sheet else part)
    return made.getvalue()


def _known(found: re.Match[bytes]) -> bytes:
    return found[0] if found[2] in KNOWN else found[1] + b"#VALUE!"
