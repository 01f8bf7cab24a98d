"""Which servers a mailbox is read and written through, as far as its address and its domain's records tell.

Asking a name server is left to `adapters.name_server`.
"""

from dataclasses import dataclass, field

TLS, STARTTLS = "tls", "starttls"
IMAPS, IMAP, SUBMISSIONS, SUBMISSION = "_imaps._tcp", "_imap._tcp", "_submissions._tcp", "_submission._tcp"
SERVICES = {IMAPS: TLS, IMAP: STARTTLS, SUBMISSIONS: TLS, SUBMISSION: STARTTLS}  # RFC 6186 and RFC 8314, section 5.1
IMAP_PORT, SMTP_PORT = 993, 587  # where nothing else is said
SECURITY_OF_PORT = {993: TLS, 465: TLS}


@dataclass(frozen=True)
class Host:
    """A server, its port, "tls" | "starttls" | "none"."""

    name: str
    port: int
    security: str


@dataclass(frozen=True)
class Record:
    """An SRV record (RFC 2782); a target "" says that the service is not offered."""

    priority: int
    weight: int
    port: int
    target: str


@dataclass(frozen=True)
class Records:
    """What a domain's name server told: SRV records by service, the names of its mail exchangers."""

    services: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    exchangers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hosts:
    """Both servers, how one logs in there, and in words where this is known from."""

    imap: Host
    smtp: Host
    auth: str
    known_from: str


def _provider(name: str, imap: str, smtp: str, auth: str = "password", port: int = SMTP_PORT) -> Hosts:
    security = SECURITY_OF_PORT.get(port, STARTTLS)
    return Hosts(Host(imap, IMAP_PORT, TLS), Host(smtp, port, security), auth, f"the servers of {name}")


MICROSOFT = _provider("Microsoft 365", "outlook.office365.com", "smtp.office365.com", "microsoft365")
GOOGLE = _provider("Google", "imap.gmail.com", "smtp.gmail.com", "google")
OVH = _provider("OVHcloud", "ssl0.ovh.net", "ssl0.ovh.net", port=465)
GANDI = _provider("Gandi", "mail.gandi.net", "mail.gandi.net")
INFOMANIAK = _provider("Infomaniak", "mail.infomaniak.com", "mail.infomaniak.com", port=465)
IONOS = _provider("IONOS", "imap.ionos.fr", "smtp.ionos.fr", port=465)
ORANGE = _provider("Orange", "imap.orange.fr", "smtp.orange.fr", port=465)
FREE = _provider("Free", "imap.free.fr", "smtp.free.fr", port=465)
LAPOSTE = _provider("La Poste", "imap.laposte.net", "smtp.laposte.net", port=465)
SFR = _provider("SFR", "imap.sfr.fr", "smtp.sfr.fr", port=465)

# A mail exchanger, or the domain of the address itself, that is this name or ends with it.
PROVIDERS = {
    "mail.protection.outlook.com": MICROSOFT,
    "mx.microsoft": MICROSOFT,
    "outlook.com": MICROSOFT,
    "outlook.fr": MICROSOFT,
    "hotmail.com": MICROSOFT,
    "hotmail.fr": MICROSOFT,
    "aspmx.l.google.com": GOOGLE,
    "smtp.google.com": GOOGLE,
    "googlemail.com": GOOGLE,
    "gmail.com": GOOGLE,
    "mail.ovh.net": OVH,
    "mail.gandi.net": GANDI,
    "infomaniak.ch": INFOMANIAK,
    "ionos.fr": IONOS,
    "kundenserver.de": IONOS,
    "orange.fr": ORANGE,
    "wanadoo.fr": ORANGE,
    "free.fr": FREE,
    "laposte.net": LAPOSTE,
    "sfr.fr": SFR,
}


def hosts_of(domain: str, records: Records) -> Hosts:
    """The servers of a domain: those its SRV records name, else its provider's, else the usual names, as a guess."""
    announced = _announced(domain, records)
    if announced:
        return announced
    names = (*records.exchangers, domain)
    known = next((hosts for name in names for end, hosts in PROVIDERS.items() if _is_of(name, end)), None)
    if known:
        return known
    imap, smtp = Host(f"imap.{domain}", IMAP_PORT, TLS), Host(f"smtp.{domain}", SMTP_PORT, STARTTLS)
    return Hosts(imap, smtp, "password", "a guess")


def host_from(text: str, usual_port: int) -> Host:
    """HOST, HOST:PORT or HOST:PORT:SECURITY, as a person writes it; ValueError says what was expected."""
    name, _, rest = text.strip().partition(":")
    port, _, security = rest.partition(":")
    number = int(port) if port.isdecimal() else usual_port if not port else 0
    security = security or SECURITY_OF_PORT.get(number, STARTTLS)
    if not name or not 0 < number < 65536 or security not in (TLS, STARTTLS, "none"):
        raise ValueError(f"{text}: expected HOST, HOST:PORT or HOST:PORT:SECURITY (tls, starttls or none)")
    return Host(name, number, security)


def _announced(domain: str, records: Records) -> Hosts | None:
    imap, smtp = _best(records, IMAPS, IMAP), _best(records, SUBMISSIONS, SUBMISSION)
    if imap is None or smtp is None:
        return None
    auth = next((hosts.auth for hosts in (MICROSOFT, GOOGLE) if hosts.imap.name == imap.name), "password")
    return Hosts(imap, smtp, auth, f"the SRV records of {domain}")


def _best(records: Records, *services: str) -> Host | None:
    """The first service that is offered; of its records that of the lowest priority, then of the highest weight."""
    for service in services:
        offered = [one for one in records.services.get(service, ()) if one.target]
        if offered:
            best = min(offered, key=lambda one: (one.priority, -one.weight))
            return Host(best.target, best.port, SERVICES[service])
    return None


def _is_of(name: str, end: str) -> bool:
    return f".{name.casefold()}".endswith(f".{end}")
