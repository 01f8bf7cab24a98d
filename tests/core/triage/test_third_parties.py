"""Who writes like an applicant and is none gets no letter, though a collectivité is named; a commune still does."""

import pytest

from pipeline.core.triage import triage
from tests.core.triage.mails import case, mail

SIREN = "215900671"
STRANGERS = [
    (
        "Visions +21 : notre offre",
        (
            "Bonjour,\n\nSpécialistes de la prospective territoriale, nous répondons volontiers présents "
            "aux côtés des lauréats de Visions +21. Vous trouverez ci-joint notre dossier de "
            "présentation et nos références (Ville de Bergues, CC du Ternois).\n\nCordialement\nPaul Roux,"
            " gérant de Prospectiv"
        ),
        ["dossier.pdf"],
    ),
    (
        "Candidature animateur Visions +21",
        (
            "Bonjour,\n\nJe souhaite vous proposer ma candidature pour animer les ateliers Visions +21. "
            "Facilitateur indépendant depuis dix ans, je joins ma présentation.\n\nLuc Petit"
        ),
        ["presentation.pdf"],
    ),
    (
        "Visions +21",
        (
            "Madame, Monsieur,\n\nÉtudiante en master d'aménagement, je souhaite participer à votre "
            "démarche Visions +21 dans le cadre de mon mémoire. Pourriez-vous me recevoir ? Ci-joint ma"
            " lettre.\n\nLéa Noir"
        ),
        ["lettre.pdf"],
    ),
    (
        "Réponse à la consultation",
        (
            "Bonjour,\n\nVeuillez trouver ci-joint notre réponse à votre consultation pour "
            "l'accompagnement Visions +21, avec notre acte d'engagement et le mémoire technique.\n\nSARL "
            "Territoires & Co"
        ),
        ["memoire technique.pdf", "AE.pdf"],
    ),
    (
        "Visions +21 - presse",
        (
            "Bonjour, journaliste à La Voix du Nord, je prépare un article sur les candidats à Visions "
            "+21. La commune de Bergues est candidate, m'a-t-on dit. Pouvez-vous confirmer ?\n\nMarie D."
        ),
        [],
    ),
    (
        "TR: candidature Visions +21",
        (
            "Bonjour Antoine,\n\npour info, la CC m'a mis en copie de sa candidature. Je te la transmets "
            "au cas où tu ne l'aurais pas.\n\nJulie, DREAL"
        ),
        ["candidature CC.pdf"],
    ),
    (
        "Votre démarche",
        (
            "Bonjour,\n\nNous avons le plaisir de vous adresser la plaquette de notre logiciel de "
            "concertation, utilisé par les collectivités candidates à Visions +21.\n\nVoteCity"
        ),
        ["plaquette.pdf"],
    ),
    (
        "Candidature comité de sélection Visions +21",
        (
            "Bonjour,\n\nje me porte candidate pour siéger au comité de sélection de Visions +21. Ci-"
            "joint mon parcours.\n\nAnne Blanc, université"
        ),
        ["CV.pdf"],
    ),
    (
        "Stage Visions +21",
        (
            "Bonjour, je me permets de vous adresser ma candidature. Mon profil correspond à la "
            "démarche Visions +21. Disponible en avril.\n\nTom"
        ),
        ["TOM_lettre.pdf", "TOM_CV.pdf"],
    ),
    (
        "Visions +21",
        (
            "Bonjour, habitant de Bergues, je propose la candidature de ma commune à Visions +21 : "
            "voici mon idée en pièce jointe.\n\nPaul"
        ),
        ["idée.pdf"],
    ),
    (
        "Visions +21",
        (
            "Bonjour, notre coopérative énergétique répond à votre appel Visions +21 et dépose sa "
            "candidature. Dossier ci-joint.\n\nSCIC Enercoop"
        ),
        ["dossier.pdf"],
    ),
    (
        "Visions +21",
        (
            "Bonjour, au nom et pour le compte de la Ville de Bergues, dont nous sommes l'assistant à "
            "maîtrise d'ouvrage, nous vous transmettons sa candidature à Visions +21.\n\nCabinet Horizons"
        ),
        ["candidature Bergues.pdf"],
    ),
    (
        "Offre de partenariat",
        (
            "Bonjour, la Banque des Territoires souhaite s'associer à Visions +21 et propose de "
            "participer à l'accompagnement des lauréats. Ci-joint notre proposition.\n\nCaisse des dépôts"
        ),
        ["proposition.pdf"],
    ),
    (
        "Candidature",
        ("Bonjour, nous souhaitons inscrire notre école à Visions +21. Lettre jointe.\n\nÉcole Jean Jaurès, Bergues"),
        ["lettre.pdf"],
    ),
]
COMMUNES = [
    ("Nous avons reçu votre plaquette sur Visions +21. La commune pose sa candidature.", ()),
    ("La commune est candidate à Visions +21, avec l'appui d'un bureau d'études et de notre école.", ("lettre.pdf",)),
    ("Notre agence postale ferme : la commune se porte candidate à Visions +21 pour s'y préparer.", ("lettre.pdf",)),
    ("La commune, où vivent des étudiants et des habitants engagés, candidate à Visions +21.", ("lettre.pdf",)),
]


@pytest.mark.parametrize(("subject", "text", "documents"), STRANGERS)
@pytest.mark.parametrize("siren", ["", SIREN], ids=["nobody", "a place is named"])
def test_a_stranger_who_writes_like_an_applicant_gets_no_letter(
    subject: str, text: str, documents: list[str], siren: str
) -> None:
    verdict = triage(case(mail(subject, text, sender="x.y@quelquepart.example", documents=documents), siren=siren))
    assert verdict.answer is None


@pytest.mark.parametrize(("text", "documents"), COMMUNES)
def test_a_commune_that_speaks_of_others_is_still_a_commune(text: str, documents: tuple[str, ...]) -> None:
    signed = f"Bonjour,\n\n{text}\n\nJeanne Petit\nMaire de Bergues"
    verdict = triage(case(mail("Visions +21", signed, documents=list(documents)), siren=SIREN))
    assert verdict.answer == "accuse_reception"
