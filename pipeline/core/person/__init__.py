"""Who writes: name, function, e-mail, telephone, from the sender, the signature and the documents.

`authors` finds who wrote (sender, forwarded colleague, user of a transfer service), `signers` reads a signature,
`sentences` and `forms` what stands elsewhere, `designation` whom the text points to; `names`, `roles` and `phones` read
a line, `employers` cuts the house and the place from a function; `contact` joins them.
"""

from pipeline.core.applicant import Person
from pipeline.core.person.addressee import addressee
from pipeline.core.person.contact import contact_of

__all__ = ["Person", "addressee", "contact_of"]
