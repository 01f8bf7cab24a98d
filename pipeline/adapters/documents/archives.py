"""Zip containers → their members, within limits that a bomb cannot pass. What a member means is left to others."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

MOST_MEMBERS = 50
MOST_BYTES = 50_000_000  # uncompressed, over an archive and the archives inside
LARGEST_RATIO = 100
_ALWAYS_FINE = 65_536  # bytes: a member this small is no bomb, however well it packs
_MOST_ENTRIES = 10_000
_ENTRY_MARK = b"PK\x01\x02"
_ENCRYPTED = 0x1


class TooBig(Exception):
    """A container that is refused whole."""


class Allowance:
    """What may still be unpacked."""

    def __init__(self) -> None:
        self.members = MOST_MEMBERS
        self.bytes = MOST_BYTES


class Container:
    """A zip file in memory. Raises zipfile.BadZipFile or TooBig when it is none, or no reasonable one."""

    def __init__(self, content: bytes, allowance: Allowance) -> None:
        if content.count(_ENTRY_MARK) > _MOST_ENTRIES:
            raise TooBig("too many entries")
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._allowance = allowance

    def names(self) -> list[str]:
        return self._zip.namelist()

    def member(self, name: str) -> bytes:
        """The bytes of one member. Raises TooBig over a limit, KeyError when it is not there."""
        info = self._zip.getinfo(name)
        ratio = info.file_size / max(info.compress_size, 1)
        if info.flag_bits & _ENCRYPTED or (ratio > LARGEST_RATIO and info.file_size > _ALWAYS_FINE):
            raise TooBig(f"{ratio:.0f}:1, or encrypted")
        if self._allowance.members < 1 or info.file_size > self._allowance.bytes:
            raise TooBig("over the allowance")
        with self._zip.open(info) as stream:
            data = stream.read(self._allowance.bytes + 1)
        self._allowance.members -= 1
        self._allowance.bytes -= len(data)
        if self._allowance.bytes < 0:
            raise TooBig("over the allowance")
        return data

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(bare name, bytes) of the members that can be read, in the order of their names, within the allowance."""
        for name in sorted(self.names()):
            if name.endswith("/") or name.startswith("__MACOSX/"):
                continue
            if self._allowance.members < 1:
                return
            try:
                yield PurePosixPath(name).name, self.member(name)
            except (TooBig, zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
                continue
