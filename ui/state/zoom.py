"""How large the picture on the stage is: its zoom in true percent, and what the wheel does to it.

A zoom of 1 shows the whole picture. 100 % is one pixel of the picture, at the full size of its
file, for each pixel of the screen. Plain Python, tested on CPython.
"""

from ui.state.records import STAGE_SIDE

NOTCH = 100
"""CSS pixels of one notch of a mouse wheel."""

UNITS = (1, 33, 400)
"""CSS pixels of what a wheel event counts in: pixels, lines, pages (UI Events, ``deltaMode``)."""

E = 2.718281828

MOST = 3
"""Notches that count at most in one event."""

LARGEST = 16
"""How far the whole picture can be enlarged; as far as twice its own pixels in any case."""


def pixels(delta, mode):
    """Return the CSS pixels of a turn of ``delta`` in the unit ``mode``."""
    return delta * UNITS[mode]


def zoom_factor(delta, mode, step):
    """Return the factor for a turn of ``delta`` in the unit ``mode``; one notch up is ``step``.

    What turns by less than half a notch is two fingers on a trackpad: browsers tell a pinch as
    small turns, 100 pixels for each factor of e.
    """
    turn = pixels(delta, mode)
    if abs(turn) < NOTCH / 2:
        return E ** (-turn / 100)
    return step ** max(-MOST, min(MOST, -turn / NOTCH))


def fit(box, size, ratio):
    """Return how many pixels of the screen a pixel of the whole picture is wide.

    ``box`` (width, height) of the stage in CSS pixels, ``size`` of the picture in its own pixels,
    ``ratio`` pixels of the screen for each CSS pixel.
    """
    return min(box[0] / size[0], box[1] / size[1]) * ratio


def limits(whole):
    """Return the least and the largest zoom of a picture that fits at ``whole`` (:func:`fit`)."""
    return min(1.0, 1 / whole), max(LARGEST, 2 / whole)


def held(offset, length, zoom):
    """Return an offset that keeps a picture's edge outside the stage, or a small one in its middle.

    ``offset`` and the stage's ``length`` in CSS pixels.
    """
    room = length * (1 - zoom)
    return room / 2 if zoom <= 1 else min(0.0, max(room, offset))


def full_size(item, shown, fresh, whole):
    """Return (width, height) of the picture on the stage at its full size, in pixels.

    ``shown`` is the size of the copy that is on the stage, ``fresh`` tells whether the item's file
    shows the present settings, ``whole`` is the size of the photo as it is turned and cropped
    there, (0, 0) while unknown. Before the file of a new frame is made, its size follows from the
    copy.
    """
    source, result = (item.source.width, item.source.height), item.result
    if fresh and result is not None and result.size:
        return result.size
    if not source[0]:
        return shown
    if not item.pictures.framed:
        return whole
    larger = max(1, max(source) / STAGE_SIDE)
    return round(shown[0] * larger), round(shown[1] * larger)
