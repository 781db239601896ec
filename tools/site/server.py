"""The HTTP server for development and tests: keep-alive, threads, a record of every request."""

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tools.setup.checkout import ROOT
from tools.site.answers import Answer, Answers
from tools.site.compression import CompressedFiles
from tools.site.connections import Connections
from tools.site.faults import Fault
from tools.site.line import Line
from tools.site.request_log import RequestRecord
from tools.site.site import Site

MOST_CONNECTIONS = 64
"""Each holds a thread; a browser keeps six or so. See :meth:`Server.process_request`."""

MAX_DISCARDED_BODY = 1 << 20
"""Bytes of a refused request's body that are read so that its connection can go on."""


class Server(ThreadingHTTPServer):
    """Serves one :class:`Answers`; ``records`` lists the requests in the order of their ends."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        answers: Answers,
        report: Callable[[RequestRecord], None] | None = None,
    ) -> None:
        """``report`` is called, from the request's thread, after each answer."""
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, Handler)
        self.answers = answers
        self.report = report
        self.records: list[RequestRecord] = []
        self.faults: dict[str, Fault] = {}
        self.line: Line | None = None
        self.connections = Connections()
        self._slots = threading.BoundedSemaphore(MOST_CONNECTIONS)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection and remember it, so that it can be ended."""
        connection, address = super().get_request()
        self.connections.add(connection)
        return connection, address

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give a connection a thread of its own, of which there are :data:`MOST_CONNECTIONS`.

        When all are taken, whoever has waited longest without a whole request has to go; when all
        are being answered, the newcomer waits until one has been, and whoever has not taken its
        answer within some seconds has to go.
        """
        while not self._slots.acquire(timeout=0.05):
            self.connections.end_waiting(longest=True)
            self.connections.end_slow_readers()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer a connection's requests, then let another one have its place."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def service_actions(self) -> None:
        """End, now and then, what has waited too long."""
        super().service_actions()
        self.connections.end_waiting()

    def shutdown_request(self, request: Any) -> None:
        """Forget and close a connection that has come to its end."""
        self.connections.forget(request)
        super().shutdown_request(request)

    @property
    def url(self) -> str:
        """The address of the page, ending in a slash."""
        host, port = str(self.server_address[0]), self.server_address[1]
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{port}{self.answers.prefix}/"

    def record(self, record: RequestRecord) -> None:
        """Keep a request's record and report it."""
        self.records.append(record)
        if self.report:
            self.report(record)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a browser's broken connection pass without a traceback; it is no fault of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Reads one request after the other from a connection and sends the answers."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "homecut"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = 60

    def handle_one_request(self) -> None:
        """Wait for a request and answer it."""
        self.server.connections.begin_wait(self.connection)
        super().handle_one_request()

    def respond(self) -> None:
        """Answer the request that was just read."""
        started = time.perf_counter()
        body_length = self.discard_body()
        self.server.connections.end_wait(self.connection)
        path, _, query = self.path.partition("?")
        fault = self.server.faults.get(path)
        # A fault is aimed at a file's own bytes: no compressed form, no 304.
        headers = {} if fault else {name.title(): value for name, value in self.headers.items()}
        answer = self.server.answers.answer(self.command, self.path, headers)
        if fault:
            answer = fault(answer)
        sent = self.send(answer)
        milliseconds = (time.perf_counter() - started) * 1000
        encoding = answer.headers.get("Content-Encoding", "")
        self.server.record(
            RequestRecord(
                self.command,
                path,
                query,
                body_length,
                int(answer.status),
                sent,
                encoding,
                milliseconds,
            )
        )

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = respond

    def discard_body(self) -> int:
        """Read and drop the request's body; return its length in bytes as announced."""
        announced = self.headers.get_all("Content-Length", ["0"])
        is_plain = len(announced) == 1 and announced[0].isascii() and announced[0].isdigit()
        length = int(announced[0][:20]) if is_plain else 0
        # Where it is not certain how long the body is, nothing after it is taken for a request.
        if not is_plain or length > MAX_DISCARDED_BODY or self.headers.get("Transfer-Encoding"):
            self.close_connection = True
        else:
            self.rfile.read(length)
        return length

    def send(self, answer: Answer) -> int:
        """Send the answer; return how many bytes of body went out."""
        self.send_response_only(int(answer.status))
        self.send_header("Date", self.date_time_string())
        for name, value in answer.headers.items():
            self.send_header(name, value)
        body = b"" if self.command == "HEAD" else answer.body
        if answer.cut_after is not None:
            body = body[: answer.cut_after]
            self.close_connection = True
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.server.line:
            self.server.line.send(self.wfile.write, body)
        else:
            self.wfile.write(body)
        return len(body)

    def log_message(self, *_: Any) -> None:
        """Print nothing here: :class:`RequestRecord` is the log."""


@dataclass
class RunningServer:
    """What a test gets: the address, the requests so far, and the faults to inject."""

    url: str
    records: list[RequestRecord]
    faults: dict[str, Fault] = field(repr=False)
    server: Server = field(repr=False)

    def stop(self) -> None:
        """Stop answering, for tests of what works without a server; harmless when repeated."""
        self.server.shutdown()
        self.server.server_close()
        self.server.connections.end_all()


@contextlib.contextmanager
def serving(server: Server) -> Iterator[RunningServer]:
    """Let a server answer, from a thread of its own, while the ``with`` block runs."""
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    running = RunningServer(server.url, server.records, server.faults, server)
    try:
        yield running
    finally:
        running.stop()
        thread.join()


@contextlib.contextmanager
def running_server(
    root: Path = ROOT,
    port: int = 0,
    quiet: bool = True,
    host: str = "127.0.0.1",
    compress: bool = True,
    apply_headers_file: bool = True,
    prefix: str = "",
    faults: dict[str, Fault] | None = None,
) -> Iterator[RunningServer]:
    """Serve a checkout (or a built folder) while the ``with`` block runs.

    ``port`` 0 takes any free one. ``faults`` maps URL paths ("/models/models.json") to functions
    that change the answer; see :mod:`tools.site.faults`. ``apply_headers_file=False`` leaves out
    all headers of ``_headers`` and ``prefix="/homecut"`` serves below a folder, as GitHub Pages
    does.
    """
    from tools.site.request_log import print_record

    answers = Answers(
        Site(root),
        CompressedFiles() if compress else None,
        apply_headers_file=apply_headers_file,
        prefix=prefix,
    )
    server = Server((host, port), answers, None if quiet else print_record)
    server.faults.update(faults or {})
    with serving(server) as running:
        yield running
