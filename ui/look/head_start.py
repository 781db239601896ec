"""When the pixel worker's interpreter may start, where it would take the first look's cores.

A first look needs the small network alone. Where two cores have to do everything, Python waits
until it is there, or until that network is, if there is no photo yet; then it starts beside the
large network's session, which keeps one core busy (``assets/js/pyodide.js``).
"""


class HeadStart:
    """Gives the word once; who wants the pixel worker waits only for first looks under way."""

    def __init__(self, give):
        """``give()`` lets the interpreter start."""
        self._give = give
        self._is_given = False
        self._is_wanted = False
        self._looks = 0

    def wanted(self):
        """Something waits for the pixel worker, or nothing else needs the cores."""
        self._is_wanted = True
        self._look()

    def progressed(self, progress):
        """Hear how far the networks are: of the large one is told once the small one is there."""
        if progress["stage"] != "start":
            self.wanted()

    def hold(self):
        """A first look begins."""
        self._looks += 1

    def let_go(self):
        """A first look has ended, whatever came of it."""
        self._looks -= 1
        self._look()

    def _look(self):
        """Give the word if it is time."""
        if self._is_wanted and not (self._looks or self._is_given):
            self._is_given = True
            self._give()
