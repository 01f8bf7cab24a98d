"""What is sent, or applied for, where it is not the candidature to our call. The rules say what follows.

Every pattern is for folded text (`folding.fold`) in which the names of our calls are masked.
"""

from pipeline.core.triage.wording.applying import COMING_WITH, FILE, SENDING
from pipeline.core.triage.wording.fragments import CALL_WORD, OF_THE_CALL, Phrases, words

_SENT = rf"(?:{COMING_WITH}|{SENDING})"
# What bears a candidature: "le courrier concernant notre candidature" brings it, "l'étude sur …" does not.
_OF_APPLICANTS = (
    rf"{FILE}|lettres?|courriers?|courriels?|mails?|messages?|deliberations?|delib|extraits?|pieces?|formulaires?"
)
_OF_ANYBODY = r"documents?|fichiers?|elements?|notes?|fiches?|annexes?"
_ABOUT = (
    r"(?:sur|concernant|relati(?:f|fs|ve|ves) a|a propos de|au sujet de|quant a|portant sur"
    r"|(?:pour|afin d[e']) ?(?!(?:telecharg|recuper|consult|acced|retrouv|ouvr|lire))\w+(?:er|ir|re))"
)


def _about_a_candidature(but_not: str, whose: str) -> Phrases:
    other = rf"(?: (?!(?:[ld]')?(?:{but_not})\b)\S+){{1,12}}?"
    article = rf"(?:la |l'|les |le |sa |leur |votre |cette |vos |{whose})?"
    return words(rf"{_SENT}{other} {_ABOUT} {article}(?:candidatures?|dossiers?)")


ABOUT_A_CANDIDATURE = _about_a_candidature(f"{_OF_APPLICANTS}|{_OF_ANYBODY}", "notre |nos ")
ABOUT_THAT_OF_OTHERS = _about_a_candidature(_OF_APPLICANTS, "ladite ")  # by whom the file does not know
# "Notre lecture des dossiers", "la liste des candidatures": what these name is not the candidature itself.
_WHOLE = (
    r"versions?|volets?|parties?|ensemble|integralite|totalite|copies?|exemplaires?|originau?x?|original|scans?"
    r"|numerisations?|textes?|contenu|actes?|liens?|resumes?|syntheses?|complements?|suite|fin|reste|cadre|titre|appui"
    r"|vue|envois?|depots?|archives?|zip|pdf|constitution|transmission|presentation|details?|descriptif|argumentaire"
    r"|objet|part"
)
SOMETHING_OF_A_CANDIDATURE = words(
    rf"{_SENT}(?: (?!(?:[ld]')?(?:{_OF_APPLICANTS}|{_OF_ANYBODY}|{_WHOLE})\b)\S+){{1,8}}?"
    r" (?:de la|des|du|de l'|de notre|de nos|de votre|de vos|de leur|de sa|de ces|de cette) (?:candidatures?|dossiers?)"
)
FORMER_EDITION = words(
    r"(?:edition|session|millesime)s?(?: de)? (?P<year>20\d\d)",
    r"(?:candidature|dossier)s? (?:de|d'|pour) (?P<of>20\d\d)",
)
# "Je vous propose que la commune se joigne à la candidature de …"
SAYS_THAT = words(rf"(?:vous|te) {SENDING} (?:que|qu'\S+)")
# What is weighed, not mastered yet, allowed to others or told by others.
TOLD_OF = words(
    r"opportunite(?: \S+){0,8}? (?:candidat|repondre|deposer|postuler|se porter|participer)\w*",
    r"(?:n'|ne )(?:arriv|parven|parvien|reuss|sai|sav)\w* (?:pas|plus) (?:a |comment )?(?:\w+ )?(?:rempl|complet"
    r"|renseign|finalis|redig|termin)\w*",
    r"autoris\w+ (?:ses|les|nos|leurs|des) (?:\w+ )?(?:communes|villes|membres|collectivites|adherents)(?: \w+)? a",
    r"(?:votre|vos) (?:\S+ ){1,5}?(?:indiqu|annonc|mentionn|affirm|ecri|dis|precis)\w*(?: \S+){0,3}? qu(?:e |')"
    r"(?:\S+ ){1,5}?(?:est|soit|sera|etait|se porte) (?:\w+ )?candidate?s?",
)
# It takes back what the rest of the mail says; "de mon message précédent" only takes back that.
CONTRADICTS = words(
    r"(?:pas de|aucune) candidature",
    r"pas compte,? pour (?:l'instant|le moment)",
    r"pas compte (?:du |de la |de notre |des )(?:courrier|lettre|dossier|document|fichier|piece)s? (?:ci-)?joint\w*",
    r"(?:nous|on|elles?|ils?|je) (?:ne |n')(?:\w+ )?(?:depos|candidat|repond|postul|ir(?:ons|a|ai)\b|donn)\w*"
    r" (?:pas|plus|point|aucune?)"
    # how, and not whether
    r"(?!(?: (?:cette|notre|une) candidature)? (?:seule?s?|uniquement|seulement|simplement|par|pour|sans|a la legere)"
    r"\b)",
)
_PLACES = (
    r"(?:communes?|villes?|communautes?|metropole|agglo\w*|intercommunalites?|intercos?|epci|cc|ca|cu|petr|pays|parc"
    r"|syndicat|departement|region|voisin\w*)"
)
_SAID = r"(?:indiqu|annonc|dit|fait savoir|preven|confirm|inform|repond|precis)\w*"
# "La communauté de communes ayant indiqué qu'elle ne candidaterait pas", "elles ne déposeront pas de dossier séparé".
OTHERS_STAY_OUT = words(
    rf"{_PLACES}(?: [^\s,;:]+){{0,8}}?(?: (?:nous |m'|m' )?(?:a|ont|avait|avaient)|,? ayant)(?: \w+)? {_SAID}(?: \S+)?"
    r" (?:que |qu')(?:elles?|ils?) (?:ne |n')[^,;:.]*",
    r"(?:elles?|ils?) (?:ne |n')[^,;:.]*? (?:separee?s?|distincte?s?|propres?|individuel\w*|a part|de (?:leur|son) cote"
    r"|isolement|par (?:elles?|eux)-memes?)",
)
YOUR_OTHER_CALL = words(rf"(?:votre|l'|le|du|au) ?(?:autre|second|deuxieme) (?:{CALL_WORD}|appel)")
# Whatever else the sentence says: who reviews candidatures, or offers something to those who are chosen.
OF_NO_APPLICANT = words(
    r"(?:dossiers?|candidatures?)(?: \S+){0,10}? (?:annotee?s?|commentee?s?|surlignee?s?) (?:par|de)",
    r"(?:commentaires|annotations|remarques|corrections) (?:en marge|dans le (?:texte|document|dossier))",
    r"(?:a|pour|aupres de|aux) ?(?:tous )?(?:vos|les) (?:futurs )?laureate?s",
    r"(?:relu|corrige|releve)(?: \S+){0,4}? (?:reglement|cahier des charges|formulaire|page|affiche|erreurs?"
    r"|coquilles?|fautes?)",
    # "Un dossier reçu à la Région": of somebody who wrote elsewhere.
    r"(?:dossier|candidature|reponse)(?: \S+){0,6}? (?:recue?|arrivee?|parvenue?) (?:par erreur|chez nous"
    r"|a (?:la|l')|au|en)",
)
OURS = words(r"(?:notre|nos) (?:\w+ )?(?:candidatures?|dossiers?)")
# "Avant de vous adresser la version papier, …", "un essai avant de vous adresser notre candidature": not yet done.
NOT_YET_DONE = words(r"avant (?:de |d')(?:(?!je |j'|nous vous |vous trouverez|veuillez)[^,;:\s]+ ?)+")
_NAMED_ONLY = "".join(
    rf"(?<!{word} )"
    for word in "par dans sur selon comme apres suivant prevoit prevoient demande exige respecte lu que vu de".split()
)
# Who opens a call gives them out; an applicant signs them, or names them.
SENDS = words(_SENT)
PAPERS_OF_THE_CALL = words(
    rf"{_NAMED_ONLY}(?:le|les|un|l'|son|leur) (?:\w+ )?(?:cahier des charges|reglement(?! interieur)|(?:notice|guide)"
    r" (?:de |du |d'|explicati)\S+)"
    r"(?! ?,?(?: \S+){0,3}? (?:signe|paraphe|approuve|accepte|date|valide|complete|rempli))",
    r"(?:lettre|courrier|dossier|formulaire|fiche|deliberation)s?(?: de candidature)? types?",
    r"(?:dossier|formulaire|fiche)s?(?: de candidature)? (?:a|vierges?) (?:renseigner|completer|remplir|retourner)",
    r"(?:grilles?|criteres?) (?:de selection|d'(?:evaluation|analyse)|de notation)",
    r"dossier (?:complet )?de l'appel(?! a)",
    r"modeles?(?: \S+){0,3}? (?:de |d')(?:\S+ )?(?:candidature|reponse|deliberation)s?",
)
_EXCEPT_OUR_CALL = rf"(?: (?!{CALL_WORD}|appel)\S+){{0,4}}?"
_ROLE_AT_A_MEETING = r"(?:accueil|organis|heberg|anim|co-?organis|interven|intervention|temoign)\w*"
OTHER_AIM = words(
    rf"(?:candidat\w*|volontaires?|partante?s?){_EXCEPT_OUR_CALL} (?:pour|a|d') ?"
    rf"(?:l'|la |le |une? |cette )?{_ROLE_AT_A_MEETING}",
    # "Candidate pour devenir l'opérateur de la démarche"
    rf"candidate?s? pour (?!notre|votre|autre|{OF_THE_CALL})\w+(?:er|ir|re)",
    r"candidatures?(?: (?:de|d') ?\S+(?: \S+)?)? (?:a|au|aux|pour) ?(?:\S+ ){0,2}?(?:stages?|postes?|emplois?"
    r"|alternance|service civique|label|jury|concours)",
    r"(?:candidat\w+|postul\w+) (?:a|au|aux|pour|sur) ?(?:\S+ ){0,2}?(?:offres?|stages?|postes?|emplois?|alternance)",
    r"associe\w* (?:a la |a l'|au |aux )(?:\S+ )?(?:jury|comite|commission|selection|instruction|evaluation)",
)
# One mail, several applicants: a person parts them.
SEVERAL = words(
    r"(?:deux|trois|quatre|cinq|six|plusieurs|\d) (?:dossiers de candidatures?|candidatures)",
    r"(?:les|nos|leurs|des) (?:dossiers de candidatures?|candidatures) (?:\S+ )?"
    r"(?:de nos|de plusieurs|de deux|des(?: \S+)?)"
    r" (?:communes|villes|collectivites|communautes|territoires|epci|membres|adherents)",
    r"les (?:dossiers de candidatures?|candidatures) (?:de |d'|du )(?:\S+ ){1,8}?et (?:de|d'\w+|du|des)",
    rf"les candidatures(?:,[^,]*,)?(?: \S+){{0,3}}? {COMING_WITH}",
    rf"{COMING_WITH}(?: \S+){{0,2}}? les candidatures",
    r"candidature(?: \S+){1,10}? (?:et|ainsi que|comme) celle (?:de|du|d'|des)",
    r"candidature (?:de |du |d'|des )(?:\S+ ){1,8}?(?:et|ainsi que|puis) (?:la |de la )candidature",
)
