"""How near refined edges come to the truth: ``python -m tools.accuracy.edges FOLDER``.

The folder holds ``NAME.jpg`` or ``NAME.png`` and ``NAME.mask.png``, one channel, 255 the subject.
Those with soft pixels and those with hard masks have means of their own: the first say what the
refinement gains, the second what it may cost. Photos on which the network did not find the subject
are shown but left out of the means, as no edge can be refined there. Nothing of them is kept but
the figures.
Run it with the test environment's Python; it takes about five seconds a photo.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from rich.console import Console
from rich.table import Table

from core.matte.mask import to_alpha_matte
from core.matte.refine import FAST, THOROUGH, refine
from core.matte.trimap import distance_to_edge
from tools.model.native_reference import native_mask, open_session, variant_bytes
from tools.setup.progress import make_console

Matte = npt.NDArray[np.float32]

FOUND = 0.8
"""Overlap (IoU) with the truth from which on the network has found the subject."""

BOUNDARY = 0.0075
"""Half the width of the boundary's band, as a share of the photo's diagonal."""

METHODS: dict[str, Callable[[Image.Image, Matte], Image.Image]] = {
    "enlarged": lambda photo, matte: to_alpha_matte(matte, photo.size),
    "default": lambda photo, matte: refine(photo, matte, FAST),
    "hair detail": lambda photo, matte: refine(photo, matte, THOROUGH),
}
"""What is compared; the first is the reference."""


@dataclass(frozen=True)
class Score:
    """Mean absolute errors of alpha, 0..1: over all, along the boundary, on soft pixels.

    The last is not a number (NaN) where the truth has no soft pixels.
    """

    everywhere: float
    boundary: float
    soft: float

    def cells(self) -> list[str]:
        """Return the three figures as the table shows them."""
        soft = "" if np.isnan(self.soft) else f"{self.soft:.3f}"
        return [f"{self.everywhere:.4f}", f"{self.boundary:.3f}", soft]

    def relative(self, reference: "Score") -> list[str]:
        """Return by how much each figure differs from a reference's."""
        pairs = zip(vars(self).values(), vars(reference).values(), strict=True)
        return [f"{one / other - 1:+.0%}" for one, other in pairs if not np.isnan(other)]


def pairs(folder: Path) -> Iterator[tuple[str, Image.Image, Matte]]:
    """Yield name, photo (mode RGB) and true alpha (float32 (h, w) in 0..1) of each pair."""
    for mask in sorted(folder.glob("*.mask.png")):
        name = mask.name.removesuffix(".mask.png")
        found = [path for path in (folder / f"{name}.jpg", folder / f"{name}.png") if path.exists()]
        if not found:
            raise FileNotFoundError(f"{mask} has no photo beside it. Put {name}.jpg or .png there.")
        photo = Image.open(found[0]).convert("RGB")
        levels = Image.open(mask).convert("L").resize(photo.size)
        yield name, photo, np.asarray(levels).astype(np.float32) / np.float32(255)


def score(alpha: Matte, truth: Matte) -> Score:
    """Return how far ``alpha`` is from ``truth``, both float32 (h, w) in 0..1."""
    error = np.abs(alpha - truth)
    half = max(1, round(BOUNDARY * float(np.hypot(*truth.shape))))
    boundary = distance_to_edge(truth > 0.5, half) <= half
    soft = (truth > 0) & (truth < 1)
    mean_soft = float(error[soft].mean()) if soft.any() else float("nan")
    return Score(float(error.mean()), float(error[boundary].mean()), mean_soft)


def overlap(alpha: Matte, truth: Matte) -> float:
    """Return intersection over union of two mattes cut at 0.5; 1 when both are empty."""
    one, other = alpha > 0.5, truth > 0.5
    union = np.count_nonzero(one | other)
    return np.count_nonzero(one & other) / union if union else 1.0


def measure(photo: Image.Image, matte: Matte, truth: Matte) -> tuple[float, dict[str, Score]]:
    """Return the overlap of the network's matte with the truth, and the score of each method."""
    alphas = {
        name: np.asarray(method(photo, matte)).astype(np.float32) / np.float32(255)
        for name, method in METHODS.items()
    }
    found = overlap(next(iter(alphas.values())), truth)
    return found, {name: score(alpha, truth) for name, alpha in alphas.items()}


def mean(scores: Iterable[Score]) -> Score:
    """Return the mean of scores, of which there is at least one."""
    rows = np.array([list(vars(one).values()) for one in scores])
    return Score(*rows.mean(axis=0).tolist())


def measure_all(
    folder: Path, network: Callable[[Image.Image], Matte], console: Console
) -> dict[str, Score]:
    """Print a table of all pairs and return each method's mean over those that were found.

    Only those with soft pixels count for what is returned. ``network`` answers a photo with its
    matte. Raises ``ValueError`` when no such photo was found.
    """
    table = Table("Photo", "IoU", "Method", "MAE", "boundary MAE", "soft-pixel MAE", "change")
    soft: list[dict[str, Score]] = []
    hard: list[dict[str, Score]] = []
    for name, photo, truth in pairs(folder):
        found, scores = measure(photo, network(photo), truth)
        add_rows(table, name if found > FOUND else f"{name} (not found)", f"{found:.3f}", scores)
        if found > FOUND:
            (soft if ((truth > 0) & (truth < 1)).any() else hard).append(scores)
    if not soft:
        raise ValueError(f"{folder} holds no photo with soft pixels whose subject was found.")
    for kept, words in ((soft, "with soft pixels"), (hard, "with hard masks")):
        if kept:
            add_rows(table, f"Mean of the {len(kept)} {words} that were found", "", means_of(kept))
    console.print(table)
    return means_of(soft)


def means_of(kept: list[dict[str, Score]]) -> dict[str, Score]:
    """Return each method's mean over photos, of which there is at least one."""
    return {name: mean(scores[name] for scores in kept) for name in METHODS}


def add_rows(table: Table, name: str, found: str, scores: dict[str, Score]) -> None:
    """Add one photo's rows, a method each, with its change of the three figures."""
    reference = next(iter(scores.values()))
    for method, one in scores.items():
        change = "" if one is reference else " / ".join(one.relative(reference))
        table.add_row(name, found, method, *one.cells(), change)
        name = found = ""
    table.add_section()


def main(arguments: list[str]) -> int:
    """Measure the photos of a folder with one of the model's variants; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.accuracy.edges", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the photos and their masks are")
    parser.add_argument("--variant", help="q4 or q8; without it the default one")
    parser.add_argument("--size", type=int, default=704, help="side of the network's input")
    chosen = parser.parse_args(arguments)
    session = open_session(variant_bytes(chosen.variant))
    measure_all(
        chosen.folder, lambda photo: native_mask(session, photo, chosen.size), make_console()
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
