"""The steps together, in one process: the caps, the out-tray, an old copy saved over a newer one, bad mail."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from pipeline.adapters.letterhead import Letterhead
from pipeline.core.candidature import Candidature
from pipeline.core.delivery import LetterState, Step
from pipeline.core.letters import OutgoingLetter
from pipeline.core.merge import CellOut, SheetChanges
from pipeline.cycle import read_waiting_mail, run_cycle
from pipeline.demo.staff import MEETINGS, type_into
from pipeline.dispatch import send_outbox
from pipeline.intake import collect_mail
from pipeline.ports import Edition, Fetched, NotFetched, Office, Written
from pipeline.report import Report
from tests.builders import a_call, a_candidature, paris
from tests.steps.a_house import an_office

CALL = a_call()


def a_mail(uid: int, sender: str, subject: str, text: str) -> Fetched:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Jeanne Petit <{sender}>", "agoxe@cerdd.org", subject
    mail["Message-ID"] = f"<{uid}@ville.example>"
    mail.set_content(text)
    return Fetched(uid, mail.as_bytes(), paris("2017-02-20 10:00"))


def a_candidature_mail(uid: int, sender: str, town: str) -> Fetched:
    words = f"Bonjour,\n\nLa ville de {town} est candidate à l'appel à manifestation d'intérêt Visions +21.\n\n"
    return a_mail(uid, sender, "Candidature Visions +21", f"{words}Jeanne Petit\nMaire\nMairie de {town}\n")


def open_candidatures(office: Office, count: int) -> list[Candidature]:
    return [office.ledger.candidatures.open(a_candidature(), CALL.prefix) for _ in range(count)]


def moved_to(office: Office, moment: str) -> Office:
    office.clock.moment = paris(moment)  # type: ignore[attr-defined]
    return office


def states(office: Office) -> list[str]:
    return [str(letter.state) for letter in office.ledger.outbox.letters()]


def cell(office: Office, number: str, column: str) -> object:
    seen = office.tracker.read(CALL)
    assert seen is not None
    return next(row.values[column] for row in seen.sheets["candidatures"].rows if row.key == number)


def test_more_acknowledgements_than_a_cycle_may_write_are_held_and_said(tmp_path: Path) -> None:
    with an_office(tmp_path, acks_per_cycle=1) as office:
        towns = ("Fourmies", "Marquise", "Hazebrouck")
        office.mailbox.mails += [  # type: ignore[attr-defined]
            a_candidature_mail(uid, f"mairie@{town.lower()}.example", town) for uid, town in enumerate(towns, 1)
        ]
        report = run_cycle(office)
        assert report.troubles == []
        assert sorted(states(office)) == ["held", "held", "sent"]
        assert "plus de 1 accusé dans le même passage" in str(cell(office, "V21-002", "to_check"))


def test_who_was_acknowledged_as_often_in_a_day_as_the_configuration_says_waits_for_a_person(tmp_path: Path) -> None:
    with an_office(tmp_path, acks_per_sender_per_day=1) as office:
        agency = "contact@agence.example"  # applies for the towns it helps
        for uid, (town, moment) in enumerate({"Fourmies": "09:00", "Marquise": "09:05"}.items(), 1):
            office.mailbox.mails.append(a_candidature_mail(uid, agency, town))  # type: ignore[attr-defined]
            assert run_cycle(moved_to(office, f"2017-03-01 {moment}")).troubles == []
        office.mailbox.mails.append(a_candidature_mail(3, agency, "Hazebrouck"))  # type: ignore[attr-defined]
        assert run_cycle(moved_to(office, "2017-03-02 09:01")).troubles == []
        letters = sorted((one.key.number, str(one.state), one.why) for one in office.ledger.outbox.letters())
        held = "retenu\u00a0: cette adresse a déjà reçu 1 accusé en 24 heures"
        assert letters == [("V21-001", "sent", ""), ("V21-002", "held", held), ("V21-003", "sent", "")]


def test_no_more_letters_leave_in_a_minute_than_the_configuration_says_and_the_rest_leaves_later(
    tmp_path: Path,
) -> None:
    with an_office(tmp_path, max_per_minute=2) as office:
        towns = ("Fourmies", "Marquise", "Hazebrouck")
        office.mailbox.mails += [  # type: ignore[attr-defined]
            a_candidature_mail(uid, f"mairie@{town.lower()}.example", town) for uid, town in enumerate(towns, 1)
        ]
        left = []
        for moment in ("2017-03-01 09:00:00", "2017-03-01 09:00:30", "2017-03-01 09:01:30"):
            assert run_cycle(moved_to(office, moment)).troubles == []
            left.append(states(office).count("sent"))
        assert left == [2, 2, 3]


def test_an_acknowledgement_greets_who_wrote_this_mail_and_not_the_contact(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        mails: list[Fetched] = office.mailbox.mails  # type: ignore[attr-defined]
        mails.append(a_candidature_mail(1, "jeanne.petit@ville-fourmies.example", "Fourmies"))
        run_cycle(office)
        text = "Voici la délibération qui complète notre candidature à l'AMI Visions +21 : favorable à l'unanimité."
        second = a_mail(2, "paul.noir@ville-fourmies.example", "Visions +21 : délibération", text)
        mails.append(replace(second, raw=second.raw.replace(b"Jeanne Petit", b"Paul NOIR")))
        run_cycle(office)
        said = [message_from_bytes(letter.raw, policy=default) for letter in office.postman.sent]  # type: ignore[attr-defined]
        greetings = [body.get_content().splitlines()[0] for one in said if (body := one.get_body(("plain",)))]
        assert greetings == ["Bonjour Jeanne Petit,", "Bonjour Paul Noir,"]


@pytest.mark.parametrize(
    "address", ["mairie.@fourmies.example", "h..petit@fourmies.example", "hélène@fourmies.example"]
)
def test_an_address_to_which_no_mail_can_be_written_stops_nobody_else(tmp_path: Path, address: str) -> None:
    with an_office(tmp_path) as office:
        odd = a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")
        odd = replace(odd, raw=odd.raw.replace(b"mairie@fourmies.example", address.encode()))
        office.mailbox.mails += [odd, a_candidature_mail(2, "mairie@marquise.example", "Marquise")]  # type: ignore[attr-defined]
        assert run_cycle(office).troubles == []
        assert [letter.key.recipient for letter in office.postman.sent] == ["mairie@marquise.example"]  # type: ignore[attr-defined]
        said = "Accusé non envoyé\u00a0: l'adresse de l'expéditeur n'est pas valable."
        assert said in str(cell(office, "V21-001", "to_check"))


def test_an_answer_that_was_due_to_such_an_address_no_longer_is(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
        collect_mail(office, "INBOX")
        read_waiting_mail(office)
        (due,) = office.ledger.mail.to_answer()
        office.ledger.mail.decide(replace(due, sender="mairie.@fourmies.example"))
        assert run_cycle(office).troubles == []
        assert (office.ledger.mail.to_answer(), states(office)) == ([], [])


@pytest.mark.parametrize("changes", [{"number": "V21-099"}, {"call": "autre"}, {"call": None}])
def test_an_answer_that_was_due_for_a_candidature_that_is_not_there_no_longer_is(
    tmp_path: Path, changes: dict[str, str | None]
) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")]  # type: ignore[attr-defined]
        collect_mail(office, "INBOX")
        read_waiting_mail(office)
        (due,) = office.ledger.mail.to_answer()
        office.ledger.mail.decide(replace(due, **changes))
        assert run_cycle(office).troubles == []
        (message,) = office.ledger.mail.messages()
        assert (message.answer, message.why[-1]) == (None, "Sans candidature\u00a0: pas de réponse.")
        assert states(office) == []


def test_a_typing_error_in_an_address_is_said_and_stops_nobody_else(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        open_candidatures(office, 2)
        run_cycle(office)
        asked = {"decision": "Non retenu", "request": "Non retenu"}
        typed = {"V21-001": asked | {"email": "hélène@ternois.example"}, "V21-002": asked}
        type_into(office.tracker, CALL, "candidatures", typed)
        assert run_cycle(office).troubles == []
        assert states(office) == ["sent"]
        assert "« hélène@ternois.example » n'est pas une adresse valide." in str(cell(office, "V21-001", "to_check"))


def test_an_old_copy_saved_over_a_newer_one_sends_nothing_again_and_loses_nothing(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        open_candidatures(office, 1)
        run_cycle(office)
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"decision": "Retenu", "request": "Convocation"}})
        type_into(office.tracker, CALL, "reunions", MEETINGS)
        old_copy = office.tracker.path(CALL).read_bytes()
        run_cycle(moved_to(office, "2017-03-02 10:00"))
        open_candidatures(office, 1)
        run_cycle(moved_to(office, "2017-03-02 10:05"))
        assert states(office) == ["sent"]

        office.tracker.path(CALL).write_bytes(old_copy)
        for moment in ("2017-03-02 10:10", "2017-03-02 10:15"):
            assert run_cycle(moved_to(office, moment)).troubles == []

        assert states(office) == ["sent"]
        assert cell(office, "V21-002", "collectivite") == "Communauté de communes du Ternois"
        assert cell(office, "V21-001", "last_letter") == "Convocation, 02/03/2017"
        assert cell(office, "V21-001", "decision") == "Retenu"


def test_the_same_letter_leaves_again_when_staff_ask_again(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        open_candidatures(office, 1)
        run_cycle(office)
        for moment in ("2017-03-02 10:00", "2017-03-03 10:00"):
            cells = {"V21-001": {"decision": "Retenu", "request": "Lauréat"}}
            type_into(office.tracker, CALL, "candidatures", cells)
            run_cycle(moved_to(office, moment))
        assert states(office) == ["sent", "sent"]


def test_a_letter_taken_out_of_the_out_tray_within_the_delay_never_leaves(tmp_path: Path) -> None:
    with an_office(tmp_path, grace_minutes=10) as office:
        open_candidatures(office, 1)
        run_cycle(office)
        cells = {"V21-001": {"decision": "Retenu", "request": "Lauréat"}}
        type_into(office.tracker, CALL, "candidatures", cells)
        run_cycle(moved_to(office, "2017-03-02 10:00"))
        type_into(office.tracker, CALL, "candidatures", {"V21-001": {"request": None}})
        run_cycle(moved_to(office, "2017-03-02 10:20"))
        assert states(office) == []


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((550, "5.1.1 inconnu", Step.BEFORE_DATA), LetterState.REFUSED),
        ((451, "plus tard", Step.BEFORE_DATA), LetterState.RETRY),
        ((0, "coupé", Step.BEFORE_DATA), LetterState.RETRY),
        ((0, "coupé", Step.AFTER_DATA), LetterState.UNKNOWN),
    ],
)
def test_what_a_server_answers_decides_what_becomes_of_a_letter(
    tmp_path: Path, answer: tuple[int, str, Step], state: LetterState
) -> None:
    with an_office(tmp_path) as office:
        office.postman.answers.append(answer)  # type: ignore[attr-defined]
        office.mailbox.mails.append(a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))  # type: ignore[attr-defined]
        run_cycle(office)
        assert states(office) == [state]
        run_cycle(moved_to(office, "2017-03-01 10:00"))
        assert states(office) == ["sent" if state is LetterState.RETRY else state]


def test_a_mail_that_cannot_be_fetched_three_times_is_a_visible_row(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [  # type: ignore[attr-defined]
            NotFetched(
                1, "Message trop volumineux (62 Mo)", head=b"From: a@b.example\r\nSubject: Gros\r\n\r\n", lasts=True
            ),
            a_candidature_mail(2, "mairie@fourmies.example", "Fourmies"),
        ]
        for _ in range(3):
            run_cycle(office)
        seen = office.tracker.read(CALL)
        assert seen is not None
        shown = {
            row.values["subject"]: (row.values["nature"], row.values["why"]) for row in seen.sheets["messages"].rows
        }
        assert shown["Gros"] == ("À trier", "Message trop volumineux (62 Mo)")
        assert len(office.postman.sent) == 1  # type: ignore[attr-defined]


def test_mails_that_a_server_refuses_are_asked_for_again_for_an_hour_before_they_are_given_up(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        mails: list[Fetched | NotFetched] = office.mailbox.mails  # type: ignore[attr-defined]
        mails += [NotFetched(uid, "NO [SERVERBUG]", received=paris("2017-02-20 10:00")) for uid in (1, 2)]
        for minute in (0, 5, 10, 15):
            (trouble,) = run_cycle(moved_to(office, f"2017-03-01 09:{minute:02}")).troubles
            assert trouble.startswith("INBOX: the mail server lists 2 mails and does not give them")
        mails[0] = a_candidature_mail(1, "mairie@fourmies.example", "Fourmies")
        assert "lists 1 mail and" in run_cycle(moved_to(office, "2017-03-01 09:20")).troubles[0]
        assert [one.key.recipient for one in office.postman.sent] == ["mairie@fourmies.example"]  # type: ignore[attr-defined]
        for minute in (0, 5):
            assert len(run_cycle(moved_to(office, f"2017-03-01 10:{minute:02}")).troubles) == 1
        assert run_cycle(moved_to(office, "2017-03-01 10:10")).counts["unreadable"] == 1
        assert run_cycle(moved_to(office, "2017-03-01 10:15")).troubles == []


def test_a_row_that_staff_emptied_whole_is_a_deleted_one_and_its_candidature_is_kept(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        open_candidatures(office, 2)
        run_cycle(office)
        seen = office.tracker.read(CALL)
        assert seen is not None
        known = office.ledger.memory.written(CALL.code, "candidatures")
        assert set(known) == {"V21-001", "V21-002"}
        emptied = {"V21-002": dict.fromkeys(known["V21-002"])}
        type_into(office.tracker, CALL, "candidatures", emptied)
        run_cycle(moved_to(office, "2017-03-02 10:00"))
        run_cycle(moved_to(office, "2017-03-02 10:05"))
        seen = office.tracker.read(CALL)
        assert seen is not None
        assert [row.key for row in seen.sheets["candidatures"].rows] == ["V21-001"]
        kept = office.ledger.candidatures.get(CALL.code, "V21-002")
        assert kept is not None and kept.status == "removed"


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        open_candidatures(office, 1)
        run_cycle(office)
        before = office.tracker.path(CALL).stat().st_mtime_ns
        assert not run_cycle(moved_to(office, "2017-03-02 10:00")).counts.total()
        assert office.tracker.path(CALL).stat().st_mtime_ns == before


def test_a_number_that_staff_made_up_is_replaced_and_said(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        open_candidatures(office, 1)
        run_cycle(office)
        seen = office.tracker.read(CALL)
        assert seen is not None
        typed = {"number": "papier 1", "collectivite": "Ville d'Hazebrouck"}
        changes = SheetChanges(tuple(CellOut(3, column, value) for column, value in typed.items()))
        office.tracker.write(
            CALL, seen, {"candidatures": changes}, Edition(seen.generation or 0, paris("2017-03-02 12:00"))
        )
        run_cycle(moved_to(office, "2017-03-02 10:00"))
        assert run_cycle(moved_to(office, "2017-03-02 10:05")).troubles == []
        assert cell(office, "V21-002", "collectivite") == "Ville d'Hazebrouck"
        assert "« papier 1 » était écrit dans la colonne N°" in str(cell(office, "V21-002", "to_check"))


def test_a_word_of_reclasser_en_that_is_none_is_said_in_its_row(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        mails = [a_mail(1, "jeanne@petit.example", "Bonjour", "Un mot en passant.")]
        office.mailbox.mails.extend(mails)  # type: ignore[attr-defined]
        run_cycle(moved_to(office, "2017-03-01 09:00"))
        (key,) = [row.key for row in office.tracker.read(CALL).sheets["messages"].rows]  # type: ignore[union-attr]
        for word in ("spam", "à voir"):
            type_into(office.tracker, CALL, "messages", {key: {"reclass": word}})
            run_cycle(moved_to(office, "2017-03-01 09:05"))
        (row,) = office.tracker.read(CALL).sheets["messages"].rows  # type: ignore[union-attr]
        said = [line for line in str(row.values["why"]).split("\n") if line.startswith("Reclasser en")]
        assert said == [
            "Reclasser en\u00a0: « à voir » n'est pas compris\u00a0; "
            "choisissez « Candidature », « Complément », « Question », « Retrait » ou « Ignorer »."
        ]
        assert row.values["nature"] == "Hors sujet"

        type_into(office.tracker, CALL, "messages", {key: {"reclass": "COMPLEMENTS"}})
        run_cycle(moved_to(office, "2017-03-01 09:10"))
        (row,) = office.tracker.read(CALL).sheets["messages"].rows  # type: ignore[union-attr]
        assert row.values["nature"] == "Complément"


def test_the_number_of_a_candidature_may_be_typed_in_small_letters(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        known = open_candidatures(office, 1)[0]
        office.mailbox.mails += [a_mail(1, "dgs@orange.fr", "Suite", "Voici la suite.")]  # type: ignore[attr-defined]
        run_cycle(office)
        (message,) = office.ledger.mail.messages()
        typed = {"reclass": "Complément", "number": known.number.lower()}
        type_into(office.tracker, CALL, "messages", {message.arrival.sha256[:16]: typed})
        assert run_cycle(office).troubles == []
        (message,) = office.ledger.mail.messages()
        assert (message.nature, message.number, message.answer) == ("complement", "V21-001", "accuse_complement")
        assert states(office) == ["sent"]


def test_the_tracker_says_why_a_collectivite_was_recognised_and_by_which_old_name(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        words = "La CC de l'Atrébatie est candidate à l'appel à manifestation d'intérêt Visions +21."
        office.mailbox.mails += [  # type: ignore[attr-defined]
            a_candidature_mail(1, "jeanne.petit@orange.fr", "Fourmies"),
            a_mail(2, "dgs@orange.fr", "Candidature Visions +21", words),
        ]
        assert run_cycle(office).troubles == []
        known, renamed = office.ledger.mail.messages()
        assert "Collectivité reconnue (texte de la candidature, signature)\u00a0: Fourmies." in known.why
        said = "Nommée par un ancien nom\u00a0: «\u00a0CC de l'Atrébatie\u00a0»."
        assert said in str(cell(office, renamed.number, "to_check"))


def test_a_collectivite_has_the_population_of_the_year_in_which_the_call_closes(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        words = "Bonjour,\n\nLa Communauté de communes du Ternois est candidate à Visions +21.\n"
        mail = a_mail(1, "dgs@ternois.example", "Candidature Visions +21", words)
        office.mailbox.mails.append(mail)  # type: ignore[attr-defined]
        run_cycle(office)
        (candidature,) = office.ledger.candidatures.all(CALL.code)
        assert (candidature.collectivite, candidature.population) == ("Communauté de communes du Ternois", 38458)


class FaultyLetterhead:
    """A fault of the program that nobody foresaw, at the letters of one candidature."""

    def __init__(self, letterhead: Letterhead) -> None:
        self._letterhead = letterhead

    def write(self, letter: str, call: str, values: Mapping[str, object]) -> Written:
        if values["number"] == "V21-001":
            raise ZeroDivisionError
        return self._letterhead.write(letter, call, values)


def test_a_letter_that_a_fault_of_the_program_keeps_from_being_written_stops_no_other(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        office.mailbox.mails += [  # type: ignore[attr-defined]
            a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"),
            a_candidature_mail(2, "mairie@bailleul.example", "Bailleul"),
        ]
        faulty = replace(office, letterhead=FaultyLetterhead(office.letterhead))  # type: ignore[arg-type]
        said = ["accuse_reception V21-001: ce courrier n'a pas pu être écrit (ZeroDivisionError)"]
        assert run_cycle(faulty).troubles == said
        assert [letter.key.number for letter in office.postman.sent] == ["V21-002"]  # type: ignore[attr-defined]
        assert run_cycle(office).troubles == []
        assert [letter.key.number for letter in office.postman.sent] == ["V21-002", "V21-001"]  # type: ignore[attr-defined]


def test_a_fault_of_the_program_is_one_line_and_nothing_is_done_after_it(tmp_path: Path) -> None:
    def faulty_step(office: Office) -> Counter[str]:
        raise ZeroDivisionError

    with an_office(tmp_path) as office:
        report = Report()
        report.attempt(faulty_step, office)
        report.attempt(send_outbox, office)
        assert [line.partition(";")[0] for line in report.troubles] == [
            "a fault of the program stopped the cycle (faulty_step: ZeroDivisionError)"
        ]
        assert report.is_halted


def test_while_the_share_is_off_who_writes_is_answered_unless_staff_enclose_files_with_that_answer(
    tmp_path: Path,
) -> None:
    with an_office(tmp_path) as office:
        mails: list[Fetched] = office.mailbox.mails  # type: ignore[attr-defined]
        letters: list[OutgoingLetter] = office.postman.sent  # type: ignore[attr-defined]
        mails.append(a_candidature_mail(1, "mairie@fourmies.example", "Fourmies"))
        assert run_cycle(office).troubles == []
        folder, away = office.tracker.path(CALL).parent, tmp_path / "away"
        folder.rename(away)
        mails.append(a_candidature_mail(2, "mairie@marquise.example", "Marquise"))
        assert len(run_cycle(office).troubles) == 1
        assert [one.key.recipient for one in letters] == ["mairie@fourmies.example", "mairie@marquise.example"]

        away.rename(folder)
        (folder / "a-joindre" / "accuse_reception").mkdir(parents=True)
        (folder / "a-joindre" / "accuse_reception" / "charte.txt").write_text("Charte", "utf-8")
        mails.append(a_candidature_mail(3, "mairie@hazebrouck.example", "Hazebrouck"))
        assert run_cycle(office).troubles == []
        folder.rename(away)
        mails.append(a_candidature_mail(4, "mairie@ruitz.example", "Ruitz"))
        assert len(run_cycle(office).troubles) == 1
        assert [b"charte.txt" in one.raw for one in letters] == [False, False, True]
        away.rename(folder)
        assert run_cycle(office).troubles == []
        assert [b"charte.txt" in one.raw for one in letters] == [False, False, True, True]
