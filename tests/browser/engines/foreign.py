"""Sees what a browser means for other hosts: the proxy that all but its own page goes through.

Tools that drive Firefox and WebKit tell of requests only in part or not at all. A proxy for every
host but this one hears of each that leaves the browser, whoever sends it.
"""

import contextlib
import socketserver
import threading
from collections.abc import Iterator

TELLTALE = "http://foreign.invalid/"
"""An address that nobody answers; opened on purpose, it shows that the proxy is asked."""


class Proxy(socketserver.ThreadingTCPServer):
    """Writes down each request ("GET http://host/path HTTP/1.1") and answers none."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Recorder)
        self.requests: list[str] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class Recorder(socketserver.StreamRequestHandler):
    """Takes one request down and hangs up."""

    server: Proxy

    def handle(self) -> None:
        """Read the request's first line."""
        with contextlib.suppress(ConnectionError):
            self.server.requests.append(self.rfile.readline().decode("latin-1").strip())


@contextlib.contextmanager
def recording_proxy() -> Iterator[Proxy]:
    """Run a proxy while the ``with`` block runs."""
    with Proxy() as proxy:
        threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
        yield proxy
        proxy.shutdown()
