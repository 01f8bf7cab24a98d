"""Which servers an address is read and written through."""

import pytest

from pipeline.core.mail_hosts import (
    GOOGLE,
    IMAP,
    IMAPS,
    MICROSOFT,
    SUBMISSION,
    Host,
    Record,
    Records,
    host_from,
    hosts_of,
)

NOT_OFFERED = (Record(0, 0, 0, ""),)


def test_servers_that_the_domain_announces_come_first() -> None:
    slow, best = Record(0, 1, 993, "slow.example"), Record(0, 9, 1993, "a.example")
    announced = {
        IMAPS: (Record(10, 99, 993, "second.example"), slow, best),
        SUBMISSION: (Record(0, 1, 587, "s.example"),),
    }
    records = Records(announced, ("mairie.mail.protection.outlook.com",))
    found = hosts_of("mairie.example", records)
    assert (found.imap, found.smtp) == (Host("a.example", 1993, "tls"), Host("s.example", 587, "starttls"))
    assert (found.auth, found.known_from) == ("password", "the SRV records of mairie.example")


def test_a_service_said_not_to_be_offered_is_not_used() -> None:
    records = Records({IMAPS: NOT_OFFERED, IMAP: (Record(0, 1, 143, "i.example"),), SUBMISSION: NOT_OFFERED})
    assert hosts_of("mairie.example", records).known_from == "a guess"
    records = Records({**records.services, SUBMISSION: (Record(0, 1, 587, "s.example"),)})
    assert hosts_of("mairie.example", records).imap == Host("i.example", 143, "starttls")


def test_a_domain_that_announces_only_where_mail_is_sent_is_guessed_whole() -> None:
    records = Records({SUBMISSION: (Record(0, 1, 587, "s.example"),)})
    found = hosts_of("mairie.example", records)
    assert (found.imap.name, found.smtp.name, found.known_from) == (
        *("imap.mairie.example", "smtp.mairie.example"),
        "a guess",
    )


def test_announced_servers_of_microsoft_are_logged_in_to_by_token() -> None:
    announced = {IMAPS: (Record(0, 1, 993, MICROSOFT.imap.name),), SUBMISSION: (Record(0, 1, 587, "s.example"),)}
    assert hosts_of("mairie.example", Records(announced)).auth == "microsoft365"


@pytest.mark.parametrize(
    ("domain", "exchangers", "expected"),
    [
        ("mairie.example", ("mairie-example.mail.protection.outlook.com",), MICROSOFT),
        ("mairie.example", ("aspmx.l.google.com", "alt1.aspmx.l.google.com"), GOOGLE),
        ("gmail.com", (), GOOGLE),
    ],
)
def test_a_provider_is_known_by_its_mail_exchanger_or_its_domain(
    domain: str, exchangers: tuple, expected: object
) -> None:
    assert hosts_of(domain, Records({}, exchangers)) == expected


@pytest.mark.parametrize(
    ("exchanger", "smtp"),
    [
        ("mx1.mail.ovh.net", Host("ssl0.ovh.net", 465, "tls")),
        ("MX1.MAIL.OVH.NET", Host("ssl0.ovh.net", 465, "tls")),
        ("spool.mail.gandi.net", Host("mail.gandi.net", 587, "starttls")),
        ("mta-gw.infomaniak.ch", Host("mail.infomaniak.com", 465, "tls")),
        ("mx00.ionos.fr", Host("smtp.ionos.fr", 465, "tls")),
        ("mx00.kundenserver.de", Host("smtp.ionos.fr", 465, "tls")),
        ("wanadoo.fr", Host("smtp.orange.fr", 465, "tls")),
        ("mx1.free.fr", Host("smtp.free.fr", 465, "tls")),
        ("smtp4.laposte.net", Host("smtp.laposte.net", 465, "tls")),
        ("smtp-in.sfr.fr", Host("smtp.sfr.fr", 465, "tls")),
    ],
)
def test_a_provider_is_sent_through_on_the_port_that_it_offers_with_a_password(exchanger: str, smtp: Host) -> None:
    found = hosts_of("mairie.example", Records({}, (exchanger,)))
    assert (found.smtp, found.auth) == (smtp, "password")


@pytest.mark.parametrize("exchanger", ["notgmail.com", "mx.mairie.example", "gmail.com.example"])
def test_what_only_looks_like_a_provider_is_a_guess(exchanger: str) -> None:
    found = hosts_of("mairie.example", Records({}, (exchanger,)))
    assert (found.imap, found.known_from) == (Host("imap.mairie.example", 993, "tls"), "a guess")
    assert found.smtp == Host("smtp.mairie.example", 587, "starttls")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("imap.example", Host("imap.example", 993, "tls")),
        ("imap.example:143", Host("imap.example", 143, "starttls")),
        ("127.0.0.1:1143:none", Host("127.0.0.1", 1143, "none")),
        (" imap.example:993 ", Host("imap.example", 993, "tls")),
        (" imap.example ", Host("imap.example", 993, "tls")),
        ("imap.example:1", Host("imap.example", 1, "starttls")),
        ("imap.example:65535", Host("imap.example", 65535, "starttls")),
    ],
)
def test_a_server_as_a_person_writes_it(text: str, expected: Host) -> None:
    assert host_from(text, 993) == expected


@pytest.mark.parametrize("text", ["", "imap:abc", "imap:0", "imap:65536", "imap:993:ssl", ":993"])
def test_a_server_that_cannot_be_one_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected HOST, HOST:PORT or HOST:PORT:SECURITY"):
        host_from(text, 993)
