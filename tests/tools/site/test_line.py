import time
import urllib.request

import pytest

from tools.site.line import Line
from tools.site.server import running_server


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now = 100.0

    def read(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def test_a_body_takes_as_long_as_the_line_allows_after_the_delay():
    clock = Clock()
    line = Line(8_000_000, 0.03, clock.read, clock.sleep)
    sent = []
    line.send(sent.append, b"x" * 1_000_000)
    assert b"".join(sent) == b"x" * 1_000_000
    assert clock.now - 100 == pytest.approx(1.03, abs=0.001)


def test_two_answers_share_the_line():
    clock = Clock()
    line = Line(8_000_000, 0, clock.read, clock.sleep)
    line.send(lambda _: None, b"x" * 500_000)
    line.send(lambda _: None, b"x" * 500_000)
    assert clock.now - 100 == pytest.approx(1.0, abs=0.001)


def test_a_server_behind_a_line_answers_late(checkout):
    with running_server(checkout) as server:
        server.server.line = Line(1_000_000, 0.2)
        started = time.monotonic()
        with urllib.request.urlopen(server.url + "main.py") as answer:
            answer.read()
        assert time.monotonic() - started >= 0.2
