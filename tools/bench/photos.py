"""Photos of exact sizes for the benchmark, the same bytes every time."""

import shutil
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from tools.setup.cache import key_of, made_once, ready_cache_folder
from tools.setup.complaint import Complaint

SAMPLES = ("astronaut", "coffee", "chelsea")
"""Photographs that the scikit-image package carries."""

JPEG_QUALITY = 90
GRAIN = 4
"""Enlarged pixels are too smooth, and smooth pictures are encoded too quickly; a sensor's grain,
evenly distributed up to this many steps of 255 to either side, is added."""


def enlarged(image: Image.Image, megapixels: float) -> Image.Image:
    """Return a picture of about ``megapixels`` million pixels in the same proportions, RGB."""
    width, height = image.size
    scale = (megapixels * 1e6 / (width * height)) ** 0.5
    size = max(1, round(width * scale)), max(1, round(height * scale))
    large = np.asarray(image.convert("RGB").resize(size, Image.Resampling.LANCZOS), np.int16)
    grain = np.random.default_rng(0).integers(-GRAIN, GRAIN, large.shape, np.int16, endpoint=True)
    return Image.fromarray(np.clip(large + grain, 0, 255).astype(np.uint8))


def sample(name: str) -> Image.Image:
    """Return one of scikit-image's photographs."""
    from skimage import data

    return Image.fromarray(np.asarray(getattr(data, name)()))


def make_photos(chosen: list[Path], sizes: list[float]) -> dict[float, list[Path]]:
    """Return JPEG files by size in megapixels, kept in the cache.

    Made from the files ``chosen``, or from :data:`SAMPLES` when there are none. Raises
    :class:`Complaint` for a file that is no picture.
    """
    contents = [path.read_bytes() for path in chosen]
    key = key_of(Path(__file__).read_bytes(), *contents, *(path.name for path in chosen))
    photos: dict[float, list[Path]] = {}
    for size in sizes:
        folder = made_once(
            ready_cache_folder() / f"bench-photos-{size:g}mp-{key}",
            lambda place, size=size: write_photos(place, chosen, size),  # type: ignore[misc]
        )
        photos[size] = sorted(folder.glob("*.jpg"))
    return photos


def write_photos(folder: Path, chosen: list[Path], megapixels: float) -> None:
    """Write the photos of one size into a folder."""
    sources = chosen_pictures(chosen) if chosen else {name: sample(name) for name in SAMPLES}
    for name, image in sources.items():
        target = folder / f"{name}.jpg"
        enlarged(image, megapixels).save(target, "JPEG", quality=JPEG_QUALITY)


def chosen_pictures(paths: list[Path]) -> dict[str, Image.Image]:
    """Return the user's own photos by name; raises :class:`Complaint` for what is no picture."""
    pictures = {}
    for number, path in enumerate(paths):
        try:
            with Image.open(path) as image:
                pictures[f"{number}-{path.stem}"] = ImageOps.exif_transpose(image).convert("RGB")
        except OSError as error:
            raise Complaint(f"{path} is no picture that Pillow opens. Leave it out.") from error
    return pictures


def copy_as(photo: Path, folder: Path, name: str) -> Path:
    """Return a copy of a photo under a name of its own, so that no page takes it for a repeat."""
    target = folder / f"{name}.jpg"
    shutil.copyfile(photo, target)
    return target
