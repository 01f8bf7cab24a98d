"""Who really wrote, as far as our own mail server says so in Authentication-Results (RFC 8601). No network."""

import re

from pipeline.core.triage.case import Case

_RESULT = re.compile(
    r"(?<![\w.-])(dmarc|dkim|spf)\s*=\s*(\w+)((?:(?!(?<![\w.-])(?:dmarc|dkim|spf|arc|auth)\s*=)[^;])*)", re.IGNORECASE
)
_PROPERTY = re.compile(r"(header\.(?:d|from|i)|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def forged(case: Case) -> str:
    """Why the sender is not believed, in French, "" when nothing speaks against it.

    Without a trusted server named in the configuration only bad news of the topmost header counts: nobody forges those.
    """
    results = _results(case)
    values = {method: {result for one, result, _ in results if one == method} for method in ("dmarc", "dkim", "spf")}
    if "fail" in values["dmarc"]:
        return "l'expéditeur n'est pas authentifié (DMARC)"
    unsigned = "pass" not in values["dkim"] and "pass" not in values["dmarc"]
    if unsigned and ("fail" in values["spf"] or ({"softfail", "none"} & values["spf"] and "fail" in values["dkim"])):
        return "l'expéditeur n'est pas authentifié (SPF, DKIM)"
    return ""


def is_authentic(case: Case) -> bool:
    """Whether the server that we trust vouches for the domain of From."""
    if not case.house.trusted_authserv:
        return False
    domain = case.sender.domain
    return any(_vouches(one, domain) for one in _results(case))


def _vouches(result: tuple[str, str, dict[str, str]], domain: str) -> bool:
    method, value, properties = result
    if value != "pass":
        return False
    names = {"dmarc": "header.from", "dkim": "header.d", "spf": "smtp.mailfrom"}
    said = properties.get(names[method], "").rpartition("@")[2].lower()
    if method == "dmarc" and not said:
        return True
    return bool(said) and (said == domain or domain.endswith("." + said) or said.endswith("." + domain))


def _results(case: Case) -> list[tuple[str, str, dict[str, str]]]:
    """(method, result, properties) of the header that counts: the topmost of our server's."""
    return [
        (found[1].lower(), found[2].lower(), {key.lower(): value for key, value in _PROPERTY.findall(found[3])})
        for found in _RESULT.finditer(_trusted(case))
    ]


def _trusted(case: Case) -> str:
    headers = [_without_comments(value) for value in case.message.header_all("authentication-results")]
    trusted = case.house.trusted_authserv.lower()
    if trusted:
        return next((value for value in headers if _server(value) == trusted), "")
    return headers[0] if headers else ""


def _server(value: str) -> str:
    """The authserv-id: the first word before the first semicolon; a version may follow it."""
    words = value.partition(";")[0].split()
    return words[0].lower() if words else ""


def _without_comments(value: str) -> str:
    return re.sub(r"\([^()]*\)", " ", value[:5000])
