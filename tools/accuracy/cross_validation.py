"""Is a constant well chosen? ``dev.py accuracy DIR --cross-validate``.

No constant is judged on the photos that it was chosen on. Two hundred times the photos are parted
at random into halves: one half chooses among a constant's candidates, the other one judges the
choice, and what stands in the code today is judged beside it on the same photos. A constant is
worth changing only where the choice gains more than it strays.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from common.edits.edit import default_edit
from common.options import QUALITIES, SECOND_LOOKS
from core import pipeline
from core.files.decode import Photo, decode
from core.matte import colour_evidence, edges, ensemble, refine, trimap
from core.picture.render import cut_out
from tools.accuracy.metrics import score
from tools.accuracy.native import to_unit

if TYPE_CHECKING:
    from rich.table import Table

    from tools.accuracy.native import Network
    from tools.accuracy.pairs import Pair

QUALITY = "standard"
"""The quality whose constants are judged, the default one."""

HALVINGS = 200
"""How often the photos are parted."""

FIGURES = ("IoU", "edge")
"""What a choice is made by and judged by: higher IoU less the error near the edge is better."""

EDGES = ("core.matte.refine", "core.matte.trimap", "core.matte.colour_evidence")
"""Where the constants of the edges stand, which change a cutout though its matte stays."""

Figures = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Constant:
    """A constant and other values that it might have; ``put(value)`` sets it."""

    name: str
    present: Any
    others: tuple[Any, ...]
    put: Callable[[Any], None]


@dataclass(frozen=True)
class Verdict:
    """What judging a constant gave; figures as in :data:`FIGURES`.

    ``means`` are those of each value over all photos; ``gains`` by how much the values that halves
    of the photos chose are better on the other halves than the present one, and ``spread`` the
    standard deviation of that; ``chosen`` is what they chose most often, and in what share.
    """

    constant: Constant
    means: dict[str, Figures]
    gains: Figures
    spread: Figures
    chosen: tuple[str, float]


def of_module(module: ModuleType, name: str, *others: Any) -> Constant:
    """Return a constant that is an attribute of a module."""
    label = f"{module.__name__}.{name}"
    return Constant(label, getattr(module, name), others, partial(setattr, module, name))


def of_method(field: str, *others: Any) -> Constant:
    """Return a constant of the default refinement."""
    first = edges.METHODS["fast"]

    def put(value: Any) -> None:
        edges.METHODS["fast"] = replace(first, **{field: value})

    return Constant(f"core.matte.refine.FAST.{field}", getattr(first, field), others, put)


def constants() -> list[Constant]:
    """Return the constants of doubt, ensemble and edges."""
    return [
        of_module(pipeline, "DOUBTFUL", 0.15, 0.2, 0.25, 0.4, 0.5),
        of_module(ensemble, "SOFT", (0.05, 0.95), (0.2, 0.8)),
        of_module(ensemble, "SHARPNESS", 2, 4, 16),
        of_module(ensemble, "DISAGREEMENT", 0.2, 0.5, 0.65),
        of_module(ensemble, "TRANSITION", 0.003, 0.03),
        of_module(refine, "UNRELIABLE", refine.UNRELIABLE - 0.1, refine.UNRELIABLE + 0.1),
        of_module(refine, "RISE", refine.RISE / 2, refine.RISE * 2),
        of_method("trust", 0.5 * refine.FAST.trust, 2 * refine.FAST.trust),
        of_method("evidence", 0.5 * refine.FAST.evidence, 2 * refine.FAST.evidence),
        of_method("radius", refine.FAST.radius - 2, refine.FAST.radius + 2),
        of_module(trimap, "INWARD", trimap.INWARD - 1, trimap.INWARD + 1),
        of_module(trimap, "OUTWARD", trimap.OUTWARD - 0.5, trimap.OUTWARD + 0.5),
        of_module(trimap, "SOFTEST", 9, 18),
        of_module(trimap, "UNDECIDED", 18, 30),
        of_module(trimap, "VAGUE", (9, 14), (20, 28)),
        of_module(trimap, "DECISION", 1.0, 1.5, 3.0),
        of_module(trimap, "CRISPER", 1.0, 1.1, 1.5),
        of_module(trimap, "NEAR", 4, 8),
        of_module(refine, "SURE", 1, 4, 16),
        of_module(colour_evidence, "TOLERANCE", 0.045, 0.08),
    ]


@contextmanager
def set_to(constant: Constant, value: Any) -> Iterator[None]:
    """Let a constant have another value while the ``with`` block runs."""
    constant.put(value)
    try:
        yield
    finally:
        constant.put(constant.present)


class Judge:
    """Scores the photos with the constants as they are at the moment."""

    def __init__(self, network: "Network", pairs: "list[Pair]") -> None:
        self.network = network
        self.pairs = pairs
        self.photos: list[Photo] = [decode(pair.photo.read_bytes()) for pair in pairs]
        self._known: dict[tuple[int, bytes], Figures] = {}

    def figures(self, edges_differ: bool) -> Figures:
        """Return IoU and error near the edge of each photo, (photos, 2).

        Where only what comes before the edges differs, a photo with the same matte as before is
        not computed again.
        """
        rows = []
        for number, (photo, pair) in enumerate(zip(self.photos, self.pairs, strict=True)):
            matte = self._matte(photo)
            key = (number, matte.tobytes())
            if edges_differ or key not in self._known:
                cutout = cut_out(photo, matte, default_edit()).cutout
                scores = score(to_unit(cutout.getchannel("A")), pair.truth)
                row = np.array([scores.iou, scores.boundary_mae or 0.0])
                if edges_differ:
                    rows.append(row)
                    continue
                self._known[key] = row
            rows.append(self._known[key])
        return np.stack(rows)

    def _matte(self, photo: Photo) -> npt.NDArray[np.float32]:
        """Return the matte of a photo, from the network's kept answers."""
        second = self.network.second
        return pipeline.find_matte(
            photo,
            lambda tensor: self.network.answer(tensor)[0],
            QUALITIES[QUALITY],
            SECOND_LOOKS[QUALITY],
            second_network=(lambda pixels: second.answer(pixels)[0]) if second else None,
        )


def verdict_of(constant: Constant, figures: dict[str, Figures], seed: int = 7) -> Verdict:
    """Return what the photos' figures under each value of a constant say about it.

    ``figures`` holds (photos, 2) for each value, the present one first.
    """
    random = np.random.default_rng(seed)
    names = list(figures)
    table = np.stack([figures[name] for name in names])  # values, photos, figures
    merit = table[..., 0] - table[..., 1]
    count = table.shape[1]
    gains, chosen = [], []
    for _ in range(HALVINGS):
        order = random.permutation(count)
        choosing, judging = order[: count // 2], order[count // 2 :]
        best = int(np.argmax(merit[:, choosing].mean(axis=1)))
        chosen.append(best)
        gains.append((table[best] - table[0])[judging].mean(axis=0))
    often = int(np.bincount(chosen).argmax())
    return Verdict(
        constant,
        {name: figures[name].mean(axis=0) for name in names},
        np.mean(gains, axis=0),
        np.std(gains, axis=0),
        (names[often], chosen.count(often) / HALVINGS),
    )


def verdicts(
    network: "Network", pairs: "list[Pair]", track: Callable[[Sequence[Constant]], Any]
) -> Iterator[Verdict]:
    """Yield what is to be said of each constant; ``track`` shows how far it is."""
    judge = Judge(network, pairs)
    present = judge.figures(False)
    for constant in track(constants()):
        differ = constant.name.startswith(EDGES)
        figures = {str(constant.present): present}
        for value in constant.others:
            with set_to(constant, value):
                figures[str(value)] = judge.figures(differ)
        yield verdict_of(constant, figures)


def table_of(found: list[Verdict]) -> "Table":
    """Return verdicts as a table, a row for each value."""
    from rich.table import Table

    table = Table(title="Constants, cross-validated", box=None, padding=(0, 1, 0, 0))
    for heading in ("Constant", "value"):
        table.add_column(heading)
    for heading in (*FIGURES, "chosen", "gain of IoU", "gain at the edge"):
        table.add_column(heading, justify="right")
    for verdict in found:
        label = verdict.constant.name
        for value, (iou, edge) in verdict.means.items():
            is_chosen = value == verdict.chosen[0]
            share = f"{verdict.chosen[1]:.0%}" if is_chosen else ""
            gains = [
                f"{sign * gain:+.4f} ± {spread:.4f}" if is_chosen else ""
                for sign, gain, spread in zip((1, -1), verdict.gains, verdict.spread, strict=True)
            ]
            table.add_row(label, value, f"{iou:.4f}", f"{edge:.4f}", share, *gains)
            label = ""
    return table
