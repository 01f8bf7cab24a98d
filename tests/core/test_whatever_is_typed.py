"""Whatever staff type into whichever cell, it is taken, shown and written again without a fault."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.candidature import MeetingPlan, corrected
from pipeline.core.columns import MEETINGS_SHEET, candidatures_sheet
from pipeline.core.corrections import edited, meeting_edited, requested_letter, typed_by_hand
from pipeline.core.decisions import rehearsed, remarks_on_decisions
from pipeline.core.laureates import fragment, lists_of
from pipeline.core.letters.values import meeting_line
from pipeline.core.merge import fitting, same
from pipeline.core.outtray import DECISION_NEEDED, Surroundings, obstacle, recipients
from pipeline.core.rebuilding import candidature_from, meeting_from
from pipeline.core.rows import Dossier, candidature_row, meeting_row
from pipeline.core.typed import says_yes
from tests.builders import PARIS, a_call, a_candidature, paris

CALL = a_call()
SHEET = candidatures_sheet(CALL)
ODD = st.sampled_from("² ½ ٣ 14h² 1e9 -1 0 Retenu n°² oui \x00 \ud800 =1+1 ' %s {x}".split(" "))
MOMENTS = st.one_of(st.dates(), st.datetimes(), st.times())
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), ODD, MOMENTS)
ROWS = st.dictionaries(st.sampled_from([one.key for one in SHEET.columns]), VALUES, max_size=6)
MEETING = MeetingPlan("prep-1", "Réunion", date(2017, 3, 7), "14:00")
AROUND = Surroundings([MEETING], ("lettre",), date(2017, 3, 1))


@given(ROWS)
def test_any_row_of_candidatures_is_taken_and_shown(cells: dict[str, object]) -> None:
    one = a_candidature()
    for key, value in cells.items():
        one = edited(one, SHEET.column(key), value, "Un\nDeux", PARIS)  # type: ignore[arg-type]
    seen = corrected(one)
    row = candidature_row(Dossier(one), CALL.zone)
    assert {key: same(fitting(value), fitting(fitting(value))) for key, value in row.items()} == dict.fromkeys(
        row, True
    )
    assert all(isinstance(obstacle(letter, seen, AROUND), str) for letter in (*DECISION_NEEDED, "demande_complements"))
    assert recipients(seen)
    assert remarks_on_decisions(CALL, [seen], []) is not None and rehearsed([seen], [], {}) is not None
    assert fragment(CALL, lists_of(CALL, [one], [], {}).public, date(2017, 3, 1))


@given(ROWS, VALUES)
def test_any_row_typed_by_hand_or_found_in_a_tracker_is_a_candidature(
    cells: dict[str, object], request: object
) -> None:
    typed = typed_by_hand(CALL, cells, paris("2017-03-01 09:00"))  # type: ignore[arg-type]
    assert corrected(typed).call == CALL.code
    assert candidature_from(CALL, {**cells, "number": "V21-001"}).number == "V21-001"  # type: ignore[dict-item]
    assert requested_letter(request) is None or isinstance(requested_letter(request), str)  # type: ignore[arg-type]
    assert says_yes(request) in (True, False)  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from([one.key for one in MEETINGS_SHEET.columns]), VALUES, max_size=5))
def test_any_row_of_meetings_is_taken_shown_and_told(cells: dict[str, object]) -> None:
    meeting = MEETING
    for key, value in cells.items():
        meeting = meeting_edited(meeting, key, value)  # type: ignore[arg-type]
    assert meeting_row(meeting)["key"] == "prep-1"
    assert isinstance(meeting_line(meeting).when, str)
    assert isinstance(
        obstacle(
            "convocation", a_candidature(staff={"decision": "Retenu"}), Surroundings([meeting], (), date(2017, 3, 1))
        ),
        str,
    )
    assert meeting_from(MEETING, cells, True).key == "prep-1"  # type: ignore[arg-type]
