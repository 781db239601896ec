"""The method on this machine's CPU: core's own functions around onnxruntime.

From the photo's file to the finished file, as the page does it: default edit, edges, the subject's
own colours. Only the network's answers are kept in the cache, by what went in (weights and input
numbers), so that a change to what comes before or after the network is judged without running it
again.
"""

import hashlib
import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from common.edits.edit import default_edit
from common.options import PREVIEW_SIZE, QUALITIES, SECOND_LOOKS
from core import pipeline
from core.files.decode import decode
from core.matte.mask import to_alpha_matte
from core.output import export
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

SECONDS = "seconds"
"""Name of the text in a kept answer that says how long the network took for it."""

Plane = npt.NDArray[np.float32]


@dataclass
class Network:
    """Weights that can be run; ``key`` names their content, ``load`` gives a session.

    ``is_peer`` says that the cutouts are the peer's, which enlarges the matte and is done;
    ``takes_pixels`` is that of :class:`tools.model.description.Network`; ``second`` is asked where
    this one is in doubt.
    """

    name: str
    key: str
    load: "Callable[[], onnxruntime.InferenceSession]"
    is_peer: bool = False
    takes_pixels: bool = False
    second: "Network | None" = None
    _session: "onnxruntime.InferenceSession | None" = field(default=None, repr=False)

    def answer(self, tensor: Plane) -> tuple[Plane, float]:
        """Return the answer to an input, (1, 1, side, side) in 0..1, and the seconds it took.

        From the cache if the same was asked before; the seconds are those of that time.
        """
        import onnxruntime

        content = hashlib.sha256(tensor.tobytes()).hexdigest()
        key = key_of(self.key, content, onnxruntime.__version__)
        file = ready_cache_folder() / "accuracy" / f"{key}.{SECONDS}.png"
        if not file.is_file():
            if self._session is None:
                self._session = self.load()
            keep(*self._run(self._session, tensor), file)
        with Image.open(file) as image:
            levels = np.asarray(image, np.float32) / np.float32(STEPS)
            return levels[np.newaxis, np.newaxis], float(image.info[SECONDS])

    def _run(self, session: "onnxruntime.InferenceSession", tensor: Plane) -> tuple[Plane, float]:
        """Ask the network itself."""
        from tools.model.native_reference import native_answer

        begun = time.perf_counter()
        answer = native_answer(session, tensor)
        seconds = time.perf_counter() - begun
        if not np.isfinite(answer).all():
            raise Complaint(f"The network {self.name} answers with numbers that are not finite.")
        return answer, seconds


def keep(answer: Plane, seconds: float, file: Path) -> None:
    """Write an answer, (side, side) in 0..1, as a PNG file with 16 bits."""
    levels = np.rint(np.clip(answer, 0, 1) * STEPS).astype(np.uint16)
    stream, texts = io.BytesIO(), PngInfo()
    texts.add_text(SECONDS, repr(seconds))
    Image.fromarray(levels).save(stream, "PNG", compress_level=3, pnginfo=texts)
    write_atomically(file, stream.getvalue())


@dataclass(frozen=True)
class Cutout:
    """A finished cutout: its ``alpha``, float32 (h, w) in 0..1; what it took, from file to file.

    ``seconds`` are those of this machine; ``second_look`` and ``opinion`` the part of them that one
    more pass and another network took, 0 where the photo left no doubt.
    """

    alpha: Plane
    seconds: float
    second_look: float = 0.0
    opinion: float = 0.0

    @property
    def looked_twice(self) -> bool:
        """Whether the photo left doubt."""
        return self.second_look > 0


def cut_out(network: Network, data: bytes, quality: str) -> Cutout:
    """Return the cutout of a photo's file for a quality (see :func:`passes_of`).

    What is judged is the alpha of the finished file. The first look and the peer have no other
    than the enlarged matte.
    """
    asked: list[float] = []
    opinions: list[float] = []
    waited = 0.0

    def ask(tensor: npt.NDArray[Any], of: Network = network) -> Plane:
        nonlocal waited
        begun = time.perf_counter()
        answer, seconds = of.answer(tensor)
        (asked if of is network else opinions).append(seconds)
        waited += time.perf_counter() - begun
        return answer

    started = time.perf_counter()
    photo, sides = decode(data), passes_of(quality)
    to_input = pipeline.network_pixels if network.takes_pixels else pipeline.network_input
    second = partial(ask, of=network.second) if network.second else None
    look_again = SECOND_LOOKS.get(quality, 0)
    matte = pipeline.find_matte(photo, ask, sides, look_again, to_input, second)
    if quality == PREVIEW or network.is_peer:
        alpha = to_unit(to_alpha_matte(matte, photo.image.size, photo.alpha))
    else:
        (file,) = export(photo, matte, default_edit())
        with Image.open(io.BytesIO(file.content)) as cutout:
            alpha = to_unit(cutout.getchannel("A"))
    # What the network took when it was asked, not what reading its kept answer took.
    seconds = time.perf_counter() - started - waited + sum(asked) + sum(opinions)
    return Cutout(alpha, seconds, sum(asked[len(sides) :]), sum(opinions))


def passes_of(quality: str) -> tuple[int, ...]:
    """Return the sides of a quality's first passes: the page's, or sides such as ``640+1024``.

    Raises ``ValueError`` for anything else.
    """
    if quality == PREVIEW:
        return (PREVIEW_SIZE,)
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

    second = description.raw["second_opinion"]
    takes_pixels = description.network_of(name).takes_pixels
    return Network(
        name,
        description.variants[name].sha256,
        lambda: open_session(variant_bytes(name)),
        takes_pixels=takes_pixels,
        second=variant_network(second, description) if second and not takes_pixels else None,
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
        is_peer=True,
    )
