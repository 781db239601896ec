"""The layers of the networks as a map: one bar for each, as wide as it has multiplications."""

import json

from ui.browser import dom


def draw(target, text):
    """Draw the layers that ``assets/lab/layers.json`` lists, a network after the other."""
    for network in json.loads(text).values():
        layers = network["layers"]
        total = sum([layer["multiplications"] for layer in layers])
        largest = max([layer["multiplications"] for layer in layers])
        details = dom.create("details", "lab-layers")
        words = network["name"] + " at " + str(network["size"]) + " x " + str(network["size"])
        words += ": " + str(len(layers)) + " convolutions, " + billions(total) + " multiplications"
        details.append(dom.create("summary", "", words))
        rows = dom.create("ul")
        for layer in layers:
            rows.append(row(layer, largest))
        details.append(rows)
        target.append(details)


def row(layer, largest):
    """Return the line of one layer."""
    line = dom.create("li")
    bar = dom.create("span", "lab-layer-bar")
    dom.paint(bar, "--share", str(max(1, round(100 * layer["multiplications"] / largest))) + "%")
    shape = " x ".join([str(length) for length in layer["shape"]])
    kernel = " x ".join([str(length) for length in layer["kernel"]])
    words = layer["name"] + ", kernel " + kernel + ", result " + shape + ", "
    words += billions(layer["multiplications"])
    line.append(bar, dom.create("span", "", words))
    return line


def billions(number):
    """Return a number of multiplications in words."""
    if number >= 1e9:
        return "%.2f billion" % (number / 1e9)
    return "%.1f million" % (number / 1e6)
