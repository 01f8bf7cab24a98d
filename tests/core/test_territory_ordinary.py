"""Ordinary candidatures as a hurried person writes them: small letters, short names, one sentence above a signature."""

from pathlib import Path

import pytest

from pipeline.adapters.gazetteer import Gazetteer
from pipeline.core.territory import Territories, clues_from, identify
from tests.core.test_territory import ask, code_of
from tests.core.triage.mails import mail

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def territories() -> Territories:
    return Gazetteer(ROOT / "config" / "territories").territories()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Neuville-Saint-Vaast candidate à Visions +21.\n\nJean Coquelle\nMaire de Bavay", ""),
        ("Wimereux candidate à Visions +21.\n\nJean Coquelle\nMairie de Wimereux", "62893"),
        ("Bonjour voici la lettre de candidature de Neuville-Saint-Vaast\n\nJean Coquelle, maire", "62609"),
        (
            "Veuillez trouver ci-joint, pour la ville d'Arques (62) :\n- la candidature à Visions +21 ;\n- pour"
            " information seulement, la lettre de soutien de la CAPSO.\n\nX. Lenglet\nDGS",
            "62040",
        ),
    ],
)
def test_a_short_sentence_above_a_signature_is_read_as_what_it_says(
    territories: Territories, text: str, code: str
) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{text}", subject="Arques" if "Arques" in text else "AMI")) == code


@pytest.mark.parametrize(
    "said", ["Notre village et son avenir", "La ville change", "Une commune pas comme les autres", "La ville y va"]
)
def test_plain_words_behind_a_word_of_type_are_no_commune(territories: Territories, said: str) -> None:
    text = f"Bonjour,\n\n{said}. Nous souhaitons répondre à Visions +21.\n\nJean Thibaut\nMaire d'Airaines"
    assert code_of(ask(territories, text, subject=said)) == "80013"


def test_the_verb_behind_a_name_does_not_make_another_name_of_it(territories: Territories) -> None:
    for text in ("La ville de Belleu se porte candidate.", "la commune de belleu se porte candidate"):
        assert code_of(ask(territories, f"{text}\n\nAnne Roy\nMairie de Belleu\n02200 Belleu")) == "02064"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Méru se porte candidate à Visions +21.", "60395"),
        ("Laon souhaite candidater à Visions +21.", "02408"),
        ("Voici la candidature de Ham à Visions +21.", "80410"),
        ("Long, c'est long : nous souhaitons candidater à Visions +21.", ""),
        ("Rue de la Gare, nous souhaitons candidater à Visions +21.", ""),
    ],
)
def test_a_short_name_counts_where_somebody_of_that_name_applies(
    territories: Territories, said: str, code: str
) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{said}\n\nCordialement,\nJean Coquelle, maire")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("breteuil (Oise) souhaite candidater a Visions +21.\n\nPierre Andrieux, maire adjoint", "60104"),
        ("La commune d'Hauteville (Pas-de-Calais) souhaite candidater.\n\nPierre Andrieux", "62418"),
        ("La commune d'Hauteville (02) candidate, avec la commune d'Hauteville (62).\n\nPierre Andrieux", "02376"),
        ("La commune d'Hauteville (Nord) souhaite candidater.\n\nPierre Andrieux", ""),
    ],
)
def test_the_departement_in_brackets_tells_which_commune(territories: Territories, text: str, code: str) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{text}")) == code


ARMENTIERES, VILLES_SOEURS, LUMBRES = "59017", "247600588", "246201016"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Armentières n'a finalement pas déposé de dossier à Visions +21 (la MEL le fait déjà pour l'ensemble), mais"
            " répond présent pour Territoires participatifs.\n\nJérôme Cailliez\nVille d'Armentières",
            ARMENTIERES,
        ),
        (
            "Le dossier de la ville d'Armentières à Visions +21 (que la MEL dépose aussi) est joint.\n\nJ. C.\n"
            "Ville d'Armentières",
            ARMENTIERES,
        ),
        ("Notre intercommunalité (la CC du Pays de Lumbres) se porte candidate.\n\nJérôme Cailliez", LUMBRES),
        ("Ma collectivité (Mairie de Bavay) candidate.\n\nJérôme Cailliez", "59053"),
    ],
)
def test_what_stands_in_brackets_is_a_sentence_of_its_own(territories: Territories, text: str, code: str) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{text}")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "La Communauté de communes des Villes Sœurs vous adresse son dossier Visions +21. Notre siège est à Eu ;"
            " si ce point posait problème, la commune de Mers-les-Bains (80) pourrait reprendre la candidature.",
            VILLES_SOEURS,
        ),
        (
            "La CC du Pays de Lumbres candidate à Visions +21. La ville de Wizernes pourra se joindre à nous ensuite.",
            LUMBRES,
        ),
        ("La CC du Pays de Lumbres, dont le siège social est situé à Lumbres, se porte candidate.", LUMBRES),
        ("La CC du Pays de Lumbres, basée à Lumbres, répond à votre AMI.", LUMBRES),
        (
            "La CC du Pays de Lumbres répond à votre AMI.\n\nP. P.\nDirecteur\n1 place de la Mairie\n62380 Lumbres",
            LUMBRES,
        ),
        ("Comme l'a fait Wizernes, la CC du Pays de Lumbres candidate à Visions +21.", LUMBRES),
        ("Informée par la commune de Wizernes, la CC du Pays de Lumbres candidate à Visions +21.", LUMBRES),
        ("Après la ville de Wizernes, la CC du Pays de Lumbres candidate à Visions +21.", LUMBRES),
        ("La ville de Wizernes, au cœur de la CA du Pays de Saint-Omer, se porte candidate à Visions +21.", "62902"),
    ],
)
def test_the_seat_and_who_could_apply_instead_do_not_apply(territories: Territories, text: str, code: str) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{text}")) == code


BAILLEUL = {"59": "59043", "80": "80051"}


@pytest.mark.parametrize(
    ("text", "clues", "code"),
    [
        ("T V\nVille de Bailleul\n03 28 50 06 71", {}, BAILLEUL["59"]),
        ("T V\nVille de Bailleul\n+33 (0)3 22 50 06 71", {}, BAILLEUL["80"]),
        # The telephones of the Pas-de-Calais reach over both borders.
        ("T V\nCommune de Bailleul\n03 21 50 06 71", {}, ""),
        ("T V\nVille de Bailleul\n03 28 50 06 71\n01 40 00 00 00", {}, ""),
        ("Suite à notre appel au 03 28 50 06 71.\n\nCordialement,\nT V\nDGS", {}, ""),
        ("T V\nVille de Bailleul", {"sender_domain": "mairie-bailleul80.example"}, BAILLEUL["80"]),
        ("T V\nVille de Bailleul", {"sender_domain": "mairie-bailleul59270.example"}, BAILLEUL["59"]),
        ("T V\nVille de Bailleul", {"sender_domain": "3dbailleul.example"}, ""),
        ("La CA Cœur de Flandre nous soutient.\n\nT V\nVille de Bailleul", {}, BAILLEUL["59"]),
        ("La CC du Pays de Lumbres nous soutient.\n\nT V\nVille de Bailleul", {}, ""),
    ],
)
def test_telephone_domain_and_epci_tell_namesakes_apart(
    territories: Territories, text: str, clues: dict[str, str], code: str
) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\nLa ville de Bailleul est candidate.\n\n{text}", **clues)) == code


def test_the_number_in_the_address_of_a_town_hall_tells_its_departement(territories: Territories) -> None:
    found = {}
    for number in ("", "62", "02100"):
        message = mail("AMI", "Nous voulons candidater.", sender=f"mairie.rouvroy{number}@wanadoo.example", name="")
        found[number] = code_of(identify(clues_from(message, ()), territories, ("32",)))
    assert found == {"": "", "62": "62724", "02100": "02659"}


@pytest.mark.parametrize(
    ("said", "signed", "code"),
    [
        ("Notre communauté de communes se porte candidate à Visions +21.", "Maire de Wizernes", ""),
        ("Le conseil communautaire a décidé de répondre à votre AMI.", "Mairie de Wizernes", ""),
        ("L'agglo souhaite répondre à votre AMI.", "Mairie de Wizernes", ""),
        ("Voici la candidature de notre intercommunalité.", "Mairie de Wizernes", ""),
        ("Notre commune se porte candidate à Visions +21.", "CC du Pays de Lumbres", ""),
        ("Le conseil municipal a décidé de répondre à votre AMI.", "CC du Pays de Lumbres", ""),
        ("Notre communauté de communes nous soutient : nous candidatons.", "Mairie de Wizernes", "62902"),
        ("Avec l'accord de notre agglo, Wizernes candidate à Visions +21.", "Mairie de Wizernes", "62902"),
        ("La MEL candidate à Visions +21.", "Mairie de Sainghin-en-Mélantois", ""),
    ],
)
def test_an_employer_of_another_level_than_the_one_that_applies_is_not_recorded(
    territories: Territories, said: str, signed: str, code: str
) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{said}\n\nCordialement,\nAnne Roy\n{signed}")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("La CC du Pays de Lumbres se porte candidate.\n\nPaul Petit\nPrésident\nMaire de Wizernes", LUMBRES),
        ("La CC du Pays de Lumbres se porte candidate.\n\nPaul Petit\nDGS\nMairie de Wizernes", ""),
        ("Notre dossier est joint.\n\nPaul Petit\nPrésident de la CC du Pays de Lumbres\nMaire de Wizernes", ""),
        ("Nous candidatons.\n\nPaul Petit\nMairie de Wizernes\nMembre de la CA du Pays de Saint-Omer", "62902"),
        (
            "Maire de Wizernes et vice-président de la CC du Pays de Lumbres, je porte la candidature de ma commune."
            "\n\nPaul Petit",
            "62902",
        ),
    ],
)
def test_of_two_offices_the_one_that_applies_is_told_by_the_text_or_the_title(
    territories: Territories, text: str, code: str
) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{text}")) == code


@pytest.mark.parametrize(
    ("text", "subject", "code"),
    [
        (
            "Faches-Thumesnil candidate à Visions +21 :)\n\nA. M.\nChargée de mission",
            "Faches-Thumesnil y va !",
            "59220",
        ),
        ("Wimereux se porte candidate.\n\nA. M.\nChargée de mission\nWimereux\n03 21 00 00 00", "AMI", "62893"),
        ("Wimereux se porte candidate. Notre commune change.\n\nA. M.", "AMI", "62893"),
        ("Arras se porte candidate. Notre ville change.\n\nA. M.", "AMI", ""),
        ("Wimereux se porte candidate.\n\nA. M.", "AMI", ""),
        ("Liévin se porte candidate.\n\nA. M.\nLiévin", "Candidature de Liévin", ""),
        ("Wimereux se porte candidate.\n\nA. M.\nDGS de l'agglo", "Candidature de Wimereux", ""),
        ("Wimereux se porte candidate. Notre agglomération change.\n\nA. M.", "Candidature de Wimereux", ""),
        ("Une pétition sur la réunion à Wimereux.\n\nA. M.", "Wimereux", ""),
    ],
)
def test_a_bare_name_given_twice_is_the_commune_unless_its_epci_may_be_called_so(
    territories: Territories, text: str, subject: str, code: str
) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{text}", subject=subject)) == code


@pytest.mark.parametrize(
    "said",
    [
        "M. Corbie, notre maire, m'a chargé de déposer la candidature de notre commune.",
        "Mme Anne Marquise dépose la candidature de notre commune.",
        "Suite à votre réunion à Loos-en-Gohelle, voici la candidature de notre commune.",
        "Nous étions à Loos-en-Gohelle et souhaitons candidater.",
    ],
)
def test_a_surname_and_where_one_met_are_no_applicant(territories: Territories, said: str) -> None:
    for town, code in (("Bavay", "59053"), ("Loos", "59360")):
        assert code_of(ask(territories, f"Bonjour,\n\n{said}\n\nA. M.\nMairie de {town}")) == code


@pytest.mark.parametrize(
    ("said", "signed", "code"),
    [
        ("Notre syndicat mixte se porte candidat à Visions +21.", "Maire de Wizernes", ""),
        ("Notre intercommunalité souhaite suivre la démarche : nous candidatons.", "Mairie de Wizernes", "62902"),
        ("Il est possible que l'agglo candidate l'an prochain. Voici notre dossier.", "Mairie de Wizernes", "62902"),
        ("La ville centre dépose une demande au CNM. Nous candidatons.", "CC du Pays de Lumbres", LUMBRES),
        ("La mairie d'Aire candidate à Visions +21.", "DGS", ""),
        ("La mairie d'Aire candidate à Visions +21.", "DGS\n08190 Aire", "08004"),
        ("La mairie d'Aire candidate à Visions +21.", "DGS\n62120 Aire-sur-la-Lys", "62014"),
        ("voici notre candidature", "mairie de wimereux", "62893"),
        ("voici notre candidature", "tiers-lieu de la mairie de wimereux", ""),
    ],
)
def test_what_others_wish_and_a_name_cut_short_decide_nothing(
    territories: Territories, said: str, signed: str, code: str
) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{said}\n\nCordialement,\nAnne Roy\n{signed}")) == code


def test_an_epci_that_passes_on_the_candidature_of_a_commune_is_not_recorded_for_it(territories: Territories) -> None:
    text = "Pour suite à donner.\n\nCordialement,\nAnne Roy\nCC du Pays de Lumbres"
    quoted = "> La commune de Wizernes se porte candidate à Visions +21.\n>\n> Paul Petit"
    assert code_of(ask(territories, text, subject="TR: AMI", quoted=quoted)) == ""
    assert code_of(ask(territories, text, subject="TR: AMI", quoted="> Notre commune se porte candidate.")) == LUMBRES
