"""A candidature that seems plain, and words somewhere in the mail that keep its acknowledgement back."""

from itertools import product

import pytest

from pipeline.core.triage import triage
from pipeline.core.triage.case import Case
from pipeline.core.verdict import Nature
from tests.core.triage.mails import ONE_OPEN, case, mail

APPLIES = "Vous trouverez ci-joint le dossier de candidature de la commune à Visions +21."


def written(text: str, subject: str = "Visions +21", name: str = "hesdin.pdf", document: str = "") -> Case:
    texts = (document,) if document else ()
    return case(mail(subject, text, documents=(name,)), siren="216204479", document_texts=texts)


def is_held(one: Case) -> bool:
    verdict = triage(one)
    return verdict.nature in (Nature.UNSURE, Nature.QUESTION, Nature.UNRELATED) and verdict.answer is None


@pytest.mark.parametrize(
    "said",
    [
        "Ceci est un essai.",
        "Ceci est un test, merci de ne pas en tenir compte.",
        "Test - message à ignorer.",
        "(brouillon, en attente du visa de Monsieur le Maire)",
        "[projet de message - non envoyé]",
        "PS : attendez ma confirmation avant d'enregistrer ce dossier.",
        "PS : merci d'attendre mon feu vert avant de la prendre en compte.",
        "Tant que le maire ne l'a pas signé, il n'engage pas la commune.",
        "Avant que nous le déposions officiellement, auriez-vous un moment pour nous ?",
        "Madame le Maire a finalement décidé de ne pas y aller.",
        "Le bureau a tranché : ce sera pour une autre fois.",
        "La charge de nos services ne nous permettra pas de nous inscrire dans cette aventure.",
        "La nouvelle équipe ne reprend pas ce dossier.",
        "Nous ne la présentons pas cette fois-ci.",
        "La ville n'est plus en mesure de participer.",
        "Il est parti par erreur.",
        "Merci de ne pas en tenir compte.",
        "Elle ne vaut que si la Métropole ne dépose pas la sienne.",
        "À défaut, merci de considérer le dossier comme nul et non avenu.",
        "Elle prendra effet le jour où l'agglomération aura donné son aval.",
        "Ce courrier ne vaut pas candidature.",
        "Reste à savoir qui la porte.",
        "Je vous l'envoie à titre personnel.",
        "Ce sont eux qui vous l'enverront quand il sera signé.",
        "La ville ne nous a pas encore mandatés.",
        "Ce dossier n'appelle pas d'observation de ma part.",
        "Je vous demande des explications.",
        "Elle ne doit pas être enregistrée.",
        "Gardez ce pli sous le coude jusqu'à mon coup de fil.",
        "Le fichier que voici ne sert qu'à vérifier que cela passe.",
        "Le maire n'est pas au courant, c'est une initiative de ma part.",
        "Nous avons décidé de nous ranger derrière l'agglomération, plutôt que d'en porter une nous-mêmes.",
        "La commune doit vous l'envoyer elle-même, elle doit vous l'adresser signée.",
        "Je vous le communique à titre d'éclairage.",
        "À vous de voir avec mon successeur.",
        "Il a été réalisé dans le cadre de l'atelier du master Aménagement.",
        "Le Département apporte tout son concours à la candidature de la commune.",
        "Conseiller municipal de la minorité, je tiens à vous dire que ce texte n'a été soumis à aucun vote.",
        "Puisque la municipalité ne se décide pas, nous le déposons.",
        "Elle n'en avait pas reçu mission, nous vous remercions de n'en tenir aucun compte.",
        "Cette candidature n'existe pas.",
        "Je préfère vous le dire plutôt que de vous envoyer un dossier que nous ne saurions pas tenir.",
        "Le dossier est entre les mains du Cerdd depuis décembre.",
        "Exercice de formation « rédiger un courrier », merci à nos destinataires de leur compréhension.",
        "Je m'exerce avec la nouvelle messagerie, pardon pour le dérangement.",
    ],
)
def test_words_that_hold_it_back_do_so_before_it_after_it_and_below_the_signature(said: str) -> None:
    places = (f"{said} {APPLIES}", f"{APPLIES}\n\n{said}", f"{APPLIES}\n\nPaul Durand\nMaire\n\n{said}")
    assert [is_held(written(one)) for one in places[:2]] == [True, True]
    if said.startswith(("(", "[", "Ceci", "Test", "PS")):
        assert is_held(written(places[2]))


@pytest.mark.parametrize(
    "said",
    [
        "Merci de ne pas tenir compte de mon envoi précédent.",
        "Mon premier envoi était incomplet, merci de ne pas en tenir compte.",
        "Cette version remplace celle d'hier, merci de l'ignorer.",
        "Le budget n'est encore qu'une ébauche.",
        "Le plan de financement reste à valider.",
        "Vous aviez vu un brouillon, voici la version définitive.",
        "Le conseil a donné son accord de principe.",
        "La candidature a été déposée sous réserve de la délibération du 14 mars.",
        "Nous avons décidé de ne pas attendre les élections.",
        "Nous ne la présentons pas sans émotion.",
        "Nous imaginons un exercice de prospective avec les habitants.",
        "Un test du questionnaire a été fait auprès des habitants.",
        "Vous trouverez aussi, pour votre information, notre bulletin municipal.",
        "Le maire est également conseiller départemental depuis les dernières élections.",
        "L'association du village sera partenaire.",
        "Nos trois communes présentent ensemble ce projet.",
        "Si ce message vous a été adressé par erreur, merci de le supprimer.",
        "Ce message ne vaut pas engagement de la collectivité.",
        "S'il vous est parvenu par erreur, merci de ne pas en tenir compte et de le détruire.",
        "Nos essais d'envoi depuis la boîte du service ont tous échoué.",
        "Deux fiches sont encore à l'état d'ébauche dans notre plan d'actions.",
        "Le document de travail sur le projet de territoire est joint lui aussi.",
        "Notre stagiaire a mené l'enquête auprès des habitants.",
        "Si vous n'êtes pas le destinataire de ce message, merci de ne pas en tenir compte.",
    ],
)
def test_what_is_said_of_earlier_mail_of_a_part_or_of_others_holds_nothing_back(said: str) -> None:
    assert [triage(written(one)).answer for one in (f"{said} {APPLIES}", f"{APPLIES} {said}")] == [
        "accuse_reception",
        "accuse_reception",
    ]


@pytest.mark.parametrize(
    "subject",
    [
        "NE PAS TRAITER - candidature Visions +21",
        "Test candidature Visions +21",
        "[v0 à corriger] candidature Visions +21",
        "Exercice : candidature fictive à Visions +21",
        "Visions +21 - ne tenez pas compte de mon envoi",
        "Candidature Visions +21 - regard avant dépôt",
    ],
)
def test_a_subject_holds_it_back(subject: str) -> None:
    assert is_held(written(APPLIES, subject))


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("BROUILLON_candidature.pdf", True),
        ("candidature_v0.pdf", True),
        ("PROJET candidature - a valider.pdf", True),
        ("dossier ne pas diffuser.pdf", True),
        ("Projet de territoire.pdf", False),
        ("projet Hesdin 2040.pdf", False),
        ("candidature_v2_definitive.pdf", False),
        ("projet de délibération.pdf", False),
    ],
)
def test_the_name_of_a_document_may_hold_it_back(name: str, held: bool) -> None:
    assert is_held(written(APPLIES, name=name)) is held


NO = (
    "Le conseil municipal décide de ne pas présenter la candidature de la commune à l'appel Visions +21.",
    "Après débat, le conseil ajourne sa décision et renvoie le point à la séance d'avril.",
    "Le conseil, à la majorité, rejette la proposition de candidature.",
    "Le conseil municipal retire sa délibération du 12 décembre.",
    "J'ai le regret de vous dire que la commune n'est pas en mesure de se porter candidate.",
    "Notre commune renonce à candidater.",
    "Le conseil émet un avis défavorable à la candidature.",
    "Notre commune ne candidatera pas.",
    "DOCUMENT PROVISOIRE. La commune souhaite participer à Visions +21.",
    "Le conseil communautaire décide de surseoir à statuer.",
    "Il est plus sage d'attendre. Nous guetterons une prochaine édition, où nous comptons présenter notre candidature.",
    "Le dossier n'est réputé déposé qu'après un courrier ; à défaut, il est nul et non avenu.",
    "Le conseil vous remercie de cette proposition, à laquelle il ne souhaite pas donner suite.",
    "Nous avions préparé une candidature à votre appel. Les événements nous conduisent à y surseoir.",
    "La communauté avait envisagé de se porter candidate. Le bureau préfère attendre l'automne.",
    "La commune présentera sa candidature si, et seulement si, la communauté voisine en fait autant.",
    "PROJET - NE PAS DIFFUSER. La commune souhaite participer à Visions +21.",
)
YES = (
    "Le conseil municipal décide de présenter la candidature de la commune à l'appel Visions +21.",
    "Le conseil approuve la candidature de la commune à l'AMI Visions +21 et autorise le maire à signer.",
    "La commune se porte candidate à Visions +21. Le conseil a refusé la fermeture de l'école en 2015.",
)
NEUTRAL = (
    "Veuillez trouver ci-joint la délibération relative à l'appel à manifestation d'intérêt Visions +21.",
    "Je vous adresse l'extrait du registre concernant la candidature de la commune à Visions +21.",
    "Veuillez trouver ci-joint la réponse de la commune à Visions +21.",
    "Veuillez trouver ci-joint la lettre de candidature de la commune à Visions +21.",
    "Je vous transmets le courrier de M. le Maire au sujet de la candidature de la ville à Visions +21.",
)


def test_a_document_that_refuses_or_is_a_draft_holds_back_what_the_mail_says() -> None:
    assert [one for one in product((*NEUTRAL, APPLIES), NO) if not is_held(written(one[0], document=one[1]))] == []


def test_a_document_that_says_yes_lets_it_pass() -> None:
    held = [one for one in product((*NEUTRAL, APPLIES), YES) if is_held(written(one[0], document=one[1]))]
    assert held == []


@pytest.mark.parametrize("text", NEUTRAL)
def test_what_a_mail_only_names_and_its_document_does_not_decide_is_for_a_person(text: str) -> None:
    assert is_held(written(text, document="Le conseil municipal s'est réuni sous la présidence de M. Durand, maire."))


def test_the_mayor_s_word_that_is_quoted_below_counts_where_the_mail_points_to_it() -> None:
    message = mail(
        "Visions +21",
        "Ci-joint notre dossier Visions +21, et voyez le mot de M. le Maire ci-dessous.",
        quoted="Finalement on ne candidate pas cette année.",
        documents=("d.pdf",),
    )
    assert is_held(case(message, siren="216204479"))


def test_a_subject_that_announces_the_dossier_needs_no_yes_in_it() -> None:
    text = "Avant la fermeture de Noël : dossier de candidature pour l'AMI Visions +21. Bonnes fêtes !"
    assert not is_held(written(text, "dossier Hesdin", document="Hesdin. Présentation de la ville, quatre pages."))


def test_one_s_own_answer_needs_no_yes_in_the_document() -> None:
    text = "Nous vous adressons ci-joint notre réponse à l'appel à manifestation d'intérêt Visions +21."
    assert not is_held(written(text, document="Hesdin. Présentation de la ville, quatre pages."))


def test_a_draft_beside_a_clean_document_is_an_annex() -> None:
    message = mail("Visions +21", APPLIES, documents=("Candidature.pdf", "Annexe budget PROVISOIRE.pdf"))
    texts = ("La commune se porte candidate à Visions +21.", "Document provisoire. Budget.")
    assert not is_held(case(message, siren="216204479", document_texts=texts))


def test_a_subject_alone_does_not_acknowledge_a_long_mail_that_speaks_of_something_else() -> None:
    text = (
        "En rangeant mes papiers de retraite, je retrouve la lettre que le maire avait signée en décembre et que"
        " personne n'a postée. Elle était restée dans un tiroir avec les plans de la salle des fêtes et celui des"
        " écoles."
    )
    assert is_held(written(text, "Hesdin : candidature Visions +21"))
    assert not is_held(written("Bonne réception.", "Hesdin : candidature Visions +21"))


@pytest.mark.parametrize(
    "text",
    [
        "Ci-joint la candidature de l'agglomération du Ternois à l'appel à projets « Territoires à énergie positive »."
        " Visions +21 y est cité.",
        "Ci-joint la candidature de la communauté de communes au programme LEADER. Elle s'appuie sur Visions +21.",
        "Ci-joint la candidature de la ville au prix « Territoria ». Nous y présentons Visions +21.",
    ],
)
def test_a_candidature_to_another_programme_that_only_mentions_our_call_is_none_to_it(text: str) -> None:
    assert is_held(written(text, "Candidature"))


def test_a_document_for_a_label_does_not_apply_to_the_only_call_that_is_open() -> None:
    text = "Veuillez trouver ci-joint le dossier de candidature de la commune."
    message = mail("Dossier", text, documents=("dossier.pdf",))
    heads = (
        "Dossier de candidature. Label « Villes et villages fleuris » 2017.",
        "Dossier de candidature de la commune.",
    )
    held = [is_held(case(message, ONE_OPEN, siren="216204479", document_texts=(head,))) for head in heads]
    assert held == [True, False]


@pytest.mark.parametrize(
    "said",
    [
        "Nous n'en faisons pas un motif de renoncement, au contraire.",
        "Des maires demandaient que l'on renonce à toute nouvelle démarche. Nous n'avons pas renoncé.",
        "Nos difficultés, loin de nous faire abandonner, nous donnent des raisons de le faire.",
    ],
)
def test_who_does_not_give_up_applies_with_or_without_a_document(said: str) -> None:
    text = f"La communauté de communes se porte candidate à Visions +21. {said}"
    for documents in ((), ("d.pdf",)):
        assert triage(case(mail("Visions +21", text, documents=documents), siren="216204479")).answer
