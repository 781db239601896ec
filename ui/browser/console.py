"""The browser's console, where a developer looks for what the page does not show."""

import js


def report(reason):
    """Write an unexpected error."""
    js.console.error("Homecut: " + str(reason))


def warn(words):
    """Write what went wrong and was mended."""
    js.console.warn("Homecut: " + words)


def info(words):
    """Write what is worth knowing."""
    js.console.info("Homecut: " + words)
