"""What is in a photo's file, and pictures that Pillow cannot read here.

AVIF, JPEG XL and JPEG 2000 are read by their codecs; HEIC by the browser where its system has a
decoder (Safari), else by a codec. What comes out is RGBA, which ``open_pixels`` of the pixel worker
takes in.
"""

import json

from common import limits
from common.errors import Refusal
from common.formats import AVIF, FORMATS, HEIC, JPEG2000, JXL
from common.media import coded_size, iso_media, jp2_media, jxl_media
from ui.state.file_settings import DRAWING, drawn_size
from ui.work.powers import PATIENCE

BRAND_BYTES = 64
"""So many bytes of a file tell whether it is AVIF, HEIC, JPEG XL, JPEG 2000 or none of them."""

MARGIN = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
"""What may stand before the markup of a drawing: blanks and marks of how the text is encoded."""

RAW_BRAND = b"crx "
"""Canon's raw files (CR3) are boxes, too; the pixel worker reads the JPEG in them."""


class Decoded:
    """A picture as a codec or the browser gave it.

    ``width`` and ``height`` in pixels, ``pixels`` a ``Uint8Array`` of RGBA with straight alpha.
    ``finished`` tells that its colours are already converted to sRGB; ``notices`` are codes from
    :mod:`common.notices`.
    """

    def __init__(self, width, height, pixels, several=False, finished=False):
        self.width, self.height, self.pixels = width, height, pixels
        self.notices = ["first_frame"] if several else []
        self.finished = finished


def kind_of(head):
    """Return the kind of a file from its first bytes, ``None`` for one that Pillow reads."""
    if jxl_media.is_jxl(head):
        return "jxl"
    if jp2_media.is_jpeg2000(head):
        return "jpeg2000"
    if head[4:8] != b"ftyp" or head[8:12] == RAW_BRAND:
        return None
    return "avif" if b"avif" in head or b"avis" in head else "heic"


class Readable:
    """Fills an item's ``source``."""

    def __init__(self, queue, pixels, codecs, powers, limit_megapixels):
        self.queue = queue
        self.pixels = pixels
        self.codecs = codecs
        self.blobs = powers.blobs
        self.bitmaps = powers.bitmaps
        self.report = powers.report
        self.limit_megapixels = limit_megapixels

    async def prepare(self, item, scope):
        """Decode a photo that Pillow cannot read, once; others are left as they are."""
        source = item.source
        if source.stand_in is not None and source.drawn_at is None:
            return
        head = await self.blobs.head(source.file, BRAND_BYTES)
        if head.lstrip(MARGIN)[:1] == b"<" and not item.settings.cutout:
            await self._draw(item)
            return
        kind = kind_of(head)
        if kind is None:
            return
        made = await self.read(source.file, kind, scope)
        await self._take(item, made)

    async def read(self, blob, kind, scope):
        """Return what is :class:`Decoded` of a file of a kind as :func:`kind_of` tells it, upright.

        Raises :class:`Refusal` (``too_large`` before anything is decoded, ``is_avif``,
        ``codec_unavailable``, ``damaged``, ``cancelled`` ...).
        """
        if kind == "jxl":
            return await self._read_jxl(blob, scope)
        if kind == "jpeg2000":
            return await self._read_jpeg2000(blob, scope)
        head = await self.blobs.head(blob, iso_media.HEAD_BYTES)
        if iso_media.needed(head) > len(head):
            head = await self.blobs.head(blob, iso_media.needed(head))
        size = iso_media.largest_size(head)
        if size is not None:
            limits.check_dimensions(size[0], size[1], self.limit_megapixels)
        if kind == "avif":
            await self._check_coded(blob, head)
        if kind == "avif" and not iso_media.is_turned(head):
            return await self._by_codec(AVIF, blob, head, scope)
        bitmap = await self.bitmaps.decoded(blob, premultiplyAlpha="none")
        if bitmap is not None:
            try:
                pixels = self.bitmaps.pixels_of(bitmap)
                moving = iso_media.is_moving(head)
                return Decoded(bitmap.width, bitmap.height, pixels, moving, finished=True)
            finally:
                self.bitmaps.close(bitmap)
        if kind == "avif":
            raise Refusal("is_avif")
        return await self._by_codec(HEIC, blob, head, scope)

    async def _check_coded(self, blob, head):
        """Raise :class:`Refusal` where the AV1 data itself is of a picture that is too large."""
        places = coded_size.places(head)
        if not places and not iso_media.is_moving(head):
            raise Refusal("damaged")
        for start, length in places:
            end = start + length if length else blob.size
            for _ in range(coded_size.MOST_OBUS):
                if start >= end:
                    break
                obu = coded_size.Obu(
                    await self.blobs.part(blob, start, start + coded_size.OBU_BYTES)
                )
                if obu.size is not None:
                    limits.check_dimensions(obu.size[0], obu.size[1], self.limit_megapixels)
                if not obu.length:
                    break
                start += obu.length

    async def _by_codec(self, codec, blob, head, scope):
        """Return what a codec of this site makes of an AVIF or HEIC file."""
        content = await self.blobs.content(blob)
        width, height, pixels, pictures = await self.codecs.decode(codec, content, scope)
        return Decoded(width, height, pixels, pictures > 1 or iso_media.is_moving(head))

    async def _read_jxl(self, blob, scope):
        """Return the picture of a JPEG XL file; its codec turns it and converts its colours."""
        told = await self._told(blob, jxl_media)
        content = await self.blobs.content(blob)
        width, height, pixels, _ = await self.codecs.decode(JXL, content, scope)
        made = Decoded(width, height, pixels, told.moving, finished=True)
        made.notices += ["reduced_to_8_bit"] if told.wide else []
        return made

    async def _read_jpeg2000(self, blob, scope):
        """Return the picture of a JPEG 2000 file in its own colours (CMYK as sRGB)."""
        told = await self._told(blob, jp2_media)
        if told.trouble:
            raise Refusal("no_decoder", format="JPEG 2000 (" + told.trouble + ")")
        content = await self.blobs.content(blob)
        options = told.options()
        width, height, pixels, _ = await self.codecs.decode(JPEG2000, content, scope, options)
        made = Decoded(width, height, pixels, finished=told.printed)
        made.notices += ["reduced_to_8_bit"] if told.wide else []
        made.notices += ["approximate_colours"] if told.printed else []
        return made

    async def _told(self, blob, media):
        """Return what a file's header says by one of :mod:`common.media`, within the limit."""
        head = await self.blobs.head(blob, media.HEAD_BYTES)
        if media.needed(head) > len(head):
            head = await self.blobs.head(blob, media.MOST_HEAD_BYTES)
        told = media.header(head)
        if told is None:
            raise Refusal("damaged")
        limits.check_dimensions(told.width, told.height, self.limit_megapixels)
        return told

    async def viewable(self, blob, scope):
        """Return a finished file as something that browsers can draw.

        The file itself, or an ImageData where only the codec of its format reads it.
        """
        if blob.type != FORMATS["jxl"].media_type:
            return blob
        made = await self.read(blob, "jxl", scope)
        return self.bitmaps.image_data(made.width, made.height, made.pixels)

    async def _draw(self, item):
        """Let the browser draw an SVG file at the size that the item's settings ask for."""
        await self.look_into(item)
        source, settings = item.source, self.queue.recipe.settings(item)
        if source.format != DRAWING:
            return
        try:
            size, _ = drawn_size(item, settings, self.limit_megapixels)
        except ValueError as error:
            raise Refusal("size_refused", words=str(error))
        if source.stand_in is not None and source.drawn_at == size:
            return
        limits.check_dimensions(size[0], size[1], self.limit_megapixels)
        _, content = await self._call("drawing", source.file, *size)
        bitmap = await self.bitmaps.drawn(self.blobs.make("image/svg+xml", content), *size)
        if bitmap is None:
            raise Refusal("damaged")
        try:
            made = Decoded(size[0], size[1], self.bitmaps.pixels_of(bitmap), finished=True)
        finally:
            self.bitmaps.close(bitmap)
        await self._take(item, made)
        source.drawn_at = size

    async def _take(self, item, made):
        """Keep what was :class:`Decoded` of a file as its stand-in."""
        source, key = item.source, str(item.identifier) + ".decoded"
        # Who has not converted the colours leaves that to open_pixels.
        raw = None if made.finished else source.file
        told = json.dumps(made.notices)
        facts, content = await self._call(
            "open_pixels", key, made.pixels, made.width, made.height, told, raw
        )
        source.notices = facts["notices"]
        await self._call("close_photo", key)
        source.stand_in = self.blobs.make("image/png", content)

    async def look_into(self, item):
        """Read what the file holds beside its pixels, for the receipt and the format, once."""
        source = item.source
        if source.receipt is not None:
            return
        source.receipt, _ = await self._call("receipt", source.file)
        source.width, source.height = source.receipt["width"], source.receipt["height"]
        source.format = source.receipt["format"]

    async def look_for_receipt(self, item):
        """Read the receipt of a photo that was cut out; without one it holds only the picture."""
        try:
            item.source.receipt, _ = await self._call("receipt", item.source.file)
        except Refusal as error:
            self.report("no receipt of " + item.name + ": " + error.code)
            item.source.receipt = {"entries": [], "frames": 1}
        self.queue.facts_changed.send(item)

    async def entries_of(self, blob):
        """Return what a finished file still holds beside its pixels; raises :class:`Refusal`."""
        facts, _ = await self._call("receipt", blob, True)
        return facts["entries"]

    async def _call(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)
