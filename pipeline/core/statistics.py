"""The figures of a call that stay when its data go: counts, no names, no words that anybody typed freely. Pure."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.core.answers import chosen
from pipeline.core.arrival import LoggedMessage
from pipeline.core.candidature import Candidature, Status, corrected
from pipeline.core.columns import DECISIONS
from pipeline.core.delivery import LetterState
from pipeline.core.laureates import decision_of
from pipeline.core.letters import LETTERS, OutgoingLetter
from pipeline.core.rows import KINDS, NATURES

FIGURES = "statistiques.csv"  # the file in which they are left
Figures = dict[str, dict[str, int]]
OTHER, NONE, UNKNOWN = "Autre", "Sans décision", "Non renseigné"
YES_NO = {True: "Oui", False: "Non", None: UNKNOWN}
_DEPARTEMENT = re.compile(r"\d{2,3}|2[AB]")


def figures_of(
    candidatures: Iterable[Candidature], messages: Iterable[LoggedMessage], letters: Iterable[OutgoingLetter]
) -> Figures:
    """{heading: {value: count}}; rows that staff removed are left out, a candidature counts in each département."""
    seen = [corrected(one) for one in candidatures if one.status is not Status.REMOVED]
    places = [code for one in seen for code in dict.fromkeys(map(_departement, one.departements or ("",)))]
    sent = [one for one in letters if one.state in (LetterState.SENT, LetterState.BOUNCED)]
    return {
        "Candidatures": {"Total": len(seen), "Retirées": sum(one.status is Status.WITHDRAWN for one in seen)},
        "Type de collectivité": _counted(KINDS.get(one.kind, OTHER if one.kind else UNKNOWN) for one in seen),
        "Département": _counted(places),
        "Dans les délais": _counted(YES_NO[one.in_time] for one in seen),
        "En région": _counted(YES_NO[one.in_region] for one in seen),
        "Éligible": _counted(_eligible(one) for one in seen),
        "Décision": _counted(_decision(one) for one in seen),
        "Messages reçus": _counted(NATURES[one.nature] for one in messages if one.nature in NATURES),
        "Courriers envoyés": _counted(LETTERS[one.key.letter].label for one in sent),
    }


def as_csv(figures: Mapping[str, Mapping[str, int]]) -> bytes:
    """As Excel opens it in French: semicolons, a byte order mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Rubrique", "Valeur", "Nombre"))
    writer.writerows((heading, value, count) for heading, values in figures.items() for value, count in values.items())
    return text.getvalue().encode("utf-8-sig")


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _departement(code: str) -> str:
    return code if _DEPARTEMENT.fullmatch(code) else (OTHER if code else UNKNOWN)


def _eligible(candidature: Candidature) -> str:
    said = candidature.staff.get("eligible", "").strip()
    return {"oui": "Oui", "non": "Non"}.get(chosen(("oui", "non"), said) or "", OTHER if said else UNKNOWN)


def _decision(candidature: Candidature) -> str:
    said = decision_of(candidature)
    return next((one for one in DECISIONS if one.casefold() == said), OTHER if said else NONE)
