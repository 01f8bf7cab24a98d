"""What the daily summary tells: in which order, in which words, how much of it."""

from datetime import datetime

import pytest

from pipeline.core.arrival import LoggedMessage
from pipeline.core.candidature import Status
from pipeline.core.decisions import Rehearsal
from pipeline.core.delivery import LetterState
from pipeline.core.digest import State, named, sections_of
from pipeline.core.rows import Dossier
from tests.builders import a_call, a_candidature, a_letter, a_logged_message, a_request, paris

SINCE = paris("2017-02-20 08:30")
BEFORE, AFTER = paris("2017-02-20 08:30"), paris("2017-02-20 08:31")
NOTHING_OWED, OWED = Rehearsal(0, 0, 0, 0, 0, {}), Rehearsal(1, 0, 0, 2, 1, {})
TERNOIS = "V21-001 (Communauté de communes du Ternois)"
FAILED, WAITS, NEW = "Ce qui n'a pas abouti", "Ce qui vous attend", "Ce qui est nouveau"


def digest(
    *dossiers: Dossier, messages: tuple[LoggedMessage, ...] = (), rehearsal: Rehearsal = NOTHING_OWED, **said: list[str]
) -> dict[str, list[str]]:
    """{title: lines}, blanks as they are typed."""
    sections = sections_of(State(a_call(), dossiers, messages, rehearsal, SINCE, **said))
    return {one.title: [line.replace("\u00a0", " ") for line in one.lines] for one in sections}


def mail(nature: str, decided: datetime = AFTER, **changes: object) -> LoggedMessage:
    return a_logged_message(nature=nature, decided=decided, **changes)


def test_where_nothing_happened_and_nothing_waits_there_is_nothing_to_tell() -> None:
    assert digest(Dossier(a_candidature()), messages=(mail("candidature", BEFORE),), rehearsal=OWED) == {}


def test_what_failed_comes_before_what_waits_and_what_is_new() -> None:
    dossier = Dossier(
        a_candidature(to_check=("Collectivité à confirmer.", "Plusieurs adresses.", "Signature absente.")),
        letters=(a_letter(state=LetterState.REFUSED, why="refusé (550)"),),
        requests=(a_request(blocked="la colonne Courriel est vide."),),
    )
    found = digest(
        dossier,
        messages=(mail("candidature"), mail("unsure", BEFORE, sender="", subject="")),
        rehearsal=OWED,
        troubles=["Le tableau n'est plus à jour."],
        news=["Une liste nouvelle."],
    )
    assert list(found) == [FAILED, WAITS, NEW, "Vos décisions à ce jour"]
    assert found[FAILED][0] == "Le tableau n'est plus à jour."
    assert found[FAILED][1].startswith(f"{TERNOIS} : ") and "refusé (550)" in found[FAILED][1]
    assert found[WAITS] == [
        "Message à trier, d'un expéditeur inconnu : sans objet",
        f"{TERNOIS} : Courrier « Convocation » non envoyé : la colonne Courriel est vide.",
        f"{TERNOIS}, à vérifier : Collectivité à confirmer. (et 2 autres points)",
    ]
    assert found[NEW] == [f"Candidature {TERNOIS}, reçue le 20 février 2017 à 10 h", "Une liste nouvelle."]


@pytest.mark.parametrize(("points", "more"), [(1, ""), (2, " (et 1 autre point)"), (3, " (et 2 autres points)")])
def test_of_several_points_to_check_the_first_is_told_and_the_others_are_counted(points: int, more: str) -> None:
    dossier = Dossier(a_candidature(to_check=tuple(f"Point {number}." for number in range(points))))
    assert digest(dossier) == {WAITS: [f"{TERNOIS}, à vérifier : Point 0.{more}"]}


@pytest.mark.parametrize(
    ("candidature", "decided", "told"),
    [
        (a_candidature(), AFTER, [f"Candidature {TERNOIS}, reçue le 20 février 2017 à 10 h"]),
        (a_candidature(in_time=False), AFTER, [f"Candidature {TERNOIS}, reçue le 20 février 2017 à 10 h, hors délai"]),
        (a_candidature(corrections={"in_time": "non", "collectivite": ""}), AFTER, [
            "Candidature V21-001, reçue le 20 février 2017 à 10 h, hors délai"
        ]),
        (a_candidature(status=Status.REMOVED), AFTER, []),
        (a_candidature(number="V21-002"), AFTER, []),
        (a_candidature(), BEFORE, []),
    ],
    ids=["new", "late", "late, says staff", "removed since", "another one", "told before"],
)  # fmt: skip
def test_a_candidature_is_told_once_with_when_it_came(candidature, decided, told) -> None:
    assert digest(Dossier(candidature), messages=(mail("candidature", decided),)).get(NEW, []) == told


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (mail("complement", subject="Délibération"), ["Complément pour V21-001 : « Délibération »"]),
        (mail("withdrawal", subject=""), ["Retrait pour V21-001 : sans objet"]),
        (mail("question", number="", subject="Date ?"), ["Question de marc@ternois.example : « Date ? »"]),
        (mail("question", number="", sender="", subject=""), ["Question d'un expéditeur inconnu : sans objet"]),
        (mail("rsvp", subject="Accepté"), ["Réponse à convocation pour V21-001 : « Accepté »"]),
        (mail("bounce"), []),
        (mail("auto_reply"), []),
        (mail("unrelated"), []),
        (mail("question", BEFORE), []),
    ],
)
def test_what_people_wrote_is_news_and_what_machines_wrote_is_not(message: LoggedMessage, told: list[str]) -> None:
    assert digest(messages=(message,)).get(NEW, []) == told


def test_a_mail_that_staff_have_classed_waits_no_more() -> None:
    assert digest(messages=(mail("unsure", BEFORE, staff_nature="unrelated"),)) == {}


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["accuse_reception"], "1 courrier parti : 1 automatique"),
        (["laureat"], "1 courrier parti : 1 à votre demande"),
        (["accuse_reception", "rappel_reunion", "laureat"], "3 courriers partis : 2 automatiques et 1 à votre demande"),
    ],
)
def test_letters_that_left_are_counted_by_who_asked_for_them(kinds: list[str], told: str) -> None:
    left = [a_letter(kind, state=LetterState.SENT, sent=AFTER) for kind in kinds]
    others = [a_letter(state=LetterState.SENT, sent=BEFORE), a_letter(state=LetterState.QUEUED)]
    assert digest(Dossier(a_candidature(), letters=(*left, *others))) == {NEW: [told]}


def test_of_more_than_twenty_lines_the_first_twenty_are_told_and_the_others_counted() -> None:
    assert len(digest(news=[f"Nouvelle {rank}" for rank in range(20)])[NEW]) == 20
    assert digest(news=[f"Nouvelle {rank}" for rank in range(21)])[NEW][20:] == ["… et 1 autre ligne dans le tableau"]
    assert digest(news=[f"Nouvelle {rank}" for rank in range(33)])[NEW][20:] == [
        "… et 13 autres lignes dans le tableau"
    ]
    assert digest(news=["La même"] * 30)[NEW] == ["La même"]


def test_a_candidature_is_named_by_its_number_and_by_the_name_that_staff_gave_it() -> None:
    assert named(Dossier(a_candidature(corrections={"collectivite": "Ternois Com"}))) == "V21-001 (Ternois Com)"
    assert named(Dossier(a_candidature(collectivite=""))) == "V21-001"


def test_what_completes_a_candidature_is_no_new_one_and_a_mail_that_waits_is_no_news() -> None:
    told = digest(Dossier(a_candidature()), messages=(mail("complement"),)).get(NEW, [])
    assert not [line for line in told if line.startswith("Candidature V21-001")]
    waiting = (a_logged_message(nature="question", decided=None), a_logged_message(decided=None))
    assert NEW not in digest(Dossier(a_candidature()), messages=waiting)
