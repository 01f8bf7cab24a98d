"""What an erasure still has to do once the ledger is emptied: mails, files, the database's own files. Each of it may
be done twice."""

import json

from pipeline import faults
from pipeline.core.erasure import PURGED, UNFINISHED, Work, read_work
from pipeline.core.statistics import FIGURES, as_csv
from pipeline.ports import Office, Traces


def unfinished(office: Office) -> Work | None:
    """What an erasure that was interrupted has still to do."""
    return read_work(office.ledger.journal.milestone(UNFINISHED))


def finish(office: Office, traces: Traces, work: Work) -> None:
    """Tombstones, files, then the ledger's files written anew.

    Unavailable, and to be called again, when one of them is open elsewhere.
    """
    for sha256, content_digest in work.mails:
        office.archive.erase(sha256, content_digest)
        faults.point("purge:mail")
    for call in work.calls:
        if work.whole:
            traces.erase_call(call)
            _write_figures(office, traces, call)
        else:
            traces.erase_copies(call)
    traces.erase_old()
    faults.point("purge:files")
    with office.ledger.transaction():
        office.ledger.erasing.drop_past(work.rows)
    office.ledger.erasing.scrub()
    faults.point("purge:scrubbed")
    office.ledger.journal.reach(UNFINISHED, "")


def _write_figures(office: Office, traces: Traces, call: str) -> None:
    noted = office.ledger.journal.milestone(PURGED.format(call=call))
    if noted:
        traces.write(call, FIGURES, as_csv(json.loads(noted)["figures"]))
