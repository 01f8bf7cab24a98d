"""The legal block of an acknowledgement, for a call that configures one: code des relations entre le public et
l'administration, articles R. 112-5 and R. 112-11-1; RGPD, article 13. The wording is for the agency's direction to
validate, and nothing is said that the call does not configure.
"""

import calendar
from datetime import date, datetime

from pipeline.core import french
from pipeline.core.call import Call, Legal

OUTCOMES = {"rejection": "rejetée", "acceptance": "acceptée"}


def legal_block(call: Call, received: datetime | None) -> tuple[str, ...]:
    """The paragraphs, in their order; none when the call has no block or the day of reception is not known."""
    legal = call.legal
    if legal is None or received is None:
        return ()
    day = received.astimezone(call.zone).date()
    limit = months_later(day, legal.silence_months)
    paragraphs = (_reception(legal, day), _silence(legal, limit), _personal_data(call, legal))
    return tuple(french.typography(paragraph) for paragraph in paragraphs)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month (Code de procédure civile, article 641)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _reception(legal: Legal, day: date) -> str:
    where = ", ".join(filter(None, (legal.address, legal.email, f"téléphone : {legal.phone}")))
    return (
        f"Date de réception de votre envoi : {french.day(day)}. Service chargé du dossier : {legal.service} ({where})."
    )


def _silence(legal: Legal, limit: date) -> str:
    said = (
        "Sous réserve que votre candidature soit complète, et à défaut de décision expresse, elle sera réputée "
        f"{OUTCOMES[legal.silence]} le {french.day(limit)}."
    )
    return f"{said} {legal.appeal}" if legal.silence == "rejection" else said


def _personal_data(call: Call, legal: Legal) -> str:
    kept = f"{call.retention_months} mois après la clôture de l’appel"
    notice = f" Notice complète : {legal.notice_url}" if legal.notice_url else ""
    return (
        f"Données personnelles : {legal.controller} les traite pour {legal.purpose} ({legal.legal_basis}) ; elles sont "
        f"destinées à {legal.recipients} et conservées {kept}. Vous pouvez y accéder, les faire rectifier ou effacer, "
        f"en limiter l’usage ou vous y opposer en écrivant à {legal.dpo}, et saisir la CNIL (www.cnil.fr).{notice}"
    )
