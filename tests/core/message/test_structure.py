"""How bytes fall into parts: as with the standard library's parser, whatever was done to them."""

from email import message_from_bytes
from email.message import Message

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.message.mending import mended
from pipeline.core.message.part import Part
from pipeline.core.message.structure import MOST_PARTS, Budget, parse

HEADS = tuple(
    f"Content-Type: {kind}".encode()
    for kind in (
        *("multipart/mixed; boundary=a", "multipart/digest; boundary=b", 'multipart/report; boundary="a "'),
        *("multipart/mixed", "message/rfc822", "message/delivery-status", "text/plain", "nonsense", "image/png"),
    )
)
LINES = (
    *(*HEADS, b"Subject: x", b" folded", b"From now on", b": no name", b"words - and -- more", b"QUJD" * 19),
    *(b"--a", b"--a--", b"--a ", b"--b", b"--b--", b"--ab", b"--", b"", b"", b""),
)


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from((b"\r\n", b"\r\n", b"\n", b"\r"))), max_size=40))
def test_damaged_mail_falls_into_the_same_parts_as_with_the_standard_parser(lines: list[tuple[bytes, bytes]]) -> None:
    raw = b"X: y\r\n" + b"".join(line + end for line, end in lines)
    assert of_ours(parse(raw, Budget())) == of_theirs(message_from_bytes(mended(raw)))


def test_boundaries_inside_a_long_body_are_found() -> None:
    body = b"QUJD" * 19 + b"\r\n"
    raw = b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\n%s-\r\n--\r\n--b\r\n--a\r\n\r\nlast" % (
        body * 1000
    )
    first, last = parse(raw, Budget()).children
    assert (first.body, last.body) == (body * 1000 + b"-\r\n--\r\n--b", b"last")


def test_a_boundary_with_a_line_break_inside_is_no_line() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=a\r\n b\r\n\r\n--a\r\n b\r\n\r\ntext"
    assert not parse(raw, Budget()).children


def test_a_mail_whose_last_boundary_is_missing_is_cut_short() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\ntext\r\n"
    assert parse(raw, Budget()).is_cut_short
    assert not parse(raw + b"--a--\r\n", Budget(MOST_PARTS)).is_cut_short


def of_ours(part: Part) -> object:
    headers = [(name, value.strip()) for name, value in part.headers]
    return headers, [of_ours(child) for child in part.children] or part.body.decode()


def of_theirs(part: Message) -> object:
    headers = [(name.lower(), str(value).strip()) for name, value in part.items()]
    payload = part.get_payload()
    return headers, [of_theirs(child) for child in payload] if isinstance(payload, list) else str(payload or "")
