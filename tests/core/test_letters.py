"""The words given to the templates: what is known, in French; what is not, absent."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeline.core.candidature import Candidature, MeetingPlan
from pipeline.core.letters import (
    LETTERS,
    NOBODY,
    LetterKey,
    Occasion,
    Section,
    alert_values,
    digest_values,
    greeting,
    lines_of,
    meeting_line,
    sample_values,
    upcoming,
    values_for,
)
from pipeline.core.person import Person
from tests.builders import a_call, paris

PREP_1 = MeetingPlan(
    "prep-1", "Première réunion", date(2017, 3, 7), "14:00", "17:30", "Base 11/19", "Rue de Bourgogne\nLoos"
)
PREP_2 = MeetingPlan("prep-2", "Deuxième réunion", date(2017, 4, 6), sequence=1)


def written(candidature: Candidature | None = None, **occasion: Any) -> dict[str, Any]:
    known = candidature or Candidature("visions21-2017", "V21-003", paris("2017-02-20 10:00"), True)
    occasion.setdefault("now", paris("2017-02-21 08:00"))
    return values_for(a_call(), known, Occasion(**occasion))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("dossier incomplet", "dossier incomplet."),
        ("dossier incomplet. ", "dossier incomplet."),
        ("hors région\n(voir le règlement)", "hors région (voir le règlement)."),
        ("dossier incomplet…", "dossier incomplet…"),
        ("trop tard !", "trop tard\u00a0!"),
        (" ", ""),
    ],
)
def test_a_reason_is_a_whole_sentence_whatever_ends_it_in_the_cell(typed: str, said: str) -> None:
    assert written(reason=typed)["reason"] == said


@pytest.mark.parametrize(
    "name",
    [
        *("Hélène Carpentier", "Jean-Pierre de La Tour", "Marie D’Hooghe", "J. Dupont", "CARPENTIER Hélène"),
        "Jean-Baptiste de La Rochefoucauld-Montmorency d’Estrées",
        f"Hélène C{'a' * 52}",
    ],
)
def test_a_person_is_greeted_by_name(name: str) -> None:
    assert greeting(name) == f"Bonjour {name},"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("M. le Maire", "Bonjour Monsieur le Maire,"),
        ("Monsieur Le maire", "Bonjour Monsieur le Maire,"),
        ("Mme  la Présidente", "Bonjour Madame la Présidente,"),
        ("Madame l'adjointe", "Bonjour Madame l'Adjointe,"),
        ("Mme O’Brien", "Bonjour Madame O’Brien,"),
        ("Mlle Anaïs Petit", "Bonjour Madame Anaïs Petit,"),
        ("Dr Anne-Lise N’Guyen", "Bonjour Docteur Anne-Lise N’Guyen,"),
        ("M. Directeur général", "Madame, Monsieur,"),
        ("Maître Anne Petit", "Bonjour Maître Anne Petit,"),
        ("Me Petit", "Bonjour Maître Petit,"),
        ("Mademoiselle Petit", "Bonjour Madame Petit,"),
        ("Mr Petit", "Bonjour Monsieur Petit,"),
        (f"Hélène C{'a' * 53}", "Madame, Monsieur,"),
    ],
)
def test_a_civility_that_staff_typed_is_written_in_full_as_to_the_person(typed: str, line: str) -> None:
    assert greeting(typed) == line


@pytest.mark.parametrize(
    ("role", "line"),
    [
        ("Directrice générale des services", "Hélène Carpentier, directrice générale des services"),
        ("Élue référente", "Hélène Carpentier, élue référente"),
        ("Directrice Générale", "Hélène Carpentier, directrice Générale"),
        ("DGS", "Hélène Carpentier, DGS"),
        ("", ""),
    ],
)
def test_a_function_behind_a_name_begins_small_unless_it_is_an_abbreviation(role: str, line: str) -> None:
    known = Candidature("visions21-2017", "V21-003", None, True, contact=Person("Hélène Carpentier", role))
    assert written(known)["attention"] == line


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SM du Parc naturel régional de l'Avesnois", "Syndicat mixte du Parc naturel régional de l'Avesnois"),
        ("SI d'assainissement du Nord", "Syndicat intercommunal d'assainissement du Nord"),
        ("SIVOM de l'Aa", "SIVOM de l'Aa"),
        ("SM", "SM"),
        ("Le Quesnoy", "Le Quesnoy"),
    ],
)
def test_a_syndicat_is_named_in_full(name: str, said: str) -> None:
    assert written(Candidature("visions21-2017", "V21-003", None, True, collectivite=name))["collectivite"] == said


def test_what_staff_and_applicants_typed_is_set_as_french_is_and_names_of_files_are_not() -> None:
    place = replace(PREP_1, place="Salle 1 ; 2e étage", address="")
    known = Candidature("visions21-2017", "V21-003", None, True, collectivite="Association « Les Amis »")
    values = written(
        known,
        missing=("RIB : IBAN",),
        reason="pourquoi ?",
        pieces=("a ; b.pdf",),
        meetings=(place,),
        attachments=("« c ».pdf",),
    )
    assert values["collectivite"] == "Association «\u00a0Les Amis\u00a0»"
    assert (values["missing"], values["reason"]) == (("RIB\u00a0: IBAN",), "pourquoi\u00a0?")
    assert values["meetings"][0]["place"] == "Salle 1\u00a0; 2e étage"
    assert (values["pieces"], values["attachments"]) == (("a ; b.pdf",), ("« c ».pdf",))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Hélène",
        "Mairie de Lens",
        "Service développement",
        "a@b.fr",
        "http://x y",
        "X <b>",
        "Eve **X**",
        "A B\nC",
        "R2 D2",
        "Le Maire",
        "Directeur général",
        "Élu référent",
        "Adjointe Environnement",
        "Lens Agglo",
        "Pays de Bray",
        "Office de tourisme",
        "Madame Monsieur",
        "M. et Mme Dupont",
        "Mme " + "Très-Longue " * 6,
    ],
)
def test_what_may_be_no_person_is_greeted_politely(name: str) -> None:
    assert greeting(name) == NOBODY == "Madame, Monsieur,"


def test_the_reception_is_told_by_the_clock_of_the_call() -> None:
    assert written(received=datetime(2017, 2, 28, 22, 58, tzinfo=UTC))["received"] == "le 28 février 2017 à 23 h 58"


@pytest.mark.parametrize(("at", "late"), [("2017-02-28 23:59", False), ("2017-03-01 00:00", True)])
def test_a_mail_is_late_from_midnight_after_the_closing_day(at: str, late: bool) -> None:
    assert written(received=paris(at))["late"] is late


def test_midnight_sharp_is_an_hour_for_a_mail_and_none_for_a_row_typed_by_staff() -> None:
    by_mail = Candidature("visions21-2017", "V21-003", paris("2017-03-01 00:00"), False)
    by_hand = Candidature("visions21-2017", "V21-004", paris("2017-03-01 00:00"), False, by_hand=True)
    assert written(by_mail)["received"] == "le 1er mars 2017 à 0 h"
    assert written(by_hand)["received"] == "le 1er mars 2017"


def test_without_a_mail_to_answer_the_reception_is_the_candidatures_own() -> None:
    assert written()["received"] == "le 20 février 2017 à 10 h"


def test_the_call_is_open_until_its_closing() -> None:
    assert written(now=paris("2017-02-28 23:59"))["is_open"] is True
    assert written(now=paris("2017-03-01 00:00"))["is_open"] is False


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (2, 3, "2 à 3 candidatures"),
        (3, 3, "3 candidatures"),
        (1, 1, "une candidature"),
        (0, 1, "une candidature"),
        (0, 0, ""),
    ],
)
def test_the_places_are_told_as_the_call_says(least: int, most: int, words: str) -> None:
    known = Candidature("visions21-2017", "V21-003", None, None)
    values = values_for(a_call(places_min=least, places_max=most), known, Occasion(now=paris("2017-02-21 08:00")))
    assert values["places"] == words


def test_what_is_unknown_is_empty_and_never_none() -> None:
    values = written(Candidature("visions21-2017", "V21-003", None, None, contact=Person()))
    assert [name for name, value in values.items() if value is None] == []
    assert values["received"] == values["collectivite"] == values["reply_by"] == ""


def test_missing_pieces_are_one_by_line_or_between_semicolons() -> None:
    typed = "- Lettre de l’élu ;\n• Délibération; Plan,\n\n"
    assert lines_of(typed) == ("Lettre de l’élu", "Délibération", "Plan")


def test_a_document_sent_twice_is_named_once() -> None:
    assert written(pieces=("a.pdf", "b.pdf", "a.pdf", ""))["pieces"] == ("a.pdf", "b.pdf")


def test_past_meetings_are_left_out_and_the_others_come_by_date() -> None:
    undated = MeetingPlan("prep-3", "Troisième réunion", None)
    assert upcoming([undated, PREP_2, PREP_1], date(2017, 3, 8)) == [PREP_2, undated]
    assert upcoming([PREP_2, PREP_1], date(2017, 3, 7)) == [PREP_1, PREP_2]


def test_a_meeting_is_told_with_what_staff_have_set() -> None:
    line = meeting_line(PREP_1)
    assert line.when == "mardi 7 mars 2017, de 14 h à 17 h 30"
    assert line.place == "Base 11/19, Rue de Bourgogne, Loos"
    assert (meeting_line(PREP_2).when, meeting_line(PREP_2).place) == ("jeudi 6 avril 2017", "")


@pytest.mark.parametrize(
    ("start", "end", "when"),
    [
        ("14:00", "", "mardi 7 mars 2017, à 14 h"),
        ("14:00", "en fin d'après-midi", "mardi 7 mars 2017, à 14 h"),
        ("l'après-midi", "", "mardi 7 mars 2017, l'après-midi"),
        ("l'après-midi", "17:00", "mardi 7 mars 2017, l'après-midi"),
        ("", "17:00", "mardi 7 mars 2017"),
    ],
)
def test_hours_that_are_words_are_told_as_they_stand(start: str, end: str, when: str) -> None:
    assert meeting_line(replace(PREP_1, start=start, end=end)).when == when


def test_a_meeting_that_changed_makes_the_convocation_an_update() -> None:
    assert written(meetings=(PREP_1,))["updated"] is False
    assert written(meetings=(PREP_1, PREP_2))["updated"] is True


def test_empty_sections_are_left_out_of_letters_to_staff() -> None:
    sections = (Section("À vérifier", ("V21-001",)), Section("Rien", ()))
    now = paris("2017-02-28 09:05")
    assert digest_values("Visions +21", sections, now) == {
        "title": "Visions +21",
        "today": "mardi 28 février 2017",
        "sections": ({"title": "À vérifier", "lines": ("V21-001",)},),
    }
    assert alert_values("Panne", (), now)["moment"] == "le 28 février 2017 à 9 h 05"


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_has_samples_without_none(letter: str) -> None:
    samples = sample_values(letter)
    assert len(samples) >= 2
    assert all(value is not None for values in samples for value in values.values())


def test_the_message_id_is_the_same_at_every_attempt_and_another_for_another_occasion() -> None:
    key = LetterKey("visions21-2017", "V21-003", "laureat", "1", "a@b.example")
    again = LetterKey("visions21-2017", "V21-003", "laureat", "1", "copie@b.example")
    other = LetterKey("visions21-2017", "V21-003", "laureat", "2", "a@b.example")
    assert key.message_id("cerdd.org") == again.message_id("cerdd.org") != other.message_id("cerdd.org")


def test_meetings_are_announced_in_the_order_of_their_days_and_hours_the_undated_last() -> None:
    undated, evening = MeetingPlan("d", "À fixer", None), replace(PREP_1, key="c", start="18:00")
    meetings = [undated, PREP_2, evening, PREP_1]
    assert upcoming(meetings, date(2017, 3, 7)) == [PREP_1, evening, PREP_2, undated]
    assert upcoming(meetings, date(2017, 3, 8)) == [PREP_2, undated]


def test_the_message_id_of_a_letter_is_for_ever_that_of_its_key() -> None:
    key = LetterKey("visions21-2017", "V21-001", "laureat", "demande-1", "marc@ternois.example")
    assert key.message_id("cerdd.org") == "d32ddd1ada2476aa5f86d46161b9acc4@cerdd.org"
    assert replace(key, recipient="dgs@ternois.example").message_id("cerdd.org") == key.message_id("cerdd.org")
