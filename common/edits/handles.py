"""What becomes of a frame that a hand or a key drags: a box that is moved, or one of its edges.

A grip says what is held: (across, down), -1 for the left or upper edge, 1 for the right or lower
one, 0 for neither; (0, 0) holds the box itself. Where a box may lie is asked of ``fits(box)``,
which has to hold for all boxes between two for which it holds. All in one unit, such as pixels.
"""

HALVINGS = 24
"""So near does a dragged edge come to where it may not go: a part in 16 million of the way."""


def grip_at(
    box: tuple[float, float, float, float], x: float, y: float, reach: float
) -> tuple[int, int] | None:
    """Return what of a box is held at a point, ``None`` for nothing.

    ``reach`` is how near to an edge counts as on it; of two edges as near the nearer one is held.
    """
    left, top, right, bottom = box
    if not (left - reach <= x <= right + reach and top - reach <= y <= bottom + reach):
        return None
    return _side(left, right, x, reach), _side(top, bottom, y, reach)


def _side(low: float, high: float, place: float, reach: float) -> int:
    """Return which of two edges is held at a place, 0 for none."""
    # A small box must have a middle to be moved by.
    near = min(reach, max((high - low) / 4, 0.0))
    if abs(place - low) <= (reach if place < low else near):
        return -1
    return 1 if abs(place - high) <= (reach if place > high else near) else 0


def dragged(
    box: tuple[float, float, float, float],
    grip: tuple[int, int],
    by: tuple[float, float],
    ratio: float,
    least: float,
    fits: object,
) -> tuple[float, float, float, float]:
    """Return a box after a grip was dragged ``by`` (across, down).

    ``ratio`` (width by height) is kept unless it is 0; no side gets shorter than ``least``, unless
    it was. ``fits(box)`` tells where a box may lie; ``box`` has to lie there.
    """
    if grip == (0, 0):
        across = _as_far(box, (box[0] + by[0], box[1], box[2] + by[0], box[3]), fits)
        return _as_far(across, (across[0], across[1] + by[1], across[2], across[3] + by[1]), fits)
    if ratio:
        return _as_far(box, _in_form(box, grip, by, ratio, least), fits)
    left, right = _edges(box[0], box[2], grip[0], by[0], least)
    across = _as_far(box, (left, box[1], right, box[3]), fits)
    top, bottom = _edges(box[1], box[3], grip[1], by[1], least)
    return _as_far(across, (across[0], top, across[2], bottom), fits)


def _edges(low: float, high: float, side: int, by: float, least: float) -> tuple[float, float]:
    """Return two edges after one of them was dragged."""
    least = min(least, high - low)
    if side < 0:
        return min(low + by, high - least), high
    return low, max(high + by, low + least) if side else high


def _in_form(
    box: tuple[float, float, float, float],
    grip: tuple[int, int],
    by: tuple[float, float],
    ratio: float,
    least: float,
) -> tuple[float, float, float, float]:
    """Return a box of a form after a grip was dragged: the far corner, or the middle, stays."""
    width, height = box[2] - box[0], box[3] - box[1]
    wide, high = width + grip[0] * by[0], height + grip[1] * by[1]
    if not grip[1] or (grip[0] and wide - width > (high - height) * ratio):
        high = wide / ratio
    shortest = min(least, width, height)
    high = max(high, shortest, shortest / ratio)
    wide = high * ratio
    left, top = (box[0] + box[2] - wide) / 2, (box[1] + box[3] - high) / 2
    if grip[0]:
        left = box[2] - wide if grip[0] < 0 else box[0]
    if grip[1]:
        top = box[3] - high if grip[1] < 0 else box[1]
    return left, top, left + wide, top + high


def _as_far(
    start: tuple[float, float, float, float],
    wish: tuple[float, float, float, float],
    fits: object,
) -> tuple[float, float, float, float]:
    """Return the box on the way from ``start`` to ``wish`` that is as far as it may go."""
    if not callable(fits):
        raise TypeError("fits is a function")
    if fits(wish):
        return wish
    known, far = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (known + far) / 2
        if fits(_between(start, wish, middle)):
            known = middle
        else:
            far = middle
    return _between(start, wish, known)


def _between(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float], share: float
) -> tuple[float, float, float, float]:
    """Return the box that lies ``share`` of the way from one to the other."""
    edges = [one[at] + share * (other[at] - one[at]) for at in range(4)]
    return edges[0], edges[1], edges[2], edges[3]
