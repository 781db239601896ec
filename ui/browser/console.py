"""The browser's console, where a developer looks for what the page does not show."""

import asyncio
import io
import sys

import js

failures = []
"""The tracebacks of what went wrong in the page's own code since it was opened, newest last."""

MOST_FAILURES = 20
"""How many of them are kept."""

_told = []


def report(reason):
    """Write an unexpected error."""
    js.console.error("Homecut: " + str(reason))


def warn(words):
    """Write what went wrong and was mended."""
    js.console.warn("Homecut: " + words)


def info(words):
    """Write what is worth knowing."""
    js.console.info("Homecut: " + words)


def failed(error):
    """Note an exception that nothing in the page has expected, and tell who shows such a thing."""
    text = io.StringIO()
    sys.print_exception(error, text)
    report(text.getvalue())
    failures.append(text.getvalue())
    del failures[:-MOST_FAILURES]
    for tell in _told:
        tell()


def on_failure(tell):
    """Call ``tell()`` after each unexpected exception, in handlers and in tasks alike."""
    _told.append(tell)
    loop = asyncio.get_event_loop()
    loop.set_exception_handler(lambda _loop, context: failed(context["exception"]))
