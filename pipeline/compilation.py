"""Ledger → laureate workbook and fragment for the web site. Who is a laureate is decided in `core.laureates`, where a
new version goes in `core.compiled`.
"""

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial

from pipeline.core.call import Call
from pipeline.core.compiled import BESIDE, BOOK, COMPILED, FRAGMENT, Beside, Compiled, place_for, read_compiled
from pipeline.core.delivery import LetterState
from pipeline.core.laureates import Lists, fragment, lists_of
from pipeline.lost_folder import refuse_lost_folder
from pipeline.ports import Event, Office
from pipeline.standstill import is_as_left, note_nothing_to_do, state_of

STEP = "laureates"


def compile_laureates(office: Office, call: Call) -> Counter[str]:
    """Write laureats.xlsx and laureats.html when the lists changed; nothing before the first laureate.

    A version that staff changed is left alone: the new one goes beside it under its date, and staff are told.
    """
    state = _state(office, call, office.ledger.mark())
    if is_as_left(office, call, STEP, state):
        return Counter()
    refuse_lost_folder(office, call)
    done = _compile(office, call)
    if not done:
        note_nothing_to_do(office, call, STEP, state)
    return done


def _compile(office: Office, call: Call) -> Counter[str]:
    journal, ledger = office.ledger.journal, office.ledger
    noted = journal.milestone(COMPILED.format(call=call.code))
    names = office.gazetteer.territories().departements()
    told = ledger.outbox.letters(call.code, (LetterState.SENT,), "laureat")
    lists = lists_of(call, ledger.candidatures.all(call.code), told, names)
    if not lists.laureates.rows and not noted:
        return Counter()
    compiled = read_compiled(noted)
    there = partial(office.laureates.fingerprint, call)
    if {BOOK, FRAGMENT} == compiled.files.keys() and compiled.stands(lists.digest(), there):
        return Counter()
    if compiled.digest != lists.digest():
        compiled = replace(compiled, digest=lists.digest(), day=office.today(call).isoformat())
    written = [_put(office, call, usual, content, compiled) for usual, content in _files(office, call, lists, compiled)]
    if not any(written):
        return Counter()
    return Counter({"laureate books": 1, "laureates": len(lists.laureates.rows)})


def _state(office: Office, call: Call, mark: str) -> str:
    """What decides whether there is something to write: the ledger, what was compiled, what became of the files."""
    noted = office.ledger.journal.milestone(COMPILED.format(call=call.code))
    there = [office.laureates.fingerprint(call, kept.name) for kept in read_compiled(noted).files.values()]
    return state_of(office, call, mark, noted, there)


def _files(office: Office, call: Call, lists: Lists, compiled: Compiled) -> list[tuple[str, bytes]]:
    dated = date.fromisoformat(compiled.day)
    return [
        (BOOK, office.laureates.book(call, lists, dated)),
        (FRAGMENT, fragment(call, lists.public, dated).encode()),
    ]


def _put(office: Office, call: Call, usual: str, content: bytes, compiled: Compiled) -> bool:
    """Announce, write: a crash between the two is recognised by what the file held before."""
    journal, milestone = office.ledger.journal, COMPILED.format(call=call.code)
    known = read_compiled(journal.milestone(milestone))
    now, sha256 = office.clock.now(), hashlib.sha256(content).hexdigest()
    kept, to_write = place_for(usual, sha256, known, partial(office.laureates.fingerprint, call), office.today(call))
    announced = replace(compiled, files={**known.files, usual: kept})
    if announced != known:
        journal.reach(milestone, announced.noted())
    if not to_write:
        return False
    office.laureates.write(call, kept.name, content)
    before = known.files.get(usual)
    if kept.name != (before.name if before else usual):
        journal.reach(BESIDE.format(call=call.code), Beside(now, kept.name).noted())
        journal.note(Event(now, "worker", f"nouvelle liste à côté de celle de l'équipe : {kept.name}", call.code))
    return True
