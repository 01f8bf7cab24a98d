"""What the words around a name make of it: the applicant, a mere mention, or part of another organisation's name."""

import re


def _either(alternatives: str) -> str:
    """A group of the alternatives of a table; the white space around the bars is for the reader."""
    return "(?:" + re.sub(r"\s*[|]\s*", "|", alternatives.strip()) + ")"


_ARTICLES = r"(?:(?:de|du|des|d|l|la|le|les|a|au|aux|que|qu|notre|nos|votre|cette|cet|ce) )*"

# Organisations that carry the name of a place and are no collectivité.
ORGANISATION = _either(
    r"""association | associations | collectif | federation | fondation | club | comite | amicale | cercle
    | cooperative | les amis | reseau | universite | lycee | college | ecole | ecoles | academie | rectorat | cpie
    | caue
    | mjc | centre social | theatre | musee | mediatheque | chambre | cci | cma | groupement | societe | sarl
    | sas | scop
    | scic | eurl | cabinet(?! (?:du|de la|de m|de mme|de monsieur|de madame) (?:le |la )?(?:maire|president))
    | bureau d etudes? | caisse | union | gal | agence | office | syndicat d initiative | ccas
    | cias | centre hospitalier | mission locale | maison de l emploi | syndicat des eaux | conseil de developpement
    | ddtm? | dreal | draaf | direction departementale | prefecture | sous prefecture | ademe | epf
    | etablissement public foncier | tribunal | gendarmerie | diocese | paroisse"""
)
_PART_OF_ANOTHER = re.compile(rf"\b{ORGANISATION}(?: \w+){{0,2}}? {_ARTICLES}$")
_FOLLOWED_BY_ANOTHER = re.compile(
    r"^(?:habitat|tourisme|developpement|initiatives?|emploi|football|basket|handball|expansion)\b"
)

# A partner, a neighbour, a place: what stands right before a name that is only mentioned.
_ASIDE = _either(
    r"""avec | membres? d\w* | partenaires?(?: \w+)? | aupres d\w* | au sein d\w* | a l instar d\w* | comme
    | contrairement | en lien | entre | (?:soutien|appui|concours|aide|accord|avis|financement) d\w*
    | informe\w*(?! que)
    | copie | transfert\w*(?: d\w*)? | services? mutualises? d\w* | voisine?s?(?: d\w*)? | limitrophes?(?: d\w*)?
    | proche d\w* | territoires? d\w* | dans | sur | chez | vers | hors d\w* | centre d\w* | fusion\w*(?: d\w*)?
    | fusion\w* avec | issue?s? d\w* | ancienne?s? | ex | appartient | adherente?s? | habitante?s? d\w*
    | sieges?(?: (?:social|administratif|est|sont|se trouve|situe|fixe|d\w*))* | se (?:trouve|situe)
    | (?:situe|base|installe|etabli|implante|localise|sis|rattache)e?s?
    | agglomeration d\w* | communes? d\w* | plui d\w* | scot d\w* | pcaet d\w* | projet de territoire d\w*
    | contrat d\w* | exemple d\w* | demarche d\w* | delib\w* d\w* | non pas | sans
    | (?:comme|ainsi que) (?:l )?(?:a|ont|avait|avaient)(?: deja)? fait | apres | via | par l intermediaire d\w*
    | (?:inspire|accompagne|appuye|soutenu|conseille|aide|finance|informe|alerte|relaye|organise)e?s? par
    | (?:coeur|nord|sud|est|ouest|bordure|peripherie|banlieue|couronne|arrondissement|canton|bassin(?: \w+)?) d\w*
    | autour d\w* | notamment | dont | parmi | aux portes d\w* | pres d\w* | a cote d\w* | non loin d\w*
    | (?:reunion|seance|journee|atelier|rencontre|forum|salon|seminaire|formation)s?(?: d \w+)?(?: \w+)? d\w*"""
)
_ONLY_MENTIONED_BEFORE = re.compile(rf"\b{_ASIDE} {_ARTICLES}$")
# "Avec le soutien du Département, de la commune de …": partners that no list names begin the enumeration as well.
_UNNAMED = _either(
    r"""departement | region | etat | prefecture | sous prefecture | europe | ademe | caue | cerema | cpie | epf | caf
    | dreal | ddtm? | intercommunalite | agglomeration | agglo | metropole | comcom | communaute de communes | pays
    | pnr | parc naturel regional | agence d\w*(?: l)? \w+ | chambre d\w*(?: l)? \w+ | bailleur(?: social)?
    | associations?(?: \w+){0,3} | (?:acteurs|elus|associations|habitants|entreprises)(?: \w+)?"""
)
_OF = r"(?:de la|de l|des|du|de|d)"
_LIST_OF_SUPPORT = re.compile(
    rf"\b(?:soutien|appui|concours|aide|accord|avis|financement|accompagnement) {_OF} "
    rf"(?:(?:la |le |l |les )?{_UNNAMED} (?:et |ainsi que )?{_OF} )+$"
)
# With something before it: "En lien avec le Département, la ville de …" goes on with who does it.
_LIST_OF_PARTNERS = re.compile(
    rf"^(?:(?:\w+ ){{4,}}?(?:avec|aux cotes d\w*)|(?:nos|ses|les) partenaires) {_ARTICLES}"
    rf"(?:{_UNNAMED} (?:et (?:avec )?|ainsi que |avec )?{_ARTICLES})+$"
)
# "Avec nos partenaires, la ville de … candidate": they are not it.
_GROUP = re.compile(r"\b(?:partenaires|voisine?s)(?: \w+)? (?:la |le |l )$")
_ASIDE_AFTER = _either(
    r"""informee? | de son cote | pour sa part | etudie | soutient | soutiennent | appuient
    | nous (?:soutient|accompagne|appuie|suit|finance|a) | seront | sera (?:associee?|partenaire)
    | est (?:partenaire|associee?|informee?|favorable) | n est pas | n a pas
    | n a | ne | avait | a deja | accompagne (?:la|notre|cette) | donne son | a donne | apporte | cofinance | finance
    | partenaire | deja | se joindra | s associera | nous rejoindra
    | pourrai\w* (?:\w+ ){0,2}?(?:reprendre|porter|prendre|deposer|candidater|se joindre|rejoindre|s associer)"""
)
_ONLY_MENTIONED_AFTER = re.compile(rf"^(?:\w+ )?{_ASIDE_AFTER}\b")

# What an applicant sends, then "de la": the name that follows applies.
_SENT = _either(
    r"""candidatures? | pre candidature | dossiers? | reponses? | courriers? | lettres? | notes?
    | actes? de candidature | participation | manifestations? d interet | engagement | offres? | propositions?
    | inscription
    | deliberations?"""
)
_TITLE = r"(?: (?!de\b|du\b|des\b|d\b|pour\b|a\b)\w+){0,2}"  # "candidature officielle conjointe"
_SENT_BY = _either(
    rf"""{_SENT}{_TITLE} (?:de candidature )?(?:de|du|des|d|pour|par|emanant|au nom)
    | (?:au nom|pour le compte|de la part) (?:de|du|des|d) | je represente | nous representons
    | inscrire | inscrivez | compter | comptez | enregistrer | enregistrez | retenir | retenez
    | representante? (?:de|du|des|d) | agissant pour | je travaille (?:pour|a) | en poste a
    | (?:portee?|deposee?|presentee?|transmise?|proposee?|adressee?|formulee?|mandatee?s?|signee?) (?:seule )?par"""
)
_OF_THE_APPLICANT = re.compile(rf"\b{_SENT_BY} {_ARTICLES}$")
_AT = re.compile(r"\b(?:a|au) (?:la |l )?$")  # "votre réunion à Loos-en-Gohelle"
_MEMBER_OF = re.compile(rf"\b(?:membre|adherente?) d\w* {_ARTICLES}$")
_OURS = re.compile(r"\b(?:notre|nous|ma)(?: \w+){0,1} $|\bnotre (?:collectivite|territoire|structure|epci) $")
_MATTERS = _either(
    r"""candidat\w* | postul\w* | ami | appels? | accompagnement | manifestation | visions? | dispositif | demarche
    | interet | kit | dossier | projet | liste"""
)
_CANDIDACY = re.compile(rf"\b{_MATTERS}\b")
PLAIN_ACTS = _either(
    r"""candidat\w* | postul\w* | se porte\w* | se declare\w* | fait acte | repond\w* | depos\w* | manifest\w*
    | sollicit\w* | soumet\w* | s inscri\w* | est volontaire | est interessee?"""
)
_PLAIN_ACT = re.compile(rf"\b{PLAIN_ACTS}\b")
# "… a été informée et n'est pas elle-même candidate": the act is denied.
_DENIED_ACT = re.compile(
    rf"\bn (?:est|sera|etait) (?:pas|plus) (?:(?:elle|lui) meme |encore |non plus )?{PLAIN_ACTS}\b"
    rf"|\bne {PLAIN_ACTS} (?:pas|plus|point)(?: candidate?)?\b"
)
_WISHES = _either(
    r"""souhait\w* | desire\w* | aimer\w* | voudr\w* | veut | veulent | vise\w* | entend\w* | decid\w* | tient a
    | l honneur | le plaisir | adress\w* | presente\w* | propos\w* | transmet\w* | envoi\w* | fait parvenir | joint\w*
    | confirme\w* | particip\w* | interessee? | s engage\w* | s est engage\w* | a vote | a pris | a delibere
    | remercie\w*
    | vous prie"""
)
_WISH = re.compile(rf"\b{_WISHES}\b")
_ACTS_AT_ONCE = re.compile(rf"(?:(?:se|s|est|a|vous|y) )*(?:{PLAIN_ACTS}|{_WISHES})\b")
_OF_A_GROUP = r"(?:candidature|demarche|dossier|projet|groupement)"
# Several apply together, and this one does so for all of them.
_CARRIES = re.compile(
    r"^(?:\w+ )?(?:est |sera |comme |en tant que )?(?:(?:la |le |l )?(?:collectivite|commune|ville|communaute|structure"
    r"|epci) )?(?:porteuse|porteur|chef de file|cheffe de file|coordonnatrice|coordinatrice|mandataire)"
    rf"(?: (?:de la |du |de cette |de notre ){_OF_A_GROUP}\b|(?! (?:de|du|des|d) ))"
    rf"|^(?:\w+ )?port(?:e|era|erait|ant) (?:la |cette |le |ce |notre ){_OF_A_GROUP}\b(?! d\w* )"
)
_CARRIED_BY = re.compile(
    rf"\b(?:candidature|dossier)(?: (?:commune?|conjointe?|groupee?|mutualisee?))? (?:(?:est|sera|serait) )?portee?"
    rf" par {_ARTICLES}$"
)
_NAME_OF_A_PERSON = 4  # words
_SUBJECT_REACH = 170  # characters between a subject and what it does


# "La ville, et non la communauté": what follows does not apply, wherever else it stands.
_EXCLUDED = re.compile(rf"\b(?:et non(?: pas| plus)?|confondre avec|independamment d\w*|distincte? d\w*) {_ARTICLES}$")
_DOES_NOT_APPLY = re.compile(
    r"^(?:\w+ )?(?:n est pas|n est plus|ne sera pas|ne se porte pas|ne se declare pas|ne candidate pas"
    r"|ne (?:depose|presente|remet) (?:pas|aucune?))(?: (?:elle|lui) meme)?(?: \w+){0,3}? ?candidat"
    r"|^(?:\w+ )?ne candidate (?:pas|point)\b"
)
# Up to the verb of an applicant: "composé de la CA de … et de la CC de …".
_MEMBERS = re.compile(
    r"\b(?:regroup(?:e|ant|ent)|rassembl(?:e|ant|ent)|feder(?:e|ant|ent)|reuni(?:t|ssant|ssent)"
    rf"|(?:compose|constitue|forme)e? (?:de|du|des|d|par))(?: (?!(?:{PLAIN_ACTS}|{_WISHES}|nous|je|vous)\b)\w+)* $"
)
_OFFICE_HELD = re.compile(
    r"\b(?:(?:vice |co )?presidente?|adjointe?(?: au maire)?|conseillere? (?:municipale?|communautaire|delegue\w*)"
    r"|elue?|dgs|dga|dgst|directeur\w*|directrice|secretaire|charge\w*|chef\w*|responsable|delegue\w*|agente?|qualite)"
    rf"(?: \w+){{0,4}}? {_ARTICLES}$"
)
_MAYOR_AS_WELL = re.compile(
    rf"\b(?:qualite|suis|etant|comme|tant que|a la fois) {_ARTICLES}$"
    rf"|\b(?:presidente?|conseillere?|adjointe?|elue?|directeur|directrice)\b.* et {_ARTICLES}$"
)


def is_excluded(before: str, after: str = "") -> bool:
    """Whether the sentence says that the one named does not apply."""
    return bool(_EXCLUDED.search(before) or _DOES_NOT_APPLY.search(after))


def is_member(before: str, after: str) -> bool:
    """Whether the name is one of those that another groups: "le PETR, qui regroupe … et la CC de …, est candidat".

    In "regroupant … et …, le PETR se porte candidat" the one that acts groups the others.
    """
    found = _MEMBERS.search(before)
    return bool(found and (found.start() or not acts_at_once(after)))


def is_title(before: str, name: str, after: str = "") -> bool:
    """Whether the name only completes an office that somebody holds: "en qualité de maire de …"."""
    if not name.startswith(("maire", "conseiller", "elu")):
        return bool(_OFFICE_HELD.search(before))
    if name == "maire" and not after and len(before.split()) <= _NAME_OF_A_PERSON:
        return True  # "Jean-Luc Bocquet, maire du Crotoy."
    return not before.strip() or bool(_MAYOR_AS_WELL.search(before))


def is_of_its_members(before: str) -> bool:
    """Whether a line of a signature says to whom the one above it belongs: "Membre de la CA du Pays de Saint-Omer"."""
    return bool(_MEMBER_OF.search(before))


def is_part_of_another(before: str, after: str) -> bool:
    """Whether the name only belongs to the name of an organisation ("CCAS de la ville de Lens").

    `before` and `after` are the folded words of the same clause, with a space at the side of the name.
    """
    return bool(_PART_OF_ANOTHER.search(before) or _FOLLOWED_BY_ANOTHER.search(after))


def is_only_mentioned(before: str, after: str) -> bool:
    """Whether the sentence names a partner, a neighbour, a place: no applicant."""
    acts = acts_at_once(after)
    if _ONLY_MENTIONED_AFTER.search(after) or (
        _ONLY_MENTIONED_BEFORE.search(before) and not (acts and _GROUP.search(before))
    ):
        return True
    return not acts and bool(_LIST_OF_SUPPORT.search(before) or _LIST_OF_PARTNERS.search(before))


def acts_at_once(after: str) -> bool:
    """Whether the verb of an applicant follows the name: then it ends a list of partners, and is none of them."""
    return bool(_ACTS_AT_ONCE.match(after))


def carries(before: str, after: str) -> bool:
    """Whether the one named carries the candidature of several."""
    return bool(_CARRIES.search(after) or _CARRIED_BY.search(before))


def applies(before: str, after: str) -> bool:
    """Whether the sentence says that the one named applies; `before` and `after` are the words of the sentence."""
    if _OF_THE_APPLICANT.search(before):
        return bool(_CANDIDACY.search(before[-120:]) or _CANDIDACY.search(after[:200]) or "nom" in before[-30:])
    if _AT.search(before):
        return False
    if (_OURS.search(before) and _CANDIDACY.search(before + after)) or carries(before, after):
        return True
    reach = _DENIED_ACT.sub(" ", after[:_SUBJECT_REACH])
    if _PLAIN_ACT.search(reach):
        return True
    return bool(_WISH.search(reach) and _CANDIDACY.search(after))
