"""A slow line in front of the server: so many bits a second for all answers together, and a delay.

The browser's own throttling does not reach workers and service workers; this does.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PIECE = 16 * 1024
"""Bytes that are sent at once."""


@dataclass
class Line:
    """A line of ``bits_per_second``; each answer begins ``delay`` seconds late."""

    bits_per_second: float
    delay: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free: float = field(default=0.0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def send(self, write: Callable[[bytes], object], body: bytes) -> None:
        """Hand ``body`` to ``write`` piece by piece, as fast as the line allows.

        Answers that are under way together share the line: each piece waits for its turn.
        """
        self.sleep(self.delay)
        for start in range(0, len(body), PIECE):
            piece = body[start : start + PIECE]
            with self._lock:
                begin = max(self.clock(), self._free)
                self._free = begin + 8 * len(piece) / self.bits_per_second
                wait = self._free - self.clock()
            if wait > 0:
                self.sleep(wait)
            write(piece)
