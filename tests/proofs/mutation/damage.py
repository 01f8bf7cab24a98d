"""What happens to mail on its way, and what somebody may do to it on purpose: small operations on bytes.

Each takes a message, another one and a source of chance, and gives a damaged message. The same seed gives the same.
"""

import random
import re
from collections.abc import Callable

MOST = 2_000_000  # bytes of a mutant

# One a line, escaped as Python does.
_WORDS = tuple(
    line.strip().encode("latin-1").decode("unicode_escape").encode("latin-1")
    for line in r"""
    \x00
    \xff\xfe
    \xed\xa0\x80
    \r
    \n\n
    \r\n\r\n
    \r\n.\r\n
    \r\n\x20
    \t
    \x1b$B
    --
    ;
    =?utf-8?b?
    =?utf-8?q?=C3?=
    =?iso-8859-1?x?a?=
    =?unknown-8bit?b?/////w?=
    ?=
    =3D
    =\r\n
    =ZZ
    charset=utf-7
    charset=cp65001
    charset=rot13
    charset=unicode
    charset=
    charset="
    name*0*=x''%E
    filename*=utf-8''%ff%00
    filename="../../etc/passwd"
    filename="a\r\n b"
    filename*99999999999999999999=x
    From: \r\n
    From: a:b@c;,;\r\n
    From: "<<@>>\r\n
    Date: Tue, 99 Foo 99999 99:99:99 +9999\r\n
    Date: Mon, 1 Jan 0000 00:00:00 -0000\r\n
    Message-ID: <>\r\n
    Message-ID: <<a>@<b>>\r\n
    References: <\r\n
    Content-Type: multipart/mixed\r\n
    Content-Type: multipart/mixed; boundary=\r\n
    Content-Type: message/rfc822\r\n
    Content-Type: text/html\r\n
    Content-Type: ;;;\r\n
    Content-Type: a/b/c; =x\r\n
    Content-Type: text/calendar\r\n
    Content-Type: message/delivery-status\r\n
    Content-Type: application/ms-tnef\r\n
    begin 644 x\r\nM!!!\r\nend\r\n
    Content-Transfer-Encoding: base64\r\n
    Content-Transfer-Encoding: quoted-printable\r\n
    Content-Transfer-Encoding: x-uue\r\n
    <table>
    <!--
    <![CDATA[
    </div>
    <div style='
    &#x110000;
    &#0;
    <p
    <a href='javascript:
    BEGIN:VCALENDAR\r\n
    DTSTART;TZID=x:99999999T999999\r\n
    RRULE:FREQ=SECONDLY\r\n
    \xc3
    \xe9
    \x92
    """.strip().splitlines()
)
_HEADER = re.compile(rb"^[\w-]+:[^\r\n]*\r?\n", re.MULTILINE)
_BOUNDARY = re.compile(rb"^--[^\r\n]+\r?\n", re.MULTILINE)

Damage = Callable[[bytes, bytes, random.Random], bytes]


def flipped(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """Some bytes are other bytes."""
    damaged = bytearray(raw)
    for _count in range(chance.randint(1, 30)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def cut(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """The connection broke."""
    return raw[: chance.randrange(len(raw))]


def torn(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """A piece is missing."""
    start = chance.randrange(len(raw))
    return raw[:start] + raw[start + chance.randint(1, 2_000) :]


def stuttered(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """A piece is there many times."""
    start = chance.randrange(len(raw))
    piece = raw[start : start + chance.choice((1, 2, 8, 60, 800))]
    times = min(chance.choice((2, 20, 500, 40_000)), MOST // max(len(piece), 1))
    return raw[:start] + piece * times + raw[start:]


def sprinkled(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """Words that parsers stumble over stand where they do not belong."""
    for _count in range(chance.randint(1, 8)):
        place = chance.randrange(len(raw) + 1)
        raw = raw[:place] + chance.choice(_WORDS) * chance.choice((1, 1, 1, 50)) + raw[place:]
    return raw


def headers_changed(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """Header lines are gone, doubled, without an end, or say something that parsers stumble over."""
    lines = list(_HEADER.finditer(raw))
    for line in sorted(chance.sample(lines, min(len(lines), 3)), key=lambda found: -found.start()):
        name = line[0].split(b":")[0]
        instead = chance.choice((b"", line[0] * 2, line[0].rstrip(), name + b": " + chance.choice(_WORDS) + b"\r\n"))
        raw = raw[: line.start()] + instead + raw[line.end() :]
    return raw


def headers_added(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """Somebody put header lines at the top."""
    return b"".join(chance.choice(_WORDS) for _count in range(chance.randint(1, 5))) + raw


def boundaries_confused(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """The lines between the parts are gone, doubled, closed too soon, or shuffled."""
    found = _BOUNDARY.findall(raw)
    if not found:
        return b"--x\r\n" + raw
    mark = chance.choice(found)
    return raw.replace(mark, chance.choice((b"", mark * 2, mark.rstrip() + b"--\r\n", chance.choice(found))), 2)


def crossed(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """The beginning of a message, and the end of another."""
    return raw[: chance.randrange(len(raw))] + other[chance.randrange(len(other)) :]


def nested(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """Passed on, and passed on again."""
    for depth in range(chance.choice((1, 3, 29, 60))):
        if chance.random() < 0.5:
            raw = b"From: a@b.example\r\nSubject: TR: x\r\nContent-Type: message/rfc822\r\n\r\n" + raw
        else:
            edge = b"n%d" % depth
            raw = b"Content-Type: multipart/mixed; boundary=" + edge + b"\r\n\r\n--" + edge + b"\r\n" + raw
    return raw


def line_ends_changed(raw: bytes, _: bytes, chance: random.Random) -> bytes:
    """Another system's line ends."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\n", b"\r", b"\r\r\n", b"\n\r", b"\r\n\x00")))


DAMAGES: tuple[Damage, ...] = (
    *(flipped, cut, torn, stuttered, sprinkled, headers_changed, headers_added, boundaries_confused, crossed),
    *(nested, line_ends_changed),
)


def mutant(seeds: tuple[bytes, ...], number: int) -> bytes:
    """The message of that number: one of the seeds with one to three damages."""
    chance = random.Random(number)
    raw = chance.choice(seeds)
    for damage in chance.sample(DAMAGES, chance.choice((1, 1, 2, 3))):
        raw = damage(raw, chance.choice(seeds), chance)[:MOST] or b"\n"
    return raw
