"""Ledger ⇄ tracker: staff's edits in, the ledger shown back. What an edit means is decided in `core`.

A write is announced in the ledger before it happens (what each cell is about to hold, under the number of the write)
and the file carries that number: a crash between the two is recognised, nothing of ours is taken for staff's.
"""

from pipeline.tracking.carrying import carry_in_staff_edits
from pipeline.tracking.showing import show_in_tracker
from pipeline.tracking.state import state_of_tracker

__all__ = ["carry_in_staff_edits", "show_in_tracker", "state_of_tracker"]
