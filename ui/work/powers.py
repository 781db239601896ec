"""What work needs of the browser, handed in, so that all of it runs in CPython with fakes."""


class Powers:
    """The few powers of the browser that this room uses.

    ``clock`` has ``seconds()`` and ``await sleep(seconds)``
    (:mod:`ui.browser.clock`); ``blobs`` makes and reads Blobs (:mod:`ui.browser.blobs`);
    ``bitmaps`` lets the browser decode pictures (:mod:`ui.browser.bitmaps`); ``report(reason)``
    writes for a developer what no user needs to know.
    """

    def __init__(self, clock, blobs, bitmaps, report):
        self.clock = clock
        self.blobs = blobs
        self.bitmaps = bitmaps
        self.report = report


PATIENCE = 180
"""Seconds for one call of the pixel worker; a 50-megapixel picture on a slow phone needs a good
part of it."""
