"""What ordinary applicants write beside their candidature, and what says the contrary in words that are like it."""

import pytest

from pipeline.core.triage import Known, triage
from pipeline.core.triage.case import Case
from pipeline.core.verdict import Nature
from tests.core.triage.mails import BOTH_OPEN, case, mail

SIREN = "216204479"
OURS = "Vous trouverez ci-joint notre dossier de candidature à Visions +21."


def written(text: str, subject: str = "Hesdin", documents: tuple[str, ...] = ("hesdin.pdf",)) -> Case:
    return case(mail(subject, text, documents=documents), siren=SIREN, received=BOTH_OPEN)


def is_acknowledged(text: str, subject: str = "Hesdin") -> bool:
    return triage(written(text, subject)).answer is not None


@pytest.mark.parametrize(
    "beside",
    [
        "La communauté de communes a indiqué qu'elle ne candidaterait pas cette année.",
        "Nos voisins de Frévent nous ont fait savoir qu'ils ne répondraient pas.",
        "Nous aurons l'appui de nos voisins, la CC ayant dit qu'elle ne déposerait pas de dossier.",
        "La ville d'Albert nous a indiqué qu'elle ne candidaterait pas.",
        "Les trois intercommunalités ont donné leur accord ; elles ne déposeront pas de dossier séparé.",
        "Nos communes sont d'accord, elles ne candidateront pas de leur côté.",
        "Nous avons aussi vu votre autre appel, Territoires participatifs : nous n'y répondrons pas cette année.",
        "Nous ne répondrons pas à Territoires participatifs, faute de temps.",
        "Nous ne candidatons pas à votre autre appel.",
    ],
)
def test_that_others_do_not_apply_or_we_not_to_the_other_call_takes_nothing_back(beside: str) -> None:
    assert is_acknowledged(f"{OURS} {beside}")


@pytest.mark.parametrize(
    "beside",
    [
        "Finalement nous ne candidatons pas.",
        "Le maire nous a indiqué qu'il ne déposerait pas de dossier.",
        "La ville a décidé qu'elle ne candidaterait pas.",
        "Réflexion faite, nous n'y répondrons pas.",
        "Nous ne répondrons pas à Visions +21.",
        "Elle ne candidatera pas cette année.",
    ],
)
def test_that_the_writer_does_not_apply_after_all_is_for_a_person(beside: str) -> None:
    assert not is_acknowledged(f"{OURS} {beside}")


@pytest.mark.parametrize(
    "text",
    [
        "Transmission de la candidature d'Hesdin. Bonne réception.",
        "Dépôt ce jour de la candidature de la Communauté de communes des 7 Vallées.\n\nPièces jointes : courrier",
        "Envoi de la candidature de la commune d'Hesdin à Visions +21.",
        "Bonjour, dépôt officiel du dossier de candidature de la ville d'Hesdin.",
        "Remise de notre candidature.",
        "Transmission, par la présente, du dossier de candidature de la ville.",
        "Candidature de la ville d'Hesdin.",
        "Voici, comme annoncé, notre participation à Visions +21 !",
        "Hesdin candidate pour repenser son projet de ville à l'horizon 2040.",
        "Je vous confirme l'envoi de notre dossier pour Visions +21 (ci-joint).",
        "Notre réponse (en pièce jointe) à votre appel.",
        "Au nom de la ville, je vous adresse (voir pièce jointe) notre candidature.",
        "Nous vous proposons notre territoire pour expérimenter la démarche Visions +21.",
        "Ce mail contient notre candidature à Visions +21.",
        "Je reviens vers vous avec le dossier de candidature d'Hesdin, complété et signé.",
        "Pour faire suite à la réunion de lancement, la commune vous adresse sa candidature à Visions +21.",
        "Par le présent courrier, je vous confirme la candidature de la communauté à Visions +21.",
        "Veuillez prendre connaissance de notre lettre de candidature à Visions +21.",
        "Je vous fais passer le dossier pour Visions +21 que nous avons monté avec le conseil de développement.",
        "Ci-dessous le lien pour télécharger notre dossier de candidature à Visions +21.",
        "Nous venons par ce mail candidater à l'AMI Visions +21.",
        "Je vous demande de bien vouloir accepter néanmoins le dossier de candidature d'Hesdin à Visions +21.",
        "Notre communauté vous fait part, par la présente, de sa candidature à l'appel Visions +21.",
        "Comme annoncé, le dossier signé de la commune de Moreuil pour Visions +21.",
        "Nous avions hésité, mais l'équipe est convaincue : ci-joint notre dossier.",
    ],
)
def test_a_dossier_that_comes_with_few_words_is_a_candidature(text: str) -> None:
    assert is_acknowledged(text, "Hesdin - Visions +21")


@pytest.mark.parametrize(
    "text",
    [
        "Transmission de la candidature d'Hesdin pour information.",
        "Dépôt de la candidature de la ville : le 28 février au plus tard ?",
        "Dépôt de la candidature reporté à lundi.",
        "Remise de notre candidature la semaine prochaine.",
        "Envoi de la candidature de la ville prévu vendredi.",
        "Transmission de la candidature d'Hesdin au comité de sélection.",
        "Nous venons de candidater auprès de l'ADEME, voici le dossier.",
        "Je vous fais passer le dossier de presse de la ville.",
        "Envoi du dossier de consultation.",
        "Ci-dessous le lien pour télécharger votre dossier de candidature.",
        "Voici notre participation à votre enquête sur Visions +21.",
        "Je vous confirme que la candidature de la ville n'est plus d'actualité.",
        "La candidature de la commune fait débat.",
        "La candidature de la ville n'engage que lui.",
    ],
)
def test_the_same_few_words_for_something_else_are_not_acknowledged(text: str) -> None:
    assert not is_acknowledged(text, "Hesdin - Visions +21")


@pytest.mark.parametrize(
    "courtesy",
    [
        "Merci de répondre plutôt à secretariat@mairie-hesdin.example.",
        "La messagerie est en maintenance : merci de me répondre à cette adresse.",
        "Merci de bien vouloir répondre à l'adresse de la mairie.",
    ],
)
def test_where_to_answer_is_no_question(courtesy: str) -> None:
    found = triage(written(f"Voici notre dossier pour Visions +21, {courtesy}"))
    assert (found.nature, found.answer) == (Nature.CANDIDATURE, "accuse_reception")


@pytest.mark.parametrize(
    "who",
    [
        "Je suis stagiaire au service développement durable de la ville. Ma tutrice, Mme Bosquet, m'a demandé de vous"
        " envoyer la candidature de la Ville à l'AMI Visions +21.",
        "Stagiaire en mairie, je vous adresse à la demande du maire la candidature de la ville à Visions +21.",
    ],
)
def test_a_trainee_who_was_asked_to_send_it_sends_it_for_the_town(who: str) -> None:
    assert is_acknowledged(who)


def test_a_trainee_who_applies_alone_is_for_a_person() -> None:
    assert not is_acknowledged("Je suis stagiaire et je vous adresse ma candidature à Visions +21.")


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("La ville dépose sa candidature à votre AMI sur la prospective.", "visions21-2017"),
        ("La ville dépose sa candidature à l'AMI prospective.", "visions21-2017"),
        (
            "La ville présente sa candidature à l'appel à manifestation d'intérêt que vous avez lancé le 1er décembre.",
            "visions21-2017",
        ),
        ("La ville dépose sa candidature à l'appel sur la participation.", "territoires-participatifs"),
        (
            "Après notre dossier non retenu à Visions +21, voici celle à Territoires participatifs ! Dossier joint.",
            "territoires-participatifs",
        ),
        (
            "Notre dossier à Territoires participatifs n'ayant pas été retenu, voici notre candidature à Visions +21.",
            "visions21-2017",
        ),
        (
            "Nous avons déjà déposé un dossier pour Visions +21. Voici maintenant notre candidature à « Vers des"
            " territoires participatifs ».",
            "territoires-participatifs",
        ),
        ("La ville dépose sa candidature à votre appel.", None),
        ("La ville dépose sa candidature à l'appel. La prospective et la participation nous tiennent à cœur.", None),
    ],
)
def test_a_call_is_known_by_its_subject_its_launch_or_what_is_left_of_two(text: str, call: str | None) -> None:
    assert triage(written(text)).call == call


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        (
            "Vous êtes conviés à la réunion de suivi des contrats de ruralité. Ordre du jour : les appels à"
            " manifestation d'intérêt, dont Visions +21.",
            Nature.UNRELATED,
        ),
        ("La Région a le plaisir de vous inviter à un comité technique sur Visions +21.", Nature.UNRELATED),
        ("Vous êtes invités à lire notre dossier de candidature à Visions +21, ci-joint.", Nature.CANDIDATURE),
        ("Pouvez-vous venir présenter Visions +21 ? Vous êtes invités à la réunion du 3 mars.", Nature.QUESTION),
    ],
)
def test_an_invitation_to_a_meeting_where_the_call_comes_up_asks_and_brings_nothing(text: str, nature: Nature) -> None:
    assert triage(written(text, "Réunion")).nature is nature


def test_a_deliberation_after_a_mail_that_is_still_to_sort_opens_no_candidature_by_itself() -> None:
    text = "Ci-joint la délibération autorisant le maire à candidater à Visions +21."
    message = mail("Hesdin : délibération", text, documents=("délib.pdf",))
    first = case(message, siren=SIREN, received=BOTH_OPEN)
    again = case(message, siren=SIREN, received=BOTH_OPEN, known=Known(awaiting=True))
    assert (triage(first).nature, triage(again).nature) == (Nature.CANDIDATURE, Nature.UNSURE)
