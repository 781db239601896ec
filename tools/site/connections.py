"""The open connections of the development server: which of them wait, and which must go."""

import contextlib
import socket
import threading
import time

LONGEST_WAIT = 20.0
"""Seconds in which a whole request must have arrived, and until an idle connection is ended."""

LONGEST_ANSWER = 5.0
"""Seconds that an answer may take once all connections are taken and somebody else waits."""


class Connections:
    """All connections of one server, from several threads."""

    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._waiting: dict[socket.socket, float] = {}
        self._answered: dict[socket.socket, float] = {}
        self._lock = threading.Lock()

    def add(self, connection: socket.socket) -> None:
        """Remember a new connection, so that it can be ended."""
        with self._lock:
            self._open.add(connection)

    def begin_wait(self, connection: socket.socket) -> None:
        """Note that a connection's next request has yet to arrive."""
        with self._lock:
            self._answered.pop(connection, None)
            self._waiting[connection] = time.monotonic()

    def end_wait(self, connection: socket.socket) -> None:
        """Note that a request has arrived whole and is being answered."""
        with self._lock:
            self._waiting.pop(connection, None)
            self._answered[connection] = time.monotonic()

    def forget(self, connection: socket.socket) -> None:
        """Note that a connection has ended."""
        with self._lock:
            self._open.discard(connection)
            self._waiting.pop(connection, None)
            self._answered.pop(connection, None)

    def end_waiting(self, longest: bool = False) -> None:
        """End the connections that have waited for :data:`LONGEST_WAIT`, or the ``longest`` one."""
        latest = time.monotonic() - LONGEST_WAIT
        with self._lock:
            late = [known for known, since in self._waiting.items() if since < latest]
            if longest and not late:
                late = sorted(self._waiting, key=self._waiting.__getitem__)[:1]
            for connection in late:
                del self._waiting[connection]
        end(late)

    def end_slow_readers(self) -> None:
        """End the connections that have not taken their answer within :data:`LONGEST_ANSWER`."""
        latest = time.monotonic() - LONGEST_ANSWER
        with self._lock:
            late = [known for known, since in self._answered.items() if since < latest]
        end(late)

    def end_all(self) -> None:
        """Break the connections that browsers keep alive; they would be answered on."""
        with self._lock:
            known = list(self._open)
        end(known)


def end(connections: list[socket.socket]) -> None:
    """Break connections; whoever reads from one or writes to it notices at once."""
    for connection in connections:
        with contextlib.suppress(OSError):  # it may have ended by itself just now
            connection.shutdown(socket.SHUT_RDWR)
