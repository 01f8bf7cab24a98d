"""Which mails in the Sent folder are letters of this program about our candidatures."""

import pytest

from pipeline.core.rivals import SentLetter, letter_of

OURS = "0123456789abcdef0123456789abcdef@cerdd.org"


def head(**changes: str) -> bytes:
    headers = {
        "Message-ID": f"<{OURS}>",
        "In-Reply-To": "<a@fourmies.example>",
        "Subject": "[V21-003] =?utf-8?q?Candidature_re=C3=A7ue?=",
        "Auto-Submitted": "auto-replied",
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value).encode() + b"\r\n"


def test_a_letter_is_known_by_its_three_marks() -> None:
    assert letter_of(head(), {"V21"}) == SentLetter(OURS, "V21-003", ("a@fourmies.example",))
    staff_asked = head(In_Reply_To="", Auto_Submitted="auto-generated")
    assert letter_of(staff_asked, {"V21"}) == SentLetter(OURS, "V21-003", ())


@pytest.mark.parametrize(
    "other",
    [
        head(Message_ID="<CAF+abc@mail.example>"),
        head(Message_ID=""),
        head(Auto_Submitted=""),
        head(Auto_Submitted="no"),
        head(Subject="Re: [V21-003] Candidature"),
        head(Subject="[VEL-003] Candidature"),
        head(Subject="Bonjour"),
        b"",
        b"\xff\xfe\r\n\r\n",
    ],
)
def test_what_staff_write_and_what_other_programs_and_calls_send_is_none(other: bytes) -> None:
    assert letter_of(other, {"V21"}) is None
