"""What is said of somebody else's application, of one to something else, or to all who may apply. The rules say what
follows.

Every pattern is for text that `folding.fold` made: lower case, no accents, one line, straight apostrophes.
"""

from pipeline.core.triage.wording.applying import COMING_WITH
from pipeline.core.triage.wording.fragments import words

# Said to those who may apply, by somebody who tells them how: never an application.
_TO_APPLICANTS = (
    r"(?:votre|vos) (?:\w+ )?(?:communes?|collectivites?|villes?|territoires?|intercommunalites?|epci|structures?"
    r"|candidatures?|manifestations? d'interet)",
    r"(?:telecharger|recuperer|remplir|completer|renseigner|retourner|renvoyer) (?:votre|vos) (?:dossiers?"
    r"|formulaires?)",
    r"hesitez pas a (?:nous |lui |leur )?(?:candidater|repondre|postuler"
    r"|(?:deposer|adresser|envoyer) (?:une|vos|votre))",
)
TO_APPLICANTS = words(*_TO_APPLICANTS)
TO_OTHERS = words(
    *_TO_APPLICANTS,
    r"vous (?:souhaitez|voulez|desirez|etes (?:un|une|elu))",
    r"a (?:\w+ et (?:a )?)?(?:renvoyer|retourner|deposer|adresser|envoyer|transmettre|completer|remplir)(?: \S+){0,3}? "
    r"(?:avant|au plus tard|jusqu|pour le)",
)
# Said of somebody else's application, or of an application to something else.
OF_OTHERS = words(
    # "Nous avons vu que …", and neither "vu que la date approche" nor "étant entendu que"
    r"(?:apprend\w*|apprenons|appris|(?:ai|as?|avons|avez|ont) (?:\w+ )?(?:vu|lu|entendu))(?: \S+){0,8}? qu(?:e|')",
    r"(?:plusieurs|certaines?|quelques|(?:une|deux|trois|quatre|cinq)(?= de nos| des| d'entre nos))"
    r"(?: (?:de nos|des|d'entre nos)(?: \d+)?)? communes?,?(?: \S+){0,8}? candidate?s?",
    r"(?:recue?s?|adressee?s?|destinee?s?)(?: \S+){0,3}? par erreur",
    r"par erreur (?:une|un|la|le|sa|son|leur) (?:candidature|dossier)",
    r"(?:articles?|avis(?! favorable| d[eu] (?:la )?(?:conseil|bureau|comite|maire|commission))"
    r"|remarques?|observations?|contributions?|analyses?|questionnaires?|enquetes?|reportages?"
    r"|factures?|devis|photos?)(?: \S+){0,5}? (?:sur|a propos de|concernant|relati(?:f|ve)s? a|a|pour)"
    r" (?:la|sa|leur|cette|votre) candidature",
    r"(?:s'oppose\w*|opposee?s?|opposons|contest\w+|defavorables?|denonc\w+)(?: \S+){0,3}? (?:la|cette|sa|leur|votre)"
    r" candidature",
    rf"{COMING_WITH}(?: \S+){{0,4}}? (?:exemples?|modeles?|trames?|gabarits?|canevas)(?: \S+){{0,3}}? ?candidatures?",
    r"(?:formulaires?|dossiers?|lettres?)(?: de candidature)? vierges?",
    r"jamais ete",
    r"dossier(?: \S+){0,4}? (?:est|parait|semble) (?:\w+ )?(?:trop|lourd|complique|complexe|long)",
    rf"(?:{COMING_WITH}|transm\w+|adress\w+|envo\w+)(?: \S+){{0,2}}? (?:lettre|courrier|mot|attestation|deliberation"
    r"|motion)s? de soutien"
    r"(?!.* (?:notre|nos|ma) candidature)",
    # A person's; of a body that does not apply, and an answer that is none to the call
    rf"{COMING_WITH}(?: \S+)? (?:reponse|courrier|avis|decision) (?:de la |du |de l'|des )(?:prefe\w+|region"
    rf"|departement|etat"
    r"|dreal|ddtm?|ademe|agence|ministere|sous-prefecture)",
    r"^(?!notre .* (?:cet|votre) ami\b)(?:bonjour,? )?(?:les?|la|l'|notre|nos|une?|des) ?(?:college|lycee|ecole"
    r"|universite|association|club|comite|paroisse|amicale|entreprise|societe|cabinet)s?(?: \S+){0,6}?"
    r" (?:repond|souhait|voudr|aimer|desir|veut|propos|demand)\w*",
    r"candidature de (?:m\.|mr|mme|mlle|monsieur|madame) (?!le |la )\w+",
    r"(?:s'associ|nous associ|nous nous associ)\w+(?: \S+)? (?:a|aux?) (?:la |sa |cette |leur )?candidature",
    # Another one's, and what is written about it
    r"(?:notre|nos|l'agglo|la commune|la ville|une|les?|la) (?:communes? |ville |agglomeration )?(?:voisine?s?"
    r"|partenaires?)(?: \S+){0,3}? (?:candidat|repond|depos|postul|se port)\w*",
    rf"{COMING_WITH}(?: \S+){{0,2}}? (?:articles?|coupures?|extraits? de presse|reportages?)",
    # "Notre candidature à l'appel TEPCV de l'État", whatever else the sentence names
    r"(?:candidature|dossier|candidate|candidatons|postul\w+) (?:a|au|aux|pour|de) ?(?:l'|le |la |les )?"
    r"(?:(?:programme|fonds|contrat|label|appel|dispositif|plan) )?(?:leader|feder|fse|detr|dsil|fsil|tepcv|ecophyto"
    r"|cit'?ergie|fisac|fnadt|anru|natura 2000)",
    # … or to what another body gives: "au budget participatif du Département"
    r"candidatures? (?:a|au|aux|pour) ?(?:l'|le |la |les |un |une )?(?:(?!cet\b|ami\b|appel)[^\s,;]+ ){1,3}?(?:de "
    r"|du |des |d')"
    r"(?:l'|la |le |les )?(?:ademe|etat|region|departement|agence|ministere|europe|prefecture|fondation)",
    # "Une candidature à laquelle nous serons associés", "le PETR candidate ; nous en sommes"
    r"(?:nous|notre commune|la commune|notre ville) en (?:sommes|faisons partie|fait partie|serons|ferons partie)",
    r"(?:a laquelle|auquel|a qui) (?:nous|notre commune|la commune) (?:\S+ ){0,2}?(?:associ|particip)\w*",
    # Of another time
    r"(?:candidature|dossier|reponse)(?: \S+){0,2}? (?:d'alors|de l'epoque|d'il y a)",
    r"(?:candidature|dossier|reponse)s? (?:a|au|aux|pour|de) ?(?:l'|le |la |les |un |une )?(?:appel|ami|label|programme"
    r"|dispositif|plan|contrat|concours)(?: (?!cet\b)[^\s,;]+){0,5}? (?:de |du |des |d'|par )(?:l'|la |le |les )?"
    r"(?:ademe|etat|region|departement|agence|ministere|europe|prefecture|fondation|leader|feder|anct)",
    r"(?:candidat\w*|postul\w*|repond\w*|depos\w*|dossier)(?: \S+){0,4}? aupres (?:de |du |des |d')(?:l'|la |le )?"
    r"(?:ademe|etat|region|departement|agence|ministere|europe|prefecture|fondation|dreal|ddtm?|feder|leader|anru|cget)",
    # Sent to another body, which will answer for it.
    r"(?:transm|adress|envo|depos|soum|rem|confi)\w+(?: \S+){0,2}? (?:son|notre|le|leur|ce|la|sa)"
    r" (?:\w+ )?(?:dossier|candidature)(?: \S+){0,4}? (?:a l'|a la |au |aux |a notre |a nos |a )"
    r"(?:agglo\w*|region|departement|prefe\w+|sous-prefecture|communaute|metropole|intercommunalite|ademe|etat|petr"
    r"|pays|parc|dreal|ddtm?)",
    # Papers around a candidature: "le devis pour notre candidature".
    r"(?:devis|factures?|releves? de decisions?|comptes? rendus?|ordre du jour|notes? de synthese|power ?points?"
    r"|diaporamas?|projets? de deliberation|convocations?)(?: \S+){0,8}? (?:de|pour|sur|presentant|concernant)"
    r" (?:la|notre|sa|une|leur) candidature",
    r"candidature (?:pour|afin de) (?:rejoindre|integrer) (?:le |la |l'|votre )(?:comite|jury|equipe|conseil|groupe)",
    r"(?:envoyee?s?|transmise?s?|parvenue?s?)(?: \S+){0,3}? par erreur",
    # "La candidature d'Arras de l'an passé", to show how it is done.
    r"pour (?:vous |t')(?:aider|inspirer|guider|donner (?:une idee|des idees))",
    r"avis (?:du |de la |de l'|d'une? )(?:conseil (?:de developpement|citoyen|economique)|codev|chambre|autorite"
    r"|agence)(?: \S+){0,6}? candidature",
    r"candidature(?: \S+){0,8}? (?:de l'an (?:passe|dernier)|de l'annee (?:passee|derniere|precedente))",
    r"candidature(?: \S+){0,8}? (?:au|pour le|pour un|a un|sur le) poste",
    r"(?:soutien|soutient|soutenons|soutenir|appuie|appuyons|parrain\w+) (?:a |de |pour )?(?:la|cette|sa|votre"
    r"|leur|toute) candidature",
    r"(?:candidature|candidate?|candidater|candidatons|dossier|participer|inscri\w+"
    r"|postul\w+)s?(?: \S+){0,3}? (?:au|aux|a la|a l'|pour le|pour la|pour les|du|des) ?(?:\S+ )?"
    r"(?:jury|prix|concours|trophees?|conseil d'administration|poste|marche|label|elections?|presidence|bourse"
    r"|formation|commission|forum|salon"
    r"|colloque|rubans?|victoires?|palmares)",
    r"(?:participer|inscri\w+)(?: \S+){0,2}? (?:au|aux|a la|a l'|pour le|pour la) ?(?:\S+ )?(?:atelier"
    r"|webinaire|reunion|journee)s?",
    r"(?:reunion|atelier|journee|session|webinaire)s? (?:d'information|d'echanges?|de presentation|de lancement)",
)
# Said to all who may apply.
ANNOUNCES = words(
    r"candidatez",
    r"(?:peuvent|pouvez) (?:\w+ )?(?:candidater|repondre|deposer)",
    r"(?:deposez|envoyez|adressez) (?:votre|vos) (?:candidature|dossier)s?",
    r"a vos candidatures",
    r"(?:candidature|dossier)s? (?:a|doivent etre) (?:envoyer|deposer|adresser|adressee?s?|deposee?s?)",
    r"(?:appel|ami)(?: \S+){0,6}? (?:est )?(?:ouvert|lance)(?: \S+){0,3}? jusqu",
)
# Said by who has received it, or only informs us: no candidature of the writer's.
RECEIVED = words(
    r"(?:ai|avons)(?: \w+)? recu (?:le|la|votre|vos|cet|cette|l') ?(?:\S+ ){0,3}?(?:dossier|formulaire"
    r"|cahier des charges|courrier|appel|invitation)s?",
    r"pour (?:votre |ton |ta )?(?:information|info|memoire)",
    r"(?:recu|recevons|recevrons|reception de)(?: \S+){0,2}? (?:votre|vos) (?:candidature|dossier|envoi)s?",
    r"(?:merci|remerci\w+)(?: (?:pour|de|d'|beaucoup|bien|encore|vivement|la|l'|l'envoi|cet|cette|transmission))*"
    r" (?:votre|vos) (?:\w+ )?(?:envoi|candidature|dossier|transmission)s?",
)
