"""Touch-up while the user works: as quick with a hundred strokes as with one.

Brush and lasso mix the matte with a constant, so any number of them in a row comes to one
multiplication and one addition per pixel, whatever matte lies below. Those two planes are kept;
a new stroke is added to them, and a slider that changes the matte below need not replay anything.
What a click has made of a matte depends on all of it, and is kept for that matte alone.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.edges import Refine
from core.strokes.strokes import Stroke, apply_strokes, coverage_of

SNAPSHOTS = 6
"""Layers kept at most. Undoing finds the one before the last stroke among them."""

CLICKS = 4
"""Results of clicks kept at most."""

Plane = npt.NDArray[np.float32]


class Layer:
    """What a run of brush and lasso strokes does: ``matte * keep + add``, planes (h, w)."""

    def __init__(self, strokes: list[Stroke], keep: Plane, add: Plane) -> None:
        self.strokes = strokes
        self.keep = keep
        self.add = add

    def extended(self, strokes: list[Stroke]) -> "Layer":
        """Return a layer of ``strokes``, of which this one's are the first."""
        keep, add = self.keep.copy(), self.add.copy()
        for stroke in strokes[len(self.strokes) :]:
            target = np.float32(stroke["mode"] == "restore")
            for area, coverage in coverage_of(stroke, keep.shape):
                part = add[area]
                part += coverage * (target - part)
                keep[area] *= 1 - coverage
        return Layer(strokes, keep, add)


class TouchUp:
    """Applies strokes to ever new mattes of one shape and remembers what they come to."""

    def __init__(self) -> None:
        self._layers: list[Layer] = []
        self._clicks: list[tuple[tuple[bytes, Stroke, Refine | None], Plane]] = []

    def apply(
        self,
        matte: Plane,
        strokes: Sequence[Stroke],
        photo: Image.Image | None = None,
        refine: Refine | None = None,
    ) -> Plane:
        """Return the same as :func:`core.strokes.strokes.apply_strokes`, sooner.

        ``photo`` is to be the same each time, and ``refine`` as long as it means the same.
        """
        result = matte
        for run in runs(strokes):
            if run[0]["kind"] == "region":
                result = self._clicked(result, run, photo, refine)
            else:
                layer = self._layer(run, matte.shape)
                result = result * layer.keep + layer.add
        return result

    def _clicked(
        self, matte: Plane, run: list[Stroke], photo: Image.Image | None, refine: Refine | None
    ) -> Plane:
        """Return a matte after a click, from memory if the same was asked lately."""
        key = (hashlib.blake2b(matte.tobytes()).digest(), run[0], refine)
        known = next((entry for entry in self._clicks if entry[0] == key), None)
        entry = known or (key, apply_strokes(matte, run, photo, refine))
        self._clicks = [other for other in self._clicks if other is not entry][1 - CLICKS :]
        self._clicks.append(entry)
        return entry[1]

    def _layer(self, run: list[Stroke], shape: tuple[int, ...]) -> Layer:
        """Return the layer of a run of strokes, made from the longest one that is a part of it."""
        blank = Layer([], np.ones(shape, np.float32), np.zeros(shape, np.float32))
        best = blank
        for known in self._layers:
            length = len(known.strokes)
            if len(best.strokes) < length <= len(run) and known.strokes == run[:length]:
                best = known
        if len(best.strokes) < len(run):
            best = best.extended(run)
        self._layers = [layer for layer in self._layers if layer is not best][1 - SNAPSHOTS :]
        self._layers.append(best)
        return best


def runs(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Return strokes in groups: clicked regions one by one, what lies between them together."""
    groups: list[list[Stroke]] = []
    for stroke in strokes:
        mergeable = stroke["kind"] != "region"
        if mergeable and groups and groups[-1][0]["kind"] != "region":
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups
