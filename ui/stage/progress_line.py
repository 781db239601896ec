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
    stage, done, total = progress["stage"], progress["done"], progress["total"]
    dom.show("engine", stage != "ready")
    bar = dom.element("engine-progress")
    if stage in ("download", "reopen") and total:
        percent = int(100 * done / total)
        values = {
            "done": naming.byte_size(done),
            "total": naming.byte_size(total),
            "percent": percent,
        }
        if stage == "download":
            text = say("Downloading the model: {done} of {total}, {percent} %", **values)
        else:
            text = say("Opening the stored model: {done} of {total}, {percent} %", **values)
        bar.value = done / total
    else:
        text = WORDS.get(stage) or progress["words"]
        bar.removeAttribute("value")
        dom.show(bar, stage != "failed")
    dom.element("engine-label").textContent = text
    if stage in ("ready", "failed"):
        dom.announce(text)
