"""Makes the file of an item: pixels from the pixel worker, encoded there or by a codec.

The pixels of the item on the stage are kept while only the encoding changes, so that a moved
quality slider costs one run of the encoder and nothing else.
"""

import asyncio
import json

import js

from common import formats
from common.buffers import give_back
from common.edits.codec_options import codec_options
from common.edits.quality_search import QualitySearch
from common.errors import Refusal
from ui.browser import dom
from ui.work.pictures import PATIENCE

ENCODING = ("quality", "codec", "name")
"""What of the section ``export`` changes the file but not the pixels before the encoder."""


class Output:
    """Makes results; ``pixels`` is the pixel worker's actor, ``codecs`` the encoders."""

    def __init__(self, queue, pixels, codecs, limit_megapixels):
        self.queue = queue
        self.pixels = pixels
        self.codecs = codecs
        self.limit_megapixels = limit_megapixels
        self.prepare = None
        """Makes an item readable for the pixel worker, see :meth:`ui.work.plain_run.PlainRun`."""
        self._kept = None

    async def make(self, item):
        """Make the file of the item's present wish if it is not there yet.

        Raises :class:`Refusal`; the item keeps its earlier file then.
        """
        while item.saving:
            await asyncio.sleep(0.05)
        mark = self.queue.recipe.mark(item)
        if item.saved_mark == mark:
            return
        wish = self.queue.recipe.wish(item)
        item.saving = True
        item.fitted = None
        self.queue.changed(item)
        try:
            await self.prepare(item)
            if item.original_kept:
                blobs = [item.file]
            elif has_limit(wish["export"]):
                blobs = await self._within_limit(item, wish)
            else:
                blobs = await self._files(item, wish)
            item.result = blobs[0]
            item.mask = blobs[1] if len(blobs) > 1 else None
            item.similarity = None
            item.saved_mark = mark
        finally:
            item.saving = False
            self.queue.changed(item)

    async def _files(self, item, wish, scale=1.0):
        """Return the files of a wish as Blobs: one, or a cutout and its mask.

        ``scale`` (0..1) makes both sides shorter than the wish has them.
        """
        facts, content, keep = await self._pixels_of(item, wish, scale)
        item.made = (facts["width"], facts["height"])
        item.notices = facts["notices"]
        if not facts["raw"]:
            blobs = split(facts, content)
            if wish["keep"]["copyright"] and item.readable is not None:
                # The stand-in that was rendered knows nothing of the rights.
                blobs[0] = await self._with_metadata(blobs[0], item, wish, blobs[0].type)
            return blobs
        export = wish["export"]
        try:
            encoded = await self.codecs.encode(
                facts["codec"],
                facts["width"],
                facts["height"],
                content,
                codec_options(export),
                item,
                keep,
                item is self.queue.shown,
            )
        except Refusal as error:
            if error.code != "codec_unavailable" or export["format"] == "avif":
                raise
            facts, content = await self._rendered("export", item, wish, scale)
            item.notices = facts["notices"] + ["plain_encoder"]
            return split(facts, content)
        kind = formats.FORMATS[export["format"]].media_type
        if any(wish["keep"][name] for name in ("profile", "orientation", "copyright")):
            return [await self._with_metadata(encoded, item, wish, kind)]
        return [js.Blob.new(js.Array.of(encoded), blob_type(kind))]

    async def _with_metadata(self, encoded, item, wish, kind):
        """Return a file as a Blob into which went what is kept of the photo's metadata."""
        wanted = json.dumps(wish)
        _, content = await self._call("with_metadata", encoded, item.file, wanted)
        return js.Blob.new(js.Array.of(content), blob_type(kind))

    async def _pixels_of(self, item, wish, scale):
        """Return what the pixel worker answers to a wish, and whether the pixels stay here.

        See ``render_file`` in the pixel worker.
        """
        key = (item.identifier, item.attempt, scale, pixels_key(wish))
        if self._kept is not None and self._kept[0] == key:
            return self._kept[1], self._kept[2], True
        if item is self.queue.shown:
            self._kept = None  # first let go of the old pixels, then ask for new ones
        facts, content = await self._rendered("render_file", item, wish, scale)
        compared = item is self.queue.shown and self.queue.recipe.compares(item)
        if facts["raw"] and compared:
            self._kept = (key, facts, content)
        return facts, content, facts["raw"] and compared

    async def _rendered(self, function, item, wish, scale):
        """Let the pixel worker make a wish's files (``export``) or pixels (``render_file``)."""
        return await self._call(
            function,
            item.source,
            item.matte if wish["steps"]["cutout"] else None,
            json.dumps(wish),
            backdrop_of(item, wish),
            self.limit_megapixels,
            scale,
        )

    async def _within_limit(self, item, wish):
        """Return the best file of at most the wished number of kilobytes, or the smallest one."""
        codec = wish["export"]["codec"]
        limit = codec["limit_kilobytes"] * 1000
        search = QualitySearch(limit, wish["export"]["quality"], codec["shrink"])
        best = smallest = None
        step = search.next()
        while step is not None:
            quality, scale = step
            blobs = await self._files(item, with_quality(wish, quality), scale)
            search.tell(blobs[0].size)
            if search.best is not None and search.best[:2] == step:
                best = blobs
            if smallest is None or blobs[0].size < smallest[0].size:
                smallest = blobs
            step = search.next()
        item.fitted = search.best
        return best or smallest

    async def similarity(self, item):
        """Return how alike result and original look, 0 to 1, or 0 where it cannot be told."""
        if item.original_kept:
            return 0
        wish, encoded, size = self.queue.recipe.wish(item), item.result, (0, 0)
        try:
            if encoded.type == "image/avif":
                content = js.Uint8Array.new(await encoded.arrayBuffer())
                width, height, encoded = await self.codecs.decode("avif", content)
                size = (width, height)
            facts, _ = await self._call(
                "similarity",
                item.source,
                item.matte if item.cutout else None,
                json.dumps(wish),
                backdrop_of(item, wish),
                self.limit_megapixels,
                encoded,
                *size,
            )
        except Refusal as error:
            dom.report("no similarity of " + item.name + ": " + error.code)
            return 0
        return facts["ssim"]

    def forget(self):
        """Give the kept pixels back."""
        self._kept = None

    async def _call(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)


def pixels_key(wish):
    """Return a text that is equal for wishes with the same pixels before the encoder."""
    plain = dict(wish)
    # A kept profile leaves the colours, a kept orientation the rows as they are in the file.
    plain["keep"] = dict(wish["keep"])
    plain["keep"].pop("copyright")
    plain["export"] = {
        name: value for name, value in wish["export"].items() if name not in ENCODING
    }
    return settled(plain)


def settled(value):
    """Return a text that is equal for equal JSON values; MicroPython's dicts have no order."""
    if isinstance(value, dict):
        return "{" + ",".join([key + ":" + settled(value[key]) for key in sorted(value)]) + "}"
    return json.dumps(value)


def has_limit(export):
    """Tell whether a size limit is set and the format can be fitted below one."""
    return formats.has_limit(export["format"]) and export["codec"]["limit_kilobytes"] > 0


def with_quality(wish, quality):
    """Return a copy of a wish with another quality."""
    changed = dict(wish)
    changed["export"] = dict(wish["export"])
    changed["export"]["quality"] = quality
    return changed


def backdrop_of(item, wish):
    """Return the user's own background picture if the edit asks for one, else ``None``."""
    return item.backdrop if wish["background"]["kind"] == "image" else None


def split(facts, content):
    """Return the files that lie one after the other in one buffer as Blobs; empties the buffer."""
    blobs, start = [], 0
    for kind, size in zip(facts["types"], facts["sizes"]):
        part = content.subarray(start, start + size)
        blobs.append(js.Blob.new(js.Array.of(part), blob_type(kind)))
        start += size
    give_back(content.buffer)
    return blobs


def blob_type(kind):
    """Return the options of a Blob of a media type."""
    options = js.Object.new()
    options.type = kind
    return options
