"""A proxy before a real IMAP server: notes every line of the client, cuts or rewrites what the server says."""

import contextlib
import socket
import threading
from collections.abc import Callable

Toxic = Callable[[bytes], bytes | None]  # what the client is told instead; None cuts the connection


class ImapProxy:
    """Between a client and 127.0.0.1:`port`; a context manager. `lines` is what clients have sent, log-ins left out."""

    def __init__(self, port: int, toxic: Toxic = lambda said: said) -> None:
        self._target, self._toxic = port, toxic
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.lines: list[bytes] = []
        self.connections = 0
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> "ImapProxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._server.close()
        for one in self._sockets:
            _cut(one)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(("127.0.0.1", self._target))
            self._sockets += [client, server]
            threading.Thread(target=self._pump, args=(client, server, self._noted), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, self._toxic), daemon=True).start()

    def _noted(self, sent: bytes) -> bytes:
        self.lines += [line for line in sent.split(b"\r\n") if line and b"LOGIN" not in line]
        return sent

    def _pump(self, source: socket.socket, target: socket.socket, change: Toxic) -> None:
        try:
            while data := source.recv(1 << 16):
                changed = change(data)
                if changed is None:
                    break
                target.sendall(changed)
        except OSError:
            pass
        _cut(source)
        _cut(target)


def _cut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
