"""The register sheet: docs/registre-rgpd.md is that of the shipped configuration."""

from dataclasses import replace
from pathlib import Path

from pipeline.core.call import Legal
from pipeline.core.register import Installation, register_sheet
from tests.builders import a_call

ROOT = Path(__file__).parents[2]
INSTALLATION = Installation("agoxe@cerdd.org", "imap.cerdd.org", "smtp.cerdd.org", "SQLite", 30)


def test_the_sheet_of_the_shipped_call_is_the_one_in_the_documents() -> None:
    # To write it anew: python3 run.py --config config/pipeline.example.toml purge --register > docs/registre-rgpd.md
    assert (ROOT / "docs" / "registre-rgpd.md").read_text("utf-8") == register_sheet(a_call(), INSTALLATION)


def test_what_the_configuration_does_not_know_is_to_be_filled_in() -> None:
    sheet = register_sheet(a_call(), INSTALLATION)
    assert "| Délégué à la protection des données | *à compléter* |" in sheet
    assert "24 mois après la clôture (28 février 2017), effaçables à partir du 1er mars 2019" in sheet


def test_an_organisation_that_is_not_told_is_to_be_filled_in() -> None:
    call = a_call()
    sheet = register_sheet(replace(call, contact=replace(call.contact, organisation="")), INSTALLATION)
    assert "| Responsable du traitement | *à compléter* |" in sheet


def test_what_a_call_says_of_the_law_is_taken_over() -> None:
    legal = Legal(
        service="Pôle territoires",
        phone="03.21.08.52.40",
        email="contact@cerdd.org",
        address="",
        silence="acceptance",
        silence_months=2,
        appeal="",
        controller="GIP Cerdd",
        purpose="choisir des territoires",
        legal_basis="mission d’intérêt public",
        recipients="le comité de sélection",
        dpo="dpo@cerdd.org",
    )
    sheet = register_sheet(a_call(legal=legal, retention_months=12), INSTALLATION)
    for row in (
        "| Responsable du traitement | GIP Cerdd |",
        "| Délégué à la protection des données | dpo@cerdd.org |",
        "| Service chargé | Pôle territoires |",
        "| Finalité | choisir des territoires |",
        "| Base légale | mission d’intérêt public |",
        "| Destinataires | le comité de sélection |",
    ):
        assert row in sheet
    assert "effaçables à partir du 1er mars 2018" in sheet and "Demandes à\u00a0: dpo@cerdd.org." in sheet
