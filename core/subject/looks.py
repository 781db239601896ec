"""What the networks have said about one photo, and the matte that comes of it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.matte.ensemble import doubt, found, kept_matte
from core.subject.closer import (
    Box,
    box_of,
    part_of_matte,
    put_together,
    subject_box,
    with_closer_look,
    with_nearer_look,
)

Plane = npt.NDArray[np.float32]


class Looks:
    """The answers about one photo of ``size`` (width, height) in pixels, as they come in.

    All mattes are float32 (h, w) in 0..1.
    """

    def __init__(self, size: tuple[int, int], known: Plane | None = None) -> None:
        """Begin with nothing, or with a matte that is ``known`` without a network."""
        self.size = size
        self._passes: list[Plane] = [] if known is None else [known]
        self.is_known = known is not None
        """Whether the picture needed no network."""
        self._opinion: Plane | None = None
        self._part_opinion: Plane | None = None
        self._nearer: Plane | None = None
        self._closer: Plane | None = None

    def add(self, matte: Plane, again: bool) -> float:
        """Take in a pass over the whole photo, ``again`` beside those before or in their place.

        Returns the doubt of the first of them: another size may err where that one was right.
        """
        if not again:
            self._passes, self._opinion, self._nearer = [], None, None
        self._passes.append(matte)
        return doubt(self._passes[0])

    def hear(self, opinion: Plane, of_part: bool) -> None:
        """Take in what another network says of the photo, or of the part to be looked at next."""
        if of_part:
            self._part_opinion = opinion
        else:
            self._opinion = opinion

    def recall(self, whole: Plane | None, closer: Plane | None) -> None:
        """Take in what was found in an earlier run, of the photo and of what was pointed at."""
        self._passes = [] if whole is None else [whole]
        self._opinion = self._nearer = None
        self._closer = closer

    def look_from_near(self, look: Plane) -> None:
        """Take in a look at where the subject is; all else of the photo stays."""
        whole = self.whole()
        box = subject_box(whole)
        if box is not None:
            believed = self._believed(look, whole, box, True)
            self._nearer = with_nearer_look(whole, believed, box, self.size)

    def look_closer(self, look: Plane | None, place: Sequence[float]) -> None:
        """Take in a look at what the user has pointed at, beside what was pointed at before.

        ``None`` stands for what the matte of the whole says there, where that is known anyhow.
        """
        whole = self.whole()
        box = box_of(place, whole)
        if look is None:
            believed = part_of_matte(whole, box, self.size, whole.shape)
        else:
            believed = self._believed(look, whole, box, False)
        self._closer = with_closer_look(self._closer, believed, place, box, self.size)

    def _believed(self, look: Plane, whole: Plane, box: Box, around: bool) -> Plane:
        """Return what is believed of a box; the other network's opinion about it is used up.

        ``whole`` is the matte of the whole photo; ``around`` tells that the box holds all of it.
        """
        opinion, self._part_opinion = self._part_opinion, None
        return put_together(look, whole, box, self.size, opinion, around)

    def whole(self) -> Plane:
        """Return the matte of the whole photo, in steps of 1/255."""
        if self._nearer is not None:
            return self._nearer
        return kept_matte(self._passes, self._opinion)

    def matte(self) -> Plane:
        """Return the matte of what is meant: what was pointed at, if anything was."""
        return self.whole() if self._closer is None else self._closer

    def doubt(self) -> float:
        """Return how unsure all looks together are of what is meant, 0..1.

        0 for a matte that was known without a network, and where the user has pointed.
        """
        if self.is_known or self._closer is not None:
            return 0.0
        return doubt(self.whole())

    def found(self) -> str:
        """Return whether there is a subject (:func:`core.matte.ensemble.found`)."""
        return found(self.matte(), self._closer is not None)
