"""What is said of staff's decisions, and what they amount to."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.core.candidature import Candidature, Status
from pipeline.core.decisions import Rehearsal, decision_letters, rehearsed, remarks_on_decisions, sentence
from pipeline.core.delivery import LetterState
from pipeline.core.letters import LetterKey, OutgoingLetter
from tests.builders import a_call, a_candidature, a_letter, paris

CALL = a_call()
LEFT = "Le courrier « Non retenu » est parti le 2 mars 2017, et la décision est maintenant « Retenu »\u00a0: "
AGAIN = "demandez un nouveau courrier s'il faut rectifier."


def decided(number: int, decision: str, **changes: object) -> Candidature:
    rank = {"rank": str(changes.pop("rank"))} if "rank" in changes else {}
    staff = {"decision": decision} | rank
    return a_candidature(
        **{"number": f"V21-{number:03}", "collectivite": f"Commune {number}", "staff": staff} | changes
    )


def letter(number: int, kind: str, state: LetterState = LetterState.SENT, **changes: object) -> OutgoingLetter:
    key = LetterKey(CALL.code, f"V21-{number:03}", kind, "request-1", "marc@ternois.example")
    return a_letter(kind, key=key, state=state, **changes)


def remarks(*candidatures: Candidature, letters: tuple[OutgoingLetter, ...] = (), **call: object) -> dict:
    return remarks_on_decisions(a_call(**call), candidatures, letters)


# A decision that is no longer the one its letter told


def test_a_decision_that_changed_after_its_letter_left_is_said_with_the_day_of_that_letter() -> None:
    told = letter(1, "non_retenu", created=paris("2017-03-01 23:00"), sent=paris("2017-03-02 00:30"))
    assert remarks(decided(1, " Retenu "), letters=(told,)) == {"V21-001": (LEFT + AGAIN,)}


def test_the_day_of_a_letter_is_that_of_the_call_and_not_of_the_server() -> None:
    told = letter(1, "non_retenu", sent=paris("2017-03-02 00:30").astimezone(tz=None))
    assert remarks(decided(1, "Retenu"), letters=(told,)) == {"V21-001": (LEFT + AGAIN,)}


def test_a_letter_on_its_way_counts_by_the_day_it_was_written() -> None:
    told = letter(1, "non_retenu", LetterState.RETRY, created=paris("2017-03-02 09:00"))
    assert remarks(decided(1, "Retenu"), letters=(told,)) == {"V21-001": (LEFT + AGAIN,)}


@pytest.mark.parametrize(
    ("decision", "kinds"),
    [
        ("Retenu", ()),
        ("Retenu", ("laureat",)),
        ("RETENU", ("laureat",)),
        ("Retenu", ("non_retenu", "laureat")),
        ("Retenu", ("accuse_reception", "convocation", "demande_complements")),
        ("", ("non_retenu",)),
    ],
    ids=["untold", "told", "told, typed in capitals", "told again", "other letters", "decision emptied"],
)
def test_nothing_is_said_of_a_decision_that_its_last_letter_tells(decision: str, kinds: tuple[str, ...]) -> None:
    assert remarks(decided(1, decision), letters=tuple(letter(1, kind) for kind in kinds)) == {}


def test_the_letter_of_another_candidature_says_nothing_of_this_one() -> None:
    assert remarks(decided(1, "Retenu"), decided(2, "Non retenu"), letters=(letter(2, "non_retenu"),)) == {}


@pytest.mark.parametrize("state", list(LetterState))
def test_a_decision_was_told_by_a_letter_that_left_or_is_about_to(state: LetterState) -> None:
    told = state in (LetterState.SENT, LetterState.QUEUED, LetterState.SENDING, LetterState.RETRY)
    one = letter(1, "laureat", state)
    assert decision_letters([one]) == ({"V21-001": [one]} if told else {})


# Places


def test_more_laureates_than_places_is_said_of_each_of_them() -> None:
    found = remarks(*(decided(number, "Retenu") for number in (1, 2, 3)), decided(4, ""), places_max=2)
    said = ("3 candidatures sont retenues, pour 2 places.",)
    assert found == dict.fromkeys(("V21-001", "V21-002", "V21-003"), said)


def test_two_laureates_for_one_place_are_told() -> None:
    said = ("2 candidatures sont retenues, pour 1 place.",)
    found = remarks(decided(1, "Retenu"), decided(2, "Retenu"), places_min=1, places_max=1)
    assert found == {"V21-001": said, "V21-002": said}


@pytest.mark.parametrize("most", [0, 3, 4])
def test_as_many_laureates_as_places_or_no_limit_is_nothing_to_say(most: int) -> None:
    assert remarks(*(decided(number, "Retenu") for number in (1, 2, 3)), places_max=most) == {}


def test_a_laureate_who_withdrew_takes_no_place() -> None:
    gone = decided(3, "Non retenu", status=Status.WITHDRAWN)
    assert remarks(decided(1, "Retenu"), decided(2, "Retenu"), gone, places_max=2) == {}


def promoted(freed: str, rank: str) -> tuple[str, ...]:
    return (
        f"{freed}\u00a0: cette candidature est la {rank} de la liste d'attente. Pour la "
        "retenir\u00a0: Décision « Retenu », puis le courrier « Lauréat ».",
    )


def test_a_place_that_is_free_goes_to_the_first_of_the_waiting_list() -> None:
    waiting = [decided(3, "Liste d'attente", rank=2), decided(4, "Liste d'attente", rank=1)]
    found = remarks(decided(1, "Retenu", status=Status.WITHDRAWN), decided(2, "Retenu"), *waiting)
    assert found == {
        "V21-001": ("Ce lauréat se retire. En tête de la liste d'attente\u00a0: V21-004 (Commune 4).",),
        "V21-004": promoted("Une place se libère (V21-001)", "première"),
    }


def test_two_places_that_are_free_go_to_the_first_two() -> None:
    gone = [decided(number, "Retenu", status=Status.WITHDRAWN) for number in (1, 2)]
    waiting = [decided(number, "Liste d'attente", rank=number, collectivite="") for number in (3, 4, 5)]
    found = remarks(*gone, *waiting)
    said = "Ce lauréat se retire. En tête de la liste d'attente\u00a0: V21-003 (sans nom) et V21-004 (sans nom)."
    freed = "2 places se libèrent (V21-001, V21-002)"
    assert found == {
        "V21-001": (said,),
        "V21-002": (said,),
        "V21-003": promoted(freed, "première"),
        "V21-004": promoted(freed, "2e"),
    }


@pytest.mark.parametrize(
    ("places", "remaining", "proposed"),
    [(2, 1, True), (2, 2, False), (2, 3, False), (0, 9, True)],
    ids=["one free", "filled again meanwhile", "more than there are", "no limit"],
)
def test_somebody_is_proposed_only_for_a_place_that_is_free(places: int, remaining: int, proposed: bool) -> None:
    gone, waits = decided(1, "Retenu", status=Status.WITHDRAWN), decided(2, "Liste d'attente")
    others = [decided(number, "Retenu") for number in range(3, 3 + remaining)]
    found = remarks(gone, waits, *others, places_max=places)
    assert ("V21-002" in found) is proposed
    first, nobody = (
        "En tête de la liste d'attente\u00a0: V21-002 (Commune 2)",
        "Aucune candidature sur la liste d'attente",
    )
    assert found["V21-001"] == (f"Ce lauréat se retire. {first if proposed else nobody}.",)


@pytest.mark.parametrize("status", [Status.OPEN, Status.REMOVED], ids=["still there", "its row deleted by staff"])
def test_nobody_is_proposed_when_no_laureate_withdrew(status: Status) -> None:
    assert remarks(decided(1, "Retenu", status=status), decided(2, "Liste d'attente")) == {}


def test_two_of_the_waiting_list_at_one_rank_are_told() -> None:
    ranks = {1: "1", 2: "2", 3: "1er", 4: "", 5: "à voir"}
    found = remarks(*(decided(number, "Liste d'attente", rank=rank) for number, rank in ranks.items()))
    said = ("Rang 1\u00a0: une autre candidature de la liste d'attente a le même.",)
    assert found == {"V21-001": said, "V21-003": said}


def test_a_rank_left_from_before_the_decision_is_no_clash() -> None:
    assert remarks(decided(1, "Liste d'attente", rank=1), decided(2, "Retenu", rank=1)) == {}


# The rehearsal


def test_the_letters_still_owed_are_those_whose_last_letter_does_not_tell_the_decision() -> None:
    candidatures = [
        decided(1, "Retenu"),
        decided(2, "Retenu"),
        decided(3, "Non retenu"),
        decided(4, "Liste d'attente"),
        decided(5, ""),
        decided(6, "à voir"),
        decided(7, "Retenu", status=Status.WITHDRAWN),
    ]
    letters = [letter(1, "laureat"), letter(2, "laureat"), letter(2, "non_retenu"), letter(3, "convocation")]
    found = rehearsed(candidatures, letters, {"V21-002": "Non.", "V21-003": "Non.", "V21-004": "", "V21-001": "Tard."})
    assert found == Rehearsal(2, 1, 1, 2, letters=3, blocked={"Non.": ["V21-002", "V21-003"]})
    assert found.is_worth_telling


def test_nothing_is_worth_telling_once_every_decision_was_told() -> None:
    assert not rehearsed([decided(1, "Retenu"), decided(2, "")], [letter(1, "laureat")], {}).is_worth_telling


@pytest.mark.parametrize(
    ("rehearsal", "places", "said"),
    [
        (
            Rehearsal(3, 1, 6, 0, 10, {"la colonne Courriel est vide.": ["V21-004"]}),
            (2, 3),
            "3 lauréats pour 2 à 3 places, 1 sur liste d'attente, 6 non retenus ; 10 courriers de décision "
            "à demander ; 1 bloqué (V21-004) : la colonne Courriel est vide.",
        ),
        (
            Rehearsal(1, 0, 1, 4, 1, {}),
            (0, 0),
            "1 lauréat, 0 sur liste d'attente, 1 non retenu, 4 sans décision ; 1 courrier de décision à demander.",
        ),
        (
            Rehearsal(0, 0, 2, 0, 2, {"Vide.": ["V21-001", "V21-002"]}),
            (0, 1),
            "0 lauréat pour 1 place, 0 sur liste d'attente, 2 non retenus ; 2 courriers de décision à demander ; "
            "2 bloqués (V21-001, V21-002) : Vide.",
        ),
    ],
)
def test_the_rehearsal_is_one_sentence(rehearsal: Rehearsal, places: tuple[int, int], said: str) -> None:
    call = a_call(places_min=places[0], places_max=places[1])
    assert sentence(call, rehearsal).replace("\u00a0", " ") == said


# A deadline that was moved


def test_a_candidature_found_late_before_the_closing_date_was_put_off_is_told_until_staff_say_otherwise() -> None:
    late = decided(1, "", received=paris("2017-03-05 10:00"), in_time=False)
    said = (
        "« Dans les délais » dit « non », mais la candidature a été reçue le 5 mars 2017 à 10 h et la clôture est "
        "fixée au 31 mars 2017\u00a0: corrigez cette case s'il y a lieu."
    )
    assert remarks(late) == {}
    assert remarks(late, closes=date(2017, 3, 31)) == {"V21-001": (said,)}
    corrected_by_staff = replace(late, in_time=True, corrections={"in_time": "oui"})
    assert remarks(corrected_by_staff) == {}


def test_a_candidature_that_was_in_time_before_the_closing_date_was_put_forward_is_told() -> None:
    early = decided(1, "", received=paris("2017-02-20 10:00"), in_time=True)
    (said,) = remarks(early, closes=date(2017, 1, 15))["V21-001"]
    assert said.startswith("« Dans les délais » dit « oui », mais")


def test_of_a_candidature_of_which_it_was_not_known_whether_it_was_in_time_nothing_is_said() -> None:
    assert remarks(decided(1, "", received=paris("2017-02-20 10:00"), in_time=None)) == {}
