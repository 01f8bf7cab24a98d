"""What a purge makes of what is held; from which day; what stays of a call and of one person."""

from datetime import date

import pytest

from pipeline.core.arrival import ReadingState
from pipeline.core.candidature import Status
from pipeline.core.delivery import LetterState
from pipeline.core.erased_person import NEW_CONTACT, Individual, individual, staffs_mentions, tells_of, without_contact
from pipeline.core.erasure import MESSAGE_ERASED, Work, erasable_from, ranges, read_work, tombstone, without_writer
from pipeline.core.person import Person
from pipeline.core.rows import SEEN
from pipeline.core.statistics import as_csv, figures_of
from tests.builders import a_call, a_candidature, a_letter, a_logged_message, paris

WHO = Individual("marc@ternois.example", ("Marc Delattre",))


@pytest.mark.parametrize(
    ("closes", "months", "first"),
    [
        (date(2017, 2, 28), 24, date(2019, 3, 1)),
        (date(2016, 2, 29), 12, date(2017, 3, 1)),
        (date(2017, 8, 31), 6, date(2018, 3, 1)),
        (date(2017, 12, 31), 1, date(2018, 2, 1)),
    ],
)
def test_a_call_may_go_from_the_day_after_its_retention(closes: date, months: int, first: date) -> None:
    assert erasable_from(a_call(closes=closes, retention_months=months)) == first


def test_of_a_mail_of_a_purged_call_its_hashes_stay() -> None:
    message = a_logged_message(content_digest="cd" * 32, threads=("x@y.example",))
    left = tombstone(message)
    assert (left.arrival.sha256, left.content_digest, left.nature, left.call) == (
        *("ab" * 32, "cd" * 32, "candidature", "visions21-2017"),
    )
    said = (left.message_id, left.sender, left.sender_name, left.subject, left.date, left.why, left.threads)
    assert said == ("", "", "", "", None, (), ())
    assert (left.number, left.answer, left.decided) == ("", None, None)


def test_a_mail_of_an_erased_person_is_shown_without_them_and_never_answered() -> None:
    before = {"date": paris("2017-02-20 09:59"), "threads": ("a@ternois.example",), "staff_nature": "complement"}
    left = without_writer(a_logged_message(content_digest="cd" * 32, **before))
    assert (left.date, left.threads, left.staff_nature, left.why) == (None, (), "", (MESSAGE_ERASED,))
    assert (left.sender, left.sender_name, left.subject, left.message_id) == ("(contact effacé)", "", "(effacé)", "")
    assert (left.nature, left.number, left.answer, left.content_digest) == ("candidature", "V21-001", None, "cd" * 32)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ReadingState.WAITING, ReadingState.DECIDED),
        (ReadingState.DECIDED, ReadingState.DECIDED),
        (ReadingState.UNREADABLE, ReadingState.UNREADABLE),
        (ReadingState.DUPLICATE, ReadingState.DUPLICATE),
    ],
)
def test_a_mail_of_an_erased_person_that_still_waits_is_never_read_again(
    before: ReadingState, after: ReadingState
) -> None:
    assert without_writer(a_logged_message(state=before)).state is after


def test_what_is_left_to_do_is_read_as_it_was_noted() -> None:
    work = Work("2019-03-01T10:00:00+01:00", ("a",), (("ab", "cd"),), False, (("a", "messages", "ab"),))
    assert read_work(work.noted()) == work
    assert read_work("") is None


def test_numbers_are_said_in_runs() -> None:
    assert ranges([3, 1, 2, 7, 9, 10, 7]) == "1-3, 7, 9-10"
    assert ranges([60, *range(57, 2, -1)]) == "3-57, 60"
    assert ranges([1000, 3]) == "3, 1000"
    assert ranges([]) == ""


def test_a_person_is_known_by_full_names_only() -> None:
    mails = [a_logged_message(sender_name=name) for name in ("Marc Delattre", "Marc", "M. D", "")]
    others = [a_candidature(), a_candidature(contact=Person("Jeanne Petit", "", "jeanne@x.example"))]
    assert individual(" Marc@Ternois.example", mails, others) == WHO
    assert individual("nobody@x.example", [], others) == Individual("nobody@x.example")


def test_a_person_has_the_names_of_the_candidatures_that_give_the_address_and_of_no_other() -> None:
    known = a_candidature(
        contact=Person("Marc Delattre", "", " Marc@Ternois.EXAMPLE "), corrections={"contact": "M. D."}
    )
    other = a_candidature(contact=Person("Jeanne Petit", "", "jeanne@x.example"))
    assert individual("marc@ternois.example", [], [known, other]) == WHO


@pytest.mark.parametrize(
    ("name", "is_held"), [("Li Fan", True), ("Li Fa", False), (" Martin", False), ("Martin ", False)]
)
def test_a_name_too_short_or_of_one_word_stands_in_too_many_texts(name: str, is_held: bool) -> None:
    held = (name,) if is_held else ()
    assert individual("li@x.example", [a_logged_message(sender_name=name)], []).names == held


@pytest.mark.parametrize(
    ("contact", "corrections", "is_theirs"),
    [
        (Person("", "", " Marc@Ternois.EXAMPLE "), {}, True),
        (Person("Marc Delattre", "", "dgs@ternois.example"), {}, True),
        (Person("Marc Delattre", "", "x@y.example"), {"contact": "Jeanne Petit", "email": "j@y.example"}, True),
        (Person("Jeanne Petit", "", "j@y.example"), {"email": "MARC@ternois.example"}, True),
        (Person("Jeanne Petit", "", "j@y.example"), {"contact": "Marc Delattre"}, True),
        (Person("", "", "j@y.example"), {}, False),
        (Person("Delattre", "", "j@y.example"), {}, False),
    ],
)
def test_a_contact_is_theirs_by_the_address_or_the_full_name_as_read_or_as_staff_corrected_it(
    contact: Person, corrections: dict[str, str], is_theirs: bool
) -> None:
    assert WHO.is_contact_of(a_candidature(contact=contact, corrections=corrections)) is is_theirs


def test_a_subject_that_names_the_person_goes_though_none_of_their_mails_bears_it() -> None:
    named = a_candidature(subject="TR: candidature de MARC DELATTRE")
    assert without_contact(named, WHO, frozenset()).subject == "(effacé)"
    assert without_contact(a_candidature(subject="TR: candidature"), WHO, frozenset()).subject == "TR: candidature"


def test_a_candidature_goes_on_without_its_contact() -> None:
    candidature = a_candidature(
        subject="Candidature",
        to_check=("Autre adresse : marc@ternois.example", "Collectivité à confirmer."),
        corrections={
            "email": "Marc@Ternois.example",
            "siren": "216207530",
            "to_check": "Marc Delattre\nurgent",
        },
        staff={"decision": "Retenu", "copy_to": "x@y.example", SEEN: "vu : marc@ternois.example\nautre"},
    )
    left = without_contact(candidature, WHO, frozenset({"Candidature"}))
    assert left.contact == Person("(contact effacé)")
    assert (left.subject, left.to_check) == ("(effacé)", ("Collectivité à confirmer.", NEW_CONTACT))
    assert left.corrections == {"siren": "216207530", "to_check": "urgent"}
    assert left.staff == {"decision": "Retenu", "copy_to": "x@y.example", SEEN: "autre"}
    assert left.collectivite == candidature.collectivite


def test_the_contact_of_a_candidature_that_is_somebody_else_stays() -> None:
    other = Person("Jeanne Petit", "Maire", "jeanne@ternois.example", "+33353016309")
    candidature = a_candidature(contact=other, subject="Bonjour", corrections={"email": "j@ternois.example"})
    left = without_contact(candidature, WHO, frozenset({"Candidature"}))
    assert left == candidature


def test_what_staff_typed_of_a_person_is_told() -> None:
    staff = {"copy_to": "MARC@ternois.example; x@y.example", "notes": "vu Marc Delattre", "reason": "hors sujet"}
    assert staffs_mentions(a_candidature(staff=staff), WHO) == ["Copie à", "Notes"]


def test_an_event_tells_of_a_person_unless_it_was_erased() -> None:
    assert tells_of(("courrier envoyé, à marc@ternois.example", ""), WHO)
    assert tells_of(("Contact : marc delattre", ""), WHO)
    assert not tells_of(("message classé", "Le texte dit…"), WHO)
    assert not tells_of(("données effacées : une personne", "marc@ternois.example"), WHO)


def test_the_figures_of_a_call_hold_counts_and_no_word_typed_freely() -> None:
    candidatures = [
        a_candidature(staff={"decision": "retenu", "eligible": "oui"}),
        a_candidature(kind="", departements=("2A",), in_time=False, in_region=None, status=Status.WITHDRAWN),
        a_candidature(corrections={"kind": "Chez M. Untel", "departements": "Nord"}, staff={"decision": "voir Untel"}),
        a_candidature(status=Status.REMOVED),
    ]
    messages = [a_logged_message(), a_logged_message(nature="duplicate"), a_logged_message(nature="unrelated")]
    letters = [a_letter(state=LetterState.SENT), a_letter(state=LetterState.HELD)]
    figures = figures_of(candidatures, messages, letters)
    assert figures == {
        "Candidatures": {"Total": 3, "Retirées": 1},
        "Type de collectivité": {"Autre": 1, "Communauté de communes": 1, "Non renseigné": 1},
        "Département": {"2A": 1, "62": 1, "80": 1, "Autre": 1},
        "Dans les délais": {"Non": 1, "Oui": 2},
        "En région": {"Non renseigné": 1, "Oui": 2},
        "Éligible": {"Non renseigné": 2, "Oui": 1},
        "Décision": {"Autre": 1, "Retenu": 1, "Sans décision": 1},
        "Messages reçus": {"Candidature": 1, "Hors sujet": 1},
        "Courriers envoyés": {"Accusé de réception": 1},
    }
    assert as_csv({"Décision": {"Retenu": 1}}) == b"\xef\xbb\xbfRubrique;Valeur;Nombre\r\nD\xc3\xa9cision;Retenu;1\r\n"


def test_a_word_under_eligible_that_is_neither_yes_nor_no_is_counted_and_not_told() -> None:
    said = (" OUI ", "Non", "selon M. Untel", " ", "")
    figures = figures_of([a_candidature(staff={"eligible": word}) for word in said], [], [])
    assert figures["Éligible"] == {"Autre": 1, "Non": 1, "Non renseigné": 2, "Oui": 1}
