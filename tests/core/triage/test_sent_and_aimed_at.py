"""What is sent must be the candidature, and what is aimed at the call: each mail beside one that it resembles."""

import pytest

from pipeline.core.triage import triage
from tests.core.triage.mails import case, mail

SIREN = "216204479"


def judged(text: str, subject: str = "Visions +21", siren: str = SIREN, letters: tuple[str, ...] = ()) -> str:
    """The nature of a mail with a document, whose text is given or cannot be read."""
    message = mail(subject, text, documents=[f"piece{n}.pdf" for n in range(max(1, len(letters)))])
    verdict = triage(case(message, siren=siren, document_texts=letters))
    assert (verdict.answer is not None) is (verdict.nature == "candidature")
    return verdict.nature


@pytest.mark.parametrize(
    "text",
    [
        "Je vous joins l'étude réalisée par mes élèves sur la candidature de la ville à Visions +21.",
        "Je vous adresse mes avis sur les dossiers de candidature à Visions +21.",
        "Vous trouverez ci-joint la carte relative à la candidature de nos voisins à Visions +21.",
        "Ci-joint mon analyse concernant la candidature de la ville à Visions +21.",
        "Je vous renvoie le dossier de candidature à Visions +21, annoté par mes soins.",
        "Veuillez trouver la délibération qui refuse de présenter la candidature de la commune à Visions +21.",
        "Ceci est un essai d'envoi avant de vous adresser notre candidature à Visions +21.",
    ],
)
def test_what_is_only_about_a_candidature_is_not_acknowledged(text: str) -> None:
    assert judged(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Veuillez trouver ci-joint le courrier du maire concernant notre candidature à Visions +21.",
        "Vous trouverez ci-joint la délibération relative à la candidature de la commune à Visions +21.",
        "Vous trouverez ci-joint, sur papier à en-tête, notre candidature à Visions +21.",
        "Je vous adresse une note sur la candidature de la commune à Visions +21, accompagnée du dossier.",
        "Avant de vous adresser la version papier, nous vous transmettons notre candidature à Visions +21.",
        "Le conseil, qui avait refusé de candidater en 2014, vous adresse sa candidature à Visions +21.",
    ],
)
def test_a_letter_on_the_own_candidature_still_applies(text: str) -> None:
    assert judged(text) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Vous trouverez ci-joint le cahier des charges et la lettre de candidature type.",
        "Vous trouverez en pièce jointe le règlement et le dossier de candidature mis en ligne par le Cerdd.",
        "Je vous transmets le dossier de candidature et le cahier des charges de l'appel Visions +21.",
        "Ci-joint le modèle de lettre de candidature à Visions +21.",
    ],
)
def test_the_papers_of_the_call_apply_for_nobody(text: str) -> None:
    assert judged(text, siren="") in ("unsure", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Vous trouverez ci-joint notre dossier de candidature ainsi que le règlement, paraphé par le maire.",
        "Vous trouverez ci-joint la candidature de la commune et le cahier des charges signé.",
        "Comme le prévoit le cahier des charges, vous trouverez ci-joint la candidature de la commune.",
        "Conformément au règlement, je vous adresse la candidature de la commune à Visions +21.",
        "Je vous adresse la candidature de la commune avec les pièces demandées par le règlement.",
    ],
)
def test_an_applicant_may_name_or_sign_the_rules(text: str) -> None:
    assert judged(text) == "candidature"


def test_a_circular_that_hands_out_our_papers_is_for_nobody() -> None:
    text = (
        "Mesdames et Messieurs les Maires,\nPour votre information, le Cerdd lance un appel à manifestation d'intérêt."
        " Les candidatures sont à adresser avant le 28 février 2017. Vous trouverez ci-joint le cahier des charges et"
        " la lettre de candidature type.\nL'Association des maires"
    )
    assert judged(text, "TR: Appel à manifestation d'intérêt Visions +21", siren="") == "unrelated"


@pytest.mark.parametrize(
    "text",
    [
        "La commune se porte candidate pour accueillir une des réunions de Visions +21.",
        "La communauté de communes est candidate à l'organisation du séminaire Visions +21.",
        "Veuillez trouver ci-joint la candidature de la commune au programme LEADER, où Visions +21 est cité.",
        "Nous candidatons à l'appel à projets de la Région sur le projet de territoire, voici notre dossier.",
        "Voici la candidature de ma fille pour le stage dont nous parlions à la réunion Visions +21.",
        "Nous répondons à votre questionnaire sur Visions +21 en pièce jointe.",
        "Je réponds à votre appel de ce matin : voici le plan de la salle.",
        "Veuillez trouver ci-joint la proposition de notre association : une conférence pour vos lauréats.",
        "Veuillez trouver notre proposition commerciale pour Visions +21.",
    ],
)
def test_who_aims_at_something_else_than_the_call_is_not_acknowledged(text: str) -> None:
    assert judged(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "La commune se porte candidate à Visions +21 pour animer la réflexion de ses habitants.",
        "La commune est candidate à l'AMI Visions +21, lancé par le Cerdd avec l'appui de la Région.",
        "Nous répondons avec plaisir à votre appel.",
        "Nous répondons par la présente à l'appel à manifestation d'intérêt Visions +21.",
        "Nous vous adressons notre candidature à Visions +21, en complément de notre dossier LEADER.",
        "Veuillez trouver ci-joint notre proposition en réponse à l'AMI Visions +21.",
    ],
)
def test_who_aims_at_the_call_applies(text: str) -> None:
    assert judged(text) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Vous trouverez ci-joint les candidatures des communes de Fruges et de Campagne-lès-Hesdin à Visions +21.",
        "Je vous adresse les dossiers de candidature de nos communes à Visions +21.",
        "Vous trouverez ci-joint deux candidatures à Visions +21.",
        "Je vous transmets la candidature de la commune de Fruges ainsi que celle de Rue à Visions +21.",
    ],
)
def test_several_candidatures_in_one_mail_are_for_a_person_to_part(text: str) -> None:
    message = mail("Visions +21", text, documents=["un.pdf", "deux.pdf"])
    verdict = triage(case(message, siren=SIREN))
    assert (verdict.nature, verdict.answer) == ("unsure", None)
    assert "plusieurs candidatures" in " ".join(verdict.why)


@pytest.mark.parametrize(
    "text",
    [
        "Nous répondons à votre appel à candidatures : vous trouverez ci-joint notre dossier.",
        "Vous trouverez ci-joint la candidature commune de Fruges et de Rue à Visions +21, portée par Fruges.",
        "La date limite des candidatures approche : voici la candidature de la commune.",
    ],
)
def test_one_candidature_of_several_is_one(text: str) -> None:
    assert judged(text) == "candidature"


def test_a_dispatch_slip_is_read_by_the_letter_that_it_carries() -> None:
    slip = "BORDEREAU D'ENVOI\n\nObjet : AMI « Visions +21 »\nP.J. : 1 courrier\n\nPour attribution.\n\nLe courrier"
    letter = "Monsieur le Directeur, j'ai l'honneur de vous adresser la candidature de la communauté à Visions +21."
    assert judged(slip, letters=(letter,)) == "candidature"
    assert judged(slip, letters=("Convention de prêt de matériel.",)) == "unsure"


def test_a_candidature_cut_short_is_read_as_meant() -> None:
    assert judged("PJ = notre cand. pour Visions +21.", "V+21") == "candidature"


def test_my_commune_is_said_by_its_mayor_whom_the_letter_shows() -> None:
    text = "Lettre de candidature de ma commune ci-jointe."
    signed = "La commune est candidate à Visions +21.\nNadine Lefebvre, maire de Nesle"
    by_another = "La commune est candidate à Visions +21.\nThierry Lemaire, maire de Nesle"
    assert judged(text, letters=(signed,)) == "candidature"
    assert judged(text, letters=(by_another,)) == "unsure"


@pytest.mark.parametrize(
    "text",
    [
        "Dans le prolongement de notre candidature au label Territoire durable, nous vous adressons notre candidature"
        " à Visions +21.",
        "Avant de partir en congés je vous adresse la candidature de la commune à Visions +21.",
        "La candidature à Visions +21 que je vous adresse avant de quitter mon poste porte sur le centre-bourg.",
        "Je fais suite à votre mail et vous adresse, complété, le formulaire de candidature.",
        "La commune se porte candidate à Visions +21. Une stagiaire travaillera sur le sujet jusqu'en juin.",
        "Tu trouveras notre dossier dans ce mail. J'ai suivi le modèle de lettre de candidature que tu avais donné.",
        "Ci-joint la candidature de la commune. Nous restons à l'écoute de vos remarques sur le dossier.",
        "Voici la candidature de la commune. Nous pouvons accueillir une réunion et sommes en poste jusqu'en juin.",
    ],
)
def test_what_is_told_beside_a_candidature_does_not_hide_it(text: str) -> None:
    assert judged(text) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Stagiaire à la mairie, je vous adresse ma candidature à Visions +21.",
        "Nous avons vu dans la presse, hier, que la ville présente sa candidature à Visions +21.",
    ],
)
def test_a_clause_of_its_own_does_not_make_somebody_else_an_applicant(text: str) -> None:
    assert judged(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Pour les communes que nous suivons, voici la note de cadrage et le dossier de candidature à renseigner.",
        "Vous trouverez ci-joint le dossier de candidature pour Visions +21 et la grille de sélection.",
        "Chers collègues,\nVous trouverez ci-joint le dossier de candidature pour Visions +21.",
        "Mesdames et Messieurs les Maires,\nJe vous transmets le dossier de candidature à Visions +21.",
        "Vous trouverez ci-joint le dossier de candidature à Visions +21.\n\nAmicale des maires de l'Artois",
        "Voici le dossier de candidature à Visions +21.\n\nCAUE du Pas-de-Calais",
    ],
)
def test_who_hands_out_the_file_to_be_filled_in_does_not_apply(text: str) -> None:
    assert judged(text, siren="") in ("unsure", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour à tous,\nVous trouverez ci-joint la candidature de la commune à Visions +21.",
        "Cher collègue,\nVoici notre candidature à Visions +21.",
        "Je vous transmets la candidature de la commune à Visions +21.\n\nPour le Préfet,\nSous-préfecture d'Abbeville",
        "Vous trouverez ci-joint la candidature de la commune et la note de cadrage de son projet.",
    ],
)
def test_who_greets_us_or_passes_on_a_named_candidature_is_acknowledged(text: str) -> None:
    assert judged(text) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Voici l'article que nous publierons demain : « La commune de Bavay candidate à Visions +21 ».",
        "La presse titre ce matin « Notre ville se porte candidate à Visions +21 », je vous joins la page.",
        "Je te renvoie leur dossier de candidature à Visions +21, avec mes commentaires en marge.",
    ],
)
def test_words_that_are_quoted_or_reviewed_are_not_the_writers(text: str) -> None:
    assert judged(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "La commune se porte candidate à l'appel « Visions +21 », dossier joint.",
        "Notre projet « Une ville qui répond à demain » est l'objet de la candidature ci-jointe à Visions +21.",
        "Étaples-sur-Mer candidate !",
    ],
)
def test_a_title_in_quotation_marks_hides_nothing(text: str) -> None:
    assert judged(text) == "candidature"


def test_two_candidatures_named_one_after_the_other_are_several() -> None:
    text = "Ci-joint la candidature de la commune de Caudry et la candidature de la commune de Solesmes à Visions +21."
    assert judged(text) == "unsure"
    assert judged("Ci-joint la candidature de la commune de Caudry et le dossier de présentation.") == "candidature"


def test_a_job_that_is_offered_beside_a_candidature_is_for_a_person() -> None:
    text = (
        "Deux choses : 1) pouvez-vous diffuser notre offre d'emploi, ci-jointe ; 2) vous trouverez aussi la candidature"
        " de la ville à Visions +21."
    )
    assert judged(text, "Notre candidature") == "unsure"
    assert judged("Vous trouverez ma candidature à votre offre d'emploi et mon CV.", siren="") == "unrelated"
