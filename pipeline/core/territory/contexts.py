"""What the words around a name make of it: the applicant, a mere mention, or part of another organisation's name."""

import re

_ARTICLES = r"(?:(?:de|du|des|d|l|la|le|les|a|au|aux|que|qu|notre|nos|votre|cette|cet|ce) )*"

# Organisations that carry the name of a place and are no collectivité.
ORGANISATION = (
    r"(?:association|associations|collectif|universite|lycee|college|ecole|ecoles|chambre|cpie|agence|societe|sarl|sas|scop|scic|eurl"
    r"|cabinet|bureau d etudes?|fondation|federation|office|ccas|cias|centre social|centre hospitalier|mjc|club|conseil de developpement"
    r"|comite|ddtm?|dreal|draaf|direction departementale|prefecture|sous prefecture|ademe|caue|epf|etablissement public foncier|groupement"
    r"|mission locale|maison de l emploi|cooperative|syndicat d initiative|cci|cma|union|reseau|gal|les amis|syndicat des eaux"
    r"|academie|rectorat|caisse|tribunal|gendarmerie|diocese|paroisse|amicale|cercle|theatre|musee|mediatheque)"
)
_PART_OF_ANOTHER = re.compile(rf"\b{ORGANISATION}(?: \w+){{0,2}}? {_ARTICLES}$")
_FOLLOWED_BY_ANOTHER = re.compile(r"^(?:habitat|tourisme|developpement|initiatives?|emploi|football|basket|handball|expansion)\b")

_ONLY_MENTIONED_BEFORE = re.compile(
    r"(?:\bavec|\bmembres? d\w*|\bpartenaires?(?: \w+)?|\baupres d\w*|\bau sein d\w*|\b(?:soutien|appui|concours|aide|accord|avis|financement)"
    r" d\w*|\ba l instar d\w*|\bcomme|\bcontrairement|\bvoisine?s?(?: d\w*)?|\bterritoires? d\w*|\bdans|\bsur|\ben lien|\binforme\w*"
    r"|\bcopie|\blimitrophes?(?: d\w*)?|\bfusion\w*(?: d\w*| avec)?|\bissue?s? d\w*|\bhors d\w*|\bvers|\bentre|\bproche d\w*|\bcentre d\w*"
    r"|\bappartient|\badherente?s?|\bsiege d\w*|\bhabitante?s? d\w*|\bagglomeration d\w*|\bsituee?s?|\bancienne?s?|\bex|\bcommunes? d\w*"
    r"|\bchez|\btransfert\w*(?: d\w*)?|\bplui d\w*|\bscot d\w*|\bprojet de territoire d\w*|\bpcaet d\w*|\bservices? mutualises? d\w*"
    r"|\bcontrat d\w*|\bexemple d\w*|\bdemarche d\w*|\bdelib\w* d\w*|\bnon pas|\bsans) "
    + _ARTICLES
    + "$"
)
_ONLY_MENTIONED_AFTER = re.compile(
    r"^(?:\w+ )?(?:informee?|de son cote|etudie|soutient|nous (?:soutient|accompagne|appuie|suit|finance)|sera (?:associee?|partenaire)"
    r"|seront|est (?:partenaire|associee?|informee?|favorable)|n est pas|ne |n a pas|n a|pour sa part|accompagne (?:la|notre|cette)"
    r"|donne son|a donne|apporte|cofinance|finance|partenaire|nous a|deja|avait|a deja)\b"
)
_OF_THE_APPLICANT = re.compile(
    r"(?:\b(?:candidatures?|dossiers?|reponses?|courriers?|lettres?|notes?|actes? de candidature|manifestations? d interet|participation"
    r"|engagement|offres?|propositions?|inscription|deliberations?|pre candidature)(?: (?!de\b|du\b|des\b|d\b|pour\b|a\b)\w+){0,2}"
    r" (?:de candidature )?(?:de|du|des|d|pour|par|emanant|au nom)"
    r"|\b(?:au nom|pour le compte|de la part) (?:de|du|des|d)"
    r"|\b(?:portee?|deposee?|presentee?|transmise?|proposee?|adressee?|formulee?|mandatee?s?|signee?) (?:seule )?par"
    r"|\b(?:je represente|nous representons|representante? (?:de|du|des|d)|agissant pour|je travaille (?:pour|a)|en poste a))"
    r" " + _ARTICLES + "$"
)
_OURS = re.compile(r"\b(?:notre|nous|ma)(?: \w+){0,1} $|\bnotre (?:collectivite|territoire|structure|epci) $")
_CANDIDACY = re.compile(
    r"\b(?:candidat\w*|postul\w*|ami|appels?|accompagnement|manifestation|visions?|dispositif|demarche|interet|kit|dossier|projet)\b"
)
_PLAIN_ACT = re.compile(
    r"\b(?:candidat\w*|postul\w*|se porte\w*|se declare\w*|fait acte|repond\w*|depos\w*|manifest\w*|sollicit\w*|soumet\w*|s inscri\w*"
    r"|est volontaire|est interessee?)\b"
)
_WISH = re.compile(
    r"\b(?:souhait\w*|desire\w*|adress\w*|presente\w*|propos\w*|transmet\w*|envoi\w*|envoie|fait parvenir|decid\w*|entend\w*|aimer\w*"
    r"|voudr\w*|veut|veulent|vise\w*|tient a|l honneur|le plaisir|s engage\w*|s est engage\w*|participer\w*|interessee?|confirme\w*"
    r"|joint\w*|a vote|a pris|a delibere|remercie\w*|vous prie|participe\w*|particip\w*)\b"
)
_SUBJECT_REACH = 170  # characters between a subject and what it does


def is_part_of_another(before: str, after: str) -> bool:
    """Whether the name only belongs to the name of an organisation ("CCAS de la ville de Lens").

    `before` and `after` are the folded words of the same clause, with a space at the side of the name.
    """
    return bool(_PART_OF_ANOTHER.search(before) or _FOLLOWED_BY_ANOTHER.search(after))


def is_only_mentioned(before: str, after: str) -> bool:
    """Whether the sentence names a partner, a neighbour, a place: no applicant."""
    return bool(_ONLY_MENTIONED_BEFORE.search(before) or _ONLY_MENTIONED_AFTER.search(after))


def applies(before: str, after: str) -> bool:
    """Whether the sentence says that the one named applies; `before` and `after` are the words of the sentence."""
    if _OF_THE_APPLICANT.search(before):
        return bool(_CANDIDACY.search(before[-120:]) or _CANDIDACY.search(after[:200]) or "nom" in before[-30:])
    if _OURS.search(before) and _CANDIDACY.search(before + after):
        return True
    reach = after[:_SUBJECT_REACH]
    if _PLAIN_ACT.search(reach):
        return True
    return bool(_WISH.search(reach) and _CANDIDACY.search(after))
