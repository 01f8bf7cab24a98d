from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.core.arrival import Arrival, LoggedMessage, ReadingState
from pipeline.core.candidature import Candidature, Status
from pipeline.core.filing import (
    NOT_WITHDRAWN,
    Study,
    completed,
    deadline_doubt,
    followed_again,
    logged,
    opened,
    with_doubts,
    withdrawn,
    without_doubt,
)
from pipeline.core.message import Address, Message
from pipeline.core.person import Person
from pipeline.core.territory import Collectivite, Identification
from pipeline.core.triage import Nature, Verdict
from tests.builders import a_call, a_candidature, paris

CALL = a_call()
TERNOIS = Collectivite("200069672", "", "CC du Ternois", "CC", ("62",), 37000)
LENS = Collectivite("216204989", "62498", "Lens", "COM", ("62",), 31000)
MARC = Person("Marc Delattre", "", "marc@ternois.example", "")
VERDICT = Verdict(Nature.CANDIDATURE, ("Le texte le dit.",), CALL.code, answer="accuse_reception")


def an_arrival(received: str = "2017-02-20 10:00") -> Arrival:
    return Arrival("ab" * 32, "INBOX", paris(received), 1000)


def a_message(**changes: object) -> Message:
    values: dict[str, object] = {
        "message_id": "one@ternois.example",
        "in_reply_to": ("a@x",),
        "references": ("b@x", "a@x"),
        "senders": (Address("Marc Delattre", "marc@ternois.example"),),
        "reply_to": (),
        "return_path": None,
        "to": (),
        "cc": (),
        "subject": "Candidature",
        "date": None,
        "received": None,
        "headers": (),
        "text": "",
        "quoted": "",
        "documents": (),
        "calendars": (),
        "content_type": "text/plain",
        "content_digest": "d",
    }
    return Message(**(values | changes))  # type: ignore[arg-type]


def found(place: Collectivite | None = TERNOIS, in_region: bool | None = True, **more: object) -> Study:
    return Study(Identification(place, in_region, **more), MARC)  # type: ignore[arg-type]


def test_a_candidature_opens_with_what_the_reference_list_says():
    assert opened(CALL, an_arrival(), a_message(), found(), VERDICT) == Candidature(
        CALL.code,
        "",
        paris("2017-02-20 10:00"),
        True,
        collectivite="CC du Ternois",
        kind="CC",
        siren="200069672",
        departements=("62",),
        population=37000,
        in_region=True,
        contact=MARC,
        subject="Candidature",
    )


@pytest.mark.parametrize(
    ("study", "name", "doubts"),
    [
        (found(None, None, organisation_name="Le Pays", why="Pas reconnue."), "Le Pays", ("Pas reconnue.",)),
        (
            found(TERNOIS, True, former_name="CC de l'Atrébatie", why="Collectivité reconnue."),
            "CC du Ternois",
            ("Nommée par un ancien nom\u00a0: «\u00a0CC de l'Atrébatie\u00a0».",),
        ),
        (found(TERNOIS, False), "CC du Ternois", ("Collectivité hors de la région de l'appel.",)),
        (found(TERNOIS, None), "CC du Ternois", ()),
        (found(None, False, organisation_name="Le Pays", why="Pas reconnue."), "Le Pays", ("Pas reconnue.",)),
    ],
)
def test_a_doubt_about_the_collectivite_is_said(study, name, doubts):
    candidature = opened(CALL, an_arrival(), a_message(), study, VERDICT)
    assert (candidature.collectivite, candidature.to_check) == (name, doubts)


@pytest.mark.parametrize(
    ("study", "siren"),
    [
        (found(TERNOIS), "200069672"),
        (found(TERNOIS, candidates=(LENS,)), "200069672"),
        (found(None, candidates=(LENS,)), "216204989"),
        (found(None, candidates=(LENS, TERNOIS)), ""),
        (found(None), ""),
    ],
    ids=["the one found", "whatever else it may be", "the only one it may be", "two it may be", "none"],
)
def test_the_likely_siren_is_that_of_the_collectivite_or_of_the_only_one_that_it_may_be(study: Study, siren: str):
    assert study.likely_siren == siren


def test_the_verdict_and_the_mail_have_their_say_in_what_to_check():
    verdict = Verdict(Nature.CANDIDATURE, (), to_check=("À trier.",))
    candidature = opened(
        CALL, an_arrival("2017-03-01 00:00"), a_message(warnings=("Pièce illisible.",)), found(), verdict
    )
    assert candidature.in_time is False
    assert candidature.to_check == ("À trier.", "Pièce illisible.")


@pytest.mark.parametrize(
    ("received", "date", "server", "doubt"),
    [
        ("2017-02-28 23:59", None, None, ()),
        ("2017-03-01 00:05", "2017-02-28 23:58", None, ()),
        ("2017-03-01 00:09", "2017-02-28 23:59", None, ()),
        (
            "2017-03-01 00:10",
            "2017-02-28 23:59",
            None,
            (
                "Délai à vérifier\u00a0: reçu le 1er mars 2017 à 0 h 10, "
                "mais son en-tête Date indique le 28 février 2017 à 23 h 59.",
            ),
        ),
        (
            "2017-03-01 08:00",
            "2017-02-28 23:58",
            None,
            (
                "Délai à vérifier\u00a0: reçu le 1er mars 2017 à 8 h, "
                "mais son en-tête Date indique le 28 février 2017 à 23 h 58.",
            ),
        ),
        (
            "2017-03-01 08:00",
            "2017-03-01 07:59",
            "2017-02-28 20:00",
            (
                "Délai à vérifier\u00a0: reçu le 1er mars 2017 à 8 h, "
                "mais le serveur d'arrivée indique le 28 février 2017 à 20 h.",
            ),
        ),
        ("2017-02-20 10:00", "2017-02-10 10:00", "2017-02-20 09:00", ()),
    ],
)
def test_a_clock_that_would_decide_otherwise_is_a_doubt(received, date, server, doubt):
    message = a_message(date=date and paris(date), received=server and paris(server))
    assert deadline_doubt(CALL, an_arrival(received), message) == doubt


@pytest.mark.parametrize(
    ("source", "received", "server", "in_time", "doubt"),
    [
        (
            "import: proof.eml",
            "2017-03-02 10:00",
            None,
            None,
            (
                "Délai à vérifier\u00a0: ce fichier ne dit pas quand un serveur l'a reçu\u00a0; "
                "son en-tête Date indique le 27 février 2017 à 9 h.",
            ),
        ),
        ("import: proof.eml", "2017-02-28 10:00", None, True, ()),
        ("import: proof.eml", "2017-02-27 09:01", "2017-02-27 09:01", True, ()),
        (
            "import/AMI",
            "2017-03-02 10:00",
            None,
            False,
            (
                "Délai à vérifier\u00a0: reçu le 2 mars 2017 à 10 h, "
                "mais son en-tête Date indique le 27 février 2017 à 9 h.",
            ),
        ),
    ],
    ids=["after the deadline", "before it", "with a server's word", "a folder of a mailbox"],
)
def test_nobody_knows_whether_a_file_without_a_server_s_word_is_in_time(source, received, server, in_time, doubt):
    message = a_message(date=paris("2017-02-27 09:00"), received=server and paris(server))
    arrival = replace(an_arrival(received), source=source)
    candidature = opened(CALL, arrival, message, found(), VERDICT)
    assert (candidature.in_time, candidature.to_check) == (in_time, doubt)


def test_one_more_mail_fills_in_only_what_was_unknown():
    verdict = Verdict(Nature.COMPLEMENT, (), to_check=("Deux pièces du même nom.",))
    unknown = a_candidature(siren="", collectivite="Pays", kind="", departements=(), population=None)
    after = completed(unknown, found(LENS), a_message(), verdict)
    assert (after.siren, after.insee, after.collectivite, after.kind) == ("216204989", "62498", "Lens", "COM")
    assert after.to_check == ("Deux pièces du même nom.",)
    known = a_candidature()
    assert completed(known, found(LENS), a_message(), Verdict(Nature.COMPLEMENT, ())) == known
    assert completed(unknown, found(None, None), a_message(), Verdict(Nature.COMPLEMENT, ())) == unknown


def test_a_withdrawal_is_noted_and_leaves_the_rest_to_staff():
    after = withdrawn(a_candidature(), datetime(2017, 2, 21, 9, 5, tzinfo=UTC), CALL)
    assert after == a_candidature(status=Status.WITHDRAWN, to_check=("Retrait demandé le 21 février 2017 à 10 h 05.",))
    again = withdrawn(after, datetime(2017, 2, 21, 9, 5, tzinfo=UTC), CALL)
    assert again == after


def test_a_row_deleted_by_staff_stays_deleted_when_its_author_withdraws():
    assert withdrawn(a_candidature(status=Status.REMOVED), paris("2017-02-21 10:05"), CALL).status is Status.REMOVED


def test_who_withdrew_by_mistake_is_followed_again_and_nobody_else_is_touched():
    again = followed_again(a_candidature(status=Status.WITHDRAWN, to_check=("A",)))
    assert (again.status, again.to_check) == (Status.OPEN, ("A", NOT_WITHDRAWN))
    for status in (Status.OPEN, Status.REMOVED):
        assert followed_again(a_candidature(status=status)) == a_candidature(status=status)


def test_a_sentence_that_is_no_longer_so_goes_and_the_others_stay():
    assert without_doubt(a_candidature(to_check=("A", "B", "C")), "B").to_check == ("A", "C")


def test_a_sentence_is_said_once():
    assert with_doubts(a_candidature(to_check=("A",)), "B", "A", "B").to_check == ("A", "B")


def test_the_log_keeps_what_was_read_and_judged():
    assert logged(an_arrival(), a_message(), VERDICT, "V21-001") == LoggedMessage(
        an_arrival(),
        ReadingState.DECIDED,
        message_id="one@ternois.example",
        sender="marc@ternois.example",
        sender_name="Marc Delattre",
        subject="Candidature",
        content_digest="d",
        nature="candidature",
        call="visions21-2017",
        number="V21-001",
        answer="accuse_reception",
        why=("Le texte le dit.",),
        threads=("a@x", "b@x"),
    )


def test_a_mail_without_author_is_logged_too():
    entry = logged(an_arrival(), a_message(senders=()), VERDICT, "")
    assert (entry.sender, entry.sender_name) == ("", "")


def test_the_siren_of_a_study_is_that_of_a_sure_collectivite():
    assert (found().siren, found(None, None, candidates=(LENS,)).siren) == ("200069672", "")
