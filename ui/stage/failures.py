"""What the page says when its own code fails: one sentence, and a report to copy.

The details stand in the browser's console; they leave the page only when the user copies them.
"""

from ui.browser import console, dom, machine, sharing


def start():
    """Show a sentence after every exception that nobody has expected."""
    console.on_failure(show)
    dom.on("failure-copy", "click", lambda event: sharing.copy_text(report()))
    dom.on("failure-close", "click", lambda event: dom.show("failure", False))


def show():
    """Say that something failed in the page itself."""
    dom.show("failure")
    dom.announce(dom.element("failure-words").textContent)


def report():
    """Return what helps to find the cause: the browser's name and the tracebacks."""
    return "\n".join(["Homecut", machine.browser_name()] + console.failures)
