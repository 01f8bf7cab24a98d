"""The tracker's sheets and columns, each with one owner: contract section 5 as tables.

A column is found in the workbook by its heading, wherever staff moved it. How it looks is left to adapters/workbook.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.call import Call
from pipeline.core.candidature import ATTENDANCE_WORDS, MEETING
from pipeline.core.folding import fold
from pipeline.core.letters import LETTERS


class Owner(StrEnum):
    WORKER = "worker"
    STAFF = "staff"


class Shape(StrEnum):
    """What a cell of the column holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    HOUR = "hour"
    KEY = "key"  # hidden: how a row is known again


@dataclass(frozen=True)
class Column:
    key: str
    heading: str
    owner: Owner
    shape: Shape = Shape.TEXT
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet holding one Excel table of the same name; `key` is the column by which a row is known again."""

    key: str
    name: str
    table: str
    row_key: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def folded_heading(heading: str) -> str:
    """A heading as it is compared: whatever its case, accents, blanks, no-break spaces."""
    return re.sub(r"\s+", " ", fold(heading)).strip()


YES_NO = ("oui", "non")
DECISIONS = RETAINED, WAITING_LIST, REFUSED = "Retenu", "Liste d'attente", "Non retenu"
REQUESTS = {
    LETTERS[key].label: key
    for key in ("accuse_reception", "demande_complements", "laureat", "convocation", "liste_attente", "non_retenu")
}
RECLASSIFICATIONS = {
    "Candidature": "candidature",
    "Complément": "complement",
    "Question": "question",
    "Retrait": "withdrawal",
    "Ignorer": "unrelated",
}
ATTENDANCE = tuple(ATTENDANCE_WORDS.values())


def _worker(key: str, heading: str, shape: Shape = Shape.TEXT, choices: tuple[str, ...] = ()) -> Column:
    return Column(key, heading, Owner.WORKER, shape, choices)


def _staff(key: str, heading: str, shape: Shape = Shape.TEXT, choices: tuple[str, ...] = ()) -> Column:
    return Column(key, heading, Owner.STAFF, shape, choices)


def meeting_column(key: str) -> str:
    """The column key of a meeting: "meeting:prep-1"."""
    return f"{MEETING}{key}"


def candidatures_sheet(call: Call) -> Sheet:
    """The sheet Candidatures of a call: one column more per meeting, headed by its title."""
    meetings = tuple(_worker(meeting_column(m.key), m.title, choices=ATTENDANCE) for m in call.meetings)
    return Sheet(
        "candidatures",
        "Candidatures",
        "Candidatures",
        "number",
        (
            _worker("number", "N°"),
            _worker("received", "Reçue le", Shape.MOMENT),
            _worker("in_time", "Dans les délais", choices=YES_NO),
            _worker("collectivite", "Collectivité"),
            _worker("kind", "Type"),
            _worker("siren", "SIREN"),
            _worker("departements", "Départements"),
            _worker("population", "Population", Shape.NUMBER),
            _worker("in_region", "En région", choices=("oui", "non", "à vérifier")),
            _worker("contact", "Contact"),
            _worker("role", "Fonction"),
            _worker("email", "Courriel"),
            _worker("phone", "Téléphone"),
            _worker("subject", "Objet", Shape.LONG_TEXT),
            _worker("pieces", "Pièces", Shape.NUMBER),
            _worker("complements", "Compléments", Shape.NUMBER),
            _worker("acknowledged", "Accusé envoyé le", Shape.MOMENT),
            _worker("last_letter", "Dernier courrier"),
            *meetings,
            _worker("to_check", "À vérifier", Shape.LONG_TEXT),
            _staff("eligible", "Éligible", choices=YES_NO),
            _staff("decision", "Décision", choices=DECISIONS),
            _staff("rank", "Rang", Shape.NUMBER),
            _staff("reason", "Motif", Shape.LONG_TEXT),
            _staff("request", "Courrier à envoyer", choices=tuple(REQUESTS)),
            _staff("missing", "Pièces manquantes", Shape.LONG_TEXT),
            _staff("copy_to", "Copie à"),
            _staff("notes", "Notes", Shape.LONG_TEXT),
        ),
    )


WHO = ("collectivite", "email", "contact")  # the columns that say who a row of Candidatures is about

MESSAGES_SHEET = Sheet(
    "messages",
    "Messages",
    "Messages",
    "key",
    (
        _worker("received", "Reçu le", Shape.MOMENT),
        _worker("sender", "De"),
        _worker("subject", "Objet", Shape.LONG_TEXT),
        _worker("nature", "Nature"),
        _worker("number", "N°"),
        _worker("answer", "Réponse"),
        _worker("why", "Pourquoi", Shape.LONG_TEXT),
        _staff("reclass", "Reclasser en", choices=tuple(RECLASSIFICATIONS)),
        _worker("key", "Clé", Shape.KEY),
    ),
)

ENVOIS_SHEET = Sheet(
    "envois",
    "Envois",
    "Envois",
    "key",
    (
        _worker("prepared", "Préparé le", Shape.MOMENT),
        _worker("number", "N°"),
        _worker("letter", "Courrier"),
        _worker("recipients", "Destinataires", Shape.LONG_TEXT),
        _worker("subject", "Objet", Shape.LONG_TEXT),
        _worker("text", "Texte", Shape.LONG_TEXT),
        _worker("state", "État"),
        _worker("sent", "Parti le", Shape.MOMENT),
        _worker("why", "Pourquoi", Shape.LONG_TEXT),
        _staff("hold", "Retenir", choices=("oui",)),
        _staff("release", "Feu vert", choices=("oui",)),
        _worker("key", "Clé", Shape.KEY),
    ),
)

MEETINGS_SHEET = Sheet(
    "reunions",
    "Réunions",
    "Reunions",
    "key",
    (
        _staff("title", "Réunion"),
        _staff("date", "Date", Shape.DATE),
        _staff("start", "Début", Shape.HOUR),
        _staff("end", "Fin", Shape.HOUR),
        _staff("place", "Lieu"),
        _staff("address", "Adresse", Shape.LONG_TEXT),
        _staff("cancelled", "Annulée", choices=("oui",)),
        _worker("key", "Clé", Shape.KEY),
    ),
)


def sheets_of(call: Call) -> tuple[Sheet, ...]:
    """Every sheet of a call's tracker that holds rows."""
    return (candidatures_sheet(call), ENVOIS_SHEET, MESSAGES_SHEET, MEETINGS_SHEET)
