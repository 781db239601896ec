"""How far a turn of the wheel zooms: in proportion to the turn, so that trackpads are not fast."""

NOTCH = 100
"""CSS pixels of one notch of a mouse wheel."""

UNITS = (1, 33, 400)
"""CSS pixels of what a wheel event counts in: pixels, lines, pages (UI Events, ``deltaMode``)."""

MOST = 3
"""Notches that count at most in one event."""


def zoom_factor(delta, mode, step):
    """Return the factor for a turn of ``delta`` in the unit ``mode``; one notch up is ``step``."""
    notches = -delta * UNITS[mode] / NOTCH
    return step ** max(-MOST, min(MOST, notches))
