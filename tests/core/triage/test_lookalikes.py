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
        "Merci de retirer du dossier l'annexe 2.",
        "Vous pouvez retirer mon prénom du dossier, seul le nom suffit.",
        "Un journal local écrit que nous renonçons : c'est faux.",
        "Mon message de ce matin parlait de retrait : c'était une erreur.",
        "Nous renoncions hier ; nous restons dans la course aujourd'hui.",
        "Les élus se sont d'abord prononcés contre, puis se sont ravisés.",
        "Mme Roux ne participera plus au comité de pilotage. Mme Bécu lui succède.",
        "Mme Bécu se retire, Mme Roux prend la suite.",
        "Nous retirons nos réserves sur le calendrier.",
        "Je me retire pour deux mois en congé parental, Mme Bécu suit le dossier.",
        "Nous déclinons votre proposition de rendez-vous téléphonique.",
        "Sans suite de votre part, je vous relance.",
        "Le président n'est plus candidat aux législatives, il pilotera donc le projet.",
        "Nous passerons notre tour de parole au Parc.",
        "Le conseil a dit non à l'augmentation du budget ; nous restons à 15 000 euros.",
        "J'ai laissé tomber le téléphone : rappelez-moi sur la ligne fixe.",
        "L'AMI voisin nous a été refusé, nous abandonnons cette candidature-là et misons sur la vôtre.",
        "Nous nous désistons pour le 7 mars.",
        "Le maire se désiste de son mandat.",
        "Nous renonçons à la visioconférence.",
        "Merci d'annuler mon appel de tout à l'heure, j'ai trouvé la réponse.",
        "Le projet de médiathèque est abandonné, cela ne touche pas notre candidature.",
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
        "Nous vous confirmons l'appel de ce matin : la CC sort du dispositif.",
        "Notre candidature n'a plus lieu d'être, la fusion étant décidée.",
        "Vous pouvez supprimer notre candidature.",
        "La CC souhaite se retirer du dossier.",
        "Le conseil a dit non à la candidature.",
        "Finalement, on laisse tomber le projet.",
        "Nous ne sommes plus candidats à votre appel.",
        "Je me retire.",
        "Nous ne restons pas dans la course et retirons notre candidature.",
        "Merci de retirer notre collectivité de la liste des candidatures.",
        "Merci d'annuler notre réponse à l'appel : nous renonçons à notre candidature.",
        "Nous retirons nos candidatures.",
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


@pytest.mark.parametrize(
    "text",
    [
        "Mon nom s'écrit Delattre et non Delatre. Merci de corriger.",
        "Notre directrice s'appelle Mme Bécu, pas Mme Bécue.",
        "Petite erreur : le téléphone est le 03 21 41 00 00 et non le 03 21 41 00 01.",
        "L'adresse de notre référente est c.lefevre@ternoiscom.example au lieu de c.lefebvre@ternoiscom.example.",
        "Dans le formulaire, page 2, lire « 38 000 habitants » au lieu de « 83 000 habitants ».",
        "Je complète notre dossier : le budget prévisionnel s'élève à 22 000 €.",
        "J'ai oublié d'indiquer dans la note que le parc naturel est associé à la démarche.",
        "Rectificatif : notre budget est de 12 000 euros.",
        "La délibération a été votée hier à l'unanimité.",
        "Merci de noter notre nouveau numéro : 03 21 00 00 00.",
        "Je vous confirme que le cofinancement de l'Agence de l'eau est acquis.",
        "Je vous informe que deux communes de plus rejoignent le projet.",
    ],
)
def test_a_correction_in_words_completes_the_file(text: str) -> None:
    assert judged(reply(text)) == ("complement", "V21-004", "accuse_complement")


@pytest.mark.parametrize(
    "text",
    [
        "Je vous informe que votre lien ne fonctionne pas.",
        "Merci de noter que nos bureaux seront fermés le 14 février.",
        "Je vous précise que je vous appellerai demain.",
        "Je vous indique que nous n'avons pas compris votre message.",
        "Je vous informe que je ne suis plus en charge de ce dossier.",
        "Je vous confirme qu'on se voit jeudi pour déjeuner.",
        "Vous m'avez adressé la réponse d'un autre candidat par erreur.",
        "En réponse à votre message, je n'ai rien à ajouter.",
        "Vous écrivez que le contact est M. Petit : c'est moi le contact.",
        "Je vous communique dès que possible le nom de notre référent.",
        "Nous complétons notre dossier et vous le renverrons la semaine prochaine.",
        "J'ai oublié d'indiquer un élément dans la note, je vous l'envoie demain.",
        "C'est moi qui suis le dossier et non le maire.",
        "Nous passerons à l'adresse du Cerdd mardi et non jeudi.",
        "Nous maintenons notre candidature mais ne pourrons venir à la réunion du 7 mars.",
        "Bonjour, STOP merci, je ne suis pas concerné.",
        "Merci, mais ce dossier n'est pas le mien.",
        "Merci, je ne suis plus en poste.",
    ],
)
def test_what_only_sounds_like_a_complement_or_thanks_is_left_to_a_person(text: str) -> None:
    assert judged(reply(text)) == ("unsure", "V21-004", None)


def test_who_maintains_its_candidature_and_cannot_come_has_the_absence_proposed() -> None:
    message = reply("Nous maintenons notre candidature mais ne pourrons venir à la réunion du 7 mars.")
    verdict = triage(case(message, known=known(TERNOIS, threads={"ack1": ("visions21-2017", "V21-004")})))
    quoted = "«\u00a0Nous maintenons notre candidature mais ne pourrons venir à la réunion du 7 mars.\u00a0»"
    proposed = "Proposition\u00a0: «\u00a0décliné\u00a0» dans la colonne de la réunion du 7 mars 2017, ligne V21-004."
    assert verdict.to_check == (f"Présence annoncée en toutes lettres\u00a0: {quoted}. {proposed}",)


def test_a_responder_in_a_training_course_is_automatic() -> None:
    text = "Actuellement en formation, je prendrai connaissance de votre message à mon retour, le 13 février."
    assert judged(reply(text)) == ("auto_reply", "", None)


def test_a_vote_that_some_lost_withdraws_nothing() -> None:
    assert judged(reply("Trois élus ont voté contre la candidature, 24 pour."))[0] != "withdrawal"


def test_who_tells_what_it_can_do_asks_nothing() -> None:
    assert judged(reply("Je ne peux vous en dire plus pour le moment.")) == ("unsure", "V21-004", None)


@pytest.mark.parametrize(
    "text",
    [
        "Le retrait des colis se fait désormais en mairie, notez-le pour votre envoi postal.",
        "Nous renonçons à l'idée d'une salle des fêtes, le reste du projet ne change pas.",
        "Suite au retrait du permis de construire, notre calendrier est décalé d'un mois.",
        "La commune annule la réunion publique du 14 mars.",
        "Nous abandonnons l'idée du bus, la délibération est modifiée.",
        "Notre chargée de mission se retire pour congé maternité, son remplaçant arrive lundi.",
        "Il faudra retirer l'ancien logo de la page de couverture.",
        "Le SIVOM se désiste de sa part du financement.",
        "Nous avons annulé notre abonnement, merci de ne plus envoyer la revue papier.",
        "Le maire a décliné l'invitation du préfet pour être des vôtres le 7 mars.",
        "Le retrait-gonflement des argiles est un point fort de notre dossier.",
        "Nous retirons nos réserves sur la date proposée.",
        "M. Petit renonce à son indemnité.",
        "Nous annulons et remplaçons notre message précédent.",
        "Le bureau d'études abandonne la mission, nous en cherchons un autre.",
    ],
)
def test_what_is_given_up_and_named_is_not_the_candidature(text: str) -> None:
    nature, _, answer = judged(reply(text))
    assert nature != "withdrawal"
    assert answer is None


@pytest.mark.parametrize(
    "text",
    [
        "Nous nous retirons.",
        "Nous retirons notre candidature.",
        "La CC du Ternois renonce à Visions +21.",
        "Nous sommes contraints de nous désister, faute de temps.",
        "Nous vous informons de notre désistement.",
        "À regret, nous renonçons.",
        "Le conseil a décidé de se retirer de la démarche.",
        "Nous abandonnons le projet, merci de votre compréhension.",
        "Nous déclinons finalement votre accompagnement.",
        "Merci d'annuler notre dossier.",
        "Nous jetons l'éponge.",
        "Nous renonçons à aller plus loin cette année.",
        "Nous nous retirons de la liste des candidats.",
        "Veuillez prendre acte de notre retrait.",
        "Nous retirons définitivement et à contrecœur la candidature du Ternois.",
        "Nous renonçons à déposer ce dossier.",
    ],
)
def test_giving_up_the_candidature_the_call_or_nothing_named_withdraws(text: str) -> None:
    assert judged(reply(text)) == ("withdrawal", "V21-004", "accuse_retrait")
