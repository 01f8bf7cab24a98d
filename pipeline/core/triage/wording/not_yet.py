"""How French applicants say that they do not apply, have not decided, or will. The rules say what follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording.fragments import TO_AIM, Phrases, words

_TO_BE_DECIDED = (
    r"(?:doi[st]|doivent|devra|devront|va|vont)(?: \w+){0,2}? (?:se prononcer|deliberer|statuer|decider|voter|trancher)"
    r" (?:sur |de )?(?:la|notre|sa|cette|une) candidature"
)
# It says that it does not apply, to a call that is named.
DOES_NOT_APPLY = words(
    rf"(?:n'|ne )donn\w+ (?:\w+ )?(?:pas|plus|aucune)(?: de)? suite {TO_AIM}",
    r"(?:n'|ne )y (?:donn\w+|repond\w+|particip\w+|candidat\w+|pren\w+) (?:\w+ )?(?:pas|plus|aucune)",
    r"(?:n'|ne )(?:\S+ ){0,5}?(?:pas|plus|point|jamais)(?: [^\s,]+){0,4}? (?:candidat(?:e|er)|repond\w*"
    rf"|depos\w*|postul\w*|particip\w*|donn\w* suite)(?: \S+){{0,4}}? {TO_AIM}",
    rf"(?:n'|ne )(?:y )?(?:candidat|repond|postul|particip)\w* (?:pas|plus)(?: \S+){{0,4}}? {TO_AIM}",
    # The council refused or put it off.
    r"(?:rejet|refus|ajourn|repouss|report|differ|ecart|abandonn)\w*(?: \S+){0,6}? (?:la|notre|sa|cette) candidature",
    r"(?:ajourn|repouss|report)\w*(?: \S+){0,2}? deliberation",
    r"candidature(?: \S+){0,8}? (?:rejete|refuse|ajourne|repousse|reporte|ecarte|abandonne)e",
    r"(?:refus|regrett|empech|dispens)\w*(?: \S+){0,3}? (?:de |d')(?:ne (?:pas |pouvoir )*)?(?:candidater|repondre"
    r"|participer|deposer|postuler)",
    r"vot\w+ contre",
    r"renonc\w+(?: \S+)? (?:a|de) (?:candidater|repondre|participer|deposer|postuler)",
    _TO_BE_DECIDED,
    r"reserve\w* (?:sa|notre|leur) (?:decision|reponse|position)",
    rf"ne pas (?:y )?(?:candidater|repondre|postuler|participer)(?: \S+){{0,4}}? {TO_AIM}",
)
# "Le voici pour mémoire": sent, and no application.
FOR_THE_RECORD = Phrases(r"\S pour (?:votre |ton |ta )?(?:information|info|memoire|archives?)(?= ?[.;!]|$)")
NEGATED = words(
    r"avant de (?:\S+ )?(?:confirm|candidat|depos|repond|engag)\w+",
    r"(?:ne|n') ?(?:\w+ )?(?:souhait|pourr|pouv|peut|est|somm|sera|ser|candidat|depos|repond|particip|donn"
    r"|envisag|compt)\w*(?: \w+)? (?:pas|plus)",
    r"(?:ne|n') ?(?:vous |y )?(?:adress|transm|envo|rem|soum|present|depos|propos)\w+ (?:\w+ )?(?:pas|plus|rien)",
    r"pas (?:etre )?candidate?s?",
    _TO_BE_DECIDED,
    # "Nous ne maintiendrons notre candidature que si …"
    r"(?:ne|n') ?\w+(?: [^\s,;:]+){0,5}? (?:que|qu') ?(?:si|a condition|sous|lorsque?|quand|dans|apres|avec)\b",
    r"maintiendr\w+(?: \S+){0,8}? (?:si|a condition|sous reserve)",
    r"(?:pas|nullement) (?:du tout )?l'intention",
    r"pas (?:du tout |tout a fait |encore )?(?:certaine?s?|sure?s?|convaincue?s?|persuadee?s?) (?:que|qu'|de|d')"
    r"[^,;:]*?candidat\w*",
    r"avant (?:toute|une|la|notre|sa) (?:\w+ )?candidature",
    r"(?:renonc|declin)\w+",
    r"(?:aurions|aurait|aurais|auraient) (?:\w+ )?(?:aime|voulu|souhaite|pu|prefere)",
    r"candidature(?: \S+){0,8}? (?:evoqu|discut|abord|debatt|mentionn)ee?s?",
    # "Le bureau décidera si la commune se porte candidate"; a comma ends what stands under a condition
    r"(?:si|des que|lorsque?|quand) (?:nous|on|la|le|l'|notre|nos|les|ma|mon|cette|ce)(?= |\w)[^,;:]*?"
    r"(?:candidat\w*|inscri\w+|particip\w+|postul\w+|repond\w*|dossier)",
)
# What somebody would like: no application yet.
HOPES_THAT = words(
    r"(?:voudr|voulai|souhait|aimer|desir|faudrai|propos|envisag|pens|hesit)\w*(?: \S+){0,3}? (?:que |qu'|a ce que )"
    r"(?:\S+ ){0,6}?(?:candidate|postule|reponde|depose)",
    # "Si nous déposons une candidature, faut-il …", "nous vous adresserons notre candidature"
    r"^(?:bonjour,? |mais |et )?si (?:nous|on|l'\S+|(?:la|le|notre|les|nos) \S+)(?: \S+)? (?:depos|candidat|repond"
    r"|postul|present|s'engage)\w*",
    r"(?:adresser|transmettr|enverr|deposer|presenter)(?:a|ons|ont|ai)(?: \S+){0,2}? (?:notre|la|sa|leur)"
    r" candidature(?! (?:signee|originale|papier|complete|definitive))",
)
# Somebody wishes to, who does not decide alone.
NOT_DECIDED = words(
    r"(?:pas|jamais)(?: encore)?(?: \w+){0,2} (?:delibere|vote|valide|decide|statue|tranche|approuve|debattu|prononce)"
    r"e?s?",
    r"sous reserve (?:de|d'|du|que)",
    # An intention that is declared: with a document it is a letter of intent.
    r"(?:(?:son|notre|leur|mon|ferme|une) |l')?intention(?:,[^,]{1,30},)? (?:\w+ )?(?:de |d')(?:\w+ )?(?:candidat"
    r"|depos|repond|postul|present|particip|soume|s'inscri|faire acte)\w*",
)
# It will, or may: words that make an application of the same sentence an intention.
INTENDS = words(
    r"(?:a|ai|avons|ont|aurions|aurait) l'intention de",
    r"envisage\w*",
    r"(?:candidature|dossier|reponse)s?(?: \S+){0,6}? (?:sera|seront|devrait etre|doit etre) (?:\w+ )?(?:pret|finalise"
    r"|termine|boucle)\w*",
    r"(?:candidature|dossier|note d'intention|reponse)s?(?: \S+){0,14}? en (?:cours de )?(?:preparation|redaction"
    r"|finalisation|construction)",
    r"mais(?: \S+){0,3}? attend\w*",
    r"(?:examiner|debattr|prononcer|statuer|deliberer|voter)(?:a|ont)(?: \S+){0,4}? candidature",
    r"(?:candidature|dossier)(?: \S+){0,14}? sera (?:portee?|presentee?|soumise?|inscrite?|examinee?|debattue?|votee?)",
    r"(?:candidature|dossier)(?: \S+){0,14}? (?:(?:n'est|ne sera|n'etait) (?:pas|point)(?: encore)? (?:prete?"
    r"|(?:finalis|termin|boucl|achev|redig)ee?|complete?|aboutie?)|reste a (?:\w+ )?(?:ecrire|rediger|finaliser"
    r"|completer|boucler|valider)|(?:demande|necessite) encore)",
    r"(?:susceptible|potentiel|eventuel|probable)\w*(?: \S+){0,3}? (?:candidat|repondre|postuler|interesse)\w*",
    r"candidate?s? (?:potentiel|eventuel)\w*",
    r"(?:prevoi|prevoy|compt|reflechi|hesit|esper|songe|pens)\w*(?: \S+){0,4}? (?:candidater|deposer|repondre"
    r"|postuler|participer|presenter|adresser|transmettre|envoyer)",
    r"(?:allons|va|vont|vais) (?:\w+ )?(?:candidater|deposer|repondre|postuler|envoyer|transmettre|adresser)",
    r"(?<! a )(?<!ont )(?<!avons )(?<!ai )(?:prepar|redig|finalis|travaill)(?:e|ons|ent|ant|er)"
    r"(?: \S+){0,4}? (?:candidature|dossier|reponse)",
    r"(?:pourrait|pourrions|pourraient)(?: \S+){0,4}? (?:candidater|deposer|repondre|interesser|participer"
    r"|etre (?:candidate?s?|interesse\w*))",
    r"(?:etudi|examin)\w+(?: \S+){0,3}? (?:opportunite|possibilite)",
    r"(?:etudi|examin|evalu|mesur|envisag)\w*(?: \S+){0,3}? (?:d')?une (?:\w+ )?(?:candidature|participation)",
    r"reflechi\w*(?: \S+){0,3}? candidature",
    r"(?:part|connaitre) (?:de )?(?:sa|notre|leur) decision",
)
# The application is still to come.
WILL_COME = words(
    r"(?:candidater|deposer|repondr|postuler|enverr|transmettr|adresser|presenter)(?:a|ons|ont|ai)",
    r"(?:candidature|dossier)(?: \S+){0,14}? (?:parviendra|suivra|(?:sera|va etre) (?:adresse|transmis|envoye"
    r"|depose)e?)",
    r"(?:conseil|bureau|elus?|maire|president)(?: \S+){0,5}? (?:doit|doivent|devra|devront|se prononcera"
    r"|decidera|statuera)",
)
