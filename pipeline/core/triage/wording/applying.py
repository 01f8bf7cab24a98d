"""How French applicants apply, wish to, announce it, or send a draft. The rules say what follows.

Every pattern is for text that `folding.fold` made: lower case, no accents, one line, straight apostrophes.
"""

from pipeline.core.triage.wording.fragments import AIM, OF_THE_CALL, TO_AIM, gap, words

_DOSSIER = (
    r"dossiers?(?! (?:de )?(?:demande de|subvention|financement|presse|consultation|technique|fiscal|administratif)"
    r"| d'(?:inscription|adhesion|enquete|information|urbanisme))"
)
FILE = (
    rf"(?:candidatures?|{_DOSSIER}"
    r"|reponses?(?! (?:a|au|aux) (?:(?:votre|vos|ce|cette|la|le|l') ?)?(?:questionnaires?|enquetes?|sondages?|relances?"
    r"|demandes?|courriers?|mails?|messages?|invitations?|questions?))"
    r"|manifestations? d'interet|actes? de candidature"
    r"|proposition(?! (?:commerciale|technique|financiere|tarifaire|de prix|d'honoraires|d'intervention"
    r"|de salle|de date|d'horaire))"
    r"|(?:lettres?|notes?|courriers?|fiches?|formulaires?) (?:\S+ ){0,2}?(?:d'intention|d'interet|d'engagement"
    r"|de candidature|de reponse))"
)
SENDING = (
    r"(?:adress(?:e|er|es|ons|ent|ant)|(?:re)?transme(?:t|ts|ttre|ttons|ttent|ttant)|(?:r?en|ren)vo(?:ie|yer"
    r"|yons|ient|yant)"
    r"|transf(?:ere|erer|erons|erent)|reme(?:t|ts|ttre|ttons|ttent)|soume(?:t|ts|ttre|ttons|ttent)|present(?:e|er"
    r"|ons|ent)|communiqu(?:e|er|ons|ent)"
    r"|(?:fai[st]|faire|faisons|font) (?:\w+ )?(?:parvenir|suivre|passer)|depos(?:e|er|ons|ent)|propos(?:e|er|ons|ent))"
)
# "Notre candidature": only who applies says so ("ma candidature" is also a job seeker's).
OWN_FILE = words(r"(?:notre|nos) (?:\w+ )?(?:candidature(?!s)|dossier|manifestation d'interet)(?! a )")
_OWN = r"(?:sa|son|notre|nos|leur|ma|mon|la|une|un|cette|ce)"
COMING_WITH = (
    r"(?:ci[- ]?(?:joint|jointe|joints|jointes|apres|dessous|annexe|annexee|inclus)|pieces? (?:jointes?|attachees?)"
    r"|en pj|pj"
    r"|en annexe"
    r"|(?:est|sont) joint\w*|joins|joignons|fichiers? joints?|en fichiers? attaches?|attache|(?:re)?(?:voici|voila)"
    r"|trouver(?:ez|as)?|en lien|joint)"
)
# The mail itself applies.
APPLIES = words(
    rf"(?:(?:vous|te)(?! (?:nous |m')\w*)(?: \S+){{0,3}}? |t'){SENDING},?{gap(12)}{FILE}",
    rf"{FILE}(?: \S+){{0,6}}? que (?:je|nous) vous {SENDING}",
    # "Cette adresse" is a noun.
    r"(?:(?<!cette )(?<!mon )(?<!notre )(?<!votre )(?<!une )(?<!l')(?<!quelle )(?<!nouvelle )adresse|adressons"
    rf"|transmet|transmets|transmettons|envoie|envoyons|remet|soumet|soumets|soumettons|presente"
    rf"|presentons|presentent|depose|deposons|deposent|propose|proposons|pose|posons|formule|formulons|introduit)"
    rf"(?: \S+){{0,4}}? {_OWN} (?:\w+ )?(?:candidature|dossier|manifestation d'interet|reponse a)",
    r"(?:redige|prepare|constitue|monte|etabli|rempli) (?:le|notre|un) dossier (?:que voici|ci-joint|joint|en pj)",
    rf"(?:soume|present|propos|adress)\w*(?: \S+){{0,2}}? (?:le|notre|son|un|leur) projet"
    rf"(?! (?:de|d') ?(?:delib|courrier|lettre|reponse|note|convention|candidature))(?: \S+){{0,4}}?"
    rf" (?:(?:dans le cadre|au titre) (?:de |du |d')|{TO_AIM})(?:\S+ )?{AIM}",
    rf"{COMING_WITH}{gap(12)}{FILE}",
    rf"{FILE}{gap(12)}{COMING_WITH}",
    r"(?:est|sommes|suis|etre|se porte|portons|porte|portent|declare|declarons) (?:\w+ ){0,2}?candidate?s?",
    r"(?:fai(?:t|s|sons)|font|faire|vaut|valant|tient lieu de|constitue"
    r"|vaudra)(?: \S+){0,3}? (?:acte de )?(?:candidature|manifestation d'interet|depot)",
    # "la CC du Ternois, candidate à …" only tells of her
    rf"(?<!qui )(?:(?<!, )candidat(?:e|ent)|candidatons|postul(?:e|ons|ent))(?: (?!et (?:vous|nous|je)\b)\S+){{0,6}}?"
    rf" {TO_AIM}",
    r"(?<!si )(?:nous (?:candidatons|postulons)|on (?:candidate|postule)(?! ou| pas))",
    r"^(?:\S+ ){1,4}candidate ?!+$",
    rf"(?:viens|venons|vient|permets|permettons)(?: \S+){{0,4}}? (?:de |d')?(?:vous )?{SENDING}{gap(6)}{FILE}",
    r"candidate (?:donc|ainsi|officiellement|aujourd'hui|naturellement|a son tour|egalement|de nouveau)",
    r"^(?:objet ?: ?)?(?:(?:transmission|envoi|depot|remise) (?:de |d'))?(?:la |notre )?candidature"
    rf" (?:de |du |des |d')\S+(?: \S+){{0,10}}? {TO_AIM}"
    # what goes on with a verb says something of the candidature
    r"(?: (?:d[eu] |des |d'|pour |par |au |en |cet |\W|\d)\S*(?: \S+){0,2})?\W*$",
    rf"{FILE}{gap(14)}(?:vous|te|t') ?(?:est|sont) (?:\w+ ){{0,2}}?(?:adresse|transmis|envoye|communique|remis|soumis"
    r"|presente|propose)\w*(?!(?: \S+){0,6}? (?:postal\w*|poste|courrier(?! electronique)))",
    rf"^(?:objet ?: ?)?(?:la )?candidature (?:de |du |des |d')\S+(?: \S+){{0,10}}? {TO_AIM}(?: \S+)? ?[:;,.(-] ?"
    rf"(?:tout|le dossier|dossier|voir|cf|vous|{COMING_WITH})",
    r"(?:veuillez|prie|prions|merci|bien vouloir|demande|demandons)(?: \S+){0,6}? (?:d')?(?:recevoir|accueillir"
    r"|recueillir"
    r"|agreer|accepter|trouver|prendre connaissance de),?(?: \S+){0,8}? (?:la|notre|sa|leur|l'acte de) ?candidature",
    rf"(?:veuillez|prie|prions|merci|vouloir)(?: \S+){{0,3}}? prendre connaissance de (?:notre|sa) {FILE}",
    rf"(?:reviens|revenons)(?: \S+){{0,3}}? avec (?:le|notre|la) {FILE}",
    r"(?:viens|venons|vient)(?: (?!de )\S+){0,4}? (?:candidater|postuler|(?:nous|me|se) porter candidate?s?)",
    r"propos(?:e|ons)(?: \S+)? (?:notre|la) (?:territoire|commune|ville|communaute|collectivite)(?: \S+){0,5}? (?:pour"
    rf"|comme|a)(?: \S+){{0,3}}? {AIM}",
    r"confirm(?:e|ons)(?: \S+)? la candidature (?:de|du|des|d'\S+)",
    r"(?:recevez|recueillez|trouvez),?(?: \S+){0,8}? (?:la|notre) candidature",
    r"(?:accepter|prendre en compte|recevoir)(?: \S+){0,3}? (?:le|notre) dossier (?:de candidature|d[eu'] ?\S+)",
    r"part(?:,[^,]{1,40},)? de (?:la|notre|sa) candidature",
    rf"{COMING_WITH}(?:,[^,]{{1,30}},)?(?: \S+){{0,4}}? (?:notre|la|sa) participation {TO_AIM}",
    rf"^(?:\S+ ){{1,6}}candidate pour {OF_THE_CALL}",
    rf"(?:charge|mandate|missionne|delegue)e?s?(?: \S+){{0,5}}? (?:de |pour |d')(?:vous )?{SENDING}{gap(6)}{FILE}",
    rf"(?:zip|fichier|archive|lien|pj|document|piece|mail|message|courriel|envoi|courrier)s?(?: \S+){{0,3}}?"
    r" (?:contien|comprend|comport|rassembl)\w*"
    rf"(?: \S+){{0,6}}? {FILE}",
    r"(?:fichier|document|piece|envoi|scan|numerisation|message)(?: \S+){0,12}? (?:est|constitue) (?:la|notre|sa)"
    r" candidature",
    r"dossier(?: \S+){0,3}? (?:telecharge|accessible|disponible|recupera|consulta)\w*(?: \S+){0,4}? (?:ici|lien"
    r"|https?\S*|adresse|plateforme)",
    rf"{FILE}(?: \S+){{0,20}}? (?:l[ea]s? )?(?:telecharg|recuper)(?:er|ez|eable|able)\w*",
    r"(?:telecharger|recuperer|consulter) (?:notre|le|l'integralite du) (?:dossier|candidature)",
    # "Nous répondons à votre questionnaire sur Visions +21" answers something else.
    rf"repond(?:s|ons|ent)?(?: (?!(?:a|au|aux) )\S+){{0,7}}? {TO_AIM}",
    r"(?:plaisir|honneur|joie) (?:d'|de(?: \S+){0,3}? )(?:repondre|candidater|adresser|transmettre|presenter"
    r"|deposer|soumettre|faire|poser|proposer|porter|manifester|solliciter)",
    r"manifest(?:e|ons|ent|er)(?: \S+){0,4}? (?:son|notre|leur|mon|l'|un) ?(?:\w+ )?interet",
    rf"(?:confirm|renouvel|maint)\w+(?: \S+){{0,3}}? (?:sa|notre|leur) (?:candidature|participation {TO_AIM})",
    rf"(?:inscri(?:t|s|vons)|engage(?:ons)?)(?: \S+){{0,6}}? {TO_AIM}",
    r"(?:sollicite|sollicitons)(?: \S+){0,8}? (?:accompagnement|participation|selection)",
)
# Asked as a favour, and yet an application.
ASKS_TO_REGISTER = words(
    rf"(?:inscri(?:re|vez)|compte[rz]|reten(?:ir|ez)|enregistre[rz]) (?:la|le|notre|l')(?: \S+){{0,6}}? "
    rf"{TO_AIM}",
    r"(?:compte[rz]|inscri(?:re|vez)|reten(?:ir|ez)|enregistre[rz])(?: \S+){1,12}? (?:parmi|au nombre|au rang)"
    r"(?: \S+){1,3}? candidate?s",
    r"inscri(?:re|vez) (?:la|le|notre|l')\S*(?: \S+){0,8}? (?:dans|sur) (?:la|votre) liste",
    rf"(?:merci|veuillez|vouloir|prie|prions|demand\w+)(?: \S+){{0,3}}? nous (?:inscrire|enregistrer)(?: \w+)? "
    rf"(?:a|au|dans|pour) ?(?:l'|le |la |cet |cette |ce |votre )?{AIM}",
    r"^(?:(?:oui|ok|banco|bien sur|d'accord)\W+)?(?:nous (?:sommes|serions) )?(?:partante?s?|volontaires?)\W*$",
    rf"(?:est|sommes|suis|sont) (?:\w+ )?partante?s?(?: \S+){{0,3}}? {TO_AIM}",
    r"(?:prendre (?:bonne )?(?:en compte|note|acte|en consideration)(?: de)?|enregistrer|retenir|examiner"
    r"|considerer)(?: \S+){0,2}? (?:la|notre|cette|sa|ma) (?:\w+ )?candidature",
    rf"(?:prendre (?:bonne )?(?:en compte|note|acte|en consideration)(?: de)?|enregistrer) (?:la|notre)"
    rf" (?:demande (?:de |d'))?(?:inscription|participation) {TO_AIM}",
)
# It wishes to: an application when nothing is asked, or when documents come with it.
WISHES = words(
    r"(?<!qui )(?:souhait|desir|voudr|aimer|veu[tx]|voul(?:ons|ez)|entend|tiens a|tient a|tenons a"
    r"|decid|prete?s?"
    r"|volontaires?)\w*(?: \S+){0,9}?"
    rf" (?:[a-z]')?(?:repondre|candidater|participer {TO_AIM}|postuler|se porter"
    r"|(?:deposer|soumettre|presenter|proposer)(?: \S+){0,4}? (?:candidatures?|dossiers?|reponse|projets?|territoire"
    r"|commune|ville|communaute|intercommunalite)|nous porter|inscrire|rejoindre|integrer|engager"
    r"|beneficier|faire (?:acte|partie)|(?:en etre|en faire partie|tenter (?:l'aventure|(?:sa|notre) chance))"
    r"|etre (?:candidat|accompagn|retenu|selectionn|associe|pris|inclus|integre|des votres|de la partie)\w*)",
    r"(?:souhait|desir|voudr|aimer|veut|veux|voul(?:ons|u)|decid)\w*(?: \S+){0,2}? que"
    rf" (?:notre|la|le|l'|nos)\S*(?: \S+){{0,5}}? (?:soit|soient|fasse|puisse|integre|rejoigne"
    rf"|participe|beneficie|s'engage)(?: \S+){{0,8}}? {AIM}",
    r"(?:decid|act|vot|valid|approuv|accept)\w* (?:que|de|d')\S*(?: \S+){0,8}? candidat\w*",
    r"(?:delibere|vote|approuve|valide|donne (?:son|leur|un) (?:accord|feu vert|avis favorable))\w*(?: \S+){0,8}? "
    r"(?:candidat\w*|postuler|repondre a|participer a)",
    # "Le bureau a validé hier notre participation à l'AMI": done, and neither denied nor to come
    r"(?:a|ont|avons|vient d'|viennent d'|vient de|viennent de) ?(?:bien )?(?:vot|valid|approuv|accept|act)(?:e|er"
    rf"|ee)(?: \S+){{0,4}}? (?:notre|sa|la) participation(?: \S+){{0,4}}? {TO_AIM}",
    r"(?:serions|serait|serais|sommes|est|etre) (?:\w+ ){0,2}?volontaires?",
    r"(?:ravi|heureu|honor|desireu|partant|fier)\w*(?: \S+){0,3}? (?:[a-z]')?(?:participer|etre (?:retenu"
    r"|accompagn|selectionn|associ)\w*|integrer|beneficier|rejoindre|candidater|repondre)",
    # The verb before it says whether: neither "refusé de candidater" nor "le temps de candidater".
    rf"(?:choix|choisi\w*|volonte|envie|decision|determine\w*|accord|autoris\w+|mandat\w*|charg\w+|resol\w+|motive\w*"
    rf"|enthousias\w+|propos\w+|oui|interet)(?: \S+){{0,4}}? (?:a|de|pour) candidater {TO_AIM}",
    rf"(?:^|[,:] )(?:pour|afin de) candidater {TO_AIM}",
)
# "Vous la trouverez ci-jointe", after a sentence on the candidature.
BRINGS_IT = words(
    r"(?:vous|tu) l[ae]s? (?:trouver\w*|recevr\w*)(?: \S+){0,3}? (?:ci-?joint\w*|ci joint\w*|en piece|en pj"
    r"|en annexe|jointe?s?)",
    r"(?:je|nous) (?:vous |te )l[ae]s? (?:joins|joignons|adress\w+|transm\w+|envo\w+|fais|faisons|renvo\w+)",
    r"l[ae]s? (?:re)?(?:voici|voila)",
    r"(?:elle|il|ils|elles) (?:est|sont) (?:ci[- ])?joint\w*",
    r"(?:elle|il|ils|elles) vous (?:est|sont) (?:adresse|transmis|envoye|remis)\w*",
)
INTERESTED = words(r"interesse[es]*", r"interet pour", r"retenu (?:toute )?notre attention")
# A letter comes with it, from a place or its head.
LETTER = words(r"lettre", r"courrier", r"dossier", r"deliberation", r"note", r"formulaire", r"pieces?", r"documents?")
# What is sent where it cannot be read: a dossier, or a letter of one's own; minutes or a note may be about anything.
_OWN_LETTER = (
    rf"(?:{_DOSSIER}|(?:notre|mon) (?:lettre|courrier|note|formulaire|fiche)|lettre d'(?:intention|engagement|interet)"
    r"|formulaire|(?:lettre|courrier)(?: signee?)? (?:de |du |par |que )(?:m\. |mme |monsieur |madame )?(?:le |la "
    r"|notre )?(?:maire|president\w*))"
)
LETTER_SENT = words(
    rf"(?:{COMING_WITH}|jointe?s?|{SENDING}|envoi d[eu]){gap(10)}(?<!votre )(?<!vos ){_OWN_LETTER}",
    r"notre dossier",
    rf"(?<!votre )(?<!vos ){_OWN_LETTER}{gap(8)}(?:{COMING_WITH}|jointe?s?)",
)
PLACE = words(
    r"communes?",
    r"ville",
    r"mairie",
    r"maire",
    r"communaute",
    r"agglomeration",
    r"metropole",
    r"intercommunalite",
    r"epci"
    r"|cc|ca|cu|pnr|petr|pays|syndicat|departement|conseil|presidente?|collectivite|territoire",
)
# What was sent before, or by somebody else: no application by itself.
ALREADY_SENT = words(
    r"(?:vous )?(?:ai|avons|a|ont|avait|avions) (?:deja |bien )?(?:adresse|transmis|envoye|fait parvenir|depose"
    r"|remis|soumis|candidate|repondu)",
    r"(?:deposee?|envoyee?|transmise?|adressee?) (?:le|en|debut|fin|la semaine|il y a|au mois)",
)
# It brings what was missing to an application that was made before.
COMPLETES_A_FILE = words(
    r"(?:pour|afin de|de quoi|a|vien\w+|permett\w+ de) complet(?:er|ant)(?: \S+){0,3}? (?:dossier|candidature|envoi"
    r"|depot)"
)
# "La carte jointe au dossier": what is attached to the file is not the file.
JOINED_TO_IT = words(
    r"(?:joint|annexe|verse|ajoute)(?:e|s|es)?(?: \S+){0,2}? (?:au|a (?:notre|ce|cette|la|votre))"
    r" (?:dossier|candidature)"
)
OWN_ATTACHED = words(
    r"(?:notre|sa|leur) (?:\w+ )?(?:candidature|dossier|reponse)(?: \S+){0,3}? (?:ci[- ]?jointe?|jointe?|en pj"
    r"|en pieces? jointes?|en annexe)"
)
WANTS_OPINION = words(
    r"avis",
    r"relire",
    r"relecture",
    r"(?:qu'en |que )?pens(?:ez|es|er)",
    r"convien\w+",
    r"conforme",
    r"complete",
    r"suffi\w+",
    r"corrig\w+",
    r"remarques?",
)
# It was tried, and did not work.
ATTEMPTS = words(
    r"(?:essa(?:ie|ye|yons|yer)|tent(?:e|ons|er)) (?:\S+ ){0,5}?(?:de |d')(?:vous )?(?:l'|les )?(?:envoyer|adresser"
    r"|transmettre|deposer|joindre)",
    r"(?:arriv|parvi|reussi|parven)\w* (?:pas|plus) a (?:vous )?(?:l'|les )?(?:envoyer|adresser|transmettre|deposer"
    r"|joindre)",
    r"impossible (?:de|d')(?: ?vous)? (?:l'|les )?(?:envoyer|adresser|transmettre|deposer|joindre)",
    r"(?:message|mail|courriel|envoi)(?: \S+){0,3}? (?:revient|refuse|rejete|bloque)\w*",
)
# Papers that follow a candidature which is already there.
PAPERS = words(r"deliberations?", r"delib", r"originau?x?", r"version (?:signee|papier)", r"par (?:la poste|courrier)")
# What comes with it is a draft, or is said not to be an application.
DRAFT = words(
    r"projets? de (?:candidature|dossier|reponse|note|lettre|courrier)",
    r"(?:candidature|dossier|document|version|note)s?(?: \S+){0,5}? (?:pas|non)(?: encore"
    r"| ete){0,2} (?:definiti|valide|finalise|arrete)\w*",
    r"(?:dossier|document|note|reponse)(?: \S+){0,5}? pas(?: encore)? (?:pret|acheve|termine|boucle|fini)",
    r"candidature(?: \S+){0,2}? pas(?: encore)? (?:prete|achevee|terminee|bouclee)",
    r"brouillon",
    r"(?:plan|trame|esquisse|sommaire|canevas|squelette|maquette)s? (?:de |du |d')(?:(?:notre|la|le|futur\w*) )*"
    r"(?:candidature|dossier|reponse)",
    r"futur\w* (?:candidature|dossier)",
    r"ebauche",
    r"premier jet",
    r"version (?:de travail|provisoire|martyr|projet|intermediaire)",
    r"pre-?candidature",
    r"avant (?:de |d'|le |la |tout |notre |l')(?:\w+ ){0,3}?(?:deposer|depot (?:definitif|officiel)"
    r"|envoi (?:definitif|officiel)|candidater|repondre|postuler"
    r"|(?:soumettre|transmettre|finaliser|envoyer|presenter) (?:\w+ ){0,2}?(?:candidature|dossier|reponse))",
    r"(?:pas|ni)(?: \S+){0,4}? (?:enregistrer|considerer|comptabiliser|prendre)(?: \S+){0,4}? (?:candidature"
    r"|definitif)",
    r"(?:pas|point) (?:encore )?(?:une|notre|la|d'une) candidature",
    r"(?<!a l'ecoute de vos )(?:avis|remarques?|conseils?) (?:sur|quant a) (?:notre|ce|cette|le|la|mon)"
    r" (?:\w+ )?(?:projet|dossier"
    r"|document|candidature|version|note)",
    r"votre avis ?\?",
    r"(?:jeter|donner|porter) un (?:\w+ )?(?:oeil|coup d'oeil|regard|premier avis)",
    r"(?:nous|le|me|la) relire",
    r"relecture",
    r"(?:sommes|suis|est|restons) (?:\w+ )?(?:partagee?s?|indecise?s?|hesitante?s?)",
    # and not "après avoir hésité"
    r"(?<!n')(?<!avoir )(?<!avons )(?<!avions )(?<!avait )(?<!ont )"
    r"(?<! a )(?<!ai )(?<!longtemps )(?<!longuement )(?<!beaucoup )(?<!peu )"
    r"hesit(?:e|ons|ent)",
    r"qu'en pensez[- ]vous",
    r"pour avis",
)
