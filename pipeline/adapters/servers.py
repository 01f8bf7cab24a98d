"""What the mail servers and those who give tokens have in common: whom we trust, how their words are told."""

import re
import ssl

from pipeline.failures import Misconfigured


def trust(section: str, ca_file: str) -> ssl.SSLContext:
    """The machine's authorities, and that of `ca_file` ("" for none); reading them takes 20 ms.

    Raises Misconfigured, naming the `section`, for a file that is no authority.
    """
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as fault:  # ssl.SSLError is one
            reason = fault.strerror or "not in PEM form"
            raise Misconfigured(
                f"{section} ca_file: {ca_file} cannot be used ({reason}); name a file of certificates in PEM form."
            ) from None
    return context


def one_line(words: str, longest: int = 200) -> str:
    """A server's own words, which may hold anything, on one short line."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", words).strip()[:longest]
