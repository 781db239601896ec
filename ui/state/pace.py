"""How fast the network is on this device, learned from its passes, and when it counts as hung."""

FIRST_PATIENCE = 240
"""Seconds for a pass of the network as long as none has told how fast this device is."""

SLOWEST = 10
"""A pass may take so many times what the passes before let expect, for devices get hot and busy."""

LEAST_PATIENCE = 20
"""Seconds that every pass may take."""


class Pace:
    """The speed of the network: seconds for each pixel of the network's input."""

    def __init__(self):
        self._seconds_per_pixel = 0

    def learn(self, side, seconds):
        """Learn from a pass of ``side`` x ``side`` pixels that took ``seconds``."""
        self._seconds_per_pixel = max(seconds / (side * side), self._seconds_per_pixel / 2)

    def expected(self, side):
        """Return the seconds that a pass is expected to take; 0 when nothing is known."""
        return self._seconds_per_pixel * side * side

    def patience(self, side):
        """Return after how many seconds a pass counts as hung."""
        if not self._seconds_per_pixel:
            return FIRST_PATIENCE
        return min(FIRST_PATIENCE, max(LEAST_PATIENCE, SLOWEST * self.expected(side)))
