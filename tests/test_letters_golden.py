"""Every letter of the house, word for word, for the real call. After a wanted change of a template or of the layout:

    REWRITE_GOLDEN=1 .venv/bin/python -m pytest tests/test_letters_golden.py

then read the difference as the person who will receive it.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.adapters.letterhead import Letterhead
from pipeline.core.call import Legal
from pipeline.core.candidature import Candidature, MeetingPlan
from pipeline.core.letters import LETTERS, Asked, Occasion, Section, alert_values, digest_values, values_for
from pipeline.core.person import Person
from tests.builders import a_call, paris

GOLDEN = Path(__file__).parent / "golden" / "letters"
HOUSE = Letterhead(Path(__file__).parents[1] / "mail_templates")
PREP_1 = MeetingPlan(
    *("prep-1", "Première réunion préparatoire : méthodologie de Visions +21", date(2017, 3, 7), "14:00", "17:00"),
    *("Cerdd, Base 11/19", "Rue de Bourgogne, Loos-en-Gohelle"),
)
PREP_2 = MeetingPlan(
    "prep-2", "Deuxième réunion préparatoire : méthodologie de Visions +21", date(2017, 4, 6), sequence=1
)
KNOWN = Candidature(
    *("visions21-2017", "V21-003", paris("2017-02-20 10:04"), True, "Communauté de communes du Ternois"),
    contact=Person("Hélène Carpentier", "Directrice générale des services", "h.carpentier@ternois.example"),
)
IN_TIME = Occasion(
    now=paris("2017-02-20 10:06"),
    received=paris("2017-02-20 10:04"),
    pieces=("Lettre de candidature.pdf", "Présentation du territoire.docx"),
    meetings=(PREP_1, PREP_2),
    missing=("Lettre signée par l’élu référent", "Délibération"),
    reply_by=date(2017, 3, 14),
)
LATE = replace(
    IN_TIME, now=paris("2017-03-01 00:02"), received=paris("2017-03-01 00:00"), meetings=(PREP_1,), pieces=()
)
BARE = Candidature("visions21-2017", "V21-004", None, None)
OTHER_CALL = a_call(
    code="mobilites-2017",
    prefix="MOB",
    title="Se déplacer autrement en milieu rural",
    short_title="Mobilités rurales",
    closes=date(2017, 3, 31),
    places_min=0,
    places_max=5,
    required_documents=("lettre de candidature", "délibération"),
)
LEGAL = Legal(
    "pôle Territoires durables du Cerdd",
    "03.21.08.52.46",
    "agoxe@cerdd.org",
    "",
    "rejection",
    2,
    "Cette décision implicite peut être contestée devant le tribunal administratif de Lille dans les deux mois.",
    "le Cerdd",
    "instruire les candidatures à cet appel",
    "mission d’intérêt public, article 6.1.e du RGPD",
    "l’équipe du Cerdd et au comité de sélection",
    "dpo@cerdd.org",
)


def _with_legal() -> dict[str, Mapping[str, object]]:
    return {"legal": values_for(a_call(legal=LEGAL), KNOWN, IN_TIME)}


OWN_CASES: dict[str, Callable[[], dict[str, Mapping[str, object]]]] = {
    "accuse_reception": _with_legal,
    "accuse_hors_delai": _with_legal,
    "non_retenu": lambda: {
        "reason": values_for(a_call(), KNOWN, replace(IN_TIME, reason="le projet de territoire n’est pas en révision."))
    },
    "convocation": lambda: {
        "cancelled": values_for(a_call(), KNOWN, replace(IN_TIME, meetings=(PREP_1,), cancelled=(PREP_2,))),
        "only_cancelled": values_for(a_call(), KNOWN, replace(IN_TIME, meetings=(), cancelled=(PREP_1, PREP_2))),
    },
    "laureat": lambda: {
        "enclosed": values_for(a_call(), KNOWN, replace(IN_TIME, attachments=("Charte.pdf", "Plan d’accès.pdf")))
    },
}
HOSTILE = replace(KNOWN, collectivite="<b>**CC**</b> [ici](http://x.example) {{7*7}}", contact=Person("Eve <i>X</i>"))


def cases(letter: str) -> dict[str, Mapping[str, object]]:
    """The cases of a letter by name: all known, after the closing, hardly anything known, a hostile sender, another
    call, and what only that letter can say."""
    if LETTERS[letter].asked is Asked.TO_STAFF:
        build = alert_values if letter == "alerte" else digest_values
        title = "un message n’a pas pu être lu" if letter == "alerte" else "Visions +21"
        lines = ("V21-003 – Communauté de communes du Ternois, reçue le 20 février 2017 à 10 h 04",)
        sections = (
            Section("Nouvelles candidatures", lines),
            Section("À vérifier", ("V21-002 – collectivité à préciser",)),
        )
        return {
            name: build(title, some, paris("2017-02-21 08:30")) for name, some in (("full", sections), ("empty", ()))
        }
    call = a_call()
    late = replace(KNOWN, received=LATE.received, in_time=False)
    own = OWN_CASES.get(letter, dict)()
    return own | {
        "full": values_for(call, KNOWN, IN_TIME),
        "other_call": values_for(OTHER_CALL, replace(KNOWN, number="MOB-012"), replace(IN_TIME, meetings=())),
        "late": values_for(call, late, LATE),
        "bare": values_for(a_call(contact=replace(call.contact, phone="", role="")), BARE, Occasion(now=IN_TIME.now)),
        "hostile": values_for(call, HOSTILE, replace(IN_TIME, pieces=("# titre\n- `x`.pdf",))),
    }


@pytest.mark.parametrize(("letter", "case"), [(letter, case) for letter in LETTERS for case in cases(letter)])
def test_the_letter_reads_as_it_was_read_over(letter: str, case: str) -> None:
    written = HOUSE.write(letter, "visions21-2017", cases(letter)[case])
    files = {"txt": f"Objet : {written.subject}\n\n{written.text}", "html": written.html}
    for ending, content in files.items():
        path = GOLDEN / f"{letter}.{case}.{ending}"
        if os.environ.get("REWRITE_GOLDEN") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        assert content == path.read_text(encoding="utf-8")


def test_no_golden_file_is_left_from_a_letter_that_is_gone() -> None:
    wanted = {f"{letter}.{case}.{ending}" for letter in LETTERS for case in cases(letter) for ending in ("txt", "html")}
    assert {path.name for path in GOLDEN.iterdir()} == wanted


@pytest.mark.parametrize(
    ("letter", "one", "several"),
    [
        ("accuse_reception", "Document reçu\u00a0:", "Documents reçus\u00a0:"),
        ("accuse_reception", "voici la réunion prévue avec", "voici les réunions prévues avec"),
        ("accuse_reception", "document demandé par", "documents demandés par"),
        ("accuse_hors_delai", "Document reçu\u00a0:", "Documents reçus\u00a0:"),
        ("accuse_complement", "Document reçu avec ce message\u00a0:", "Documents reçus avec ce message\u00a0:"),
        ("demande_complements", "Élément à nous faire parvenir", "Éléments à nous faire parvenir"),
        ("demande_complements", "besoin de l’élément suivant\u00a0:", "besoin des éléments suivants\u00a0:"),
        ("demande_complements", "Merci de nous le faire", "Merci de nous les faire"),
        ("laureat", "La prochaine date", "Les prochaines dates"),
        ("rappel_reunion", "Rappel\u00a0: réunion du mardi 7 mars 2017", "Rappel\u00a0: réunions à venir"),
    ],
)
def test_one_thing_is_told_as_one_and_several_as_several(letter: str, one: str, several: str) -> None:
    single = replace(IN_TIME, pieces=IN_TIME.pieces[:1], meetings=(PREP_1,), missing=IN_TIME.missing[:1])
    for documents, occasion, told, other in (
        (("lettre",), single, one, several),
        (("lettre", "RIB"), IN_TIME, several, one),
    ):
        call = a_call(required_documents=documents)
        written = HOUSE.write(letter, "visions21-2017", values_for(call, KNOWN, occasion))
        words = f"{written.subject}\n{written.text}"
        assert told in words and other not in words


@pytest.mark.parametrize("title", ["un courrier n'est pas arrivé", "2 points demandent votre attention"])
def test_an_alert_about_one_thing_or_several_is_one_sentence(title: str) -> None:
    text = HOUSE.write("alerte", "", alert_values(title, (), paris("2017-02-21 08:30"))).text
    assert f"Voici ce que l’assistant a constaté le 21 février 2017 à 8 h 30\u00a0: {title}.\n" in text
