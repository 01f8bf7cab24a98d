"""Who writes: name, function, e-mail, telephone, from the sender, the signature and the documents.

`authors` finds who wrote (sender, forwarded colleague, user of a transfer service), `signers` reads a signature,
`names`, `roles` and `phones` its lines; `contact` joins them.
"""

from pipeline.core.applicant import Person
from pipeline.core.person.addressee import addressee
from pipeline.core.person.contact import contact_of

__all__ = ["Person", "addressee", "contact_of"]
