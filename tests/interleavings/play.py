"""A random play of staff and worker over one tracker: real ledger, real workbook, a second writer for staff."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from pipeline.core.call import Call
from pipeline.core.delivery import LetterState, Outcome
from pipeline.core.filing import with_doubts
from pipeline.core.letters import LetterKey, OutgoingLetter
from pipeline.failures import Unavailable
from pipeline.ports import Office
from pipeline.tracking import carry_in_staff_edits, show_in_tracker
from tests.builders import a_candidature
from tests.interleavings.model import FACTS, OWN, REQUEST, STAFF, TO_CHECK, Layout, Model
from tests.interleavings.stage import Crash, StageTracker
from tests.staff.book import StaffBook

LETTER = "Accusé de réception"
CUSTOM = "docProps/custom.xml"


@dataclass(frozen=True)
class Copy:
    """A version that somebody kept open or filed away, with what it is like."""

    content: bytes
    layout: Layout


class Play:
    """One sequence of actions, the same for the same seed. `save_in` saves a version in another program."""

    def __init__(self, office: Office, call: Call, seed: int, save_in: Callable[[bytes], bytes] | None = None) -> None:
        assert isinstance(office.tracker, StageTracker)
        self.office, self.call, self.tracker = office, call, office.tracker
        self.dice, self.model = random.Random(seed), Model()
        self.done: list[str] = []
        self.copies: list[Copy] = []
        self._save_in, self._words = save_in, 0
        self._like_excel = self.dice.random() < 0.7
        self.counts: Counter[str] = Counter()

    # The whole

    def run(self, actions: int) -> list[str]:
        """Play, let the worker finish, and return what was lost."""
        for _ in range(self.dice.randint(4, 7)):
            self.mail_arrives()
        self.worker()
        for _ in range(actions):
            self.act()
        self.letters_leave()
        for _ in range(3):
            self.worker()
        before = self._content()
        self.worker()
        losses = self.model.losses(self._book())
        losses += [] if self._content() == before else ["the worker writes again and again"]
        return losses + self._letters_lost()

    def act(self) -> None:
        """One action of somebody."""
        actions: list[tuple[int, Callable[[], object]]] = [
            (10, self.staff_type),
            (4, self.staff_correct),
            (3, self.staff_clear),
            (3, self.staff_ask_for_letter),
            (3, self.staff_sort),
            (2, self.staff_delete_row),
            (2, self.staff_add_row),
            (2, self.staff_change_columns),
            (2, self.staff_keep_copy),
            (3, self.staff_save_copy_over),
            (1, self.staff_lose_stamp),
            (4, self.mail_arrives),
            (5, self.facts_change),
            (2, self.letters_leave),
            (7, self.worker),
            (2, self.worker_crashes),
            (2, self.worker_meets_a_save),
            (1, self.worker_meets_a_lock),
            (3 if self._save_in else 0, self.staff_save_in_other_program),
        ]
        action = self.dice.choices([one for _, one in actions], [weight for weight, _ in actions])[0]
        self.done.append(action.__name__)
        self.counts[action.__name__] += 1
        action()

    # The worker's world

    def mail_arrives(self) -> None:
        fresh = a_candidature(call=self.call.code, collectivite=self._word("Commune"), subject=self._word("Objet"))
        fresh = replace(fresh, contact=replace(fresh.contact, name=self._word("Nom"), role=self._word("Fonction")))
        opened = self.office.ledger.candidatures.open(fresh, self.call.prefix)
        self.model.facts[opened.number] = {
            "Collectivité": opened.collectivite,
            "Contact": opened.contact.name,
            "Fonction": opened.contact.role,
            "Objet": opened.subject,
        }

    def facts_change(self) -> None:
        number, heading = self.dice.choice([*self.model.facts]), self.dice.choice([*FACTS, TO_CHECK])
        found = self.office.ledger.candidatures.get(self.call.code, number)
        assert found is not None
        word = self._word("Fait")
        match heading:
            case "Collectivité":
                changed = replace(found, collectivite=word)
            case "Objet":
                changed = replace(found, subject=word)
            case "Contact":
                changed = replace(found, contact=replace(found.contact, name=word))
            case "Fonction":
                changed = replace(found, contact=replace(found.contact, role=word))
            case _:
                changed = with_doubts(found, word)
        self.office.ledger.candidatures.save(changed)
        if heading == TO_CHECK:
            self.model.sentences.setdefault(number, set()).add(word)
        else:
            self.model.facts[number][heading] = word

    def letters_leave(self) -> None:
        """Every letter asked for is sent."""
        outbox, now = self.office.ledger.outbox, self.office.clock.now()
        for request in outbox.open_requests(self.call.code):
            if request.state != "waiting":
                continue
            key = LetterKey(self.call.code, request.number, request.letter, request.occasion, "a@b.example")
            outbox.queue(OutgoingLetter(key, key.message_id("cerdd.org"), "", b"", now))
            outbox.claim_next(now)
            outbox.record(key, Outcome(LetterState.SENT, at=now))
            outbox.update_request(replace(request, state="written"))
            self.model.pending.discard(request.number)

    def worker(self) -> None:
        """What a cycle does with a tracker; all of it must be possible."""
        there = self._words_there()
        carry_in_staff_edits(self.office, self.call)
        self.model.read |= there
        self.letters_maybe_leave()
        show_in_tracker(self.office, self.call)

    def letters_maybe_leave(self) -> None:
        if self.dice.random() < 0.2:
            self.letters_leave()

    def worker_crashes(self) -> None:
        """Before the write, or after it and before it is recorded."""
        self.tracker.crash = self.dice.choice(("before", "after"))
        with suppress(Crash):
            self.worker()
        self.tracker.crash = ""

    def worker_meets_a_save(self) -> None:
        """Staff save between the worker's reading and its writing."""
        self.tracker.meanwhile = self.staff_type
        with suppress(Unavailable):
            self.worker()
        self.tracker.meanwhile = None

    def worker_meets_a_lock(self) -> None:
        path = self.tracker.path(self.call)
        lock = path.with_name(f".~lock.{path.name}#")
        lock.write_text("Léa Martin,lea,poste,01.03.2017 09:00,file:///profil;", encoding="utf-8")
        for _ in range(self.dice.randint(1, 2)):
            with suppress(Unavailable):
                self.worker()
            self.facts_change()
        lock.unlink()

    # Staff at the newest version

    def staff_type(self) -> None:
        """One to three cells of staff's own columns, and of a column they added."""
        book = self._book()
        for number in self._some(book):
            heading = self.dice.choice([one for one in STAFF if one not in self.model.layout.dropped])
            value = self._word("Saisi") if self.dice.random() < 0.85 else ""
            book.type(number, self.model.layout.name(heading), value)
            self.model.type(number, heading, value)
            if self.model.layout.own is not None:
                own = self._word("Suivi")
                book.type(number, OWN, own)
                self.model.layout.own[number] = own
        self._save(book)

    def staff_correct(self) -> None:
        """A cell of the worker's."""
        book = self._book()
        for number in self._some(book)[:1]:
            heading = self.dice.choice([one for one in FACTS if one not in self.model.layout.dropped])
            value = self._word("Corrigé") if self.dice.random() < 0.8 else ""
            book.type(number, self.model.layout.name(heading), value)
            self.model.type(number, heading, value)
        self._save(book)

    def staff_clear(self) -> None:
        """All the sentences that À vérifier shows are taken out, or words are added to them."""
        book, name = self._book(), self.model.layout.name(TO_CHECK)
        for number in self._some(book)[:1] if TO_CHECK not in self.model.layout.dropped else ():
            shown = book.value(number, name)
            if self.dice.random() < 0.5:
                word = self._word("Vu")
                book.type(number, name, f"{shown}\n{word}".strip())
                self.model.sentences.setdefault(number, set()).add(word)
            elif shown:
                book.type(number, name, "")
                sentences = self.model.sentences.setdefault(number, set())
                gone = {one for one in sentences if one in shown}
                self.model.sentences[number] = sentences - gone
                self.model.cleared.setdefault(number, set()).update(one for one in gone if one.startswith("Fait"))
        self._save(book)

    def staff_ask_for_letter(self) -> None:
        book = self._book()
        for number in self._some(book)[:1] if REQUEST not in self.model.layout.dropped else ():
            if number not in self.model.pending and not book.value(number, self.model.layout.name(REQUEST)):
                book.type(number, self.model.layout.name(REQUEST), LETTER)
                self.model.pending.add(number)
                self.model.asked[number] = self.model.asked.get(number, 0) + 1
        self._save(book)
        self.worker()

    def staff_sort(self) -> None:
        book, heading = self._book(), self.model.layout.name(self.dice.choice(("N°", "Collectivité", "Notes")))
        if book.has(heading):
            column = book.column(heading)
            upwards = self.dice.random() < 0.5
            book.sort(lambda row: str(row.cells[column].value if column in row.cells else "~"))
            if not upwards:
                book.rows.reverse()
        self._save(book)

    def staff_delete_row(self) -> None:
        self.worker()
        book = self._book()
        for number in self._some(book)[:1]:
            if number not in self.model.pending and len(self.model.live()) > 4:
                book.delete(number)
                self.model.deleted.add(number)
                self._forget_own([number])
        self._save(book)
        self.worker()

    def staff_add_row(self) -> None:
        """A candidature that came by post, at the end or in the middle."""
        book, town = self._book(), self._word("Ville")
        cells = {
            "Collectivité": town,
            "Courriel": f"{town.lower()}@ville.example".replace(" ", ""),
            "Notes": self._word("Note"),
        }
        cells = {head: value for head, value in cells.items() if head not in self.model.layout.dropped}
        if "Collectivité" in cells:
            at = self.dice.choice((None, 0, len(book.rows) // 2))
            book.add({self.model.layout.name(head): value for head, value in cells.items()}, at)
            self.model.by_hand[town] = cells
        self._save(book)

    def staff_change_columns(self) -> None:
        """A column moved, renamed, deleted, added."""
        book, layout = self._book(), self.model.layout
        match self.dice.randrange(4):
            case 0:
                heading, before = self.dice.sample([one for one in (*FACTS, *STAFF) if one not in layout.dropped], 2)
                book.move(layout.name(heading), layout.name(before))
            case 1 if self._like_excel and not self._save_in:
                heading = self.dice.choice([*FACTS, *STAFF, "N°"])
                if heading not in layout.names and heading not in layout.dropped:
                    layout.names[heading] = self._word("Titre")
                    book.rename(heading, layout.names[heading])
            case 2:
                heading = self.dice.choice(["Objet", "Copie à", "Population", "Téléphone"])
                if heading not in layout.dropped and len(layout.dropped) < 2:
                    book.drop(layout.name(heading))
                    layout.dropped.add(heading)
            case _:
                if layout.own is None:
                    book.insert(OWN, layout.name("Décision"))
                    layout.own = {}
        self._save(book)
        self.worker()

    def staff_lose_stamp(self) -> None:
        """A program that keeps no properties saves the file."""
        self.worker()
        self.staff_type()
        self._write(self._book().saved(drop=[CUSTOM]))
        self.worker()

    def staff_save_in_other_program(self) -> None:
        assert self._save_in is not None
        self._write(self._save_in(self._content()))

    # Staff at an older copy

    def staff_keep_copy(self) -> None:
        if self.dice.random() < 0.6:
            self.worker()
        self.copies.append(Copy(self._content(), self.model.snapshot()))

    def staff_save_copy_over(self) -> None:
        """They type into a copy, and save it over the newest version, which the worker has seen."""
        if not self.copies:
            return
        self.worker()
        copy = self.copies.pop(self.dice.randrange(len(self.copies)))
        book, there = self._opened(copy.content, copy.layout), copy.layout
        self.model.layout = Layout(
            dict(there.names), set(there.dropped), dict(there.own) if there.own is not None else None
        )
        numbers = [one for one in self._numbers(book) if one in self.model.facts]
        for number in numbers:
            self.model.deleted.discard(number)
            self._copied(number, book, there)
        if numbers and self.dice.random() < 0.2:
            number = self.dice.choice(numbers)
            if number not in self.model.pending and len(self.model.live()) > 4:
                book.delete(number)
                self.model.deleted.add(number)
                self._forget_own([number])
        left = [one for one in numbers if one not in self.model.deleted]
        for number in self.dice.sample(left, min(len(left), self.dice.randint(0, 2))):
            heading = self.dice.choice([one for one in (*STAFF, *FACTS) if one not in there.dropped])
            value = self._word("Copie")
            book.type(number, there.name(heading), value)
            self.model.type(number, heading, value)
        if self.model.layout.own is not None:
            self._forget_own([one for one in self.model.facts if one not in numbers])
        self._save(book)
        self.worker()

    # Tools

    def _copied(self, number: str, book: StaffBook, there: Layout) -> None:
        for heading in STAFF:
            if heading not in there.dropped:
                self.model.copied(number, heading, book.value(number, there.name(heading)))

    def _some(self, book: StaffBook) -> list[str]:
        there = [one for one in self._numbers(book) if one in self.model.facts and one not in self.model.deleted]
        return self.dice.sample(there, min(len(there), self.dice.randint(1, 3)))

    def _numbers(self, book: StaffBook) -> list[str]:
        return [one for one in book.column_values(book.key) if one]

    def _forget_own(self, numbers: list[str]) -> None:
        for number in numbers if self.model.layout.own else ():
            assert self.model.layout.own is not None
            self.model.layout.own.pop(number, None)

    def _word(self, kind: str) -> str:
        self._words += 1
        return f"{kind} {self._words}"

    def _content(self) -> bytes:
        return self.tracker.path(self.call).read_bytes()

    def _words_there(self) -> set[str]:
        if not self.tracker.path(self.call).exists():
            return set()
        return {value for row in self._book().records() for value in row.values()}

    def _book(self) -> StaffBook:
        return self._opened(self._content(), self.model.layout)

    def _opened(self, content: bytes, layout: Layout) -> StaffBook:
        return StaffBook(content, like_excel=self._like_excel, key=layout.name("N°"))

    def _save(self, book: StaffBook) -> None:
        self._write(book.saved())

    def _write(self, content: bytes) -> None:
        path = self.tracker.path(self.call)
        beside = path.with_name("~save.tmp")
        beside.write_bytes(content)
        beside.replace(path)

    def _letters_lost(self) -> list[str]:
        sent = Counter(one.key.number for one in self.office.ledger.outbox.letters(self.call.code))
        return [
            f"{number}: {self.model.asked.get(number, 0)} letters asked for, {sent[number]} sent"
            for number in {*sent, *self.model.asked}
            if sent[number] != self.model.asked.get(number, 0)
        ]
