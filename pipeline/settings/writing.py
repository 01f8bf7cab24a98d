"""New configuration files: the shipped examples, with their comments, filled in with a person's answers."""

import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from pipeline.core.call import Call
from pipeline.core.mail_hosts import Hosts
from pipeline.core.triage.dossiers import is_own_domain


@dataclass(frozen=True)
class Installation:
    """What config/pipeline.toml must know; `staff` receive digest and alerts, `since` is the oldest mail looked at."""

    address: str
    hosts: Hosts
    username: str
    from_name: str
    staff: tuple[str, ...]
    since: date
    password_file: str = ""


def pipeline_text(example: str, answers: Installation, folder: str = "config") -> str:
    """The text of <folder>/pipeline.toml, beside which the calls lie."""
    document: Any = tomlkit.parse(example.partition("\n")[2])  # its first line says to copy it
    domain, password_file = answers.address.rpartition("@")[2], answers.password_file
    for section, host in (("mailbox", answers.hosts.imap), ("smtp", answers.hosts.smtp)):
        table = document[section]
        table.update(host=host.name, port=host.port, security=host.security)
        table.update(username=answers.username, auth=answers.hosts.auth)
        if password_file:
            table["password_file"] = password_file
    mailbox = document["mailbox"]
    mailbox.update(address=answers.address, since=answers.since, trusted_authserv="")
    mailbox["organisation_domains"] = [domain] if is_own_domain(domain) else []
    document["smtp"]["from_name"] = answers.from_name
    document["staff"].update(digest_to=list(answers.staff), alerts_to=list(answers.staff))
    document["paths"]["calls"] = f"{folder}/calls"
    return tomlkit.dumps(document)


def call_text(example: str, call: Call) -> str:
    """The text of config/calls/<code>.toml; what `init` does not ask for keeps the example's values."""
    document: Any = tomlkit.parse(example.partition("\n")[2])  # its first line says that it is an example
    for key in ("code", "prefix", "title", "short_title", "opens", "closes"):
        document[key] = getattr(call, key)
    document["places"].update(min=call.places_min, max=call.places_max)
    document["keywords"] = list(call.keywords)
    document["regions"] = list(call.regions)
    document["contact"].update(asdict(call.contact))
    return tomlkit.dumps(document)


def write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; False, and nothing is touched, where one is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return True
