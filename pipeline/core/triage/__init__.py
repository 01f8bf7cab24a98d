"""What a message is: RULES is a table, the first sure verdict wins. Applying the verdict is left to `reading`.

`case` bundles what a rule may look at; `clues` says what to ask the ledger; `naming` finds the call, `dossiers` the
candidature; `wording` holds tables of French words; each other file holds the rules of one subject.
"""

from pipeline.core.triage.case import Case
from pipeline.core.triage.clues import clues_of
from pipeline.core.triage.reclassifying import reclassified
from pipeline.core.triage.rules import RULES, Rule, triage
from pipeline.core.verdict import NOTHING_SAID, House, Known, KnownCandidature, MessageClues, Nature, Verdict

__all__ = [
    "NOTHING_SAID",
    "RULES",
    "Case",
    "House",
    "Known",
    "KnownCandidature",
    "MessageClues",
    "Nature",
    "Rule",
    "Verdict",
    "clues_of",
    "reclassified",
    "triage",
]
