"""The line at the foot of the page that tells how far the network is with getting ready."""

from common import naming
from ui.browser import dom

WORDS = {
    "start": "Getting ready",
    "session": "Preparing the network",
    "graphics card": "Testing the graphics card",
    "ready": "Ready",
}
"""What each stage is called on the screen; a failure brings its own sentence."""


def draw(progress):
    """Show a report of :class:`ui.work.engine.Engine`."""
    stage, done, total = progress["stage"], progress["done"], progress["total"]
    dom.show("engine", stage != "ready")
    bar = dom.element("engine-progress")
    if stage in ("download", "reopen") and total:
        percent = int(100 * done / total)
        verb = "Downloading the model" if stage == "download" else "Opening the stored model"
        amount = naming.byte_size(done) + " of " + naming.byte_size(total)
        text = verb + ": " + amount + ", " + str(percent) + " %"
        bar.value = done / total
    else:
        text = WORDS.get(stage) or progress["words"]
        bar.removeAttribute("value")
        dom.show(bar, stage != "failed")
    dom.element("engine-label").textContent = text
    if stage in ("ready", "failed"):
        dom.announce(text)
