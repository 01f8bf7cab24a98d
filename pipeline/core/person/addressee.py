"""Whom an answer greets: who wrote the mail, who need not be the contact of the candidature."""

from pipeline.core.applicant import Person
from pipeline.core.person import names
from pipeline.core.personal_names import is_personal


def addressee(contact: Person, email: str, shown: str) -> str:
    """The name to greet at `email`, whose display name is `shown`; "" when it names nobody."""
    name = names.bare(shown)
    personal = is_personal(name)
    same = names.words_of(name) & names.words_of(contact.name)
    if email.lower() == contact.email.lower() and (same or not personal):
        return contact.name
    return names.as_written(name, email.partition("@")[0]) if personal else ""
