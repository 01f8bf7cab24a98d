"""The contact of a mail: who writes, what they do, where to reach them. Where a name is found is left to the others."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.core.applicant import Person
from pipeline.core.folding import fold
from pipeline.core.message import Address, Message
from pipeline.core.person import names, phones, roles, sentences, signers
from pipeline.core.person.authors import EMAIL, Author, author_of, is_assistant, is_office
from pipeline.core.person.designation import asked_by, designated
from pipeline.core.person.employers import without_place
from pipeline.core.person.forms import form_signer
from pipeline.core.person.signers import Signer
from pipeline.core.personal_names import is_personal
from pipeline.core.signature import MOST_DOCUMENTS, Parted, part, within_reason
from pipeline.core.territory.regions import without_recipient

_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\n")
_TO_CALL = re.compile(
    r"\b(?:joindre|joignable|contacter|appeler|appel|ligne directe|r[ée]f[ée]rent|interlocut)", re.IGNORECASE
)
# "F. Durtelle", "Durtelle F."
_INITIAL = re.compile(
    r"(?P<letter>[^\W\d_])\.\s?-?(?P<surname>[^\W\d_][\w'’ -]+)|(?P<last>[\w'’-]+) (?P<first>[^\W\d_])\."
)
_LETTER_HEAD_LINES = 12
# "Merci de me répondre à …", from an address that is not to be used.
_ANSWER_AT = re.compile(
    r"\b(?:r[ée]pondre|[ée]crire|joindre|contacter|contactez[ -](?:moi|nous))\b[^\n.;@]{0,60}?"
    rf"(?P<email>{EMAIL.pattern})",
    re.IGNORECASE,
)
# Who signs the extract of a register has certified it, and wrote nothing to us.
_MINUTES = re.compile(r"extrait du registre|pour extrait conforme|après en avoir délibéré", re.IGNORECASE)


def contact_of(
    message: Message, document_texts: tuple[str, ...], of_commune: bool | None = None, place: str = ""
) -> Person:
    """The person to write to about this mail; unknown is "".

    The documents' texts help where the mail has no signature. `of_commune` tells whether a commune applies, or an
    EPCI; `place` is its name, which is no part of a function.
    """
    around = within_reason(message.text), within_reason(message.quoted)
    author = author_of(replace(message, text=around[0], quoted=around[1]))
    letters = tuple(without_recipient(within_reason(text)) for text in document_texts[:MOST_DOCUMENTS])
    parted = part(author.text)
    signer = _signer(author, parted, letters, message.cc)
    local = author.email.partition("@")[0]
    name = names.as_written(signer.name, local) if signer.email or signer.pointed else _name(author, signer, local)
    known = names.words_of(name)
    in_mail = signers.signer_of(parted.signature)
    in_letters = _in_letters(letters, known, bool(in_mail.name or in_mail.phone))
    role = signer.role or in_letters.role or (_introduced(around[0], known) if author.passed_on else "")
    # Beside one that is pointed to, the signature and its telephone are somebody else's.
    is_another = bool(signer.email and in_mail.name) and not names.words_of(in_mail.name) & names.words_of(signer.name)
    if not (role or signer.pointed or author.by_machine):
        role = sentences.role_beside(name, author.text) or roles.said_in(parted.body)
    if of_commune is not None:
        role = signers.office_at(parted.signature, role, of_commune)
    role = without_place(role, place, author.email.rpartition("@")[2])
    written = names.best_accented(name, ("\n".join(parted.signature), parted.body, *letters))
    phone = signer.phone or in_letters.phone or ("" if is_another else _only_phone(author.text))
    email = signer.email or _address(author, written)
    return Person(_whole_name(written, email, (author.text, *around, *letters)), role, email, phone)


def _introduced(text: str, known: frozenset[str]) -> str:
    """The function that who passes a mail on gives its writer: "de la part de Mme Piette, directrice"."""
    pointed = designated(text)
    return pointed.role if names.words_of(pointed.name) & known else ""


def _address(author: Author, name: str) -> str:
    """The address to write to: the one asked for, the person's own beside an office's, else the one that wrote."""
    if "@" not in author.text:
        return author.email
    asked = _ANSWER_AT.search(author.text)
    if asked:
        return asked.group("email").lower()
    given = [str(email).lower() for email in EMAIL.findall(author.text)]
    own = [email for email in given if names.words_of(email.partition("@")[0]) & names.words_of(name)]
    return own[0] if own and is_office(Address("", author.email)) else author.email


def _only_phone(text: str) -> str:
    """The one number of a mail, wherever it stands."""
    numbers = {phone.number for phone in phones.phones_in(text)}
    return numbers.pop() if len(numbers) == 1 else ""


def _signer(author: Author, parted: Parted, letters: Sequence[str], copied: Sequence[Address] = ()) -> Signer:
    """Who signs, or whom the text points to when an office or an assistant signs."""
    local = author.email.partition("@")[0]
    known = frozenset(word for word in names.words_of(f"{names.bare(author.name)} {local}") if len(word) > 2)
    if form := form_signer(author.text):
        return form
    if author.by_machine:
        return sentences.named_in_sentence(parted.body, known) or Signer()
    signer = signers.signer_of(parted.signature, known)
    office = is_office(Address(author.name, author.email))
    pointed = _at_copied_address(designated(author.text), copied)
    said = pointed.phone or pointed.email or (office and not signer.name) or is_assistant(parted.signature)
    if pointed.name and said:
        return replace(pointed, pointed=True, phone=pointed.phone or ("" if signer.name else signer.phone))
    if not signer.role and (sent_for := asked_by(author.text)).name:
        return replace(sent_for, pointed=True)
    if signer.name or not office:
        return signer
    said_so = sentences.undersigned(author.text)
    if not said_so.name:
        said_so = sentences.named_in_sentence(author.text.rstrip().rpartition("\n")[2], known)
    if said_so.name:
        return replace(said_so, phone=said_so.phone or signer.phone)
    of_letter = next((one for text in letters if (one := _signer_of_letter(text)).name), Signer())
    return replace(of_letter, phone=signer.phone or of_letter.phone) if of_letter.name else signer


def _at_copied_address(pointed: Signer, copied: Sequence[Address]) -> Signer:
    """Whom the text points to, with the address under which they are in copy."""
    if not pointed.name or pointed.email:
        return pointed
    theirs = (one.email for one in copied if names.words_of(pointed.name) <= names.words_of(f"{one.name} {one.email}"))
    found = next(theirs, "") or next(
        (one.email for one in copied if _surname(pointed.name) in names.words_of(one.email.partition("@")[0])), ""
    )
    return replace(pointed, email=found)


def _surname(name: str) -> str:
    return fold(name.split()[-1])


def _signer_of_letter(text: str) -> Signer:
    if _MINUTES.search(text):
        return Signer()
    pointed = designated(text)
    return pointed if pointed.name else signers.signer_of(part(text).signature)


def _name(author: Author, signer: Signer, local: str) -> str:
    """The display name as a person writes it, when it names somebody; else who signs; else what the address tells."""
    shown = names.bare(author.name)
    civil = signer.name.startswith(("M. ", "Mme ", "Mlle "))
    signed = signer.name if civil else names.as_written(signer.name, local) if signer.name else ""
    if whole := _first_name_of(shown, signed):
        return whole
    if not is_personal(shown) or (names.is_surely_personal(signed) and _is_another(shown, signed)):
        return signed or _from_address(local)
    if not signed or names.words_of(shown) & names.words_of(signed) or names.words_of(shown) & names.words_of(local):
        fuller = (
            signed and names.words_of(shown) <= names.words_of(signed) and len(signed.split()) <= len(shown.split())
        )
        return signed if fuller or (signed and names.is_shortened(shown, signed)) else names.as_written(shown, local)
    return signed


def _whole_name(name: str, email: str, texts: Sequence[str]) -> str:
    """ "M. Lefebvre" at alain.lefebvre@ is Alain Lefebvre, or where the mail names one Alain Lefebvre alone."""
    surname = re.sub(r"^(?:M\.|Mme|Mlle) ", "", name)
    if not surname or " " in surname:
        return name
    whole = _from_address(email.partition("@")[0])
    if fold(surname) == fold(whole.rpartition(" ")[2]):
        return whole
    named = {one for text in texts for one in names.with_surname(surname, text)}
    return named.pop() if len(named) == 1 else name


def _first_name_of(shown: str, signed: str) -> str:
    """ "Francis" who signs "F. Durtelle" is Francis Durtelle."""
    initial = _INITIAL.fullmatch(signed)
    if not initial or fold(shown) not in names.FIRST_NAMES:
        return ""
    letter, surname = initial["letter"] or initial["first"], initial["surname"] or initial["last"]
    return f"{shown.title()} {surname}" if fold(letter) == fold(shown)[:1] else ""


def _is_another(shown: str, signed: str) -> bool:
    """A display name that is no known first name's, beside a signature that is: an association's, a firm's."""
    return not names.is_surely_personal(shown) and not names.words_of(shown) & names.words_of(signed)


def _from_address(local: str) -> str:
    """ "marc.delattre@": only when the first word is a first name."""
    words = re.split(r"[._]", local)
    plain = len(words) == 2 and all(word.replace("-", "").isalpha() and len(word) > 2 for word in words)
    return " ".join(word.title() for word in words) if plain and words[0].partition("-")[0] in names.FIRST_NAMES else ""


def _in_letters(letters: Sequence[str], known: frozenset[str], mail_is_signed: bool) -> Signer:
    """What the documents say of the same person; the number on their paper only when the mail has no signature."""
    role, phone = "", ""
    for text in letters:
        of_letter = _signer_of_letter(text)
        same = bool(known and names.words_of(of_letter.name) >= known)
        role = role or (of_letter.role if same else "")
        to_call = [line for line in _sentences_to_call(text) if same or known and names.words_of(line) >= known]
        numbers = phones.phones_in("\n".join(to_call)) or (phones.phones_in(_paper(text)) if not mail_is_signed else ())
        phone = phone or (of_letter.phone if same and not numbers else numbers[0].number if numbers else "")
    return Signer("", role, phone)


def _sentences_to_call(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if _TO_CALL.search(sentence)]


def _paper(text: str) -> str:
    """The head and the foot of a letter, where its own telephone stands."""
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join((*lines[:_LETTER_HEAD_LINES], *lines[-_LETTER_HEAD_LINES:]))
