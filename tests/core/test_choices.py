from pipeline.core.candidature import corrected
from pipeline.core.choices import unread_words
from pipeline.core.columns import candidatures_sheet
from pipeline.core.laureates import decision_of
from tests.builders import a_call, a_candidature

SHEET = candidatures_sheet(a_call())


def test_words_that_mean_nothing_are_said_with_the_choices():
    staff = {
        "decision": "Refusé",
        "eligible": "OUI",
        "request": "Lauréat",
    }
    candidature = a_candidature(staff=staff, corrections={"meeting:prep-1": "absent", "in_time": "NON"})
    assert unread_words(SHEET, candidature) == (
        "Première réunion préparatoire : méthodologie de Visions +21\u00a0: « absent » n'est pas compris\u00a0; "
        "choisissez « invité », « accepté », « décliné » ou « peut-être ».",
        "Décision\u00a0: « Refusé » n'est pas compris\u00a0; "
        "choisissez « Retenu », « Liste d'attente » ou « Non retenu ».",
    )


def test_a_letter_that_is_none_and_a_blank_are_said_elsewhere_or_not_at_all():
    assert unread_words(SHEET, a_candidature(staff={"request": "Félicitations", "decision": " "})) == ()


def test_words_as_people_write_them_are_taken():
    staff = {"decision": "Liste d’attente", "eligible": "✓"}
    words = {"meeting:prep-1": "Déclinée", "in_region": "Non", "departements": "2"}
    candidature = a_candidature(staff=staff, corrections=words)
    seen = corrected(candidature)
    assert unread_words(SHEET, candidature) == ()
    assert (decision_of(candidature), seen.meetings["prep-1"], seen.in_region) == ("liste d'attente", "declined", False)
    assert seen.departements == ("02",)
