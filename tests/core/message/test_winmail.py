"""winmail.dat as Outlook writes it, and as it never should: what is inside, and what is left to a person."""

import struct

import pytest

from pipeline.core.message import Message, read_message
from pipeline.core.message.tnef import MOST_FILES, SIGNATURE, TnefFault, open_tnef
from tests.core.raw_mail import HEAD, PDF, file, multipart, text, tnef

UNICODE, BINARY, OBJECT, INTEGER, NULL, SEVERAL = 0x1F, 0x102, 0x0D, 0x03, 0x01, 0x1000
DATA, LONG_NAME, MIME, NAMED = 0x3701, 0x3707, 0x370E, 0x8000


def attribute(identity: int, value: bytes, level: int = 2) -> bytes:
    return struct.pack("<BHHI", level, identity, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def winmail(*attributes: bytes) -> bytes:
    return SIGNATURE + b"\x01\x00" + b"".join(attributes)


def a_property(kind: int, identity: int, *values: bytes) -> bytes:
    """One MAPI property of variable length, padded as it is stored."""
    stored = b"".join(struct.pack("<I", len(one)) + one + bytes(-len(one) % 4) for one in values)
    return struct.pack("<HHI", kind, identity, len(values)) + stored


def properties(*found: bytes) -> bytes:
    return attribute(0x9005, struct.pack("<I", len(found)) + b"".join(found))


def name(of_a_file: str) -> bytes:
    return a_property(UNICODE, LONG_NAME, of_a_file.encode("utf-16-le") + b"\0\0")


def read_winmail(data: bytes, words: str) -> Message:
    """A mail with that winmail.dat, beside these words."""
    part = file('Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Disposition: attachment', data)
    beside = [text(words)] if words else []
    message = read_message(HEAD.replace("\n", "\r\n").encode() + multipart("mixed", *beside, part))
    assert isinstance(message, Message)
    return message


NEW, TITLE = attribute(0x9002, bytes(14)), attribute(0x8010, "PI\xc8CE~1.PDF".encode("latin-1") + b"\0")


def found(*attributes: bytes) -> list[tuple[str, str, bytes]]:
    return [(one.name, one.media_type, one.content) for one in open_tnef(winmail(*attributes))]


BODY = "Bonjour,\r\nLa Ville de Bailleul candidate à Visions +21.\r\n"
PLAIN, OF_PROPERTIES = "Bonjour,\nLa Ville de Bailleul candidate à Visions +21.", 0x1000


@pytest.mark.parametrize(
    "body",
    [
        attribute(0x800C, BODY.encode("cp1252") + b"\0", level=1),
        attribute(0x9003, struct.pack("<I", 1) + a_property(UNICODE, OF_PROPERTIES, f"{BODY}\0".encode("utf-16-le"))),
    ],
)
def test_its_text_is_the_mail_s_where_the_mail_has_no_other(body: bytes) -> None:
    data = winmail(body, NEW, TITLE, attribute(0x800F, PDF))
    alone, beside = read_winmail(data, ""), read_winmail(data, "Voici notre dossier.")
    assert (alone.text.strip(), beside.text.strip()) == (PLAIN, "Voici notre dossier.")
    assert (alone.warnings, [one.content for one in alone.documents]) == ((), [PDF])


def test_a_file_may_stand_in_the_properties_alone() -> None:
    mime = a_property(UNICODE, MIME, "Application/PDF".encode("utf-16-le") + b"\0\0")
    assert found(NEW, TITLE, properties(name("Pièce.pdf"), mime, a_property(BINARY, DATA, PDF))) == [
        ("Pièce.pdf", "application/pdf", PDF)
    ]


@pytest.mark.parametrize("page", [1252, 28591, 99999, 0])
def test_a_short_name_is_read_in_the_code_page_that_is_told_or_in_a_western_one(page: int) -> None:
    code_page = attribute(0x9007, struct.pack("<II", page, 0), level=1)
    ((read_name, _, content),) = found(code_page, NEW, TITLE, attribute(0x800F, PDF))
    assert (read_name, content) == ("PIÈCE~1.PDF", PDF)


def test_properties_with_a_name_of_their_own_several_values_or_none_are_stepped_over() -> None:
    guid = bytes(16)
    by_number = struct.pack("<HH", INTEGER, NAMED) + guid + struct.pack("<II", 0, 7) + struct.pack("<I", 1)
    own = "x-own".encode("utf-16-le") + b"\0\0"
    by_name = struct.pack("<HH", INTEGER, NAMED + 1) + guid + struct.pack("<II", 1, len(own)) + own
    by_name += bytes(-len(own) % 4) + struct.pack("<I", 1)
    nothing = struct.pack("<HH", NULL, 0x3001)
    numbers = struct.pack("<HHIII", INTEGER | SEVERAL, 0x3002, 2, 1, 2)
    texts = a_property(UNICODE | SEVERAL, LONG_NAME, *(f"{rank}.pdf".encode("utf-16-le") for rank in (1, 2)))
    every = properties(by_number, by_name, nothing, numbers, texts, a_property(BINARY, DATA, PDF))
    assert found(NEW, every) == [("1.pdf", "", PDF)]


def test_the_files_of_a_message_attached_inside_are_files_as_well() -> None:
    inner = tnef(("Délibération.pdf", PDF))
    attached = properties(name("Message"), a_property(OBJECT, DATA, bytes(16) + inner))
    assert [one[0] for one in found(NEW, attached)] == ["Délibération.pdf"]


def test_messages_attached_in_one_another_stop_somewhere() -> None:
    inner = tnef(("a.pdf", PDF))
    for _ in range(5):
        inner = winmail(NEW, properties(a_property(OBJECT, DATA, bytes(16) + inner)))
    with pytest.raises(TnefFault, match="too deep"):
        open_tnef(inner)


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (winmail(*[NEW] * (MOST_FILES + 1)), "too many files"),
        (
            winmail(NEW, properties(struct.pack("<HHI", BINARY, DATA, 1) + struct.pack("<I", 4_000_000_000))),
            "cut short",
        ),
        (winmail(NEW, properties(struct.pack("<HHI", 0x7F, DATA, 1))), "unknown type 0x7f"),
        (winmail(NEW, attribute(0x9005, struct.pack("<I", 4_000_000_000))), "requires a buffer"),
        (winmail(NEW)[:-5], "cut short"),
    ],
    ids=["too many", "longer than it is", "of no known type", "more than there are", "cut off"],
)
def test_what_is_damaged_is_a_fault_at_once(damaged: bytes, said: str) -> None:
    with pytest.raises(TnefFault, match=said):
        open_tnef(damaged)


def test_a_mail_whose_only_text_is_in_winmail_is_told_to_a_person() -> None:
    message = read_winmail(tnef(), "")
    assert message.warnings == ("Texte du message dans winmail.dat, à ouvrir à la main",)
    assert [one.name for one in message.documents] == ["winmail.dat"]
