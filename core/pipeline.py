"""The whole method on one screen.

A photo becomes upright sRGB pixels. Squashed to a square they go through the network, which answers
how much each place belongs to the subject: the matte. Where that leaves doubt, the network looks
once more at another size, and the answers are averaged. Enlarged to the photo's size, the matte
gets its edges from the photo itself, and soft edges the subject's own colours; photo and alpha are
saved as PNG.

The page takes these very steps with the same functions (``pixels.py``), and its network lies
between them in a worker of its own; a test holds both files against each other.
:func:`cut_out_file` does all of it for everybody else.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from common.edits.edit import default_edit
from common.options import DOUBTFUL, LIGHT_SIDE, Options
from core.files.decode import Photo, decode
from core.matte.mask import normalise
from core.matte.tensor import to_pixels, to_tensor, visible_rgb
from core.output import export
from core.subject.closer import Box, box_of, crop_of, subject_box
from core.subject.known import known_matte
from core.subject.looks import Looks

MEAN = (128.0, 128.0, 128.0)
"""What ISNet wants subtracted from the channels' values 0..255; see ``models/models.json``."""

DIVISOR = (256.0, 256.0, 256.0)
"""What ISNet wants them divided by afterwards."""

Plane = npt.NDArray[np.float32]

Network = Callable[[npt.NDArray[Any]], npt.NDArray[Any]]
"""The network: what :func:`network_input` gives in, (1, 1, h, w) out as :func:`to_matte` takes."""


def cut_out_file(
    data: bytes,
    network: Network,
    quality: str = "standard",
    second_network: Network | None = None,
) -> bytes:
    """Cut the subject out of a picture file; returns a PNG file with transparency.

    ``quality`` is one of :data:`common.options.QUALITIES`, ``second_network`` as in
    :func:`find_matte`. With ONNX Runtime::

        session = onnxruntime.InferenceSession("isnet.onnx")
        result = cut_out_file(data, lambda pixels: session.run(None, {"input": pixels})[0])

    Raises :class:`Refusal` as :func:`core.files.decode.decode` does.
    """
    photo, options = decode(data), Options(quality=quality)
    matte = find_matte(
        photo, network, options.passes, options.second_look, second_network=second_network
    )
    (cutout,) = export(photo, matte, default_edit())
    return cutout.content


def find_matte(
    photo: Photo,
    network: Network,
    sides: Sequence[int],
    second_look: int = 0,
    to_input: Callable[[Photo, int], npt.NDArray[Any]] | None = None,
    second_network: Network | None = None,
) -> Plane:
    """Return the network's matte of a photo, float32 (side, side) in 0..1, 1 being subject.

    Its answers to the photo at each of ``sides`` (of the square, in pixels), the later ones heard
    where they plainly differ from the first. Where that one leaves doubt, ``second_network``, which
    takes pixels, is asked for its opinion, and both see once more what they take for the subject,
    from near; without it the network looks again at ``second_look`` (0: never), and its answers are
    averaged. ``to_input`` is :func:`network_input` unless the network takes
    something else. Flat graphics need none of this (:mod:`core.subject.known`).
    """
    prepare = to_input or network_input
    known = known_matte(photo)
    looks = Looks(photo.image.size, known)
    if known is not None:
        return looks.whole()
    for side in sides:
        in_doubt = looks.add(to_matte(network(prepare(photo, side))), True) > DOUBTFUL
    if not second_look or not in_doubt:
        return looks.whole()
    if second_network is None:
        looks.add(to_matte(network(prepare(photo, second_look))), True)
    else:
        looks.hear(to_matte(second_network(network_pixels(photo, LIGHT_SIDE))), False)
        box = subject_box(looks.whole())
        if box is not None:
            part = part_of(photo, box)
            looks.hear(to_matte(second_network(network_pixels(part, LIGHT_SIDE))), True)
            looks.look_from_near(to_matte(network(prepare(part, sides[0]))))
    return looks.whole()


def look_closer(
    photo: Photo,
    network: Network,
    whole: Plane,
    places: Sequence[Sequence[float]],
    side: int,
    to_input: Callable[[Photo, int], npt.NDArray[Any]] | None = None,
    second_network: Network | None = None,
) -> Plane:
    """Return the matte of nothing but what a user has pointed at; ``whole`` if that is nothing.

    ``whole`` is the matte of the whole photo, ``places`` are boxes and clicks
    (:mod:`core.subject.closer`), each of which the network sees at ``side``; the others as for
    :func:`find_matte`.
    """
    looks = Looks(photo.image.size)
    looks.recall(whole, None)
    needs_none = known_matte(photo) is not None
    for place in places:
        look = None
        if not needs_none:
            part = part_of(photo, box_of(place, whole))
            if second_network:
                looks.hear(to_matte(second_network(network_pixels(part, LIGHT_SIDE))), True)
            look = to_matte(network((to_input or network_input)(part, side)))
        looks.look_closer(look, place)
    return looks.matte() if places else whole


def part_of(photo: Photo, box: Box) -> Photo:
    """Return the part of a photo in which the network is to see a box, as a photo of its own."""
    crop = crop_of(box, photo.image.size)
    return Photo(photo.image.crop(crop), photo.alpha and photo.alpha.crop(crop))


def network_input(
    photo: Photo, side: int, mean: Sequence[float] = MEAN, divisor: Sequence[float] = DIVISOR
) -> Plane:
    """Return the photo as float32 (1, 3, side, side), each channel ``(value - mean) / divisor``."""
    return to_tensor(visible_rgb(photo), side, mean, divisor)


def network_pixels(photo: Photo, side: int) -> npt.NDArray[np.uint8]:
    """Return the photo for a network that scales by itself: uint8 (side, side, 4), RGBA."""
    return to_pixels(visible_rgb(photo), side)


def to_matte(prediction: npt.NDArray[Any]) -> Plane:
    """Return the network's prediction (..., h, w) as a matte, float32 (h, w) in 0..1.

    ``prediction`` is float32 in 0..1 or uint8 in 0..255. Raises ``ValueError`` for one that cannot
    be one.
    """
    return normalise(prediction, 0.0, 255.0 if prediction.dtype == np.uint8 else 1.0)
