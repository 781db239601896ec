"""A file fits under its limit after few tries, at nearly the best quality. Runs on MicroPython."""

from common.edits.quality_search import MOST_TRIES, QualitySearch, _log2


def jpeg_like(quality, scale):
    """Return a size that grows slowly up to 80 and steeply towards 100."""
    return int((20000 + 900 * quality + 40 * 2 ** ((quality - 40) / 5)) * scale**1.7)


def steep(quality, scale):
    return int(1000 * 1.09**quality * scale**2) + 200


def flat(quality, scale):
    """Return a size that hardly depends on quality: a drawing."""
    return int((50000 + 20 * quality) * scale**1.2) + 300


def stairs(quality, scale):
    """Return a size that stays for several qualities and then jumps."""
    return int(4000 * (quality // 12 + 1) ** 2 * scale**1.8) + 100


def noise(quality, scale):
    """Return a size that falls ninetyfold, ever faster: AVIF of nothing but noise."""
    return int((600 + 3 * quality**2.2) * scale**1.9)


CURVES = (jpeg_like, steep, flat, stairs, noise)


def searched(curve, limit, highest=90, may_shrink=False):
    """Return the finished search."""
    search = QualitySearch(limit, highest, may_shrink)
    while search.next() is not None:
        quality, scale = search.next()
        assert 1 <= quality <= highest
        assert 0 < scale <= 1
        search.tell(curve(quality, scale))
    assert len(search.tries) <= MOST_TRIES
    return search


def test_what_fits_at_the_wished_quality_is_tried_once():
    search = searched(jpeg_like, 10000000)
    assert search.tries == [(90, 1.0, jpeg_like(90, 1.0))]
    assert search.best == search.tries[0]


def test_the_best_quality_that_fits_is_found_or_nearly():
    for curve in CURVES:
        for highest in (100, 90, 75):
            low, high = curve(1, 1), curve(highest, 1)
            for part in (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99):
                limit = int(low + (high - low) * part)
                best = searched(curve, limit, highest).best
                assert best is not None, (curve, limit)
                quality, scale, size = best
                assert scale == 1.0
                assert size <= limit
                optimum = max(q for q in range(1, highest + 1) if curve(q, 1) <= limit)
                near = optimum - quality <= 4 or size >= 0.9 * limit
                assert near, (curve, highest, part, quality, optimum, size / limit)


def test_without_leave_to_shrink_the_lowest_quality_is_tried_last():
    search = searched(flat, 30000)
    assert search.best is None
    assert search.tries[-1] == (1, 1.0, flat(1, 1))


def test_with_leave_to_shrink_it_always_fits_in_reason():
    for curve in CURVES:
        for part in (0.9, 0.5, 0.2, 0.05, 0.02):
            limit = int(curve(90, 1) * part)
            best = searched(curve, limit, may_shrink=True).best
            assert best is not None, (curve, part)
            assert best[2] <= limit
            if best[1] < 1:
                assert best[0] == 50
                assert best[2] >= 0.6 * limit, (curve, part, best)


def test_shrinking_begins_only_when_quality_is_used_up():
    best = searched(jpeg_like, jpeg_like(60, 1), may_shrink=True).best
    assert best[1] == 1.0
    assert best[0] >= 56
    best = searched(jpeg_like, jpeg_like(40, 1), may_shrink=True).best
    assert best[1] < 1
    low = searched(jpeg_like, jpeg_like(20, 1), highest=30, may_shrink=True).best
    assert low[0] == 30


def test_a_limit_out_of_reach_ends():
    search = searched(lambda quality, scale: 5000, 4000, may_shrink=True)
    assert search.best is None
    assert 1 <= len(search.tries) <= MOST_TRIES


def test_a_late_answer_changes_nothing():
    search = searched(jpeg_like, 10000000)
    search.tell(5)
    assert len(search.tries) == 1
    assert search.next() is None


def test_the_logarithm():
    for power in (-7, -1, 0, 1, 13):
        assert abs(_log2(2.0**power) - power) < 0.002
    assert abs(_log2(3) - 1.58496) < 0.002
    assert abs(_log2(0.7) + 0.51457) < 0.002
