"""How triage reads: folded words, sentences, signatures, clues, names of calls."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import datetime

import pytest

from pipeline.core.message import Address, DeliveryReport
from pipeline.core.triage import MessageClues, clues_of, wording
from pipeline.core.triage.call_names import calls_in
from pipeline.core.triage.folding import NBSP, fold, quote, sentences, without_signature
from pipeline.core.triage.naming import call_meant
from pipeline.core.triage.wording.fragments import Phrases
from tests.builders import paris
from tests.core.triage.mails import BOTH_OPEN, CALLS, case, mail


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’appel à  manifestation\nd’intérêt « Visions +21 »", "l'appel a manifestation d'interet \" visions +21 \""),
        ("Mons-en-Barœul – Ex\u00adtrait", "mons-en-baroeul - extrait"),
        ("De\u0301libe\u0301ration\u00a0n°\u202f4", "deliberation n° 4"),
    ],
)
def test_folding_leaves_what_people_meant_to_type(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_wrapped_lines_are_one_sentence_and_list_items_are_several() -> None:
    text = (
        "Bonjour,\nNous vous adressons par ce message notre dossier de\ncandidature. Merci !\n- un élu\n- un technicien"
    )
    assert [one.folded for one in sentences(text)] == [
        "bonjour,",
        "nous vous adressons par ce message notre dossier de candidature.",
        "merci !",
        "- un elu",
        "- un technicien",
    ]


def test_a_word_of_two_letters_ends_a_sentence_and_an_abbreviation_does_not() -> None:
    text = "Le dossier est en PJ. Merci de votre réponse au Dr. Petit, rue St. Martin"
    assert [one.written for one in sentences(text)] == [
        "Le dossier est en PJ.",
        "Merci de votre réponse au Dr. Petit, rue St. Martin",
    ]


def test_the_signature_is_cut_and_a_postscript_kept() -> None:
    text = "Voici le dossier.\n\nBien cordialement,\nAnne, chargée du projet de territoire\n\nPS : la carte suivra."
    assert without_signature(text) == "Voici le dossier.\n\nPS : la carte suivra."


def test_clues_are_addresses_thread_and_numbers() -> None:
    message = mail(
        "Re: [V21-003] suite",
        "voir aussi tp-012 et A-1",
        sender="a@x.example",
        reply_to=(Address("", "b@x.example"),),
        in_reply_to=("two",),
        references=("one", "two"),
        forwarded=(mail(sender="c@y.example"),),
        report=DeliveryReport(True, original_message_id="zero"),
    )
    addresses = frozenset({"a@x.example", "b@x.example", "c@y.example"})
    assert clues_of(message) == MessageClues(addresses, ("two", "one", "zero"), ("V21-003", "TP-012"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("visions+21", ["visions21-2017"]),
        ("la demarche vision 21", ["visions21-2017"]),
        ("visions plus 21", ["visions21-2017"]),
        ("notre projet de territoire", []),
        ("l'ami sur le projet de territoire", ["visions21-2017"]),
        ('reponse a votre ami " vision partagee du territoire "', ["visions21-2017"]),
        ("candidature a territoire participatif", ["territoires-participatifs"]),
        ("visions 210", []),
    ],
)
def test_a_call_is_known_by_its_names_as_people_type_them(text: str, codes: list[str]) -> None:
    assert [call.code for call in calls_in(text, CALLS)] == codes


@pytest.mark.parametrize(
    ("text", "received", "code"),
    [
        ("votre AMI qui se termine le 12 mars", BOTH_OPEN, "territoires-participatifs"),
        ("date limite : 28/02/2017", BOTH_OPEN, "visions21-2017"),
        ("le 28 février 2019", BOTH_OPEN, None),
        ("votre AMI", BOTH_OPEN, None),
        ("votre AMI", paris("2016-12-20 10:00"), "visions21-2017"),
        ("votre AMI", paris("2017-03-01 00:10"), None),
        ("votre AMI", paris("2017-03-10 10:00"), "territoires-participatifs"),
        ("votre AMI", paris("2017-03-14 10:00"), "territoires-participatifs"),
        ("votre AMI", paris("2018-03-14 10:00"), None),
        ("l'AMI Centres-Bourgs", paris("2016-12-20 10:00"), None),
    ],
)
def test_a_call_that_is_not_named_is_found_by_date_or_by_being_alone(
    text: str, received: datetime, code: str | None
) -> None:
    assert call_meant(case(mail("Bonjour", text), received)).call_code == code


def the_tables() -> Iterator[tuple[str, Phrases]]:
    for found in pkgutil.iter_modules(wording.__path__, f"{wording.__name__}."):
        for name, table in vars(importlib.import_module(found.name)).items():
            for one in table if isinstance(table, tuple) else (table,):
                if isinstance(one, Phrases):
                    yield f"{found.name}.{name}", one


def test_no_table_of_words_repeats_what_may_be_cut_in_many_ways() -> None:
    """ "(?: ?\\S+){0,8}" cuts one long word in thousands of ways: a mail of 5 kB took seconds."""
    tables = list(the_tables())
    assert len(tables) > 90
    for name, table in tables:
        assert not re.search(r"\(\?: \?[^()]*\)[{*+]", table.pattern), name


def test_every_table_can_be_looked_for_and_finds_the_same_again() -> None:
    text = "nous candidatons a votre appel : la lettre est jointe, quand aura lieu la reunion ?"
    for name, table in the_tables():
        assert table.search(text) is table.search(text), name
        assert bool(table.search(text)) == bool(re.search(table.pattern, text)), name


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("Voici notre dossier.", "Voici notre dossier"),
        ("Deux questions à ce sujet :", "Deux questions à ce sujet"),
        ("Sommes-nous « éligibles » ?", "Sommes-nous éligibles ?"),
    ],
)
def test_a_reason_cites_words_without_the_stop_that_it_has_itself(sentence: str, cited: str) -> None:
    assert quote(sentence) == f"«{NBSP}{cited}{NBSP}»"
