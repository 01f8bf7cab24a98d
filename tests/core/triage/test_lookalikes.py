"""Mail of known candidates that sounds like a withdrawal, a complement or thanks, and the plain words of each."""

import pytest

from pipeline.core.message import Message
from pipeline.core.triage import triage
from tests.core.triage.mails import TERNOIS, case, known, mail

MARC = "marc.delattre@ternoiscom.example"


def reply(text: str) -> Message:
    return mail("Re: Votre candidature", text, sender=MARC, in_reply_to=("ack1",))


def judged(message: Message) -> tuple[str, str, str | None]:
    verdict = triage(case(message, known=known(TERNOIS, threads={"ack1": ("visions21-2017", "V21-004")})))
    return verdict.nature, verdict.number, verdict.answer


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil a voté contre l'amendement de l'opposition ; tout suit son cours.",
        "Les élus se sont prononcés contre la hausse des tarifs de la cantine.",
        "Le bureau d'études que nous avions pressenti a jeté l'éponge. Nous en consultons un autre.",
        "Nous retirons notre candidature à l'appel « Villes d'avenir » de l'ADEME pour nous consacrer au vôtre.",
        "Le conseil se réunit le 20 février ; il se peut que les élus renoncent.",
        "Il n'est pas exclu que la communauté de communes se retire.",
        "Merci de me retirer de votre liste de diffusion, je ne suis plus en charge de ce dossier.",
        "Mon contrat est terminé. Merci de me retirer des destinataires.",
        "Je suis en retraite, merci de me retirer de vos contacts.",
        "Merci de me retirer de la liste.",
    ],
)
def test_what_only_sounds_like_a_withdrawal_is_left_to_a_person(text: str) -> None:
    assert judged(reply(text)) == ("unsure", "V21-004", None)


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil communautaire a voté contre.",
        "Les élus ont voté contre la candidature.",
        "Les élus ont voté contre le 3 février.",
        "Le conseil s'est prononcé contre notre participation à la démarche.",
        "Je vous prie de bien vouloir considérer notre dossier comme nul et non avenu.",
        "Veuillez nous retirer de la liste des candidats.",
        "Merci de me retirer de la liste des candidats.",
        "Nous retirons notre candidature à l'appel Visions +21.",
        "Nous jetons l'éponge : plus personne au service pour porter le projet.",
    ],
)
def test_the_same_words_of_the_candidature_itself_withdraw_it(text: str) -> None:
    assert judged(reply(text)) == ("withdrawal", "V21-004", "accuse_retrait")


@pytest.mark.parametrize("documents", [[], ["courrier.pdf"]], ids=["alone", "with a document"])
def test_what_is_passed_on_under_the_word_withdrawal_may_be_of_others(documents: list[str]) -> None:
    assert judged(mail("TR: Retrait", "Pour info.", sender=MARC, documents=documents)) == ("unsure", "V21-004", None)
