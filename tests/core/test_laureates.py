from dataclasses import replace
from datetime import date, datetime

import pytest

from pipeline.core.candidature import Attendance, Status
from pipeline.core.compiled import Compiled, Kept, place_for, read_compiled
from pipeline.core.delivery import LetterState
from pipeline.core.laureates import fragment, is_laureate, lists_of, rank_of
from tests.builders import a_call, a_candidature, a_letter, paris

CALL = a_call()
NAMES = {"62": "Pas-de-Calais"}


def lists(*candidatures, letters=()):
    return lists_of(CALL, candidatures, letters, NAMES)


@pytest.mark.parametrize(
    ("decision", "status", "expected"),
    [
        ("Retenu", Status.OPEN, True),
        (" retenu ", Status.OPEN, True),
        ("Non retenu", Status.OPEN, False),
        ("Liste d'attente", Status.OPEN, False),
        ("", Status.OPEN, False),
        ("Retenu", Status.WITHDRAWN, False),
        ("Retenu", Status.REMOVED, False),
    ],
)
def test_a_laureate_is_retained_and_still_there(decision, status, expected):
    assert is_laureate(a_candidature(staff={"decision": decision}, status=status)) is expected


def test_nobody_without_a_decision_is_on_any_page():
    assert [page.rows for page in lists(a_candidature()).pages] == [(), (), ()]


def test_a_row_shows_the_laureate_as_staff_corrected_it():
    laureate = a_candidature(
        staff={"decision": "Retenu"},
        corrections={"contact": "Léa Petit", "email": "lea@ternois.example", "population": "38 000"},
        meetings={"prep-1": Attendance.ACCEPTED, "prep-2": Attendance.INVITED},
    )
    letter = a_letter("laureat", state=LetterState.SENT, sent=paris("2017-03-02 14:35"))
    assert lists(a_candidature(number="V21-000"), laureate, letters=[letter]).laureates.rows == (
        {
            "number": "V21-001",
            "collectivite": "Communauté de communes du Ternois",
            "kind": "Communauté de communes",
            "siren": "200069672",
            "departements": "62, 80",
            "population": 38000,
            "contact": "Léa Petit",
            "role": "Chargé de mission",
            "email": "lea@ternois.example",
            "phone": "03 53 01 63 09",
            "received": datetime(2017, 2, 20, 10, 0),
            "told": datetime(2017, 3, 2, 14, 35),
            "meeting:prep-1": "accepté",
            "meeting:prep-2": "invité",
        },
    )


def test_the_public_page_holds_no_personal_data_and_is_in_the_order_of_the_names():
    first = a_candidature(number="V21-009", collectivite="Ville d'Arras", kind="COM", staff={"decision": "Retenu"})
    second = a_candidature(staff={"decision": "Retenu"})
    page = lists(second, first).public
    assert [column.heading for column in page.columns] == ["Collectivité", "Type", "Département", "Population"]
    assert page.rows[0] == {
        "collectivite": "Communauté de communes du Ternois",
        "kind": "Communauté de communes",
        "where": "Pas-de-Calais (62), 80",
        "population": 37000,
    }
    assert page.rows[1]["collectivite"] == "Ville d'Arras"


def test_the_public_page_is_in_the_order_of_a_french_dictionary():
    names = ("Ville d'Arras", "Étaples", "abbaye de Valloires", "Wimille", "Écques", "Desvres")
    retained = [a_candidature(collectivite=name, staff={"decision": "Retenu"}) for name in names]
    assert [row["collectivite"] for row in lists(*retained).public.rows] == [
        *("abbaye de Valloires", "Desvres", "Écques", "Étaples", "Ville d'Arras", "Wimille")
    ]


@pytest.mark.parametrize(
    ("letter", "state", "sent", "told"),
    [
        ("laureat", LetterState.SENT, paris("2017-03-02 14:35"), datetime(2017, 3, 2, 14, 35)),
        ("laureat", LetterState.BOUNCED, paris("2017-03-02 14:35"), None),
        ("laureat", LetterState.SENT, None, None),
        ("convocation", LetterState.SENT, paris("2017-03-02 14:35"), None),
    ],
)
def test_a_laureate_was_told_by_the_letter_that_says_so_and_arrived(letter, state, sent, told):
    written = a_letter(letter, state=state, sent=sent)
    (row,) = lists(a_candidature(staff={"decision": "Retenu"}), letters=[written]).laureates.rows
    assert row["told"] == told


@pytest.mark.parametrize(
    ("typed", "rank"), [("2", 2), ("2e", 2), ("n° 3", 3), ("1.0", 1), ("1,5", None), ("1 ou 2", None), ("à voir", None)]
)
def test_a_rank_is_one_whole_number_however_it_is_typed(typed: str, rank: int | None) -> None:
    assert rank_of(a_candidature(staff={"rank": typed})) == rank


def test_the_waiting_list_is_in_the_order_of_the_ranks_and_those_without_come_last():
    ranks = {"V21-001": "", "V21-002": "2", "V21-003": "1er"}
    waiting = [a_candidature(number=one, staff={"decision": "Liste d'attente", "rank": ranks[one]}) for one in ranks]
    assert [(row["rank"], row["number"]) for row in lists(*waiting).waiting.rows] == [
        (1, "V21-003"),
        (2, "V21-002"),
        (None, "V21-001"),
    ]


def test_who_withdrew_or_was_taken_out_waits_no_more():
    waiting = [
        a_candidature(number=number, status=status, staff={"decision": "liste d'attente"})
        for number, status in (("V21-001", Status.WITHDRAWN), ("V21-002", Status.REMOVED), ("V21-003", Status.OPEN))
    ]
    assert [row["number"] for row in lists(*waiting).waiting.rows] == ["V21-003"]


def test_a_rank_of_nought_is_a_rank_and_equal_ranks_are_in_the_order_of_the_numbers():
    ranks = {"V21-003": "0", "V21-002": "1", "V21-001": "1"}
    waiting = [a_candidature(number=one, staff={"decision": "Liste d'attente", "rank": ranks[one]}) for one in ranks]
    assert [row["number"] for row in lists(*waiting).waiting.rows] == ["V21-003", "V21-001", "V21-002"]


def test_what_is_not_known_is_an_empty_cell_of_the_fragment():
    laureate = a_candidature(population=None, staff={"decision": "Retenu"})
    assert fragment(CALL, lists(laureate).public, date(2017, 3, 1)).count("<td></td>") == 1


def test_the_fragment_escapes_what_applicants_wrote_and_tells_the_day():
    laureate = a_candidature(collectivite="<b>CC</b>", staff={"decision": "Retenu"})
    page = fragment(CALL, lists(laureate).public, date(2017, 3, 1))
    assert "<td>&lt;b&gt;CC&lt;/b&gt;</td>" in page and "<td>37\u202f000</td>" in page
    assert "Liste établie le 1er mars 2017." in page
    assert "@" not in page and "Delattre" not in page


OURS = Compiled("d", "2017-03-01", {"l.xlsx": Kept("l.xlsx", "ours", "older")})
TODAY = date(2017, 3, 2)


@pytest.mark.parametrize(
    ("there", "content", "goes_to", "written"),
    [
        ({"l.xlsx": "ours"}, "ours", Kept("l.xlsx", "ours", "older"), False),
        ({"l.xlsx": "ours"}, "new", Kept("l.xlsx", "new", "ours"), True),
        ({"l.xlsx": "older"}, "ours", Kept("l.xlsx", "ours", "older"), True),
        ({"l.xlsx": "new"}, "new", Kept("l.xlsx", "new", "older"), False),
        ({}, "new", Kept("l.xlsx", "new", ""), True),
        ({}, "ours", Kept("l.xlsx", "ours", ""), True),
        ({"l.xlsx": "theirs"}, "ours", Kept("l.xlsx", "ours", "older"), False),
        ({"l.xlsx": "theirs"}, "new", Kept("l-2017-03-02.xlsx", "new", ""), True),
        ({"l.xlsx": "theirs", "l-2017-03-02.xlsx": "too"}, "new", Kept("l-2017-03-02-2.xlsx", "new", ""), True),
    ],
    ids=[
        "as it is",
        "ours",
        "interrupted",
        "written already",
        "lost",
        "lost, unchanged",
        "staff's",
        "beside",
        "second",
    ],
)
def test_a_file_that_staff_changed_is_never_overwritten(there, content, goes_to, written):
    assert place_for("l.xlsx", content, OURS, lambda name: there.get(name, ""), TODAY) == (goes_to, written)


def test_a_file_that_was_there_before_the_first_compilation_is_staffs():
    there = {"l.xlsx": "theirs"}
    found = place_for("l.xlsx", "new", Compiled(), lambda name: there.get(name, ""), TODAY)
    assert found[0].name == "l-2017-03-02.xlsx"


def test_what_was_compiled_is_read_back_from_the_journal():
    assert read_compiled(OURS.noted()) == OURS
    assert read_compiled("") == read_compiled("2017-03-01T10:00:00+01:00") == Compiled()


@pytest.mark.parametrize(
    ("digest", "book", "page", "stand"),
    [
        ("d", "ours", "page", True),
        ("d", "theirs", "page", True),
        ("d", "", "page", False),
        ("d", "older", "page", False),
        ("d", "ours", "", False),
        ("other", "ours", "page", False),
    ],
    ids=["as written", "changed by staff", "lost", "a write that was interrupted", "one of two lost", "other lists"],
)
def test_lists_stand_while_each_of_their_files_was_written_whatever_staff_did_to_it_since(digest, book, page, stand):
    there = {"l.xlsx": book, "l.html": page}
    compiled = replace(OURS, files=OURS.files | {"l.html": Kept("l.html", "page", "page")})
    assert compiled.stands(digest, there.__getitem__) is stand
