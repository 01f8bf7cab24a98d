"""Sentences without a verb by which a candidature is brought: "Transmission de la candidature d'Étaples."

For text as it was written: what follows must be a name and nothing else, and only capitals tell a name.
"""

import re

_GREETED = r"(?:(?:bonjour|bonsoir|madame|monsieur|messieurs)[,\s]*)*"
_HANDED_OVER = (
    r"(?:transmission|envoi|d[ée]p[ôo]t|remise)(?: ce jour| officiel(?:le)?)?(?:,[^,]{1,30},)?\s(?:de |du |d[’'])"
    r"(?:la |notre )?(?:dossier de )?(?:candidature|dossier)(?!\w)"
)
_OF_A_PLACE = (
    r"(?:la |notre )?candidature (?:de |du |d[’'])(?:la |l[’'])?"
    r"(?=ville|commune|mairie|communaut|c\.?c\b|c\.?a\b|c\.?u\b|agglo|m[ée]tropole|petr|pays|parc|pnr|syndicat)"
)
_AS_TOLD = (
    r"(?:comme (?:annonc|conven|promi|pr[ée]v|demand)\w*,? )(?:voici |ci-joint )?(?:le |la |notre )"
    r"(?:dossier|candidature|r[ée]ponse)(?: de candidature)?(?: sign[ée]e?| complet| compl[èe]te?| d[ée]finiti\w+)?"
)
# A name with the words that join it, of a place or of a call.
_NAMES = (
    r"(?:[\W_]|(?i:\b(?:de|du|des|d|la|le|les|l|en|sur|sous|l[eè]s|et|à|a|au|aux|pour|appel|ami|manifestation|d|intérêt|votre"
    r"|ville|communes?|mairie|communauté|communaute|agglomération|agglomeration|urbaine|métropole|metropole|pays|parc"
    r"|naturel|régional|syndicat|mixte|territoire|ci|jointe?s?|pj)\b)|\b[A-ZÀ-Ý0-9][\w’'-]*)*"
)
BRINGS = re.compile(rf"(?i:{_GREETED}(?:{_HANDED_OVER}|{_AS_TOLD}|{_OF_A_PLACE})){_NAMES}")
