"""A line between a client and a server on 127.0.0.1 that takes its time, and counts what goes over it.

`turns`: how often the client spoke after the server had, the round trips that were really waited for.
"""

import contextlib
import queue
import socket
import threading
import time

from tests.servers.port import Relay

CHUNK = 1 << 18


class SlowLine(Relay):
    """Half of `delay` seconds each way, bandwidth untouched; a context manager, listening on `port`."""

    def __init__(self, target: int, delay: float = 0.0) -> None:
        super().__init__(target)
        self._half = delay / 2
        self.turns = self.up = self.down = 0

    def counts(self) -> dict[str, float]:
        return {"connections": self.connections, "turns": self.turns, "up": self.up, "down": self.down}

    def _join(self, client: socket.socket, server: socket.socket) -> None:
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        is_listening = [True]  # the server speaks first
        self._pump(client, server, "up", is_listening)
        self._pump(server, client, "down", is_listening)

    def _pump(self, source: socket.socket, target: socket.socket, way: str, is_listening: list[bool]) -> None:
        under_way: queue.Queue[tuple[float, bytes]] = queue.Queue(256)
        threading.Thread(target=self._read, args=(source, under_way, way, is_listening), daemon=True).start()
        threading.Thread(target=_write, args=(target, under_way), daemon=True).start()

    def _read(
        self, source: socket.socket, under_way: "queue.Queue[tuple[float, bytes]]", way: str, is_listening: list[bool]
    ) -> None:
        data = b"-"
        while data:
            try:
                data = source.recv(CHUNK)
            except OSError:
                data = b""
            setattr(self, way, getattr(self, way) + len(data))
            if data and way == "up" and is_listening[0]:
                self.turns += 1
            if data:
                is_listening[0] = way == "down"
            under_way.put((time.monotonic() + self._half, data))


def _write(target: socket.socket, under_way: "queue.Queue[tuple[float, bytes]]") -> None:
    """What is under way, each when it is due; b"" is the end."""
    while True:
        due, data = under_way.get()
        time.sleep(max(0.0, due - time.monotonic()))
        if not data:
            with contextlib.suppress(OSError):
                target.shutdown(socket.SHUT_WR)
            return
        try:
            target.sendall(data)
        except OSError:
            return
