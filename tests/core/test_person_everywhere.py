"""The same people with every layout of signature: the name, the function and the telephone come out the same."""

from itertools import cycle, product

import pytest

from pipeline.core.person import Person
from tests.core.writers import contact

ORGANISATION = "Communauté de communes du Pays de Mormal"
# First names that no list may hold, surnames that are first names, functions or particles as well.
NAMES = [
    ("Élodie", "Lefebvre"),
    ("Jean-Pierre", "De Smet"),
    ("Bérengère", "Rose"),
    ("Samia", "Lemaire"),
    ("Ludovic", "Mairesse"),
    ("Tancrède", "Ben Saïd"),
    ("Anne-Sophie", "Le Goff"),
    ("Kévin", "Dubois-Martin"),
    ("Fatima", "Gardette"),
    ("Thierry", "Vandenbussche"),
]
FUNCTIONS = [
    "Directrice générale des services",
    "Chargé de mission développement durable",
    "1ère adjointe au maire",
    "Vice-président délégué à la transition énergétique",
    "Maire",
    "DGS",
    "Chef de projet PCAET",
    "Secrétaire de mairie",
    "Trésorière",
    "Éco-conseillère",
    "Conducteur de travaux",
]
PHONES = ["03 21 55 10 20", "03.21.55.10.20", "+33 (0)3 21 55 10 20", "0321551020", "03-21-55-10-20"]
SIGNATURES = {
    "one below the other": "{first} {SURNAME}\n{role}\n{org}\nTél. : {phone}",
    "name and function on a line": "{first} {surname}, {role}\n{org}\n{phone}",
    "surname first": "{SURNAME} {first}\n{role}\n{org}\nTel {phone}",
    "a title, then the name": "{role},\n{first} {surname}\n\n{org}\n18 rue Chevray - 59530 Le Quesnoy\nTél : {phone}",
    "all on one line": "{first} {surname} | {role} | {org} | {phone}",
    "with the switchboard": "{first} {surname}\n{role}\n{org}\nStandard : 03 27 00 00 01 / Ligne directe : {phone}",
    "function behind a dash": "{first} {SURNAME} - {role}\n{org}\nT : {phone}\nwww.mormal.example",
    "with marks": "*{first} {surname}*\n_{role}_\n{org}\n☎ {phone} ✉ contact@mormal.example",
    "on behalf of the president": "Pour le Président et par délégation,\n{role}\n\n{first} {SURNAME}\n{phone}",
    "by delegation": "Par délégation du Président,\n{role},\n{first} {surname}\n{phone}",
    "the fax first": "{first} {SURNAME}\n{role}\n{org}\nFax : 03 27 00 00 09\nTél. : {phone}",
    "the employer behind the function": "{first} {surname}\n{role} de la {org}\n{phone}",
    "behind the formula": "Cordialement, {first} {surname}, {role} ({phone})",
    "signed twice": "{first} {surname}\n\n-- \n{first} {SURNAME}\n{role}\n{org}\nTél : {phone}",
    "with its civility": "Mme {first} {SURNAME}\n{role}\n{org}\n{phone}",
    "the employer first": "{org}\n{first} {surname}\n{role}\nLigne directe : {phone}\nStandard : 03 27 00 00 01",
    "function in brackets": "{first} {surname} ({role})\n{org}\n{phone}",
    "from a telephone": "{first} {surname}\n{role}\n{phone}\nEnvoyé de mon iPhone",
}
TEXT = "Bonjour,\n\nVoici la candidature de la CC du Pays de Mormal à Visions +21.\n\nBien cordialement,\n\n{}\n"


def written_by(shown: str, signature: str) -> Person:
    return contact(shown, "contact@mormal.example", TEXT.format(signature))


@pytest.mark.parametrize("layout", SIGNATURES.values(), ids=SIGNATURES)
def test_a_signature_says_who_writes_whatever_its_layout(layout: str) -> None:
    wrong = []
    # Every third of them: names, functions and telephones meet in ever other ways.
    for ((first, surname), role), phone in [*zip(product(NAMES, FUNCTIONS), cycle(PHONES), strict=False)][::3]:
        values = {"first": first, "surname": surname, "SURNAME": surname.upper(), "role": role, "phone": phone}
        found = written_by("", layout.format(org=ORGANISATION, **values))
        if (found.name, found.role, found.phone) != (f"{first} {surname}", role, "+33321551020"):
            wrong.append((values, found))
    assert wrong[:3] == []


@pytest.mark.parametrize("shown", ["{first} {surname}", "{SURNAME} {first}", "{surname}, {first}", "CC Pays de Mormal"])
def test_the_display_name_never_spoils_the_name_that_is_signed(shown: str) -> None:
    for first, surname in NAMES:
        values = {"first": first, "surname": surname, "SURNAME": surname.upper()}
        signature = SIGNATURES["one below the other"].format(org=ORGANISATION, role="Maire", phone=PHONES[0], **values)
        found = written_by(shown.format(**values), signature)
        expected = Person(f"{first} {surname}", "Maire", "contact@mormal.example", "+33321551020")
        assert found == expected
