"""How people say that what seems to be a candidature is none, not yet, not theirs, or only a try. The rules say what
follows.

Every pattern is for folded text (`folding.fold`) in which the names of our calls are masked.
"""

from pipeline.core.triage.wording.applying import COMING_WITH, FILE, SENDING
from pipeline.core.triage.wording.fragments import Phrases, words

# Anywhere: in the subject, before and after the signature.
NOT_FOR_REAL = words(
    r"ceci (?:est|n'est qu)(?:'| )?une? (?:simple )?(?:essai|test|exercice|simulation)",
    r"(?:simple )?(?:essai|test) (?:d'envoi|de (?:la |notre )?(?:messagerie|boite|transmission))",
    r"ne sert qu'a",
    r"(?:exercices?|ateliers?|session) de formation",
    r"(?:je|nous) (?:m'|nous )exerc\w+",
    r"(?:formation|exercice) ?\W+ ?(?:essai|exercice|test)",
    r"(?:ne|n') ?(?:regardez|enregistrez|traitez|lisez|tenez|ouvrez) pas(?! compte)",
    r"(?:ne|n') ?(?:doit|doivent|devra|faut) (?:\w+ )?pas (?:etre |les? |la )?(?:enregistr|pris|consider|trait"
    r"|regard)\w*",
    r"exercices? n° ?\d",
    r"(?:formation|stage|session) (?:bureautique|continue|rediger)",
    r"(?:dans le cadre|au titre) (?:de|d'|du) ?(?:l'|la |mon |ma |notre |leur |un |une )?(?:\S+ ){0,4}?(?:master"
    r"|licence|cours"
    r"|module|cursus)",
    r"notre (?:enseignant|professeur|format)\w*",
    r"message (?:de )?(?:test|essai)",
    r"^\W*(?:test|essai|exercice|simulation)\b(?! (?:de (?:prospective|la demarche)))",
    r"(?:message|mail|courriel|envoi|dossier)s? a (?:ignorer|supprimer|ne pas traiter)",
    r"(?:a )?ne pas (?:traiter|enregistrer|prendre en compte)",
    r"candidatures? (?:fictive|imaginaire|factice)s?",
    r"imagin\w+ (?:la|une) candidature",
)
DRAFTED = words(
    r"brouillons?",
    r"(?:attente|obtenu|recu) (?:du|le|de son|de) (?:visa|feu vert)",
    r"(?:attend\w*|avant|jusqu'a|sans) (?:mon|notre|son|leur|ma|sa|le) (?:feu vert|confirmation|visa|aval|signal)",
    r"(?:version|projet|message|dossier|candidature|note)s? (?:\S+ )?(?:a (?:corriger|valider|relire|revoir)"
    r"|non (?:valide|envoye)e?)",
    r"\bv0\b",
    r"projet de message",
    r"sous le coude",
    r"(?:jusqu'a|en attendant|attendez) (?:mon|notre|ma) (?:coup de fil|appel|signal|retour|feu vert|confirmation)",
    r"initiative de ma part",
    r"(?:maire|presidente?|conseil|elus?|bureau)(?: \S+){0,3}? (?:n'est|ne sont|n'a"
    r"|n'ont) pas (?:encore )?(?:au courant"
    r"|ete (?:saisi|consulte|informe)\w*)",
    r"(?:a un doute|veut en reparler|souhaite en reparler)",
    r"avant que (?:nous|je|on) (?:ne )?(?:l[ae]s? |l')?(?:depos|envo|transm|adress)\w*",
    r"avant (?:depot|envoi) ?$",
    r"n'engage (?:pas|nullement|en rien) (?:la|notre|le) (?:commune|ville|communaute|collectivite|conseil)",
)
# At the head of a document.
HEAD_OF_A_DRAFT = words(
    r"(?:projet|document|version) (?:- |– )?(?:ne pas diffuser|a ne pas diffuser|provisoire|de travail)",
    r"\[(?:a completer|a preciser|a valider|a confirmer|xx+)\b",
    r"document(?: de)? (?:provisoire|travail)",
)
# The writer does not apply (any more, this time), in words that need no candidature beside them.
GIVES_UP = words(
    r"ne (?:nous |me |lui |leur )?permet\w*(?: \S+){0,2}? pas (?:de |d')(?:\S+ ){0,2}?(?:candidat|repond|inscri"
    r"|particip"
    r"|deposer|postuler|presenter|engager)\w*",
    r"(?:ce sera|ce n'est que partie remise|a) (?:pour )?(?:une|la) (?:autre|prochaine) (?:fois|edition|annee"
    r"|occasion)",
    r"partie remise",
    r"(?:decid|tranch|choisi|resolu|convenu|prefer)\w*(?: \S+){0,3}? de ne (?:pas|plus|point)(?! (?:attendre"
    r"|tarder|se|nous"
    r" (?:limiter|contenter|arreter)|subir|laisser|rester|fermer|changer))",
    r"(?:ne |n')repren\w+ (?:pas|plus) (?:a son compte|ce|le|cette|la)",
    r"(?:nous|on|je|il|elle) (?:ne |n')(?:la |le |les |l')?(?:present|depos|transm|soum|porter|repren)\w* (?:pas"
    r"|plus)(?! (?:\S+ )?"
    r"(?:seul|par|pour|sans|de (?:leur|notre) cote))",
    r"(?:n'est|ne sommes|ne sera|ne serons|n'etait) (?:\w+ )?(?:pas|plus) en mesure (?:de |d')(?:\S+ ){0,3}?(?:candidat"
    r"|repond|particip|deposer|presenter|porter)\w*",
    r"(?:part(?:ie?|i)|envoyee?|transmise?|adressee?) (?:vers vous )?par (?:erreur|megarde)",
    r"plus d'actualite",
    r"n'existe pas",
    r"(?:n'avait|n'a|n'avaient|n'ont) pas (?:\w+ )?(?:recu|eu) (?:mission|mandat|delegation|pouvoir)\w*",
    r"ne l[ae']s? ?reconnaiss\w+ pas",
    r"avec (?:mes|nos|tous mes|tous nos) regrets",
    r"plutot que (?:d'|de )(?:en |vous )?(?:porter|deposer|presenter|candidater|postuler|envoyer|adresser|transmettre)",
    r"rang(?:er|eons|erons|e)(?: \S+)? derriere",
    r"ralli(?:er|ons|erons|e)(?: \S+)? (?:a )?(?:la|cette|leur) (?:candidature|demarche)",
)
# It holds under a condition, or for another time.
CONDITIONS = words(
    r"ne (?:vaut|vaudra) qu(?:e|')",
    r"ne vaut (?:pas |point )?(?:acte de )?candidature",
    r"prendra effet",
    r"nul(?:le)? et non avenue?",
    r"(?:n'est|ne sera) valable que",
    r"candidate?(?: \S+){0,12}? sous reserve qu\S*",
    r"sous reserve qu\S*(?: \S+){0,12}? candidat\w*",
    r"(?:au titre de|pour|sur) l(?:'|a )?(?:prochaine )?(?:edition|session)(?: prochaine| suivante"
    r"| 20\d\d)? (?:\S+ ){0,5}?et non",
    r"reste a savoir (?:qui|si|quelle)",
    r"rien ne dit qu\S*",
)
# Somebody else's, or not a collectivité's.
OF_ANOTHER_HAND = words(
    rf"pour (?:ta|votre|ton|leur) (?:\w+ )?information,?(?: \S+){{0,12}}? {FILE}",
    rf"{FILE}(?: \S+){{0,20}}? pour (?:ta|votre|ton|leur) (?:\w+ )?information",
    r"a titre (?:personnel|prive|d'eclairage|d'information)",
    r"s'appret\w+ a (?:vous |te )?",
    r"(?:elle|il|ils|elles) doi\w+ (?:vous|te) (?:l'|la |le )?(?:envoyer|transmettre|adresser)",
    r"(?:apport|accord|assur)\w*(?: \S+){0,4}? (?:concours|soutien|appui|parrainage)(?: \S+)? a la candidature",
    r"(?:conseiller\w* |elue?s? )(?:\w+ )?(?:de la minorite|de l'opposition|d'opposition|minoritaires?)",
    r"soumise? a aucun vote",
    r"(?:mon|ma) success(?:eur|rice)",
    r"a (?:vous|toi) de voir",
    r"puisque la (?:municipalite|mairie|ville|commune) ne",
    r"nous,? (?:\S+ ){0,5}?(?:habitant|citoyen|riverain)e?s (?:de|du|d')",
    r"candidature pour (?:sieger|l'(?:accueil|hebergement|organisation|animation)|accueillir|heberger|animer"
    r"|intervenir)",
    r"j'aurais (?:aime|voulu|souhaite)",
    r"(?:tete de liste|profession de foi|elections? (?:municipales?|cantonales?|legislatives?|departementales?))",
    r"petitions?",
    r"(?:s'oppos|opposition|opposee?s?) (?:a |contre )?(?:la|cette|sa)? ?candidature",
    r"n'appelle (?:pas|aucune) (?:d')?(?:observation|remarque)",
    r"saisie? par (?:la|le|une?) (?:commune|ville|maire|communaute|president)",
    r"(?:pas|jamais)(?: encore)? (?:ete )?mandat\w*",
    r"publi(?:e|ons|erons|era)(?: \S+){0,3}? (?:papier|article|portrait|reportage)",
    r"(?:eux|elles?|ils?) qui (?:te|vous) (?:l[ae]s? |l')?(?:enverr|transmettr|adresser|deposer|feront)\w*",
    r"(?:leurs|toutes ces|ces|les|trois|plusieurs) (?:candidatures|fiches|dossiers)(?: \S+){0,3}? (?:qui|:|ci-joint)",
    r"(?<!nos )(?<!les )(?<!ces )(?:deux|trois|quatre|cinq|six|plusieurs|\d+) (?:communes|villes|collectivites"
    r"|territoires|intercommunalites)(?: \S+){0,4}? (?:present|depos|candidat|postul|repond)\w*",
    r"(?:notre|mon|l'|cette|la) ?(?:association|collectif|comite|entreprise|societe)(?: \S+){0,3}? (?:candidat|repond"
    r"|postul|present|depos)\w*",
    r"(?:demand|exig|attend)\w*(?: \S+){0,2}? (?:des |vos |une |quelques )?explications?",
    r"celles? (?:de |d')\S+(?:,| et) (?:de |d')\S+",
)
SELF_EXCUSED = words(
    r"precedent\w*",
    r"hier",
    r"premi(?:er|ere)",
    r"ancien\w*",
    r"versions?",
    r"dernier\w*",
    r"initial\w*",
    r"remplac\w*",
)
IGNORE_IT = words(
    r"(?:ne )?(?:pas|plus|tenez pas|tenir pas) (?:en )?(?:tenir )?compte(?! que)",
    r"(?:merci|veuillez|prie)(?: \S+){0,3}? (?:de l'|l')ignorer",
    r"(?:n'en )?(?:tenir|tenez) aucun compte",
)
# What programs write below every mail.
DISCLAIMS = words(
    r"(?:pas|unique|seule?|reservee?s?|exclusi\w+|l'attention|usage)(?: \S+){0,4}? destinataires?",
    r"^si (?:vous|ce|cet|le present|la presente)",
    r"^s'il vous (?:est|a)",
    r"(?:ce|cet|le present) (?:message|courriel|mail|e-?mail)(?: \S+){0,6}? (?:confidentiel|strictement|n'engage"
    r"|ne vaut|ne constitue)\w*",
    r"this (?:message|e-?mail)",
)
BELOW = words(r"ci-dessous", r"plus bas", r"ci-apres", r"dans le mail (?:precedent|joint)")
# A document that says no, or not yet, has one of these.
DENIES = Phrases(
    r"\b(?:ne |n'|pas |rejet|ajourn|report|retir|refus|annul|repouss|sursoi|defavorable|regret|renonc|differ|ecart"
    r"|abandonn|empech|attend|guett|nul|reputee?|candidature|avai|avions|prefer|laiss|surseoir|compt|envisag"
    r"|dispens|contre|reserve|prononcer"
    r"|deliberer|statuer|trancher)"
)
REFUSES = words(
    r"decid\w*(?: \S+){0,2}? de ne (?:pas|point) (?:\S+ ){0,3}?(?:present|depos|donn|candidat|repond|particip"
    r"|postul|port"
    r"|retenir|engag)\w*",
    r"(?:rejet|ajourn|report|retir|refus|annul|repouss)\w+(?: \S+){0,3}? (?:sa|la|cette|le|ce)(?: \S+){0,2}?"
    r" (?:decision|proposition|deliberation|candidature|projet de candidature)",
    r"surs(?:oi|eoi)\w+ (?:a statuer|a sa decision)",
    r"(?:attend|guett|report|compt|envisag)\w*(?: \S+){0,8}? (?:prochaine|autre) (?:edition|session|occasion)",
    r"plus sage d'attendre",
    r"nul(?:le)? et non avenue?",
    r"(?:n'(?:y )?entend\w*|ne (?:souhait|compt|pourr|peu)\w*) (?:\w+ )?pas (?:y )?(?:donner|apporter)(?: de)? suite",
    r"(?:avai(?:t|ent)|avions) (?:\w+ )?(?:envisage|prepare|prevu|imagine)(?: \S+){0,6}? candidat\w*",
    r"prefer\w*(?: \S+)? (?:d'|de )(?:attendre|laisser)",
    r"laiss(?:er|e|ons|era|erons)(?: \S+)? (?:d'autres|la place)",
    r"\b(?:y|la|le) surseoir",
    r"candidature(?: \S+){0,6}? si,? et seulement si",
    r"reputee? (?:deposee?|recue?|valable) qu\S*",
    r"n'approuv\w+ pas",
    r"candidature pour (?:l'(?:accueil|hebergement|organisation)|accueillir)",
    r"(?:avis|vote) defavorable(?: \S+){0,6}? candidat\w*",
    r"defavorable a (?:la|cette|une) candidature",
    r"(?:regret\w*|malheureusement)(?: \S+){0,8}? (?:ne |n')(?:\S+ ){0,8}?(?:candidat|repondre|participer|porter"
    r"|deposer)\w*",
    r"(?:commune|ville|communaute(?: \S+){0,3}?|collectivite|syndicat|conseil)(?: \S+)? (?:ne "
    r"|n')(?:se )?(?:candidat|repond"
    r"|particip|present|depos|port)\w* (?:pas|point|plus)(?! (?:seul|uniquement|seulement))",
    r"renonc\w+(?: \S+)? a (?:candidater|repondre|participer|deposer|la candidature|cette candidature)",
)
ANOTHER_TITLE = words(
    r"(?:label|prix|concours|trophees?|palmares|programme (?:leader|feder)|jury departemental|jury national)",
)
# "La délibération relative à la candidature": what it says of it stands in the document alone.
_BROUGHT = rf"(?:{COMING_WITH}|{SENDING})(?: (?!notre|nos)\S+){{0,2}}? (?:l'|la |le )?"  # "notre réponse" is one's own
ONLY_ABOUT_IT = words(
    rf"{_BROUGHT}(?:reponse|courrier|lettre(?: de candidature)?)s? (?:de |du |d'|que )",
    rf"{_BROUGHT}(?:d')?(?:deliberation|delib|extrait|courrier|lettre|avis"
    r"|decision|reponse|note|rapport|analyse|compte[- ]rendu)s?"
    r"(?: \S+){0,6}? (?:relati(?:f|ve)s? (?:a|au|aux)|concernant|au sujet|a propos|sur|portant sur|quant"
    rf"|consacree?s? a|a) ?(?:\S+ ){{0,3}}?(?:{FILE}|appel|ami)",
)
VOTED_FOR = words(
    r"(?:decid|approuv|autoris|valid|accept|soutien|favorable|donn|confirm|sollicit|engag"
    r"|souhait)\w*(?: \S+){0,14}? (?:candidat|appel"
    r"|ami\b|demarche|participation)\w*",
    r"(?:porte|presente|depose|fait acte)(?: \S+){0,3}? candidat\w*",
    r"candidature (?:de|du|d')(?: \S+){0,8}? (?:est|a ete) (?:approuvee|validee|adoptee|votee|decidee)",
)
