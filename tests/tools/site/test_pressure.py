"""What the development server does with connections that never say what they want."""

import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from tests.tools.site.asking import request
from tools.site import connections
from tools.site.server import MOST_CONNECTIONS, running_server


def half_open(url, words=b"GET / HTTP/1.1\r\nHost: x"):
    parts = urlsplit(url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=10)
    connection.sendall(words)
    return connection


def test_four_hundred_half_open_requests_hold_few_threads_and_do_not_lock_out(checkout):
    with running_server(checkout) as server:
        before = threading.active_count()
        held = [half_open(server.url) for _ in range(400)]
        started = time.monotonic()
        assert request(server.url)[0] == 200
        assert time.monotonic() - started < 30
        assert threading.active_count() - before <= MOST_CONNECTIONS
        for connection in held:
            connection.close()


def drip(connection):
    """Send a byte now and then, each well within any time limit of its own."""
    for _ in range(200):
        connection.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc",
    ],
)
def test_a_request_that_does_not_arrive_in_time_is_given_up(checkout, monkeypatch, words):
    monkeypatch.setattr(connections, "LONGEST_WAIT", 0.3)
    with running_server(checkout) as server, half_open(server.url, words) as connection:
        started = time.monotonic()
        while connection.recv(1000):  # until the server ends it
            pass
        assert time.monotonic() - started < 5


def test_a_request_that_drips_is_given_up_too(checkout, monkeypatch):
    monkeypatch.setattr(connections, "LONGEST_WAIT", 0.5)
    with running_server(checkout) as server, half_open(server.url) as connection:
        with pytest.raises(ConnectionError):
            drip(connection)
        assert request(server.url)[0] == 200


def test_whoever_does_not_take_its_answer_does_not_lock_others_out(checkout, monkeypatch):
    monkeypatch.setattr(connections, "LONGEST_ANSWER", 0.5)
    (checkout / "assets/big.bin").write_bytes(bytes(16 << 20))
    words = b"GET /assets/big.bin HTTP/1.1\r\nHost: x\r\n\r\n"
    with running_server(checkout) as server:
        held = [half_open(server.url, words) for _ in range(MOST_CONNECTIONS + 6)]
        started = time.monotonic()
        assert request(server.url)[0] == 200
        assert time.monotonic() - started < 10
        for connection in held:
            connection.close()


@pytest.mark.parametrize(
    "lines",
    [
        "Content-Length: \xb2",
        "Content-Length: -1",
        "Content-Length: " + "9" * 5000,
        "Content-Length: 0\r\nContent-Length: 30",
        "Content-Length: 3, 30",
        "Transfer-Encoding: chunked",
    ],
)
def test_what_follows_a_body_of_uncertain_length_is_no_request(checkout, lines):
    inner = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    words = f"POST / HTTP/1.1\r\nHost: x\r\n{lines}\r\n\r\n{inner}".encode("latin-1")
    with running_server(checkout) as server:
        with half_open(server.url, words) as connection:
            answer = b""
            while piece := connection.recv(4000):
                answer += piece
        assert answer.startswith(b"HTTP/1.1 405 ")
        assert [record.path for record in server.records] == ["/"]


@pytest.mark.parametrize("path", ["/assets/" + "a" * 5000, "/core/" + "a" * 300 + ".py"])
def test_a_name_that_no_disk_can_have_is_not_found(checkout, path):
    with running_server(checkout) as server:
        assert request(server.url, path=path)[0] == 404
