"""The register sheet of a call (RGPD, article 30), in French, from its configuration. Pure.

What the configuration does not know is written « à compléter »: the DPO has the last word on all of it.
"""

from dataclasses import dataclass

from pipeline.core import french
from pipeline.core.call import Call
from pipeline.core.erasure import erasable_from

TO_FILL = "*à compléter*"
Rows = tuple[tuple[str, str], ...]

HEAD = (
    "# Fiche de registre : {name}\n\n"
    "Traitement : gestion des candidatures à l’appel « {title} » (code {code}). "
    "Fiche tirée de la configuration par `python3 run.py purge --register` ; à relire par le délégué à la protection "
    "des données avant de la porter au registre (RGPD, article 30)."
)
PURPOSE = "l’instruction des candidatures à l’appel et l’information des candidats"
OPERATIONS = (
    "relever la boîte partagée, enregistrer les candidatures, accuser réception, écrire et convoquer, tenir le tableau "
    "de suivi, établir la liste des lauréats"
)
NO_AUTOMATION = "aucune : le classement des messages est expliqué et corrigé par l’équipe, qui décide seule"
APPLICANTS = (
    "Représentants et agents des collectivités candidates",
    "nom, fonction, courriel, téléphone ; objet, texte et pièces des messages ; courriers reçus de nous ; présence aux "
    "réunions ; décision et notes de l’équipe",
)
STRANGERS = ("Toute personne qui écrit à la boîte, hors sujet", "adresse, nom affiché, objet, texte du message")
STAFF = ("Agents de l’équipe", "corrections faites au tableau, sans nom d’auteur ; nom de qui a le tableau ouvert")
SOURCES = (
    "Source : les messages que les personnes envoient, leurs signatures et leurs pièces jointes ; le référentiel "
    "public des collectivités. Aucune donnée sensible (article 9) n’est demandée."
)
WHAT_STAYS = (
    "Restent après la purge : des chiffres sans nom (`statistiques.csv`), la liste publiée des lauréats (collectivités "
    "seulement), l’empreinte des messages, le journal vidé de ses mots."
)
SECURITY = f"""## Sécurité

- connexions chiffrées, certificats vérifiés ; mots de passe hors de la configuration ;
- messages et registre lisibles du seul compte de l’assistant (droits 0600 et 0700) ;
- journal chaîné par empreintes : toute modification se voit (`check`) ;
- boîte ouverte en lecture seule par défaut ; pièces jointes jamais exécutées ;
- effacement : fichiers du registre réécrits, sauvegardes datées du tableau effacées (`purge`) ;
- accès au tableau de suivi et aux pièces : droits du dossier partagé ({TO_FILL}) ;
- sauvegardes extérieures et leur durée : {TO_FILL}."""
RIGHTS = (
    "## Droits des personnes\n\nDemandes à : {to}. Accès : `export --person ADRESSE`. Rectification : dans le tableau "
    "de suivi. Effacement : `purge --person ADRESSE`. Réclamation : CNIL (www.cnil.fr)."
)
ARCHIVES = (
    "## Archives publiques\n\nLes dossiers sont des archives publiques : leur destruction demande le visa écrit des "
    "archives départementales (Code du patrimoine, L212-2 et L214-3), dont `purge` exige la référence."
)


@dataclass(frozen=True)
class Installation:
    """What of an installation the sheet tells: the shared mailbox, its servers, the ledger, the days of other mail."""

    mailbox: str
    imap: str
    smtp: str
    ledger: str
    keep_unrelated_days: int


def register_sheet(call: Call, installation: Installation) -> str:
    """Markdown; the same for the same configuration."""
    sections = (
        HEAD.format(name=call.short_title, title=call.title, code=call.code),
        _table("Acteurs", _people(call)),
        _table("Finalités et base légale", _purposes(call)),
        _what(call, installation),
        _table("Destinataires et transferts", _recipients(call, installation)),
        SECURITY,
        RIGHTS.format(to=call.legal.dpo if call.legal else call.contact.email),
        ARCHIVES,
    )
    return french.typography("\n\n".join(sections)) + "\n"


def _people(call: Call) -> Rows:
    legal, contact = call.legal, call.contact
    return (
        ("Responsable du traitement", legal.controller if legal else contact.organisation or TO_FILL),
        ("Délégué à la protection des données", legal.dpo if legal else TO_FILL),
        ("Service chargé", legal.service if legal else _listed(contact.organisation)),
        ("Contact opérationnel", _listed(contact.name, contact.email, contact.phone)),
        ("Responsables conjoints", TO_FILL),
    )


def _purposes(call: Call) -> Rows:
    legal = call.legal
    return (
        ("Finalité", legal.purpose if legal else PURPOSE),
        ("Opérations", OPERATIONS),
        ("Base légale", legal.legal_basis if legal else f"mission d’intérêt public (article 6.1.e) : {TO_FILL}"),
        ("Décision automatisée", NO_AUTOMATION),
    )


def _what(call: Call, installation: Installation) -> str:
    months = f"{call.retention_months} mois après la clôture ({french.day(call.closes)})"
    days = french.count(installation.keep_unrelated_days, "jour")
    rows = (
        (*APPLICANTS, f"{months}, effaçables à partir du {french.day(erasable_from(call))}"),
        (*STRANGERS, f"copie du message : {days} ; adresse, objet et classement : {months}"),
        (*STAFF, months),
    )
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    head = "| personnes | données | conservation |\n|---|---|---|\n"
    return f"## Personnes, données, durées\n\n{head}{lines}\n\n{SOURCES}\n\n{WHAT_STAYS}"


def _recipients(call: Call, installation: Installation) -> Rows:
    team = f"l’équipe ({call.contact.organisation or TO_FILL}), le comité de sélection"
    servers = " et ".join(dict.fromkeys((installation.imap, installation.smtp)))
    where = f"boîte {installation.mailbox} ; registre {installation.ledger} ; dossier partagé du tableau de suivi"
    return (
        ("Destinataires", call.legal.recipients if call.legal else team),
        ("Sous-traitants", f"hébergeur de la messagerie ({servers}) : {TO_FILL}"),
        ("Transferts hors de l’Union européenne", f"aucun par l’assistant ; messagerie : {TO_FILL}"),
        ("Où sont les données", where),
    )


def _table(title: str, rows: Rows) -> str:
    return f"## {title}\n\n| | |\n|---|---|\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)


def _listed(*words: str) -> str:
    return ", ".join(filter(None, words)) or TO_FILL
