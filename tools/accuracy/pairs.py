"""Photographs with their true mattes, as ``dev.py accuracy`` finds them in a folder."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from tools.setup.complaint import Complaint

MASK_ENDING = ".mask.png"
PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Pair:
    """A photo's file and the file of its true matte."""

    photo: Path
    mask: Path

    @property
    def name(self) -> str:
        """The photo's name without its ending."""
        return self.photo.stem

    @cached_property
    def truth(self) -> npt.NDArray[np.float32]:
        """The true alpha, float32 (h, w) in 0..1."""
        with Image.open(self.mask) as image:
            return np.asarray(image.convert("L"), np.float32) / np.float32(255)


def find_pairs(folder: Path, limit: int | None = None) -> list[Pair]:
    """Return the pairs ``x.jpg`` (or .png, .webp), ``x.mask.png`` of a folder, sorted by name.

    With ``limit`` that many of them, spread evenly, since names often group by origin. Raises
    :class:`Complaint` when there are none or a mask has no photo.
    """
    if not folder.is_dir():
        raise Complaint(f"{folder} is no folder. Name one with pairs x.jpg, x{MASK_ENDING}.")
    pairs = []
    for mask in sorted(folder.glob("*" + MASK_ENDING)):
        stem = mask.name.removesuffix(MASK_ENDING)
        photos = [folder / (stem + ending) for ending in PHOTO_ENDINGS]
        photo = next((path for path in photos if path.is_file()), None)
        if photo is None:
            raise Complaint(f"{mask} has no photo {stem}.jpg beside it. Add it or move the mask.")
        pairs.append(Pair(photo, mask))
    if not pairs:
        raise Complaint(f"{folder} holds no pairs x.jpg, x{MASK_ENDING}. Name another folder.")
    return spread(pairs, limit)


def spread(pairs: list[Pair], limit: int | None) -> list[Pair]:
    """Return ``limit`` of the pairs at even distances, all of them without a limit."""
    if limit is None or limit >= len(pairs):
        return pairs
    if limit < 1:
        raise Complaint(f"--limit {limit} leaves no photo. Give 1 or more.")
    return [pairs[index * len(pairs) // limit] for index in range(limit)]
