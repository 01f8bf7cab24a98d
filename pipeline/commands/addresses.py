"""An e-mail address on the command line."""

from pipeline.core.envelope import is_writable
from pipeline.failures import Misconfigured


def address_of(text: str, option: str) -> str:
    """The address, without capitals. Misconfigured, naming the option, for what is none."""
    address = text.strip().casefold()
    if address.count("@") != 1 or not all(address.split("@")) or any(one.isspace() for one in address):
        raise Misconfigured(f"{option} {text}: expected an e-mail address such as marie.durand@commune.fr.")
    return address


def writable_address(text: str, option: str) -> str:
    """The same of an address that a letter is to go to."""
    address = address_of(text, option)
    if not is_writable(address):
        raise Misconfigured(
            f"{option} {text}: no mail can be sent there; expected an address such as marie.durand@commune.fr, without "
            "accents before its @."
        )
    return address
