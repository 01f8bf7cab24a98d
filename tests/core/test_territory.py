"""Which collectivité applies: the ways people write its name, and what only looks like an applicant."""

import json
from pathlib import Path

import pytest

from pipeline.adapters.documents import DocumentReader
from pipeline.adapters.gazetteer import Gazetteer
from pipeline.core.message import Message, read_message
from pipeline.core.person import contact_of
from pipeline.core.territory import Clues, Identification, Territories, clues_from, identify
from pipeline.core.territory.regions import REGION_OF, in_regions, postcodes_in, regions_by_telephone
from tests.core.triage.mails import mail

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
HAUTS_DE_FRANCE = ("32",)


@pytest.fixture(scope="module")
def territories() -> Territories:
    return Gazetteer(ROOT / "config" / "territories").territories()


def ask(territories: Territories, text: str, **clues: object) -> Identification:
    values: dict[str, object] = {
        "sender_domain": "orange.fr",
        "subject": "Candidature",
        "text": text,
        "quoted": "",
        "documents": (),
    }
    return identify(Clues(**{**values, **clues}), territories, HAUTS_DE_FRANCE)  # type: ignore[arg-type]


def code_of(found: Identification) -> str:
    """The INSEE code of a commune, the SIREN of the others, "" when unknown."""
    place = found.collectivite
    return "" if place is None else (place.insee if place.kind == "COM" else place.siren)


def test_the_list_of_france_that_was_put_away_is_made_again_when_it_is_asked_for() -> None:
    territories = Gazetteer(ROOT / "config" / "territories").territories()
    before = territories.france
    found = code_of(ask(territories, "la commune de Brest"))
    territories.put_away_france()
    assert (territories.france is not before, code_of(ask(territories, "la commune de Brest"))) == (True, found)


LETTER = """Bonjour,

{name} souhaite répondre à votre appel à manifestation d'intérêt Visions +21.

Cordialement,

Jeanne Martin
Chargée de mission
{name}"""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Communauté d'Agglomération Béthune Bruay", "200072460"),
        ("COMMUNAUTE D'AGGLOMERATION DE BÉTHUNE-BRUAY, ARTOIS-LYS ROMANE", "200072460"),
        ("AGGLO BETHUNE BRUAY", "200072460"),
        ("VILLE DE BETHUNE", "62119"),
        ("Métropole européenne de Lille – MEL", "200093201"),
        ("Lille Métropole", "200093201"),
        ("LILLE METROPOLE COMMUNAUTE URBAINE", "200093201"),
        ("Ville de Lille", "59350"),
        ("Mairie de Lomme", "59350"),
        ("Dunkerque Grand Littoral", "245900428"),
        ("Mairie de Dunkerque", "59183"),
        ("Communauté urbaine Arras", "200033579"),
        ("Commune d'Arras", "62041"),
        ("Com d'agglo du pays de St Omer", "200069037"),
        ("Agglo de Saint-Omer", "200069037"),
        ("CA de Saint-Omer", "200069037"),
        ("Amiens Métropole", "248000531"),
        ("Agglo des 2 Baies en Montreuillois", "200069029"),
        ("Mairie de Montreuil sur Mer", "62588"),
        ("CC Pays de Mormal", "200043321"),
        ("COM DE COM DU PAYS DE MORMAL", "200043321"),
        ("Com de Com du Val de Somme", "248000499"),
        ("Comcom Osartis-Marquion", "200044048"),
        ("Osartis-Marquion", "200044048"),
        ("Communaupole de Lens-Liévin", "246200364"),
        ("Agglo Lens Liévin", "246200364"),
        ("Communauté d'Agglomération Hénin-Carvin", "246200299"),
        ("Agglomération de la Région de Compiègne", "200067965"),
        ("Agglomération Creil Sud Oise (ACSO)", "200068047"),
        ("Grand Soissons", "240200477"),
        ("Communauté de communes de Flandre Intérieure", "200040947"),
        ("Coeur de Flandre agglo", "200040947"),
        ("CC Flandre-Lys", "245900758"),
        ("CC Val de l'Aisne", "240200501"),
        ("CC Val de l'Oise", "200040426"),
        ("CC des Trois Rivières", "240200600"),
        ("CC du Clermontois", "246000376"),
        ("Terre des 2 Caps", "246200380"),
        ("Communauté d'agglomération du Calaisis", "200090751"),
        ("CA du Douaisis", "200044618"),
        ("PNR Avesnois", "255902710"),
        ("Syndicat Mixte du SCoT Grand Douaisis", "255902850"),
        ("Pole Metropolitain de l'Artois", "200060358"),
        ("PETR de Thiérache", "200051118"),
        ("CD59", "225900018"),
        ("CG 62", "226200012"),
        ("Conseil Général du Pas de Calais", "226200012"),
        ("Conseil régional Nord Pas de Calais Picardie", "200053742"),
        ("Ville du Quesnoy", "59481"),
        ("CC de l'Atrébatie", "200069482"),
        ("CC de l'Artois", "200033579"),
        ("Commune de Y", "80829"),
        ("Ville du Touquet-Paris-Plage", "62826"),
        ("CC Coeur de l'Avesnois", "200043263"),
    ],
)
def test_a_name_as_people_write_it_is_recognised(territories: Territories, name: str, code: str) -> None:
    found = ask(territories, LETTER.format(name=name))
    assert (code_of(found), found.in_region) == (code, True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ville de Reims", "51454"),
        ("Mairie d'Eu", "76255"),
        ("Communauté d'agglomération de la Région Dieppoise", "247600786"),
        ("Métropole Rouen Normandie", "200023414"),
        ("Mairie de L'Isle-Adam", "95313"),
    ],
)
def test_a_collectivite_of_elsewhere_is_recognised_as_such(territories: Territories, name: str, code: str) -> None:
    found = ask(territories, LETTER.format(name=name))
    assert (code_of(found), found.in_region) == (code, False)


@pytest.mark.parametrize(
    ("name", "candidate"),
    [
        ("Arras", "Communauté urbaine d'Arras"),
        ("CABBALR", "Communauté d'agglomération de Béthune-Bruay, Artois-Lys Romane"),
        ("MEL", "Métropole Européenne de Lille"),
        ("CUD", "Communauté urbaine de Dunkerque"),
        ("CCPM", "Communauté de communes du Pays de Mormal"),
        ("Pays de Saint-Omer", "Communauté d'agglomération du Pays de Saint-Omer"),
        ("Grand Calais", "Communauté d'agglomération Grand Calais Terres et Mers"),
        ("Mairie de Bailleul", "Bailleul"),
        ("Mairie de St-Omer", "Saint-Omer"),
        ("Ville de Clermont", "Clermont"),
        ("CC des 2 Vallées", "Communauté de communes des Deux Vallées"),
        (
            "Communauté de communes de l'Ourcq et du Clignon",
            "Communauté d'agglomération de la Région de Château-Thierry",
        ),
        ("Communauté de communes du Pays de Lumbes", "Communauté de communes du Pays de Lumbres"),
        ("PNR Baie de Somme", "SM Baie de Somme 3 vallées"),
        ("SYMPAC", "SM du Pays du Calaisis (SYMPAC)"),
    ],
)
def test_a_doubtful_name_proposes_and_never_decides(territories: Territories, name: str, candidate: str) -> None:
    found = ask(territories, LETTER.format(name=name))
    assert found.collectivite is None
    assert candidate in [place.name for place in found.candidates]
    assert (found.in_region, found.not_collectivite) == (None, False)
    assert found.why


@pytest.mark.parametrize(
    "name",
    [
        "Université de Lille",
        "Chambre d'agriculture du Nord-Pas de Calais",
        "CPIE Val d'Authie",
        "Agence d'urbanisme de la région de Saint-Omer",
        "DDTM du Pas-de-Calais",
        "CCAS de la ville de Lens",
        "Office de tourisme de Saint-Omer",
        "Association Lens en Transition",
    ],
)
def test_a_body_that_only_carries_a_name_of_place_is_no_collectivite(territories: Territories, name: str) -> None:
    found = ask(territories, LETTER.format(name=name))
    assert (found.collectivite, found.not_collectivite, found.organisation_name) == (None, True, name)


def test_an_association_that_names_an_epci_is_not_that_epci(territories: Territories) -> None:
    text = (
        "Notre association, Pévèle en Transition (loi 1901), souhaite répondre avec la communauté de communes "
        "Pévèle-Carembault.\n\nCordialement,\n\nÉlodie Masure\nCo-présidente\nPévèle en Transition"
    )
    found = ask(territories, text)
    assert (found.collectivite, found.not_collectivite, found.in_region) == (None, True, None)
    assert found.organisation_name == "Pévèle en Transition"


def test_the_function_of_who_signs_is_not_the_name_of_the_collectivite(territories: Territories) -> None:
    text = "La ville de Bailleul est candidate.\n\nCordialement,\n\nJeanne Petit\nMaire\nMairie de Bailleul"
    found = ask(territories, text)
    assert (found.collectivite, found.organisation_name) == (None, "Mairie de Bailleul")


def test_a_consultant_writes_for_the_collectivite_that_applies(territories: Territories) -> None:
    text = (
        "Notre bureau d'études accompagne la Communauté d'agglomération du Beauvaisis et dépose en son nom sa "
        "candidature.\n\nCordialement,\nLuc Petit\nCabinet Territoires & Co\n75010 Paris"
    )
    assert code_of(ask(territories, text, subject="Candidature de la CA du Beauvaisis")) == "200067999"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "La Ville de Fourmies candidate. La communauté de communes du Sud-Avesnois, informée, étudie de son côté "
            "une candidature propre.",
            "59249",
        ),
        (
            "La Ville de Crépy-en-Valois vous adresse sa candidature. La Communauté de communes du Pays de Valois, "
            "dont nous sommes membre, a été informée et n'est pas elle-même candidate.\n\nA F\n"
            "Ville de Crépy-en-Valois",
            "60176",
        ),
        (
            "La Ville de Crépy-en-Valois est candidate. La Communauté de communes du Pays de Valois, elle, ne se porte "
            "pas candidate.\n\nA F\nVille de Crépy-en-Valois",
            "60176",
        ),
        (
            "La communauté de communes du Sud-Avesnois dépose sa candidature.\n\nCordialement,\nPaul Durand\n"
            "CC du Sud-Avesnois\n2 rue X\n59610 Fourmies",
            "200043404",
        ),
        (
            "La Communauté d'agglomération de Lens-Liévin candidate, avec le soutien de la Ville de Lens.\n\nJean\n"
            "CALL\n62300 Lens",
            "246200364",
        ),
        (
            "La Ville de Lille, membre de la Métropole européenne de Lille, répond à votre AMI.\n\nA V\nVille de Lille",
            "59350",
        ),
        (
            "La Ville de Roubaix souhaite rejoindre la démarche Visions+21, comme la Ville de Lille l'a fait.\n\nM. K\n"
            "Ville de Roubaix",
            "59512",
        ),
        (
            "la communaute de communes de l'Atrebatie est candidate. Elle fusionne pour former la CC des Campagnes de "
            "l'Artois.\n\nPhilippe Demailly\nDGS\nCC de l'Atrebatie",
            "200069482",
        ),
        (
            "Ci-joint la candidature de notre commune.\n\nCordialement,\nJ. Dubois\nMaire de Bruay-la-Buissière\n"
            "Vice-président de la Communauté d'agglomération Béthune-Bruay, Artois Lys Romane",
            "62178",
        ),
        (
            "Ci-joint notre dossier.\n\nCordialement,\n\nLe Président,\nPaul Petit\nMaire de Tramecourt\n\n"
            "Communauté urbaine d'Arras",
            "200033579",
        ),
        (
            "Nous souhaitons participer.\n\nCordialement\nLe secrétariat\nMairie\n1 place Foch\n62140 Brévillers",
            "62175",
        ),
        ("la ville de fourmies candidate.\n\njean\nmairie de fourmies\n59610 fourmies", "59249"),
        ("la ville de fourmies candidate.\n\njean\nmairie de fourmies", "59249"),
        ("la ville de fourmies candidate.\n\njean", ""),
    ],
)
def test_a_name_merely_mentioned_is_not_the_applicant(territories: Territories, text: str, code: str) -> None:
    assert code_of(ask(territories, f"Bonjour,\n\n{text}")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("La ville de Bailleul est candidate.\n\nT V\nMairie de Bailleul\n59270 BAILLEUL", "59043"),
        ("La commune de Bailleul (Somme) est candidate.\n\nT V", "80051"),
        ("La commune de Bailleul est candidate.\n\nT V\nMaire", ""),
        ("La ville de Saint-Omer candidate.\n\nMairie de Saint-Omer\nTél. 03 21 98 40 88", "62765"),
        ("La Ville de Montreuil candidate.\n\nJean\nVille de Montreuil\n93100 Montreuil", "93048"),
        ("La commune de Montreuil candidate.\n\nJean\nMairie de Montreuil\n62170 Montreuil", "62588"),
        ("La CC des Deux Vallées candidate.\n\nJean\n9 rue Juin\n60150 Thourotte", "246000772"),
    ],
)
def test_namesakes_are_told_apart_by_their_place_or_not_at_all(territories: Territories, text: str, code: str) -> None:
    assert code_of(ask(territories, text)) == code


@pytest.mark.parametrize(
    "text",
    [
        "La Ville de Lens et la Ville de Liévin déposent une candidature commune.\n\nJean\nVille de Lens",
        "Ci-joint notre dossier.\n\nJ. Dubois\nMaire de Bruay-la-Buissière, Vice-président de la CA de Béthune-Bruay",
        "Notre dossier.\n\nJean Petit\nVille d'Amiens et Amiens Métropole",
        "Notre dossier.\n\nPaul Bailleul\nMaire de Clamecy\n\nUCCSA\n02880 CLAMECY",
        "Notre dossier.\n\nPaul Petit\nMaire de Lens\nOsartis-Marquion",
    ],
)
def test_two_possible_applicants_are_shown_and_none_is_chosen(territories: Territories, text: str) -> None:
    found = ask(territories, text)
    assert found.collectivite is None
    assert len(found.candidates) > 1


def test_an_acronym_is_confirmed_by_the_domain_or_the_full_name(territories: Territories) -> None:
    text = "La CAPSO candidate.\n\nIsabelle\nCAPSO"
    assert code_of(ask(territories, text)) == ""
    assert code_of(ask(territories, text, sender_domain="capso.example")) == "200069037"
    letter = "Communauté d'agglomération du Pays de Saint-Omer\n2 rue X\n\nObjet : candidature\n\nMonsieur,"
    assert code_of(ask(territories, text, documents=(letter,))) == "200069037"


def test_an_own_domain_decides_and_a_shared_one_does_not(territories: Territories) -> None:
    text = "Ci-joint notre dossier.\n\nCordialement\nIsabelle"
    assert code_of(ask(territories, text, sender_domain="ca-pso.fr")) == "200069037"
    assert code_of(ask(territories, text, sender_domain="mail.ca-pso.fr")) == "200069037"
    assert code_of(ask(territories, text, sender_domain="amiens-metropole.com")) == ""
    assert code_of(ask(territories, text, sender_domain="wanadoo.fr")) == ""


def test_a_siren_decides_even_when_its_epci_has_merged(territories: Territories) -> None:
    assert code_of(ask(territories, "Dossier joint.", documents=("SIRET : 200 069 672 00015",))) == "200069672"
    assert code_of(ask(territories, "Ci-joint.\nN° SIREN 246 201 149")) == "200090751"
    assert code_of(ask(territories, "Ci-joint.\nN° SIREN 246 201 148")) == ""


def test_a_siren_and_a_domain_that_disagree_are_left_to_a_person(territories: Territories) -> None:
    found = ask(territories, "Dossier joint.\nSIREN 200 069 672", sender_domain="ca-pso.fr")
    assert (found.collectivite, len(found.candidates)) == (None, 2)


def test_the_documents_speak_when_the_mail_says_nothing(territories: Territories) -> None:
    letter = (
        "Ville de Wattrelos\nPlace Delvainquière\n59150 Wattrelos\n\nCerdd\nÀ l'attention de M. Goxe\n"
        "62750 Loos-en-Gohelle\n\nObjet : candidature\n\nMonsieur,\n\nLa Ville présente sa candidature.\n\nLe Maire"
    )
    assert code_of(ask(territories, "Ci-joint le courrier.\n\nCordialement", documents=(letter,))) == "59650"


def test_a_letter_of_support_does_not_apply(territories: Territories) -> None:
    support = (
        "Communauté d'agglomération de la Porte du Hainaut\n\nObjet : soutien\n\nMonsieur,\n\nLa Communauté "
        "d'agglomération de la Porte du Hainaut soutient la candidature de la Ville de Denain.\n\nLe Président"
    )
    text = "La ville de Denain est candidate.\n\nM. K\nVille de Denain"
    assert code_of(ask(territories, text, documents=(support,))) == "59172"


def test_what_is_passed_on_speaks_when_the_sender_says_nothing(territories: Territories) -> None:
    quoted = "> De : Marc X\n> Objet : AMI\n>\n> La Ville de Dunkerque souhaite répondre à l'AMI.\n>\n> Marc X"
    assert code_of(ask(territories, "Pour suite à donner.", subject="TR: AMI", quoted=quoted)) == "59183"


def test_the_reasons_say_where_the_name_stands_and_that_it_is_old(territories: Territories) -> None:
    found = ask(territories, "La CC de l'Atrébatie est candidate.\n\nP. D.\nDGS", subject="Réponse")
    artois = "Communauté de communes des Campagnes de l'Artois"
    assert found.why == f"Collectivité reconnue (texte de la candidature)\u00a0: {artois}."
    assert found.former_name == "CC de l'Atrébatie"


def test_an_empty_mail_names_nobody(territories: Territories) -> None:
    found = ask(territories, "", subject="")
    why = "Aucune collectivité n'est nommée de façon reconnaissable\u00a0: à compléter."
    assert found == Identification(None, None, why=why)


@pytest.mark.parametrize("text", ["Ville de " * 9000, "CC " * 9000, "\n" * 200_000, "a" * 200_000, "(" * 50_000])
def test_a_text_made_to_be_slow_is_read_all_the_same(territories: Territories, text: str) -> None:
    assert ask(territories, text[:27_000], sender_name=text).collectivite is None


def test_a_collectivite_across_two_regions_is_in_both(territories: Territories) -> None:
    found = identify(Clues("", "Candidature de la CC des Villes Sœurs", "", "", ()), territories, HAUTS_DE_FRANCE)
    assert found.in_region is True


def test_every_departement_of_the_reference_list_has_a_region(territories: Territories) -> None:
    rows = list(territories.departements_by_code.values())
    assert {place for row in rows for place in row["departments"].split("|")} <= set(REGION_OF)
    assert in_regions(("02",), ("32",)) and not in_regions(("76",), ("32",))


def test_the_population_of_a_year_keeps_the_name_of_today(territories: Territories) -> None:
    place = ask(territories, LETTER.format(name="CC du Pays de Lumbres")).collectivite
    assert place is not None
    then = territories.nominal_at(place, 2017)
    assert (then.name, then.siren) == ("Communauté de communes du Pays de Lumbres", "246201016")
    assert then.population != place.population
    assert territories.nominal_at(place, 1990) == place


def test_a_postcode_is_no_cs_no_count() -> None:
    text = "12 rue X - CS 50001 - 59000 Lille\nBP 62114\n62000 habitants\n62140 Marconne"
    assert postcodes_in(text) == [("59000", "Lille"), ("62140", "Marconne")]


def test_landlines_tell_the_regions() -> None:
    assert regions_by_telephone("Tél. 03 21 00 00 00 et +33 (0)3 20 00 00 00") == {"27", "32", "44"}
    assert regions_by_telephone("03 21 00 00 00 / 04 00 00 00 00") == frozenset()
    assert regions_by_telephone("06 39 98 00 00") == frozenset()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample corpus is not beside the project")
def test_the_sample_candidatures_are_recognised_without_a_mistake(territories: Territories) -> None:
    labels = json.loads((SAMPLES / "labels.json").read_text("utf-8"))["messages"]
    for label in (one for one in labels if one["nature"] == "candidature"):
        message = read_message((SAMPLES / "mail" / label["file"]).read_bytes())
        assert isinstance(message, Message)
        texts = tuple(map(DocumentReader().text, message.documents))
        found = identify(clues_from(message, texts), territories, HAUTS_DE_FRANCE)
        want, contact = label["collectivite"], label["contact"]
        siren = found.collectivite.siren if found.collectivite else None
        assert (label["file"], siren, found.in_region) == (label["file"], want["siren"], want["in_region"])
        person = contact_of(message, texts)
        assert (person.name, person.email, person.phone) == (contact["name"], contact["email"], contact["phone"] or "")


@pytest.mark.parametrize(
    ("text", "clues", "code"),
    [
        # The writer's offices do not say who applies, the sentence does.
        (
            "En ma qualité de maire de Corbie et de président de la CC du Val de Somme, je vous informe que la"
            " Communauté de communes du Val de Somme candidate à Visions +21.\n\nPaul Lenoir\nMaire de Corbie",
            {},
            "248000499",
        ),
        (
            "Maire de Corbie et vice-président de la CC du Val de Somme, je dépose la candidature de Corbie à Visions"
            " +21.\n\nPaul Lenoir\nMaire de Corbie\nVice-président de la CC du Val de Somme",
            {},
            "80212",
        ),
        # What is put aside is named nowhere.
        (
            "La Ville de Béthune, et non l'agglomération de Béthune-Bruay, candidate à Visions +21.\n\nAnne Roy\nAgglo"
            " Béthune-Bruay",
            {},
            "62119",
        ),
        # Towns that tell where a territory lies do not apply.
        ("La CCHF (autour de Bergues, Hondschoote et Wormhout) dépose un dossier.", {"subject": "CCHF"}, ""),
        (
            "La CCHF (autour de Bergues, Hondschoote et Wormhout) dépose un dossier.",
            {"subject": "CCHF", "sender_domain": "cchf.example"},
            "200040954",
        ),
        # A street is no commune, a commune called Rue is one.
        ("La commune de Marconne candidate.\n\nAnne Roy\nMairie - Place de la Liberté\n62140 MARCONNE", {}, "62447"),
        ("La ville de Rue souhaite candidater à Visions +21.", {}, "80688"),
        # People say where a town lies.
        ("La Ville de Berck-sur-Mer candidate à Visions +21.", {}, "62108"),
        ("La Ville de Boulogne-Billancourt candidate à Visions +21.", {}, "92012"),
        # A name cut short is the longer one beside it.
        (
            "Crépy-en-Valois répond à votre AMI.",
            {"sender_name": "Mairie de Crépy", "sender_domain": "crepy-en-valois.example"},
            "60176",
        ),
        # A short name counts at its own postcode.
        ("Hem (59510) souhaite répondre à Visions +21.", {"sender_domain": "ville-hem.example"}, "59299"),
        ("Hem hem, nous souhaitons répondre à Visions +21.", {"sender_domain": "ville-hem.example"}, ""),
        ("Inscris Loos en Gohelle stp", {"sender_domain": "loosengohelle.example"}, "62528"),
        # Who pays for something else does not apply.
        (
            "Lauréate de l'AMI de l'ADEME, la Ville de Denain est aussi candidate à Visions +21.",
            {},
            "59172",
        ),
        ("La candidature de Maubeuge vous est adressée.", {"sender_domain": "ville-maubeuge.example"}, "59392"),
    ],
)
def test_who_applies_is_told_from_who_is_only_named(
    territories: Territories, text: str, clues: dict[str, str], code: str
) -> None:
    assert code_of(ask(territories, text, **clues)) == code


def test_a_body_that_passes_a_candidature_on_does_not_apply_itself(territories: Territories) -> None:
    found = ask(
        territories,
        "Reçu chez nous par erreur.\n\nSous-préfecture de Lens",
        quoted="Bonjour,\n\nLa Communauté de communes du Ternois dépose sa candidature à Visions +21.",
    )
    assert (code_of(found), found.not_collectivite) == ("200069672", False)


def test_the_address_of_a_town_hall_at_a_provider_says_which_town(territories: Territories) -> None:
    message = mail("AMI", "Nous voulons candidater.", sender="mairie.ambleteuse@wanadoo.example", name="")
    found = identify(clues_from(message, ()), territories, ("32",))
    assert found.collectivite and found.collectivite.name == "Ambleteuse"


def test_the_address_of_a_town_hall_that_has_namesakes_says_none_of_them(territories: Territories) -> None:
    message = mail("AMI", "Nous voulons candidater.", sender="mairie.rouvroy@wanadoo.example", name="")
    found = identify(clues_from(message, ()), territories, ("32",))
    assert found.collectivite is None and {place.name for place in found.candidates} == {"Rouvroy"}


@pytest.mark.parametrize(
    "text",
    [
        "Merci d'inscrire la CC du Pays Solesmois dans la liste.",
        "Vous pouvez compter la CC du Pays Solesmois parmi les candidats.",
    ],
)
def test_who_is_to_be_put_on_the_list_applies(territories: Territories, text: str) -> None:
    found = ask(territories, text).collectivite
    assert found and found.siren == "245901038"


@pytest.mark.parametrize(("acronym", "code"), [("CCPV", "240200493"), ("MEL", "")])
def test_an_acronym_that_may_be_its_initials_does_not_contradict_who_is_named_in_full(
    territories: Territories, acronym: str, code: str
) -> None:
    quoted = "La Communauté de communes du Pays du Vermandois candidate à Visions +21."
    found = ask(territories, "Le message de M. Sauvage.", subject="TR", sender_name=f"Accueil {acronym}", quoted=quoted)
    assert code_of(found) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("La commune de Steenvoorde est la collectivité porteuse.", "59580"),
        ("La ville de Steenvoorde sera chef de file.", "59580"),
        ("La commune de Steenvoorde portera la démarche pour les trois.", "59580"),
        ("La commune de Steenvoorde est la structure porteuse du SCoT voisin.", ""),
    ],
)
def test_of_several_communes_that_apply_together_the_one_that_carries_it_applies(
    territories: Territories, said: str, code: str
) -> None:
    text = f"Les communes de Boeschepe et de Steenvoorde candidatent ensemble. {said}\n\nM. Devos\nDGS"
    assert code_of(ask(territories, text, subject="Candidature Steenvoorde / Boeschepe")) == code


def test_a_name_that_several_communes_bear_is_the_longer_one_at_the_head_of_the_letter(
    territories: Territories,
) -> None:
    text = "Ci-joint la candidature de la commune de Saint-Martin.\n\nB. L.\nMairie de Saint-Martin, 62500"
    letter = "Commune de Saint-Martin-lez-Tatinghem\n62500 Saint-Martin-lez-Tatinghem\n\nMonsieur,\n\nNous candidatons."
    assert code_of(ask(territories, text)) == ""
    assert code_of(ask(territories, text, documents=(letter,))) == "62757"
    named = "Ci-joint la candidature de la commune de Lens.\n\nB. L.\nMairie de Lens"
    assert code_of(ask(territories, named, documents=("Mairie de Lens-Lestang\n\nMonsieur,",))) == "62498"


@pytest.mark.parametrize(
    ("done", "code"),
    [("mandatée par la commune de Verlinghem pour déposer en son nom", "59611"), ("ravie de voir", "")],
)
def test_an_association_that_a_commune_charged_to_apply_writes_for_the_commune(
    territories: Territories, done: str, code: str
) -> None:
    text = f"L'association Demain, {done} la candidature de la commune de Verlinghem, souhaite répondre.\n\nF. L."
    assert code_of(ask(territories, text)) == code
