"""What the browser's window shows besides the page: light or dark.

Plain Python, so that its rules are tested under CPython too.
"""

LIGHT, DARK = "light", "dark"


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
