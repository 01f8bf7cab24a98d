"""How sellers, students, journalists and newsletters write. The rules say what follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording.fragments import words

# Whatever call it names as well.
JOB_SURELY = words(
    r"candidature (?:a|pour|aux?) (?:\S+ ){0,3}?(?:postes?|stages?|emplois?|fonctions?)",
    r"mon (?:cv|curriculum(?: vitae)?)",
    r"candidatures?(?: \S+){0,3}? (?:au|pour (?:le|un|ce|votre)|sur le) poste",
    r"candidatures? (?:spontanee?s?|a l'offre|pour (?:un|le|mon|ce) stage|pour (?:un|le) (?:emploi|contrat"
    r"|service civique)|en alternance)",
    r"offre (?:d'emploi|parue)",
    r"(?:votre|une) annonce (?:sur|parue|du|pour|d'emploi)",
    r"candidatures?(?: \S+){0,2}? (?:pour|a) l'(?:emploi|offre)",
)
JOB = words(
    r"candidatures? (?:spontanee?s?|pour (?:un|le|ce|votre|la) (?:stage|poste|alternance|emploi|offre|mission"
    r"|contrat|service civique)|au poste|a l'offre|en alternance|a un (?:poste|stage|emploi))",
    r"candidatures? (?:- |: |au |pour )?(?:stage|alternance|apprentissage|emploi|service civique)",
    r"(?:demande|recherche|offre|proposition) (?:de|d'un|d') ?(?:\w+ )?(?:stage|alternance|emploi|apprentissage"
    r"|contrat)",
    r"(?:stage|alternance|apprentissage|emploi|contrat) (?:de|d'|en) (?:\w+ )?(?:master|licence|fin d'etudes"
    r"|bts|dut|mois|\d|m[12])",
    r"service civique",
)
MY_APPLICATION = words(r"ma candidature", r"mon (?:cv|curriculum|profil|parcours)", r"mes (?:competences|motivations)")
JOB_SIGNS = (
    words(
        r"candidatures? ?(?:[-–:|/]|au poste d[e'] ?|en tant que|comme) ?(?:charge|chef|assistant|direct(?:eur|rice)"
        r"|responsable|technicien|ingenieur|animat|coordinat|secretaire|agent|stagiaire|apprenti)\w*"
    ),
    words(r"cv", r"curriculum(?: vitae)?"),
    words(r"lettre de motivation", r"motivations?", r"motivee?"),
    words(
        r"stages?",
        r"stagiaire",
        r"alternance",
        r"apprentissage",
        r"offre d'emploi",
        r"l'emploi d[e']\S*",
        r"recrutement",
        r"(?:le|au|du) poste de",
    ),
    words(r"etudiante?", r"diplomee?", r"master", r"licence pro", r"titulaire d'un"),
    words(r"mon (?:profil|parcours|experience)", r"mes competences", r"entretien"),
)
SELLER = words(
    r"business (?:developer|manager)",
    r"account (?:manager|executive)",
    r"(?:attachee?|ingenieure?|directeur|directrice|responsable|technico|assistante?|service) (?:de )?commerciale?s?",
    r"chargee? (?:d'affaires|de clientele|de developpement commercial)",
    r"grilles? tarifaires?",
    r"referencement",
)
SELLING_SIGNS = (
    words(
        r"(?:notre|nos|mon|un|une) (?:cabinet|bureau d'etudes?|societe|entreprise|agence conseil"
        r"|agence de conseil|agence|start-?up|structure|equipe de consultants|consultants?|scop"
        r"|organisme de formation)"
    ),
    words(
        r"(?:nos|mes|notre) (?:prestations?|services?|solutions?|formations?|offres?|references?|plaquettes?"
        r"|produits?|logiciels?|expertises?|outils?|plateforme|savoir-faire|catalogue|conseillers?)",
        r"plaquettes?",
    ),
    words(
        r"(?:proposition|offre) (?:de partenariat|commerciale|de services?|de prestation|d'accompagnement"
        r"|technique|financiere)",
        r"devis",
        r"demonstration",
        r"tarifs?",
        r"remise",
        r"promotion",
        r"promo",
        r"-? ?\d+ ?%",
        r"gratuit\w*",
        r"essai",
        r"(?:euros?|€) ht",
    ),
    words(
        r"(?:echange|rendez-vous|entretien|point) (?:telephonique|visio\w*)",
        r"creneau",
        r"conseiller vous",
        r"je vous (?:rappelle|contacte|propose un)",
        r"cliquez",
        r"repondez oui",
        r"inscrivez-vous",
        r"profitez",
        r"decouvr\w+ (?:nos|notre)",
    ),
    words(
        r"accompagn\w+(?: \S+){0,6}? (?:collectivites?|epci|communes|territoires|candidat\w*)",
        r"appuyer les collectivites",
        r"collectivites candidates",
        r"nos clients",
    ),
)
PRESS_SIGNS = (
    words(
        r"journalistes?",
        r"redaction",
        r"redacteur",
        r"redactrice",
        r"pigiste",
        r"correspondante? (?:local\w*|de presse)",
    ),
    words(r"article", r"reportage", r"sujet", r"papier", r"edition de", r"emission", r"portrait"),
    words(r"interview\w*", r"entretien", r"bouclage", r"temoignages?", r"micro", r"tournage", r"citer"),
    words(
        r"gazette",
        r"la voix",
        r"courrier picard",
        r"l'observateur",
        r"radio",
        r"france (?:3|bleu)",
        r"localtis",
        r"la lettre du cadre",
        r"presse",
    ),
)
PHISHING_SIGNS = (
    words(
        r"(?:votre|vos) (?:compte|boite(?: aux lettres| mail)?|messagerie|mot de passe|colis|carte|webmail"
        r"|acces|profil)"
    ),
    words(r"cliqu\w+", r"click", r"connect\w+-vous", r"identifi\w+-vous"),
    words(
        r"quota",
        r"suspend\w*",
        r"desactiv\w+",
        r"expir\w+",
        r"bloque\w*",
        r"valider",
        r"verifi\w+",
        r"mettre a jour",
        r"avertissement",
        r"urgent",
        r"limite de stockage",
    ),
    words(
        r"mot de passe",
        r"identifiants?",
        r"coordonnees bancaires",
        r"virement",
        r"paiement",
        r"gagn\w+",
        r"heritage",
        r"bitcoins?",
        r"utilisateur",
    ),
)
NEWSLETTER = words(
    r"(?:se |vous |me )?(?:desabonner|desinscrire|desabonnement|desinscription)",
    r"unsubscribe",
    r"(?:gerer|modifier) (?:mes|vos) (?:alertes?|preferences|abonnements?)",
    r"version en ligne",
    r"voir (?:ce message|cet e-?mail|la version)(?: \S+){0,4}? (?:navigateur|en ligne)",
    r"vous recevez (?:cet?te?|ce) (?:lettre|mail|message|courriel|newsletter|e-?mail)(?! (?:parce que|car) vous m')",
)
# News of a town, in which its candidature is one among others.
TELLS_EVERYBODY = words(
    r"(?<!votre )newsletter",
    r"(?<!votre )lettre d'info(?:rmation)?s?",
    r"(?:bulletin|magazine|journal|gazette) (?:municipale?|communale?|communautaire|intercommunale?)",
    r"(?:communique|dossier|conference|point|invitation|revue) (?:de )?presse",
    r"dans ce numero",
    r"^communiques?(?= ?[:–-])",
    r"(?:le|un|ce|notre|son) communique",
    r"infos? presse",
    r"^actualites? (?:de|du|d')",
)
# Words for us, beside which news are only news.
SAID_TO_US = words(
    r"(?:notre|sa) (?:\w+ )?(?:candidature|dossier)",
    r"(?:je|nous) (?:vous|te) (?:\S+ )?(?:adress|transm|envo|communiqu|fai|soumet|remet)\w*",
)
# What only a text for the press says of itself.
FOR_THE_PRESS = words(
    r"pour diffusion(?: immediate| libre)?",
    r"contacts? (?:de )?presse",
    r"service (?:de )?presse",
    r"^(?:communique|dossier) de presse",
    r"a la une",
)
