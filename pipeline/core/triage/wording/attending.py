"""How people answer an invitation in words: who comes, who does not, who perhaps. The rules say what follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording.fragments import words

MEETING = words(r"reunions?", r"invitation", r"convocation", r"seance", r"rencontre", r"seminaire", r"journee")
# A calendar program without its calendar: only the subject is left.
ANSWERS_INVITATION = words(
    r"(?:accepte|refuse|decline|provisoire|tentative|accepted|declined|refus|acceptation) ?:",
)
ATTENDS = words(
    r"(?:declin|renonc)\w*(?: \S+){0,2}? (?:pour|a|au|l'invitation|la reunion|cette reunion|votre invitation)",
    r"empechements?",
    r"(?:sera|serai|serons|seront|suis|sommes) (?:[\w-]+ ){0,2}?(?:presente?s?|disponibles?|absente?s?|excusee?s?"
    r"|des votres|representee?s?|indisponibles?)",
    r"(?:confirm|annonc)\w+(?: \S+){0,3}? (?:presence|participation|venue|absence|inscription)",
    r"(?:participer|assister|participera|assistera|participerons|assisterons|participerai|assisterai|viendr"
    r"|rendr)\w*(?: \S+){0,3}? (?:reunion|seance|rencontre|journee|seminaire)",
    r"(?:ne|n')(?: \S+){0,2}? pourr\w+(?: \S+){0,3}? (?:participer|assister|venir|presents?e?s?|rendre|liberer)",
    r"(?:me|nous|le|la) (?:fer\w+ )?(?:represent|remplac)\w+",
    r"(?:sera|serai|serons|seront) (?:\w+ )?(?:represente|remplace)e?s?",
    r"(?:prie|veuillez|prions)(?: \S+){0,5}? (?:excuser|d'excuser)(?: \S+){0,3}? absence",
    r"je (?:viendrai|confirme|serai la)",
    r"(?:nous|et|y) serons \w+",
    r"(?:sera|serai|serons|seront|etre) (?:\w+ )?(?:parmi vous|avec vous|la(?=[.,;:!)]|$"
    r"| (?:le|les|a|au|aux|avec|et|lundi|mardi|mercredi|jeudi|vendredi|demain)\b))",
    r"(?:y|j'y) (?:sera|serai|serons|seront|serais)",
    r"(?:ne |n')?(?:me|nous|lui|leur) convien(?:t|nent|dr\w+)",
    r"compter? sur (?:notre|ma|sa|leur) (?:presence|venue|participation)",
    r"comptez sur (?:notre|ma|sa|leur) (?:presence|venue|participation)",
    r"(?:particip|assist|viend|deplac)(?:era|erai|erons|eront|rons|rai|ra|ront)",
    r"(?:impossibilite|mesure) de (?:me |nous |se )?(?:deplacer|rendre|venir|liberer|participer|assister)",
    r"(?:pouvoir|pourr\w+|peu[xt]|pouvons) (?:\w+ )?(?:me |nous |se |y )?(?:liberer|venir|deplacer|assister)",
    r"annul\w+ (?:ma|notre|sa) (?:venue|participation|presence)",
    r"(?:d'accord|ok|parfait|c'est (?:bon|entendu|parfait|ok)|entendu|partante?s?|dispo\w*|libres?|oui) (?:\S+ ){0,3}?"
    r"(?:pour|le|les|a|aux?)",
    r"impossible(?: \S+){0,3}? (?:le|les|a|aux?|ce|cette)",
    r"avec (?:grand )?plaisir",
    r"manquer\w+ pas (?:de|d') ?(?:venir|etre|participer|assister)",
    r"(?:sera|serai|serons|seront) (?:\w+ )?(?:a|aux?) (?:la |les |cette |votre |ces )?(?:deux )?(?:reunion"
    r"|rencontre|seance)s?",
    r"remplacer(?:a|ai|ont)",
    r"accept\w+ (?:\S+ )?(?:l'|une |votre |d')?(?:invitation|convocation|date|rendez-vous)",
    r"envo\w+ (?:mon|ma|notre|un|une) (?:adjointe?|collegue|collaborat\w+)",
    r"(?:me|nous|lui|leur) (?:va|vont|ira|iront)",
    r"a (?:ma|sa|notre|leur) place",
    r"presences? d[e'u]\S*",
    r"(?:est|sera|serait) (?:\w+ )?(?:parfait|ideal)e?",
    r"confirm\w+(?: \S+){0,3}? (?:dates?|rendez-vous)",
    r"(?:se |nous )?join(?:dra|dront|drons|drai)",
    r"c'est confirme|(?:participation|presence|venue)(?: \S+){0,4}? confirmee?",
    r"(?:sera|serai|serons|seront) (?:\w+ )?accompagnee?s?",
    r"tres bien pour",
    r"(?:reservez|prevoyez|comptez|gardez)(?:-nous|-moi)?(?: \S+)? (?:places?|personnes?)",
    r"(?:participation|presence|venue)(?: \S+){0,4}? (?:acquise|assuree|certaine)",
    r"fer(?:ai|ons|a|ont) le (?:deplacement|voyage|trajet)",
    r"(?:sera|serai|serons|seront) (?:\w+ )?au rendez-vous",
    r"on sera \w+",
    r"reponse (?:positive|favorable)",
    r"presences? (?:est )?(?:bien )?confirmees?",
    r"represent(?:era|erai|erons|eront)",
    r"(?:(?:^|[,!.] |et )a|rendez-vous) (?:lundi|mardi|mercredi|jeudi|vendredi|demain)(?: prochain| \d{1,2}(?: \w+)?)?"
    r"(?= ?[!.]|$)",
    r"(?:pas de|aucun|sans) (?:probleme|souci)s? pour",
    r"repond\w* (?:favorablement|positivement|present)",
    r"(?:je|nous|on|mme \w+|m\. \w+) (?:n'y |ne |y )?(?:viens|venons|vient)",
    r"(?:compter|inscrire|compte|inscris|inscrivez|comptez)(?:-nous|-moi)?(?: \S+)? parmi",
    r"^(?:\S+ ){0,3}?presente?s? (?:\S+ )?(?:le|les|a|aux?)",
    r"(?:pouvez |pourrez )?compter sur (?:nous|moi|lui|elle)",
    r"(?:ne|n') ?(?:pourr|peu[xt]|pouvons)\w*(?: \S+){0,2}? etre (?:presente?s?|des votres|parmi vous|la|avec vous)",
)
# Nobody does: "personne ne peut la remplacer".
NOT_REPRESENTED = words(
    r"(?:personne|aucun\w*)(?: \S+){0,8}? (?:represent|remplac)\w+",
    r"(?:ne|n') ?(?:\w+ )?(?:peu[xt]|peuvent|pouvons|pourr\w+|ser\w+)(?: \S+){0,4}? (?:represent|remplac)\w+",
    r"sans (?:\S+ ){0,3}?(?:represent|remplac)\w+",
)
# Somebody else comes in the place of who was asked.
REPRESENTED = words(
    r"(?:a|en) (?:ma|sa|notre|leur) place",
    r"(?:me|nous|le|la) (?:\w+ )?(?:represent|remplac)\w+",
    r"(?:represente|remplace)e?s? par",
    r"remplacer(?:a|ai|ont)",
    r"(?:vous )?envo\w+ (?:mon|ma|notre|un|une) (?:adjointe?|collegue|collaborat\w+)",
)
PERHAPS = words(
    r"peut[- ]etre",
    r"dout(?:e|ons|ent)",
    r"(?:ne|n') ?(?:sais|sait|savons|savent) (?:pas|plus)",
    r"sous reserve",
    r"(?:pas|plus)(?: \w+)? (?:sure?|certaine?|assuree?)s?",
    r"essa(?:ie|ye)\w*",
    r"si (?:possible|je peux|nous pouvons)",
    r"incertaine?s?",
    r"probable\w*",
    r"(?:dans la mesure|autant que) (?:du )?possible",
    r"(?:vous )?(?:re)?confirmer(?:ai|ons) ",
    r"(?:pens|esper|croi|compt)\w* (?:\w+ )?(?:pouvoir|etre|venir|participer|assister)",
    r"(?:dois|doit|devons|reste a|faut) (?:\w+ )?(?:verifier|confirmer|voir|m'assurer|nous assurer)",
    r"(?:a|reste a) (?:re)?confirmer",
    r"sauf (?:imprevu|empechement|contretemps|contre-ordre|urgence)",
)
ABSENT_FROM_MEETING = words(
    r"declin\w*",
    r"refus\w*",
    r"renonc\w*",
    r"empech\w*",
    r"absen\w*",
    r"excus\w*",
    r"indisponib\w*",
    r"(?:ne|n') ?(?:\S+ ){0,2}?(?:pourr|ser|convien|viendr|particip|assist|peu[xt]|pouvons|pouvoir)\w*",
    r"impossib(?:ilite|le)",
    # Denied, whatever the verb: "nous ne sommes malheureusement pas libres"
    r"(?:ne |n')(?!manqu|hesit)(?:[^\s,;]+ ){1,3}?(?:pas|plus|guere|personne|aucune?)(?! (?:seule?s?|d'inconvenient"
    r"|de probleme))",
    r"pas (?:dispo\w*|libres?|la|presente?s?|possible)",
    r"(?:n'est|ne sera|ne serait) (?:\w+ )?(?:pas|guere|plus)",
    r"(?:pas|plus|aucune?) (?:de |d')?(?:disponib|possib|creneau|place)\w*",
    r"(?:ne|n')(?: \S+)? (?:viens|venons|vient) (?:\w+ )?(?:pas|plus)",
    r"annul\w+ (?:ma|notre|sa) (?:venue|participation|presence)",
)
