"""A port on 127.0.0.1 and those who come to it. What is said to them is left to each server."""

import contextlib
import socket
import threading
from typing import Self


class Port:
    """A context manager that takes connections on `port`, hands each to `_welcome`, and cuts all of them at the end."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.connections = 0
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        cut(self._server)
        for one in self._sockets:
            cut(one)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            self._sockets.append(client)
            self._welcome(client)

    def _welcome(self, client: socket.socket) -> None:
        raise AssertionError("each server says how it welcomes")


class Relay(Port):
    """Between whoever comes and 127.0.0.1:`target`: each pair of sockets is handed to `_join`."""

    def __init__(self, target: int) -> None:
        super().__init__()
        self._target = target

    def _welcome(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._target))
        self._sockets.append(server)
        self._join(client, server)

    def _join(self, client: socket.socket, server: socket.socket) -> None:
        raise AssertionError("each relay says what goes over it")


def cut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
