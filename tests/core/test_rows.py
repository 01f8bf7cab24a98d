from datetime import datetime

import pytest

from pipeline.core import rows
from pipeline.core.candidature import Attendance, Piece
from pipeline.core.columns import Owner, candidatures_sheet
from pipeline.core.delivery import ON_ITS_WAY, LetterState
from pipeline.core.erasure import ERASED
from pipeline.core.rows import Dossier, candidature_row, message_row, whole_row
from tests.builders import PARIS, a_call, a_candidature, a_letter, a_logged_message, a_request, paris

SENT = a_letter(state=LetterState.SENT, sent=paris("2017-02-20 10:06"))


def test_a_row_shows_what_the_ledger_knows():
    piece = Piece("lettre.pdf", 10, "cd", "pieces/V21-001 CC du Ternois/lettre.pdf", "ab", "one@x")
    candidature = a_candidature(pieces=(piece,), meetings={"prep-1": Attendance.ACCEPTED}, to_check=("À voir.",))
    assert candidature_row(Dossier(candidature, 1, (SENT,)), PARIS) == {
        "number": "V21-001",
        "received": datetime(2017, 2, 20, 10, 0),
        "in_time": "oui",
        "collectivite": "Communauté de communes du Ternois",
        "kind": "Communauté de communes",
        "siren": "200069672",
        "departements": "62, 80",
        "population": 37000,
        "in_region": "oui",
        "contact": "Marc Delattre",
        "role": "Chargé de mission",
        "email": "marc@ternois.example",
        "phone": "03 53 01 63 09",
        "subject": "Candidature",
        "pieces": 1,
        "complements": 1,
        "acknowledged": datetime(2017, 2, 20, 10, 6),
        "last_letter": "Accusé de réception, 20/02/2017",
        "to_check": "À voir.",
        "meeting:prep-1": "accepté",
    }


def test_every_column_of_staffs_but_the_out_tray_is_remembered():
    columns = candidatures_sheet(a_call()).columns
    assert {one.key for one in columns if one.owner is Owner.STAFF} - {"request"} == set(rows.STAFF_COLUMNS)


def test_a_cell_that_staff_corrected_is_left_to_them():
    row = candidature_row(Dossier(a_candidature(corrections={"phone": "03 00 00 00 00"})), PARIS)
    assert "phone" not in row


def test_a_row_that_was_lost_comes_back_with_staffs_cells():
    candidature = a_candidature(corrections={"phone": "03"}, staff={"decision": "Retenu", "request": "Convocation"})
    row = whole_row(Dossier(candidature), PARIS)
    assert (row["phone"], row["decision"]) == ("03", "Retenu")
    assert "request" not in row
    assert whole_row(Dossier(candidature, requests=(a_request(),)), PARIS)["request"] == "Convocation"


def test_a_blocked_letter_and_a_bounce_are_said_until_staff_clear_them():
    bounced = a_letter("laureat", state=LetterState.BOUNCED, why="non remis (boîte pleine)")
    blocked = a_request(blocked="la colonne Courriel est vide.")
    dossier = Dossier(a_candidature(), letters=(bounced,), requests=(blocked,))
    said = rows.to_check(dossier).split("\n")
    assert said == [
        "Lauréat à marc@ternois.example : non remis (boîte pleine)",
        "Courrier «\u00a0Convocation\u00a0» non envoyé\u00a0: la colonne Courriel est vide.",
    ]
    cleared = a_candidature(staff={rows.SEEN: said[0]}, corrections={"to_check": "Appelé le 3."})
    assert rows.to_check(Dossier(cleared, letters=(bounced,))) == "Appelé le 3."


@pytest.mark.parametrize(
    ("letters", "shown"),
    [
        ([], "Accusé de réception (en attente)"),
        ([SENT], "Accusé de réception"),
        ([a_letter(state=LetterState.REFUSED)], "Accusé de réception (refusé par le serveur du destinataire)"),
        ([a_letter(state=LetterState.CANCELLED)], "Accusé de réception (annulé)"),
        ([a_letter(state=LetterState.CANCELLED), SENT], "Accusé de réception"),
        ([SENT, a_letter("accuse_complement", state=LetterState.CANCELLED)], "Accusé de réception"),
        (
            [a_letter("accuse_complement", state=LetterState.SENT), a_letter(state=LetterState.BOUNCED)],
            "Accusé de réception (non remis)",
        ),
        *(([a_letter(state=state)], "Accusé de réception (en attente)") for state in ON_ITS_WAY),
    ],
)
def test_a_message_shows_what_became_of_its_answer(letters, shown):
    row = message_row(a_logged_message(), letters, PARIS)
    assert row["answer"] == shown
    assert row["sender"] == "Marc Delattre <marc@ternois.example>"


def test_a_request_is_over_when_every_one_of_its_letters_left():
    to_contact = a_letter("convocation", state=LetterState.SENT)
    own = a_letter("convocation").key.__class__(
        "visions21-2017", "V21-001", "convocation", a_request().occasion, "a@b.fr"
    )
    sent, waiting = (a_letter(key=own, state=state) for state in (LetterState.SENT, LetterState.RETRY))
    assert not rows.request_is_over(a_request(), [to_contact])
    assert not rows.request_is_over(a_request(), [sent, waiting])
    assert rows.request_is_over(a_request(), [sent])


def test_staffs_own_words_in_to_check_stay_above_what_is_to_be_checked():
    dossier = Dossier(a_candidature(to_check=("À voir.",), corrections={"to_check": "Appelé le 3."}))
    assert candidature_row(dossier, PARIS)["to_check"] == "Appelé le 3.\nÀ voir."
    assert whole_row(dossier, PARIS)["to_check"] == "Appelé le 3.\nÀ voir."


def test_a_letter_that_did_not_arrive_is_said_in_the_usual_words_where_no_server_said_why():
    bounced = a_letter("laureat", state=LetterState.BOUNCED)
    assert rows.to_check(Dossier(a_candidature(), letters=(bounced,))) == "Lauréat à marc@ternois.example : non remis"
    assert rows.letter_troubles([a_letter("laureat", state=LetterState.BOUNCED, subject=ERASED)]) == []


def test_only_a_letter_that_waits_is_said_to_be_kept_back():
    kept = {"blocked": "la colonne Courriel est vide.", "gated": True}
    assert rows.blocked([a_request(state=state, **kept) for state in ("written", "done", "cancelled")]) == []
    assert rows.blocked([a_request(gated=True, released=True)]) == []
    assert rows.blocked([a_request(gated=True)]) == [rows.GREEN_LIGHT.format(letter="Convocation")]


def test_the_first_acknowledgement_that_left_and_the_last_letter_of_all_are_shown():
    later = a_letter("accuse_complement", state=LetterState.SENT, sent=paris("2017-03-01 09:00"))
    waiting = a_letter("accuse_retrait", state=LetterState.RETRY)
    convoked = a_letter("convocation", state=LetterState.SENT, sent=paris("2017-03-03 00:30"))
    row = candidature_row(Dossier(a_candidature(), letters=(convoked, waiting, later, SENT)), PARIS)
    assert (row["acknowledged"], row["last_letter"]) == (datetime(2017, 2, 20, 10, 6), "Convocation, 03/03/2017")
    row = candidature_row(Dossier(a_candidature(), letters=(convoked, waiting)), PARIS)
    assert (row["acknowledged"], row["last_letter"]) == (None, "Convocation, 03/03/2017")
    row = candidature_row(Dossier(a_candidature(), letters=(waiting,)), PARIS)
    assert (row["acknowledged"], row["last_letter"]) == (None, "")


def test_a_moment_is_shown_by_the_clock_of_the_call_without_fractions():
    received = paris("2017-02-20 10:00").replace(second=5, microsecond=999_999)
    assert candidature_row(Dossier(a_candidature(received=received)), PARIS)["received"] == datetime(
        2017, 2, 20, 10, 0, 5
    )


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("+33353016309", "03 53 01 63 09"), ("+33353", "+33353"), ("+32473123456", "+32473123456"), ("", "")],
)
def test_a_french_number_is_shown_as_the_french_write_it_and_any_other_as_it_is(phone, shown):
    assert rows.national_phone(phone) == shown


def test_a_row_of_messages_is_known_again_by_the_same_key_for_ever():
    assert message_row(a_logged_message(), [], PARIS)["key"] == "abababababababab"
