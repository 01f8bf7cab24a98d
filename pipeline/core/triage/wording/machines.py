"""How machines name themselves: no-reply addresses, copiers, file transfer services. The rules say what follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording.fragments import words

NO_REPLY = words(
    r"(?:no|do|don|ne)[-_.]?(?:not|t|pas)?[-_.]?repl(?:y|ies)\w*",
    r"ne[-_.]?pas[-_.]?repondre",
    r"nepasrepondre",
    r"sans[-_.]?reponse",
    r"mailer[-_.]?daemon",
    r"post[-_.]?master",
    r"(?:\w+[-_.])?(?:smtp|anti-?virus)[-_.]\w+",
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
    r"(?:e-?)?fax\w*",
    r"telecopi\w+",
)
SCAN_SUBJECT = words(
    r"(?:nouveau |nouvelle )?(?:fax|telecopie)(?: \S+){0,5}",
    r"message from .*",
    r"scan(?:ned|ne)?(?: \S+){0,4}",
    r"numeris\w+",
    r"document (?:scanne|numerise)",
    r"attached image",
    r"image data from \w+",
    r"send data from \w+",
)
_TRANSFER_SITES = (
    r"(?:we-?transfer|gros-?fichiers|smash|swisstransfer|dropbox|filesender|renater|transfernow"
    r"|transfert-?fichiers?|fromsmash|lufi|drop ?chapril"
    r"|melanissimo|france ?transfert|bluefiles|cryptobox|oodrive|netexplorer|sharefile|filemail|mailbigfile)"
)
TRANSFER = words(
    r"(?:vous a|a|ont|vous ont|t'a) (?:envoye|partage|transmis|transfere|depose)(?: \S+){0,4}? (?:fichiers?"
    r"|dossiers?|documents?|elements?)",
    r"(?:sent|shared)(?: \S+){0,3}? (?:files?|documents?|folders?)",
    r"(?:recuper|telecharg|download|get)\w*(?: \S+){0,3}? (?:fichiers?|files?|documents?)",
    r"(?:fichiers?|lien|files?|depot|transfert)(?: \S+){0,4}? (?:supprime|expir|disponible|expire)\w*",
)
# What even an address nobody reads does not say of anything else.
TO_US = words(
    r"(?:vous a|vous ont|t'a) (?:envoye|partage|transmis|transfere|depose)",
    r"(?:sent|shared)(?: \S+)? you",
    r"(?:recuper|telecharg|download)\w*(?: \S+){0,3}? (?:fichiers?|files?|documents?)",
    r"(?:fichiers?|lien|files?|depot|transfert)(?: \S+){0,4}? (?:supprime|expir|disponible|expire)\w*",
)
# A program shares a file in the name of somebody: what the file is called, nobody has written.
SHARES = words(
    r"(?:a|ont) (?:partage|invitee?|invite\(e\)|convie)(?: \S+){0,9}? (?:document|fichier|dossier|element)s?",
    r"(?:a|ont) (?:partage|invitee?|invite\(e\)|convie)(?: \S+){0,9}? avec (?:vous|toi)",
    r"^(?:document|fichier|dossier)s? partagee?s?",
    r"shared(?: \S+){0,9}? with you",
)
TRANSFER_SENDER = words(
    rf"{_TRANSFER_SITES}", r"transf(?:ert|er)s?\w*", r"partage\w*", r"depot\w*", r"fichiers?\w*", r"sharepoint\w*"
)
