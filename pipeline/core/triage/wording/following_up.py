"""How known applicants complete, inform, withdraw, and answer an invitation. The rules say what follows.

Every pattern is for text that `folding.fold` made: lower case, no accents, one line, straight apostrophes.
"""

from pipeline.core.triage.wording.applying import COMING_WITH
from pipeline.core.triage.wording.fragments import words

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
# What ties a document to a candidature when neither its thread, nor its number, nor a call does.
TIED = words(
    r"(?:les|nos|vos|ces) pieces",
    r"complement\w*",
    r"(?:pour|afin de|a|je|nous|viens|venons|vient) complet\w+",
    r"complet\w+(?: \S+){0,3}? (?:envoi|message|mail|courriel)",
    r"(?:piece|document|element|page|annexe|fichier)s?(?: \S+){0,3}? manqu\w+",
    r"manqu\w+(?: \S+){0,4}? (?:piece|document|element|page|annexe|fichier|dossier)s?",
    r"oubli\w*",
    r"(?:piece|document|element)s?(?: \S+){0,2}? (?:demande|attendu|requis)\w*",
    r"deliberations?",
    r"delib",
    r"annul\w+ et remplac\w+",
    r"version (?:signee|definitive|corrigee|finale|complete|actualisee|modifiee)",
    r"(?:lettre|courrier|original|document|annexe|page)s?(?: \S+){0,2}? (?:signe|corrige|rectifie|complete)e?s?",
    r"(?:lettre|courrier|attestation)s? d'engagement",
    r"lettres? de soutien",
    r"suite(?: et fin)? (?:de |a |du )(?:notre|mon|l'|ce|cet) ?(?:envoi|dossier|mail|message|depot|courriel)",
    r"(?:notre|le|du|au|mon) dossier(?! de (?:demande|subvention|presse|financement|consultation))",
)
# A third party writes in favour of an application.
SUPPORTS = words(
    r"(?:soutien|soutient|soutenons|soutenir|appuie|appuyons|parrain\w+)(?: (?!notre |nos )\S+){0,5}? "
    r"(?:candidature|demarche|dossier)",
    r"(?:engag|mobilis|associ)\w+ aux cotes d\w*",
)
ATTACHED = words(
    COMING_WITH, r"transmets", r"transmettons", r"envoie", r"envoyons", r"adresse", r"adressons", r"parvenir"
)
INFORMS = words(
    r"(?:vous|te) (?:precis|inform|confirm|signal|indiqu|communiqu|apport|donn)\w*",
    r"(?:pour|afin de|venons|viens) (?:completer|preciser|rectifier)",
    r"en reponse a (?:votre|vos|ta)",
    r"(?:en|a titre de) complement",
    r"(?:notre|le|la|votre|nos) (?:elue?|referente?|contact|interlocut\w+|nouvel\w*)(?: \S+){0,4}? (?:est|sera"
    r"|seront|sont)",
    r"(?:sera|est|devient|suis) (?:desormais )?(?:notre|votre|la|le) (?:nouv\w+ )?(?:referente?|contact"
    r"|interlocut\w+)",
    r"(?:nouvelles? |changement d[e'] ?)(?:adresse|coordonnees|interlocut\w+|numero|referente?|contact)",
    r"voici (?:les?|la|nos|notre|l')",
    r"(?:referent\w*|interlocut\w+|contact|perimetre)(?: \S+){0,3}? (?:change|evolue|s'etend|s'elargit)\w*",
    r"repren(?:d|dra|ds)(?: \S+){0,3}? (?:pilotage|suivi|dossier)",
    r"(?:a compter|a partir) d[eu] (?:\S+ ){1,4}(?:merci|veuillez)",
    r"(?:elue?|technicien\w*|agent|contact|personne)s? referente?s?(?: \S+){0,3}? (?:est|sera|seront|:)",
    r"population(?: \S+){0,3}? (?:est|s'eleve|:|de \d)",
    r"(?:merci de|veuillez|(?:pouvez|pourriez)-vous)(?: bien vouloir| bien| en)? (?:noter|prendre note|enregistrer)",
    r"(?:adresser|ecrire|contacter)(?: \S+)? (?:desormais|dorenavant|a l'avenir)",
    r"(?:desormais|dorenavant|a l'avenir)(?: \S+){0,3}? (?:adresser|ecrire|contacter)",
    r"(?:remplac|succed)\w+(?: \S+){0,6}? (?:contact|referente?|dossier|fonctions?|interlocut\w+)",
    r"(?:a|avons|ont) (?:delibere|vote|adopte|approuve|valide)",
    r"(?:il (?:faut|fallait|convient de)|veuillez|bien vouloir|a) lire \W?\w+(?: \S+){0,8}? (?:et non|au lieu de)",
    r"(?:erreur|coquille|faute|inexactitude)s?(?: \S+){0,3}? (?:s'est|se sont|s'etait) (?:\w+ )?gliss\w+",
    r"errat(?:um|a)",
)
# A word of courtesy, that wants nothing.
THANKS = words(
    r"merci(?! (?:de|d'))",
    r"merci (?:de|pour) (?:votre|cette|ce|ta|ton)",
    r"remercie\w*",
    r"(?:bien|bonne) (?:recue?|reception|note)",
    r"ok",
    r"super",
    r"parfait",
    r"entendu",
    r"c'est note",
    r"tres bien",
)
BUT = words(r"mais", r"cependant", r"toutefois", r"par contre", r"en revanche", r"neanmoins", r"sauf")
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
    r"flyers?",
    r"affiches?",
    r"(?:s'|m'|nous |vous )?inscri(?:re|ption|ptions|vez|t|te)",
    r"notes? de frais",
    r"remboursement\w*",
    r"ribs?",
    r"comptes?[- ]rendus?",
    r"cr",
    r"ordre du jour",
    r"enquetes?",
    r"questionnaires?",
    r"sondage",
    r"(?:pour|a) (?:validation|relecture|diffusion|diffuser)",
    r"relay(?:er|ez)",
    r"conferences?",
    r"communique",
    r"catalogue",
    r"location",
)

# --- Withdrawing ----------------------------------------------------------------------------------------------------

_CANDIDACY = (
    r"(?:candidature|dossier|participation|manifestation d'interet|demande|projet|demarche|engagement|ami|appel"
    r"|accompagnement)"
)
WITHDRAWS = words(
    r"retir(?:er?|ez|ons|ent)(?: \S+){0,4}? (?:liste|nombre|rang) des (?:candidat|collectivite|territoire)s?",
    rf"(?:consider|regard|tenir|tenez)\w*(?: \S+){{0,4}}? {_CANDIDACY}"
    rf"(?: (?:de la|de l'|du|des|d'|de) ?(?!ce |cet|hier|lundi|mardi|mercredi|jeudi|vendredi)\S+(?: \S+){{0,2}}?)?"
    rf" (?:comme|pour) (?:caduc|caduque|nulle?|retiree?|annulee?|abandonnee?|sans objet)",
    rf"(?:retir(?:e|er|ons|ent|ant|ait|ions)|retrait)(?: \S+){{0,6}}? {_CANDIDACY}",
    r"(?:se|me|nous) retir\w+",
    r"retrait",
    r"(?:ne|n')(?: \S+){0,3}? (?:pas|plus)(?: \S+){0,2}? (?:donner|donne|donnera|donnerons) (?:de )?suite",
    r"(?:ne|n') ?(?:donn\w+|sera|serait)(?: \S+){0,2}? (?:pas|plus|aucune) (?:\S+ )?(?:donnee? )?(?:de )?suite",
    r"(?:sans|classer sans) suite",
    r"renonc\w+",
    r"desist\w+",
    rf"annul(?:e|er|ons|ent|ee|ation)(?: \S+){{0,4}}? (?:l')?{_CANDIDACY}",
    r"oubli(?:ez|er) (?:notre|la|sa) (?:candidature|participation)",
    rf"{_CANDIDACY}(?: \S+){{0,3}}? (?:est|soit|doit etre) (?:annulee?|retiree?|caduque?|abandonnee?|nulle)",
    rf"abandon(?:ne|ner|nons|nent|nee?)?(?: \S+){{0,4}}? {_CANDIDACY}",
    r"(?:ne|n')(?: \S+){0,2}? (?:maint\w+|poursui\w+|confirm\w+|donn\w+)(?: \S+){0,2}? (?:pas"
    r"|plus)(?: \S+){0,3}? (?:candidature|dossier|demarche|participation)",
    r"(?:ne|de ne) (?:pas|plus) (?:maintenir|poursuivre|donner|participer|candidater|etre candidat\w*|presenter"
    r"|engager)",
    r"(?:n'est|ne sommes|n'etre|ne sera|ne serons|ne suis) (?:\w+ )?(?:plus|finalement pas|pas en mesure"
    r"|plus en mesure)(?: \S+){0,6}? (?:candidat\w*|participer|poursuivre|interesse\w*|(?:s'|nous )?engager|maintenir)",
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
    r"(?:vote|votes|prononcee?s?|delibere) contre",
    r"ne (?:\w+ )?particip(?:e|ons|ent|era|erons|eront) (?:finalement )?(?:pas|plus)",
    r"ne (?:sera|serons|seront|sommes|est) (?:\w+ )?(?:pas|plus) candidate?s?",
    r"(?:pas|plus) (?:examiner|etudier|instruire|tenir compte d[eu]|prendre en compte)(?: \S+){0,2}? "
    r"(?:candidature|dossier)",
    r"n'a(?:vons)? (?:\w+ )?pas souhaite (?:\w+ )?(?:donner suite|poursuivre|candidater|participer|s'engager)",
    r"(?:se|nous|me) desengag\w+",
    rf"ne souhait\w+ (?:\w+ )?plus(?: \S+){{0,4}}? (?:engag\w+|participe\w*|candidat\w+|{_CANDIDACY})",
    rf"report\w+(?: \S+){{0,3}}? {_CANDIDACY}(?: \S+){{0,3}}? (?:prochaine?|autre|ulterieure?) \w+",
    r"jet\w+ l'eponge",
    r"laiss(?:e|er|ons|ent|ez) (?:\w+ )?(?:tomber|de cote)",
    r"(?:ce sera|se fera) sans (?:nous|notre)\w*",
    r"(?:fai[st]|faisons|faire) l'impasse",
    r"(?:pass\w+|remet\w+|report\w+)(?: \S+){0,3}? (?:a )?(?:l'an(?:nee)? prochaine?|l'edition suivante)",
    r"(?:en )?rest(?:er|ons|era) (?:la|en rester la)",
    r"declin\w+",
    r"(?:mettre|met|mettons|mettent) (?:un terme|fin) a (?:notre|cette|la|sa|leur)",
    r"(?:pas|plus)(?: \S+){0,6}? (?:possible|opportun|souhaitable|judicieux|raisonnable)(?: \S+){0,4}? (?:donner suite"
    r"|poursuivre|maintenir|s'engager|nous engager)",
)
# The same words when a person gives nothing up.
KEEPS = words(
    r"(?:l'an|l'annee|l'automne|l'ete) (?:dernier|derniere|passee?)",
    r"(?:nous|on|j'|la commune|la ville) ?(?:avions|avais|avait) (?:\w+ )?(?:du|renonce|retire|abandonne)",
    r"annul\w+ et remplac\w+",
    r"remplac\w+",
    r"(?:ou|comment|quand)(?: \S+){0,4}? retirer",
    r"(?:date|heure|possibilite|modalite|condition|delai)s?(?: \S+){0,2}? (?:de|du) retrait",
    r"si (?:nous|la|le|notre|l'|on|jamais)(?: \S+){0,8}? (?:retir|renonc|desist|abandonn|annul)\w+",
    r"(?:ne|n') ?(?:\w+ )?(?:retir|renonc|abandonn|annul|desist)\w+(?: \S+)? (?:pas|rien)",
    # It may, and has not: "nous pourrions être amenés à renoncer", "nous envisageons de retirer".
    r"(?:(?:pourr|ser|devr|risquer)(?:ait|ais|ions|aient)|risqu\w+|envisag\w+|hesit\w+|songe\w*|peut-etre)"
    r"(?: \S+){0,6}? (?:(?:retir|renonc|desist|abandonn|annul|declin)(?:er|ions)|retrait|abandon)",
    r"sans (?:pour autant )?(?:retirer|renoncer|abandonner)",
    r"retir\w+ (?:une|la|cette) (?:piece|page|annexe|phrase|mention)",
    r"retrait (?:gonflement|des argiles|du trait)",
    r"zones? de retrait",
)

# Whoever gives up, the candidature goes on: a partner left, or a rumour is denied.
MAINTAINS = words(
    r"(?<!ne )(?<!ne nous )maint(?:iens|ient|iennent|enons)(?: \S+){0,3}? (?:ma|sa|notre|leur|la|cette) "
    r"(?:candidature|participation|demarche)",
    r"(?:candidature|participation|dossier)(?: \S+){0,2}? (?<!n')(?:est|reste|demeure) (?:bien |donc |toutefois )?"
    r"(?:maintenue?|d'actualite|valable)",
    r"(?:ne chang\w+ rien|sans (?:incidence|effet|consequence)|ne remet\w* pas en cause)(?: \S+){0,4}? (?:candidature"
    r"|participation|engagement)",
    r"(?:rest(?:e|ons|ent)|demeur(?:e|ons|ent)) (?:bien |donc |toutefois )?candidate?s?",
)

# --- Meetings -------------------------------------------------------------------------------------------------------

MEETING = words(r"reunions?", r"invitation", r"convocation", r"seance", r"rencontre", r"seminaire", r"journee")
# A calendar program without its calendar: only the subject is left.
ANSWERS_INVITATION = words(
    r"(?:accepte|refuse|decline|provisoire|tentative|accepted|declined|refus|acceptation) ?:",
)
ATTENDS = words(
    r"(?:declin|renonc)\w*(?: \S+){0,2}? (?:pour|a|au|l'invitation|la reunion|cette reunion|votre invitation)",
    r"empechements?",
    r"(?:sera|serai|serons|seront|suis|sommes) (?:\w+ ){0,2}?(?:presente?s?|disponibles?|absente?s?|excusee?s?"
    r"|des votres|representee?s?|indisponibles?)",
    r"(?:confirm|annonc)\w+(?: \S+){0,3}? (?:presence|participation|venue|absence|inscription)",
    r"(?:participer|assister|participera|assistera|participerons|assisterons|participerai|assisterai|viendr"
    r"|rendr)\w*(?: \S+){0,3}? (?:reunion|seance|rencontre|journee|seminaire)",
    r"(?:ne|n')(?: \S+){0,2}? pourr\w+(?: \S+){0,3}? (?:participer|assister|venir|presents?e?s?|rendre|liberer)",
    r"(?:me|nous|le|la) (?:fer\w+ )?(?:represent|remplac)\w+",
    r"(?:prie|veuillez|prions)(?: \S+){0,5}? (?:excuser|d'excuser)(?: \S+){0,3}? absence",
    r"je (?:viendrai|confirme|serai la)",
    r"(?:nous|et|y) serons \w+",
)
ABSENT_FROM_MEETING = words(
    r"declin\w*",
    r"refus\w*",
    r"renonc\w*",
    r"empech\w*",
    r"absen\w*",
    r"excus\w*",
    r"indisponib\w*",
    r"(?:ne|n')(?: \S+){0,2}? pourr\w+",
)
