"""The legal block of an acknowledgement: every mention, its date, nothing when the call configures none."""

from datetime import date

import pytest

from pipeline.core.call import Legal
from pipeline.core.letters.legal import legal_block, months_later
from tests.builders import a_call, paris

LEGAL = Legal(
    *("pôle Territoires", "03 21 08 52 46", "agoxe@cerdd.org", "Base 11/19, Loos-en-Gohelle", "rejection", 2),
    *("Cette décision peut être contestée devant le tribunal administratif de Lille.", "le Cerdd"),
    *("instruire les candidatures", "mission d’intérêt public", "l’équipe du Cerdd", "dpo@cerdd.org"),
)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2017, 2, 27), 2, date(2017, 4, 27)),
        (date(2016, 12, 31), 2, date(2017, 2, 28)),
        (date(2017, 11, 30), 3, date(2018, 2, 28)),
        (date(2017, 10, 1), 3, date(2018, 1, 1)),
    ],
)
def test_months_are_counted_from_day_to_day(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_every_mention_is_there_with_the_date_of_the_implicit_decision() -> None:
    received, silence, personal = (
        text.replace("\u00a0", " ") for text in legal_block(a_call(legal=LEGAL), paris("2017-02-27 23:58"))
    )
    assert received == (
        "Date de réception de votre envoi : 27 février 2017. Service chargé du dossier : pôle Territoires (Base 11/19, "
        "Loos-en-Gohelle, agoxe@cerdd.org, téléphone : 03 21 08 52 46)."
    )
    assert silence == (
        "Sous réserve que votre candidature soit complète, et à défaut de décision expresse, elle sera réputée rejetée "
        "le 27 avril 2017. Cette décision peut être contestée devant le tribunal administratif de Lille."
    )
    for mention in ("le Cerdd", "intérêt public", "l’équipe du Cerdd", "24 mois", "dpo@cerdd.org", "CNIL"):
        assert mention in personal


def test_a_call_without_a_block_and_a_letter_without_a_reception_say_nothing() -> None:
    assert legal_block(a_call(), paris("2017-02-27 10:00")) == ()
    assert legal_block(a_call(legal=LEGAL), None) == ()
