from dataclasses import replace
from datetime import date

import pytest

from pipeline.core.candidature import Attendance, MeetingPlan, Piece, Status
from pipeline.core.delivery import LetterState
from pipeline.core.letters import Draft
from pipeline.core.outtray import (
    Surroundings,
    gated,
    is_all_to_come,
    is_another_now,
    may_leave,
    obstacle,
    recipients,
    reply_by,
    withdrawn,
)
from pipeline.core.person import Person
from tests.builders import a_call, a_candidature, a_letter, a_request, paris

PLANNED = MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7), "14:00", "17:00", "Maison du projet")


def retained(**changes):
    return a_candidature(staff={"decision": "Retenu"}, **changes)


@pytest.mark.parametrize(
    ("letter", "candidature", "meetings", "reason"),
    [
        ("convocation", retained(), [PLANNED], ""),
        ("convocation", a_candidature(), [PLANNED], "la colonne Décision doit indiquer « Retenu » (elle est vide)."),
        (
            "convocation",
            retained(),
            [MeetingPlan("prep-1", "Première réunion", date(2017, 3, 7))],
            "indiquez l'heure de début et le lieu de « Première réunion » dans la feuille Réunions.",
        ),
        (
            "convocation",
            retained(),
            [replace(PLANNED, start="14h-17h")],
            f"« 14h-17h » n'est pas une heure\u00a0: corrigez « {PLANNED.title} » dans la feuille Réunions.",
        ),
        ("convocation", a_candidature(staff={"decision": "retenue"}), [PLANNED], ""),
        (
            "convocation",
            retained(),
            [replace(PLANNED, listed=False)],
            f"« {PLANNED.title} » n'est plus dans la feuille Réunions\u00a0: remettez sa ligne (« Annuler », ou une "
            "sauvegarde)\u00a0; si cette réunion n'a pas lieu, écrivez « oui » dans Annulée.",
        ),
        ("convocation", retained(), [], "cet appel n'a pas de réunion à venir."),
        (
            "non_retenu",
            retained(),
            [],
            "la colonne Décision doit indiquer « Non retenu » (elle indique « Retenu »).",
        ),
        ("laureat", retained(status=Status.WITHDRAWN), [], "la collectivité a retiré sa candidature."),
        ("laureat", retained(contact=Person()), [], "la colonne Courriel est vide."),
        ("laureat", retained(contact=Person(email="mairie at x")), [], "« mairie at x » n'est pas une adresse valide."),
        ("laureat", retained(contact=Person(email="hélène@x.fr")), [], "« hélène@x.fr » n'est pas une adresse valide."),
        ("laureat", retained(contact=Person(email="a..b@x.fr")), [], "« a..b@x.fr » n'est pas une adresse valide."),
        (
            "laureat",
            a_candidature(staff={"decision": "Retenu", "copy_to": "dgs@x.fr, maire@x"}),
            [],
            "dans la colonne Copie à, « maire@x » n'est pas une adresse valide.",
        ),
        ("demande_complements", a_candidature(), [], "la colonne Pièces manquantes est vide."),
        ("demande_complements", a_candidature(staff={"missing": "délibération"}), [], ""),
        ("accuse_reception", a_candidature(), [], ""),
    ],
)
def test_a_letter_leaves_only_when_nothing_stands_in_its_way(letter, candidature, meetings, reason):
    assert obstacle(letter, candidature, Surroundings(meetings, (), date(2017, 3, 1))) == reason


def test_a_letter_asked_for_leaves_after_the_grace_delay_only():
    request = a_request(asked=paris("2017-03-02 10:00"))
    assert not may_leave(request, paris("2017-03-02 10:09"), 10)
    assert may_leave(request, paris("2017-03-02 10:10"), 10)
    assert not may_leave(a_request(state="written"), paris("2017-03-09 10:00"), 10)


def test_a_clock_set_back_by_hours_lengthens_the_delay_and_by_more_than_a_day_ends_it():
    request = a_request(asked=paris("2017-03-02 10:00"))
    assert not may_leave(request, paris("2017-03-01 10:00"), 10)
    assert may_leave(request, paris("2017-03-01 09:59"), 10)


@pytest.mark.parametrize(
    ("changes", "leaves"),
    [
        ({"held": True}, False),
        ({"blocked": "la colonne Courriel est vide."}, False),
        ({"gated": True}, False),
        ({"gated": True, "released": True}, True),
        ({"gated": True, "released": True, "held": True}, False),
        ({"released": True}, True),
    ],
)
def test_what_staff_hold_or_have_not_given_a_green_light_to_stays(changes, leaves):
    assert may_leave(a_request(**changes), paris("2017-03-09 10:00"), 10) is leaves


def test_more_requests_than_the_limit_wait_all_together_and_go_on_waiting():
    free = [a_request(id=number) for number in (1, 2, 3)]
    stopped = [a_request(id=4, blocked="x"), a_request(id=5, held=True), a_request(id=6, released=True)]
    assert [one.gated for one in gated([*free, *stopped], 3)] == [False] * 6
    assert [one.gated for one in gated([*free, *stopped], 2)] == [True, True, True, False, False, False]
    assert [one.gated for one in gated(gated(free, 2)[:1], 2)] == [True]


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("14h75", "", "« 14h75 » n'est pas une heure\u00a0: corrigez « Première réunion » dans la feuille Réunions."),
        (
            "14:00",
            "25 h",
            "« 25 h » n'est pas une heure\u00a0: corrigez « Première réunion » dans la feuille Réunions.",
        ),
        ("14:00", "09:00", "« Première réunion » finit avant de commencer\u00a0: corrigez la feuille Réunions."),
        ("14:00", "14:00", "« Première réunion » finit avant de commencer\u00a0: corrigez la feuille Réunions."),
        ("09:00", "17:00", ""),
        ("9h", "10h30", ""),
        ("00:00", "01:00", ""),
        ("l'après-midi", "", ""),
        ("14:00", "vers 16 h", ""),
    ],
)
def test_no_convocation_leaves_with_an_impossible_hour(start, end, reason):
    meeting = replace(PLANNED, start=start, end=end)
    assert obstacle("convocation", retained(), Surroundings([meeting], (), date(2017, 3, 1))) == reason


def test_what_is_typed_with_blanks_or_capitals_is_understood():
    spaced = Person("Marc", email=" marc@ternois.example ")
    others = a_candidature(
        contact=spaced, staff={"decision": " RETENU ", "copy_to": "DGS@ternois.example; MARC@ternois.example"}
    )
    assert obstacle("laureat", others, Surroundings((), (), date(2017, 3, 1))) == ""
    assert recipients(others) == ("marc@ternois.example", "dgs@ternois.example")


@pytest.mark.parametrize("letter", ["accuse_reception", "demande_complements"])
def test_who_withdrew_may_still_be_written_to_about_what_is_no_decision(letter):
    gone = a_candidature(status=Status.WITHDRAWN, staff={"missing": "délibération"})
    assert obstacle(letter, gone, Surroundings((), (), date(2017, 3, 1))) == ""


def test_nothing_to_ask_for_is_said_with_what_the_call_requires():
    around = Surroundings((), ("lettre de candidature",), date(2017, 3, 1))
    complete = a_candidature(
        pieces=(Piece("lettre de candidature.pdf", 1, "ab" * 32, "pieces/x", "cd" * 32, "a@b.example"),)
    )
    assert obstacle("demande_complements", complete, around) == (
        "la colonne Pièces manquantes est vide et les documents demandés par l'appel semblent reçus."
    )
    assert obstacle("demande_complements", a_candidature(), around) == ""


def test_a_meeting_that_was_not_cancelled_takes_no_invitation_back():
    cancelled = replace(PLANNED, key="prep-2", cancelled=True)
    invited = retained(meetings={"prep-1": Attendance.ACCEPTED, "prep-2": Attendance.DECLINED})
    assert withdrawn([PLANNED, cancelled], invited) == (cancelled,)
    assert withdrawn([PLANNED, cancelled], retained()) == ()


def test_meetings_that_are_past_or_cancelled_need_no_place():
    past = MeetingPlan("prep-0", "Réunion passée", date(2017, 2, 7))
    cancelled = MeetingPlan("prep-2", "Réunion annulée", date(2017, 4, 6), cancelled=True)
    today = date(2017, 3, 1)
    assert obstacle("convocation", retained(), Surroundings([past, PLANNED, cancelled], (), today)) == ""
    nothing = "cet appel n'a pas de réunion à venir."
    invited = retained(meetings={"prep-2": Attendance.ACCEPTED})
    assert obstacle("convocation", retained(), Surroundings([past, cancelled], (), today)) == nothing
    assert obstacle("convocation", invited, Surroundings([past, cancelled], (), today)) == ""


@pytest.mark.parametrize(
    ("asked", "until"),
    [("2017-03-01", date(2017, 3, 15)), ("2017-03-03", date(2017, 3, 17)), ("2017-03-04", date(2017, 3, 20))],
)
def test_complements_are_asked_for_within_two_weeks_and_never_for_a_week_end(asked, until):
    request = a_request("demande_complements", asked=paris(f"{asked} 10:00"))
    assert reply_by(a_call(), request) == until
    assert reply_by(a_call(reply_days=0), request) is None
    assert reply_by(a_call(), a_request("laureat")) is None


@pytest.mark.parametrize(
    ("states", "may_be_anew"),
    [
        (["queued", "retry", "refused"], True),
        (["refused"], True),
        *((["retry", state], False) for state in ("sending", "sent", "unknown", "bounced", "held", "cancelled")),
        ([], False),
    ],
)
def test_letters_are_written_anew_only_while_nobody_received_one_nor_may_have(states, may_be_anew):
    letters = [replace(a_letter(), state=LetterState(state)) for state in states]
    assert is_all_to_come(letters) is may_be_anew


DRAFT = Draft("[V21-001] Lauréat", "Bonjour", ("marc@ternois.example",))


@pytest.mark.parametrize(
    ("state", "drafted", "is_another"),
    [
        ("retry", {}, False),
        ("retry", {"blocked": "la colonne Courriel est vide."}, True),
        ("retry", {"draft": replace(DRAFT, text="Bonjour Anne")}, True),
        ("queued", {"draft": replace(DRAFT, recipients=("anne@ternois.example",))}, True),
        ("refused", {"draft": replace(DRAFT, text="Bonjour Anne")}, False),
        ("refused", {"draft": replace(DRAFT, recipients=("anne@ternois.example",))}, True),
        ("refused", {"draft": replace(DRAFT, recipients=("anne@",)), "blocked": "pas une adresse"}, False),
    ],
)
def test_a_letter_is_another_now_when_it_may_not_leave_or_says_something_else_or_to_others(state, drafted, is_another):
    written, letters = a_request(state="written", draft=DRAFT), [replace(a_letter(), state=LetterState(state))]
    assert is_another_now(letters, written, replace(written, **drafted)) is is_another


def test_of_copies_of_which_one_was_refused_the_other_does_not_leave_once_it_may_not():
    written = a_request(state="written", draft=DRAFT)
    letters = [replace(a_letter(), state=state) for state in (LetterState.REFUSED, LetterState.RETRY)]
    assert is_another_now(letters, written, replace(written, blocked="la colonne Décision est vide."))


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("9h75", "", f"« 9h75 » n'est pas une heure\u00a0: corrigez « {PLANNED.title} » dans la feuille Réunions."),
        (
            "14:00",
            "25:00",
            f"« 25:00 » n'est pas une heure\u00a0: corrigez « {PLANNED.title} » dans la feuille Réunions.",
        ),
        ("14:00", "14:00", f"« {PLANNED.title} » finit avant de commencer\u00a0: corrigez la feuille Réunions."),
        ("l'après-midi", "17:00", ""),
        ("14:00", "au plus tard en fin de journée", ""),
    ],
)
def test_hours_that_cannot_be_keep_a_convocation_back_and_words_do_not(start, end, reason):
    around = Surroundings([replace(PLANNED, start=start, end=end)], (), date(2017, 3, 1))
    assert obstacle("convocation", retained(), around) == reason
