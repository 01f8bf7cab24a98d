"""How known applicants withdraw, and how the same words give nothing up. The rules say what follows.

Every pattern is for text that `folding.fold` made: lower case, no accents, one line, straight apostrophes.
"""

from pipeline.core.triage.wording.fragments import words

_CANDIDACY = (
    r"(?:candidature|dossier|participation|manifestation d'interet|demande|projet|demarche|engagement|ami|appel"
    r"|accompagnement)"
)
WITHDRAWS = words(
    r"retir(?:er?|ez|ons|ent)(?: \S+){0,4}? (?:liste|nombre|rang) des (?:candidat(?:ure)?|collectivite|territoire)s?",
    rf"(?:consider|regard|tenir|tenez)\w*(?: \S+){{0,4}}? {_CANDIDACY}"
    rf"(?: (?:de la|de l'|du|des|d'|de) ?(?!ce |cet|hier|lundi|mardi|mercredi|jeudi|vendredi)\S+(?: \S+){{0,2}}?)?"
    rf" (?:comme|pour) (?:caduc|caduque|nul(?:le)?|retiree?|annulee?|abandonnee?|sans objet)",
    rf"(?:retir(?:e|er|ons|ent|ant|ait|ions)|retrait)(?: \S+){{0,6}}? {_CANDIDACY}",
    r"(?:se|me|nous) retir\w+",
    # A withdrawal that is announced, decided or asked for; "l'idée d'un retrait" alone is none
    r"^(?:(?:bonjour,?|objet ?:|[\w-]+ ?:|notre|mon|le|demande de|avis de) ){0,3}(?:retrait|desistement)",
    r"(?:retrait|desistement) (?:\w+ )?(?:est|sera|reste) (?:\w+ )?(?:confirme|acte|definitif|decide|effectif|ferme)",
    r"(?:annonc|inform|confirm|notifi|signifi|signal|fai(?:re|s|t|sons) part|acte|not(?:er|ez)|prenez note|enregistr"
    r"|demand|sollicit|decid|vot|valid|approuv|prononc|souhait|regret)\w*(?: [^\s,;:]+){0,7}? retrait",
    r"(?:ne |n')(?:\S+ ){0,3}?(?:pas|plus)(?: \S+){0,2}? (?:donner|donne|donnera|donnerons) (?:de )?suite",
    r"(?:ne|n') ?(?:donn\w+|sera|serait)(?: \S+){0,2}? (?:pas|plus|aucune) (?:\S+ )?(?:donnee? )?(?:de )?suite",
    rf"(?:{_CANDIDACY}|class\w+)(?: \S+){{0,4}}? sans suite",
    r"(?:ne|n') ?(?:\w+ )?poursuiv(?:r?ons|ra|ront|rai|ent|ant) (?:\w+ )?(?:pas|plus)(?= ?[.,;:!]|$| (?:dans|avec vous"
    r"|plus avant|faute|pour))",
    r"(?:on|nous) (?:\w+ )?arret(?:e|ons)(?: tout)?(?= ?[.,;:!]|$)",
    r"(?:projet|candidature|demarche)(?: \S+){0,2}? ne se (?:fera|fait) (?:\w+ )?(?:pas|plus)",
    r"renonc\w+",
    r"desist\w+",
    rf"annul(?:e|er|ons|ent|ee|ation)(?: \S+){{0,4}}? (?:l')?{_CANDIDACY}",
    r"ne (?:tenez|prenez|considerez|examinez|retenez|comptez) (?:pas|plus)(?: \S+){0,4}? (?:notre|la|sa) (?:candidature"
    r"|dossier|participation)",
    r"declar\w+ (?:\w+ )?forfait",
    rf"{_CANDIDACY}(?: \S+){{0,4}}? (?:consider|regard|tenu)\w+ (?:comme|pour) (?:retir|annul|abandonn|caduc|caduq"
    rf"|nul)\w*",
    r"oubli(?:ez|er) (?:notre|la|sa) (?:candidature|participation)",
    r"abandonn(?:er|ons|e)(?= ?[.,;:!]|$| (?:faute|car|en raison|a cause|pour (?:cette|des)))",
    rf"{_CANDIDACY}(?: \S+){{0,3}}? (?:est|soit|doit etre) (?:\w+ )?(?:annulee?|retiree?|caduque?|abandonnee?|nulle)",
    rf"abandon(?:ne|ner|nons|nent|nee?)?(?: \S+){{0,4}}? {_CANDIDACY}",
    r"(?:ne|n')(?: \S+){0,2}? (?:maint\w+|poursui\w+|confirm\w+|donn\w+)(?: \S+){0,2}? (?:pas"
    r"|plus)(?: \S+){0,3}? (?:candidature|dossier|demarche|participation)",
    r"(?:ne|de ne) (?:pas|plus) (?:maintenir|poursuivre|donner|participer|candidater|etre candidat\w*|presenter"
    r"|engager)",
    r"(?:n'est|ne sommes|n'etre|ne sera|ne serons|ne suis) (?:\w+ )?(?:plus|finalement pas|pas en mesure"
    r"|plus en mesure)(?: \S+){0,6}? (?:candidat\w*|participer|poursuivre|interesse\w*|(?:s'|nous )?engager|maintenir)",
    r"ne (?:voulons|veu[xt]|veulent) (?:\w+ )?(?:plus|pas)(?: \S+)? (?:participer"
    r"|candidater|poursuivre|continuer|etre candidat\w*)",
    r"ne souhait\w+ (?:\w+ )?(?:plus|pas)(?: \S+){0,3}? (?:participer|candidater|poursuivre|maintenir"
    r"|donner suite|etre candidat\w*|concourir|prendre part)",
    r"ne pourr\w+ (?:\w+ )?(?:plus|pas)(?: \S+){0,3}? (?:poursuivre|donner suite|maintenir|candidater|mener"
    r"|porter|participer (?:a l'|a votre |au |a cet )(?:ami|appel|accompagnement|dispositif))",
    r"ne (?:pas|plus) (?:tenir compte|prendre en compte|considerer|examiner"
    r"|instruire)(?: \S+){0,3}? (?:candidature|dossier de candidature)",
    r"(?:laisser|laissons|ceder|cedons) (?:la|notre|sa) place",
    r"pass\w+ (?:\w+ )?(?:notre|son) tour",
    r"laiss\w+(?: \S+){0,10}? (?:la chance|l'opportunite|la place) (?:de|a|d')",
    r"(?:dit|vote) non",
    # "Voté contre", "contre la candidature", not "contre l'amendement"
    r"(?:vote|votes|prononcee?s?|delibere) contre"
    r"(?! (?:l'|(?:la|le|les|ces?|cet|cette|une?|des|toute?|notre|nos|sa|son|ses|leurs?) )(?!\d|(?:\S+ )?(?:candidat"
    r"|particip|proj|demarch"
    r"|appel|ami\b|dossier|engag|accompagn|maintien|poursuite|depot|idee|principe)))",
    r"ne (?:\w+ )?particip(?:e|ons|ent|era|erons|eront|erait|eraient) (?:finalement )?(?:pas|plus)",
    r"ne (?:sera|serons|seront|sommes|est) (?:\w+ )?(?:pas|plus) candidate?s?",
    r"(?:pas|plus) (?:examiner|etudier|instruire|tenir compte d[eu]|prendre en compte)(?: \S+){0,2}? "
    r"(?:candidature|dossier)",
    r"n'a(?:vons)? (?:\w+ )?pas souhaite (?:\w+ )?(?:donner suite|poursuivre|candidater|participer|s'engager)",
    r"(?:se|nous|me) desengag\w+",
    # "La commune ne peut maintenir sa candidature": "ne" alone denies, too
    r"(?:ne|n') ?(?:pas )?(?:peu[xt]|peuvent|pouvons|pourr\w+|pouvoir|saur\w+) (?:\w+ )?(?:plus |pas )?"
    rf"(?:maintenir|poursuivre|continuer|donner (?:une )?suite)(?: \S+){{0,4}}? {_CANDIDACY}",
    r"(?:ne|n') ?(?:nous |lui |leur )?permet\w* (?:\w+ )?(?:pas|plus) (?:de |d')(?:maintenir|poursuivre|continuer"
    rf"|donner (?:une )?suite)(?: \S+){{0,4}}? {_CANDIDACY}",
    r"(?:n'est|ne sommes|ne sera|ne serons|ne suis) (?:\w+ )?plus (?:en capacite|en etat|a meme) (?:de |d')(?:porter"
    r"|mener|conduire|poursuivre|maintenir|assumer)",
    # "L'EPCI étant candidat, nous retirons la nôtre"
    r"(?:retir|abandonn|annul)\w*(?: \w+){0,2}? (?:la|le) (?:notre|sienne|sien)",
    r"(?:nous|on|cc|commune|ville|collectivite) n'ir(?:ons|a) (?:\w+ )?pas(?= ?[.,;!]|$)",
    rf"ne souhait\w+ (?:\w+ )?plus(?: \S+){{0,4}}? (?:l'|d')?(?:engag\w+|participe\w*|candidat\w+|{_CANDIDACY})",
    rf"report\w+(?: \S+){{0,3}}? {_CANDIDACY}(?: \S+){{0,3}}? (?:prochaine?|autre|ulterieure?) \w+",
    r"(?:nous|on|cc|commune|ville|collectivite|communaute(?: \S+){1,5}?) (?:sor(?:t|tons|tira|tirons)|quitt\w+)"
    r" (?:du|de l[a']|de votre|de ce|le|l[a']|votre) ?(?:dispositif|demarche|appel|ami|accompagnement)",
    r"(?:candidature|participation|dossier)(?: \S+){0,2}? n'(?:a|ont) (?:\w+ )?plus (?:lieu d'etre|d'objet"
    r"|de raison d'etre)",
    r"(?:supprim|effac)(?:er|ez) (?:notre|la|sa) (?:candidature|participation)",
    r"jet\w+ l'eponge",
    r"laiss(?:e|er|ons|ent|ez) (?:\w+ )?(?:tomber|de cote)",
    r"(?:ce sera|se fera) sans (?:nous|notre)\w*",
    r"(?:fai[st]|faisons|faire) l'impasse",
    r"(?:pass\w+|remet\w+|report\w+)(?: \S+){0,3}? (?:a )?(?:l'an(?:nee)? prochaine?|l'edition suivante)",
    r"(?:en )?rest(?:er|ons|era) (?:la|en rester la)",
    r"(?:arret\w+|s'arret\w+)(?: \w+){0,3}? la(?= ?[.!,;]|$)",
    rf"{_CANDIDACY}(?: \S+){{0,3}}? (?:(?:est|soit|devient|sera) (?:\w+ )?sans objet|n'est (?:\w+ )?plus d'actualite)",
    # "Ne plus nous compter parmi les candidats", "nous rayer de la liste"
    r"(?:ne plus|cesser de) (?:nous|la|le|l')(?: \w+)? ?(?:compter|considerer|inscrire|faire figurer)",
    r"(?:ray|ot|enlev|supprim|effac|sort)\w+(?: \S+){0,4}? (?:de la liste des|des|de vos) (?:candidat|postulant)\w*",
    r"(?:n'irons|n'ira|n'iront|n'allons|ne va|ne pas aller) (?:\w+ )?(?:pas |plus )?(?:au bout"
    r"|jusqu'au bout|plus loin)",
    r"ne (?:sera|serons|seront) (?:\w+ )?(?:pas|plus) (?:de l'aventure|de la partie|des votres)",
    r"declin\w+",
    r"(?:mettre|met|mettons|mettent) (?:un terme|fin) a (?:notre|cette|la|sa|leur)",
    r"(?:pas|plus)(?: \S+){0,6}? (?:possible|opportun|souhaitable|judicieux|raisonnable)(?: \S+){0,4}? (?:donner suite"
    r"|poursuivre|maintenir|s'engager|nous engager)",
)
# Asked as a favour, and yet a withdrawal: "pouvez-vous retirer notre candidature ?"
ASKS_TO_WITHDRAW = words(
    r"(?:pouvez|pourriez|peux|pourrais|voulez|voudriez|est-il possible|serait-il possible)(?:[- ](?:vous|tu))?"
    r"(?: \S+){0,5}? (?:retirer|annuler|supprimer|rayer|oublier) (?:notre|la|ma) (?:candidature|participation"
    r"|inscription|dossier)(?= ?[?.,;!]|$| (?:a|de) (?:la |l'|cet |votre |vos )?(?:ami|appel|selection|liste)\b)"
)
# What is given up is named: "le retrait de l'agrafe", "nous renonçons au format papier" …
GIVES_UP_SOMETHING = words(
    r"(?:(?:retir|renonc|desist|declin|annul(?!ation)|abandon|desengag)\w*|retrait)"
    r"(?: (?:donc|ainsi|finalement|egalement|aussi))?"
    r" (?!de ce fait|a (?:son|notre|leur) tour|a (?:grand )?regret"
    r"|a contrecoeur|a ce (?:jour|stade)|cet?t?e? (?:annee|fois|mois|printemps))"
    r"(?:a|aux?|d[eu]|des|les?|la|m(?:on|a|es)"
    r"|s(?:on|a|es)|notre|nos|leurs?|cet?|cette|ces|une?|vos|votre|[ld]'\S+)"
)
# … and it is the candidature, or what it is for; a file, a project or a list when it is named at once.
OF_THE_CANDIDACY = words(
    r"candidat\w*|postul\w*|particip\w*|concour\w*|poursui\w*|continuer|depos\w*|engag\w*|aller (?:plus loin|au bout)",
    r"ami|appel|accompagnement|demarche|dispositif|programme|procedure|operation|experimentation",
    r"manifestation d'interet",
    r"aventure|course|selection|processus|competition|inscription",
)
OF_THE_FILE = words(
    r"(?:\S+ )?(?:dossiers?|projets?|demandes?|listes?|concours|experience|initiative|reponse)",
    # "Le désistement de notre établissement": who gives up, not what
    r"notre (?:communes?|ville|mairie|cc|communaute|collectivite|etablissement|territoire|agglomeration|metropole|epci"
    r"|intercommunalite|syndicat|structure|municipalite)(?= ?(?:[.,;:!]|$)| (?:a|de|d'|du|au) ?(?:la |l'|votre |cet "
    r"|cette |ce )?(?:ami|appel|selection|demarche|dispositif))",
)
_TO_GIVE_UP = (
    r"(?:(?:avoir|devoir|etre(?: \w+)?) )?(?:de |d'|a )?(?:nous |se |y )?"
    r"(?:(?:retir|renonc|abandonn|annul|desist|desengag)er|jeter l'eponge|laisser tomber|baisser les bras|en rester la)"
)
# The same words when a person gives nothing up.
KEEPS = words(
    r"(?:l'an|l'annee|l'automne|l'ete) (?:dernier|derniere|passee?)",
    # At another time
    r"(?:avions|avais|avait|avaient) (?:\w+ ){0,2}?(?:du (?:\w+ )?\w+er|renonce|retire|abandonne|decline)",
    r"(?:s'etait|s'etaient|nous etions) (?:\w+ )?(?:retire|desiste|desengage)e?s?",
    r"annul\w+ et remplac\w+",
    r"(?:l[ae]s?|et|puis|ou) remplac\w+",
    r"remplac(?:e|er|ons|ent|ant)(?: \w+)?,? (?:par|la|le|les|cette|ce|notre)",
    r"(?:ou|comment|quand)(?: \S+){0,4}? retirer",
    r"(?:date|heure|possibilite|modalite|condition|delai)s?(?: \S+){0,2}? (?:de|du) retrait",
    r"(?:ne|n') ?(?:\w+ )?(?:retir|renonc|abandonn|annul|desist)\w+(?: \S+)? (?:pas|rien)",
    # It may, and has not: "nous pourrions être amenés à renoncer", "nous envisageons de retirer".
    r"(?:(?:pourr|ser|devr|risquer)(?:ait|ais|ions|aient)|risqu\w+|envisag\w+|hesit\w+|songe\w*|failli|peut-etre)"
    r"(?: \S+){0,6}? (?:(?:retir|renonc|desist|abandonn|annul|declin)(?:er|ions)|retrait|abandon)",
    r"(?:il se peut|il est (?:\w+ )?possible|(?:n'est pas|rien n'est|rien n') ?exclu\w*)(?: \S+){0,8}?"
    r" (?:retir|renonc|abandonn|annul|desist|desengag)\w+",
    # What somebody says, and is not so; what was, and no longer is
    r"(?:c'est|c'etait|est|etait) (?:\w+ )?(?:faux|fausse|inexacte?|infondee?|une (?:erreur|rumeur))",
    r"(?:se sont|s'est) (?:\w+ )?ravisee?s?",
    r"il n'en est rien",
    r"(?:pas|plus) tenir compte d[eu] (?:mon|notre|ce|cet|cette|le|la|l')(?: \S+){0,2}? ?(?:mails?|messages?|courriels?"
    r"|courriers?|annonce|lettre|retrait|desistement)",
    rf"(?:ne|n') ?(?:\w+ )?permet\w* (?:pas|plus|guere) {_TO_GIVE_UP}",
    r"dement(?:ons|ir|i|is)",
    r"(?:vote\w*|voix) contre(?: \S+){0,6}? \d+ (?:voix )?pour",
    r"sans (?:pour autant )?(?:retirer|renoncer|abandonner)",
    # "Il n'est pas question de renoncer", "nous n'avons pas l'intention de retirer …", "nous ne voulons pas renoncer"
    r"(?:pas|hors de|aucunement|nullement|jamais)(?: \S+){0,2}? (?:question|l'intention|intention|l'envie|envie)"
    rf"(?: \S+){{0,4}}? {_TO_GIVE_UP}",
    rf"(?:loin|refus\w+) {_TO_GIVE_UP}",
    r"(?:ne|n') ?\w+ (?:pas|nullement|jamais) que (?:\S+ ){1,4}?(?:retir|renonc|abandonn|annul|desist)\w+",
    rf"(?:ne|n') ?\w+ (?:pas|nullement|aucunement|jamais|point) {_TO_GIVE_UP}",
    r"(?:poursuivre|continuer|maintenir)(?: \S+){0,5}? (?:avant|tant qu\w*|sans (?:votre|vos|avoir|ce|cette|reponse)"
    r"|qu'(?:avec|a|en|une)|que (?:si|grace|lorsque))",
    r"retir\w+ (?:une|la|cette) (?:piece|page|annexe|phrase|mention)",
    r"retrait[- ](?:gonflement|des argiles|du trait)",
    r"zones? de retrait",
    # "Merci d'annuler notre retrait", "nous revenons sur notre décision de retrait"
    r"(?:annul(?:er|e|ons|ez)|(?:revien|reven)\w+ sur)(?: (?!et\b)[^\s,;:.]+){0,4}? (?:retrait|desistement"
    r"|renoncement|renonciation|abandon)",
    r"(?:,| et| mais) (?:non |pas )(?:a |de )?(?:la|notre) (?:candidature|demarche)",
    r"(?:retrait|abandon|desistement)(?: \S+){0,4}? (?:n'est|ne sera|n'a jamais ete) (?:\w+ )?(?:pas |plus |nullement "
    r"|aucunement )?(?:envisage|prevu|a l'ordre|d'actualite|question)",
)

# Whoever gives up, the candidature goes on: a partner left, or a rumour is denied.
MAINTAINS = words(
    r"(?<!ne )(?<!ne nous )maint(?:iens|ient|iennent|enons)(?: \S+){0,3}? (?:ma|sa|notre|leur|la|cette) "
    r"(?:candidature|participation|demarche)",
    r"(?:candidature|participation|dossier)(?: \S+){0,2}? (?<!n')(?:est|reste|demeure) (?:bien |donc |toutefois )?"
    r"(?:maintenue?|d'actualite|valable)",
    r"(?:ne chang\w+ rien|sans (?:incidence|effet|consequence)|ne remet\w* pas en cause"
    r"|(?:ne touch|n'affect|ne concern|n'impact)\w+ (?:pas|en rien))(?: \S+){0,4}? (?:candidature"
    r"|participation|engagement)",
    r"rest(?:e|ons) (?!pas |plus )(?:\w+ )?(?:dans la course|en (?:lice|course)|partante?s?)",
    r"(?:rest(?:e|ons|ent)|demeur(?:e|ons|ent)) (?:bien |donc |toutefois )?candidate?s?",
    r"(?:candidature|participation|dossier)(?: \S+){0,3}? (?:tient|tiennent)(?: toujours| bon|[.,;! ]*$)",
)
