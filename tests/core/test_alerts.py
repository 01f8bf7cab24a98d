"""What needs a person now: which letters and troubles, said once, in which words, with what to do about it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from pipeline.core.alerts import (
    TOLD as NOTED,
)
from pipeline.core.alerts import (
    Cause,
    alert_of,
    hidden_cause,
    is_to_tell,
    letter_causes,
    trouble_cause,
)
from pipeline.core.delivery import LetterState
from pipeline.core.envois import HELD_BY_STAFF
from pipeline.core.erasure import ERASED
from tests.builders import a_letter, paris

TOLD = "2017-02-20T08:30:00+01:00"
A_DAY_LATER = paris("2017-02-21 08:30")
ADDRESS = "Vérifiez l'adresse dans la colonne Courriel, puis redemandez le courrier."


def cause(name: str = "one", again: bool = False, remedies: Sequence[str] = ("Corrigez.",)) -> Cause:
    return Cause(name, f"titre {name}", (f"fait {name}",), tuple(remedies), again)


@pytest.mark.parametrize("again", [True, False])
def test_what_staff_were_never_told_of_is_told(again: bool) -> None:
    assert is_to_tell(cause(again=again), "", A_DAY_LATER)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=30)])
def test_a_letter_that_did_not_arrive_is_told_once_however_long_it_lasts(late: timedelta) -> None:
    assert not is_to_tell(cause(again=False), TOLD, A_DAY_LATER + late)


def test_a_trouble_that_lasts_is_told_once_a_day() -> None:
    assert not is_to_tell(cause(again=True), TOLD, A_DAY_LATER - timedelta(seconds=1))
    assert is_to_tell(cause(again=True), TOLD, A_DAY_LATER)


@pytest.mark.parametrize(
    ("meaning", "remedy"),
    [
        (", boîte pleine", "Prévenez le destinataire que sa boîte est pleine, puis redemandez le courrier."),
        (", courrier trop volumineux", "Allégez les fichiers joints à ce courrier, puis redemandez-le."),
        (
            ", non pour l'adresse mais par précaution",
            "Montrez ce refus à la personne qui gère la messagerie, puis redemandez le courrier.",
        ),
        ("", ADDRESS),
    ],
)
def test_the_remedy_of_a_refusal_is_that_of_its_reason(meaning: str, remedy: str) -> None:
    refused = a_letter(state=LetterState.REFUSED, why=f"refusé par le serveur de messagerie{meaning} (550 x)")
    (found,) = letter_causes([refused])
    assert found.remedies == (remedy,)


def test_a_trouble_told_in_a_time_to_come_is_told_again_and_a_letter_is_not() -> None:
    before = paris("2017-02-20 08:29")
    assert is_to_tell(cause(again=True), TOLD, before)
    assert not is_to_tell(cause(again=False), TOLD, before)


@pytest.mark.parametrize(
    ("state", "said", "remedy"),
    [
        (LetterState.REFUSED, "refusé par le serveur du destinataire", ADDRESS),
        (LetterState.BOUNCED, "non remis", ADDRESS),
        (
            LetterState.UNKNOWN,
            "envoi incertain : vérifiez auprès du destinataire avant de redemander ce courrier",
            "Demandez au destinataire s'il l'a reçu\u00a0; sinon, redemandez le courrier.",
        ),
        (LetterState.HELD, "retenu", "S'il doit partir, écrivez « oui » dans Feu vert, feuille Envois."),
    ],
)
def test_a_letter_that_needs_a_person_is_told_with_its_addressee_its_cause_and_what_to_do(
    state: LetterState, said: str, remedy: str
) -> None:
    (found,) = letter_causes([a_letter("laureat", state=state)])
    assert found.title == "un courrier n'est pas parti ou n'est pas arrivé"
    assert found.facts == (f"V21-001, Lauréat à marc@ternois.example\u00a0: {said}",)
    assert found.remedies == (remedy,)
    assert not found.again


def test_what_the_server_answered_is_told_in_the_place_of_the_usual_words() -> None:
    (found,) = letter_causes([a_letter("laureat", state=LetterState.REFUSED, why="boîte pleine (552)")])
    assert found.facts == ("V21-001, Lauréat à marc@ternois.example\u00a0: boîte pleine (552)",)


@pytest.mark.parametrize(
    "state", [LetterState.QUEUED, LetterState.SENDING, LetterState.SENT, LetterState.RETRY, LetterState.CANCELLED]
)
def test_a_letter_on_its_way_arrived_or_given_up_by_staff_needs_nobody(state: LetterState) -> None:
    assert letter_causes([a_letter(state=state)]) == []


@pytest.mark.parametrize(
    "letter",
    [
        a_letter(state=LetterState.HELD, why=HELD_BY_STAFF),
        a_letter(state=LetterState.REFUSED, subject=ERASED),
        a_letter("digest", state=LetterState.REFUSED),
        a_letter("alerte", state=LetterState.BOUNCED),
    ],
    ids=["held by staff", "of an erased person", "the summary to staff", "an alert to staff"],
)
def test_what_staff_hold_what_was_erased_and_what_is_written_to_staff_is_no_alert(letter) -> None:
    assert letter_causes([letter]) == []


def test_a_letter_that_bounces_after_it_was_refused_is_a_new_cause_and_the_same_state_is_not() -> None:
    def key(state: LetterState, why: str = "") -> str:
        return letter_causes([a_letter(state=state, why=why)])[0].key

    assert key(LetterState.REFUSED) != key(LetterState.BOUNCED)
    assert key(LetterState.REFUSED, "552") == key(LetterState.REFUSED, "550")


def test_copies_of_one_letter_that_two_people_did_not_get_are_two_causes() -> None:
    first = a_letter(state=LetterState.BOUNCED)
    copy = a_letter(state=LetterState.BOUNCED, key=type(first.key)(*_but_last(first), "maire@ternois.example"))
    assert first.message_id == copy.key.message_id("cerdd.org")
    assert len({one.key for one in letter_causes([first, copy])}) == 2


def _but_last(letter) -> tuple[str, str, str, str]:
    return letter.key.call, letter.key.number, letter.key.letter, letter.key.occasion


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("mailbox: no answer in 30 s", "mailbox: no answer in 61 s", True),
        ("mailbox: no answer", "mailbox: no answer (not tried again before 10:05)", True),
        ("mailbox: no answer", "postman: no answer", False),
    ],
)
def test_a_trouble_is_the_same_whatever_figures_its_words_hold(one: str, other: str, same: bool) -> None:
    assert (trouble_cause(one).key == trouble_cause(other).key) is same


def test_a_trouble_is_told_in_its_own_words_and_says_that_nothing_is_lost() -> None:
    found = trouble_cause("mailbox: no answer in 30 s")
    assert found.title == "l'assistant n'a pas pu tout faire"
    assert found.facts == ("Message technique\u00a0: mailbox: no answer in 30 s",)
    assert found.remedies == (
        "Rien n'est perdu\u00a0: l'assistant essaie de nouveau à chaque passage.",
        "Si cela se reproduit, transmettez ce message à la personne qui a installé l'assistant.",
    )
    assert found.again


@pytest.mark.parametrize(("mails", "counted"), [(1, "1 message"), (12, "12 messages")])
def test_mail_that_the_server_hides_is_told_folder_by_folder(mails: int, counted: str) -> None:
    found = hidden_cause("INBOX/AMI", mails)
    assert found.title == "le serveur de messagerie cache des messages"
    assert found.facts == (
        f"Dossier INBOX/AMI\u00a0: {counted} que sa recherche ne montre pas. Tout a été enregistré.",
    )
    assert found.again
    assert found.key == hidden_cause("INBOX/AMI", mails + 1).key != hidden_cause("INBOX", mails).key


def test_an_alert_of_one_kind_bears_its_title_and_one_of_several_their_number() -> None:
    twice = [cause("one"), Cause("two", "titre one", ("fait two",), ("Corrigez.",))]
    assert alert_of([cause("one")])[0] == "titre one"
    assert alert_of(twice)[0] == "titre one"
    assert alert_of([*twice, cause("three")])[0] == "3 points demandent votre attention"


def test_an_alert_says_first_what_is_found_then_what_to_do_each_thing_once_in_order() -> None:
    _, sections = alert_of([cause("b"), cause("a", remedies=("Corrigez.", "Puis redemandez.")), cause("b")])
    assert [(one.title, tuple(one.lines)) for one in sections] == [
        ("Ce qui est constaté", ("fait b", "fait a")),
        ("Que faire", ("Corrigez.", "Puis redemandez.")),
    ]


def test_what_was_told_is_noted_as_older_ledgers_note_it_so_that_nothing_is_told_again() -> None:
    assert NOTED.format(key="trouble 12ab") == "alert: trouble 12ab"
