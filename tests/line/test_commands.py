"""The other commands, as a person runs them."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.commands import SUMMARIES, console, program
from pipeline.demo.post_bag import BEFORE_CLOSING, FOLDER
from pipeline.demo.staff import type_into
from tests.builders import a_call
from tests.line.house import ROOT, House
from tests.servers.dovecot import until


def test_check_tries_everything_and_sends_nothing(house: House) -> None:
    done = house.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    names = [line.split(":")[0] for line in done.stdout.splitlines()]
    inside = ("stop file", "ledger", "journal", "mailbox", "smtp", "letters", "tracker", "disk", "clock")
    assert names == [f"ok    {name}" for name in ("configuration", *inside)]
    assert house.sink.taken == []


def test_check_says_which_meetings_are_on_another_day_than_the_file_of_the_call_says(house: House) -> None:
    assert house.once().returncode == 0
    file = house.folder / "config" / "calls" / "visions21-2017.toml"
    before = file.read_text("utf-8")
    file.write_text(before.replace("2017-03-07", "2017-03-14"), "utf-8")
    assert "Réunions" not in house.run("check").stdout  # nobody planned it yet: the file counts
    assert house.once(now="2017-03-01T09:05").returncode == 0
    file.write_text(before, "utf-8")
    type_into(house.tracker, a_call(), "reunions", {"prep-1": {"place": "Base 11/19", "date": date(2017, 3, 14)}})
    assert house.once(now="2017-03-01T09:10").returncode == 0
    said = "prep-1 is on 14/03/2017 in Réunions, which counts, and on 07/03/2017 in the file of visions21-2017"
    done = house.run("check")
    assert (done.returncode, said in done.stdout) == (0, True)


def test_the_shipped_letters_serve_until_the_installation_has_its_own(house: House) -> None:
    text = house.config.read_text("utf-8")
    house.config.write_text(f'{text[: text.index("templates = ")]}templates = "mail_templates"\n', "utf-8")
    assert "ok    letters" in house.run("check").stdout
    (house.folder / "mail_templates").mkdir()
    assert "FAIL  letters" in house.run("check").stderr


def test_check_says_what_is_wrong_with_each_and_goes_on(house: House) -> None:
    house.dovecot.halt()
    done = house.run("check")
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["FAIL  mailbox"]
    assert "ok    clock" in done.stdout
    house.dovecot.start()


def test_check_names_all_that_is_wrong_at_once_each_with_its_remedy(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is the worst of theirs: a template is a file of the configuration."""
    templates = shutil.copytree(ROOT / "mail_templates", house.folder / "lettres")
    (templates / "laureat.md.j2").write_text("Objet: x\n\n{{ nom }}\n", "utf-8")
    (templates / "convocation.md.j2").write_text("Objet: x\n\n{{ number\n", "utf-8")
    text = house.config.read_text("utf-8").replace("[mailbox]\n", '[mailbox]\nfolder = "Nulle part"\n', 1)
    house.config.write_text(f'{text[: text.index("templates = ")]}templates = "lettres"\n', "utf-8")
    house.sink.refuse("AUTH", "535 5.7.8 Authentication failed")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=499_999_999))
    done = house.run("check")
    assert done.returncode == 2
    assert [line.partition(". 127.0.0.1")[0] for line in done.stderr.splitlines()] == [
        "FAIL  mailbox: Nulle part cannot be opened: make it in the mailbox, or correct [mailbox] folder or folders",
        f"FAIL  smtp: 127.0.0.1:{house.sink.port}: SMTP login refused for ami@cerdd.example (535); "
        "check [smtp] username and the password.",
        "FAIL  letters: lettres/laureat.md.j2:3: le champ «\u00a0nom\u00a0» n’existe pas",
        "FAIL  letters: lettres/convocation.md.j2:3: une accolade n’est pas refermée",
        f"FAIL  disk: {house.folder / 'var'}: only 499 MB free; make room for 500 MB.",
    ]
    assert house.sink.taken == []


def test_check_tries_to_write_where_the_worker_will(house: House) -> None:
    (house.folder / "sheets").write_text("a file", "utf-8")
    done = house.run("check")
    folder = house.folder / "sheets"
    said = "cannot be written to (a file stands there in place of a folder)"
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"FAIL  disk: {folder}: {said}; let the worker's account make and replace files there."
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_check_says_that_the_tracker_of_others_cannot_be_replaced(house: House) -> None:
    assert house.once().returncode == 0
    folder = house.tracker.path(a_call()).parent
    folder.chmod(0o555)
    done = house.run("check")
    folder.chmod(0o755)
    said = f"FAIL  disk: {folder}: cannot be written to (Permission denied); let the worker's account make and replace "
    assert (done.returncode, done.stderr) == (1, f"{said}files there.\n")


def test_check_reads_the_tracker_as_a_cycle_would(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    path = house.tracker.path(a_call())
    book = openpyxl.load_workbook(path)
    book["Candidatures"].delete_cols(1)
    book.save(path)
    done = house.run("check")
    assert (done.returncode, done.stderr.split(";")[0]) == (
        1,
        f"FAIL  tracker: {path}: sheet Candidatures: the column « N° », by which rows are known, is missing",
    )


def test_check_tells_of_a_call_that_no_file_describes_any_more_and_of_a_stop_file(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    call = house.folder / "config" / "calls" / "visions21-2017.toml"
    other = call.read_text("utf-8").replace('"visions21-2017"', '"autre"', 1).replace('"V21"', '"AUT"', 1)
    call.write_text(other, "utf-8")
    (house.folder / "var" / "STOP").touch()
    done = house.run("check")
    strays = "1 message recorded; those of visions21-2017 are left alone: no file in calls has that code"
    assert f"ok    ledger: {strays}\n" in done.stdout
    assert done.stderr.startswith("FAIL  stop file: ") and done.returncode == 1


def test_status_says_what_is_recorded_and_waiting(house: House) -> None:
    house.deliver(BEFORE_CLOSING[:3])
    assert house.once().returncode == 0
    state = json.loads(house.run("status", "--json").stdout)
    call = state["calls"]["visions21-2017"]
    assert (call["candidatures"], call["letters_sent"], call["letters_waiting"]) == (1, 2, 0)
    assert state["mail"]["by_nature"] == {"question": 1, "candidature": 1, "complement": 1}
    assert state["last_cycle"].startswith("2017-03-01T09:00")
    assert "candidatures: 1" in house.run("status").stdout


def test_imported_mail_is_recorded_shown_and_answered_by_the_next_cycle(house: House) -> None:
    done = house.run("import", str(FOLDER / "002.eml"), str(FOLDER / "001.eml"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 new mails taken in; 1 answer will leave with the next cycle.\n"
    assert house.export()["messages"][1]["received"] == "2016-12-08T14:37:22+01:00"
    assert len(house.seen().sheets["candidatures"].rows) == 1
    assert house.sink.taken == []
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 1
    again = house.run("import", str(FOLDER / "002.eml"))
    assert again.stdout.startswith("0 new mails")


def test_imported_mail_may_be_recorded_without_ever_being_answered(house: House) -> None:
    assert house.run("import", "--record-only", str(FOLDER / "002.eml")).returncode == 0
    assert house.once().returncode == 0
    assert house.sink.taken == []


def test_such_an_import_that_is_killed_or_comes_second_answers_nobody_either(house: House) -> None:
    assert house.run("import", str(FOLDER / "002.eml")).stdout.endswith("1 answer will leave with the next cycle.\n")
    killed = house.run("import", "--record-only", str(FOLDER), fault="decide:1:kill")
    assert killed.returncode == -9
    assert house.run("import", "--record-only", str(FOLDER / "002.eml")).returncode == 0
    assert house.once().returncode == 0
    assert house.sink.taken == []


def test_export_writes_a_file_that_holds_what_the_contract_says(house: House, tmp_path: Path) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    target = tmp_path / "export.json"
    assert house.run("export", "-o", str(target)).returncode == 0
    exported = json.loads(target.read_text(encoding="utf-8"))
    (message,), (candidature,), (letter,) = (exported[key] for key in ("messages", "candidatures", "letters"))
    assert exported["version"] == 1
    assert (message["nature"], message["answer"], message["candidature"]) == (
        "candidature",
        "accuse_reception",
        "V21-001",
    )
    assert (candidature["collectivite"], candidature["siren"], candidature["insee"]) == (
        "Saint-Laurent-Blangy",
        "216207530",
        "62753",
    )
    assert candidature["contact"]["phone"] == "+33353013142"
    assert (house.folder / "sheets" / "visions21-2017" / candidature["documents"][0]["path"]).exists()
    assert (letter["state"], letter["in_reply_to"]) == ("sent", message["message_id"])


def test_the_worker_answers_at_once_then_as_mail_comes_and_ends_cleanly_on_sigterm(house: House) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    worker = subprocess.Popen(
        [sys.executable, ROOT / "run.py", "--config", house.config, "--now", "2017-03-01T09:00", "worker"],
        env={**os.environ, "HOUSE_PASSWORD": house.dovecot.password},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        until(lambda: len(house.sink.taken) == 1, "the worker did not answer", seconds=60)
        until(lambda: "\n".join(path.name for path in house.folder.rglob("suivi.xlsx")), "no tracker", seconds=60)
        house.deliver(BEFORE_CLOSING[2:3])
        until(lambda: len(house.sink.taken) == 2, "the worker waits for its next poll", seconds=60)
        assert house.once().returncode == 1  # one worker at a time
    finally:
        worker.send_signal(signal.SIGTERM)
        output, errors = worker.communicate(timeout=60)
    assert (worker.returncode, errors) == (0, b"")
    assert [line.split(b",")[0] for line in output.splitlines()] == [b"candidature 1", b"complement 1"]


def test_a_candidature_is_exported_whole_for_an_appeal(house: House, tmp_path: Path) -> None:
    house.deliver(BEFORE_CLOSING[1:3])
    assert house.once().returncode == 0
    path = tmp_path / "dossier.zip"
    done = house.run("export", "--dossier", "v21-001", "-o", str(path))
    assert (done.returncode, done.stdout) == (0, f"{path} written.\n")
    with zipfile.ZipFile(path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    assert sorted(name.split("/")[0] for name in files) == sorted(
        ["LISEZ-MOI.txt", "candidature.json", "journal.txt", "journal.json", "empreintes.txt"]
        + ["messages"] * 2
        + ["courriers"] * 2
        + ["pieces"] * len([name for name in files if name.startswith("pieces/")])
    )
    assert files["messages/01 candidature.eml"] == BEFORE_CLOSING[1].raw()
    assert any(name.startswith("pieces/01 ") for name in files)
    assert b"Auto-Submitted: auto-replied" in files["courriers/01 accuse_reception.eml"]
    for line in files["empreintes.txt"].decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    told = files["journal.txt"].decode()
    assert "l'assistant  message classé : candidature" in told and "courrier envoyé : Accusé de réception, à " in told

    unknown = house.run("export", "--dossier", "V21-999")
    assert (unknown.returncode, unknown.stderr.split(";")[0]) == (2, "--dossier V21-999: there is no such candidature")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--dossier", "V21-001", "--person", "h@ville.example"),
            "export: name --dossier or --person, not both: each makes a file of its own.\n",
        ),
        (("--dossier", " "), "--dossier: empty; give the number of a candidature, as in the column N°: V21-003.\n"),
        (("--person", ""), "--person : expected an e-mail address such as marie.durand@commune.fr.\n"),
    ],
)
def test_an_export_that_is_not_clear_makes_no_file(house: House, tmp_path: Path, words: tuple[str], said: str) -> None:
    path = tmp_path / "export.zip"
    done = house.run("export", *words, "-o", str(path))
    assert (done.returncode, done.stdout, done.stderr, path.exists()) == (2, "", said, False)


def test_what_is_exported_is_read_by_nobody_else(house: House, tmp_path: Path) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.once().returncode == 0
    writer, was_there = house.export()["messages"][0]["from"], tmp_path / "there.json"
    was_there.write_text("", "utf-8")
    was_there.chmod(0o644)
    for words in (("--dossier", "V21-001"), ("--person", writer), ()):
        for path in (tmp_path / f"{words[:1]}.new", was_there):
            assert house.run("export", *words, "-o", str(path)).returncode == 0
            assert (path.stat().st_size > 0, path.stat().st_mode & 0o777) == (True, 0o600)


@pytest.mark.parametrize("json_log", [False, True])
def test_the_log_has_a_line_for_each_event_and_nobody_s_words(house: House, json_log: bool) -> None:
    house.deliver(BEFORE_CLOSING[1:2])
    assert house.run(*(["--json-log"] if json_log else []), "once", apart=True).returncode == 0
    lines = (house.folder / "var" / "logs" / "worker.log").read_text("utf-8").splitlines()
    said = [json.loads(line)["what"] if json_log else line.split(": ", 1)[1] for line in lines]
    events = [line for line in said if line.startswith(("mail", "letter", "tracker"))]
    sha = house.export()["messages"][0]["sha256"][:16]
    letter = house.export()["letters"][0]["message_id"].split("@")[0]
    assert events == [
        f"mail {sha} recorded from INBOX, {len(BEFORE_CLOSING[1].raw())} bytes",
        f"mail {sha} judged: candidature V21-001",
        f"letter accuse_reception V21-001 {letter}: sent, attempt 1",
        "tracker of visions21-2017 written, number 1",
    ]
    assert "@" not in "".join(lines)


def test_check_sends_a_letter_to_oneself_that_no_applicant_and_no_ledger_knows(house: House) -> None:
    done = house.run("check", "--send-test", "Moi@example.org")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("ok    letter: « Essai d’envoi – ")
    (letter,) = house.sink.taken
    assert letter.recipients == ("moi@example.org",)
    text = message_from_bytes(letter.raw, policy=policy.default).get_body(("plain",)).get_content()
    assert "Ceci est un essai d’envoi" in text
    assert house.export()["letters"] == []
    assert house.once().returncode == 0
    assert len(house.sink.taken) == 1


def test_check_sends_no_letter_to_what_is_no_address_nor_while_something_is_wrong_or_stopped(house: House) -> None:
    assert house.run("check", "--send-test", "moi").returncode == 2
    (house.folder / "var").mkdir(exist_ok=True)
    (house.folder / "var" / "STOP").touch()
    stopped = house.run("check", "--send-test", "moi@example.org")
    assert (stopped.returncode, "somebody stopped the worker" in stopped.stderr) == (1, True)
    (house.folder / "var" / "STOP").unlink()
    house.dovecot.halt()
    assert house.run("check", "--send-test", "moi@example.org").returncode == 1
    house.dovecot.start()
    assert house.sink.taken == []


def test_status_tells_monitoring_by_its_exit_code_why_the_worker_stands_still(house: House) -> None:
    never = house.run("status")
    assert (never.returncode, never.stderr) == (1, "No cycle has ended yet: run `once` or `worker`.\n")
    house.once()
    assert house.run("status").returncode == 0
    (house.folder / "var" / "STOP").touch()
    house.once()
    assert house.run("status").stderr == f"{house.folder / 'var' / 'STOP'}: somebody stopped the worker.\n"
    (house.folder / "var" / "STOP").unlink()
    house.dovecot.halt()
    failed = house.once()
    said = house.run("status", "--json")
    assert (said.returncode, json.loads(said.stdout)["troubles"]) == (1, failed.stderr.splitlines())
    house.dovecot.start()
    house.once()
    assert (house.run("status").returncode, house.run("status").stderr) == (0, "")


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_help_of_each_command_has_an_example(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    said = CliRunner().invoke(program, [name, "--help"]).output + capfd.readouterr().out  # bench runs elsewhere
    assert f"Example: python3 run.py {name}" in " ".join(said.split())


def test_the_console_command_completes_its_commands_in_a_shell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("COMPLETE", "bash_complete"), ("COMP_WORDS", "visions-pipeline la"), ("COMP_CWORD", "1")):
        monkeypatch.setenv(f"_VISIONS_PIPELINE_{name}" if name == "COMPLETE" else name, value)
    with pytest.raises(SystemExit):
        console()
    assert capsys.readouterr().out == "plain,laureates\n"
