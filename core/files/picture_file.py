"""A picture's file: its bytes, and what is found in them, each thing once.

The only place where Pillow opens a stranger's file: one reader per file, chosen by
:func:`core.files.sniff.sniff`; Pillow's many exceptions on broken input become one
:class:`Refusal`; its global limits are set for the moment and put back.

Whoever works on a file gets a :class:`PictureFile` and passes it on, so that nothing is sniffed,
opened or parsed twice on the way from a photo to a result.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from PIL import Image, ImageFile, features

from common.errors import Refusal
from common.kinds import KINDS
from common.limits import MAX_MEGAPIXELS, check_file_size
from core.bare.heads import Bare, head_of
from core.containers import webp
from core.containers.gif import Gif, gif
from core.containers.photoshop import Document
from core.containers.tiff import Tiff
from core.files.beside import EXIF_MARK, Blocks
from core.files.blocks import blocks
from core.files.prepared import prepared, refusal_of, refuse_too_many_parts
from core.files.sniff import refuse_unreadable, sniff
from core.files.watch import watched
from core.readers import (
    psd_pixels,
    raw_photo,
    tiff_layouts,
    tiff_packings,
    tiff_pages,
)

OPTIONAL_CODECS = {"webp": ("webp", "WebP")}
"""Kinds whose codec a build of Pillow may lack: feature, name."""

ORIENTATION_TAG = 0x0112
"""EXIF 2.32, tag 274: how the camera was held, 1 to 8."""

RAW_DATA = "Raw data of the sensor"

STILL_FORMATS = ("JPEG", "MPO", "PSD", "ICO")
"""Formats in which further frames are not further pictures but depth maps, layers or sizes."""


@dataclass(frozen=True)
class Header:
    """What a file says about itself.

    ``width`` and ``height`` in pixels, upright (after EXIF orientation); ``format`` is a kind
    from :mod:`core.files.sniff`, ``mode`` Pillow's name of the pixel layout, ``frames`` the number
    of pictures in the file (1 for a still).
    """

    format: str
    width: int
    height: int
    mode: str
    frames: int


class PictureFile:
    """The file of one picture; everything but ``data`` is found when it is first asked for.

    Attributes:
        data: the whole file.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._image: ImageFile.ImageFile | None = None
        self._checked = False

    @cached_property
    def kind(self) -> str | None:
        """The kind of the file (:func:`core.files.sniff.sniff`), ``None`` for an unknown one.

        Whether a TIFF file is a raw photo, its directories tell.
        """
        kind = sniff(self.data)
        return "raw" if kind == "tiff" and tiff_pages.is_raw(self.tiff) else kind

    @cached_property
    def coded(self) -> bytes:
        """The bytes that the picture is decoded from: the file, or the JPEG in a raw photo.

        Raises :class:`Refusal` ``is_raw`` where that has none of full size.
        """
        return raw_photo.built_in_jpeg(self.data) if self.kind == "raw" else self.data

    @cached_property
    def gif(self) -> Gif:
        """The blocks of a GIF file."""
        return gif(self.data)

    @cached_property
    def tiff(self) -> Tiff:
        """The directories of a TIFF file."""
        return Tiff(self.data)

    @cached_property
    def plain(self) -> Bare | None:
        """The head of a file of bare pixels that is read here instead of by Pillow."""
        return head_of(self.data, self.kind)

    @cached_property
    def document(self) -> Document:
        """The head of a PSD or PSB file."""
        return Document(self.data)

    @cached_property
    def page(self) -> int:
        """Which page of a TIFF file is the picture: the first that is no small copy."""
        return tiff_pages.full_pages(self.tiff)[0]

    @cached_property
    def header(self) -> Header:
        """Size and layout, read without decoding a pixel.

        Raises :class:`Refusal`: ``empty_file``, ``file_too_large``, ``not_an_image``,
        ``no_decoder``, ``damaged``, and the codes that begin with ``is_``.
        """
        self.check()
        own = self._own_header()
        if own is not None:
            return own
        with self.opened() as image:
            width, height = image.size[::-1] if (self.orientation or 1) >= 5 else image.size
            frames = 1 if image.format in STILL_FORMATS else getattr(image, "n_frames", 1)
            if self.kind == "tiff":
                frames = len(tiff_pages.full_pages(self.tiff))
            frames -= int(image.info.get("default_image", False))
            return Header(self.kind or "", width, height, image.mode, frames)

    def _own_header(self) -> Header | None:
        """Return the header of a file that Pillow need not open for it, else ``None``."""
        if self.kind == "webp":
            canvas = webp.canvas(self.data)
            if canvas is None:
                raise Refusal("damaged")
            # Pillow allocates whole canvases as it opens the file.
            if canvas[0] * canvas[1] > MAX_MEGAPIXELS * 1e6:
                return Header("webp", *canvas, mode="RGBA", frames=1)
        if self.kind == "gif":
            if not self.gif.frames:
                raise Refusal("damaged")
            return Header("gif", *self.gif.size, mode="P", frames=len(self.gif.frames))
        if self.plain is not None:
            return Header(self.kind or "", *self.plain.size, mode=self.plain.mode, frames=1)
        if self.kind == "psd":
            return Header("psd", *self.document.size, psd_pixels.mode_of(self.document), frames=1)
        if self.kind == "tiff" and tiff_layouts.needs_help(self.tiff.directories[self.page]):
            return self._tiff_header()
        return None

    def _tiff_header(self) -> Header:
        """Return the header of a TIFF file whose page :mod:`core.readers.tiff_pixels` reads."""
        page, pages = self.tiff.directories[self.page], len(tiff_pages.full_pages(self.tiff))
        size = tiff_layouts.size_of(page)
        size = size[::-1] if (self.orientation or 1) >= 5 else size
        return Header("tiff", *size, tiff_layouts.mode_of(page), pages)

    @cached_property
    def blocks(self) -> Blocks:
        """What stands in the file beside its pixels."""
        if self.kind != "raw":
            return blocks(self.data, self.kind)
        found = blocks(self.coded, "jpeg")
        found.add_other(RAW_DATA, len(self.data) - len(self.coded))
        return found

    @cached_property
    def exif(self) -> bytes | None:
        """The raw EXIF block, ``None`` without one. TIFF files have none apart from their tags."""
        return self.blocks.exif

    @cached_property
    def orientation(self) -> int | None:
        """The EXIF orientation 1..8 (1 without one), or ``None`` when the block is damaged.

        TIFF files are turned by Pillow itself, as far as it reads them.
        """
        if self.kind == "tiff":
            page = self.tiff.directories[self.page]
            turn = tiff_packings.number(page, ORIENTATION_TAG, 1)
            return turn if tiff_layouts.needs_help(page) and turn in range(1, 9) else 1
        if not self.exif:
            return raw_photo.orientation_of(self.data) if self.kind == "raw" else 1
        block = Image.Exif()
        try:
            block.load(self.exif)
            value = block.get(ORIENTATION_TAG)
        except Exception:  # Pillow's TIFF parser raises nearly anything on broken blocks
            return None
        if value is None and self.kind == "raw":
            return raw_photo.orientation_of(self.data)
        return value if value in range(1, 9) else 1

    @cached_property
    def profile(self) -> bytes | None:
        """The ICC profile, ``None`` without one."""
        return self.blocks.profile

    def check(self) -> None:
        """Raise :class:`Refusal` for what its first bytes, or the number of its parts, exclude."""
        if self._checked:
            return
        check_file_size(len(self.data))
        refuse_unreadable(self.kind)
        refuse_too_many_parts(self.kind or "", self.coded)
        feature, name = OPTIONAL_CODECS.get(self.kind or "", ("", ""))
        if feature and not features.check(feature):
            raise Refusal("no_decoder", format=name)
        if self.kind == "tiff":
            tiff_layouts.refuse_what_is_read_wrongly(self.tiff.directories[self.page])
        self._checked = True

    def guarded(self, limit_pixels: int | None = None) -> AbstractContextManager[None]:
        """Watch over Pillow's readers for the length of a ``with`` block; see :func:`watched`."""
        page = self.tiff.directories[self.page] if self.kind == "tiff" else None
        return watched(limit_pixels, lambda: refusal_of(self.kind, self.data, page))

    @contextmanager
    def opened(
        self, limit_pixels: int | None = None, used_up: bool = False
    ) -> Iterator[ImageFile.ImageFile]:
        """Lend Pillow's image of the file for the length of a ``with`` block.

        It stays open for the next block unless this one has ``used_up`` it by decoding pixels; it
        shows the picture that counts. Raises what :attr:`header` and :meth:`guarded` do.
        """
        self.check()
        done = False
        try:
            with self.guarded(limit_pixels):
                if self._image is None:
                    self._image = self._open()
                yield self._image
                done = not used_up
        finally:
            if not done:
                self._image = None  # not closed: what was decoded may be this very image

    def _open(self) -> ImageFile.ImageFile:
        """Open the file with its reader, at the picture that counts.

        The reader for JPEG looks into the EXIF block for the resolution, and where integers have
        32 bits (Pyodide) a damaged offset in there is one error more than it expects. The pixels
        are sound, so the file is opened once more with the block's mark taken off.
        """
        reader = (KINDS[self.kind or ""].reader,)
        data = prepared(self.kind or "", self.coded)
        try:
            image = Image.open(BytesIO(data), formats=reader)
        except OverflowError:
            image = Image.open(BytesIO(data.replace(EXIF_MARK, bytes(6))), formats=reader)
        if self.kind == "tiff" and self.page:
            image.seek(self.page)
        if image.info.get("default_image"):
            image.seek(1)  # the one before is no part of an animated PNG file
        return image


Source = PictureFile | bytes
"""A picture's file, or just its bytes."""


def picture_file(source: Source) -> PictureFile:
    """Return the file of a source."""
    return source if isinstance(source, PictureFile) else PictureFile(source)
