"""Faults that tests inject into the server: the ways in which a network really fails."""

import time
from collections.abc import Callable

from tools.site.answers import Answer

Fault = Callable[[Answer], Answer]
"""Changes an answer before it is sent, in the request's own thread, so it may sleep, too."""


def truncated(byte_count: int) -> Fault:
    """Break the connection after so many bytes of the body."""

    def change(answer: Answer) -> Answer:
        answer.cut_after = byte_count
        return answer

    return change


def corrupted(position: int = 0) -> Fault:
    """Flip all bits of one byte of the body (counted from the end if negative)."""

    def change(answer: Answer) -> Answer:
        body = bytearray(answer.body)
        if body:
            body[position] ^= 0xFF
        answer.body = bytes(body)
        return answer

    return change


def delayed(seconds: float) -> Fault:
    """Answer so much later."""

    def change(answer: Answer) -> Answer:
        time.sleep(seconds)
        return answer

    return change


def failing(status: int = 503) -> Fault:
    """Answer with this status and no body."""

    def change(_answer: Answer) -> Answer:
        return Answer(status, {"Content-Length": "0", "Cache-Control": "no-store"})

    return change


def first(count: int, fault: Fault) -> Fault:
    """Apply ``fault`` to the first ``count`` answers only, then let them pass."""
    left = count

    def change(answer: Answer) -> Answer:
        nonlocal left
        left -= 1
        return fault(answer) if left >= 0 else answer

    return change
