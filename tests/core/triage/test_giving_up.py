"""Whether an applicant gives up: who does, what, and whether it is said for sure."""

from dataclasses import replace

import pytest

from pipeline.core.triage import triage
from tests.core.triage.mails import TERNOIS, case, known, mail

OURS = {"ack1": ("visions21-2017", "V21-004")}
KNOWN = known(TERNOIS, threads=dict(OURS))


def judged(text: str, withdrawn: bool = False) -> tuple[str, str, str | None]:
    """What an applicant's answer to our letter is."""
    message = mail(
        "Re: [V21-004] Votre candidature", text, sender="marc.delattre@ternoiscom.example", in_reply_to=("ack1",)
    )
    ledger = known(replace(TERNOIS, withdrawn=True), threads=dict(OURS)) if withdrawn else KNOWN
    verdict = triage(case(message, known=ledger))
    return verdict.nature, verdict.number, verdict.answer


SOMEBODY_ELSE = [
    "M. Veron se retire du projet.",
    "Le promoteur abandonne son projet d'éco-quartier, cela modifie la page 6.",
    "Le permis dont parle notre dossier est retiré, à la demande du promoteur qui abandonne son projet.",
    "L'association des Amis du moulin, l'un de nos partenaires, se désiste.",
    "La Chambre d'agriculture, qui devait signer avec nous, renonce finalement.",
    "Mme Lange, initialement cheffe de projet, se retire de la démarche.",
    "Un de nos partenaires vient de renoncer au projet.",
]
PERHAPS = [
    "Si le conseil municipal ne vote pas les crédits le 24 février, nous serons contraints de retirer notre dossier.",
    "En cas de refus de la Région nous retirerons notre candidature.",
    "À défaut de solution d'ici fin février nous devrons malheureusement nous désister.",
    "À moins d'un report, nous renonçons à notre candidature.",
    "S'il n'y a pas de report, nous renonçons à notre candidature.",
    "À ce rythme, autant retirer notre candidature !",
    "On va finir par abandonner le projet, je plaisante !",
    "Nous retirons notre candidature. Non, je plaisante.",
    "Il n'y a donc plus lieu de retirer notre candidature.",
    "Certains élus voudraient retirer la candidature, mais le président n'est pas de cet avis.",
    "L'opposition demande que la commune retire sa candidature.",
    "Un de nos maires souhaiterait que la communauté se retire.",
    "Mon collègue vous a écrit que nous nous retirions : il parlait d'un autre appel.",
    "Nous nous désolidarisons du courrier de l'association qui demande le retrait de notre candidature.",
    "La presse annonce que nous renonçons à notre candidature.",
    "Vous avez pu lire que le Ternois jetait l'éponge.",
    "Le conseil votera le 3 mars sur le retrait de notre candidature.",
]
OTHER_TIMES_AND_THINGS = [
    "L'ancienne municipalité avait renoncé à ce type de démarche, pas la nôtre.",
    "Nous ne voudrions pas avoir à retirer notre candidature.",
    "Pas question de jeter l'éponge !",
    "Le bureau a rejeté à l'unanimité l'idée d'un retrait.",
    "Merci de ne pas tenir compte de mon mail annonçant notre retrait.",
    "Le budget voté hier ne permet plus d'abandonner.",
    "Nous ne donnerons pas suite à la facture proforma.",
    "Le service instructeur a classé sans suite la demande de permis évoquée page 4.",
    "Le bruit selon lequel nous jetons l'éponge : il n'en est rien.",
    "Le marché a été déclaré sans suite, nous relançons la consultation.",
]
WITHDRAWS = [
    "Même si le projet nous tenait à cœur, nous retirons notre candidature.",
    "Je ne sais pas si vous avez eu mon message : nous retirons notre candidature.",
    "Le port se retire du tour de table et nous renonçons donc à notre candidature.",
    "La baisse des dotations oblige la commune à renoncer.",
    "Le manque de moyens nous contraint à abandonner notre candidature.",
    "Notre chargée de mission est partie et ne sera pas remplacée, nous devons abandonner.",
    "Je vous notifie le désistement de notre établissement.",
    "Le présent courrier annule notre candidature.",
    "Le promoteur abandonne le quartier et la commune renonce à son tour.",
    "Je suis chargé de vous dire que nous ne poursuivrons pas.",
    "Pouvez-vous s'il vous plaît retirer notre candidature ?",
    "Merci de classer notre dossier sans suite.",
    "Le Ternois souhaite se retirer de la procédure.",
    "Ne tenez plus compte de notre candidature.",
    "Nous déclarons forfait.",
    "Le conseil a voté le retrait.",
    "On arrête, le projet ne se fera pas chez nous.",
    "Avant la clôture, nous retirons notre dossier.",
    "Plutôt que de continuer sans moyens, nous retirons notre dossier.",
]


NOT_AFFIRMED = [
    "L'éventualité d'un retrait de la candidature a été évoquée en bureau puis écartée.",
    "Votre collègue m'a demandé si nous comptions nous retirer : la réponse est non.",
    "Nous travaillons d'arrache-pied pour ne pas avoir à renoncer.",
    "Nous avons décidé de ne pas retirer notre candidature.",
    "Rien ne nous fera renoncer.",
    "Le conseil d'agglomération voisin a voté contre notre adhésion au SCoT.",
    "Le conseil de la commune de Wail vient de voter son retrait du projet.",
    "Nous sommes plusieurs à penser qu'il ne faut pas renoncer.",
    "L'idée d'abandonner le projet a traversé quelques esprits.",
    "Pour ce qui est de l'option B, nous y renonçons.",
    "Je me désengage progressivement, Mme Bécu prend la suite.",
    "Nous passons notre tour pour la prise de parole.",
]
AFFIRMED = [
    "Il nous faut malheureusement retirer notre candidature.",
    "Je soussigné, président, retire la candidature de la CC du Ternois.",
    "Nous sommes au regret de devoir retirer notre dossier.",
    "Notre candidature doit être considérée comme retirée.",
    "Le vote a été négatif, la candidature est donc abandonnée.",
    "Nous demandons l'annulation de notre candidature.",
    "Visions +21 : après débat, nous y renonçons.",
    "Je me retire de l'appel.",
    "Il a été décidé que le Ternois ne participerait pas à Visions +21.",
    "La CC du Ternois n'entend pas donner suite à sa candidature.",
    "C'est décidé, nous n'irons pas.",
    "Nous ne souhaitons plus bénéficier de l'accompagnement.",
    "Nous ne voulons plus participer.",
    "Bonjour, abandon du projet.",
]


@pytest.mark.parametrize("text", NOT_AFFIRMED)
def test_a_verb_that_hangs_on_nothing_that_affirms_it_withdraws_nothing(text: str) -> None:
    assert judged(text) == ("unsure", "V21-004", None)


@pytest.mark.parametrize("text", AFFIRMED)
def test_a_verb_that_hangs_on_a_decision_a_duty_or_a_request_withdraws(text: str) -> None:
    assert judged(text) == ("withdrawal", "V21-004", "accuse_retrait")


@pytest.mark.parametrize("text", SOMEBODY_ELSE + PERHAPS)
def test_who_else_gives_up_and_what_is_not_sure_are_for_a_person_to_read(text: str) -> None:
    assert judged(text) == ("unsure", "V21-004", None)


@pytest.mark.parametrize("text", OTHER_TIMES_AND_THINGS)
def test_what_was_given_up_before_or_will_not_be_withdraws_nothing(text: str) -> None:
    assert judged(text) == ("unsure", "V21-004", None)


@pytest.mark.parametrize("text", WITHDRAWS)
def test_who_gives_up_for_sure_withdraws_whatever_else_the_sentence_tells(text: str) -> None:
    assert judged(text) == ("withdrawal", "V21-004", "accuse_retrait")


def test_the_reason_says_that_a_withdrawal_is_only_spoken_of() -> None:
    text = "Si la subvention est refusée, nous serons amenés à nous retirer."
    message = mail("Re: Votre candidature", text, sender="marc.delattre@ternoiscom.example", in_reply_to=("ack1",))
    assert triage(case(message, known=KNOWN)).why == (
        f"Un retrait est évoqué, sans être demandé\u00a0: «\u00a0{text[:-1]}\u00a0». À lire.",
        "Le message répond à notre courrier sur V21-004.",
    )


def test_who_comes_back_on_its_withdrawal_is_read_by_a_person() -> None:
    text = "Le Président est revenu sur sa décision : nous maintenons finalement notre candidature."
    assert judged(text, withdrawn=True) == ("unsure", "V21-004", None)


def test_what_does_not_put_the_file_in_question_is_no_application() -> None:
    assert judged("Le retrait de l'association ne remet pas en cause notre dossier.") == ("unsure", "V21-004", None)


@pytest.mark.parametrize(
    "text",
    [
        "Nous ne maintiendrons notre candidature que si la Région confirme son cofinancement.",
        "Nous maintiendrons notre candidature si la Région confirme.",
        "À la demande de la trésorière je retire le devis joint par erreur à notre dossier.",
    ],
)
def test_a_candidature_kept_under_a_condition_or_a_paper_taken_back_is_no_complement(text: str) -> None:
    assert judged(text) == ("unsure", "V21-004", None)
