"""Rules that are rarely met: the verdict, whom it concerns, that nobody is answered, and the words that explain it."""

from dataclasses import replace
from typing import Any

import pytest

from pipeline.core.message import Message
from pipeline.core.triage import Nature, triage
from tests.core.triage.mails import TERNOIS, case, known, mail

MARC, PRIVATE = "marc.delattre@ternoiscom.example", "jean.dupont@gmail.com"
TWO = {"known": known(TERNOIS, replace(TERNOIS, number="V21-009"))}
ONE, THEIRS = {"known": known(TERNOIS)}, {"siren": "200069672"}
HESDIN = {"siren": "216204479"}


def headed(message: Message, name: str, value: str) -> Message:
    return replace(message, headers=((name, value),))


APPLIES = mail("Candidature Visions +21", "Nous sommes candidats à l'AMI Visions +21.", documents=["c.pdf"])


@pytest.mark.parametrize(
    ("message", "around", "nature", "number", "reason"),
    [
        (
            mail("Notre candidature", "Notre candidature est-elle bien arrivée ?", sender=MARC),
            TWO,
            Nature.QUESTION,
            "",
            "Un candidat demande : « Notre candidature est-elle bien arrivée ? ».",
        ),
        (
            mail("Notre candidature", "Voici la pièce pour notre candidature.", sender=MARC, documents=["a.pdf"]),
            TWO,
            Nature.UNSURE,
            "",
            "Plusieurs candidatures sont possibles : V21-004, V21-009.",
        ),
        (
            mail("[V21-004] et [V21-009]", "Voici la délibération.", sender=MARC, documents=["d.pdf"]),
            TWO,
            Nature.UNSURE,
            "",
            "L'objet porte plusieurs numéros de candidature.",
        ),
        (
            mail("[V21-004] délibération", "Voici la délibération de Hesdin.", documents=["d.pdf"]),
            ONE | HESDIN,
            Nature.UNSURE,
            "V21-004",
            "Le message cite V21-004, mais vient d'une autre collectivité.",
        ),
        (
            mail("Candidature", "Nous sommes candidats à l'appel Visions +21.", sender=PRIVATE),
            ONE | THEIRS,
            Nature.UNSURE,
            "V21-004",
            "Écrit d'une adresse inconnue du dossier : par un candidat, ou à son sujet ? À lire.",
        ),
        (
            mail(
                "Dossier", "Nous sommes candidats. Dossier joint.", sender="x@ternoiscom.example", documents=["c.pdf"]
            ),
            ONE,
            Nature.UNSURE,
            "V21-004",
            "Nouvelle candidature ou complément ? L'appel n'est pas nommé.",
        ),
        (
            headed(APPLIES, "list-id", "<elus.example>"),
            {},
            Nature.UNSURE,
            "",
            "Une candidature semble arriver par une liste de diffusion (List-Id).",
        ),
        (
            headed(mail("Gagnez plus", "Cliquez ici."), "x-spam-flag", "YES"),
            {},
            Nature.UNRELATED,
            "",
            "Notre serveur le tient pour indésirable.",
        ),
        (
            headed(APPLIES, "x-spam-flag", "YES"),
            {},
            Nature.CANDIDATURE,
            "",
            "Accusé non envoyé : notre serveur tient le message pour indésirable.",
        ),
        (
            headed(mail("Votre fax", "Un document a été numérisé."), "auto-submitted", "auto-generated"),
            {},
            Nature.UNRELATED,
            "",
            "C'est un message émis par une machine (Auto-Submitted : auto-generated), sans lien avec un courrier.",
        ),
        (
            headed(APPLIES, "auto-submitted", "auto-generated"),
            {},
            Nature.CANDIDATURE,
            "",
            "Accusé non envoyé : le message est automatique (Auto-Submitted : auto-generated).",
        ),
    ],
    ids=[
        *("asks about one of two", "a document for one of two", "two numbers", "a number, and another collectivité"),
        *("the same collectivité from a private box", "the same domain, no call named", "a list", "spam"),
        *("a candidature taken for spam", "a machine's notice", "a candidature that a machine sends"),
    ],
)
def test_nobody_is_answered_and_the_reason_is_said(
    message: Message, around: dict[str, Any], nature: Nature, number: str, reason: str
) -> None:
    verdict = triage(case(message, **around))
    assert (verdict.nature, verdict.number, verdict.answer) == (nature, number, None)
    assert reason in [why.replace("\u00a0", " ") for why in verdict.why]


def test_who_gave_something_else_up_and_applies_is_a_candidate_who_is_answered() -> None:
    text = "Nous renonçons à notre projet de musée. Nous sommes candidats à Visions +21, dossier joint."
    verdict = triage(case(mail("Candidature Visions +21", text, documents=["a.pdf"])))
    assert (verdict.nature, verdict.answer) == (Nature.CANDIDATURE, "accuse_reception")
