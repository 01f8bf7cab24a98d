"""What `purge` says before it asks: who agrees must have read of all that goes, and of what is left to them."""

from pipeline.commands.purge_plans import call_lines, person_lines
from pipeline.core.delivery import LetterState
from pipeline.core.erased_person import Individual
from pipeline.erasure import CallPlan, PersonPlan
from pipeline.held import Held
from pipeline.ports import CallFiles
from tests.builders import a_call, a_candidature, a_letter


def test_letters_that_will_never_leave_and_files_that_stay_are_told_before_a_call_is_erased() -> None:
    states = (LetterState.QUEUED, LetterState.HELD, LetterState.SENDING, LetterState.SENT, LetterState.REFUSED)
    letters = tuple(a_letter(state=state) for state in states)
    files = CallFiles(("sheets/visions21-2017/suivi.xlsx",), ("sheets/visions21-2017/notes d'Anne.docx",))
    said = call_lines(a_call(), CallPlan((), (a_candidature(),), letters, files, ()))
    assert said[0] == "Call visions21-2017, closed on 28/02/2017, kept for 24 months. To be erased:"
    assert "  5 letters, not left yet and never to leave: 3" in said
    at = said.index("Yours, not touched: look whether it holds personal data:")
    assert said[at + 1] == "  sheets/visions21-2017/notes d'Anne.docx"
    assert said.index("  sheets/visions21-2017/suivi.xlsx") < at


def test_a_call_without_letters_to_come_or_files_of_staff_says_nothing_of_them() -> None:
    said = call_lines(a_call(), CallPlan((), (), (a_letter(state=LetterState.SENT),), CallFiles((), ()), ()))
    assert "  1 letter" in said and not [line for line in said if "Yours" in line or "never to leave" in line]


def test_cells_and_documents_that_are_left_to_people_are_named_before_a_person_is_erased() -> None:
    who = Individual("marc@ternois.example", ("Marc Delattre",))
    held = Held(who, (), (), (a_candidature(),), (), (), ())
    plan = PersonPlan(held, ("V21-001: Notes, Copie à",), ("visions21-2017/pieces/V21-001 Ternois/lettre.pdf",))
    said = person_lines(plan)
    assert said[0] == "To be erased about marc@ternois.example (Marc Delattre):"
    assert "  their contact data and what names them in candidatures (V21-001), which go on without them" in said
    cells = said.index("Not erased: columns of the tracker that are yours; empty them:")
    assert said[cells + 1] == "  V21-001: Notes, Copie à"
    assert said[cells - 1] == "  visions21-2017/pieces/V21-001 Ternois/lettre.pdf"
    assert not [line for line in person_lines(PersonPlan(held, (), ())) if line.startswith("Not erased")]
