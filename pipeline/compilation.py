"""Ledger → laureate workbook. Who is a laureate is decided in `core.laureates`."""

from collections import Counter

from pipeline.core.call import Call
from pipeline.core.laureates import laureate_rows
from pipeline.ports import Office


def compile_laureates(office: Office, call: Call) -> Counter[str]:
    """Write laureats.xlsx when its rows changed; no workbook before the first laureate."""
    rows = laureate_rows(office.ledger.candidatures.all(call.code), call.zone)
    if not rows and not office.ledger.journal.milestone(f"laureates:{call.code}"):
        return Counter()
    written = office.laureates.write(call, rows, office.clock.now())
    if written:
        office.ledger.journal.reach(f"laureates:{call.code}", office.clock.now().isoformat())
    return Counter({"laureate books": 1, "laureates": len(rows)}) if written else Counter()
