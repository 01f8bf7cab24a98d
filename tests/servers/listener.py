"""An HTTP server on 127.0.0.1 that hears signs of life, and answers as it is told to."""

import http.server
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Listener:
    """`heard` the paths asked for; each is answered with the next of `codes`, then with 200; `silent` for no answer."""

    codes: list[int] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    url: str = ""
    silent: threading.Event = field(default_factory=threading.Event)


@contextmanager
def listening(codes: list[int] | None = None, context: ssl.SSLContext | None = None) -> Iterator[Listener]:
    """It listens while entered; with `context`, over TLS."""
    found = Listener(codes or [])

    class Ping(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.heard.append(self.path)
            if found.silent.is_set():
                ended.wait(30)
                return
            self.send_response(found.codes.pop(0) if found.codes else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    class Quiet(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None: ...

    ended = threading.Event()
    with Quiet(("127.0.0.1", 0), Ping) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        found.url = f"http{'s' if context else ''}://127.0.0.1:{server.server_address[1]}/ping/abc"
        yield found
        ended.set()
        server.shutdown()
