"""Who writes: tables of senders, signatures, forwards, telephones and documents as people really write them."""

import pytest

from pipeline.core.message import Address
from pipeline.core.person import Person, addressee, contact_of
from pipeline.core.person.names import as_written
from pipeline.core.person.phones import phones_in
from pipeline.core.person.roles import tidied
from pipeline.core.signature import part
from tests.core.writers import contact, mail


@pytest.mark.parametrize(
    ("shown", "local_part", "expected"),
    [
        ("CARPENTIER Hélène", "h.carpentier", "Hélène Carpentier"),
        ("Hélène CARPENTIER", "h.carpentier", "Hélène Carpentier"),
        ("gerard lemaitre", "gerard.lemaitre017", "Gerard Lemaitre"),
        ("Delattre Marc", "m.delattre", "Marc Delattre"),
        ("DELATTRE, Marc", "m.delattre", "Marc Delattre"),
        ("VAN DEN BROECK Jean-Luc", "jl.vandenbroeck", "Jean-Luc Van Den Broeck"),
        ("Jean-Luc van den Broeck", "jl", "Jean-Luc van den Broeck"),
        ("Mme Sylvie DUPONT-MOREL", "s.dupont", "Sylvie Dupont-Morel"),
        ("M. Paul LEROY", "", "Paul Leroy"),
        ("MARTIN Laurent", "laurent.martin", "Laurent Martin"),
        ("Martin Laurent", "l.martin", "Laurent Martin"),
        ("Martin Laurent", "m.laurent", "Martin Laurent"),
        ("Nadia BENALI (Ville de Roubaix)", "n.benali", "Nadia Benali"),
        ("Nadia Benali - CC du Ternois", "n.benali", "Nadia Benali"),
        ("BOULANGER MARIE", "m.boulanger", "Marie Boulanger"),
        ("Anne-Sophie Regnault", "as.regnault", "Anne-Sophie Regnault"),
    ],
)
def test_a_name_is_put_as_a_person_writes_it(shown: str, local_part: str, expected: str) -> None:
    assert as_written(shown, local_part) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tél. : 03 53 01 31 42", "+33353013142"),
        ("T. 03.53.01.31.42", "+33353013142"),
        ("tel 03-53-01-52-18", "+33353015218"),
        ("+33 (0)3 53 01 90 14", "+33353019014"),
        ("00 33 3 53 01 44 90", "+33353014490"),
        ("Tél : 0353018811", "+33353018811"),
        ("03/53/01/88/11", "+33353018811"),
        ("tel: 03 53 01 70 45 (poste 7045)", "+33353017045"),
        ("Tél. 03 53 01 59 29 / Fax 03 53 01 59 30", "+33353015929"),
        ("Fax : 03 53 01 59 30\nTél. : 03 53 01 59 29", "+33353015929"),
        ("Standard : 03 53 01 60 00 - Ligne directe : 03 53 01 60 27", "+33353016027"),
        ("Mobile : 06 39 98 12 40\nBureau : 03 53 01 77 20", "+33353017720"),
        ("Port. 06.39.98.12.40 | Standard 03.53.01.77.00", "+33639981240"),
        ("Accueil 03 53 01 77 00", "+33353017700"),
        ("03 53 01 59 30 (fax) - 03 53 01 59 29", "+33353015929"),
        ("06 39 98 41 07", "+33639984107"),
        ("J-F. Boutry | Chef du pôle Aménagement | 03 53 01 59 15", "+33353015915"),
        ("Chef de projet\ng.hermant@pm-artois-gohelle.example\n+33 3 53 01 51 09", "+33353015109"),
        ("Tél. : 33 3 53 01 80 14", "+33353018014"),
        ("F. 03 53 01 59 30 - T. 03 53 01 59 29", "+33353015929"),
        ("Tél. +32 56 86 05 50", "+3256860550"),
    ],
)
def test_the_number_to_call_first(text: str, expected: str) -> None:
    assert phones_in(text)[0].number == expected


@pytest.mark.parametrize(
    "text",
    [
        "Fax : 03 53 01 59 30",
        "SIRET 200 069 482 00012",
        "200069482",
        "59610 Fourmies",
        "le 28/02/2017 à 23:58",
        "12 500 habitants",
    ],
)
def test_what_is_no_number_to_call(text: str) -> None:
    assert phones_in(text) == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Directrice du développement durable", "Directrice du développement durable"),
        ("Maire de Marquise", "Maire"),
        ("Le Maire,", "Maire"),
        ("Présidente de la communauté de communes du Ternois", "Présidente"),
        ("Vice-président délégué à l’environnement", "Vice-président délégué à l’environnement"),
        (
            "Adjoint au Maire, délégué à la transition écologique",
            "Adjoint au Maire, délégué à la transition écologique",
        ),
        ("chargée de mission Énergie-Climat", "Chargée de mission Énergie-Climat"),
        ("Directrice générale des services de la Ville de Lens", "Directrice générale des services"),
        ("Chef de projet - Ville de Lens", "Chef de projet"),
        (
            "Directeur général adjoint - Aménagement et transitions",
            "Directeur général adjoint - Aménagement et transitions",
        ),
        ("Directeur de la Politique de la ville", "Directeur de la Politique de la ville"),
        ("CHARGÉE DE MISSION", "Chargée de mission"),
        ("DGS", "DGS"),
        ("DGS, Montreuil-sur-Mer", "DGS"),
        ("Adjointe au Maire, déléguée au cadre de vie", "Adjointe au Maire, déléguée au cadre de vie"),
    ],
)
def test_a_function_is_written_without_the_employer(line: str, expected: str) -> None:
    assert tidied(line) == expected


PLAIN = """Bonjour,

Veuillez trouver ci-joint notre candidature.

{closing}

{signature}
"""


@pytest.mark.parametrize(
    ("name", "email", "signature", "expected"),
    [
        (
            "CARPENTIER Hélène",
            "h.carpentier@ville.example",
            (
                "Hélène CARPENTIER\nDirectrice du développement durable\nVille de X\n12 rue Y - 62223 X\nTél. : "
                "03 53 01 31 42"
            ),
            Person(
                "Hélène Carpentier", "Directrice du développement durable", "h.carpentier@ville.example", "+33353013142"
            ),
        ),
        (
            "Mairie de X",
            "mairie@x.example",
            "Yves Fasquelle\nMaire de X",
            Person("Yves Fasquelle", "Maire", "mairie@x.example", ""),
        ),
        (
            "",
            "secretariat@x.example",
            "Mme Patricia Vanhille, secrétaire générale\n03 53 01 59 29",
            Person("Patricia Vanhille", "Secrétaire générale", "secretariat@x.example", "+33353015929"),
        ),
        (
            "accueil",
            "accueil@x.example",
            "Le Maire,\nJacques DELEPIERRE",
            Person("Jacques Delepierre", "Maire", "accueil@x.example", ""),
        ),
        (
            "mairie",
            "mairie@x.example",
            "Le maire, Denis Caron\nMairie, 80500 X\n03 53 01 09 40",
            Person("Denis Caron", "Maire", "mairie@x.example", "+33353010940"),
        ),
        (
            "Cabinet du Maire",
            "cabinet@x.example",
            "Le Maire,\nConseiller régional,\n\nJean-Marie VANHOUTTE",
            Person("Jean-Marie Vanhoutte", "Maire", "cabinet@x.example", ""),
        ),
        (
            "DGS",
            "dgs@x.example",
            "Béatrice Hennion | Directrice générale des services | Ville de X | 03 53 01 85 00",
            Person("Béatrice Hennion", "Directrice générale des services", "dgs@x.example", "+33353018500"),
        ),
        (
            "christian lefebvre",
            "ch.lefebvre@x.example",
            "Christian Lefebvre adjoint au maire\n06 39 98 07 33",
            Person("Christian Lefebvre", "Adjoint au maire", "ch.lefebvre@x.example", "+33639980733"),
        ),
        (
            "Béatrice de Vos",
            "b.devos@x.example",
            "Béatrice de Vos (DGS)\n06 39 98 62 14",
            Person("Béatrice de Vos", "DGS", "b.devos@x.example", "+33639986214"),
        ),
        (
            "mairie",
            "mairie@x.example",
            "Corinne, secrétaire de mairie\ntél 03 53 01 40 21",
            Person("Corinne", "Secrétaire de mairie", "mairie@x.example", "+33353014021"),
        ),
        (
            "MAIRIE DE X",
            "mairie@x.example",
            "LE SECRETARIAT DE MAIRIE\n03.53.01.31.19",
            Person("", "", "mairie@x.example", "+33353013119"),
        ),
        (
            "Cindy Wallet",
            "cindy.wallet@x.example",
            "Cindy Wallet, chef de projet Petites villes, 20 place Émile Leturcq 80300 Albert, tél. 03 53 01 74 38",
            Person("Cindy Wallet", "Chef de projet Petites villes", "cindy.wallet@x.example", "+33353017438"),
        ),
        (
            "n.wavrin@cc.example",
            "n.wavrin@cc.example",
            "Nathalie Wavrin - Responsable du pôle Aménagement\n03.53.01.40.77",
            Person("Nathalie Wavrin", "Responsable du pôle Aménagement", "n.wavrin@cc.example", "+33353014077"),
        ),
        (
            "Kevin Dhalluin",
            "k.dhalluin@cc.example",
            "Kévin D'HALLUIN\nService urbanisme\nTechnicien SIG\nMob : 06 39 98 00 01 / Fixe : 03 53 01 00 02",
            Person("Kévin Dhalluin", "Technicien SIG", "k.dhalluin@cc.example", "+33353010002"),
        ),
        (
            "Isabelle",
            "i.decroix@ca.example",
            "--\n*Isabelle Decroix*\nCheffe de projet Plan Climat\nDirection de l'Environnement\nTél. "
            "03.53.01.77.20 - Port. 06.39.98.12.40\n\n"
            "Ce message et toutes les pièces jointes sont confidentiels. Tél. 03 53 09 99 99",
            Person("Isabelle Decroix", "Cheffe de projet Plan Climat", "i.decroix@ca.example", "+33353017720"),
        ),
        (
            "Pévèle en Transition",
            "pevele@asso.example",
            "Élodie Masure\nCo-présidente\nPévèle en Transition\n06 39 98 41 07",
            Person("Élodie Masure", "Co-présidente", "pevele@asso.example", "+33639984107"),
        ),
        (
            "marc.delattre@t.example",
            "marc.delattre@t.example",
            "",
            Person("Marc Delattre", "", "marc.delattre@t.example", ""),
        ),
        (
            "Secrétariat CCSA",
            "secretariat@cc.example",
            "Le secrétariat général\nCC du Sud-Avesnois\n03 53 01 48 00",
            Person("", "", "secretariat@cc.example", "+33353014800"),
        ),
    ],
)
def test_the_contact_of_an_ordinary_mail(name: str, email: str, signature: str, expected: Person) -> None:
    assert contact(name, email, PLAIN.format(closing="Cordialement,", signature=signature)) == expected


@pytest.mark.parametrize(
    "closing",
    [
        "Bien à vous",
        "Cdlt,",
        "Veuillez agréer, Monsieur, mes salutations distinguées.",
        "Bonne journée !",
        "Dans l'attente de votre retour,",
        "Merci d'avance",
        "Sincèrement",
    ],
)
def test_a_signature_begins_after_any_closing_formula(closing: str) -> None:
    text = PLAIN.format(closing=closing, signature="Samia Ouali\nChargée de la participation\n03 53 01 66 12")
    assert part(text).signature == ("Samia Ouali", "Chargée de la participation", "03 53 01 66 12")


def test_a_signature_without_closing_formula_is_the_last_short_lines() -> None:
    text = (
        "Bonjour,\n\nLa MEL souhaite repondre. Pouvez vous me confirmer ?\n\nAntoine Verhaeghe\nChef de "
        "projet\ntel: 03 53 01 70 45"
    )
    assert part(text).signature == ("Antoine Verhaeghe", "Chef de projet", "tel: 03 53 01 70 45")


def test_a_name_on_the_line_of_the_closing_formula() -> None:
    assert (
        contact("mairie", "mairie@x.example", "Notre dossier.\n\nCordialement, Yves Fasquelle, Maire").name
        == "Yves Fasquelle"
    )


def test_accents_come_from_the_document() -> None:
    letter = (
        "CC de X\n60220 Formerie\n\nMonsieur,\n\nVous pouvez me joindre directement au 03 53 01 33 "
        "05.\n\nVeuillez agréer mes salutations.\n\nGérard Lemaitre\nVice-président délégué à "
        "l’environnement"
    )
    assert contact(
        "gerard lemaitre", "gl@orange.example", "Bonjour,\n\nci-joint notre dossier.\n\nCordialement", letter
    ) == Person("Gérard Lemaitre", "Vice-président délégué à l’environnement", "gl@orange.example", "+33353013305")


def test_the_mayor_who_signs_the_letter_is_not_the_agent_who_writes() -> None:
    letter = (
        "Ville de X\nTél. 03 53 01 31 40\n\nMonsieur,\n\nNous candidatons.\n\nVeuillez agréer mes "
        "salutations.\n\nLe Maire,\nJacques Delepierre"
    )
    text = "Bonjour,\n\nci-joint la lettre.\n\nCordialement,\n\nHélène Carpentier\nDirectrice"
    assert contact("Hélène Carpentier", "h.carpentier@x.example", text, letter) == Person(
        "Hélène Carpentier", "Directrice", "h.carpentier@x.example", ""
    )


def test_an_office_without_signature_is_who_signs_the_letter() -> None:
    letter = (
        "Commune de X\n1 place Y\n62000 X\nTél. 03 53 01 31 40\n\nMonsieur,\n\nNous candidatons.\n\n"
        "Veuillez agréer mes salutations.\n\nLe Maire,\nJacques Delepierre"
    )
    assert contact(
        "Mairie de X", "mairie@x.example", "Bonjour,\n\nci-joint la lettre.\n\nCordialement", letter
    ) == Person("Jacques Delepierre", "Maire", "mairie@x.example", "+33353013140")


def test_the_telephone_of_the_one_the_letter_is_written_to_is_not_the_applicants() -> None:
    letter = (
        "Commune de X\n62000 X\n\nCerdd\nÀ l’attention de M. Antoine Goxe\nTél. 03 21 08 52 46\n\n"
        "Monsieur,\n\nNous candidatons.\n\nLe Maire,\nJacques Delepierre"
    )
    assert contact("Mairie de X", "mairie@x.example", "Bonjour,\n\nci-joint.\n\nCordialement", letter).phone == ""


FORWARDED = """De : LESAGE Olivier [mailto:o.lesage@ville.example]
Envoyé : jeudi 16 février 2017 09:12
À : Secrétariat du Maire
Objet : Candidature AMI

Bonjour Martine,
Peux-tu envoyer ceci au Cerdd (agoxe@cerdd.org) ?

La Ville candidate.

Olivier LESAGE
Directeur général adjoint
Ligne directe : 03 53 01 60 27
"""
LESAGE = Person("Olivier Lesage", "Directeur général adjoint", "o.lesage@ville.example", "+33353016027")


def test_a_secretary_who_forwards_passes_on_the_author() -> None:
    text = (
        "Bonjour,\n\nci-dessous la candidature, transmise à la demande de M. Lesage.\n\nLe secrétariat\n"
        "Standard : 03 53 01 60 00"
    )
    found = contact(
        "Secrétariat du Maire", "secretariat.maire@ville.example", text, subject="TR: Candidature", quoted=FORWARDED
    )
    assert found == LESAGE


def test_an_assistant_with_a_name_who_forwards_passes_on_the_author() -> None:
    text = (
        "Bonjour,\n\nJe vous fais suivre ce dossier.\n\nBien à vous,\n\nCorinne Baudelet\nAssistante de "
        "direction\n03 53 01 28 00"
    )
    assert (
        contact("Corinne Baudelet", "c.baudelet@ville.example", text, subject="Tr : Candidature", quoted=FORWARDED)
        == LESAGE
    )


@pytest.mark.parametrize(
    "head",
    [
        (
            "---------- Forwarded message ----------\nDe : Olivier Lesage <o.lesage@ville.example>\nDate : "
            "16 février 2017 à 09:12\nObjet : Candidature\nÀ : Martine\n\n"
        ),
        (
            "-------- Message transféré --------\nSujet : Candidature\nDate : Thu, 16 Feb 2017 09:12:00 "
            "+0100\nDe : Olivier Lesage <o.lesage@ville.example>\nPour : Martine <m@ville.example>\n\n"
        ),
        (
            "> Début du message réexpédié :\n> \n> De: Olivier Lesage <o.lesage@ville.example>\n> Objet: "
            "Candidature\n> Date: 16 février 2017\n> À: Martine\n> \n"
        ),
        (
            "From: LESAGE Olivier\nSent: Thursday, February 16, 2017 9:12 AM\nTo: Martine\nSubject: "
            "Candidature\n\no.lesage@ville.example vous écrit\n"
        ),
    ],
)
def test_forwards_of_every_mail_program(head: str) -> None:
    body = (
        "La Ville candidate.\n\nCordialement,\n\nOlivier LESAGE\nDirecteur général adjoint\nLigne "
        "directe : 03 53 01 60 27\n"
    )
    quoted = head + ("".join(f"> {line}\n" for line in body.splitlines()) if head.startswith(">") else body)
    assert (
        contact("Mairie de X", "mairie@ville.example", "Pour suite à donner", subject="Fwd: Candidature", quoted=quoted)
        == LESAGE
    )


def test_an_attached_mail_gives_its_author() -> None:
    inner = mail(
        Address("Grégory Haezebaert", "g.h@cc.example"),
        "Notre candidature.\n\nGrégory Haezebaert\nResponsable développement durable\nTél. direct : 03 53 01 28 36",
    )
    text = (
        "Je vous retransmets le message ci-joint.\n\nCorinne Baudelet\nAssistante de direction\nStandard 03 53 01 28 00"
    )
    assert contact("Corinne Baudelet", "c.b@cc.example", text, subject="TR: Candidature", forwarded=(inner,)) == Person(
        "Grégory Haezebaert", "Responsable développement durable", "g.h@cc.example", "+33353012836"
    )


def test_who_answers_us_is_the_contact_and_not_we() -> None:
    quoted = (
        "De : Antoine Goxe <agoxe@cerdd.org>\nEnvoyé : lundi\nÀ : Marc\nObjet : Votre candidature\n\n"
        "Bonjour\n\nAntoine Goxe\nChargé de mission\n03 21 08 52 46"
    )
    text = (
        "Voici la pièce que vous demandez, je vous la transmets.\n\nCordialement,\n\nMarc Delattre\n"
        "Chargé de mission Énergie"
    )
    found = contact("Marc Delattre", "m.delattre@t.example", text, subject="TR: Votre candidature", quoted=quoted)
    assert found == Person("Marc Delattre", "Chargé de mission Énergie", "m.delattre@t.example", "")


def test_who_takes_over_from_a_colleague_speaks_for_herself() -> None:
    quoted = (
        "De : Karim Belkacem\nEnvoyé : jeudi\nÀ : agoxe@cerdd.org\nObjet : candidature\n\nLa Ville "
        "candidate.\n\nKarim Belkacem\nResponsable"
    )
    text = (
        "Je reviens vers vous au sujet du dossier déposé par M. Belkacem.\n\nBéatrice Hennion\n"
        "Directrice générale des services\n03 53 01 85 00"
    )
    assert (
        contact("Béatrice Hennion", "dgs@x.example", text, subject="TR: candidature", quoted=quoted).name
        == "Béatrice Hennion"
    )


def test_a_transfer_service_writes_for_the_one_it_names() -> None:
    text = (
        "s.ouali@ville.example vous a envoyé 3 fichiers\n\nMessage\n\nBonsoir, voici la candidature de "
        "la Ville (lettre, annexes). "
        "Samia Ouali, chargée de la participation des habitants, 03 53 01 66 12\n\nAjoutez "
        "noreply@transfert.example à vos contacts."
    )
    assert contact("s.ouali@ville.example via Transfert", "noreply@transfert.example", text) == Person(
        "Samia Ouali", "Chargée de la participation des habitants", "s.ouali@ville.example", "+33353016612"
    )


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        ("Dossier suivi par : Nathalie Wavrin, chargée de mission, 03 53 01 40 77", "Nathalie Wavrin", "+33353014077"),
        ("Votre interlocutrice : Mme Nathalie WAVRIN - 03 53 01 40 77", "Nathalie Wavrin", "+33353014077"),
        ("Ce dossier vous est adressé à la demande de Mme Nathalie Wavrin.", "Nathalie Wavrin", ""),
    ],
)
def test_an_office_that_points_to_somebody(text: str, name: str, phone: str) -> None:
    found = contact(
        "Mairie de X",
        "mairie@x.example",
        f"Bonjour,\n\nCi-joint notre dossier.\n{text}\n\nCordialement,\n\nLe secrétariat\nMairie de X",
    )
    assert (found.name, found.phone) == (name, phone)


def test_a_mail_without_sender_has_no_contact() -> None:
    assert contact_of(mail(Address("", ""), "", senders=()), ()) == Person()


def test_a_formula_as_display_name_is_nobody() -> None:
    assert contact('=HYPERLINK("http://x.example";"Mairie")', "accueil@x.example", "Bonjour").name == ""


def test_a_web_form_gives_its_contact_label_by_label() -> None:
    text = (
        "Nom : Delbecq\nPrénom : Gaëtan\nFonction : Responsable urbanisme\nCourriel : g.delbecq@x.example\n"
        "Téléphone : 03 53 01 95 95\n\nMessage :\nLa ville est candidate.\n"
    )
    expected = Person("Gaëtan Delbecq", "Responsable urbanisme", "g.delbecq@x.example", "+33353019595")
    assert contact("Site internet", "noreply@site.example", text) == expected


def test_a_signature_on_one_line_is_read_however_long_it_is() -> None:
    line = (
        "Aude Masson | Responsable du pôle Aménagement | Mairie de Chauny, place de l'Hôtel de Ville, 02300 Chauny |"
        " 03 53 01 38 70"
    )
    found = contact("Aude Masson", "aude.masson@x.example", f"Bonjour,\n\nLa ville postule.\n\n{line}")
    assert (found.role, found.phone) == ("Responsable du pôle Aménagement", "+33353013870")


def test_who_sends_the_own_first_mail_again_is_known_by_the_signature_above_it() -> None:
    text = "Notre mail ci-dessous ne vous est jamais parvenu.\n\nHubert Roux\nDirecteur\n03 53 01 68 68"
    quoted = "De : Hubert Roux\nEnvoyé : lundi 27 février 2017 16:40\nObjet : Candidature\n\nBonjour, la candidature."
    found = contact("Hubert Roux", "h.roux@x.example", text, quoted=quoted, subject="TR: Candidature")
    assert found == Person("Hubert Roux", "Directeur", "h.roux@x.example", "+33353016868")


def test_an_administration_that_passes_a_mail_on_is_not_its_contact() -> None:
    text = "Reçu par erreur chez nous.\n\nGérard Quesnel\nSous-préfecture de Boulogne\n03 53 01 99 99"
    quoted = (
        "De : Anne Roux <a.roux@cc.example>\nObjet : Visions +21\n\nNotre candidature.\n\nAnne ROUX\n"
        "Responsable Environnement\nTél : 03 53 01 83 24"
    )
    found = contact("Sous-Préfecture", "pref-pole@x.example", text, quoted=quoted, subject="TR: Visions +21")
    assert found == Person("Anne Roux", "Responsable Environnement", "a.roux@cc.example", "+33353018324")


@pytest.mark.parametrize(
    ("email", "shown", "greeted"),
    [
        ("a.roux@x.example", "ROUX Anne", "Anne Roux"),
        ("a.roux@x.example", "", "Anne Roux"),
        ("p.noir@x.example", "NOIR Paul", "Paul Noir"),
        ("mairie@x.example", "Mairie de X", ""),
        ("p.noir@x.example", "", ""),
    ],
)
def test_an_answer_greets_who_wrote_and_not_the_contact(email: str, shown: str, greeted: str) -> None:
    assert addressee(Person("Anne Roux", "DGS", "a.roux@x.example", ""), email, shown) == greeted


def test_who_is_named_and_in_copy_is_written_to_at_the_address_of_the_copy() -> None:
    text = "Nous y allons.\n\nSarah Delhaye, en copie, suivra le dossier avec vous.\n\nVincent NOIR\nDGS"
    found = contact("NOIR Vincent", "dgs@cc.example", text, cc=(Address("", "s.delhaye@cc.example"),))
    assert (found.name, found.email) == ("Sarah Delhaye", "s.delhaye@cc.example")


def test_a_surname_alone_keeps_its_civility() -> None:
    found = contact("Mairie", "mairie@x.example", "Ci-joint le dossier.\n\nSalutations\nMME GOULARD\n03 53 01 20 30")
    assert (found.name, found.phone) == ("Mme Goulard", "+33353012030")


def test_a_form_gives_the_address_of_the_person_in_charge() -> None:
    text = (
        "STRUCTURE : Ville de X\nNOM DU RÉFÉRENT : WALLART\nPRÉNOM : Amélie\nCOURRIEL : a.wallart@x.example\n"
        "TÉLÉPHONE FIXE : 03 53 01 49 90\n"
    )
    found = contact("Service", "vie-associative@x.example", text)
    assert (found.name, found.email, found.phone) == ("Amélie Wallart", "a.wallart@x.example", "+33353014990")


def test_the_name_of_an_association_is_not_the_name_of_who_signs() -> None:
    text = (
        "Nous répondons à votre appel.\n\nBien à vous,\n\nNadège Lombard\nsecrétaire de l'association\n06 39 98 73 31"
    )
    found = contact("Ternois Demain", "contact.ternois.demain@laposte.example", text)
    assert (found.name, found.phone) == ("Nadège Lombard", "+33639987331")


def test_a_first_name_shown_and_an_initial_signed_are_one_person() -> None:
    assert contact("Francis", "fdurtelle02@free.example", "voir piece jointe\n\nF. Durtelle").name == "Francis Durtelle"


def test_of_several_passed_on_the_one_who_wrote_the_words_is_the_contact() -> None:
    text = (
        "Bonjour, voir ci-dessous, à enregistrer svp.\n\n----- Mail transféré -----\n"
        'De: "Cabinet du maire" <cabinet@ville-bornel.example>\nEnvoyé: Vendredi 17 Février 2017\nObjet: Tr: AMI\n\n'
        "Fabienne, tu peux transmettre au Cerdd ? Merci\n\n----- Mail transféré -----\n"
        'De: "Thibault Moreau" <t.moreau@ville-bornel.example>\nEnvoyé: Jeudi 16 Février 2017\nObjet: AMI\n\n'
        "La commune de Bornel a l'honneur de se porter candidate à Visions +21.\n\nThibault Moreau\n03 53 01 46 61\n"
    )
    found = contact("Secrétariat général", "sg@ville-bornel.example", text, subject="Tr: Tr: AMI visions 21")
    assert (found.name, found.email) == ("Thibault Moreau", "t.moreau@ville-bornel.example")


@pytest.mark.parametrize(
    ("of_commune", "role"),
    [(None, "Maire"), (True, "Maire"), (False, "Vice-présidente")],
    ids=["unknown", "commune", "EPCI"],
)
def test_of_two_offices_the_one_held_at_the_applicants_is_the_function(of_commune: bool | None, role: str) -> None:
    signature = "Claude Prudhomme\nMaire de Samer\nVice-présidente de la Communauté de communes de Desvres-Samer"
    message = mail(
        Address("Claude Prudhomme", "c.p@x.example"), PLAIN.format(closing="Cordialement,", signature=signature)
    )
    assert contact_of(message, (), of_commune).role == role


def test_one_office_alone_stays_whoever_applies() -> None:
    message = mail(
        Address("Anne Roy", "a.roy@x.example"), PLAIN.format(closing="Cordialement,", signature="Anne Roy\nMaire")
    )
    assert contact_of(message, (), False).role == "Maire"


NEIGHBOUR = (
    "De : Paul Wissocq [mailto:p.wissocq@ville-voisine.example]\nEnvoyé : vendredi 3 février 2017 15:12\n"
    "Objet : Visions +21\n\nNous ne candidatons pas. Et vous ?\n\nPaul Wissocq\nDirecteur général adjoint\n"
    "03 53 01 11 22"
)


def test_who_answers_a_neighbour_and_signs_is_the_contact_and_the_neighbour_is_not() -> None:
    text = (
        "Suite aux échanges ci-dessous, la CC dépose sa candidature.\n\nNadège Vasseur\nDirecteur de la CC\n"
        "03 53 01 03 04"
    )
    found = contact("Nadège Vasseur", "n.vasseur@cc.example", text, quoted=NEIGHBOUR, subject="RE: Visions +21")
    assert found == Person("Nadège Vasseur", "Directeur", "n.vasseur@cc.example", "+33353010304")


def test_an_assistant_who_passes_a_mail_on_by_answering_it_is_not_the_contact() -> None:
    text = "Ci-dessous la candidature.\n\nCorinne Baudelet\nAssistante de direction\n03 53 01 28 00"
    found = contact("Corinne Baudelet", "c.baudelet@cc.example", text, quoted=FORWARDED, subject="RE: Candidature")
    assert found == LESAGE


HEADED = (
    "De : Thomas Gricourt <t.gricourt@abbeville.example>\nEnvoyé : vendredi 13 janvier 2017 17:40\nÀ : agoxe\n"
    "Objet : Candidature\n\nVoici notre candidature.\n\nThomas Gricourt\nChargé de développement\n03 53 02 17 88"
)
GRICOURT = Person("Thomas Gricourt", "Chargé de développement", "t.gricourt@abbeville.example", "+33353021788")
ANNE = "Anne Fauquet\nResponsable des finances\nVille d'Abbeville\n03 53 02 17 99"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Envoyé de mon iPhone",
        ANNE,
        f"Cordialement,\n\n{ANNE}",
        f"Bonjour,\n\nPour information.\n\n{ANNE}",
        "--\nAnne Fauquet\nResponsable des finances",
    ],
)
def test_who_passes_a_colleagues_mail_on_without_a_word_is_not_the_contact(text: str) -> None:
    found = contact("Anne Fauquet", "a.fauquet@abbeville.example", text, subject="TR: Candidature", quoted=HEADED)
    assert found == GRICOURT


@pytest.mark.parametrize(
    ("email", "text"),
    [
        ("a.fauquet@abbeville.example", f"Bonjour,\n\nLa ville vous adresse ce dossier que je suivrai.\n\n{ANNE}"),
        ("a.fauquet@cc.example", ANNE),
    ],
)
def test_who_says_something_or_passes_on_the_mail_of_another_house_is_the_contact(email: str, text: str) -> None:
    found = contact("Anne Fauquet", email, text, subject="TR: Candidature", quoted=HEADED)
    assert found.name == "Anne Fauquet"


def test_a_building_on_the_line_of_an_address_is_nobody_whatever_the_office_is_called() -> None:
    text = "Bonjour,\n\nCordialement,\n\nHervé Loiseau\nDirecteur\nEspace Cambrésis - 14 rue Neuve - 59400 Cambrai"
    assert contact("PETR Cambrésis", "direction@paysducambresis.example", text).name == "Hervé Loiseau"


def test_a_person_beside_the_own_address_is_somebody() -> None:
    text = "Bonjour,\n\nCordialement,\n\nKossi Amegan - 14 rue Neuve - 59400 Cambrai"
    assert contact("Amegan Kossi", "k.amegan@free.example", text).name == "Kossi Amegan"


def test_a_surname_beside_a_whole_address_is_a_whole_name() -> None:
    text = (
        "A la demande de M. Lefebvre, voici la candidature.\nMerci d'écrire à M. Lefebvre :"
        " alain.lefebvre@corbie.example, 03 22 96 43 00.\n\nMartine Petit\nSecrétariat"
    )
    found = contact("secretariat", "secretariat@corbie.example", text)
    assert (found.name, found.email) == ("Alain Lefebvre", "alain.lefebvre@corbie.example")


def test_who_the_letter_points_to_is_written_to_at_the_address_that_it_gives() -> None:
    letter = (
        "Communauté de communes du Vimeu\nCandidature à Visions +21\n"
        "Contact : Luc Tavernier, directeur, l.tavernier@cc-vimeu.example, 03 22 30 40 50"
    )
    found = contact("Sous-Préfecture", "pref-territoires@somme.example", "Je vous transmets la candidature.", letter)
    assert found == Person("Luc Tavernier", "Directeur", "l.tavernier@cc-vimeu.example", "+33322304050")


def test_whom_a_secretary_names_by_the_surname_has_the_first_name_of_the_address_to_write_to() -> None:
    text = (
        "À la demande de M. Lefebvre, DGS, voici notre candidature.\n\nMerci d'écrire à alain.lefebvre@corbie.example."
    )
    found = contact("secretariat", "secretariat@corbie.example", f"{text}\n\nMartine Petit\nSecrétariat")
    assert (found.name, found.email) == ("Alain Lefebvre", "alain.lefebvre@corbie.example")


def test_a_surname_asked_for_in_a_sentence_is_completed_by_the_address_below() -> None:
    text = (
        "Bonjour,\n\nA la demande de M. Lefebvre, Directeur général des services, je vous prie de trouver la"
        " candidature.\n\nMerci d'adresser toute correspondance à M. Lefebvre : alain.lefebvre@corbie.example,"
        " 03 22 96 43 00.\n\nCordialement\n\nMartine Petit\nSecrétariat général\nMairie de Corbie"
    )
    found = contact("secretariat.general", "secretariat.general@corbie.example", text)
    assert found == Person(
        "Alain Lefebvre", "Directeur général des services", "alain.lefebvre@corbie.example", "+33322964300"
    )
