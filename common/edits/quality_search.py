"""Finds the best quality at which a file stays under a size, in at most eight encodings.

The caller encodes, this only decides what to try next, so it is the same for every codec and can
be tested without one::

    search = QualitySearch(limit_bytes, highest, may_shrink)
    while search.next() is not None:
        quality, scale = search.next()
        search.tell(len(encode(quality, scale)))
    search.best  # (quality, scale, bytes), or None when nothing fits

The size of a file grows with quality faster than in proportion, so the logarithm of the size is
interpolated between the known qualities. Where fewer pixels are allowed, quality stops falling at
:data:`LOWEST_BEFORE_SHRINKING`: a smaller picture looks better than a blocky one.
"""

MOST_TRIES = 8

LOWEST_BEFORE_SHRINKING = 50
"""Quality below which the picture is made smaller instead, where that is allowed."""

CLOSE_ENOUGH = 0.95
"""A file that fills this part of the limit is not improved any more."""

SAFETY = 0.97
"""Part of the limit that is aimed at, since predictions are not exact."""

SMALLEST_SCALE = 0.02

SLOPE = 0.05
"""How much the binary logarithm of a file's size grows per step of quality, at most: JPEG and WebP
double every 20 steps or slower, except near 100."""


class QualitySearch:
    """One search; ``highest`` is the quality that the user would have, 1..100.

    ``may_shrink`` allows fewer pixels where quality alone does not get below ``limit_bytes``.
    """

    def __init__(self, limit_bytes: int, highest: int, may_shrink: bool = False) -> None:
        self.limit = limit_bytes
        self.highest = highest
        self.may_shrink = may_shrink
        self.lowest = min(highest, LOWEST_BEFORE_SHRINKING if may_shrink else 1)
        self.tries: list[tuple[int, float, int]] = []
        """What was tried: quality, scale, bytes."""
        self.best: tuple[int, float, int] | None = None
        """The best that fits: quality, scale, bytes; ``None`` while nothing fits."""
        self._wish: tuple[int, float] | None = (highest, 1.0)

    def next(self) -> tuple[int, float] | None:
        """Return the quality and the scale (of each side, 0..1) to try, ``None`` at the end."""
        return self._wish

    def tell(self, size: int) -> None:
        """Take in how many bytes the last wish gave."""
        if self._wish is None:
            return
        quality, scale = self._wish
        self.tries.append((quality, scale, size))
        better = self.best is None or (scale, quality) > (self.best[1], self.best[0])
        if size <= self.limit and better:
            self.best = (quality, scale, size)
        self._wish = None if len(self.tries) >= MOST_TRIES else self._decided()

    def _decided(self) -> tuple[int, float] | None:
        """Return what to try next: a quality at full size, or else a scale."""
        full = [(quality, size) for quality, scale, size in self.tries if scale == 1.0]
        fitting = [entry for entry in full if entry[1] <= self.limit]
        beyond = [entry for entry in full if entry[1] > self.limit]
        if not beyond:
            return None
        above = min(beyond)
        if not fitting:
            if above[0] <= self.lowest:
                return self._scale()
            # The last tries belong to the lowest quality and to shrinking.
            late = len(self.tries) >= (2 if self.may_shrink else MOST_TRIES - 2)
            return (self.lowest, 1.0) if late else (self._falling(above, beyond), 1.0)
        below = max(fitting)
        if below[0] + 1 >= above[0] or below[1] >= CLOSE_ENOUGH * self.limit:
            return None
        return self._between(below, above), 1.0

    def _falling(self, above: tuple[int, int], beyond: list[tuple[int, int]]) -> int:
        """Return a lower quality to try while every known one is too large."""
        slope = SLOPE
        others = [entry for entry in beyond if entry[0] > above[0] and entry[1] > above[1]]
        if others:
            nearest = min(others)
            slope = min(slope, _log2(nearest[1] / above[1]) / (nearest[0] - above[0]))
        excess = _log2(above[1] / (self.limit * SAFETY))
        step = int(excess / max(slope, 0.005)) + 1
        return max(self.lowest, min(above[0] - 1, above[0] - step))

    def _between(self, below: tuple[int, int], above: tuple[int, int]) -> int:
        """Return a quality between one that fits and one that does not."""
        room = _log2(self.limit * SAFETY / below[1])
        whole = max(_log2(above[1] / below[1]), 0.001)
        guess = below[0] + int((above[0] - below[0]) * max(0.0, room) / whole)
        # Interpolation may creep along one side; the middle at times halves what is left.
        if len(self.tries) % 3 == 2:
            guess = (below[0] + above[0]) // 2
        return max(below[0] + 1, min(above[0] - 1, guess))

    def _scale(self) -> tuple[int, float] | None:
        """Return the lowest quality with fewer pixels, ``None`` when that is not allowed."""
        if not self.may_shrink:
            return None
        small = [(scale, size) for quality, scale, size in self.tries if quality == self.lowest]
        fitting = [entry for entry in small if entry[1] <= self.limit]
        beyond = sorted([entry for entry in small if entry[1] > self.limit])
        scale, size = beyond[0]
        if fitting:
            known = max(fitting)
            if known[1] >= 0.85 * self.limit or scale - known[0] < 0.02:
                return None
            middle = known[0] * (self.limit * SAFETY / known[1]) ** 0.5
            return self.lowest, min(middle, (known[0] + scale) / 2)
        # Files shrink with the pixels at best, and more slowly the more of them is overhead.
        power = 2.0
        if len(beyond) > 1 and beyond[1][1] > size:
            power = _log2(beyond[1][1] / size) / _log2(beyond[1][0] / scale)
        smaller = scale * min((self.limit * SAFETY / size) ** (1 / max(0.5, power)), 0.95)
        return None if smaller < SMALLEST_SCALE else (self.lowest, smaller)


def _log2(ratio: float) -> float:
    """Return the binary logarithm of a number above 0 to about 0.001.

    Digit by digit, since this room uses built-ins only.
    """
    whole = 0
    while ratio >= 2:
        ratio /= 2
        whole += 1
    while ratio < 1:
        ratio *= 2
        whole -= 1
    fraction, weight = 0.0, 0.5
    for _ in range(10):
        ratio *= ratio
        if ratio >= 2:
            ratio /= 2
            fraction += weight
        weight /= 2
    return whole + fraction
