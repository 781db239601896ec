"""What was found in the photo's file beside its pixels, what of it is kept, and the proof."""

import asyncio

from common import formats
from common.errors import Refusal
from common.language.words import listed, say, say_count
from ui.browser import console, dom
from ui.panels.controls import Switch
from ui.panels.fields import fold
from ui.state import items

KEPT = (
    ("profile", say("Keep the colour profile")),
    ("orientation", say("Keep the orientation tag")),
    ("copyright", say("Keep copyright and author")),
    ("resolution", say("Keep the dots per inch")),
)


class ReceiptView:
    """The fold at the foot of a task panel; the same one for all three."""

    def __init__(self, scope, readable):
        self.scope = scope
        self.readable = readable
        self.element, self.summary = fold(say("In this file"), "receipt")
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
        settings = self.scope.edit()
        held = formats.FORMATS[settings["export"]["format"]].holds
        for key, switch in self.switches.items():
            switch.set(settings["keep"][key])
            dom.show(switch.element, key in held)
        if item.source.receipt is None:
            self._show([], say("Reading the file."), say("In this file"))
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
            self.list.append(dom.create("dt", "", say(entry["label"])))
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
            left = [say(entry["label"]) for entry in entries]
            words = say("The new file was read again: none of this is in it.")
            if left:
                words = say("The new file was read again. It holds: {things}.", things=listed(left))
            self.proof.textContent = words


def receipt_words(entries):
    """Return the sentence above the entries of a receipt and the fold's title."""
    if not entries:
        return say("Nothing but the picture."), say("In this file: only the picture")
    kinds = [entry["kind"] for entry in entries]
    found = [
        words
        for kind, words in (("gps", say("position")), ("camera", say("camera")))
        if kind in kinds
    ]
    rest = len([kind for kind in kinds if kind not in ("gps", "camera")])
    if rest:
        found.append(
            say_count("{count} more", "{count} more", rest)
            if found
            else say_count("{count} entry", "{count} entries", rest)
        )
    title = say("In this file: {things}", things=listed(found))
    return say("All of this is left out of the new file, except what you keep."), title
