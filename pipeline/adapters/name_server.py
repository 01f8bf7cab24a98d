"""What a domain's name server says of its mail: SRV records (RFC 6186, RFC 8314) and mail exchangers.

Choosing among them is left to `core.mail_hosts`.
"""

from typing import Any

import dns.exception
import dns.resolver

from pipeline.core.mail_hosts import SERVICES, Record, Records

LONGEST = 4.0  # seconds for one question, whatever number of servers is asked


def records_of(domain: str, resolver: dns.resolver.Resolver | None = None) -> Records:
    """What is told of `domain`; nothing where no name server answers, which is no failure."""
    try:
        asked = resolver or dns.resolver.Resolver()
    except dns.exception.DNSException:  # this machine names no server
        return Records()
    services = {service: _services(asked, f"{service}.{domain}") for service in SERVICES}
    exchangers = sorted(_answers(asked, domain, "MX"), key=lambda one: int(one.preference))
    return Records(
        {service: found for service, found in services.items() if found},
        tuple(one.exchange.to_text(omit_final_dot=True) for one in exchangers),
    )


def _services(asked: dns.resolver.Resolver, name: str) -> tuple[Record, ...]:
    return tuple(
        Record(one.priority, one.weight, one.port, "" if target == "." else target)
        for one in _answers(asked, name, "SRV")
        for target in [one.target.to_text(omit_final_dot=True)]
    )


def _answers(asked: dns.resolver.Resolver, name: str, kind: str) -> list[Any]:
    """The records of one kind, with the fields that dnspython gives to that kind."""
    try:
        return list(asked.resolve(name, kind, lifetime=LONGEST, search=False))
    except (dns.exception.DNSException, OSError):
        return []
