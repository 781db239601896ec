"""The line at the foot of the page that tells how far the network is with getting ready."""

from common import naming
from common.language.words import say
from ui.browser import dom

WORDS = {
    "start": say("Getting ready"),
    "session": say("Preparing the network"),
    "graphics card": say("Testing the graphics card"),
    "ready": say("Ready"),
}
"""What each stage is called on the screen; a failure brings its own sentence."""


def draw(progress):
    """Show a report of :class:`ui.work.engine.Engine`."""
    stage = progress["stage"]
    dom.show("engine", stage != "ready")
    bar = dom.element("engine-progress")
    part = share(progress)
    if part is not None:
        bar.value = part
    else:
        bar.removeAttribute("value")
        dom.show(bar, stage != "failed")
    text = words(progress)
    dom.element("engine-label").textContent = text
    if stage in ("ready", "failed"):
        dom.announce(text)


def share(progress):
    """Return how much of a download or of a reopened model is there, 0..1, ``None`` for others."""
    known = progress["stage"] in ("download", "reopen") and progress["total"]
    return progress["done"] / progress["total"] if known else None


def words(progress):
    """Return a report in words."""
    stage, part = progress["stage"], share(progress)
    if part is None:
        return WORDS.get(stage) or progress["words"]
    values = {
        "done": naming.byte_size(progress["done"]),
        "total": naming.byte_size(progress["total"]),
        "percent": int(100 * part),
    }
    if stage == "download":
        return say("Downloading the model: {done} of {total}, {percent} %", **values)
    return say("Opening the stored model: {done} of {total}, {percent} %", **values)
