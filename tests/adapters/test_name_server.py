"""What a name server tells of a domain's mail, before one that answers on loopback."""

import socket
import threading
from collections.abc import Iterator

import dns.message
import dns.resolver
import dns.rrset
import pytest

from pipeline.adapters.name_server import records_of
from pipeline.core.mail_hosts import IMAPS, SUBMISSION, Record

ZONE = {
    ("_imaps._tcp.mairie.example.", "SRV"): ("0 1 993 imap.mairie.example.",),
    ("_submission._tcp.mairie.example.", "SRV"): ("0 0 0 .",),
    ("mairie.example.", "MX"): ("20 second.example.", "10 first.example."),
}


@pytest.fixture
def resolver() -> Iterator[dns.resolver.Resolver]:
    """Asks a server that knows ZONE and nothing else."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            asked, address = server.recvfrom(4096)
            if not asked:
                return
            reply = dns.message.make_response(dns.message.from_wire(asked))
            question = reply.question[0]
            kind = question.to_text().rpartition(" ")[2]
            if records := ZONE.get((question.name.to_text(), kind)):
                reply.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, records))
            server.sendto(reply.to_wire(), address)

    thread = threading.Thread(target=answer)
    thread.start()
    asking = dns.resolver.Resolver(configure=False)
    asking.nameservers, asking.port = ["127.0.0.1"], server.getsockname()[1]
    yield asking
    server.sendto(b"", server.getsockname())
    thread.join()
    server.close()


def test_services_and_mail_exchangers_are_told(resolver: dns.resolver.Resolver) -> None:
    found = records_of("mairie.example", resolver)
    assert found.services == {IMAPS: (Record(0, 1, 993, "imap.mairie.example"),), SUBMISSION: (Record(0, 0, 0, ""),)}
    assert found.exchangers == ("first.example", "second.example")


def test_a_domain_that_says_nothing_is_no_failure(resolver: dns.resolver.Resolver) -> None:
    found = records_of("silent.example", resolver)
    assert (found.services, found.exchangers) == ({}, ())


def test_a_name_that_is_none_is_no_failure(resolver: dns.resolver.Resolver) -> None:
    assert records_of(f"{'a' * 70}.example", resolver).exchangers == ()
