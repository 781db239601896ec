"""The layers of the networks as a map: one bar for each, as wide as it has multiplications.

Layers that can be looked into have a button; what their channels answer appears below it.
"""

import json

from ui.browser import dom
from ui.lab.stage_view import draw_pictures


class LayerView:
    """Draws the map into ``target``; ``begin`` starts a coroutine.

    ``look(key, outputs, layer)`` is one that answers with values (``pictures`` and
    ``text``, or ``error``) and the pictures' buffer.
    """

    def __init__(self, target, look, begin):
        self._target, self._look, self._begin = target, look, begin
        self._shown = None

    def draw(self, text):
        """Draw the layers that ``assets/lab/layers.json`` lists, a network after the other."""
        for key, network in json.loads(text).items():
            layers = network["layers"]
            total = sum([layer["multiplications"] for layer in layers])
            largest = max([layer["multiplications"] for layer in layers])
            details = dom.create("details", "lab-layers")
            words = network["name"] + " at " + str(network["size"]) + " x " + str(network["size"])
            words += ": " + str(len(layers)) + " convolutions, "
            words += billions(total) + " multiplications"
            details.append(dom.create("summary", "", words))
            rows = dom.create("ul")
            for layer in layers:
                rows.append(self._row(key, network["outputs"], layer, largest))
            details.append(rows)
            self._target.append(details)

    def _row(self, key, outputs, layer, largest):
        """Return the line of one layer."""
        line = dom.create("li")
        bar = dom.create("span", "lab-layer-bar")
        share = max(1, round(100 * layer["multiplications"] / largest))
        dom.paint(bar, "--share", str(share) + "%")
        line.append(bar, dom.create("span", "", words_of(layer)))
        if "activation" in layer:
            button = dom.create("button", "quiet", "Look inside")
            button.type = "button"
            dom.describe(button, "aria-label", "Look inside " + layer["name"])
            dom.on(
                button,
                "click",
                lambda event: self._begin(self._open(key, outputs, layer, line, button)),
            )
            line.append(button)
        return line

    async def _open(self, key, outputs, layer, line, button):
        """Show what a layer answers, below its line, and take away what was shown before."""
        button.disabled = True
        try:
            values, data = await self._look(key, outputs, layer)
        finally:
            button.disabled = False
        self.clear()
        self._shown = dom.create("div", "lab-inside")
        self._shown.append(dom.create("p", "lab-status", values.get("error") or values["text"]))
        if data is not None:
            pictures = dom.create("div", "lab-pictures")
            draw_pictures(pictures, values["pictures"], data)
            self._shown.append(pictures)
        line.append(self._shown)
        button.focus()

    def clear(self):
        """Take away what is shown; it belongs to an earlier photo."""
        if self._shown is not None:
            self._shown.remove()
            self._shown = None


def words_of(layer):
    """Return what a layer is in words."""
    shape = " x ".join([str(length) for length in layer["shape"]])
    kernel = " x ".join([str(length) for length in layer["kernel"]])
    return (
        layer["name"]
        + ", kernel "
        + kernel
        + ", result "
        + shape
        + ", "
        + billions(layer["multiplications"])
        + " "
    )


def billions(number):
    """Return a number of multiplications in words."""
    if number >= 1e9:
        return "%.2f billion" % (number / 1e9)
    return "%.1f million" % (number / 1e6)
