"""All that a rule may look at, folded once. Judging it is left to the rules."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pipeline.core.call import Call
from pipeline.core.message import Address, Message
from pipeline.core.triage.clues import is_of_domain
from pipeline.core.triage.folding import Sentence, fold, fold_name, fold_text, sentences, without_signature
from pipeline.core.verdict import House, Known

MOST_OF_A_DOCUMENT = 8_000  # characters: the letter says at its head what it is
_PREFIX = re.compile(r"^\s*(?:(re|rep|aw|sv|tr|fw|fwd|wg|i)\s*(?:\[\d+\])?\s*:\s*)", re.IGNORECASE)
_FORWARDS = {"tr", "fw", "fwd", "wg", "i"}
_AUTHOR_LINE = re.compile(r"^\W*(?:de|from|expediteur) ?: ?(.{0,160})$")
SHORT = 40  # characters: less own text than that is no more than "Pour suite à donner"


@dataclass(frozen=True, eq=False)  # compared by identity, so that readings of one case can be remembered
class Case:
    """A message with its surroundings.

    `received` is the server's moment of reception (aware). `siren` is the collectivité that is surely meant ("" if
    unknown), `candidates` those that may be. `document_texts` hold the text of its documents, as far as they were read.
    """

    message: Message
    known: Known
    calls: tuple[Call, ...]
    house: House
    received: datetime
    siren: str = ""
    document_texts: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    @cached_property
    def sender(self) -> Address:
        return self.message.writer

    @cached_property
    def _subject_parts(self) -> tuple[frozenset[str], str]:
        """ "re", "tr" … as they stand before the subject, in lower case; the rest."""
        found, rest = [], self.message.subject[:2000]
        while prefix := _PREFIX.match(rest):
            found.append(prefix[1].lower())
            rest = rest[prefix.end() :]
        return frozenset(found), rest

    @property
    def prefixes(self) -> frozenset[str]:
        return self._subject_parts[0]

    @cached_property
    def subject(self) -> str:
        """The folded subject without its prefixes."""
        return fold(self._subject_parts[1])

    @cached_property
    def own_text(self) -> str:
        return without_signature(self.message.text)

    @cached_property
    def body(self) -> str:
        """The writer's own words, folded, without the signature."""
        return fold_text(self.own_text)

    @cached_property
    def whole_text(self) -> str:
        """The writer's own words with the signature, folded."""
        return fold_text(self.message.text)

    @cached_property
    def words(self) -> str:
        """Subject and own words."""
        return f"{self.subject} . {self.body}"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the own words, folded."""
        return sentences(self.own_text)

    @cached_property
    def headline(self) -> Sentence:
        """The subject, as a sentence among those of the own words."""
        return Sentence(self.subject, self.message.subject)

    @cached_property
    def is_forward(self) -> bool:
        return bool(self.prefixes & _FORWARDS or self.message.forwarded)

    @cached_property
    def is_reply(self) -> bool:
        return bool(self.prefixes - _FORWARDS or self.message.in_reply_to) and not self.is_forward

    @cached_property
    def is_short(self) -> bool:
        """Little or no text of its own."""
        return len(self.body) < SHORT

    @cached_property
    def passed_on(self) -> tuple[Sentence, ...]:
        """The sentences of a mail that this one passes on, unless we wrote it ourselves."""
        texts = [inner.text for inner in self.message.forwarded if not self._is_ours(inner.senders)]
        if self.is_forward and not self._quotes_us:
            texts.append(self.message.quoted)
        return tuple(sentence for text in texts for sentence in sentences(without_signature(text)))

    @cached_property
    def _quotes_us(self) -> bool:
        """Whether what is quoted first was written by us."""
        lines = (_AUTHOR_LINE.match(fold(line)) for line in self.message.quoted.splitlines()[:200])
        first = next((line[1] for line in lines if line), "")
        return any(address in first for address in self.house.addresses) or any(
            f"@{domain}" in first for domain in self.house.organisation_domains
        )

    def _is_ours(self, senders: tuple[Address, ...]) -> bool:
        return any(one.email in self.house.addresses or self.is_colleague(one) for one in senders)

    def is_colleague(self, address: Address) -> bool:
        return is_of_domain(address.domain, self.house.organisation_domains)

    @cached_property
    def has_documents(self) -> bool:
        return bool(self.message.documents or any(inner.documents for inner in self.message.forwarded))

    @cached_property
    def document_names(self) -> str:
        documents = [*self.message.documents, *(one for inner in self.message.forwarded for one in inner.documents)]
        return " . ".join(fold_name(document.name) for document in documents)

    @cached_property
    def document_sentences(self) -> tuple[Sentence, ...]:
        """The sentences at the head of each document."""
        return tuple(one for text in self.document_texts for one in sentences(text[:MOST_OF_A_DOCUMENT]))

    @cached_property
    def document_words(self) -> str:
        return " . ".join(sentence.folded for sentence in self.document_sentences)
