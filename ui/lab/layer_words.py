"""What the layers of the networks are, in a sentence for each kind, and what their names mean.

Plain Python: only the description of a layer is looked at, as ``assets/lab/layers.json`` has it.
"""

FIRST = "the first step: it sees the photo itself, and answers to edges and colours."
DOWN = "on the way down: the pictures get smaller, and what they answer to gets larger."
UP = "on the way up: what was found below is drawn at a finer size again."
INNER = "an inner step: the smaller its pictures, the more of the photo each value knows."
SIDE = "a side output: one picture, the mask as it is known at this depth."
MASK = "the last step: it joins six side outputs to the mask."

NAMES = (
    ("conv", "A convolution: each new pixel is a weighted sum of the pixels around the old one."),
    ("conv_in", "The first one, into which the photo goes."),
    ("stage3", "A block of layers on the way down, the encoder: there are six."),
    ("stage3d", "A block on the way up, the decoder: it ends as large as its partner began."),
    ("rebnconv", "A convolution, its values brought to a common range, negative ones made 0."),
    ("side1", "A side output: one picture drawn from a block of the way up."),
    ("Conv_472", "The file of U²-Netp has no names, only numbers in the order of the work."),
)
"""Parts of the layers' names: part and sentence."""


def sentence_of(layer):
    """Return what kind of layer this is: half a sentence that follows its name and a colon."""
    outputs, inputs = layer["kernel"][:2]
    if outputs == 1:
        return MASK if inputs == 6 else SIDE
    if inputs == 3:
        return FIRST
    block = layer["name"].split("/")[1] if "/" in layer["name"] else ""
    if not block:
        return INNER
    return UP if block.endswith("d") else DOWN


def words_of(layer):
    """Return a layer's name and sizes in words."""
    kernel, shape = times(layer["kernel"]), times(layer["shape"])
    words = layer["name"] + ", kernel " + kernel + ", result " + shape
    return words + ", " + billions(layer["multiplications"])


def times(lengths):
    """Return lengths as ``64 x 3 x 3``."""
    return " x ".join([str(length) for length in lengths])


def billions(number):
    """Return a number of multiplications in words."""
    if number >= 1e9:
        return "%.2f billion" % (number / 1e9)
    return "%.1f million" % (number / 1e6)
