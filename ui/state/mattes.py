"""What the network has said about one photo: of all of it, and of what the user has pointed at.

One matte for each list of places that was ever asked about, so that taking a place back needs no
network. Plain Python, so that its rules are tested under CPython too.
"""

import json

WHOLE = ()
"""The places of a photo that nobody has pointed at anything in."""


class Mattes:
    """The mattes of one photo, Blobs of side x side bytes, by the places that they show."""

    def __init__(self):
        self._known = {}

    def __bool__(self):
        """Tell whether the network has said anything yet."""
        return bool(self._known)

    def of(self, places):
        """Return the matte of a list of places (none: the whole photo), ``None`` while unknown."""
        return self._known.get(json.dumps(list(places)))

    def keep(self, places, matte):
        """Remember the matte of a list of places; ``None`` forgets it."""
        if matte is None:
            self._known.pop(json.dumps(list(places)), None)
        else:
            self._known[json.dumps(list(places))] = matte

    def missing(self, places):
        """Return the first beginning of ``places`` whose matte is not known yet.

        ``None`` when that of all of them is known. A list is put together place after place, so
        that of the one before is always known, but for the whole photo, which comes first.
        """
        if self.of(places) is not None:
            return None
        if self.of(WHOLE) is None:
            return list(WHOLE)
        count = len(places) - 1
        while count > 0 and self.of(places[:count]) is None:
            count -= 1
        return list(places[: count + 1])
