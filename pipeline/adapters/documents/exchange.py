"""How documents and their texts go between two processes; the one that asks need not load what reads PDFs."""

from typing import IO

MOST_CHARACTERS = 50_000
LENGTH = 8  # bytes before each document and each answer: their length, big-endian


def send(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(LENGTH, "big"))
    stream.write(data)  # not joined: a document may be large
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """One document or answer. Raises EOFError when the other end is gone."""
    length = int.from_bytes(_exactly(stream, LENGTH), "big")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
