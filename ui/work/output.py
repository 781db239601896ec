"""Makes the file of an item: pixels from the pixel worker, encoded there or by a codec.

The pixels of the item on the stage are kept while only the encoding changes, so that a moved
quality slider costs one run of the encoder and nothing else.
"""

import json

from common import formats
from common.edits.codec_options import codec_options
from common.edits.quality_search import QualitySearch
from common.errors import Refusal
from ui.state.file_settings import (
    as_drawn,
    backdrop_of,
    has_limit,
    is_original,
    missed_limit,
    pixels_key,
    stays_original,
    with_export,
)
from ui.state.records import Result
from ui.work.powers import PATIENCE

UNSEEN = ("application/pdf",)
"""Media types of results that neither the browser nor Pillow shows as a picture."""

LOOK_SECONDS = 0.05
"""How often is looked whether another run has ended making the same item's file."""

DECODERS = {formats.FORMATS[codec].media_type: codec for codec in (formats.AVIF, formats.JXL)}
"""Media type: who decodes results that the pixel worker cannot read."""

KEPT = ("profile", "orientation", "copyright", "resolution")
"""What goes into a finished file when it is asked for; see :mod:`core.writing.keeping`."""


class Output:
    """Makes results; ``pixels`` is the pixel worker's actor, ``codecs`` the encoders."""

    def __init__(self, queue, pixels, codecs, readable, powers):
        self.queue = queue
        self.pixels = pixels
        self.codecs = codecs
        self.readable = readable
        self.blobs = powers.blobs
        self.clock = powers.clock
        self.report = powers.report
        self.limit_megapixels = readable.limit_megapixels
        self._kept = None

    async def make(self, item, scope):
        """Make the file of the item's present settings if it is not there yet.

        Raises :class:`Refusal`, ``cancelled`` when ``scope`` is; the item keeps its earlier file
        then.
        """
        while item.saving:
            await self.clock.sleep(LOOK_SECONDS)
        scope.check()
        if self.queue.recipe.is_fresh(item):
            return
        version = self.queue.recipe.version(item)
        settings = self.queue.recipe.settings(item)
        item.saving = True
        self.queue.result_changed.send(item)
        try:
            await self.readable.prepare(item, scope)
            size = fitted = None
            if item.settings.original_kept:
                blobs = [item.source.file]
            elif has_limit(settings["export"]):
                blobs, size, fitted = await self._within_limit(item, settings, scope)
            else:
                blobs, size = await self._files(item, settings, scope)
            mask = blobs[1] if len(blobs) > 1 else None
            original = stays_original(item, settings, blobs[0], size)
            file = item.source.file if original else blobs[0]
            fitted, missed = None if original else fitted, missed_limit(settings, file)
            geometry = settings["geometry"]
            item.result = Result(file, version, mask, size, fitted, original, missed, geometry)
        finally:
            item.saving = False
            self.queue.result_changed.send(item)

    async def make_newest(self, item, scope):
        """Make the file until it shows the present settings, which may change in between.

        Raises what :meth:`make` raises.
        """
        while not self.queue.recipe.is_fresh(item):
            await self.make(item, scope)

    async def _files(self, item, settings, scope, scale=1.0):
        """Return the files of settings as Blobs (one, or a cutout and its mask), and their size.

        ``scale`` (0..1) makes both sides shorter than the settings have them.
        """
        facts, content, keep = await self._pixels_of(item, settings, scope, scale)
        size = (facts["width"], facts["height"])
        item.notices = item.source.notices + facts["notices"]
        if not facts["raw"]:
            blobs = self.blobs.split(facts["types"], facts["sizes"], content)
            wanted = settings["keep"]["copyright"] or settings["keep"]["resolution"]
            if wanted and item.source.stand_in is not None:
                # The stand-in that was rendered knows only its colours.
                kind = blobs[0].type
                blobs[0] = await self._with_metadata(blobs[0], item, settings, kind, True)
            return blobs, size
        export = settings["export"]
        urgent = item is self.queue.shown
        try:
            encoded = await self.codecs.encode(
                facts["codec"],
                size[0],
                size[1],
                content,
                codec_options(export, facts.get("grey", False)),
                scope,
                keep,
                urgent,
            )
        except Refusal as error:
            if error.code != "codec_unavailable" or not formats.FORMATS[export["format"]].writer:
                raise
            facts, content = await self._rendered("export", item, settings, scale)
            item.notices = item.source.notices + facts["notices"] + ["plain_encoder"]
            return self.blobs.split(facts["types"], facts["sizes"], content), size
        kind = formats.FORMATS[export["format"]].media_type
        if any(settings["keep"][name] for name in KEPT):
            return [await self._with_metadata(encoded, item, settings, kind)], size
        return [self.blobs.make(kind, encoded)], size

    async def _with_metadata(self, encoded, item, settings, kind, finished=False):
        """Return a file as a Blob into which went what is kept of the photo's metadata.

        ``finished`` tells that its colour profile is there already.
        """
        wanted, source = json.dumps(settings), item.source
        _, content = await self._call(
            "with_metadata", encoded, source.file, wanted, source.stand_in, finished
        )
        return self.blobs.make(kind, content)

    async def _pixels_of(self, item, settings, scope, scale):
        """Return what the pixel worker answers to settings, and whether the pixels stay here.

        See ``render_file`` in the pixel worker.
        """
        key = (scope.key, scale, pixels_key(settings))
        if self._kept is not None and self._kept[0] == key:
            return self._kept[1], self._kept[2], True
        if item is self.queue.shown:
            self._kept = None  # first let go of the old pixels, then ask for new ones
        facts, content = await self._rendered("render_file", item, settings, scale)
        compared = item is self.queue.shown and self.queue.recipe.compares(item)
        if facts["raw"] and compared:
            self._kept = (key, facts, content)
        return facts, content, facts["raw"] and compared

    async def _rendered(self, function, item, settings, scale):
        """Let the pixel worker make files (``export``) or pixels (``render_file``)."""
        return await self._call(
            function,
            item.source.decodable,
            item.matte if settings["steps"]["cutout"] else None,
            json.dumps(as_drawn(item, settings, self.limit_megapixels)),
            backdrop_of(item, settings),
            self.limit_megapixels,
            scale,
        )

    async def _within_limit(self, item, settings, scope):
        """Return the best files of at most the wanted number of kilobytes, or the smallest ones.

        Beside them their size in pixels and what the search found, ``None`` where nothing fits.
        """
        codec = settings["export"]["codec"]
        limit = codec["limit_kilobytes"] * 1000
        search = QualitySearch(limit, settings["export"]["quality"], codec["shrink"])
        best = smallest = None
        step = search.next()
        while step is not None:
            quality, scale = step
            made = await self._files(item, with_export(settings, "quality", quality), scope, scale)
            search.tell(made[0][0].size)
            if search.best is not None and search.best[:2] == step:
                best = made
            if smallest is None or made[0][0].size < smallest[0][0].size:
                smallest = made
            step = search.next()
        blobs, size = best or smallest
        return blobs, size, search.best

    async def similarity(self, item):
        """Return how alike result and original look, 0 to 1, or 0 where it cannot be told."""
        shown = item.result.file.type not in UNSEEN
        if is_original(item) or item.settings.cutout or not shown:
            return 0
        settings, encoded = self.queue.recipe.settings(item), item.result.file
        size = (0, 0)
        try:
            if encoded.type in DECODERS:
                content = await self.blobs.content(encoded)
                width, height, encoded, _ = await self.codecs.decode(
                    DECODERS[encoded.type], content
                )
                size = (width, height)
            facts, _ = await self._call(
                "similarity",
                item.source.decodable,
                item.matte if item.settings.cutout else None,
                json.dumps(as_drawn(item, settings, self.limit_megapixels)),
                backdrop_of(item, settings),
                self.limit_megapixels,
                encoded,
                *size,
            )
        except Refusal as error:
            self.report("no similarity of " + item.name + ": " + error.code)
            return 0
        return facts["ssim"]

    async def as_png(self, item):
        """Return the cutout of ``item``'s settings as a PNG Blob, whatever format was chosen."""
        settings = self.queue.recipe.settings(item)
        if settings["export"]["format"] == "png":
            await self.make(item, item.scope)
            return item.result.file
        settings = with_export(settings, "format", "png")
        _, content = await self._rendered("export", item, settings, 1.0)
        return self.blobs.make("image/png", content)

    async def as_page(self, item):
        """Return ``item``'s result as a PDF Blob of one page, whatever format was chosen."""
        settings = self.queue.recipe.settings(item)
        if settings["export"]["format"] == "pdf" and not is_original(item):
            await self.make(item, item.scope)
            return item.result.file
        await self.readable.prepare(item, item.scope)
        settings = with_export(settings, "format", "pdf")
        _, content = await self._rendered("export", item, settings, 1.0)
        kind = "application/pdf"
        if settings["keep"]["copyright"] and item.source.stand_in is not None:
            return await self._with_metadata(content, item, settings, kind, True)
        return self.blobs.make(kind, content)

    async def document(self, pages):
        """Return Blobs of one page each as one PDF Blob."""
        together = self.blobs.make("application/pdf", *pages)
        sizes = json.dumps([page.size for page in pages])
        _, content = await self._call("document", together, sizes)
        return self.blobs.make("application/pdf", content)

    def forget(self, _item=None):
        """Give the kept pixels back, as soon as another photo is on the stage."""
        self._kept = None

    async def _call(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)
