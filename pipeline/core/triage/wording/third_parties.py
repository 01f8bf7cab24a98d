"""Who writes like an applicant and is none: firms, advisers, students, journalists, citizens, who supports others.

Only what people say of themselves counts: a commune that speaks of its school or of a consultant is still a commune.
"""

from pipeline.core.triage.wording.fragments import words

_SELF = r"(?:je suis|nous sommes|en tant qu(?:e|')|en (?:ma )?qualite d[e']|etant|soussignee?)"
# "Consultante, je vous …"; "une stagiaire travaillera …" is about somebody else.
_AT_THE_HEAD = r"(?:bonjour,?|messieurs,?|monsieur,?|madame,?|\.|^)"
_WHO = (
    r"(?:etudiante?s?|stagiaire|doctorante?|journaliste|deputee?|senat(?:eur|rice)|consultante?s?|facilitat(?:eur|rice)s?"
    r"|(?:simple )?particuli(?:er|ere)"
    r"|habitante?|citoyenn?e?|riverain|enseignante?|specialistes?|experte?s?|prestataires?|auto-?entrepreneu(?:r|se))"
)
OF_THEMSELVES = words(
    rf"{_SELF} ?(?:une? |des )?(?:jeune )?{_WHO}",
    rf"{_AT_THE_HEAD} ?(?:bonjour,? )?(?:jeune )?{_WHO}",
    r"(?:notre|mon) (?:bureau d'etudes|cabinet(?! (?:medical|du maire))|agence(?! (?:postale|d'urbanisme))|logiciel"
    r"|plaquette|entreprise|societe|start-?up|cooperative|scic|scop|sarl|equipe de consultants)",
    r"notre (?:plateforme|solution|outil) (?:equipe|permet|est utilise|numerique|de concertation|de participation)",
    r"notre offre (?:commerciale|de services?|d'accompagnement)",
    r"inscrire notre (?:ecole|college|lycee|association|club)",
    r"(?:notre|le|l'|la|mon) ?(?:ecole|college|lycee|universite|club|amicale)(?: \S+){0,5}? (?:souhait\w+|desir\w+"
    r"|voudrait|candidate|repond|postule)",
    r"(?:dans le cadre de|pour) (?:mon|ma|mes) (?:memoire|these|etudes|master|stage)",
    r"notre redaction(?! (?:d|qui|et))",
    r"assistante? a (?:la )?maitrise d'ouvrage",
)
TRAINEE = words(r"stagiaires?", r"alternante?s?", r"apprentie?s?", r"(?:en )?service civique")
ASKED_TO_SEND = words(
    r"(?:m'a|m'ont) (?:demande|chargee?|priee?|confie) (?:de\b|d')",
    r"a la demande (?:de\b|du\b|d')",
    r"pour le compte de (?:mon|ma)",
)
FOR_OTHERS = words(
    r"(?:aux cotes|accompagn\w+|appuy\w+|aid(?:er|ons)|conseill\w+|servic\w+)(?: \S+){0,3}? (?:des |les |aux )(?:\S+ )?"
    r"(?:laureats?|candidate?s|territoires (?:candidats|laureats)|collectivites (?:candidates|laureates))",
    r"(?:propos|offr|organis|anim)\w*(?: \S+){0,6}? (?:aux|pour les) (?:candidate?|laureate?)s",
    r"(?:pour|d'|propose de) ?(?:animer|faciliter)(?: \S+){0,3}? (?:ateliers?|reunions?|demarche)",
    r"(?:comite|jury|commission) de selection",
    r"m'a-t-on dit",
    r"(?:m'a|m'ont) (?:dit|confie|assure|annonce) (?:vouloir|souhaiter|qu\w*|son intention)",
    r"parait-il",
    r"on (?:me|nous) (?:dit|a dit) que",
    r"nous a fait savoir",
    r"en copie de (?:sa|leur|la) candidature",
    r"je (?:te|vous) l[ae] (?:transmets|transfere|fais suivre) (?:au cas|pour (?:info|information|memoire)|si)",
    r"(?:transf|transm|fai\w* suivre|envo)\w*(?: \S+){0,12}? candidature(?: \S+){0,8}?,? (?:pour (?:ton |votre |ta )?"
    r"(?:info|information|memoire)|au cas ou)",
    r"(?:transf|transm|fai\w* suivre|envo)\w*,? pour (?:ton |votre |ta )?(?:info|information|memoire),?(?: \S+){0,8}?"
    r" candidature",
    # "Nous demandons que la ville candidate": a town's own council wishes it, and does not ask for it.
    r"(?:demand(?:e|ons|ent)|propos(?:e|ons|ent)|sugger\w+|faudrait|reclam\w+|plaid\w+)(?: \S+){0,2}? (?:pour |a ce )?"
    r"qu(?:e |')(?:\S+ ){1,6}?(?:candidate?|reponde|postule|depose|s'inscrive)",
    r"(?:appel(?:le|ons|lent)|invit(?:e|ons|ent)|encourag(?:e|eons|ent)|incit\w+|exhort\w+)"
    r" (?:la |le |l'|les |notre |nos )(?:\S+ ){1,4}?a (?:candidater|postuler|repondre)",
    r"(?:(?:notre|un|le) (?:collectif|comite|groupe)|(?:notre|l') ?association|(?:les|des|nos) (?:habitants?"
    r"|citoyens?))(?: \S+){0,5}? (?:souhait|voudr|aimer|desir|attend|esper)\w* (?:que|qu'\S*)",
    r"(?:suggere|suggerons|recommand\w+)(?: \S+){0,4}? la candidature (?:de|du|d'|des)",
    r"(?:on|nous|je) (?:les |la |le |l')(?:accompagn|aid|suiv|appui|appuy|conseill)\w*",
    r"que (?:nous|on|j'|je) ?accompagn\w+",
    r"(?:etonn|regrett|deplor|inquiet|indign|scandalis|rejoui|felicit)\w* (?:de ce )?(?:que|qu'\S*)",
    r"au nom et pour le compte d",
    r"offre de partenariat",
    r"(?<!votre )(?<!vos )(?<!pas de )(?<!sans )plaquettes?",
    r"s'associer a (?:votre|cette|la) (?:demarche|operation)",
)
SIGNED = words(
    r"gerante?",
    r"consultante?s?",
    r"(?:sarl|sas|sasu|eurl|scic|scop|snc)(?: \w+)?",
    r"journaliste",
    r"(?:depute|deputee|senateur|senatrice) (?:de|du|des|d')",
    r"cabinet (?!du|de la|de m)\w+",
    r"bureau d'etudes",
    r"associee? (?:chez|[-–])",
    r"auto-?entrepreneu(?:r|se)",
)
# They speak of those who apply; with a document of one that is named they may pass it on.
SIGNED_BY_A_BODY = words(
    r"caue",
    r"ademe",
    r"cerema",
    r"dreal",
    r"ddtm?",
    r"(?:sous-)?prefecture",
    r"chambre (?:d'agriculture|de commerce|des? metiers)",
    r"agence d'urbanisme",
    r"(?:association|amicale|union|federation)(?: \w+)? des (?:maires|elus)",
)
OWN_TOWN = words(r"(?:ma|mes) (?:communes?|villes?)", r"mon village")
OFFICE_HOLDER = words(
    r"(?:le |la )?mair(?:e|ie)", r"adjointe?", r"elue?s?", r"presidente?", r"secretaire", r"dgs", r"conseill\w+"
)
