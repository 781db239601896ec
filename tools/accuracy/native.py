"""The method on this machine's CPU: core's own functions around onnxruntime.

Only the network's answers are kept in the cache, by what went in (weights and input numbers), so
that a change to what comes before or after the network is judged without running it again.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.options import DOUBTFUL, PREVIEW_SIZE, QUALITIES, SECOND_LOOKS
from core import pipeline
from core.files.decode import Photo
from core.matte.ensemble import doubt, mean_matte
from core.matte.mask import to_alpha_matte
from core.matte.tensor import visible_rgb
from tools.setup.cache import file_digest, key_of, ready_cache_folder, write_atomically
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    import onnxruntime
    from rich.console import Console

    from tools.model.description import Description


PREVIEW = "preview"
"""Name of the first look among the qualities."""

PEER_SIZE = 1024
"""The side that the peer always uses."""

STEPS = 65535
"""Answers are kept with 16 bits, a 256th of what an alpha channel resolves."""


@dataclass
class Network:
    """Weights that can be run; ``key`` names their content, ``load`` gives a session."""

    name: str
    key: str
    load: "Callable[[], onnxruntime.InferenceSession]"
    _session: "onnxruntime.InferenceSession | None" = field(default=None, repr=False)

    def mask(self, photo: Photo, size: int) -> npt.NDArray[np.float32]:
        """Return the network's answer for a photo squashed to ``size``, from the cache if known."""
        import onnxruntime

        from tools.model.native_reference import native_mask

        tensor = pipeline.network_input(photo, size)
        content = hashlib.sha256(tensor.tobytes()).hexdigest()
        key = key_of(self.key, content, onnxruntime.__version__)
        file = ready_cache_folder() / "accuracy" / f"{key}.png"
        if not file.is_file():
            if self._session is None:
                self._session = self.load()
            answer = native_mask(self._session, visible_rgb(photo), size)
            if not np.isfinite(answer).all():
                raise Complaint(
                    f"The network {self.name} answers with numbers that are not finite."
                )
            keep(answer, file)
        with Image.open(file) as image:
            return np.asarray(image, np.float32) / np.float32(STEPS)


def keep(answer: npt.NDArray[np.float32], file: Path) -> None:
    """Write an answer, 0..1, as a PNG file with 16 bits."""
    levels = np.rint(np.clip(answer, 0, 1) * STEPS).astype(np.uint16)
    stream = io.BytesIO()
    Image.fromarray(levels).save(stream, "PNG", compress_level=3)
    write_atomically(file, stream.getvalue())


def alpha_of(network: Network, photo: Photo, quality: str) -> npt.NDArray[np.float32]:
    """Return the cutout's alpha for a quality (see :func:`passes_of`), float32 (h, w) in 0..1.

    Uses up the photo. What is judged is the finished file's alpha, whatever steps
    :func:`core.pipeline.finish` takes; the preview has none, it is the enlarged matte.
    """
    if quality == PREVIEW:
        matte = pipeline.matte(network.mask(photo, PREVIEW_SIZE))
        return to_unit(to_alpha_matte(matte, photo.image.size, photo.alpha))
    mattes = [pipeline.matte(network.mask(photo, size)) for size in passes_of(quality)]
    if quality in SECOND_LOOKS and max(map(doubt, mattes)) > DOUBTFUL:
        mattes.append(pipeline.matte(network.mask(photo, SECOND_LOOKS[quality])))
    with Image.open(io.BytesIO(pipeline.finish(photo, mean_matte(mattes)))) as cutout:
        return to_unit(cutout.getchannel("A"))


def passes_of(quality: str) -> tuple[int, ...]:
    """Return the sides of a quality's passes: one of the page's, or sides such as ``640+1024``.

    Raises ``ValueError`` for anything else.
    """
    if quality in QUALITIES:
        return QUALITIES[quality]
    sides = tuple(int(side) for side in quality.split("+"))
    if any(side < 1 for side in sides):
        raise ValueError(f"{quality} are no sides")
    return sides


def to_unit(alpha: Image.Image) -> npt.NDArray[np.float32]:
    """Return an alpha channel (mode L) as float32 in 0..1."""
    return np.asarray(alpha, np.float32) / np.float32(255)


def variant_network(name: str, description: "Description") -> Network:
    """Return one of the variants that the page uses; its chunks must be in the checkout."""
    from tools.model.native_reference import open_session, variant_bytes

    return Network(
        name, description.variants[name].sha256, lambda: open_session(variant_bytes(name))
    )


def full_network(description: "Description", console: "Console") -> Network:
    """Return the network in full precision, what the variants are held against."""
    import onnx

    from tools.model.native_reference import open_session
    from tools.model.rewriting import graph
    from tools.model.store import published

    def load() -> "onnxruntime.InferenceSession":
        upstream = onnx.load_from_string(published(description, ROOT, console))
        return open_session(graph.serialise(graph.full_precision(upstream, description.output)))

    rewriting = file_digest(Path(str(graph.__file__)))
    return Network("fp32", key_of("fp32", description.upstream.sha256, rewriting), load)


def peer_network(description: "Description", console: "Console") -> Network:
    """Return the published half-precision weights untouched, the peer's default."""
    from tools.model.native_reference import open_session
    from tools.model.store import published

    return Network(
        "peer",
        description.upstream.sha256,
        lambda: open_session(published(description, ROOT, console)),
    )
