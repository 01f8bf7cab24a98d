"""How French applicants ask. The rules say what follows.

Every pattern is for text that `folding.fold` made: lower case, no accents, one line, straight apostrophes.
"""

from pipeline.core.triage.wording.fragments import words

ASKS = words(
    r"(?:reconnaissante?|gre|obligee?s?|remercie\w*|prie|prions|veuillez|vouloir)(?: de)?(?: bien vouloir)? "
    r"(?:me |m'|nous )"
    r"(?:dire|indiquer|preciser|faire savoir|communiquer|informer|renseigner|eclairer)",
    r"(?:reconnaissante?s?|gre|obligee?s?|remercie\w*|prie|prions|veuillez|voudrez|vouloir)(?: de)?"
    r"(?: bien(?: vouloir)?)? (?:me |m'|nous )(?:transmettre|envoyer|adresser|faire parvenir|fournir|communiquer)"
    r"(?! (?:un |l'|votre )?accuse)",
    r"(?:demand|sollicit)\w*(?: \S+){0,2}? (?:rendez-vous|rdv|entretien)",
    r"(?!peu[xt] vous)(?:pourr(?:iez|ais|ait)|pouvez|peux|peut|auriez|sauriez|savez|avez|est)[- ](?:vous|tu|on|il|ce)",
    r"(?:faut|faudra|doit|doivent|devons|pouvons)-(?:il|elle|ils|elles|on|nous)",
    r"merci (?:de|d'|par avance de) ?(?:bien vouloir )?(?:me |m'|nous )(?:adresser|envoyer|transmettre"
    r"|faire parvenir|communiquer|fournir|donner)",
    r"besoin (?:de|d'|des) ?(?:connaitre|savoir|precisions?|renseignements?|clarifi\w+|informations?|eclair\w+"
    r"|verifier)",
    r"(?<!vous )(?<!tu )(?:me|nous) demand\w+ si",
    r"merci (?:de|d'|par avance de) ?(?:me |nous |bien vouloir )*(?:dire|preciser|indiquer|eclairer|renseigner"
    r"|repondre(?!(?: \w+)? (?:a|sur|par)(?: \S+){0,2}? ?(?:adresse|boite|\S+@))|rappeler|confirmer|faire savoir"
    r"|informer|tenir)",
    r"(?:souhait|aimer|voudr|desir)\w+ (?:\w+ )?(?:savoir|connaitre|avoir (?:des|plus|quelques)|obtenir"
    r"|recevoir|disposer|verifier|des (?:precisions|renseignements|informations))",
    r"(?:savoir|dire|preciser|indiquer) (?:si|quel\w*|comment|quand|combien|jusqu|ou|ce qu)",
    r"(?:une|deux|trois|quelques|plusieurs|ma|mes) (?:\w+ )?questions?",
    r"(?:(?:je|nous) (?:m'|nous )?|s')interroge\w*",
    r"(?:voici|ci-joint\w*|trouver\w*)(?: \S+){0,3}? (?:questions|interrogations)",
    r"dans l'attente de vos (?:reponses|precisions|eclair\w+|lumieres)",
    r"s'il? (?:est|etait|serait) possible",
    r"(?:sommes|suis|reste|restons) sans (?:nouvelles?|reponse|retour)",
    r"ou en (?:est|sont|etes)",
    r"demande de (?:renseignement|precision|information|rendez-vous|report|delai)\w*",
)
SUBJECT_ASKS = words(
    # "Pour information", "lettre d'information" ask nothing.
    r"(?<!pour )(?<!pour votre )(?<!pour ta )(?<!lettre )(?<!note )(?<!reunion )(?:demande )?(?:de |d')?(?<!lettre d')"
    r"(?<!note d')(?<!reunion d')(?:precisions?|renseignements?|informations?)",
    r"questions?",
    r"demande de (?:rdv|rendez-vous)",
    r"eligibilite",
)
# Asked by courtesy at the end of any mail: no question about the call.
ASKS_RECEIPT = words(
    r"(?:bonne|la|bien) reception",
    r"bien (?:ete )?(?:recue?s?|parvenue?s?)",
    r"accus\w+ (?:de )?reception",
    r"(?:mail|message|courriel|envoi|courrier)(?: \S+){0,2}? (?:suffit|suffisent|convient)",
    r"(?:suffit|convient)(?: \S+){0,2}? (?:mail|message|courriel|envoi)",
    r"(?:pu|reussi a) (?:l'|les )?ouvrir",
    r"(?:quelque chose|un document|une piece|des pieces|des elements|element)(?: \S+){0,3}? (?:manqu"
    r"|complementaire|supplementaire)\w*",
    r"liens? (?:fonctionnent?|marche|est bon|est valide)",
    r"(?:bien|a temps|a bon port) arriv\w+",
    r"arriv\w+ (?:bien|a temps|a bon port|avant)",
    r"(?:pouvez|pourriez)-vous (?:bien |en )?(?:noter|prendre (?:bonne )?note)",
    r"nous rencontrer",
    r"un (?:accuse|mot en retour)",
)
CONTESTS = words(
    r"recours (?:gracieux|contentieux|hierarchique|administratif)",
    r"contest\w+",
    r"tribunal administratif",
    r"mises? en demeure",
    r"commission d'acces aux documents",
    r"cada",
)
TO_MEET = words(
    r"(?:nous|vous) rencontrer",
    r"(?:un|convenir d'un) (?:rendez-vous|rdv|entretien|echange)",
    r"(?:me|nous) (?:rappeler|recontacter|contacter)",
)
# What one asks about beside a closing date.
DEPOSIT = words(r"dossiers?", r"depots?", r"date limite", r"cloture", r"cachet de la poste", r"delai")
NOTES = words(r"(?:noter|prendre (?:bonne )?note)")
