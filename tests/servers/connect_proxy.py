"""A proxy as offices have them: CONNECT host:port, then bytes both ways."""

import contextlib
import socket
import threading
from socketserver import StreamRequestHandler, ThreadingTCPServer


class ConnectProxy:
    """On 127.0.0.1:`port`; a context manager. `asked` is where clients wanted to go."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._server = ThreadingTCPServer(("127.0.0.1", 0), handler_of(self.asked))
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> "ConnectProxy":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def handler_of(asked: list[str]) -> type[StreamRequestHandler]:
    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            target = self.rfile.readline().split()[1].decode()
            while self.rfile.readline().strip():
                pass
            asked.append(target)
            host, _, port = target.partition(":")
            with socket.create_connection((host, int(port))) as server:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                back = threading.Thread(target=pump, args=(server, self.connection), daemon=True)
                back.start()
                pump(self.connection, server)
                back.join(5)

    return Handler


def pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
