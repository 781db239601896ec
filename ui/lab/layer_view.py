"""The layers of the networks: one of them to be looked into, and all of them as a map.

In the map stands one bar for each, as wide as it has multiplications.
"""

import json

from ui.browser import dom
from ui.lab import layer_words
from ui.lab.stage_view import draw_pictures, glossary

HOW_LONG = (
    "The first look runs the network once more with its layers open, which takes about half a "
    "minute; Stop, at the foot of the window, ends it. After that each layer is there at once."
)


class LayerView:
    """Draws the layers into ``target``; ``begin`` starts a coroutine.

    ``look(key, outputs, layer, waiting)`` is one that answers with values (``pictures`` and
    ``text``, or ``error``) and the pictures' buffer, and calls ``waiting(words)`` meanwhile.
    """

    def __init__(self, target, look, begin):
        self._target, self._look, self._begin = target, look, begin
        self._shown = None

    def draw(self, text):
        """Draw the layers that ``assets/lab/layers.json`` lists, a network after the other."""
        for key, network in json.loads(text).items():
            layers = network["layers"]
            total = sum([layer["multiplications"] for layer in layers])
            words = network["name"] + " at " + str(network["size"]) + " x " + str(network["size"])
            words += ": " + str(len(layers)) + " convolutions, "
            words += layer_words.billions(total) + " multiplications"
            details = dom.create("details", "lab-layers")
            details.append(dom.create("summary", "", words), dom.create("p", "lab-hint", HOW_LONG))
            details.append(self._chooser(key, network))
            details.append(glossary("Words in the layers' names", layer_words.NAMES), every(layers))
            self._target.append(details)

    def _chooser(self, key, network):
        """Return the list of the layers that can be looked into, and the button."""
        inner = [layer for layer in network["layers"] if "activation" in layer]
        place, row = dom.create("div"), dom.create("div", "lab-buttons")
        choice = dom.create("select")
        dom.describe(choice, "aria-label", "Layer of " + network["name"])
        for layer in inner:
            words = layer["name"] + ": " + layer_words.sentence_of(layer)
            option = dom.create("option", "", words)
            option.value = layer["name"]
            choice.append(option)
        button = dom.create("button", "quiet", "Look inside")
        button.type = "button"

        def look():
            """Look into the layer that is chosen."""
            (layer,) = [layer for layer in inner if layer["name"] == choice.value]
            self._begin(self._open(key, network["outputs"], layer, place, button))

        dom.on(button, "click", lambda event: look())
        row.append(choice, button)
        place.append(row)
        return place

    async def _open(self, key, outputs, layer, place, button):
        """Show what a layer answers, and take away what was shown before."""
        button.disabled = True
        self.clear()
        self._shown = shown = dom.create("div", "lab-inside")
        words = dom.create("p", "lab-status")
        shown.append(words)
        place.append(shown)

        def waiting(text):
            """Show how long it takes, as long as nothing else is to be shown."""
            if self._shown is shown:
                words.textContent = text

        try:
            values, data = await self._look(key, outputs, layer, waiting)
        except Exception:
            shown.remove()
            raise
        finally:
            button.disabled = False
        words.textContent = values.get("error") or values["text"]
        if data is not None:
            shown.append(dom.create("p", "lab-hint", "It is " + layer_words.sentence_of(layer)))
            pictures = dom.create("div", "lab-pictures")
            draw_pictures(pictures, values["pictures"], data)
            shown.append(pictures)
        button.focus()

    def clear(self):
        """Take away what is shown; it belongs to an earlier photo."""
        if self._shown is not None:
            self._shown.remove()
            self._shown = None


def comparison(ask):
    """Return the button that asks the network at several sides; ``ask()`` does it."""
    words = "Compare ISNet at 320, 512, 704 and 1024, and U²-Netp"
    button = dom.create("button", "quiet", words)
    button.type = "button"
    dom.on(button, "click", lambda event: ask())
    return button


def every(layers):
    """Return the map of all layers, which opens on demand."""
    largest = max([layer["multiplications"] for layer in layers])
    rows = dom.create("ul")
    for layer in layers:
        line, bar = dom.create("li"), dom.create("span", "lab-layer-bar")
        share = max(1, round(100 * layer["multiplications"] / largest))
        dom.paint(bar, "--share", str(share) + "%")
        line.append(bar, dom.create("span", "", layer_words.words_of(layer)))
        rows.append(line)
    made = dom.create("details")
    made.append(dom.create("summary", "", "All " + str(len(layers)) + " convolutions"), rows)
    return made
