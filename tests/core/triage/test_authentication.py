"""Who really wrote, by what our own mail server noted; nobody else's word counts."""

from dataclasses import replace

import pytest

from pipeline.core.triage.authentication import forged, is_authentic
from tests.core.triage.mails import HOUSE, case, mail

TRUSTING_NOBODY = replace(HOUSE, trusted_authserv="")
UNSIGNED, DMARC = "l'expéditeur n'est pas authentifié (SPF, DKIM)", "l'expéditeur n'est pas authentifié (DMARC)"


def of_hesdin(*results: str, house: object = HOUSE) -> object:
    """A mail of n.lefebvre@mairie-hesdin.example with these headers Authentication-Results, the topmost first."""
    message = mail("Candidature", "Bonjour")
    headers = tuple(("authentication-results", value) for value in results)
    return case(replace(message, headers=headers), house=house)


@pytest.mark.parametrize(
    ("result", "authentic"),
    [
        ("mx.cerdd.org; dmarc=pass header.from=mairie-hesdin.example", True),
        ("mx.cerdd.org; dmarc=pass", True),
        ("mx.cerdd.org; dmarc=pass header.from=autre.example", False),
        ("mx.cerdd.org; dmarc=fail header.from=mairie-hesdin.example", False),
        ("mx.cerdd.org; dmarc=none header.from=mairie-hesdin.example", False),
        ("mx.cerdd.org; dkim=pass header.d=mairie-hesdin.example", True),
        ("mx.cerdd.org; dkim=pass header.d=mail.mairie-hesdin.example", True),
        ("mx.cerdd.org; dkim=pass header.d=mairie-hesdin.example.evil.example", False),
        ("mx.cerdd.org; dkim=pass header.d=evil-mairie-hesdin.example", False),
        ("mx.cerdd.org; dkim=pass", False),
        ('mx.cerdd.org; spf=pass smtp.mailfrom="n.lefebvre@mairie-hesdin.example"', True),
        ("mx.cerdd.org; spf=pass smtp.mailfrom=bounce@sender.example", False),
        ("mx.cerdd.org; spf=pass smtp.mailfrom=", False),
        (
            "mx.cerdd.org 1; dkim=fail header.d=mairie-hesdin.example; spf=pass smtp.mailfrom=MAIRIE-HESDIN.EXAMPLE",
            True,
        ),
        ("MX.cerdd.org; DMARC=PASS header.from=mairie-hesdin.example", True),
        ("mx.cerdd.org; (dmarc=pass) dmarc=fail (policy=reject)", False),
        ("mx.evil.example; dmarc=pass header.from=mairie-hesdin.example", False),
        ("mx.cerdd.org.evil.example; dmarc=pass header.from=mairie-hesdin.example", False),
        ("", False),
        ("mx.cerdd.org; none", False),
    ],
)
def test_the_server_that_we_trust_vouches_for_the_domain_of_the_sender(result: str, authentic: bool) -> None:
    assert is_authentic(of_hesdin(result)) is authentic


def test_where_no_server_is_trusted_nobody_vouches() -> None:
    assert not is_authentic(of_hesdin("mx.cerdd.org; dmarc=pass", house=TRUSTING_NOBODY))


def test_of_our_server_s_headers_the_topmost_counts_whatever_stands_above_and_below() -> None:
    ours, theirs = "mx.cerdd.org; dmarc=fail", "mx.evil.example; dmarc=pass"
    later = "mx.cerdd.org; dmarc=pass header.from=mairie-hesdin.example"
    assert not is_authentic(of_hesdin(theirs, ours, later))
    assert is_authentic(of_hesdin(theirs, later, ours))


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("mx.cerdd.org; dmarc=fail", DMARC),
        ("mx.cerdd.org; spf=fail", UNSIGNED),
        ("mx.cerdd.org; spf=fail; dkim=pass header.d=relay.example", ""),
        ("mx.cerdd.org; spf=fail; dmarc=pass", ""),
        ("mx.cerdd.org; spf=softfail", ""),
        ("mx.cerdd.org; spf=softfail; dkim=fail", UNSIGNED),
        ("mx.cerdd.org; spf=none; dkim=fail", UNSIGNED),
        ("mx.cerdd.org; spf=pass; dkim=fail", ""),
        ("mx.evil.example; dmarc=fail", ""),
        ("", ""),
    ],
)
def test_what_speaks_against_the_sender_is_said(result: str, said: str) -> None:
    assert forged(of_hesdin(result)) == said


def test_where_no_server_is_trusted_bad_news_of_the_topmost_header_counts_all_the_same() -> None:
    assert forged(of_hesdin("mx.any.example; dmarc=fail", "mx.b.example; dmarc=pass", house=TRUSTING_NOBODY)) == DMARC
    assert forged(of_hesdin("mx.any.example; dmarc=pass", "mx.b.example; dmarc=fail", house=TRUSTING_NOBODY)) == ""
