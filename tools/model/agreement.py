"""How much a variant's masks differ from full precision: ``python -m tools.model.agreement``.

Run it with the test environment's Python after a change to the preparation. It needs the
published file in the cache or npm, and takes about a minute.
"""

import numpy as np
import numpy.typing as npt
import onnx
from PIL import Image
from rich.console import Console
from rich.table import Table
from skimage import data

from tools.model.canary import canary_variants
from tools.model.native_reference import native_mask, open_session, variant_bytes
from tools.model.rewriting.graph import full_precision, serialise
from tools.model.store import description_of, ensure_models, published
from tools.setup.checkout import ROOT
from tools.setup.progress import make_console

PHOTOS = ("astronaut", "cat", "coffee", "rocket")
"""Photographs that the scikit-image package carries."""


def intersection_over_union(
    first: npt.NDArray[np.float32], second: npt.NDArray[np.float32]
) -> float:
    """Return the overlap of two masks cut at 0.5, from 0 to 1; 1 when both are empty."""
    one, other = first > 0.5, second > 0.5
    union = np.count_nonzero(one | other)
    return np.count_nonzero(one & other) / union if union else 1.0


def masks(model: bytes, size: int) -> dict[str, npt.NDArray[np.float32]]:
    """Return the model's mask of each photo."""
    session = open_session(model)
    return {
        name: native_mask(session, Image.fromarray(getattr(data, name)()), size) for name in PHOTOS
    }


def show(console: Console) -> None:
    """Print IoU and mean absolute difference of each variant to full precision, at each size."""
    ensure_models(console)
    description = description_of(ROOT)
    upstream = onnx.load_from_string(published(description, ROOT, console))
    full = serialise(full_precision(upstream, description.output))
    table = Table("Variant", "Size", *PHOTOS, "mean IoU", "mean abs. difference")
    for size in description.sizes:
        expected = masks(full, size)
        for name in canary_variants():
            found = masks(variant_bytes(name), size)
            overlaps = [intersection_over_union(found[p], expected[p]) for p in PHOTOS]
            difference = float(np.mean([np.abs(found[p] - expected[p]).mean() for p in PHOTOS]))
            cells = [f"{overlap:.4f}" for overlap in (*overlaps, float(np.mean(overlaps)))]
            table.add_row(name, str(size), *cells, f"{difference:.4f}")
    console.print(table)


if __name__ == "__main__":
    show(make_console())
