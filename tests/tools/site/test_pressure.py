"""What the development server does with connections that never say what they want."""

import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from tests.tools.site.asking import request
from tools.site import server as server_module
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
    monkeypatch.setattr(server_module, "LONGEST_WAIT", 0.3)
    with running_server(checkout) as server, half_open(server.url, words) as connection:
        started = time.monotonic()
        while connection.recv(1000):  # until the server ends it
            pass
        assert time.monotonic() - started < 5


def test_a_request_that_drips_is_given_up_too(checkout, monkeypatch):
    monkeypatch.setattr(server_module, "LONGEST_WAIT", 0.5)
    with running_server(checkout) as server, half_open(server.url) as connection:
        with pytest.raises(ConnectionError):
            drip(connection)
        assert request(server.url)[0] == 200
