"""Words of giving up that give up something else than the candidature, or are somebody else's. The rules say what
follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording.fragments import Phrases, words

_GIVING_UP = r"(?:retir|renonc|annul|abandonn|supprim|declin|desist|desengag)\w*"
_PART = (
    r"(?:pages?|pieces?|annexes?|phrases?|mentions?|options?|versions?|paragraphes?|tableaux?|cartes?|fichiers?"
    r"|volets?|tranches?|scenarios?|reunions?|rendez-vous|commandes?|reservations?|subventions?|devis|visites?"
    r"|salles?|formats?|papier"
    r"|visios?|visioconferences?)"
)
_SOMEBODY_ELSE = (
    r"(?:voisine?s?|departement|region|etat|prefet|prefecture|prestataire|bureau d'etudes|entreprise|partenaires?"
    r"|cofinanceurs?|ademe|agence)"
)
_OF_OURS = r"(?:candidat|particip|projet|demarche|dossier|idee|appel|ami\b|engagement|dispositif|accompagnement)"
_OURSELVES = r"(?:nous|notre|communes?|ville|cc|communaute|elus|conseil|bureau|collectivite)\b"
GIVES_UP_ANOTHER_THING = words(
    r"(?:marches?|consultations?|appel d'offres|lots?|procedure|mails?|messages?|courriers?|relances?)(?: \S+){0,4}?"
    r" sans suite",
    rf"sans suite (?:la |le |l'|les |une? |notre |nos )(?!\S*{_OF_OURS})\w+",
    # "Nous retirons la première page", "nous renonçons à l'option 2 de notre dossier"
    rf"{_GIVING_UP} (?:a |aux? )?(?:l'|la |le |les |cette |cet |ces |une? |notre |nos |votre )?(?:demandes? de |\w+ )?"
    rf"{_PART}",
    # "Nous retirons nos réserves", "le conseil a dit non à l'augmentation", "laissé tomber le téléphone"
    rf"retir\w+ (?:\w+ )?(?:(?:nos|mes|mon|ma|son|sa|ses|leurs?) (?!\S*{_OF_OURS})\w+|ce qu(?:e|')\w*)",
    # to collect a form: "retirer un dossier papier"
    r"retir\w+ (?:un|des|vos|votre|les?) (?:\w+ )?(?:dossiers?|formulaires?) (?:papier|vierges?|d'inscription)",
    r"retir\w+ (?:un|des) (?:dossiers?|formulaires?)",
    rf"(?:dit|vote) non (?:a |aux? )(?!(?:la |l'|cette |cet |ce |une? )?\S*{_OF_OURS})\w+",
    rf"laiss\w+ (?:tomber|de cote) (?:le |la |les |l'|mon |ma |mes |une? )(?!\S*{_OF_OURS})\w+",
    r"declin\w+ (?:votre|vos|la|l'|une|cette|cet) ?(?:\w+ )?(?:propositions?|offres?|invitations?|rendez-vous|rdv)",
    r"(?:sans|pas de) suite de (?:votre|sa|leur) part",
    r"candidate?s? (?:aux?|a|pour) (?:la |les |l'|un |une |son )?(?:\w+ )?(?:elections?|legislatives?|municipales"
    r"|regionales|departementales|senatoriales|cantonales|presidentielle|presidence|mandat|poste|succession)",
    r"annul\w+ (?:mon|notre) appel (?:telephonique|d[e'] ?(?:tout|ce|hier|tantot))",
    rf"pass\w+ (?:notre|son|mon) tour (?:pour|sur|a) (?!(?:la |le |l'|cet |cette |ce )?\S*{_OF_OURS})\w+",
    r"tours? de (?:parole|role|garde|table)",
    r"(?:cette|ce|cet) (?:candidature|dossier|appel|ami|projet)-la",
    r"(?:se|me) retir\w+ (?:\w+ )?(?:pour|pendant|durant) (?:\S+ ){1,2}?(?:jours?|semaines?|mois)",
    rf"{_GIVING_UP} pour (?:le \d+|lundi|mardi|mercredi|jeudi|vendredi|demain|cette date|ce jour)",
    # "Merci de retirer du dossier l'annexe 2"
    r"retir\w+ (?:mon|ma|mes|nos|les?|la|l'|cet?|cette|une?) ?(?:(?!candidature)\S+ ){1,4}?"
    r"(?:du|de notre|de mon) dossier",
    r"retir\w+ (?:du|de notre|de mon) dossier (?:l'|la |le |les |mon |ma |mes |nos |cette |une? )\w+",
    # "Mme Roux se retire de la vie politique", "la commune se retire du groupement"
    r"(?:se|me|s'est) retir\w+ (?:de |du |d'|des )(?:la |l'|les |ses? |son |sa )?(?:vie|fonctions?|mandats?|conseil"
    r"|presidence|groupe(?:ment)?|poste|delegation|affaires|reseau|tour|partenariat|financement|plan|comite|copil"
    r"|pilotage)",
    # "Vous pouvez retirer le dossier à l'accueil"
    r"retir\w+(?: \S+){0,5}? (?:a l'accueil|en mairie|a la mairie|au secretariat|sur place|au siege)",
    # "Nous ne donnerons pas suite au volet mobilité"
    rf"donn\w+ (?:\w+ )?(?:de )?suite (?:a |aux? )(?:la |l'|cette |cet |ce )?{_PART}",
    rf"donn\w+ (?:\w+ ){{0,3}}?(?:de )?suite (?:a |aux? )(?:la |l'|cette |cet |ce |votre |vos |une? |le |les )"
    rf"(?!\S*{_OF_OURS}|\S+ \S*{_OF_OURS})\w+",
    r"(?:conseil|elus|maire) (?:municipal )?(?:de|d') ?(?:la commune de |la ville de )?\w+(?: \S+){0,5}? son"
    r" (?:retrait|depart)",
    # "Une commune membre se retire ; les autres continuent", "M. Roux ayant renoncé à son mandat"
    rf"(?:l'une|une|deux|trois|plusieurs|certaines?|quelques)(?: de nos| des)? (?:\w+ )?communes?(?: \S+){{0,4}}?"
    rf" {_GIVING_UP}",
    r"(?:renonc\w+ a|desist\w+ de) (?:son|sa|ses|leurs?) (?:mandats?|fonctions?|poste|delegations?|presidence)",
    rf"{_SOMEBODY_ELSE}(?: (?!{_OURSELVES})\S+){{0,4}}? {_GIVING_UP}",
    rf"{_SOMEBODY_ELSE}(?: (?:que|avec qui|avec lequel|auquel) (?:nous|on) \S+ \S+)?(?: (?!{_OURSELVES})\S+){{0,4}}?"
    r" jet\w+ l'eponge(?!.* (?:nous|notre|candidature) (?:retir|renonc|abandonn))",
    # "Nous retirons notre candidature à l'appel de l'ADEME": to somebody else's call
    rf"{_GIVING_UP}(?: \S+){{0,3}}? (?:candidature|dossier|participation|reponse) (?:a |aux? )(?:l'|un |une |la )?"
    r"(?:autre )?(?:appel|ami|aap|concours|label|programme|dispositif|marche)(?: \S+){0,8}? (?:de |du |des |d')"
    r"(?:l'|la |le |les )?(?:ademe|region|departement|etat|agence|prefecture|ministere|europe|feder)",
    # "Merci de me retirer de vos contacts": whoever writes wants no more mail
    r"retir\w+(?: \S+){0,4}? (?:(?:listes? (?:de |d'|des )?|mailing[- ]?lists?|vos |des |ces |les |mes )"
    r"(?:diffusion|envois?|contacts?|distribution|destinataires?|mailings?|courriels?|e-?mails?|fichiers?|abonnes)"
    r"|(?:votre|la) (?:mailing|carnet|newsletter|lettre)|mailing[- ]list|carnet d'adresses|annuaire)",
    r"me retir\w+ (?:de |d')(?:la |votre |vos |cette |ces |toutes (?:vos|les) )?listes?"
    r"(?! (?:des |de )(?:candidat|postulant|collectivite|territoire|dossier))",
    # Every disclaimer does.
    r"declin\w+ (?:toute|sa|notre) (?:responsabilite|competence)",
    # Not yet
    rf"(?:crain\w+|craign\w+|redout\w+|peur)(?: \S+){{0,6}}? {_GIVING_UP}",
    r"donn\w+ (?:\w+ )?(?:de )?suite a (?:la|votre|vos|cette|une|son|leur) (?:\w+ )?(?:proposition|demande|invitation"
    r"|offre|relance|sollicitation|question)",
)
# "M. Veron se retire du projet": a person, not a title ("Monsieur le Maire se retire …" speaks for the place) …
SOMEBODY_LEAVES = words(
    r"(?:m\.?|mr|mme|mlle|monsieur|madame|(?:notre|l'|mon|ma) ?(?:elue?|collegue|referente?|technicien\w*|chef\w*"
    r"|interlocut\w+)) (?!le |la |l')(?:\S+ ){0,5}?(?:(?:se|s'est|s'etait) (?:retir|desist|desengag)\w+"
    r"|ne (?:\w+ )?particip\w+ (?:pas|plus))"
)
# … and somebody else takes over.
TAKES_OVER = words(
    r"(?:referente?|contact|interlocut\w+|pilote)s?(?: \S+){0,3}? (?:est|sera|devient|seront)"
    r"(?: (?:desormais|dorenavant|maintenant|donc|a present))",
    r"(?:est|sera) (?:desormais |dorenavant )?(?:remplacee?|relayee?) par",
    r"(?:la|le|lui|nous) (?:remplac|succed)(?:e|era|era a)",
    r"(?:pren(?:d|dra)|assure|assurera) (?:la (?:suite|releve)|le relais|l'interim)",
    r"repren(?:d|dra) (?:le|ce|notre|la|son) (?:\w+ )?(?:dossier|projet|suivi|flambeau|pilotage)",
    r"nouvel(?:le)? (?:elue?|referente?|interlocut\w+|contact)",
)
# Who gives up, where a sentence names it: "le port de Boulogne se retire", "la commune de Wail ne participera pas",
# "M. Veron renonce", "le départ du promoteur, qui abandonne le projet".
_THEY_GIVE_UP = (
    r"(?:(?:se|s'est|s'etait|se sont|s'etant) (?:\w+ )?(?:retir|desist|desengag)|(?:a |ont |vient de |viennent de )?"
    r"(?:\w+ment )?renonc(?!er)|(?:vient|viennent) de renoncer"
    r"|(?:abandonn|retir|declin|jett)(?:e|ent|ait|era|eront)\b(?! (?:par|de ce))"
    r"|(?:a|ont|vient d'|viennent d'|vient de|viennent de) ?(?:\w+ )?(?:abandonn|retir|declin|jet)er?\b"
    r"|ne (?:\w+ )?(?:particip|souhait|pourr|suivr)|(?:a|ont|s'est) (?:\w+ )?(?:vot\w+ contre|prononcee? contre))"
)
WHO_GIVES_UP = Phrases(
    r"(?:(?:^|[,;:] |\b(?:que |qu'|car |mais |et |puisque |puisqu'|comme ))(?:la |le |les |l'|une? |deux |plusieurs "
    r"|certaine?s? |quelques |nos |notre |mon |ma |m\.? |mr\.? |mme |mlle |monsieur |madame )"
    rf"(?P<who>[^,;:]{{2,80}}?)|\b(?:la |le |les |l'|une? |du |des |au |aux |m\.? |mme )"
    rf"(?P<which>\S+(?: [^\s,;:]+){{0,3}}?),? qui) {_THEY_GIVE_UP}"
)
# ", qui devait signer avec nous,": what stands between says nothing of who gives up.
ASIDE = Phrases(
    r", (?:qui|dont|lequel|laquelle|l'une? d|une? |notre |nos |initialement|jusqu|jusque|ancien|adjoint|chef|charge"
    r"|president|vice-president|partenaire|membre|pourtant|pressenti|prevue? |elue?\b)[^,;:]{0,80}, "
)
# What drives to it is nobody who does: "la baisse des dotations oblige la commune à renoncer".
DRIVES = words(r"(?:oblig|contrai|condui|amen|forc|pouss|empech|impos|permet|permett)\w*", r"nous|on|je|j'")
# Who may be the applicant itself, whatever it is called; a body may be where the applicant is one.
APPLICANTS = words(
    r"communes?|villes?|mairies?|municipalites?|cc|ca|cu|agglo\w*|communautes?|metropoles?|epci|intercommunalites?",
    r"conseils?|bureau|elue?s?|executif|maires?|presidente?s?|collectivites?|territoires?|villages?|equipes?",
    r"assemblees?|majorites?|municipa\w+|communa\w+|communautaires?|directions?|adjointe?s?|administration"
    r"|candidate?s?",
    r"etablissements?|institutions?",
    # The paper that says so
    r"presente?s?|courriers?|lettres?|messages?|mails?|courriels?|deliberations?",
)
BODIES = words(
    r"associations?|collectifs?|syndicats?|sm|smo|si|petr|pole|pays|parcs?|pnr|groupes?|comites?|commissions?|clubs?",
    r"structures?|administrat\w+",
)
OF_THE_PLACE = words(r"municipa\w+", r"communa\w+", r"communautaires?", r"(?:notre|la|de) (?:commune|ville|mairie)")
