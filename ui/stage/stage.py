"""The large picture: original and cutout on one spot with a slider between them."""

import asyncio

from common.edits.placing import AROUND, RESULT, SHEET, is_as_it_lies, placing
from common.language.words import beside, say
from ui.browser import dom
from ui.stage import progress_line
from ui.stage.facts import facts_of
from ui.state import items
from ui.state.file_settings import ground_of
from ui.state.records import STAGE_SIDE

WORDS = {
    items.WAITING: say("Waiting for its turn"),
    items.STARTING: say("Starting the image tools"),
    items.DECODING: say("Reading the photo"),
    items.INFERRING: say("Finding the subject"),
    items.FINISHING: say("Saving at full resolution"),
    items.DONE: say("Done"),
    items.FAILED: say("Not done"),
    items.CANCELLED: say("Cancelled"),
}
"""What each state is called on the screen."""


BEFORE_THE_NETWORK = (items.WAITING, items.STARTING, items.DECODING)
"""The states in which a photo that is cut out may have to wait for the network."""

EARLY = "is-early"
"""Class of the frame while it shows what ``early_intake.js`` painted before Python was up."""

COMPARING_SPLIT = 50
"""Where the line between two files that are compared stands at first, in percent."""


def state_words(item):
    """Return what an item's state is called on the screen."""
    if item.state == items.FINISHING and not item.settings.cutout:
        return say("Encoding")
    return WORDS[item.state]


class Stage:
    """Shows one item of the queue; :meth:`select` chooses which."""

    def __init__(self, queue, saver):
        self.queue = queue
        self.saver = saver
        self._drawn = None
        """The two pictures that the canvases show, and how they lie, ``None`` when not known."""
        self.look = RESULT
        """What is seen of the photo; see :mod:`common.edits.placing`."""
        self._has_shown = False
        self._said = None
        self._starting = ""
        """How far the network is with getting ready, in words; empty once it is."""
        dom.on("split", "input", lambda event: self.set_split(event.target.value))
        dom.on("retry-here", "click", lambda event: queue.retry(queue.shown))
        dom.on("copy", "click", lambda event: saver.copy(queue.shown))
        dom.on("share", "click", lambda event: saver.share(queue.shown))
        saver.bind(dom.element("download"), lambda: queue.shown)

    def select(self, item):
        """Show ``item``, or nothing when it is ``None``."""
        self.queue.show(item)

    def shown_changed(self, item):
        """Draw another photo, or the empty screen for ``None``."""
        left_behind = item is not None and dom.has_focus(dom.element("dropzone"))
        dom.show("stage", item is not None)
        dom.element("main").dataset.view = "empty" if item is None else "working"
        if self._has_shown:
            dom.element("frame").classList.remove(EARLY)
        self._has_shown = True
        self._drawn = None
        if left_behind:
            dom.element("stage").focus()
        if item is not None:
            self.set_split(self.home_split())
            self._draw()

    def added(self, item):
        """Show the first photo of the list, and a new one where nothing comes of the others."""
        wanted = items.after_added(self.queue.items, self.queue.shown, item)
        if wanted is not self.queue.shown:
            self.select(wanted)

    def removed(self, _item):
        """Leave a photo that was removed."""
        shown, listed = self.queue.shown, self.queue.items
        if shown not in listed and (listed or shown is not None):
            self.select(listed[0] if listed else None)

    def changed(self, item):
        """Redraw the photo on the stage when it is the one that has changed."""
        if item is self.queue.shown:
            self._draw()

    def progressed(self, progress):
        """Say on the waiting photo how far the network is with getting ready."""
        ready = progress["stage"] in ("ready", "failed")
        self._starting = "" if ready else progress_line.words(progress)
        item = self.queue.shown
        if item is not None and not item.ended:
            self._draw_words(item)

    def look_at(self, look):
        """Show the result, the whole photo or its sheet; see :mod:`common.edits.placing`."""
        self.look = look
        if self.queue.shown is not None:
            self._draw()

    def hold_original(self, active):
        """Show only the original while ``active``."""
        dom.element("frame").classList.toggle("shows-original", active)

    async def _reveal(self, frame):
        """Draw the original aside, so that the eye sees what has been cut out."""
        self.set_split(100)
        await asyncio.sleep(0.05)
        frame.classList.add("is-revealing")
        self.set_split(self.home_split())
        await asyncio.sleep(0.4)
        frame.classList.remove("is-revealing")

    def home_split(self):
        """Return where the line stands at first: aside, or in the middle between two files."""
        item = self.queue.shown
        compares = item is not None and self.queue.recipe.compares(item)
        return COMPARING_SPLIT if compares else 0

    def set_split(self, percent):
        """Let the original cover the left ``percent`` of the cutout."""
        dom.paint(dom.element("frame"), "--split", str(percent) + "%")
        dom.paint(dom.element("frame"), "--split-at", str(percent) + "cqi")
        dom.element("split").value = percent
        dom.describe(
            dom.element("split"), "aria-valuetext", say("{percent} % original", percent=percent)
        )

    def _draw(self):
        """Bring the frame and the bar up to the item's state."""
        item, recipe = self.queue.shown, self.queue.recipe
        before, after, lies, after_lies = self._seen(item)
        early = dom.element("frame").classList.contains(EARLY)
        ground = "" if self.look in (SHEET, AROUND) else ground_of(item, recipe.settings(item))
        drawn = ((before, lies, self.look, ""), (after, after_lies, self.look, ground))
        if drawn != self._drawn and (before or after or not early):
            dom.element("frame").classList.remove(EARLY)
            for number, canvas in enumerate(("photo-canvas", "cutout-canvas")):
                # Each painting costs the browser further copies of the picture.
                if self._drawn is None or drawn[number] != self._drawn[number]:
                    paint(canvas, *drawn[number])
            self._drawn = drawn
        frame = dom.element("frame")
        frame.classList.toggle("has-picture", before is not None or frame.classList.contains(EARLY))
        frame.classList.toggle("is-working", not item.ended)
        frame.classList.toggle("is-unfinished", item.is_unfinished)
        if after is not None and not frame.classList.contains("has-cutout"):
            asyncio.create_task(self._reveal(frame))
        frame.classList.toggle("has-cutout", after is not None)
        frame.classList.toggle("is-framed", item.pictures.framed)
        comparable = (
            after is not None and not item.pictures.framed and self.look not in (SHEET, AROUND)
        )
        dom.show("split", comparable)
        dom.show("handle", comparable)
        self._draw_words(item)
        self.saver.offer(item)

    def _seen(self, item):
        """Return the pictures before and after, and the geometries with which they are drawn.

        The second one is ``None`` for a picture in which it is done already. Two files are
        compared only as they lie on each other, and nothing that was cropped passes for the whole.
        """
        recipe, pictures = self.queue.recipe, item.pictures
        wished, placed = recipe.settings(item)["geometry"], pictures.placed
        before, after = pictures.before, pictures.after
        if placed is not None and is_as_it_lies(placed, RESULT) and not pictures.framed:
            placed = None
        if self.look == AROUND:
            return before, after if pictures.around else None, wished, None
        if self.look != RESULT:
            hidden = placed is not None or (recipe.compares(item) and self.look == SHEET)
            return before, None if hidden else after, wished, wished
        if placed is None:
            return before, after, wished, wished
        if placed == wished:
            return before, after, wished, None
        if recipe.compares(item):
            return before, None, wished, None
        return before, after, placed, None

    def _draw_words(self, item):
        """Write what the picture is and what is being done to it."""
        message = dom.element("stage-message")
        words = item.error or ("" if item.state == items.DONE else state_words(item))
        if item.state == items.DONE and item.pictures.after is None and is_awaited(item):
            words = say("Reading the photo")
        if item.pictures.provisional and not item.ended:
            words = say("Preview. Computing the full quality")
        elif item.is_unfinished and not item.error:
            words = say("Cancelled. This is only a first look")
        if self._starting and item.settings.cutout and item.state in BEFORE_THE_NETWORK:
            words = self._starting
        if message.textContent != words:  # another element, so that none is seen to jump
            message.replaceChildren(dom.create("span", "stage-words", words))
        message.classList.toggle("is-error", item.state == items.FAILED)
        dom.show(message, bool(words))
        dom.element("stage-name").textContent = item.name
        dom.describe(
            dom.element("cutout-canvas"), "aria-label", say("Result of {name}", name=item.name)
        )
        dom.element("stage-facts").textContent = beside(facts_of(item, self.queue.recipe))
        said = (item.identifier, item.state)
        if said != self._said:
            self._said = said
            if not item.ended:
                dom.announce(state_words(item))


def is_awaited(item):
    """Tell whether a picture of a finished photo is on its way, as after a reload."""
    return item.pictures.fetching or item.saving


def paint(identifier, image, geometry=None, look=RESULT, ground=""):
    """Draw an ImageData or an ImageBitmap on a canvas (by ``id``); hide it when there is none.

    ``geometry`` is the section of an edit with which it is drawn in a look, ``None`` for as it is;
    ``ground`` the colour behind what is transparent, empty for none.
    """
    canvas = dom.element(identifier)
    dom.show(canvas, image is not None)
    if image is None:
        return
    paint_placed(canvas, image, geometry, look)
    if ground:
        context = canvas.getContext("2d")
        context.resetTransform()
        context.globalCompositeOperation = "destination-over"
        context.fillStyle = ground
        context.fillRect(0, 0, canvas.width, canvas.height)
        context.globalCompositeOperation = "source-over"


def paint_placed(canvas, image, geometry, look):
    """Draw a picture on a canvas element; see :func:`paint`."""
    if geometry is None or is_as_it_lies(geometry, look):
        paint_canvas(canvas, image)
        return
    # A hand that straightens or drags wants an answer at once, not every pixel.
    most = STAGE_SIDE if look == SHEET else 0
    canvas.width, canvas.height, way = placing(geometry, look, image.width, image.height, most)
    if not hasattr(image, "close"):
        source = dom.create("canvas")
        paint_canvas(source, image)
        image = source
    a, b, c, d, e, f = way
    context = canvas.getContext("2d")
    context.imageSmoothingQuality = "high"
    context.setTransform(a, d, b, e, c, f)
    context.drawImage(image, 0, 0)


def paint_canvas(canvas, image):
    """Give a canvas the size and the pixels of an ImageData or an ImageBitmap."""
    context = canvas.getContext("2d")
    if canvas.width != image.width or canvas.height != image.height:
        canvas.width, canvas.height = image.width, image.height
    elif hasattr(image, "close"):
        context.resetTransform()
        context.clearRect(0, 0, image.width, image.height)
    if hasattr(image, "close"):
        context.drawImage(image, 0, 0)
    else:
        context.putImageData(image, 0, 0)
