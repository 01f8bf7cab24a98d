from dataclasses import replace
from datetime import date, datetime, time

import pytest

from pipeline.core.candidature import MeetingPlan, corrected
from pipeline.core.columns import candidatures_sheet
from pipeline.core.corrections import asked_otherwise, edited, meeting_edited, requested_letter, typed_by_hand
from pipeline.core.typed import text
from tests.builders import PARIS, a_call, a_candidature, paris

SHEET = candidatures_sheet(a_call())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (" Marc ", "Marc"),
        (True, "oui"),
        (3.0, "3"),
        (3.5, "3.5"),
        (datetime(2017, 3, 1, 9, 5), "01/03/2017 09:05"),
        (date(2017, 3, 1), "01/03/2017"),
        (time(9, 5), "09:05"),
    ],
)
def test_a_cell_reads_as_text(value, words):
    assert text(value) == words


def test_what_staff_type_in_a_workers_column_is_used_everywhere():
    candidature = a_candidature()
    for column, value in (("email", "dgs@ternois.example"), ("in_region", "non"), ("population", 40000)):
        candidature = edited(candidature, SHEET.column(column), value, "", PARIS)
    seen = corrected(candidature)
    assert (seen.contact.email, seen.in_region, seen.population) == ("dgs@ternois.example", False, 40000)
    assert seen.contact.name == "Marc Delattre"


@pytest.mark.parametrize("typed", ["37 000", "37\u202f000 hab.", "37.000", "37000,5", 37000.5])
def test_a_population_is_read_as_people_write_it(typed):
    assert corrected(edited(a_candidature(), SHEET.column("population"), typed, None, PARIS)).population == 37000


def test_a_cell_that_staff_emptied_stays_empty():
    assert corrected(edited(a_candidature(), SHEET.column("phone"), None, "03", PARIS)).contact.phone == ""


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        (datetime(2017, 2, 28, 23, 59), "2017-02-28 23:59"),
        (date(2017, 3, 1), "2017-03-01 00:00"),
        ("1er mars 2017, 10h15", "2017-03-01 10:15"),
    ],
)
def test_a_reception_that_staff_corrected_is_the_reception(typed, moment):
    one = edited(a_candidature(), SHEET.column("received"), typed, datetime(2017, 2, 20, 10), PARIS)
    assert (one.received, one.corrections["received"]) == (paris(moment), text(typed))


@pytest.mark.parametrize("typed", ["fin février", None])
def test_a_reception_that_staff_emptied_or_that_is_no_day_is_unknown(typed):
    assert edited(a_candidature(), SHEET.column("received"), typed, datetime(2017, 2, 20, 10), PARIS).received is None


def test_another_siren_leaves_no_code_of_the_commune_that_it_is_not():
    of_commune = a_candidature(insee="62600", siren="216206003")
    assert corrected(replace(of_commune, corrections={"siren": "216 206 003"})).insee == "62600"
    assert corrected(replace(of_commune, corrections={"siren": "200069672"})).insee == ""
    assert corrected(replace(of_commune, corrections={"siren": ""})).insee == ""


def test_a_siren_pasted_in_groups_of_three_is_nine_digits():
    assert corrected(a_candidature(corrections={"siren": "200\u00a0069\u202f672"})).siren == "200069672"


def test_a_staff_column_is_kept_as_typed():
    assert edited(a_candidature(), SHEET.column("decision"), "Retenu", "", PARIS).staff == {"decision": "Retenu"}


def test_sentences_taken_out_of_to_check_are_seen_and_words_added_are_staffs():
    candidature = edited(a_candidature(), SHEET.column("to_check"), "Deux\nVu avec le maire", "Un\nDeux", PARIS)
    assert candidature.staff["to_check_seen"] == "Un"
    assert candidature.corrections["to_check"] == "Vu avec le maire"


def test_a_sentence_that_staff_added_before_stays_theirs_when_it_is_shown_again():
    candidature = edited(a_candidature(), SHEET.column("to_check"), "Un\nÀ rappeler", "Un\nDeux", PARIS)
    candidature = edited(candidature, SHEET.column("to_check"), "À rappeler\nVu", "Un\nÀ rappeler", PARIS)
    assert candidature.staff["to_check_seen"] == "Deux\nUn"
    assert candidature.corrections["to_check"] == "À rappeler\nVu"


@pytest.mark.parametrize(
    ("cell", "letter"),
    [
        ("Convocation", "convocation"),
        ("convocation ", "convocation"),
        ("", None),
        ("Bonjour", ""),
        ("laureats", "laureat"),
    ],
)
def test_a_cell_of_the_out_tray_names_a_letter(cell, letter):
    assert requested_letter(cell) == letter


def test_a_row_typed_by_hand_becomes_a_candidature_whose_cells_are_staffs():
    typed = typed_by_hand(
        a_call(),
        {
            "collectivite": "Ville d'Hazebrouck",
            "email": "mairie@hazebrouck.example",
            "received": date(2017, 3, 1),
            "decision": "Retenu",
        },
        paris("2017-03-03 09:00"),
    )
    assert typed.by_hand and typed.in_time is False
    assert typed.received == paris("2017-03-01 00:00")
    assert corrected(typed).collectivite == "Ville d'Hazebrouck"
    assert typed.staff == {"decision": "Retenu"}


def test_of_a_row_typed_by_hand_empty_cells_number_and_asked_for_letter_are_no_facts():
    typed = typed_by_hand(
        a_call(),
        {
            "number": " A7 ",
            "received": None,
            "collectivite": "Ruitz",
            "siren": 216207530.0,
            "phone": " ",
            "decision": " Retenu ",
            "notes": "par courrier",
            "request": "Convocation",
            "to_check": "à voir",
        },
        paris("2017-02-27 09:00"),
    )
    assert typed.to_check == ("Numéro attribué par l'assistant\u00a0; « A7 » était écrit dans la colonne N°.",)
    assert (typed.received, typed.in_time) == (paris("2017-02-27 09:00"), True)
    assert typed.corrections == {"collectivite": "Ruitz", "siren": "216207530"}
    assert typed.staff == {"decision": "Retenu", "notes": "par courrier"}
    assert typed_by_hand(a_call(), {"collectivite": "Ruitz"}, paris("2017-02-27 09:00")).to_check == ()


@pytest.mark.parametrize(
    ("received", "moment", "in_time"),
    [
        (datetime(2017, 2, 28, 23, 59), "2017-02-28 23:59", True),
        (date(2017, 3, 1), "2017-03-01 00:00", False),
        ("28/02/2017", "2017-02-28 00:00", True),
        ("28/02/2017 23:30", "2017-02-28 23:30", True),
        ("mardi 28 février 2017 à 9 h 15", "2017-02-28 09:15", True),
        ("2017-02-28T23:30", "2017-02-28 00:00", True),
        ("fin février", "2017-03-03 09:00", False),
    ],
)
def test_when_a_candidature_came_by_post_is_what_staff_typed_else_now(received, moment, in_time):
    typed = typed_by_hand(a_call(), {"received": received}, paris("2017-03-03 09:00"))
    assert (typed.received, typed.in_time) == (paris(moment), in_time)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("start", time(14, 0), "14:00"),
        ("start", 0.6041666667, "14:30"),
        ("start", "14h", "14:00"),
        ("start", "9 h 30", "09:30"),
        ("start", "14:00", "14:00"),
        ("start", "14 H 05", "14:05"),
        ("start", "9h5", "9h5"),
        ("start", "23h59", "23:59"),
        ("start", "0h", "00:00"),
        ("start", 9, "09:00"),
        ("start", 14.0, "14:00"),
        ("start", 0.9999999, "00:00"),
        ("start", datetime(1900, 1, 1, 14, 30), "14:30"),
        ("end", time(17, 30), "17:30"),
        ("start", "dans l'après-midi", "dans l'après-midi"),
        ("start", "²h", "²h"),
        ("start", "14h75", "14h75"),
        ("start", "14h3²", "14h3²"),
        ("start", "24h", "24h"),
        ("start", "14 ou 15 h", "14 ou 15 h"),
        ("start", None, ""),
        ("date", datetime(2017, 3, 8), date(2017, 3, 8)),
        ("date", "08/03/2017", date(2017, 3, 8)),
        ("date", "mercredi 8 mars 2017", date(2017, 3, 8)),
        ("date", " 8/3/2017 ", date(2017, 3, 8)),
        ("date", date(2017, 3, 8), date(2017, 3, 8)),
        ("date", "31/02/2017", None),
        ("date", "mardi", None),
        ("title", " Réunion de cadrage ", "Réunion de cadrage"),
        ("address", "1 rue Verte\n62000 Arras", "1 rue Verte\n62000 Arras"),
        ("cancelled", "Oui", True),
        ("cancelled", "X", True),
        ("cancelled", True, True),
        ("cancelled", "non", False),
        ("cancelled", "annulée", True),
        ("cancelled", "✓", True),
        ("cancelled", "Non", False),
        ("cancelled", None, False),
        ("place", " Maison du projet ", "Maison du projet"),
    ],
)
def test_a_meeting_is_read_as_staff_write_it(column, value, expected):
    meeting = MeetingPlan("prep-1", "Réunion", date(2017, 3, 7))
    assert getattr(meeting_edited(meeting, column, value), column) == expected


def test_what_shows_nothing_in_an_address_that_staff_pasted_is_left_out():
    pasted = edited(
        a_candidature(), SHEET.column("email"), "\u200bdgs@t\u00ader.fr\ufeff", "marc@ternois.example", PARIS
    )
    assert corrected(pasted).contact.email == "dgs@ter.fr"


def test_what_was_said_of_a_letter_is_said_again_when_another_is_asked_for():
    blocked = "Courrier «\u00a0Lauréat\u00a0» non envoyé\u00a0: la colonne Courriel est vide."
    waits = "Lauréat\u00a0: demandé avec beaucoup d'autres\u00a0; écrivez « oui » dans Feu vert, feuille Envois."
    unknown = "Courrier à envoyer\u00a0: « Laureta » n'est pas un courrier connu."
    bounced = "Lauréat à marc@ternois.example : non remis (boîte pleine)"
    staff = {"to_check_seen": "\n".join((blocked, bounced, waits, "À voir.")), "notes": "Vu"}
    asked = asked_otherwise(a_candidature(to_check=("À voir.", unknown), staff=staff))
    assert asked.to_check == ("À voir.",)
    assert asked.staff == {"to_check_seen": f"{bounced}\nÀ voir.", "notes": "Vu"}
    assert asked_otherwise(asked) == asked
