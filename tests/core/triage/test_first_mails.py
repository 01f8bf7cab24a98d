"""First mails, as people write them: who announces, tells of others or passes on, beside who applies."""

import pytest

from pipeline.core.triage import triage
from tests.core.triage.mails import case, mail

SIREN = "216204479"


def nature(text: str, subject: str = "Visions +21", documents: tuple[str, ...] = ()) -> str:
    verdict = triage(case(mail(subject, text, documents=documents), siren=SIREN))
    assert (verdict.answer is not None) is (verdict.nature == "candidature")
    return verdict.nature


@pytest.mark.parametrize(
    "text",
    [
        "La ville vous informe de son intention de candidater à l'appel Visions +21.",
        "Je vous fais part de notre intention de répondre à l'AMI Visions +21.",
        "Le maire a confirmé l'intention de participer à la démarche Visions +21.",
        "Nos élus ont manifesté leur intention de déposer un dossier à Visions +21.",
        "Notre ferme intention de présenter une candidature à Visions +21 a été actée.",
        "La communauté a bien l'intention, cette fois, de candidater à Visions +21.",
    ],
)
def test_an_intention_without_a_document_is_not_acknowledged(text: str) -> None:
    assert nature(text, "Intention de candidature") in ("unsure", "question")


def test_an_intention_that_a_document_comes_with_applies() -> None:
    text = "Nous confirmons notre intention de candidater à Visions +21. Vous trouverez ci-joint notre dossier."
    assert nature(text, documents=("dossier.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Plusieurs de nos communes (Chauny, Tergnier) sont susceptibles d'être candidates à Visions +21.",
        "Deux de nos communes pourraient être candidates à Visions +21.",
        "Notre commune est une candidate potentielle à Visions +21.",
        "La commune est éventuellement candidate à Visions +21.",
        "Quelques communes du canton sont candidates à Visions +21.",
        "Certaines de nos communes sont candidates à Visions +21.",
        "Au programme : témoignage de la CC du Ternois, candidate à Visions +21.",
        "Vous rencontrerez la CC du Ternois (candidate à Visions +21) et d'autres territoires.",
    ],
)
def test_who_may_apply_or_is_only_told_of_is_not_acknowledged(text: str) -> None:
    assert nature(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Je vous transfère la candidature de la ville de Liévin.",
        "À la demande du DGS, je vous transfère le dossier de candidature de la ville.",
        "Directeur de la CC, je vous fais parvenir notre candidature à Visions +21, étant entendu que les communes y"
        " seront associées.",
        "Vu que la date approche, je vous envoie notre candidature à Visions +21.",
        "Bien entendu que nous sommes motivés ! Voici notre candidature à Visions +21.",
        "Après avoir longtemps hésité, nos élus ont tranché : la communauté répond à l'AMI Visions +21. Dossier joint.",
        "Nous avons beaucoup hésité, mais voici notre candidature à Visions +21.",
        "Le conseil a hésité puis a voté : ci-joint notre dossier de candidature.",
        "Ci-joint notre candidature à Visions +21, financée par la DETR, LEADER et la Région.",
    ],
)
def test_who_passes_on_or_hesitated_before_applies(text: str) -> None:
    assert nature(text, documents=("dossier.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Je vous transfère pour information la candidature de Liévin à Visions +21.",
        "Je te fais suivre la candidature de Liévin à Visions +21, pour info.",
        "Nous hésitons encore : voici notre candidature à Visions +21, qu'en pensez-vous ?",
        "J'ai entendu que la ville dépose sa candidature à Visions +21.",
        "Nous avons vu dans la presse que la ville présente sa candidature à Visions +21.",
    ],
)
def test_who_passes_on_for_information_or_hears_of_it_is_not_acknowledged(text: str) -> None:
    assert nature(text, documents=("dossier.pdf",)) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "La ville a déposé un dossier au Département. Nous n'avons pas pu répondre à Visions +21 faute de temps.",
        "Nous ne candidaterons pas à Visions +21 cette année.",
        "La commune ne répondra pas à l'AMI Visions +21, voici pourquoi.",
        "Nous n'avons finalement pas déposé de candidature à Visions +21.",
        "Il n'a pas été possible de répondre à Visions +21.",
        "Le conseil a choisi de ne pas candidater à Visions +21.",
    ],
)
def test_who_says_that_it_does_not_apply_to_our_call_is_not_acknowledged(text: str) -> None:
    assert nature(text, "Pour information : notre candidature au Département", ("dossier.pdf",)) != "candidature"


def test_a_subject_for_information_asks_nothing() -> None:
    text = "Vous trouverez ci-joint notre candidature à Visions +21."
    assert nature(text, "Pour information", ("dossier.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Vous trouverez notre candidature. Plan de financement : DETR, LEADER, fonds propres.",
        "Ci-joint notre dossier de candidature. Cofinancements attendus (LEADER/DETR).",
    ],
)
def test_funds_beside_a_candidature_are_no_call_of_others(text: str) -> None:
    verdict = triage(case(mail("AMI du Cerdd", text, documents=["d.pdf"]), siren=SIREN))
    assert not any("autre appel" in reason for reason in verdict.why)


@pytest.mark.parametrize(
    "text", ["Notre candidature LEADER/DETR est jointe.", "Ci-joint notre candidature au titre de la DETR."]
)
def test_a_candidature_to_a_fund_is_one_to_others(text: str) -> None:
    verdict = triage(case(mail("Dossier", text, documents=["d.pdf"]), siren=SIREN))
    assert verdict.answer is None


def test_a_doubt_about_a_call_that_is_named_does_not_say_that_nothing_names_it() -> None:
    text = "La candidature a été évoquée en conseil."
    verdict = triage(case(mail("Visions +21", text, documents=["note.pdf"]), siren=SIREN))
    assert (verdict.nature, verdict.why[0]) == (
        "unsure",
        "Le message parle de candidature, sans qu'on sache s'il candidate.",
    )


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Communiqué : Lens candidate", "Communiqué de presse\n\nLa ville de Lens se porte candidate à Visions +21."),
        ("Lens candidate", "Dossier de presse. La ville de Lens se porte candidate à Visions +21."),
        ("Info presse - Lens", "La ville de Lens se porte candidate à Visions +21."),
        ("Lens", "POUR DIFFUSION IMMÉDIATE\n\nLa ville de Lens candidate à Visions +21.\n\nService presse de la Ville"),
        ("Actualités de la ville", "À la une : la ville se porte candidate à Visions +21. Aussi : l'agenda."),
        ("Lens candidate", "Ci-joint le communiqué annonçant que la ville se porte candidate à Visions +21."),
        ("Lens", "La ville de Lens se porte candidate à Visions +21.\n\nContact presse : 03 53 01 11 11"),
    ],
)
def test_a_press_release_without_a_word_for_us_is_left_to_a_person(subject: str, text: str) -> None:
    assert nature(text, subject, ("communique.pdf",)) == "unsure"


@pytest.mark.parametrize(
    "text",
    [
        "Vous trouverez ci-joint notre candidature à Visions +21 et le communiqué de presse qui l'annonce.",
        "Voici notre candidature à Visions +21.\n\nMarie Roy\nChargée de communication, contact presse\nVille de Lens",
        "Nous vous communiquons ci-joint notre dossier de candidature à Visions +21.",
        "Le dossier de candidature à Visions +21 que je vous communique comprend un dossier de presse.",
    ],
)
def test_a_candidature_that_a_press_release_comes_with_is_one(text: str) -> None:
    assert nature(text, "Candidature de Lens", ("dossier.pdf",)) == "candidature"


@pytest.mark.parametrize("subject", ["Candidature de Roubaix", "Roubaix"])
@pytest.mark.parametrize(
    "text",
    [
        "Notre collectif propose que la ville de Roubaix soit candidate à Visions +21. Une pétition est jointe.",
        "Nous demandons que la ville candidate à Visions +21.",
        "Il faudrait que Roubaix candidate à Visions +21.",
        "Nous appelons la municipalité à candidater à Visions +21.",
        "Notre association souhaite que la commune soit candidate à Visions +21.",
        "Les habitants souhaitent que leur ville réponde à Visions +21.",
        "Nous vous suggérons de retenir la candidature de Roubaix à Visions +21.",
    ],
)
def test_who_wants_a_town_to_apply_does_not_apply_for_it(subject: str, text: str) -> None:
    assert nature(text, subject, ("petition.pdf",)) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil municipal souhaite que la commune soit candidate à Visions +21.",
        "Nous souhaitons que notre communauté soit retenue pour Visions +21.",
        "Nous vous demandons de bien vouloir retenir notre candidature à Visions +21.",
        "Les élus et les habitants sont prêts : voici notre candidature à Visions +21.",
    ],
)
def test_a_place_that_wishes_it_of_itself_applies(text: str) -> None:
    assert nature(text, documents=("dossier.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Deux de nos communes, Poix et Conty, se portent candidates à Visions +21. L'EPCI peut-il candidater aussi ?",
        "Trois de nos 40 communes, dont Conty, sont candidates à Visions +21.",
        "Je t'informe que Loos-en-Gohelle candidate à Visions +21, on les accompagne sur le paysage.",
        "La commune que nous accompagnons, Loos-en-Gohelle, candidate à Visions +21.",
        "Loos-en-Gohelle candidate à Visions +21.\n\nCordialement,\nInès Roy\nCAUE du Pas-de-Calais",
        "La ville de Loos se porte candidate à Visions +21.\n\nCordialement,\nInès Roy - Agence d'urbanisme de Lens",
    ],
)
def test_who_tells_of_towns_that_apply_is_not_acknowledged(text: str) -> None:
    assert nature(text) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Trois communes, Crochte, Socx et Bissezeele, se portent candidates ensemble à Visions +21. Lettre jointe.",
        "En réaction à votre lettre d'info : oui, la CC est candidate à Visions +21, vous trouverez sa lettre.",
        "Suite à votre newsletter, notre commune candidate à Visions +21.",
        "La ville de Loos candidate à Visions +21, avec l'appui du CAUE.\n\nCordialement,\nInès Roy\nVille de Loos",
    ],
)
def test_who_answers_our_news_or_applies_with_others_applies(text: str) -> None:
    assert nature(text, documents=("lettre.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Je vous remercie de bien vouloir me transmettre le dossier de candidature.",
        "Nous vous serions reconnaissants de nous adresser le formulaire de candidature.",
        "Je vous prie de bien vouloir m'envoyer le règlement de l'appel.",
        "Auriez-vous l'obligeance de nous fournir le dossier à remplir ?",
        "Vous voudrez bien me faire parvenir le dossier de candidature.",
    ],
)
def test_who_wants_the_form_asks(text: str) -> None:
    assert nature(text) == "question"


def test_who_wants_a_receipt_for_the_candidature_applies() -> None:
    text = "Voici notre candidature à Visions +21, dont je vous prie de m'adresser un accusé de réception."
    assert nature(text, documents=("dossier.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Notre candidature à Visions +21 sera prête la semaine prochaine, voici en attendant notre diagnostic.",
        "Le dossier de candidature à Visions +21 devrait être finalisé lundi, voici déjà la carte.",
        "Voici le plan de notre futur dossier de candidature à Visions +21.",
        "Ci-joint la trame de notre candidature à Visions +21.",
        "Vous trouverez ci-joint le sommaire du dossier de candidature de la ville à Visions +21.",
        "Le président souhaite candidater à Visions +21 mais attend l'avis du bureau.",
        "Nous voulons candidater à Visions +21 mais la mairie attend encore le vote.",
        "Nous pourrions être intéressés par Visions +21. Note d'intention en préparation.",
        "Notre dossier de candidature à Visions +21 est en cours de rédaction, voici le diagnostic.",
    ],
)
def test_what_is_still_being_made_is_no_candidature(text: str) -> None:
    assert nature(text, documents=("piece.pdf",)) in ("unsure", "question")


@pytest.mark.parametrize(
    "text",
    [
        "Nous avons bien reçu votre candidature et vous en remercions.",
        "Merci pour votre envoi du dossier de candidature, je le transmets à nos communes.",
        "Je vous remercie de la transmission de votre dossier de candidature.",
        "La candidature de la CC à Visions +21 a été rejetée par le conseil communautaire, ci-joint la délibération.",
        "Le conseil a ajourné la délibération sur la candidature à Visions +21.",
        "Le conseil a voté contre la candidature à Visions +21, voir la délibération jointe.",
        "Les élus ont repoussé la candidature de la ville à Visions +21. Le courrier du maire est joint.",
        "Je suis élue d'opposition et je m'étonne que la ville candidate à Visions +21.",
        "Nous regrettons que la commune se porte candidate à Visions +21.",
        "Pour vous aider, voici la candidature de la ville d'Arras de l'an passé.",
        "Voici la candidature de l'an dernier de la ville d'Arras à Visions +21.",
        "Ci-joint la candidature d'un de nos administrés pour le poste Visions +21.",
    ],
)
def test_a_candidature_received_refused_former_or_of_somebody_else_is_not_acknowledged(text: str) -> None:
    assert nature(text, "Candidature Visions +21", ("piece.pdf",)) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Nous avions répondu à Visions +21 en 2014 et candidatons de nouveau : dossier joint.",
        "Notre candidature de 2014 avait été rejetée, voici la nouvelle candidature de la ville à Visions +21.",
        "Merci de votre appel de ce matin, voici notre candidature à Visions +21.",
        "Voici notre candidature à Visions +21 ; la lettre du maire est en cours de signature.",
        "Nous attendons la délibération, mais voici notre candidature à Visions +21.",
        "Le futur projet de territoire est l'objet de notre candidature à Visions +21, ci-jointe.",
    ],
)
def test_a_candidature_told_with_its_past_and_its_future_is_one(text: str) -> None:
    assert nature(text, documents=("dossier.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Notre commune avait candidaté à Visions +21 en 2014, voici le bilan.",
        "Nous avions répondu à Visions +21 il y a deux ans, voici le rapport.",
    ],
)
def test_a_candidature_of_another_time_is_none(text: str) -> None:
    assert nature(text, documents=("bilan.pdf",)) == "unsure"


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil communautaire examinera la candidature le 20 février, voici la note de synthèse.",
        "La candidature de la CC sera portée au conseil de mars ; veuillez trouver le projet de délibération.",
        "Je vous adresse le relevé de décisions de la réunion de préparation de notre candidature.",
        "Ci-joint le devis du cabinet retenu pour notre candidature à Visions +21.",
        "Vous trouverez ci-joint l'ordre du jour de la réunion sur la candidature de la ville à Visions +21.",
        "Je vous transmets le power point présentant la candidature de Lens au comité technique.",
        "Voici la délibération sur le projet de territoire, pour votre information.",
        "Voici ma candidature pour rejoindre le comité d'experts de Visions +21.",
        "Le dossier de candidature de nos voisins nous a été envoyé par erreur, le voici.",
    ],
)
def test_papers_around_a_candidature_are_none(text: str) -> None:
    assert nature(text, documents=("piece.pdf",)) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    "text",
    [
        "Voici notre candidature à Visions +21, sur laquelle le conseil se prononcera le 6 mars.",
        "Vous trouverez la note de présentation de notre candidature à Visions +21.",
        "Je vous adresse notre dossier de candidature à Visions +21 et, pour information, notre agenda 21.",
    ],
)
def test_papers_that_come_with_a_candidature_do_not_hide_it(text: str) -> None:
    assert nature(text, documents=("piece.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Nous verrons en conseil si nous voulons nous inscrire à Visions +21.",
        "Le bureau décidera mardi si la commune se porte candidate à Visions +21. Vous trouverez ci-joint notre note.",
        "Nous réfléchissons à une candidature à Visions +21, voici une première note pour échanger avec vous.",
        "Nous regrettons de ne pouvoir candidater à Visions +21 cette année, faute de temps.",
        "Un autre appel nous empêche de candidater à Visions +21.",
        "Si seulement nous avions le temps de candidater à Visions +21...",
        "Dites-moi si cela vaut la peine de candidater à Visions +21.",
        "Le maire vous remercie de l'invitation à candidater à Visions +21 et vous fera part de sa décision.",
        "La délibération jointe autorise le maire à étudier une candidature à Visions +21.",
        "Le conseil a refusé de candidater à Visions +21, comme l'indique la délibération jointe.",
        "Je ne suis pas certaine que la commune candidate à Visions +21 finalement.",
        "Le maire souhaiterait d'abord un entretien avant toute candidature à Visions +21 ; ses dates sont jointes.",
        "Le président m'a demandé d'examiner l'intérêt d'une candidature à Visions +21. Quel serait le coût ?",
        "Je fais suite au courrier du maire au sujet de Visions +21 et vous demande un rendez-vous.",
    ],
)
def test_who_thinks_of_it_refuses_or_is_kept_from_it_does_not_apply(text: str) -> None:
    assert nature(text) != "candidature"
    assert nature(text, documents=("note.pdf",)) != "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Notre commune transmet son dossier Visions +21 à l'agglomération.",
        "Nous avons envoyé notre dossier Visions +21 à la Région, qui l'instruit.",
        "Ci-joint la lettre de soutien du maire à la candidature de l'intercommunalité à Visions +21.",
        "Nous avons bien reçu le dossier de candidature Visions +21 à remplir et vous en remercions.",
        "Nous proposons un atelier de prospective aux candidats de Visions +21. Dossier de présentation joint.",
    ],
)
def test_what_goes_to_another_body_supports_it_or_serves_applicants_is_no_application(text: str) -> None:
    assert nature(text, documents=("dossier.pdf",)) != "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Si ce n'est pas trop tard, nous souhaitons candidater à Visions +21 ; dossier joint.",
        "Je vous adresse, au nom du président de la communauté, notre candidature à Visions +21.",
        "Ci-joint la candidature de Marconne pour Visions +21 et la lettre de soutien de la communauté.",
        "Pour candidater à Visions +21, voici notre dossier complet.",
        "Nous vous transmettons la délibération par laquelle le conseil décide de candidater à Visions +21.",
        "Veuillez prendre en compte notre inscription à Visions +21.",
    ],
)
def test_conditions_of_courtesy_and_words_between_keep_no_application_back(text: str) -> None:
    assert nature(text, documents=("dossier.pdf",)) == "candidature"


@pytest.mark.parametrize(
    "text",
    [
        "Voici notre candidature à l'appel TEPCV de l'État, dont le programme s'inspire de Visions +21.",
        "Nous vous envoyons notre candidature au programme Leader, avec un volet Visions +21.",
        "Voici notre candidature au programme Quartiers sobres, dans l'esprit de Visions +21.",
        "Voici notre réponse à l'appel à projets Quartiers d'avenir, qui cite Visions +21.",
        "La commune a candidaté à Ecophyto et vous remercie pour Visions +21, ci-joint le bilan.",
        "Nous avons déjà candidaté l'an dernier à un AMI proche de Visions +21, voici notre dossier d'alors.",
        "Le PETR candidate à Visions +21 pour ses communes ; nous en sommes.",
        "Le Pays prépare une candidature à Visions +21 à laquelle nous serons associés ; ci-joint notre carte.",
        "Notre intercommunalité s'interroge sur Visions +21, voici nos questions en pièce jointe.",
        "L'agglomération a déposé un dossier à Visions +21, nous vous transmettons la motion de soutien du conseil.",
        "Voici l'avis du conseil de développement sur la candidature de l'agglomération à Visions +21.",
        "Nous avions candidaté à Visions +21 avant la fusion, ce dossier est caduc, le voici pour mémoire.",
        "Nous avons bien noté que la clôture de Visions +21 est au 28 février, voici notre charte graphique.",
        "La candidature de la commune à la Capitale verte est jointe, Visions +21 y est cité.",
        "Le dossier Visions +21 que vous nous avez remis contient une page en double, voir ci-joint.",
        "Le maire a reçu votre courrier sur Visions +21 et vous répond par la lettre jointe qu'il réserve sa décision.",
        "Le conseil doit encore se prononcer sur la candidature à Visions +21, projet de délibération joint.",
        "Ci-joint notre candidature au budget participatif du Département, inspirée de Visions +21.",
        "Les services de la ville ont préparé une note sur Visions +21 à l'intention des élus, copie jointe.",
        "La commune s'associe à la candidature de l'agglomération à Visions +21, délibération jointe.",
        "Ci-joint la réponse de la préfecture à notre question sur Visions +21.",
        "Le maire tient à vous remercier pour Visions +21 par le courrier joint.",
        "Le collège souhaite participer à Visions +21, lettre du principal jointe.",
        "Je transmets à votre équipe la candidature de Mme Roux au comité Visions +21.",
        "L'entreprise Gamma répond à votre consultation Visions +21, offre jointe.",
        "Nous renonçons à déposer un dossier Visions +21, courrier joint.",
        "Le SCoT candidate au nom de la commune ; voici notre délibération de soutien à Visions +21.",
        "Ci-joint un article de presse : notre voisine candidate à Visions +21.",
        "La commune a pris connaissance de Visions +21 et n'y donnera pas suite, ci-joint le courrier du maire.",
        "Nous ne donnons pas suite à Visions +21, courrier du maire joint.",
        "Notre dossier Visions +21 n'est pas prêt, voici seulement le sommaire.",
    ],
)
def test_an_application_elsewhere_by_others_or_denied_is_not_acknowledged(text: str) -> None:
    assert nature(text, documents=("piece.pdf",)) in ("unsure", "question", "unrelated")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("AMI", "En pièce jointe, la réponse de la ville à l'AMI « Visions +21 »."),
        ("Ville", "Veuillez prendre en considération notre demande de participation à l'AMI Visions +21."),
        ("Ville", "Candidature de la ville à Visions +21 : tout est dans le PDF."),
        ("Ville", "Transmission de la candidature de la commune d'Hesdin à l'AMI Visions +21."),
        ("Ville", "La commune d'Hesdin vous soumet le projet ci-joint dans le cadre de Visions +21."),
        ("Ville", "Comme prévu, notre dossier pour Visions +21. N'hésitez pas si besoin."),
        ("Ville", "Nous vous prions d'agréer la candidature de notre commune à Visions +21."),
        ("Ville", "Envoi du dossier Visions +21 d'Hesdin comme convenu."),
        ("Ville", "Hesdin, ville de 2 300 habitants, postule à Visions +21. Ci-joint nos éléments."),
        ("Ville", "Voici notre candidature à l'AMI Visions +21, comme au programme Leader l'an passé."),
        ("Ville", "Voici notre réponse à l'appel à manifestation d'intérêt Visions +21 du Cerdd."),
    ],
)
def test_an_application_in_other_words_is_acknowledged(subject: str, text: str) -> None:
    assert nature(text, subject, ("piece.pdf",)) == "candidature"
