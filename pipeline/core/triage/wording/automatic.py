"""How mail servers give letters back, and how absence messages and help desks answer. The rules say what follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording.fragments import words

BOUNCE_SENDER = words(
    r"mailer-?daemon",
    r"post[-_.]?master",
    r"(?:\w+[-_.])?(?:smtp|anti-?virus)[-_.]\w+",
    r"microsoftexchange\w*",
    r"mail delivery (?:system|subsystem)",
    r"mail administrator",
    r"maildelivery\w*",
)
BOUNCE_SUBJECT = words(
    r"undeliver\w+",
    r"returned (?:mail|to sender)",
    r"(?:mail )?delivery (?:status notification|failure|has failed|failed|error|problem)",
    r"failure notice",
    r"delivery status",
    r"mail (?:system error|could not be delivered)",
    r"(?:message|courriel|mail|courrier) (?:non|not|n'a pas ete|n'a pu etre|impossible a) (?:remis|distribue"
    r"|delivre|delivered|achemine|remettre|distribuer|livre)",
    r"non[- ](?:remis|distribue|delivre|remise|distribution)",
    r"(?:echec|erreur|probleme|avis de non) (?:de|d'|lors de|dans) ?(?:la |l')?(?:remise|distribution|livraison"
    r"|envoi|acheminement|delivrance|transmission)",
    r"(?:adresse|destinataire) (?:introuvable|inconnue?|inexistante?)",
    r"retour (?:de courrier|a l'expediteur|a l'envoyeur)",
    r"rejet (?:de|du) (?:message|courriel)",
)
BOUNCE_WORDS = words(
    r"(?:n'a|n'ont|n'avons) (?:pas )?(?:pu|ete)(?: pas)? ?(?:etre |vous )?(?:remis|distribue|delivre|achemine"
    r"|livre|transmis|remettre|distribuer|delivrer)\w*",
    r"(?:could not|couldn't|cannot|can not|unable to|was not|wasn't) (?:be |able to )?(?:deliver\w*)",
    r"(?:adresse|boite|compte|destinataire|utilisateur)(?: \S+){0,5}? (?:n'existe (?:pas|plus)|est inconnue?"
    r"|inexistante?|est (?:desactive|ferme|supprime|invalide)e?|est pleine|introuvable)",
    r"(?:quota|over ?quota|mailbox (?:is )?full|boite (?:de reception )?(?:est )?pleine)",
    r"(?:user|recipient|address|mailbox|host|domain)(?: \S+){0,3}? (?:unknown|not found|rejected|unavailable"
    r"|does not exist|doesn't exist|disabled)",
    r"no such (?:user|recipient|mailbox)",
    r"permanent (?:fatal )?errors?",
    r"erreur (?:permanente|definitive)",
    r"(?:5\d\d[ -]5\.\d\.\d|#5\.\d\.\d|55[0-4])",
    r"giving up",
    r"message (?:that )?you sent",
    r"(?:rejete|refuse) par le serveur",
)
# A gateway that keeps our letter back and says so.
BLOCKED = words(
    r"(?:bloque|detruit|supprime|rejete|refuse|intercepte|arrete)e?(?: \S+){0,6}? (?:message|courriel|mail|e-?mail)",
    r"(?:message|courriel|mail|e-?mail)(?: \S+){0,16}? (?:bloque|detruit|supprime|rejete|refuse|intercepte|arrete)e?",
)
GATEWAY = words(r"passerelle", r"anti-?virus", r"anti-?spam", r"filtrage", r"securite", r"pare-?feu", r"politique de")
YOUR_MESSAGE = words(
    r"(?:votre|vos|your) (?:message|courriel|mail|e-?mail|envoi|courrier|correspondant)s?",
    r"message (?:that )?you sent",
    r"destinataires? suivants?",
    r"recipients?",
    r"destinataire\(?s?\)?",
)
DELAYED = words(
    r"delayed",
    r"(?:remise|distribution|message|acheminement|courriel|livraison)(?: \S+){0,3}? (?:retarde|differe"
    r"|en retard|en attente)e?",
    r"retard (?:de|dans|d'|lors)\w*(?: \S+){0,2}? (?:remise|distribution|acheminement|livraison)",
    r"(?:warning|avertissement)(?: \S+){0,4}? (?:delay|hours|retard|heures)\w*",
    r"(?:not yet been|hasn't been|n'a pas encore (?:pu )?(?:ete|etre)) ?(?:deliver|remis|distribu)\w*",
    r"(?:will|still) (?:be )?(?:keep )?(?:retr|try)\w*",
    r"(?:nouvelles? tentatives?|continuera d'essayer|nouvel essai|tentera)(?: \S+){0,6}?",
    r"(?:do not|pas|inutile)(?: \S+){0,3}? (?:need to )?(?:resend|de le renvoyer|renvoyer)",
)

# --- Automatic replies ----------------------------------------------------------------------------------------------

# Programs put these at the head of the subject themselves, in the language of who is away.
_SURELY = (
    r"re ?: ?\(?(?:reponse|message) automatique",
    r"(?:reponse|message|mail|courriel|accuse de reception|notification) (?:d'absence )?automati(?:que|se)\w*",
    r"automati(?:c|que|sch\w+)(?: \w+)? ?(?:reply|response|answer|:|antwort)",
    r"\[?automa\w+ (?:odpowiedz|antwoord|svar)",
    r"(?:respuesta|risposta|resposta) automatica",
    r"(?:abwesenheit|afwezigheid)\w*",
    r"auto ?: .*(?:out of (?:the )?office|absen(?:t|ce)e?|bureau|returning|retour)",
    r"\(?auto[- ]?(?:reply|reponse|response|repondeur|submitted)\)?",
    r"out[- ]of[- ](?:the[- ])?office",
)
SURELY_AUTO_SUBJECT = words(*_SURELY)
AUTO_SUBJECT = words(
    *_SURELY,
    r"auto ?:",
    r"(?:message|notification|avis|reponse)s? d'absence",
    r"absen(?:ce|te?|t\(e\))(?: \S+)? (?:du|de) bureau",
    r"(?:est|suis|actuellement|je suis) absent(?:e|\(e\))?",
    r"absen(?:ce|te?|t\(e\)) (?:jusqu|du \d|pour conges|conges?|temporaire|prolongee?|de courte duree|maternite"
    r"|: )\w*",
    r"absen(?:ce|t|te|t\(e\))",
    r"en (?:conges?|vacances|arret|deplacement)",
    r"conges? (?:annuels?|d'ete|paternite|maternite|parental|de fin)",
    r"vacation(?: reply)?",
    r"changement d'adresse(?: (?:e-?mail|mail|courriel|electronique))?",
)
ABSENT = words(
    r"(?:je|nous) (?:suis|serai|sommes|serons)(?: \S+){0,3}? (?:absente?s?|absent\(e\)|en conges?|en vacances"
    r"|en deplacement|en arret|en formation|indisponibles?|hors du bureau|injoignables?|fermes)",
    r"(?:actuellement|en ce moment) (?:absente?|absent\(e\)|en conges?|en arret|en deplacement)",
    r"absent(?:e|\(e\))? du (?:bureau|\d)",
    r"(?:^|[.,;] )(?:actuellement )?etant (?:moi-meme |actuellement )?(?:absente?|en conges?|en arret|en deplacement"
    r"|indisponible)",
    r"(?:je m'absente|en mon absence|pendant mon absence|mon absence|durant mon absence"
    r"|absence de courte duree|absente? jusqu)",
    r"(?:de retour|mon retour|retour) (?:le|au bureau|a partir|lundi|mardi|mercredi|jeudi|vendredi|prevu)",
    r"ne (?:suis|serai|sommes|serons) pas (?:au bureau|joignables?|disponibles? (?:avant|jusqu))",
    r"ne (?:lis|lirai|consulte|consulterai|releve|releverai|lisons) pas (?:mes|ma|nos|notre) (?:messages?|mails?"
    r"|courriels?|messagerie|boite)",
    r"(?:prendr\w+ connaissance|prise? de connaissance) de (?:votre|vos) (?:message|mail|courriel)s?"
    r" (?:a|des|lors de|apres) (?:mon|notre) retour",
    r"ik ben (?:tot|van|momenteel|niet|afwezig)",
    r"afwezig (?:tot|van|wegens)",
    r"(?:en rtt|en conge (?:maternite|paternite|parental|annuel|maladie|jusqu\w*)|sans acces a (?:ma|mes|la) \w+)",
    r"je ne travaille pas (?:le|les|aujourd'hui|ce) ?\w*",
    r"(?:i am|i'm|i will be|we are) (?:\w+ ){0,2}?(?:away|on holidays?|on leave|travelling|traveling|abroad)",
    r"(?:reply|respond|answer|back)(?: \S+){0,4}? (?:on|upon|when) (?:my return|i return|i am back|i'm back)",
    r"ich (?:befinde mich|bin)(?: \S+){0,5}? (?:urlaub|abwesend|erreichbar)",
    r"(?:im urlaub|nicht im buro|ab dem(?: \S+){0,3}? wieder (?:erreichbar|da|im buro))",
    r"(?:fuera de la oficina|ausente (?:hasta|de la)|fuori (?:ufficio|sede)|assente (?:dall'ufficio|fino|dal))",
    r"ich bin (?:bis|vom|derzeit|nicht|abwesend)",
    r"(?:out of (?:the )?office|on (?:annual )?leave|away from my|on vacation|currently away|limited access to)",
    r"(?:la mairie|nos bureaux|le service|les services|l'accueil)(?: \S+){0,4}? (?:ferm\w+)(?: \S+){0,5}? (?:du"
    r"|jusqu|pour|exceptionnel)\w*",
    r"(?:j'ai|je) (?:quitte|ne fais plus partie|n'exerce plus|ne travaille plus|n'occupe plus)",
    r"(?:cette|mon) (?:adresse|boite|messagerie)(?: \S+){0,4}? (?:n'est plus|n'est pas|ne sera plus"
    r"|est desormais|a change)",
)
# An absence that goes on with what was asked: no responder knows it.
BUT_HERE = words(
    r"(?:mais|donc|cependant|neanmoins|toutefois|d'ici la)(?: \S+)?,? (?:ci-joint\w*"
    r"|voici(?! (?:le|les|mes|l'|un) ?(?:coordonnees|numeros?|contacts?|adresse))"
    r"|je (?:vous |te )(?:precise|confirme|apporte|joins|adresse|transmets|envoie))"
)
# Of one file, and no responder knows which: "le suivi du dossier sera assuré par …", not "de mes dossiers".
FOLLOWS_A_FILE = words(
    r"(?:suivi|pilotage|portage|referente?|contact|interlocut\w+|repr(?:is|end|endra|ends)|sui(?:t|vra|s|vrai)"
    r"|pilot(?:e|era|erai)|assur(?:e|era|erai))(?: \S+){0,3}? (?:du|de ce|de cette|ce|le|la|cette|de notre|de la|notre"
    r"|pour la|pour le) (?:dossier|candidature|projet)",
    r"(?:pour|sur|concernant) (?:la|cette|notre) candidature",
)
# A change that is told: of an address, or of who is there.
CHANGES = words(
    r"(?:mon|notre|nos|mes|ma) (?:\w+ )?(?:adresses?|mail|courriel|messagerie|coordonnees|telephone|numero)"
    r"(?: \S+){0,3}? (?:change\w*|sera|seront|devien\w+|est desormais|sont desormais)",
    r"change\w*(?: \S+)? d'adresse",
    r"(?:nouvelles?) (?:adresse|coordonnees)",
    r"(?:je|nous) quitt(?:e|erai|ons|erons)(?: \S+){1,8}",
    r"(?:ma|mon) (?:remplacante?|successeure?)",
)
AUTOMATIC = words(
    r"(?<!votre )(?<!vos )(?:reponse|message|mail|courriel|e-?mail|envoi"
    r"|accuse)(?: de reception)? (?:est )?(?:genere |envoye |emis |adresse |transmis )?(?:automati(?:que"
    r"|quement|se)\w*)",
    r"(?:automatically generated|auto-?generated|automatic (?:reply|response|message)|do not reply"
    r"|please do not (?:reply|respond))",
    r"(?:ne pas|pas) (?:y )?repondre (?:directement )?(?:a ce|a cet|au present|a cette|sur cette)(?: \S+)?",
    r"merci de ne pas (?:y )?repondre",
    r"vous recevez ce (?:message|mail|courriel|mot) (?:parce que|car|puisque) vous m'avez ecrit",
    r"repondeur",
    r"seule notification que vous recevrez",
)
REGISTERED = words(
    r"(?:votre|vos) (?:\w+ )?(?:demandes?|messages?|courriels?|mails?|e-?mails?|courriers?|requetes?"
    r"|sollicitations?|tickets?|envoi)(?: \S+){0,6}? (?:ete|est|sont) (?:\w+ ){0,2}?(?:enregistree?s?"
    r"|prises? en compte|pris en compte|recue?s?|transmise?s?|receptionnee?s?|arrivee?s?|parvenue?s?|creee?)",
    r"(?:avons|a|ai) (?:bien |bonne )?(?:recu|receptionne|enregistre|pris en compte"
    r"|pris connaissance de) (?:votre|vos) (?:demandes?|messages?|courriels?|mails?|e-?mails?|requetes?"
    r"|sollicitations?)",
    r"(?:accus\w+|accuse de) (?:bonne )?reception (?:de|du) (?:votre|vos|ce) (?:demandes?|messages?|courriels?"
    r"|mails?|e-?mails?|requetes?|sollicitations?)",
    r"accuse (?:de reception|d'enregistrement) (?:electronique|de votre)",
    r"(?:ticket|demande|dossier|requete) (?:n°|numero|#) ?\S+ (?:a ete )?(?:cree|ouvert|enregistre)e?",
    r"nous vous remercions (?:de|pour) (?:votre|vos) (?:message|courriel|mail|demande)",
)
WILL_BE_TREATED = words(
    r"(?:sous|dans)(?: \S+){0,4}? (?:delais?|jours?|heures|semaines)",
    r"(?:reponse|suite|retour)(?: \S+){0,4}? (?:apportee?|donnee?|faite?|adressee?|transmise?)",
    r"(?:sera|seront|va etre)(?: \S+){0,2}? (?:traite|transmis|consulte|lu|examine|etudie|pris en charge"
    r"|oriente|redirige)e?s?",
    r"(?:sous (?:le|la)|avec le|numero de|n° de) (?:numero|reference|n°|dossier|suivi|ticket|demande)",
    r"(?:numero|reference|ticket|n°) ?:? ?#?[a-z]{0,6}[-/]?\d{2,}",
    r"(?:vous repondr|traiter|recontacter|reviendr)\w+(?: \S+){0,6}? (?:rapidement|delais?|jours?|possible)",
    r"horaires d'ouverture",
    r"service (?:relation|accueil)\w*",
)
CHALLENGE = words(
    r"authentification requise",
    r"recopie[rz] les (?:caracteres|lettres|chiffres)",
    r"premiere fois que vous (?:m'|nous )ecrivez",
    r"mail ?in ?black",
    r"(?:authentifi|identifi|valid|confirm)\w+(?: \S+){0,6}? (?:expediteur|que vous etes|adresse|message soit"
    r"|pour que votre)",
    r"(?:votre|le) (?:message|courriel|mail|e-?mail)(?: \S+){0,5}? (?:en attente|mis en attente|quarantaine"
    r"|bloque temporairement)",
    r"(?:anti-?spam)(?: \S+){0,8}? (?:cliqu|valid|confirm)\w+",
)
# A program tells that our letter was opened, or thrown away unread.
RECEIPT_SUBJECT = words(
    r"(?:lu|read|non lu|not read|lecture|confirmation de lecture|accuse de lecture|lue?) ?:",
    r"(?:gelesen|ungelesen|leido|letto) ?:",
    r"(?:accuse de reception|return receipt) \((?:affiche|displayed)\) ?-",
)
WAS_READ = words(
    r"a ete (?:lue?|supprimee?|affichee?)",
    r"was (?:read|deleted|displayed)",
    r"gelesen|geloscht",
    r"(?:sido|stato) (?:leido|letto)",
)
