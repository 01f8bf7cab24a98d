"""What the worker must forget: mail that is not for us after its days, a call past its retention, one person.

What is personal and what stays is decided in `core.erasure` and `core.erased_person`. An erasure first empties the
ledger and notes there what is still to do, in one transaction; then it erases mails and files, each step of which may
be done twice; so a kill costs nothing, and the next `purge` finishes.
"""

from pipeline.erasure.finishing import finish, unfinished
from pipeline.erasure.of_call import CallPlan, begin_call, plan_call
from pipeline.erasure.of_person import PersonPlan, begin_person, plan_person
from pipeline.erasure.unrelated import forget_unrelated

__all__ = [
    "CallPlan",
    "PersonPlan",
    "begin_call",
    "begin_person",
    "finish",
    "forget_unrelated",
    "plan_call",
    "plan_person",
    "unfinished",
]
