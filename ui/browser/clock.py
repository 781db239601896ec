"""What time it is, and what is to happen later."""

import asyncio
import time

import js


def seconds():
    """Return the seconds since the page was opened; never goes back (High Resolution Time)."""
    return js.performance.now() / 1000


def now():
    """Return the time of day as milliseconds since 1970.

    Not the browser's own number: MicroPython keeps 32 bits of a whole number out of JavaScript.
    """
    return time.time() * 1000


def opened():
    """Return when the page was opened, as milliseconds since 1970 on the clock of :func:`now`.

    To be asked early: the seconds that a machine sleeps may be missing. ``performance.timeOrigin``
    lacks them even from before the page (High Resolution Time, 4.1: the time of day is read once
    for the whole browser), so that an hour's sleep would make it an hour too old.
    """
    return now() - js.performance.now()


async def sleep(delay):
    """Let others work for ``delay`` seconds."""
    await asyncio.sleep(delay)


def later(delay, function):
    """Call ``function()`` after ``delay`` seconds; return what :func:`never` takes."""
    return js.setTimeout(function, int(delay * 1000))


def never(timer):
    """Take back what :func:`later` has planned."""
    js.clearTimeout(timer)


def iso(milliseconds):
    """Return a time of day in the form of ISO 8601, in UTC."""
    return js.Date.new(milliseconds).toISOString()


def wall(milliseconds):
    """Return a time of day as the wall's clock shows it: "14:03:59"."""
    return js.Date.new(milliseconds).toTimeString()[:8]
