"""What was found in the photo's file beside its pixels, what of it is kept, and the proof."""

import asyncio

from common.errors import Refusal
from ui.browser import console, dom
from ui.panels.controls import Switch
from ui.panels.fields import fold
from ui.state import items

KEPT = (
    ("profile", "Keep the colour profile"),
    ("orientation", "Keep the orientation tag"),
    ("copyright", "Keep copyright and author"),
    ("resolution", "Keep the dots per inch"),
)


class ReceiptView:
    """The fold at the foot of a task panel; the same one for all three."""

    def __init__(self, scope, readable):
        self.scope = scope
        self.readable = readable
        self.element, self.summary = fold("In this file", "receipt")
        self.words = dom.create("p", "aside")
        self.list = dom.create("dl", "facts")
        self.switches = {}
        box = dom.create("div", "section")
        box.append(self.words, self.list)
        for key, label in KEPT:
            switch = Switch("keep-" + key, label, self._setter(key))
            self.switches[key] = switch
            box.append(switch.element)
        self.proof = dom.create("p", "aside")
        dom.describe(self.proof, "aria-live", "polite")
        box.append(self.proof)
        self.element.append(box)
        self._proved = None
        self._asked = None
        dom.on(self.element, "toggle", lambda event: self.draw())

    def _setter(self, key):
        """Return a function that writes what is kept."""
        return lambda value: self.scope.set_value("keep", key, value)

    def draw(self):
        """Show the receipt of the photo on the stage; it is read when it is not there yet."""
        item = self.scope.item()
        if item is None:
            return
        keep = self.scope.edit()["keep"]
        for key, switch in self.switches.items():
            switch.set(keep[key])
        if item.source.receipt is None:
            self._show([], "Reading the file.", "In this file")
            if item.ended and self._asked is not item:
                self._asked = item
                asyncio.create_task(self.readable.look_for_receipt(item))
            return
        entries = item.source.receipt["entries"]
        self._show(entries, *receipt_words(entries))
        self._prove(item)

    def _show(self, entries, words, title):
        """Write the list and what it amounts to."""
        self.summary.textContent = title
        self.words.textContent = words
        self.list.replaceChildren()
        for entry in entries:
            self.list.append(dom.create("dt", "", entry["label"]))
            self.list.append(dom.create("dd", "", str(entry["value"])))

    def _prove(self, item):
        """Read the finished file again and say what is left in it, once for each file."""
        if not self.element.open or item.result is None or item.state != items.DONE:
            return
        if self._proved is not item.result:
            self._proved = item.result
            self.proof.textContent = ""
            asyncio.create_task(self._read_again(item, item.result))

    async def _read_again(self, item, result):
        """Write what the saved file still holds."""
        try:
            entries = await self.readable.entries_of(result.file)
        except Refusal as error:
            console.report("no receipt of the result: " + error.code)
            return
        if result is item.result:
            left = [entry["label"] for entry in entries]
            words = "The new file was read again: none of this is in it."
            if left:
                words = "The new file was read again. It holds: " + ", ".join(left) + "."
            self.proof.textContent = words


def receipt_words(entries):
    """Return the sentence above the entries of a receipt and the fold's title."""
    if not entries:
        return "Nothing but the picture.", "In this file: only the picture"
    kinds = [entry["kind"] for entry in entries]
    found = [words for kind, words in (("gps", "position"), ("camera", "camera")) if kind in kinds]
    rest = len([kind for kind in kinds if kind not in ("gps", "camera")])
    if rest:
        found.append(str(rest) + (" more" if found else (" entries" if rest > 1 else " entry")))
    title = "In this file: " + ", ".join(found)
    return "All of this is left out of the new file, except what you keep.", title
