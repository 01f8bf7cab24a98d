"""What must stand in each cell of the tracker, whatever staff and the worker did in turn."""

from copy import deepcopy
from dataclasses import dataclass, field

from tests.staff.book import StaffBook

FACTS = ("Collectivité", "Contact", "Fonction", "Objet")
STAFF = ("Décision", "Notes", "Pièces manquantes", "Copie à")
OWN = "Mon suivi"
TO_CHECK, REQUEST = "À vérifier", "Courrier à envoyer"
Cells = dict[str, dict[str, str]]


@dataclass
class Layout:
    """What one version of the file is like: headings that staff changed, columns they deleted, the cells of their own
    column. A copy has its own."""

    names: dict[str, str] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    own: dict[str, str] | None = None

    def name(self, heading: str) -> str:
        return self.names.get(heading, heading)


@dataclass
class Model:
    """By number: the worker's facts, what staff typed, the sentences to show; the rows deleted, those typed by hand (by
    the collectivité that tells them apart), the letters asked for; the words that the worker has read, and by cell the
    word of a copy that it had not: whether that was typed before or after the other, only staff can tell."""

    facts: Cells = field(default_factory=dict)
    typed: Cells = field(default_factory=dict)
    sentences: dict[str, set[str]] = field(default_factory=dict)
    cleared: dict[str, set[str]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    by_hand: Cells = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    layout: Layout = field(default_factory=Layout)
    read: set[str] = field(default_factory=set)
    rivals: dict[tuple[str, str], str] = field(default_factory=dict)

    def live(self) -> list[str]:
        return [number for number in self.facts if number not in self.deleted]

    def type(self, number: str, heading: str, value: str) -> None:
        self.typed.setdefault(number, {})[heading] = value
        self.rivals.pop((number, heading), None)

    def copied(self, number: str, heading: str, value: str) -> None:
        """A copy with that word was saved over the newest version."""
        if value and value not in self.read and value != self.expected(number, heading):
            self.rivals[number, heading] = value

    def expected(self, number: str, heading: str) -> str:
        return self.typed.get(number, {}).get(heading, self.facts[number].get(heading, ""))

    def snapshot(self) -> Layout:
        return deepcopy(self.layout)

    def losses(self, book: StaffBook) -> list[str]:
        """What is not as it must be, one line each; none when nothing was lost."""
        records = book.records()
        return [
            *(loss for number in self.live() for loss in self._of_row(number, records)),
            *(loss for town in self.by_hand for loss in self._of_hand(town, records)),
            *(f"{number}: deleted, and there again" for number in self.deleted if self._rows(number, records)),
        ]

    def _rows(self, number: str, records: list[dict[str, str]]) -> list[dict[str, str]]:
        return [row for row in records if row.get(self.layout.name("N°")) == number]

    def _of_row(self, number: str, records: list[dict[str, str]]) -> list[str]:
        found = self._rows(number, records)
        if len(found) != 1:
            return [f"{number}: {len(found)} rows"]
        row = found[0]
        losses = []
        for heading in (*FACTS, *STAFF):
            if heading not in self.layout.dropped:
                shown, wanted = row.get(self.layout.name(heading)), self.expected(number, heading)
                both_said = shown == self.rivals.get((number, heading)) and wanted in row.get(self._to_check(), "")
                if shown != wanted and not both_said:
                    whose = "staff" if heading in self.typed.get(number, {}) else "worker"
                    losses.append(f"{number} {heading}: shows {shown!r}, {whose} wrote {wanted!r}")
        if TO_CHECK not in self.layout.dropped:
            losses += self._of_sentences(number, row.get(self._to_check(), ""))
        if self.layout.own is not None and self.layout.own.get(number, "") != row.get(OWN, ""):
            losses.append(f"{number} {OWN}: shows {row.get(OWN)!r}, staff wrote {self.layout.own.get(number)!r}")
        return losses

    def _to_check(self) -> str:
        return self.layout.name(TO_CHECK)

    def _of_sentences(self, number: str, shown: str) -> list[str]:
        missing = [one for one in self.sentences.get(number, ()) if one not in shown]
        back = [one for one in self.cleared.get(number, ()) if one in shown.split("\n")]
        return [
            *(f"{number} {TO_CHECK}: {one!r} is missing" for one in missing),
            *(f"{number} {TO_CHECK}: {one!r} is back" for one in back),
        ]

    def _of_hand(self, town: str, records: list[dict[str, str]]) -> list[str]:
        found = [row for row in records if row.get(self.layout.name("Collectivité")) == town]
        if len(found) != 1 or not found[0].get(self.layout.name("N°"), "").startswith("V21-"):
            return [f"{town}: {[row.get(self.layout.name('N°')) for row in found]}"]
        return [
            f"{town} {heading}: shows {found[0].get(self.layout.name(heading))!r}, staff wrote {value!r}"
            for heading, value in self.by_hand[town].items()
            if heading not in self.layout.dropped and found[0].get(self.layout.name(heading)) != value
        ]
