"""What the window shows besides the page: light or dark, title, screen, keys, list, news.

Plain Python, so that its rules are tested under CPython too.
"""

from common.language.words import say
from ui.state import items

LIGHT, DARK = "light", "dark"

GRID, ROWS = "grid", "rows"

FEW = 3
"""So many photos have room beside the stage with all that can be said of each."""

LONG_BATCH = 30
"""Seconds from which the rest of a batch is long enough to do something else meanwhile."""

ENOUGH = 2
"""So many cutouts show what the page is good for."""

LONG_SECONDS = 5
"""A single photo that takes longer keeps the screen on."""


class Theme:
    """Light or dark: the system's (``is_dark``) until the user chooses the other one.

    ``kept`` is what an earlier visit has chosen, "" for nothing.
    """

    def __init__(self, is_dark, kept=""):
        self.is_dark = is_dark
        self.chosen = kept if kept in (LIGHT, DARK) else None
        """The user's own choice, ``None`` while the system decides."""

    @property
    def shown(self):
        """The theme of the page."""
        return self.chosen or self._system

    @property
    def _system(self):
        """The theme of the system."""
        return DARK if self.is_dark else LIGHT

    def switch(self):
        """Change to the other theme. Who comes back to the system's follows the system again."""
        other = LIGHT if self.shown == DARK else DARK
        self.chosen = None if other == self._system else other


def title(states, paused):
    """Return the title of the tab while photos of these ``states`` are worked on.

    "" where nothing is under way, so that the document's own title stands there.
    """
    if not is_busy(states, paused):
        return ""
    if len(states) == 1:
        return say("{percent} % · Homecut", percent=round(100 * items.STEPS[states[0]]))
    ended = len([state for state in states if state in items.ENDED])
    return say("{done}/{total} · Homecut", done=ended, total=len(states))


def is_busy(states, paused):
    """Tell whether something is done for photos of these states now, or will be by itself."""
    if paused:
        return any(state in items.WORKING for state in states)
    return any(state not in items.ENDED for state in states)


class Wakefulness:
    """Whether the screen is to stay on: during a batch, or a photo that takes long.

    ``since`` is when the present work began, in seconds of any clock, ``None`` between.
    """

    def __init__(self):
        self.since = None
        self._is_batch = False

    def look(self, states, paused, now):
        """Return whether the screen is to stay on; ``states`` are those of all photos."""
        if not is_busy(states, paused):
            self.since, self._is_batch = None, False
            return False
        if self.since is None:
            self.since = now
        if len([state for state in states if state not in items.ENDED]) > 1:
            self._is_batch = True
        return self._is_batch or now - self.since >= LONG_SECONDS


def layout_of(choice, count):
    """Return how ``count`` photos are listed: as chosen (``grid``, ``rows``), else few as rows.

    One alone is always a row, as there is nothing to overlook.
    """
    if count > 1 and choice in (GRID, ROWS):
        return choice
    return ROWS if count <= FEW else GRID


def stepped(key, place, count, right_to_left, lies):
    """Return the place (0 and on) that a key leads to from ``place``, ``None`` for another key.

    ``count`` photos stand in lines, read from the left or from the right; ``lies(place)`` returns
    (top, left) of one of them. Who walks out of the list stays in it.
    """
    if key in ("ArrowDown", "ArrowUp"):
        return beneath(place, count, 1 if key == "ArrowDown" else -1, lies)
    forth = -1 if right_to_left else 1
    steps = {"ArrowRight": forth, "ArrowLeft": -forth, "Home": -place, "End": count - 1 - place}
    if key not in steps:
        return None
    there = place + steps[key]
    return there if 0 <= there < count else place


def beneath(place, count, step, lies):
    """Return the nearest place in the next line, or the one before it with a ``step`` of -1.

    Lines need not be equally long: a photo that could not be done has one for itself.
    """
    top, left = lies(place)
    found, line, least = place, None, None
    there = place + step
    while 0 <= there < count:
        its_top, its_left = lies(there)
        if its_top != top:
            if line is not None and its_top != line:
                break
            line = its_top
            if least is None or abs(its_left - left) < least:
                found, least = there, abs(its_left - left)
        there += step
    return found


class InstallOffer:
    """Whether the page is to be offered for installing: after the second cutout of a visit."""

    def __init__(self):
        self.declined = False
        """Whether the user has said no, now or on an earlier visit."""
        self._made = []

    def note(self, item):
        """Count a photo that has become a cutout, each once."""
        if item.state == items.DONE and item.settings.cutout and item not in self._made:
            self._made = (self._made + [item])[:ENOUGH]

    def is_due(self, possible):
        """Tell whether to offer it; ``possible`` is whether the browser would install it."""
        return possible and not self.declined and len(self._made) >= ENOUGH


class BatchNews:
    """Whether the end of a batch is to be told to whoever is elsewhere."""

    def __init__(self):
        self.is_wanted = False
        """Whether the user wants to be told of the end of this batch."""
        self.is_offered = False
        """Whether it is long enough to be asked about."""

    def look(self, still_open, seconds_left, seen):
        """Take notice of how many photos have not ended; return whether the end is told now.

        ``seconds_left`` is ``None`` while that is unknown, ``seen`` tells whether the page is on
        top: then nothing has to be told.
        """
        if not still_open:
            due = self.is_wanted and not seen
            self.is_wanted = self.is_offered = False
            return due
        long = seconds_left is not None and seconds_left >= LONG_BATCH
        self.is_offered = not self.is_wanted and still_open > 1 and (long or self.is_offered)
        return False


def is_single_key(key):
    """Tell whether a shortcut is a single character: a letter, a digit, a sign (WCAG, 2.1.4).

    Those with Ctrl and keys such as Escape have longer names.
    """
    return len(key) == 1
