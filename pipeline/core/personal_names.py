"""Telling the name of a person from the name of an office. Finding and writing one is left to `person.names`."""

import re
from functools import lru_cache

from pipeline.core.folding import fold_word

WORD = re.compile(r"[^\W\d_]+(?:['’.-]+[^\W\d_]+)*[.’']?")
PARTICLES = frozenset(["de", "du", "des", "d", "la", "le", "van", "von", "der", "den", "dos", "da", "di"]) | frozenset(
    ["ben", "el", "al", "ten", "ter", "et"]
)
# Words of offices, places and formulas: no line with one of them is the name of a person.
_OFFICE_WORDS = """
    mairie maire ville commune communaute communes agglomeration agglo cc ca cu metropole departement conseil region
    pays parc syndicat petr scot pole secretariat secretaire accueil contact direction directeur directrice service
    services standard copieur scanner scan imprimante noreply reply association collectif universite chambre agence
    bureau cabinet office comite president presidente vice charge chargee chef cheffe responsable mission projet
    developpement durable territoire territoires transition environnement urbanisme administration generale
    technique culture communication place rue avenue boulevard route chemin impasse cedex tel fax telephone mobile
    portable courriel mail email site candidature bonjour cordialement madame monsieur objet dossier lettre note
    delegue deleguee adjoint adjointe elu elue dgs dga message hotel maison centre ecole lycee societe groupe sarl
    sas equipe famille gestion courrier informatique energie climat habitants citoyen citoyenne logo nord oise somme
    aisne france hauts est sud ouest lille documents veuillez merci votre notre vos nos envoye cerdd ressources
    humaines marches publics affaires juridique etat civil agenda plan prefecture prefet tresorerie college perception
"""
OFFICE_WORDS = frozenset(_OFFICE_WORDS.split())


@lru_cache(maxsize=64)
def is_personal(text: str) -> bool:
    """Whether the words can be a person's name: two to five capitalised words, none of an office."""
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 5 or not all(WORD.fullmatch(word) for word in words):
        return False
    folded = [fold_word(word).strip(".'") for word in words]
    # "Béatrice de Vos": what follows a particle is a surname, whatever else it may mean; not in "LE SECRETARIAT".
    after_first = range(2, len(words)) if not text.isupper() else ()
    surname = {at for at in after_first if folded[at - 1] in PARTICLES and words[at][0].isupper()}
    parts = {part for at, word in enumerate(folded) if at not in surname for part in re.split(r"[-'.]", word)}
    if parts & OFFICE_WORDS:
        return False
    return len([word for word in folded if word not in PARTICLES]) > 1
