"""Handing letters over: the postman against smtplib on one kept connection, and yagmail as it is commonly used.

Over STARTTLS and with a log-in; yagmail behind a line of 20 ms. Rendering is not in it: the bytes are ready.
"""

import functools
import smtplib
import ssl
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import yagmail

from pipeline.adapters.clock import SystemClock
from pipeline.adapters.credentials import Credentials
from pipeline.adapters.postman import SmtpPostman, SmtpServer
from pipeline.core.letters import OutgoingLetter
from tests.benchmarks.measuring import ROOT, Contender, Goal, Outcome, Run, Scale, apart, interleaved
from tests.builders import a_letter
from tests.servers.certificates import Certificate, make_certificate
from tests.servers.slow_line import SlowLine
from tests.servers.smtp_sink import SmtpSink

HOST, SENDER, USER, PASSWORD = "127.0.0.1", "ami@cerdd.example", "ami", "secret"
LATENCY = 0.02
GOLDEN = ROOT / "tests" / "golden" / "letters" / "accuse_reception.full"
Work = Callable[[], None]


def send(scale: Scale) -> Outcome:
    """Acknowledgements of usual size, each to somebody else."""
    near, far = scale.of_mails(2, 300), scale.of(1, 100)
    with tempfile.TemporaryDirectory() as folder:
        certificate = make_certificate(Path(folder))
        contenders: dict[str, Contender] = {}
        for name, task in (("postman", "by_postman"), ("smtplib, one connection", "by_smtplib")):
            contenders[name] = functools.partial(sent, task, near, certificate, 0.0)
        for name, task in (("postman, 20 ms", "by_postman"), ("yagmail, 20 ms", "by_yagmail")):
            contenders[name] = functools.partial(sent, task, far, certificate, LATENCY)
        rounds = interleaved(contenders, scale.rounds)
    postman, smtplib_kept, postman_far, yagmail_far = contenders
    goals = (
        Goal("≤ 1.3 × smtplib on one reused TLS connection", rounds.ratio(postman, smtplib_kept), at_most=1.3),
        Goal("the same in client CPU", rounds.ratio(postman, smtplib_kept, "cpu")),
        Goal("connections", rounds.median(postman, "connections"), at_most=1),
        Goal("round trips a letter", rounds.median(postman_far, "turns") / far, at_most=4.1),
        Goal("≥ 3 × faster than yagmail behind 20 ms", rounds.ratio(yagmail_far, postman_far), at_least=3),
    )
    units = {postman: near, smtplib_kept: near, postman_far: far, yagmail_far: far}
    return Outcome("send", f"{near} letters over STARTTLS; {far} behind 20 ms", rounds, goals, units)


def sent(task: str, letters: int, certificate: Certificate, delay: float) -> Run:
    """One run into a sink of its own; every letter must arrive. Always apart: yagmail leaves connections open."""
    with SmtpSink(certificate.server_context(), "starttls") as sink, SlowLine(sink.port, delay) as line:
        port = line.port if delay else sink.port
        run = apart(f"send:{task}", port=port, letters=letters, ca_file=str(certificate.ca_file))
        taken = {one.recipients[0] for one in sink.taken}
        assert len(taken) == len(sink.taken) == letters, f"{task}: {len(sink.taken)} letters of {letters} arrived"
        turns = {"turns": line.turns} if delay else {}
        return replace(run, counts={**run.counts, "connections": sink.connections, **turns})


def by_postman(port: int, letters: int, ca_file: str) -> Work:
    server = SmtpServer(HOST, port, "starttls", ca_file, SENDER)
    login = Credentials("[smtp]", USER, {"PASSWORD": PASSWORD}, "PASSWORD")
    ready = list(some_letters(letters))

    def work() -> None:
        postman = SmtpPostman(server, login, SystemClock(ZoneInfo("Europe/Paris")))
        for letter in ready:
            assert postman.send(letter).code == 250
        postman.close()

    return work


def by_smtplib(port: int, letters: int, ca_file: str) -> Work:
    ready = list(some_letters(letters))

    def work() -> None:
        with smtplib.SMTP(HOST, port, local_hostname="cerdd.example") as client:
            client.starttls(context=ssl.create_default_context(cafile=ca_file))
            client.login(USER, PASSWORD)
            for letter in ready:
                client.sendmail(SENDER, [letter.key.recipient], letter.raw)

    return work


def by_yagmail(port: int, letters: int, ca_file: str) -> Work:
    """As its documentation shows it: an object, and `send` for each letter."""
    html, _ = a_letters_parts()

    def work() -> None:
        trust = {"context": ssl.create_default_context(cafile=ca_file)}
        with yagmail.SMTP(SENDER, PASSWORD, HOST, port, smtp_starttls=trust, smtp_ssl=False) as client:
            for letter in some_letters(letters):
                client.send(letter.key.recipient, letter.subject, [html])

    return work


def some_letters(count: int) -> Iterator[OutgoingLetter]:
    html, text = a_letters_parts()
    one = a_letter()
    for number in range(count):
        recipient = f"contact{number}@collectivite-{number}.example"
        head = f"From: Cerdd <{SENDER}>\r\nTo: {recipient}\r\nSubject: Candidature\r\nMessage-ID: <{number}@x>\r\n"
        raw = f"{head}MIME-Version: 1.0\r\n\r\n{text}\r\n{html}\r\n".encode()
        yield replace(one, key=replace(one.key, recipient=recipient), raw=raw)


def a_letters_parts() -> tuple[str, str]:
    """HTML and text of an acknowledgement."""
    html, text = (GOLDEN.with_name(f"{GOLDEN.name}.{kind}").read_text("utf-8") for kind in ("html", "txt"))
    return html.replace("\n", " "), text
