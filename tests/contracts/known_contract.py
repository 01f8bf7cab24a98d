"""What every ledger promises to know around a message. Taken over like `ledger_contract`."""

from dataclasses import replace

import pytest

from pipeline.core.arrival import ReadingState
from pipeline.core.candidature import Candidature, Status
from pipeline.core.person import Person
from pipeline.core.triage import Known, KnownCandidature, MessageClues
from pipeline.ports import Ledger
from tests.builders import a_candidature, a_letter
from tests.contracts.mail_log_contract import decided

CALL = "visions21-2017"
HERE = (CALL, "V21-001")
NOBODY = MessageClues(frozenset(), (), ())


def numbers(ledger: Ledger, siren: str = "", **clues: object) -> list[str]:
    """The numbers of the candidatures found."""
    return [one.number for one in ledger.mail.known_about(replace(NOBODY, **clues), siren).candidatures]


def threads(ledger: Ledger, *ids: str, sender: str = "stranger@elsewhere.example") -> dict:
    return ledger.mail.known_about(MessageClues(frozenset({sender}), ids, ()), "").threads


@pytest.fixture
def ternois(ledger: Ledger) -> Candidature:
    """V21-001, and a mail filed under it by somebody who is not its contact."""
    opened = ledger.candidatures.open(a_candidature(contact=Person(email="Contact@Ternois.example")), "V21")
    decided(ledger, "one", sender="Maire@Mairie.example", threads=("inside@mairie.example",))
    return opened


def test_a_message_without_clues_is_about_nothing_known(ledger: Ledger, ternois: Candidature) -> None:
    assert ledger.mail.known_about(NOBODY, "") == Known((), {}, frozenset())


@pytest.mark.parametrize(
    "clues",
    [
        {"numbers": ("V21-001",)},
        {"numbers": ("v21-001",)},
        {"addresses": frozenset({"contact@ternois.example"})},
        {"addresses": frozenset({"maire@mairie.example"})},
        {"addresses": frozenset({"somebody.else@ternois.example"})},
        {"addresses": frozenset({"somebody.else@mairie.example"})},
        {"message_ids": ("one@ternois.example",)},
        {"siren": "200069672"},
    ],
)
def test_a_candidature_is_found_by_each_clue(ledger: Ledger, ternois: Candidature, clues: dict) -> None:
    ledger.candidatures.open(a_candidature(siren="1", contact=Person(email="x@other.example")), "V21")
    assert numbers(ledger, **clues) == ["V21-001"]
    ledger.candidatures.save(ternois.moved(Status.REMOVED))
    assert numbers(ledger, **clues) == []


def test_what_is_known_of_a_candidature_is_what_staff_made_of_it(ledger: Ledger, ternois: Candidature) -> None:
    corrections = {"email": "dgs@ternois.example", "siren": "200 069 680", "collectivite": "Ternois"}
    ledger.candidatures.save(replace(ternois, corrections=corrections, status=Status.WITHDRAWN))
    known = KnownCandidature(
        CALL,
        "V21-001",
        "200 069 680",
        "Ternois",
        frozenset({"contact@ternois.example", "dgs@ternois.example", "maire@mairie.example"}),
        withdrawn=True,
    )
    for siren in ("200069672", "200069680"):
        assert ledger.mail.known_about(NOBODY, siren).candidatures == (known,)


def test_who_really_wrote_comes_before_who_shares_the_provider(ledger: Ledger) -> None:
    with ledger.transaction():
        for number in range(120):
            contact = Person(email=f"mairie{number}@provider.example")
            ledger.candidatures.open(a_candidature(siren=str(number), contact=contact), "V21")
    found = numbers(ledger, addresses=frozenset({"mairie100@provider.example"}), siren="110")
    assert found[:2] == ["V21-101", "V21-111"]
    assert len(found) == 50


def test_threads_are_known_by_our_letters_and_by_the_mails_themselves(ledger: Ledger, ternois: Candidature) -> None:
    letter = a_letter()
    ledger.outbox.queue(letter)
    ledger.outbox.queue(
        replace(letter, message_id="digest@cerdd.org", key=replace(letter.key, number="", letter="digest"))
    )
    decided(ledger, "spam", number="", call=None)
    clues = replace(
        NOBODY, message_ids=(letter.message_id, "digest@cerdd.org", "one@ternois.example", "spam@ternois.example", "?")
    )
    known = ledger.mail.known_about(clues, "")
    assert known.threads == {
        letter.message_id: HERE,
        "digest@cerdd.org": None,
        "one@ternois.example": HERE,
        "spam@ternois.example": None,
    }
    assert known.our_ids == frozenset({letter.message_id, "digest@cerdd.org"})


def test_the_thread_of_a_removed_candidature_belongs_to_none(ledger: Ledger, ternois: Candidature) -> None:
    ledger.candidatures.save(ternois.moved(Status.REMOVED))
    assert threads(ledger, "one@ternois.example") == {"one@ternois.example": None}


def test_a_thread_unknown_itself_is_known_by_a_filed_mail_when_the_contact_writes(
    ledger: Ledger, ternois: Candidature
) -> None:
    assert threads(ledger, "inside@mairie.example", sender="contact@ternois.example") == {"inside@mairie.example": HERE}


def test_an_announcement_that_others_answered_says_nothing_about_who_writes_now(
    ledger: Ledger, ternois: Candidature
) -> None:
    for stranger in ("maire@elsewhere.example", "dgs@ternois.example", "maire@mairie.example"):
        assert threads(ledger, "inside@mairie.example", sender=stranger) == {}
    ledger.candidatures.open(a_candidature(siren="2"), "V21")
    decided(ledger, "two", number="V21-002", sender="x@elsewhere.example", threads=("inside@mairie.example",))
    assert threads(ledger, "inside@mairie.example", sender="contact@ternois.example") == {}


def test_a_mail_that_waits_to_be_judged_again_is_no_evidence(ledger: Ledger) -> None:
    ledger.candidatures.open(a_candidature(siren="", contact=Person()), "V21")
    message = decided(ledger, "one", threads=("inside@ternois.example",))
    ledger.mail.decide(replace(message, state=ReadingState.WAITING, staff_nature="question"))
    clues = MessageClues(frozenset({message.sender}), ("one@ternois.example", "inside@ternois.example"), ())
    assert ledger.mail.known_about(clues, "") == Known((), {}, frozenset())


def test_who_has_a_message_still_to_be_sorted_is_known_until_it_is(ledger: Ledger) -> None:
    message = decided(ledger, "one", nature="unsure", number="", call=None)
    clues = replace(NOBODY, addresses=frozenset({message.sender}))
    assert ledger.mail.known_about(clues, "").awaiting
    ledger.mail.decide(replace(message, nature="unrelated"))
    assert not ledger.mail.known_about(clues, "").awaiting


def test_thousands_of_references_cost_nothing_but_their_tail(ledger: Ledger, ternois: Candidature) -> None:
    ids = ("one@ternois.example", *(f"{number}@x.example" for number in range(20_000)))
    assert threads(ledger, *ids) == {"one@ternois.example": HERE}
