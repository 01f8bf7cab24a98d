"""How French applicants write: applying, asking, completing, withdrawing. Tables only; the rules say what follows.

Every pattern is for text that `folding.fold` made: lower case, no accents, one line, straight apostrophes.
In a sentence the names of our calls are read as "cet ami" (`naming.masked`), so that one pattern fits every call.
"""

import re


def words(*patterns: str) -> re.Pattern[str]:
    """Any of these, as whole words."""
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)")


def _gap(most: int) -> str:
    """Up to so many words between two that belong together."""
    return rf"(?: \S+){{0,{most}}}? "


# --- The call -------------------------------------------------------------------------------------------------------

_CALL = r"(?:(?<!cher )(?<!mon )ami|a\.m\.i\.?|appels? a (?:manifestations? d'interets?|candidatures?|projets?|propositions?))"
CALL = words(_CALL, r"(?:votre|vos|cet|cet?te|du|l') ?appel(?! tel)(?! d'offre)")
CANDIDATURE = words(r"candidatures?", r"candidat(?:e|er|s|es|ons|ent|ez)?", r"manifestations? d'interets?")
# Whatever one can apply to: the call, its name (masked), or what it offers.
_AIM = rf"(?:{_CALL}|appel(?! tel)|accompagnement|dispositif|demarche|experimentation|programme|operation|kit)"
_TO_AIM = rf"(?:a|au|aux|pour|dans|sur|de|du) ?(?:l'|d'|le |la |les |votre |cet |cette |ce |son |notre )?(?:\S+ ){{0,2}}?{_AIM}"

# --- Applying -------------------------------------------------------------------------------------------------------

_FILE = (
    r"(?:candidatures?|dossiers?|reponses?|manifestations? d'interet|actes? de candidature|proposition"
    r"|(?:lettres?|notes?|courriers?|fiches?|formulaires?) (?:\S+ ){0,2}?(?:d'intention|d'interet|d'engagement|de candidature|de reponse))"
)
_SENDING = (
    r"(?:adress(?:e|er|es|ons|ent|ant)|(?:re)?transme(?:t|ts|ttre|ttons|ttent|ttant)|(?:r?en|ren)vo(?:ie|yer|yons|ient|yant)"
    r"|reme(?:t|ts|ttre|ttons|ttent)|soume(?:t|ts|ttre|ttons|ttent)|present(?:e|er|ons|ent)|communiqu(?:e|er|ons|ent)"
    r"|(?:fai[st]|faire|faisons|font) (?:\w+ )?(?:parvenir|suivre)|depos(?:e|er|ons|ent)|propos(?:e|er|ons|ent))"
)
_OWN = r"(?:sa|son|notre|nos|leur|ma|mon|la|une|un|cette|ce)"
_ATTACHED = (
    r"(?:ci[- ]?(?:joint|jointe|joints|jointes|apres|dessous|annexe|annexee|inclus)|pieces? jointes?|en pj|pj|en annexe"
    r"|(?:est|sont) joint\w*|joins|joignons|fichiers? joints?|en fichiers? attaches?|attache|voici|voila|trouver(?:ez)?|en lien|joint)"
)
# The mail itself applies.
APPLIES = words(
    rf"(?:vous|te)(?: \S+){{0,3}}? {_SENDING}{_gap(12)}{_FILE}",
    rf"(?:adresse|adressons|transmet|transmets|transmettons|envoie|envoyons|remet|soumet|soumets|soumettons|presente"
    rf"|presentons|presentent|depose|deposons|deposent|propose|proposons|pose|posons|formule|formulons|introduit)"
    rf"(?: \S+){{0,4}}? {_OWN} (?:\w+ )?(?:candidature|dossier de candidature|manifestation d'interet|reponse a)",
    rf"{_ATTACHED}{_gap(12)}{_FILE}",
    rf"{_FILE}{_gap(12)}{_ATTACHED}",
    r"(?:est|sommes|suis|etre|se porte|portons|porte|portent|declare|declarons) (?:\w+ ){0,2}?candidate?s?",
    r"(?:fai(?:t|s|sons)|font|faire|vaut|valant|tient lieu de|constitue|vaudra)(?: \S+){0,3}? (?:acte de )?(?:candidature|manifestation d'interet)",
    rf"candidat(?:e|ons|ent)(?: \S+){{0,4}}? {_TO_AIM}",
    rf"repond(?:s|ons|ent)?(?: \S+){{0,7}}? {_TO_AIM}",
    r"(?:plaisir|honneur|joie) de(?: \S+){0,3}? (?:repondre|candidater|adresser|transmettre|presenter|deposer|soumettre|faire|poser|proposer|porter|manifester)",
    r"manifest(?:e|ons|ent|er)(?: \S+){0,4}? (?:son|notre|leur|mon|l'|un) ?(?:\w+ )?interet",
    rf"(?:confirm|renouvel|maint)\w+(?: \S+){{0,3}}? (?:sa|notre|leur) (?:candidature|participation {_TO_AIM})",
    rf"(?:inscri(?:t|s|vons)|engage(?:ons)?)(?: \S+){{0,6}}? {_TO_AIM}",
    r"(?:sollicite|sollicitons)(?: \S+){0,8}? (?:accompagnement|participation|selection)",
)
# It wishes to: an application when nothing is asked, or when documents come with it.
WISHES = words(
    r"(?:souhait|desir|voudr|aimer|veu[tx]|voul(?:ons|ez)|entend|tien[ts]|tenons|decid|prete?s?|volontaires?)\w*(?: \S+){0,9}?"
    r" (?:repondre|candidater|participer|candidature|postuler|deposer|presenter|se porter|nous porter|inscrire|rejoindre|integrer|engager|proposer"
    r"|beneficier|faire (?:acte|partie)|etre (?:candidat|accompagn|retenu|selectionn|associe)\w*)",
    r"(?:serions|serait|sommes|est|etre) (?:\w+ ){0,2}?volontaires?",
    rf"candidater {_TO_AIM}",
)
INTERESTED = words(r"interesse[es]*", r"interet pour", r"retenu (?:toute )?notre attention")
# What was sent before, or by somebody else: no application by itself.
ALREADY_SENT = words(
    r"(?:vous )?(?:ai|avons|a|ont|avait|avions) (?:deja |bien )?(?:adresse|transmis|envoye|fait parvenir|depose|remis|soumis|candidate|repondu)",
    r"(?:deposee?|envoyee?|transmise?|adressee?) (?:le|en|debut|fin|la semaine|il y a|au mois)",
)
NEGATED = words(
    r"(?:ne|n') ?(?:\w+ )?(?:souhait|pourr|pouv|peut|est|somm|sera|ser|candidat|depos|repond|particip|donn|envisag|compt)\w*(?: \w+)? (?:pas|plus)",
    r"pas (?:etre )?candidate?s?",
    r"(?:renonc|declin)\w+",
)
# It will, or may: words that make an application of the same sentence an intention.
INTENDS = words(
    r"(?:a|ai|avons|ont|aurions|aurait) l'intention de",
    r"envisage\w*",
    r"(?:prevoi|prevoy|compt|reflechi|hesit|esper|songe|pens)\w*(?: \S+){0,4}? (?:candidater|deposer|repondre|postuler|participer|presenter|adresser|transmettre|envoyer)",
    r"(?:allons|va|vont|vais) (?:\w+ )?(?:candidater|deposer|repondre|postuler|envoyer|transmettre|adresser)",
    r"(?:prepar|redig|finalis|travaill)(?:e|ons|ent|ant|er)(?: \S+){0,4}? (?:candidature|dossier|reponse)",
    r"(?:pourrait|pourrions|pourraient)(?: \S+){0,4}? (?:candidater|deposer|repondre|interesser|participer)",
    r"(?:etudi|examin)\w+(?: \S+){0,3}? (?:opportunite|possibilite)",
)
# The application is still to come.
WILL_COME = words(
    r"(?:candidater|deposer|repondr|postuler|enverr|transmettr|adresser|presenter)(?:a|ons|ont|ai)",
    r"(?:candidature|dossier)(?: \S+){0,6}? (?:parviendra|suivra|(?:sera|va etre) (?:adresse|transmis|envoye|depose)e?)",
    r"(?:conseil|bureau|elus?|maire|president)(?: \S+){0,5}? (?:doit|doivent|devra|devront|se prononcera|decidera|statuera)",
)
# What comes with it is a draft, or is said not to be an application.
DRAFT = words(
    r"projets? de (?:candidature|dossier|reponse|note|lettre|courrier)",
    r"(?:candidature|dossier|document|version|note)s?(?: \S+){0,5}? (?:pas|non)(?: encore| ete){0,2} (?:definiti|valide|finalise|arrete)\w*",
    r"brouillon",
    r"ebauche",
    r"premier jet",
    r"version (?:de travail|provisoire|martyr|projet|intermediaire)",
    r"pre-?candidature",
    r"avant (?:de |d'|le |la |tout |notre |l')(?:\w+ ){0,3}?(?:deposer|depot (?:definitif|officiel)|envoi (?:definitif|officiel)|candidater|repondre|postuler|soumettre|transmettre|finaliser)",
    r"(?:pas|ni)(?: \S+){0,4}? (?:enregistrer|considerer|comptabiliser|prendre)(?: \S+){0,4}? (?:candidature|definitif)",
    r"(?:pas|point) (?:encore )?(?:une|notre|la|d'une) candidature",
    r"(?:avis|remarques?|conseils?) (?:sur|quant a) (?:notre|ce|cette|le|la|mon) (?:\w+ )?(?:projet|dossier|document|candidature|version|note)",
    r"votre avis ?\?",
    r"(?:jeter|donner|porter) un (?:\w+ )?(?:oeil|coup d'oeil|regard|premier avis)",
    r"(?:nous|le|me|la) relire",
    r"relecture",
)

# --- Asking ---------------------------------------------------------------------------------------------------------

ASKS = words(
    r"(?:pourr(?:iez|ais|ait)|pouvez|peux|peut|auriez|sauriez|savez|avez|est)[- ](?:vous|tu|on|il|ce)",
    r"merci (?:de|d'|par avance de) ?(?:me |nous |bien vouloir )*(?:dire|preciser|indiquer|eclairer|renseigner|repondre|rappeler|confirmer|faire savoir|informer|tenir)",
    r"(?:souhait|aimer|voudr|desir)\w+ (?:\w+ )?(?:savoir|connaitre|avoir (?:des|plus|quelques)|obtenir|des (?:precisions|renseignements|informations))",
    r"(?:savoir|dire|preciser|indiquer) (?:si|quel\w*|comment|quand|combien|jusqu|ou|ce qu)",
    r"(?:une|deux|trois|quelques|plusieurs|ma|mes) (?:\w+ )?questions?",
    r"(?:je|nous) (?:m'|nous )?interroge\w*",
    r"dans l'attente de vos (?:reponses|precisions|eclair\w+|lumieres)",
    r"s'il? (?:est|etait|serait) possible",
    r"(?:sommes|suis|reste|restons) sans (?:nouvelles?|reponse|retour)",
    r"ou en (?:est|sont|etes)",
    r"demande de (?:renseignement|precision|information|rendez-vous|report|delai)\w*",
)
# Asked by courtesy at the end of any mail: no question about the call.
ASKS_RECEIPT = words(
    r"(?:bonne|la|bien) reception",
    r"bien (?:ete )?(?:recue?s?|parvenue?s?)",
    r"accus\w+ (?:de )?reception",
    r"(?:mail|message|courriel|envoi|courrier)(?: \S+){0,2}? (?:suffit|suffisent|convient)",
    r"(?:suffit|convient)(?: \S+){0,2}? (?:mail|message|courriel|envoi)",
    r"(?:pu|reussi a) (?:l'|les )?ouvrir",
    r"(?:quelque chose|un document|une piece|des pieces|des elements|element)(?: \S+){0,3}? (?:manqu|complementaire|supplementaire)\w*",
    r"nous rencontrer",
    r"un (?:accuse|mot en retour)",
)

# --- Completing -----------------------------------------------------------------------------------------------------

COMPLETES = words(
    r"complement\w*",
    r"complet\w+",
    r"(?:comme|tel que) (?:convenu|promis|annonce|demande|evoque|prevu|indique)\w*",
    r"manqu\w+",
    r"oubli\w*",
    r"(?:piece|document|element)s?(?: \S+){0,2}? (?:demande|attendu|requis)\w*",
    r"deliberation",
    r"delib",
    r"annexes?",
    r"version (?:signee|definitive|corrigee|finale|complete|actualisee|modifiee)",
    r"annul\w+ et remplac\w+",
    r"remplace\w*",
    r"signee?s?",
    r"a l'appui",
    r"errat\w+",
    r"rectifi\w+",
    r"corrige\w*",
    r"modifie\w*",
    r"mise? a jour",
    r"actualise\w*",
    r"suite",
    r"pieces? jointes?",
    r"page",
)
ATTACHED = words(_ATTACHED, r"transmets", r"transmettons", r"envoie", r"envoyons", r"adresse", r"adressons", r"parvenir")
INFORMS = words(
    r"(?:vous|te) (?:precis|inform|confirm|signal|indiqu|communiqu|apport|donn)\w*",
    r"(?:pour|afin de|venons|viens) (?:completer|preciser|rectifier)",
    r"en reponse a (?:votre|vos|ta)",
    r"(?:en|a titre de) complement",
    r"(?:notre|le|la|votre|nos) (?:elue?|referente?|contact|interlocut\w+|nouvel\w*)(?: \S+){0,4}? (?:est|sera|seront|sont)",
    r"(?:sera|est|devient|suis) (?:desormais )?(?:notre|votre|la|le) (?:nouv\w+ )?(?:referente?|contact|interlocut\w+)",
    r"(?:nouvelles? |changement d[e'] ?)(?:adresse|coordonnees|interlocut\w+|numero|referente?|contact)",
    r"voici (?:les?|la|nos|notre|l')",
    r"(?:remplac|succed)\w+(?: \S+){0,6}? (?:contact|referente?|dossier|fonctions?|interlocut\w+)",
    r"(?:a|avons|ont) (?:delibere|vote|adopte|approuve|valide)",
)
# What the candidature is made of: a known sender who speaks of it speaks of the candidature.
OF_THE_FILE = words(
    r"candidatures?",
    r"dossiers?",
    r"ami",
    r"appel",
    r"projets?",
    r"jury",
    r"selection\w*",
    r"retenue?s?",
    r"laureats?",
    r"resultats?",
    r"comite",
    r"reunions?",
    r"calendrier",
    r"delai\w*",
    r"seminaires?",
    r"deliberations?",
    r"delib",
    r"decision",
    r"accompagnement",
)
# A known sender may well write of something else.
OTHER_SUBJECT = words(
    r"v(?:oe|e)ux",
    r"inauguration",
    r"invit(?:e|ons|ation|ent|er)",
    r"factur\w+",
    r"bons? de commande",
    r"devis",
    r"newsletter",
    r"lettre d'info\w*",
    r"bulletin municipal",
    r"magazine",
    r"conges?",
    r"salon",
    r"colloque",
    r"formation",
    r"webinaire",
    r"exposition",
    r"adhesion",
    r"cotisation",
    r"subvention",
    r"convention",
    r"recrut\w+",
    r"stage",
    r"offre d'emploi",
    r"fiche de poste",
    r"flyer",
    r"affiche",
)

# --- Withdrawing ----------------------------------------------------------------------------------------------------

_CANDIDACY = r"(?:candidature|dossier|participation|manifestation d'interet|demande|projet|demarche|engagement|ami|appel|accompagnement)"
WITHDRAWS = words(
    rf"(?:retir(?:e|er|ons|ent|ant|ait|ions)|retrait)(?: \S+){{0,6}}? {_CANDIDACY}",
    r"(?:se|me|nous) retir\w+",
    r"retrait",
    r"(?:ne|n')(?: \S+){0,3}? (?:pas|plus)(?: \S+){0,2}? (?:donner|donne|donnera|donnerons) (?:de )?suite",
    r"(?:ne|n') ?(?:donn\w+|sera|serait)(?: \S+){0,2}? (?:pas|plus|aucune) (?:\S+ )?(?:donnee? )?(?:de )?suite",
    r"(?:sans|classer sans) suite",
    r"renonc\w+",
    r"desist\w+",
    rf"annul(?:e|er|ons|ent|ee|ation)(?: \S+){{0,4}}? {_CANDIDACY}",
    rf"{_CANDIDACY}(?: \S+){{0,3}}? (?:est|soit|doit etre) (?:annulee?|retiree?|caduque?|abandonnee?|nulle)",
    rf"abandon(?:ne|ner|nons|nent|nee?)?(?: \S+){{0,4}}? {_CANDIDACY}",
    r"(?:ne|n')(?: \S+){0,2}? (?:maint\w+|poursui\w+|confirm\w+|donn\w+)(?: \S+){0,2}? (?:pas|plus)(?: \S+){0,3}? (?:candidature|dossier|demarche|participation)",
    r"(?:ne|de ne) (?:pas|plus) (?:maintenir|poursuivre|donner|participer|candidater|etre candidat\w*|presenter|engager)",
    r"(?:n'est|ne sommes|n'etre|ne sera|ne serons|ne suis) (?:\w+ )?(?:plus|finalement pas|pas en mesure|plus en mesure)(?: \S+){0,6}? (?:candidat\w*|participer|poursuivre|interesse\w*|engager|maintenir)",
    r"ne souhait\w+ (?:\w+ )?(?:plus|pas)(?: \S+){0,3}? (?:participer|candidater|poursuivre|maintenir|donner suite|etre candidat\w*|concourir|prendre part)",
    r"ne pourr\w+ (?:\w+ )?(?:plus|pas)(?: \S+){0,3}? (?:poursuivre|donner suite|maintenir|candidater|mener|porter|participer (?:a l'|a votre |au |a cet )(?:ami|appel|accompagnement|dispositif))",
    r"ne (?:pas|plus) (?:tenir compte|prendre en compte|considerer|examiner|instruire)(?: \S+){0,3}? (?:candidature|dossier de candidature)",
    r"(?:laisser|laissons|ceder|cedons) (?:la|notre|sa) place",
    r"passer notre tour",
    r"jet\w+ l'eponge",
    r"declin\w+",
    r"mettre (?:un terme|fin) a (?:notre|cette|la)",
)
# The same words when a person gives nothing up.
KEEPS = words(
    r"annul\w+ et remplac\w+",
    r"remplac\w+",
    r"(?:ou|comment|quand)(?: \S+){0,4}? retirer",
    r"(?:date|heure|possibilite|modalite|condition|delai)s?(?: \S+){0,2}? (?:de|du) retrait",
    r"si (?:nous|la|le|notre|l'|on|jamais)(?: \S+){0,8}? (?:retir|renonc|desist|abandonn|annul)\w+",
    r"(?:ne|n') ?(?:\w+ )?(?:retir|renonc|abandonn|annul)\w+(?: \S+)? (?:pas|rien)",
    r"sans (?:pour autant )?(?:retirer|renoncer|abandonner)",
    r"retir\w+ (?:une|la|cette) (?:piece|page|annexe|phrase|mention)",
    r"retrait (?:gonflement|des argiles|du trait)",
    r"zones? de retrait",
)

# --- Meetings -------------------------------------------------------------------------------------------------------

MEETING = words(r"reunions?", r"invitation", r"convocation", r"seance", r"rencontre", r"seminaire", r"journee")
ATTENDS = words(
    r"(?:sera|serai|serons|seront|suis|sommes) (?:\w+ ){0,2}?(?:presente?s?|disponibles?|absente?s?|excusee?s?|des votres|representee?s?|indisponibles?)",
    r"(?:confirm|annonc)\w+(?: \S+){0,3}? (?:presence|participation|venue|absence|inscription)",
    r"(?:participer|assister|participera|assistera|participerons|assisterons|participerai|assisterai|viendr|rendr)\w*(?: \S+){0,3}? (?:reunion|seance|rencontre|journee|seminaire)",
    r"(?:ne|n')(?: \S+){0,2}? pourr\w+(?: \S+){0,3}? (?:participer|assister|venir|presents?e?s?|rendre|liberer)",
    r"(?:me|nous|le|la) (?:fer\w+ )?(?:represent|remplac)\w+",
    r"(?:prie|veuillez|prions)(?: \S+){0,5}? (?:excuser|d'excuser)(?: \S+){0,3}? absence",
    r"je (?:viendrai|confirme|serai la)",
    r"nous serons \w+",
)
