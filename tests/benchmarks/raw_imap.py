"""IMAP over TLS with nothing around it: the least that fetching can cost."""

import re
import socket
import ssl
from collections.abc import Iterator

_LITERAL = re.compile(rb"\{(\d+)\}\r\n$")


class RawImap:
    """Logged in, INBOX open for reading."""

    def __init__(self, port: int, user: str, password: str, ca_file: str) -> None:
        plain = socket.create_connection(("127.0.0.1", port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = ssl.create_default_context(cafile=ca_file).wrap_socket(plain, server_hostname="127.0.0.1")
        self._file = self._socket.makefile("rb", buffering=1 << 20)
        self._file.readline()
        self._ask(f"LOGIN {user} {password}")
        self._ask("EXAMINE INBOX")

    def bodies(self) -> Iterator[bytes]:
        """Every mail of the box, by one command."""
        self._socket.sendall(b"a UID FETCH 1:* (UID BODY.PEEK[])\r\n")
        while not (line := self._file.readline()).startswith(b"a "):
            if found := _LITERAL.search(line):
                yield self._file.read(int(found[1]))

    def close(self) -> None:
        self._ask("LOGOUT")
        self._file.close()
        self._socket.close()

    def _ask(self, command: str) -> None:
        self._socket.sendall(f"a {command}\r\n".encode())
        while not (line := self._file.readline()).startswith(b"a "):
            assert line, f"{command}: the server went away"
        assert line.startswith(b"a OK"), line
