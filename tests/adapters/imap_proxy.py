"""A proxy before a real IMAP server: notes every line of the client, cuts or rewrites what the server says."""

import socket
import threading
from collections.abc import Callable

from tests.servers.port import Relay, cut

Toxic = Callable[[bytes], bytes | None]  # what the client is told instead; None cuts the connection


class ImapProxy(Relay):
    """Between a client and 127.0.0.1:`port`; a context manager. `lines` is what clients have sent, log-ins left out."""

    def __init__(self, port: int, toxic: Toxic = lambda said: said) -> None:
        super().__init__(port)
        self._toxic = toxic
        self.lines: list[bytes] = []

    def _join(self, client: socket.socket, server: socket.socket) -> None:
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
        cut(source)
        cut(target)
