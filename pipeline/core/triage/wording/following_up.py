"""How known applicants complete, inform, support and thank. The rules say what follows.

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
# Somebody else, or elsewhere, is to be written to from now on.
NEW_CONTACT = words(
    r"(?:chang\w*|nouve(?:au|l|lle|lles))(?: \S+){0,3}? (?:interlocut\w+|contact|adresse|mail|telephone|numero"
    r"|coordonnees"
    r"|referente?)",
    r"(?:adresser|contacter|joindre|ecrire|repondre)(?: \S+){0,4}? (?:desormais|dorenavant|a l'avenir|a partir d)\w*",
    r"(?:desormais|dorenavant|a l'avenir),?(?: \S+){0,8}? (?:adresser|contacter|joindre|ecrire|repondre|interlocut\w+)",
    r"je quitte (?:la|le|mes|mon|ma)",
    r"(?:me|m'|te) ?(?:remplace|succede|remplacera|succedera)",
    r"(?:reprend|reprendra|suivra|pilotera)(?: \S+)? (?:desormais|maintenant|a ma place|ma suite|le relais)",
    r"noter (?:que )?(?:vous pouvez (?:me|nous) joindre|m(?:on|a|es) (?:\w+ )?(?:numero|adresse|coordonnees"
    r"|telephone))",
)
# A third party writes in favour of an application.
SUPPORTS = words(
    r"(?:soutien|soutient|soutenons|soutenir|appuie|appuyons|parrain\w+)(?: (?!notre |nos )\S+){0,5}? "
    r"(?:candidature|demarche|dossier)",
    r"(?:engag|mobilis|associ)\w+ aux cotes d\w*",
)
ATTACHED = words(
    COMING_WITH,
    r"p\.?j\.? ?:",
    r"bordereau d'envoi",
    r"sous ce pli",
    r"transmets",
    r"transmettons",
    r"envoie",
    r"envoyons",
    r"adresse",
    r"adressons",
    r"parvenir",
)
# Something is told; it completes the file where it is of the file.
TELLS = words(
    r"(?:vous|te) (?:precis|inform|confirm|signal|indiqu|communiqu|apport|donn)\w*",
    r"en reponse a (?:votre|vos|ta)",
    r"(?:merci de|veuillez|(?:pouvez|pourriez)-vous)(?: bien vouloir| bien| en)? (?:noter|prendre note|enregistrer)",
    r"(?:a|avons|ont) (?:delibere|vote|adopte|approuve|valide)(?! contre)",
    r"(?:deliberation|participation|budget|projet|plan)(?: \S+){0,3}? a ete (?:\w+ )?(?:votee?|adoptee?|approuvee?"
    r"|validee?|prise)",
)
INFORMS = words(
    r"(?:pour|afin de|venons|viens) (?:completer|preciser|rectifier)",
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
    r"(?:adresser|ecrire|contacter)(?: \S+)? (?:desormais|dorenavant|a l'avenir)",
    r"(?:desormais|dorenavant|a l'avenir),?(?: \S+){0,3}? (?:adresser|ecrire|contacter)",
    r"(?:remplac|succed)\w+(?: \S+){0,6}? (?:contact|referente?|dossier|fonctions?|interlocut\w+)",
    r"(?:il (?:faut|fallait|convient de)|veuillez|bien vouloir|a) lire \W?\w+(?: \S+){0,8}? (?:et non|au lieu de)",
    r"(?:erreur|coquille|faute|inexactitude)s?(?: \S+){0,3}? (?:s'est|se sont|s'etait) (?:\w+ )?gliss\w+",
    r"errat(?:um|a)",
    # "Mon nom s'écrit X et non Y", "le téléphone est le … et non le …"
    r"(?:s'ecri(?:t|vent)|s'appelle(?:nt)?|se nomme|s'orthographie)(?: [^\s,;]+){1,5}?(?: et non|,? (?:et )?pas)",
    r"(?:telephone|numero|mail|courriel|code postal|siret|siren|montant|budget|nom|prenom|fonction|population)"
    r"(?: \S+){0,3}? (?:est|sont|:)(?: \S+){1,12}? (?:et non|au lieu de|et pas)",
    r"lire(?: \S+){1,8}? (?:et non|au lieu de)",
    r"^(?:bonjour,? )?(?:(?:petite?|legere?|une?) )?(?:rectificatif|rectification|correction) ?:",
    r"^(?:bonjour,? )?(?:je|nous) (?:complet(?:e|ons)|rectifi(?:e|ons)|corrig(?:e|eons)) (?:notre|le|mon) dossier ?:",
    r"oublie (?:d'indiquer|d'ecrire|de preciser|de mentionner|de signaler|de dire)"
    r"(?: (?:dans|sur|en) \S+(?: \S+){0,3}?)? (?:que|qu')",
)
# What an answer to a convocation may tell that belongs to the file all the same.
OF_SUBSTANCE = words(
    r"candidatures?",
    r"dossiers?",
    r"budgets?",
    r"(?:plan de )?financements?",
    r"deliber\w+",
    r"contacts?",
    r"(?:nouv\w+|changement d[e']|mon|notre) ?(?:adresse|coordonnees|numero|telephone)",
    r"referente?s?",
    r"interlocut\w+",
    r"population",
    r"perimetre",
    r"errat\w+",
    r"erreurs?",
    r"coquilles?",
    r"(?:faut|fallait|a) lire",
)
# What is told of the place and of the project, where no meeting is spoken of.
OF_THE_PROJECT = words(
    r"projets?",
    r"communes?|habitants|territoires?|perimetres?",
    r"elue?s?|maires?|president\w*|adjointe?s?|agents?|equipe|effectifs|chef\w*",
    r"(?:co)?financ\w+|subvention\w*|euros?|\d+ ?€|montants?|couts?",
    r"partenaires?|prestataires?|bureau d'etudes|convention",
    r"calendrier|echeanc\w+|delais?",
    r"conseil (?:municipal|communautaire)|bureau communautaire",
    r"\d[\d ]* (?:habitants|communes|agents|pages|ha|hectares|km2?|euros?|participants|personnes|entreprises)",
)
# Said of what is to come, of what was not understood, or of who is no longer there: nothing is added yet.
ADDS_NOTHING = words(
    r"des que|prochainement|bientot|ulterieurement|la semaine prochaine|dans les (?:prochains )?jours|d'ici (?:la|peu)",
    r"(?:rien|pas|plus) (?:a|de|d') ?(?:ajouter|signaler|dire|charge|compris|comprendre)",
    r"(?:n'ai|n'avons|n'a|ne) (?:\w+ )?(?:pas|plus|rien) (?:compris|recu|a ajouter|en charge|suis|travaill\w+)",
    r"ne (?:suis|sommes|sera|serai|serons) (?:plus|pas) (?:en charge|charge|en poste|concerne|l'interlocut\w+|votre)",
    r"vous (?:ecri|dite|indiqu|mentionn|annonc|cit)\w+ (?:que|qu'\S+)",
    r"(?:votre|vos) (?:lien|site|message|mail|courriel|accuse|page|formulaire)s?",
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
# What is left of an answer to a convocation when it is nothing but courtesy.
COURTESY_WORDS = words(
    r"merci|remercie\w*|beaucoup|bien|bonne?|recue?|reception|journee|fin|soiree|semaine|cordialement|bonjour|monsieur"
    r"|madame|pour|de|du|d'|le|la|l'|les|ce|cet|cette|votre|vos|ces|et|a|je|nous|vous|avec|mes|nos|message|mail|envoi"
    r"|invitation|convocation|reponse|retour|information\w*|infiniment|tres|parfait|super|sincerement",
)
# Who says it wants more than to thank: "merci, je ne suis plus en poste", "stop merci".
DENIES = words(r"(?:ne|n') ?\S+(?: \S+)? (?:pas|plus)", r"stop")
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
