"""How machines, sellers, students and the press write. Tables only; the rules say what follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording import words

# --- Senders --------------------------------------------------------------------------------------------------------

NO_REPLY = words(
    r"(?:no|do|don|ne)[-_.]?(?:not|t|pas)?[-_.]?repl(?:y|ies)\w*",
    r"ne[-_.]?pas[-_.]?repondre",
    r"nepasrepondre",
    r"sans[-_.]?reponse",
    r"mailer[-_.]?daemon",
    r"postmaster",
    r"notifications?",
    r"notify",
    r"alertes?",
    r"robots?",
    r"automate?",
    r"bounces?",
    r"listserv",
    r"majordomo",
    r"sympa",
    r"mdaemon",
)
MACHINE_NAME = words(
    r"copieurs?\w*",
    r"photocopieurs?\w*",
    r"scann?(?:er|eur)?s?\w*",
    r"scan-?to-?mail",
    r"mfp\w*",
    r"imprimante\w*",
    r"multifonctions?",
    r"bizhub\w*",
    r"km_?\w*",
    r"ricoh\w*",
    r"canon\w*",
    r"xerox\w*",
    r"workcentre\w*",
    r"kyocera\w*",
    r"taskalfa\w*",
    r"sharp\w*",
    r"toshiba\w*",
    r"e-?studio\w*",
    r"lexmark\w*",
    r"brother\w*",
    r"konica\w*",
    r"aficio\w*",
    r"imagerunner\w*",
    r"numerisation\w*",
)
SCAN_SUBJECT = words(
    r"message from .*",
    r"scan(?:ned|ne)?(?: \S+){0,4}",
    r"numeris\w+",
    r"document (?:scanne|numerise)",
    r"attached image",
    r"image data from \w+",
    r"send data from \w+",
)
_TRANSFER_SITES = (
    r"(?:we-?transfer|gros-?fichiers|smash|swisstransfer|dropbox|filesender|renater|transfernow|transfert-?fichiers?|fromsmash|lufi|drop ?chapril"
    r"|melanissimo|france ?transfert|bluefiles|cryptobox|oodrive|netexplorer|sharefile|filemail|mailbigfile)"
)
TRANSFER = words(
    r"(?:vous a|a|ont|vous ont|t'a) (?:envoye|partage|transmis|transfere|depose)(?: \S+){0,4}? (?:fichiers?|dossiers?|documents?|elements?)",
    r"(?:sent|shared)(?: \S+){0,3}? (?:files?|documents?|folders?)",
    r"(?:recuper|telecharg|download|get)\w*(?: \S+){0,3}? (?:fichiers?|files?|documents?)",
    r"(?:fichiers?|lien|files?|depot|transfert)(?: \S+){0,4}? (?:supprime|expir|disponible|expire)\w*",
)
TRANSFER_SENDER = words(rf"{_TRANSFER_SITES}", r"transf(?:ert|er)s?\w*", r"partage\w*", r"depot\w*", r"fichiers?\w*", r"sharepoint\w*")

# --- Bounces --------------------------------------------------------------------------------------------------------

BOUNCE_SENDER = words(
    r"mailer-?daemon", r"postmaster", r"microsoftexchange\w*", r"mail delivery (?:system|subsystem)", r"mail administrator", r"maildelivery\w*"
)
BOUNCE_SUBJECT = words(
    r"undeliver\w+",
    r"returned (?:mail|to sender)",
    r"(?:mail )?delivery (?:status notification|failure|has failed|failed|error|problem)",
    r"failure notice",
    r"delivery status",
    r"mail (?:system error|could not be delivered)",
    r"(?:message|courriel|mail|courrier) (?:non|not|n'a pas ete|n'a pu etre|impossible a) (?:remis|distribue|delivre|delivered|achemine|remettre|distribuer|livre)",
    r"non[- ](?:remis|distribue|delivre|remise|distribution)",
    r"(?:echec|erreur|probleme|avis de non) (?:de|d'|lors de|dans) ?(?:la |l')?(?:remise|distribution|livraison|envoi|acheminement|delivrance|transmission)",
    r"(?:adresse|destinataire) (?:introuvable|inconnue?|inexistante?)",
    r"retour (?:de courrier|a l'expediteur|a l'envoyeur)",
    r"rejet (?:de|du) (?:message|courriel)",
)
BOUNCE_WORDS = words(
    r"(?:n'a|n'ont|n'avons) (?:pas )?(?:pu|ete)(?: pas)? ?(?:etre |vous )?(?:remis|distribue|delivre|achemine|livre|transmis|remettre|distribuer|delivrer)\w*",
    r"(?:could not|couldn't|cannot|can not|unable to|was not|wasn't) (?:be )?(?:deliver\w*)",
    r"(?:adresse|boite|compte|destinataire|utilisateur)(?: \S+){0,5}? (?:n'existe (?:pas|plus)|est inconnue?|inexistante?|est (?:desactive|ferme|supprime|invalide)e?|est pleine|introuvable)",
    r"(?:quota|over ?quota|mailbox (?:is )?full|boite (?:de reception )?(?:est )?pleine)",
    r"(?:user|recipient|address|mailbox|host|domain)(?: \S+){0,3}? (?:unknown|not found|rejected|unavailable|does not exist|doesn't exist|disabled)",
    r"no such (?:user|recipient|mailbox)",
    r"permanent (?:fatal )?errors?",
    r"erreur (?:permanente|definitive)",
    r"(?:5\d\d[ -]5\.\d\.\d|#5\.\d\.\d|55[0-4])",
    r"giving up",
    r"message (?:that )?you sent",
    r"(?:rejete|refuse) par le serveur",
)
YOUR_MESSAGE = words(r"(?:votre|vos|your) (?:message|courriel|mail|e-?mail|envoi|courrier|correspondant)s?", r"message (?:that )?you sent", r"destinataires? suivants?", r"recipients?", r"destinataire\(?s?\)?")
DELAYED = words(
    r"delayed",
    r"(?:remise|distribution|message|acheminement|courriel|livraison)(?: \S+){0,3}? (?:retarde|differe|en retard|en attente)e?",
    r"retard (?:de|dans|d'|lors)\w*(?: \S+){0,2}? (?:remise|distribution|acheminement|livraison)",
    r"(?:warning|avertissement)(?: \S+){0,4}? (?:delay|hours|retard|heures)\w*",
    r"(?:not yet been|hasn't been|n'a pas encore (?:pu )?(?:ete|etre)) ?(?:deliver|remis|distribu)\w*",
    r"(?:will|still) (?:be )?(?:keep )?(?:retr|try)\w*",
    r"(?:nouvelles? tentatives?|continuera d'essayer|nouvel essai|tentera)(?: \S+){0,6}?",
    r"(?:do not|pas|inutile)(?: \S+){0,3}? (?:need to )?(?:resend|de le renvoyer|renvoyer)",
)

# --- Automatic replies ----------------------------------------------------------------------------------------------

AUTO_SUBJECT = words(
    r"re ?: ?\(?(?:reponse|message) automatique",
    r"(?:reponse|message|mail|courriel|accuse de reception|notification) (?:d'absence )?automati(?:que|se)\w*",
    r"automati(?:c|que|sch\w+)(?: \w+)? ?(?:reply|response|answer|:|antwort)",
    r"auto ?:",
    r"\(?auto[- ]?(?:reply|reponse|response|repondeur|submitted)\)?",
    r"out[- ]of[- ](?:the[- ])?office",
    r"(?:message|notification|avis|reponse)s? d'absence",
    r"absen(?:ce|te?|t\(e\))(?: \S+)? (?:du|de) bureau",
    r"(?:est|suis|actuellement|je suis) absent(?:e|\(e\))?",
    r"absen(?:ce|te?|t\(e\)) (?:jusqu|du \d|pour conges|conges?|temporaire|prolongee?|de courte duree|maternite|: )\w*",
    r"absen(?:ce|t|te|t\(e\))",
    r"en (?:conges?|vacances|arret|deplacement)",
    r"conges? (?:annuels?|d'ete|maternite|parental|de fin)",
    r"vacation(?: reply)?",
    r"changement d'adresse(?: (?:e-?mail|mail|courriel|electronique))?",
)
ABSENT = words(
    r"(?:je|nous) (?:suis|serai|sommes|serons)(?: \S+){0,3}? (?:absente?s?|absent\(e\)|en conges?|en vacances|en deplacement|en arret|en formation|indisponibles?|hors du bureau|injoignables?|fermes)",
    r"(?:actuellement|en ce moment) (?:absente?|absent\(e\)|en conges?|en arret|en deplacement)",
    r"absent(?:e|\(e\))? du (?:bureau|\d)",
    r"(?:etant|je m'absente|en mon absence|pendant mon absence|mon absence|durant mon absence|absence de courte duree|absente? jusqu)",
    r"(?:de retour|mon retour|retour) (?:le|au bureau|a partir|lundi|mardi|mercredi|jeudi|vendredi|prevu)",
    r"(?:out of (?:the )?office|on (?:annual )?leave|away from my|on vacation|currently away|limited access to)",
    r"(?:la mairie|nos bureaux|le service|les services|l'accueil)(?: \S+){0,4}? (?:ferm\w+)(?: \S+){0,5}? (?:du|jusqu|pour|exceptionnel)\w*",
    r"(?:j'ai|je) (?:quitte|ne fais plus partie|n'exerce plus|ne travaille plus|n'occupe plus)",
    r"(?:cette|mon) (?:adresse|boite|messagerie)(?: \S+){0,4}? (?:n'est plus|n'est pas|ne sera plus|est desormais|a change)",
)
AUTOMATIC = words(
    r"(?:reponse|message|mail|courriel|e-?mail|envoi|accuse)(?: de reception)? (?:est )?(?:genere |envoye |emis |adresse |transmis )?(?:automati(?:que|quement|se)\w*)",
    r"(?:automatically generated|auto-?generated|automatic (?:reply|response|message)|do not reply|please do not (?:reply|respond))",
    r"(?:ne pas|pas) (?:y )?repondre (?:directement )?(?:a ce|a cet|au present|a cette|sur cette)(?: \S+)?",
    r"merci de ne pas (?:y )?repondre",
    r"repondeur",
    r"seule notification que vous recevrez",
)
REGISTERED = words(
    r"(?:votre|vos) (?:\w+ )?(?:demandes?|messages?|courriels?|mails?|e-?mails?|courriers?|requetes?|sollicitations?|tickets?|envoi)(?: \S+){0,6}? (?:ete|est|sont) (?:\w+ ){0,2}?(?:enregistree?s?|prises? en compte|pris en compte|recue?s?|transmise?s?|receptionnee?s?|arrivee?s?|parvenue?s?|creee?)",
    r"(?:avons|a|ai) (?:bien |bonne )?(?:recu|receptionne|enregistre|pris en compte|pris connaissance de) (?:votre|vos) (?:demandes?|messages?|courriels?|mails?|e-?mails?|requetes?|sollicitations?)",
    r"(?:accus\w+|accuse de) (?:bonne )?reception (?:de|du) (?:votre|vos|ce) (?:demandes?|messages?|courriels?|mails?|e-?mails?|requetes?|sollicitations?)",
    r"accuse (?:de reception|d'enregistrement) (?:electronique|de votre)",
    r"(?:ticket|demande|dossier|requete) (?:n°|numero|#) ?\S+ (?:a ete )?(?:cree|ouvert|enregistre)e?",
    r"nous vous remercions (?:de|pour) (?:votre|vos) (?:message|courriel|mail|demande)",
)
WILL_BE_TREATED = words(
    r"(?:sous|dans)(?: \S+){0,4}? (?:delais?|jours?|heures|semaines)",
    r"(?:reponse|suite|retour)(?: \S+){0,4}? (?:apportee?|donnee?|faite?|adressee?|transmise?)",
    r"(?:sera|seront|va etre)(?: \S+){0,2}? (?:traite|transmis|examine|etudie|pris en charge|oriente|redirige)e?s?",
    r"(?:sous (?:le|la)|avec le|numero de|n° de) (?:numero|reference|n°|dossier|suivi|ticket|demande)",
    r"(?:numero|reference|ticket|n°) ?:? ?#?[a-z]{0,6}[-/]?\d{2,}",
    r"(?:vous repondr|traiter|recontacter|reviendr)\w+(?: \S+){0,6}? (?:rapidement|delais?|jours?|possible)",
    r"horaires d'ouverture",
    r"service (?:relation|accueil)\w*",
)
CHALLENGE = words(
    r"mail ?in ?black",
    r"(?:authentifi|identifi|valid|confirm)\w+(?: \S+){0,6}? (?:expediteur|que vous etes|adresse|message soit|pour que votre)",
    r"(?:votre|le) (?:message|courriel|mail|e-?mail)(?: \S+){0,5}? (?:en attente|mis en attente|quarantaine|bloque temporairement)",
    r"(?:anti-?spam)(?: \S+){0,8}? (?:cliqu|valid|confirm)\w+",
)

# --- Others ---------------------------------------------------------------------------------------------------------

MEETING_RECEIPT = words(r"(?:lu|read|non lu|not read|lecture|confirmation de lecture|accuse de lecture|lue?) ?:")
JOB = words(
    r"candidatures? (?:spontanee?s?|pour (?:un|le|ce|votre|la) (?:stage|poste|alternance|emploi|offre|mission|contrat|service civique)|au poste|a l'offre|en alternance|a un (?:poste|stage|emploi))",
    r"candidatures? (?:- |: |au |pour )?(?:stage|alternance|apprentissage|emploi|service civique)",
    r"(?:demande|recherche|offre|proposition) (?:de|d'un|d') ?(?:\w+ )?(?:stage|alternance|emploi|apprentissage|contrat)",
    r"(?:stage|alternance|apprentissage|emploi|contrat) (?:de|d'|en) (?:\w+ )?(?:master|licence|fin d'etudes|bts|dut|mois|\d|m[12])",
    r"service civique",
)
JOB_SIGNS = (
    words(r"cv", r"curriculum(?: vitae)?"),
    words(r"lettre de motivation", r"motivations?"),
    words(r"stages?", r"stagiaire", r"alternance", r"apprentissage", r"offre d'emploi", r"recrutement", r"(?:le|au|du) poste de"),
    words(r"etudiante?", r"diplomee?", r"master", r"licence pro", r"titulaire d'un"),
    words(r"mon (?:profil|parcours|experience)", r"mes competences", r"entretien"),
)
SELLING_SIGNS = (
    words(r"(?:notre|nos|mon|un|une) (?:cabinet|bureau d'etudes?|societe|entreprise|agence conseil|agence de conseil|agence|start-?up|structure|equipe de consultants|consultants?|scop|organisme de formation)"),
    words(r"(?:nos|mes|notre) (?:prestations?|services?|solutions?|formations?|offres?|references?|plaquettes?|produits?|logiciels?|expertises?|outils?|plateforme|savoir-faire|catalogue|conseillers?)", r"plaquettes?"),
    words(r"(?:proposition|offre) (?:de partenariat|commerciale|de services?|de prestation|d'accompagnement|technique|financiere)", r"devis", r"demonstration", r"tarifs?", r"remise", r"promotion", r"promo", r"-? ?\d+ ?%", r"gratuit\w*", r"essai", r"(?:euros?|€) ht"),
    words(r"(?:echange|rendez-vous|entretien|point) (?:telephonique|visio\w*)", r"conseiller vous", r"je vous (?:rappelle|contacte|propose un)", r"cliquez", r"repondez oui", r"inscrivez-vous", r"profitez", r"decouvr\w+ (?:nos|notre)"),
    words(r"accompagn\w+(?: \S+){0,6}? (?:collectivites?|epci|communes|territoires|candidat\w*)", r"appuyer les collectivites", r"collectivites candidates", r"nos clients"),
)
PRESS_SIGNS = (
    words(r"journalistes?", r"redaction", r"redacteur", r"redactrice", r"pigiste", r"correspondante? (?:local\w*|de presse)"),
    words(r"article", r"reportage", r"sujet", r"papier", r"edition de", r"emission", r"portrait"),
    words(r"interview\w*", r"entretien", r"bouclage", r"temoignages?", r"micro", r"tournage", r"citer"),
    words(r"gazette", r"la voix", r"courrier picard", r"l'observateur", r"radio", r"france (?:3|bleu)", r"localtis", r"la lettre du cadre", r"presse"),
)
PHISHING_SIGNS = (
    words(r"(?:votre|vos) (?:compte|boite(?: aux lettres| mail)?|messagerie|mot de passe|colis|carte|webmail|acces|profil)"),
    words(r"cliqu\w+", r"click", r"connect\w+-vous", r"identifi\w+-vous"),
    words(r"quota", r"suspend\w*", r"desactiv\w+", r"expir\w+", r"bloque\w*", r"valider", r"verifi\w+", r"mettre a jour", r"avertissement", r"urgent", r"limite de stockage"),
    words(r"mot de passe", r"identifiants?", r"coordonnees bancaires", r"virement", r"paiement", r"gagn\w+", r"heritage", r"bitcoins?", r"utilisateur"),
)
NEWSLETTER = words(r"(?:se |vous |me )?(?:desabonner|desinscrire|desabonnement|desinscription)", r"unsubscribe", r"version en ligne", r"voir (?:ce message|cet e-?mail|la version)(?: \S+){0,4}? (?:navigateur|en ligne)", r"vous recevez (?:cet?te?|ce) (?:lettre|mail|message|courriel|newsletter|e-?mail)")
