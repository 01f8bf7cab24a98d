"""How organisers of calls, circulars, suppliers and accountants write. The rules say what follows.

Every pattern is for folded text (`folding.fold`).
"""

from pipeline.core.triage.wording.fragments import CALL_WORD, words

# Somebody opens a call, and it is not "you".
OPENS = words(
    r"(?:ouvr|lanc|publi|reconduit|organis)\w*(?: \S+){0,4}? "
    rf"(?:un|une|son|sa|ses|notre|nos|leur|le|les|deux|plusieurs|(?:l'))(?: \S+){{0,3}}? ?{CALL_WORD}",
    r"notre appel a \w+",
    r"appels? a candidatures? (?:pour|aupres)",
    r"^appels? a (?:candidatures?|projets?|manifestations? d'interets?|participation)",
    r"recompensera",
)
BY_YOU = words(r"vous (?:avez|venez|aviez|lancez|ouvrez|organisez|publiez|reconduisez)", r"votre", r"vos")
TO_DEPOSIT = words(
    r"(?:candidature|dossier)s?(?: \S+){0,4}? (?:a|doivent etre|doit etre|devront etre|peuvent etre)"
    r" (?:deposer|adresser|envoyer|retourner|transmettre|remettre|deposee?s?|adressee?s?|envoyee?s?|retournee?s?)",
    r"(?:deposez|envoyez|adressez|transmettez|proposez|presentez) (?:votre|vos|des)",
    r"vous pouvez (?:\w+ )?(?:adresser|envoyer|deposer|transmettre|presenter) (?:votre|vos)",
    r"candidatures ouvertes",
    r"candidatez",
    r"(?:peuvent|pouvez) (?:\w+ )?(?:candidater|repondre|deposer|proposer)",
    r"date limite",
)
RELAY = words(
    r"(?:merci|hesitez pas|vouloir|pouvez)(?: \S+){0,4}? (?:relayer|diffuser|partager|faire connaitre)",
    r"(?:nous |je )relay\w+(?: \S+){0,3}? (?:appel|ami)",
    r"a destination des? (?:communes|maires|elus|adherents|collectivites|epci)",
    r"(?:relay|diffus|partag|faire suivre|faire circuler)\w*(?: \S+){0,3}? (?:a |dans |aupres de )?(?:vos|votre|le) "
    r"(?:reseau|adherent|commune|membre|partenaire|contact|entourage)\w*",
)
TO_ALL = words(
    r"(?:bonjour|bonsoir|salut) (?:a )?(?:tous|toutes|chacun)",
    r"chere?s (?:collegues|amis|amies|partenaires|adherents|confreres|elus|maires)",
    r"mesdames(?:,| et)? messieurs,? les (?:\w+ )?(?:maires|elus|presidents|partenaires|conseillers)",
    r"flash info",
    r"nous vous signalons",
    r"pour info(?:rmation)?(?: a tous)?,? (?:nous|voici|l'|le|la)",
)
# Said to one's equals: whoever applies writes to us.
TO_PEERS = words(
    r"chere?s (?:collegues|confreres|adherents|elus|maires)",
    r"mesdames(?:,| et)? messieurs,? les (?:\w+ )?(?:maires|elus|presidents|conseillers)",
)
MINUTES = words(
    r"compte[- ]?rendus?",
    r"releve de decisions?",
    r"ordre du jour",
    r"proces[- ]verba\w+",
    r"cr(?: de)?(?: la)? reunion",
)
INVITES = words(
    r"vous etes (?:\w+ )?(?:convie|invite|attendu)e?s? (?:a|au|aux) ?(?:la |l'|une? |notre )?(?!lire|prendre"
    r"|consulter)",
    r"(?:plaisir|honneur|heureux|heureuse) de vous (?:convier|inviter)",
    r"vous (?:convie|convions|convient|invite|invitons|invitent) (?:a |au |aux )(?:la |l'|une? )?(?:\w+ )?(?:reunion"
    r"|comite|seance|rencontre|conference|journee|inauguration|commission|assemblee|atelier|colloque|ceremonie|conseil"
    r"|seminaire)\w*",
)
# Papers that only suppliers send.
TENDER = words(
    r"dc ?[12]",
    r"memoire (?:technique|methodologique)",
    r"(?:votre|la|cette) consultation",
    r"(?:offre|proposition) (?:technique|financiere|de prix)",
    r"acte d'engagement",
    r"dpgf",
    r"bordereau des prix",
    r"marche (?:public|n°)",
    r"mapa",
    r"cctp",
    r"aapc\w*",
    r"(?:lance|publie) une consultation",
    r"remise des (?:candidatures|offres)",
    r"bureaux d'etudes",
)
INVOICE = words(
    r"factur\w+",
    r"(?:votre|notre) devis",
    r"devis n°",
    r"offre de prix",
    r"avoir n°",
    r"bons? de commande",
    r"releve de compte",
    r"mise en demeure de paiement",
)
PAYING = words(
    r"reglements?",
    r"echeance",
    r"siret",
    r"iban",
    r"rib",
    r"montant",
    r"ttc",
    r"comptabilite",
    r"payer",
    r"paiement",
    r"bon pour accord",
    r"devis valable",
    r"meilleure offre",
    r"impayee?s?",
    r"recouvrement",
    r"regulariser",
)
