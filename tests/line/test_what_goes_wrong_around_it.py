"""What a person meets when the disk, a file of staff's or the command line is wrong: one line, and nothing lost."""

from pathlib import Path

import pytest

from pipeline.demo.post_bag import BEFORE_CLOSING, FOLDER
from pipeline.demo.staff import type_into
from tests.builders import a_call
from tests.line.house import House, furnish
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import SmtpSink

CALL = a_call()
PURGE = ("purge", "--yes", "--visa", "AD59, n° 2019-045")
PAST = "2019-03-01T10:00"


@pytest.fixture
def lived(house: House) -> House:
    house.deliver(BEFORE_CLOSING[1:4])
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 3
    return house


def sheets(house: House) -> Path:
    return house.folder / "sheets" / CALL.code


@pytest.mark.parametrize("now", ["demain", "2017-13-01", "2017-02-29T09:00"])
def test_a_moment_that_cannot_be_is_a_wrong_command_line(house: House, now: str) -> None:
    done = house.once(now=now)
    assert (done.returncode, done.stderr) == (2, f"--now {now}: expected a moment such as 2017-02-20T10:00.\n")


def test_a_password_on_two_lines_never_reaches_a_server(house: House) -> None:
    path = house.folder / "password"
    path.write_text("secret\nA1 LOGOUT\n", "utf-8")
    path.chmod(0o600)
    text = house.config.read_text("utf-8").replace('password_env = "HOUSE_PASSWORD"', f'password_file = "{path}"')
    house.config.write_text(text, "utf-8")
    done = house.once()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"[mailbox] password_file: {path} holds a control character or a second line; write the password alone, on one "
        "line.\n"
    )


def test_a_preview_that_cannot_be_written_is_said_and_changes_nothing(lived: House) -> None:
    (sheets(lived) / "apercu").write_text("note de Léa", "utf-8")
    done = lived.run("preview")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{sheets(lived) / 'apercu'}: cannot be written (a file stands there in place of a folder); "
        "make room, or let the worker's account write there.\n"
    )
    assert (sheets(lived) / "apercu").read_text("utf-8") == "note de Léa"


def test_a_worker_that_would_answer_old_mail_unasked_ends_with_the_question(
    tmp_path: Path, dovecot: Dovecot, smtp_sink: SmtpSink
) -> None:
    house = furnish(tmp_path, dovecot, smtp_sink, first_run='"ask"')
    house.deliver(BEFORE_CLOSING[1:2])
    done = house.run("worker", apart=True)
    assert done.returncode == 2
    assert "already holds 1 message " in " ".join(done.stderr.split())
    assert smtp_sink.taken == []


def test_a_column_that_staff_sorted_alone_stops_the_tracker_until_it_is_undone_and_no_letter(lived: House) -> None:
    towns = [f"Commune {rank}" for rank in range(5)]
    with lived.office("2017-03-01T09:01") as office:
        for _ in range(3):
            office.ledger.candidatures.open(office.ledger.candidatures.all(CALL.code)[0], CALL.prefix)
    numbers = [f"V21-{rank:03}" for rank in range(1, 6)]
    assert lived.once(now="2017-03-01T09:02").returncode == 0
    named = {number: {"collectivite": town} for number, town in zip(numbers, towns, strict=True)}
    type_into(lived.tracker, CALL, "candidatures", named)
    assert lived.once(now="2017-03-01T09:05").returncode == 0

    asked = {number: {"collectivite": town} for number, town in zip(numbers, reversed(towns), strict=True)}
    asked[numbers[2]] = {"notes": "vu"}
    type_into(lived.tracker, CALL, "candidatures", asked)
    before = lived.tracker.path(CALL).read_bytes()
    lived.deliver(BEFORE_CLOSING[7:8])
    stopped = lived.once(now="2017-03-01T09:10")
    assert stopped.returncode == 1
    assert stopped.stderr == (
        f"{lived.tracker.path(CALL)}: Feuille Candidatures\u00a0: la colonne « Collectivité » semble triée "
        "seule\u00a0; annulez ce tri, rien n'est modifié d'ici là.\n"
    )
    assert lived.tracker.path(CALL).read_bytes() == before
    assert len(lived.sink.taken) == 4  # who wrote meanwhile is answered

    type_into(lived.tracker, CALL, "candidatures", named)
    assert lived.once(now="2017-03-01T09:15").returncode == 0
    (noted,) = [row for row in lived.seen().sheets["candidatures"].rows if row.key == numbers[2]]
    assert (noted.values["notes"], noted.values["collectivite"]) == ("vu", towns[2])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--person", ""), "--person : expected an e-mail address such as marie.durand@commune.fr."),
        (("--person", " "), "--person  : expected an e-mail address such as marie.durand@commune.fr."),
        (("",), "purge : there is no such call; name one of visions21-2017."),
        (("--person", "", "--register"), "purge: --register is the sheet of a call: leave --person out."),
        (("--person", "", "visions21-2017"), "purge: name a call or --person, not both."),
    ],
)
def test_an_erasure_of_which_a_word_is_empty_erases_nothing(lived: House, words: tuple[str, ...], said: str) -> None:
    """As a shell writes it where a variable is not set: the whole call went in place of one person."""
    done = lived.run(*PURGE, *words, now=PAST)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")
    assert len(lived.export()["candidatures"]) == 2


def test_a_visa_of_blanks_is_none(lived: House) -> None:
    done = lived.run("purge", "--yes", "--visa", " ", now=PAST)
    assert (done.returncode, done.stderr.partition(". ")[0]) == (2, "--visa: nothing was erased")
    assert len(lived.export()["candidatures"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", ""), "import: an empty path; expected .eml or .mbox files, or folders of them."),
        (("check", "--send-test", ""), "--send-test : expected an e-mail address such as marie.durand@commune.fr."),
    ],
)
def test_an_empty_word_is_not_the_folder_one_is_in_nor_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(FOLDER)  # full of mails
    done = house.run(*words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")
    assert house.export()["messages"] == []


def test_an_erasure_whose_figures_cannot_be_written_is_finished_when_they_can(lived: House) -> None:
    figures = sheets(lived) / "statistiques.csv"
    figures.mkdir()
    (figures / "note").write_text("de Léa", "utf-8")
    stopped = lived.run(*PURGE, now=PAST)
    assert stopped.returncode == 1
    assert stopped.stderr == (
        f"{figures}: cannot be written (a folder stands there in place of a file); "
        "make room, or let the worker's account write there.\n"
    )
    (figures / "note").unlink()
    figures.rmdir()
    done = lived.run(*PURGE, now=PAST)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Finishing the erasure that began on 2019-03-01T10:00")
    assert "Candidatures;Total;2" in figures.read_text("utf-8-sig")
    assert lived.export()["candidatures"] == []
