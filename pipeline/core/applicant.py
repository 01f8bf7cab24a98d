"""Who is written to about a candidature. Finding them in a mail is left to `person`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """The contact of a candidature; unknown is "". `phone` is in the international form +33353013142."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
