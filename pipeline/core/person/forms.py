"""The contact that a web form gives, label by label: "Nom : …", "Fonction : …", "Téléphone : …"."""

import re

from pipeline.core.folding import fold
from pipeline.core.person import names, roles
from pipeline.core.person.authors import EMAIL
from pipeline.core.person.signers import Signer, first_phone
from pipeline.core.personal_names import is_personal

_FIELD = re.compile(
    r"^[ \t*•-]{0,4}(?P<label>[^\W\d][^:\n]{1,40}?)[ \t\u00a0]*:[ \t\u00a0]*(?P<value>[^\n]{2,120})$", re.MULTILINE
)
_LABELS = {
    "name": re.compile(
        r"(?:noms? (?:d[eu] |de la |de l')(?:referente?|contact|responsable|porteur|demandeur|personne referente)"
        r"|(?:votre |vos )?(?:noms?|nom complet|contact)(?: (?:et|/|&) prenoms?)?|prenoms? (?:et|/|&) noms?)"
    ),
    "first_name": re.compile(r"(?:votre )?prenom"),
    "role": re.compile(r"(?:votre )?(?:fonctions?|qualite|poste|titre)"),
    "phone": re.compile(r"(?:votre |numero de )?(?:tel|telephone|portable|ligne directe)\.?(?: \w+)?"),
    "email": re.compile(r"(?:votre |adresse )?(?:e-?mail|mail|courriel|adresse electronique)"),
}
_FEWEST = 3  # fields that make a form


def form_signer(text: str) -> Signer | None:
    """The person of a form; None when the text is none, or names nobody."""
    found: dict[str, str] = {}
    for field in _FIELD.finditer(text):
        key = next((key for key, label in _LABELS.items() if label.fullmatch(fold(field.group("label")))), None)
        if key:
            found.setdefault(key, field.group("value").strip())
    if len(found) < _FEWEST or "name" not in found:
        return None
    name = names.bare(f"{found.get('first_name', '')} {found['name']}".strip())
    if not is_personal(name):
        return None
    email = EMAIL.search(found.get("email", ""))
    given = email.group().lower() if email else ""
    return Signer(name, roles.tidied(found.get("role", "")), first_phone([found.get("phone", "")]), given)
