"""Words that make of a withdrawal a condition, a wish, a fear or a jest. The rules say what follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording.fragments import Phrases, words

_GIVE_UP = r"(?:retir|renonc|abandonn|annul|desist|desengag|declin|arret)\w*"
_INFINITIVE = r"(?:retir|renonc|abandonn|annul|desist|desengag|declin|arret)er"
# Who decides for no collectivité: one member, the opposition, people of the place.
_SOME = (
    r"(?:certaine?s?|plusieurs|quelques(?:-une?s)?|une partie|une minorite|d'aucuns|l'opposition|la minorite"
    r"|une? de nos \w+|une? (?:\w+ )?(?:elue?|conseiller\w*|adjointe?|habitante?)"
    r"|des (?:\w+ )?(?:elue?s|conseill\w+|habitants|voix)"
    r"|les (?:habitants|riverains|opposants)|un collectif)"
)
_TO_DECIDE = r"(?:vot|debatt|se prononc|statu|decid|discut|examin|deliber|tranch|reflech)"
PERHAPS_GIVES_UP = words(
    # "Si le conseil ne vote pas les crédits, nous …", and neither "même si …" nor "je ne sais si vous avez lu …"
    r"(?<!meme )(?<!comme )(?<!sais )(?<!sais pas )(?<!savoir )(?<!dire )(?<!voir )(?<!demande )(?<!demander )"
    r"si (?!ce |bien |tot |peu |besoin|possible|necessaire|non\b|oui\b|vous (?:le voulez|n'y voyez|permettez)"
    r"|longtemps|vite|tard|loin|court|beaux?|belle|grande?s?|difficile|important)\w\S*",
    r"s'ils? (?!vous|te)\w+",
    rf"(?:demand\w+|savoir|sa[iv]\w+|ignor\w+) (?:\w+ )?si [^,;:]*?(?:{_GIVE_UP}|retrait)",
    # One person, or something that was named before
    r"je me (?:retire|desengage|desiste)(?! (?:donc|finalement)\b|(?: \S+){0,5}? (?:l')?(?:ami|appel|candidature"
    r"|dispositif"
    r"|demarche|selection)\b) \w+",
    r"^(?!.*(?:candidat|particip|projet|demarch|appel|\bami\b|accompagn)).*?\b(?:y|en) renonc\w+",
    r"(?:a moins (?:que|de|[dq]u?'\w+)|sauf si|faute de quoi|sans quoi|sinon|au cas ou|dans l'hypothese"
    r"|dans le cas (?:ou|contraire)|en cas (?:de|d'\w+))",
    # A duty to come: "à défaut de solution nous devrons nous désister"
    r"(?:devr(?:ai|as?|ons|ont)|ser(?:ai|a|ons|ont) (?:\w+ )?(?:contraint|oblige|amene|force)e?s?|faudra)"
    rf"(?: [^\s,;]+){{0,5}}? {_INFINITIVE}",
    # Asked for by those who do not decide; still to be decided
    rf"{_SOME}(?: \S+){{0,6}}? (?:demand|voudr|voul|veu|souhait|reclam|exig|propos|pouss|appell|evoqu|parl|plaid|milit"
    r"|pench)\w*",
    rf"{_TO_DECIDE}(?:r?a|r?ont|r?ons|era|eront|erons)(?: \S+){{0,8}}? (?:{_GIVE_UP}|retrait|abandon|desistement)",
    rf"(?:doi[st]|doivent|devons|devra|devront|va|vont)(?: \S+){{0,2}}? {_TO_DECIDE}\w*(?: \S+){{0,8}}?"
    rf" (?:{_GIVE_UP}|retrait|abandon|desistement)",
    # What the papers say, what somebody wrote, what others ask for
    r"(?:ecrit|dit|annonce|indique|entendre|affirme) qu(?:e|'\S+) (?:\S+ ){0,4}?(?:retir|renonc|abandonn|desist)"
    r"(?:ions|aient|ait)",
    r"qui (?:\S+ )?(?:demand|reclam|exig|appell|souhait|pouss|milit|plaid)\w*(?: \S+){0,4}?"
    r" (?:retrait|retir|renonc|abandon)\w*",
    r"(?:presse|journal|journaux|article|radio|medias?|reseaux sociaux)(?: \S+){0,5}? qu(?:e|'\S+)",
    r"(?:(?:pu|du) (?:lire|entendre)|lisez|lirez|entendez|entendrez)(?: \S+){0,3}? qu(?:e|'\S+)",
    r"(?:on parle|il (?:a ete|est|etait) question|le bruit court|rumeurs?|nous reflechissons|nous discutons)",
    # Hoped not to be, nearly, or needless
    r"(?:esper\w+|pourvu|souhait\w+)(?: \S+){0,3}? (?:ne pas|n'ayons pas|n'aurons pas|n'aurez pas|que non)",
    r"(?:evit\w+|plutot que|au lieu|avant|plus lieu|pas lieu|plus besoin|pas besoin|plus de raison|pas de raison"
    r"|inutile|dispense\w*|tentee?s?|tentation|menac\w+|capables?|a deux doigts) (?:de |d'|a )"
    rf"(?:[^\s,;]+ ){{0,3}}?(?:nous |se |me )?{_INFINITIVE}",
    rf"(?:failli|(?:finir|finira|finirons) (?:\w+ )?par|autant|de quoi)(?: [^\s,;]+){{0,5}}? {_INFINITIVE}",
)
JESTS = words(
    r"(?:je|nous|on) (?:vous |te )?(?:plaisant\w+|rigol\w+|blagu\w+|taquin\w+)",
    r"(?:c'est |c'etait |par |avec )?(?:une? )?(?:plaisanterie|blague|boutade|humour|trait d'humour|clin d'oeil)",
    r"poisson d'avril",
)
# A verb in the infinitive, or a noun: whether it is so hangs on what stands before it …
HANGS_ON = Phrases(
    r"(?:se |nous |me |y |la |le |l'|en )*(?:retirer|renoncer|renonciation|abandon(?:ner)?\b|annul(?:er|ation)"
    r"|desist(?:er|ement)|desengager|retrait|laisser|passer|jeter|rester|arreter|supprimer|effacer|ceder|reporter"
    r"|quitter|decliner"
    r"|(?:ne|de ne) (?:pas|plus) \w+[ei]r\b)"
)
# … and these affirm it, unless it is denied.
AFFIRMS = words(
    r"(?:decid|souhait|contrain|oblig|prefer|choisi|regret|amen|demand|charg|resol|vot|condui|forc|desir|impos|convenu"
    r"|convenons|autoris|mandat|tranch|deliber|annonc|inform|confirm|notifi|signifi|signal|acte|enregistr|valid|approuv"
    r"|prononc|invit|remerci|oppos|sollicit|conven|propos|entend|vient|viens|venons|tenons|tien[st]|arret|resign"
    r"|recommand|conseill"
    r"|ecri|appell|pren|not[eo]|statu|opt|juge|estim)\w*",
    r"(?:vou(?:dr|l)|veu)\w*",
    r"(?:dois|doit|devons|doivent|devoir|du|dus|faut|fallait|faudra|preferable|sage|raisonnable|mieux|choix|force|devra"
    r"|devrons|voila|voici|reste|merci|veuillez|pri(?:e|ons)|pouvez|pourriez|peux|possible|fais|fait|faisons|faire|part"
    r"|decision|volonte|intention|necess\w+|regret\w*|pour|afin|finalement|donc|contre|sommes|suis|serons|allons"
    r"|vais|va"
    r"|courrier|objet|lettre)",
    r"(?:notre|mon|de nous|de me)",
)
DENIED_AT_ONCE = Phrases(r"(?:ne|n') ?(?:pas|plus|jamais) (?:\w+ ){0,2}(?:a |de |d')?(?:nous |se |me )?$")
DENIED = words(
    r"(?:ne|n') ?(?:\w+ )?\w+ (?:pas|plus|jamais|rien|nullement|aucunement|guere)(?: \w+)?(?: de| a| d'| que)?",
    r"(?:rien|personne|aucune? \w+) (?:ne|n') ?(?:nous )?\w+",
    r"(?:rejet|refus|ecart|repouss|combatt?|exclu|oppos)\w*(?: [^\s,;]+){0,8}",
    r"(?:l'idee|l'hypothese|l'eventualite|la possibilite|la perspective|le risque|la question|la demande|la rumeur"
    r"|la menace"
    r"|la tentation|la peur|la crainte) (?:d'une? |du |de |d')(?:\S+)?",
)
