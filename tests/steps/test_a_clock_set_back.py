"""The machine's clock was ahead for some cycles and is set back (T73): nothing waits until it is there again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.delivery import LetterState, Step
from pipeline.demo.staff import type_into
from pipeline.failures import Unavailable
from pipeline.ports import Folder, NotFetched, Office
from tests.builders import a_call, a_candidature, paris
from tests.steps.a_house import an_office
from tests.steps.test_erasure import an_offer
from tests.steps.test_limits_and_promises import a_candidature_mail, states
from tests.steps.test_telling_staff import TEAM, at, told

CALL = a_call()
AHEAD, BACK = "2018-03-01 09:00", "2017-03-01 09:00"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path, max_per_minute=1) as plain:
        yield replace(plain, alerts_to=(TEAM,))


def delivered(office: Office, uid: int, town: str) -> None:
    office.mailbox.mails.append(a_candidature_mail(uid, f"mairie@{town.lower()}.example", town))  # type: ignore[attr-defined]


def test_letters_leave_though_others_left_in_a_time_to_come(office: Office) -> None:
    delivered(office, 1, "Fourmies")
    at(office, AHEAD)
    delivered(office, 2, "Marquise")
    at(office, BACK)
    assert states(office) == [LetterState.SENT, LetterState.SENT]


def test_a_letter_that_was_put_off_is_tried_again(office: Office) -> None:
    delivered(office, 1, "Fourmies")
    office.postman.answers.append((450, "greylisted", Step.BEFORE_DATA))  # type: ignore[attr-defined]
    at(office, AHEAD)
    assert states(office) == [LetterState.RETRY]
    at(office, BACK)
    assert states(office) == [LetterState.SENT]


def test_a_letter_that_staff_asked_for_leaves_after_its_delay(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        office.ledger.candidatures.open(a_candidature(), CALL.prefix)
        at(office, AHEAD)
        type_into(
            office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Non retenu", "request": "Non retenu"}}
        )
        at(office, AHEAD)
        assert states(office) == []
        at(office, BACK)
        assert states(office) == [LetterState.SENT]


def test_a_trouble_that_lasts_is_told_after_an_hour_and_each_day(office: Office) -> None:
    def unreachable(folder: str) -> Folder:
        raise Unavailable("imap.cerdd.org: the mail server cannot be reached.")

    office.mailbox.open = unreachable  # type: ignore[method-assign]
    for moment in (AHEAD, "2018-03-01 10:00", "2018-03-01 10:02"):
        at(office, moment)
    assert len(told(office)) == 1
    for moment in (BACK, "2017-03-01 10:00", "2017-03-01 10:02"):
        at(office, moment)
    assert len(told(office)) == 2


def test_mail_that_the_server_refuses_is_given_up_after_an_hour(office: Office) -> None:
    office.mailbox.mails.append(NotFetched(1, "Le serveur n'a pas donné ce message."))  # type: ignore[attr-defined]
    at(office, AHEAD)
    for moment in ("09:00", "10:00", "10:05", "10:10", "10:15"):
        at(office, f"2017-03-01 {moment}")
    assert [one.nature for one in office.ledger.mail.messages()] == ["unsure"]


def test_answers_of_a_time_to_come_use_up_nobody_s_allowance(tmp_path: Path) -> None:
    with an_office(tmp_path, acks_per_sender_per_day=1) as office:
        towns = {"Fourmies": AHEAD, "Marquise": BACK, "Hazebrouck": "2017-03-01 09:05"}
        for uid, (town, moment) in enumerate(towns.items(), 1):
            office.mailbox.mails.append(a_candidature_mail(uid, "contact@agence.example", town))  # type: ignore[attr-defined]
            at(office, moment)
        assert sorted(states(office)) == ["held", "sent", "sent"]


def test_mail_that_is_not_for_us_keeps_its_copy_until_its_days_are_over(office: Office) -> None:
    office.mailbox.mails.append(an_offer(1))  # type: ignore[attr-defined]
    at(office, BACK)
    (sha256,) = office.archive.hashes()
    for moment in (AHEAD, "2017-03-01 10:00", "2018-03-01 10:00", "2017-03-02 09:00", "2017-03-31 08:00"):
        at(office, moment)
        assert office.archive.holds(sha256), moment
    for moment in ("2017-04-01 08:00", "2017-04-02 08:00"):
        at(office, moment)
    assert not office.archive.holds(sha256)


def test_the_digest_tells_what_came_since_yesterday(office: Office) -> None:
    office = replace(office, digest_to=(TEAM,), alerts_to=())
    delivered(office, 1, "Fourmies")
    at(office, AHEAD)
    office.clock.moment = paris("2017-03-01 08:00")  # type: ignore[attr-defined]
    delivered(office, 2, "Marquise")
    for moment in ("2017-03-01 08:00", "2017-03-01 08:40", "2017-03-01 08:45"):
        at(office, moment)
    assert "Marquise" in told(office)[-1][1]
