"""Robots that answer robots (T48), and floods (T49)."""

from email.message import EmailMessage

import pytest

from tests.faults.conftest import RECEIVED, TOWNS, a_candidature_mail
from tests.line.house import House

TOWN, SENDER = TOWNS[0]


def an_answer(house: House, number: int, text: str, document: bool) -> bytes:
    """What a program sends back to our last letter, with nothing in its headers that says so."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Mairie de {TOWN} <{SENDER}>", "agoxe@cerdd.org"
    mail["Subject"] = "Re: " * number + "Votre candidature"
    mail["Message-ID"] = f"<robot-{number}@fourmies.example>"
    mail.set_content(f"{text}\n\nVotre message n° {number}.\n")
    if document:
        mail.add_attachment(f"%PDF {number}".encode(), maintype="application", subtype="pdf", filename=f"{number}.pdf")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("text", "document", "most"),
    [
        ("Nous accusons réception de votre message, qui sera traité dans les meilleurs délais.", False, 1),
        ("Merci. Ceci est la suite de notre candidature à Visions +21, ci-joint.", True, 5),
    ],
    ids=["a help desk", "an endless complement"],
)
def test_T48_who_answers_each_of_our_letters_is_not_written_to_without_end(
    house: House, text: str, document: bool, most: int
) -> None:
    house.dovecot.deliver(a_candidature_mail(TOWN, SENDER), RECEIVED)
    assert house.once().returncode == 0
    for number in range(1, 9):
        house.dovecot.deliver(an_answer(house, number, text, document), RECEIVED)
        assert house.once(now=f"2017-03-01T09:{number:02d}").returncode == 0
    to_them = [taken for taken in house.sink.taken if taken.recipients == (SENDER,)]
    assert 1 <= len(to_them) <= most


def test_T49_of_a_flood_everything_is_recorded_and_few_are_answered(house: House) -> None:
    text = house.config.read_text("utf-8").replace("acks_per_cycle = 1000", "acks_per_cycle = 5")
    house.config.write_text(text, "utf-8")
    for number in range(30):
        house.dovecot.deliver(a_candidature_mail(f"Ville{number}", f"m{number}@x{number}.example"), RECEIVED)
    for number in range(20):
        mail = a_candidature_mail(TOWN, SENDER, message_id=f"<{number}@f.example>", extra=f"Envoi {number}.")
        house.dovecot.deliver(mail, RECEIVED)
    assert house.once().returncode == 0
    assert len(house.seen().sheets["messages"].rows) == 50
    assert len(house.sink.taken) <= 5
    again = house.once(now="2017-03-01T09:05")
    assert again.returncode == 0
    to_one = [taken for taken in house.sink.taken if taken.recipients == (SENDER,)]
    assert len(to_one) <= 5
