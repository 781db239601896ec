"""The recipe of the photo on the stage as a line of steps, each of which can be switched."""

from common import formats
from common.edits.geometry import GEOMETRY, Geometry
from common.edits.resizing import resized_size
from common.language.words import say
from ui.browser import dom
from ui.state.file_settings import shape_of
from ui.state.items import IN_THE_FILE

CROPS = {"trim": say("Trim"), "subject": say("Crop"), "canvas": say("Canvas")}


class RecipeLine:
    """Draws cut out -> crop -> resize -> format and switches the steps."""

    def __init__(self, scope, queue, tabs):
        self.scope = scope
        self.queue = queue
        self.tabs = tabs
        self._last = {"crop": "subject", "resize": "longest"}
        self._crops = {}
        """The geometries that were switched off, by the photo's identifier."""
        self.cutout = self._step(self._switch_cutout)
        self.crop = self._step(self._switch_crop)
        self.resize = self._step(self._switch_resize)
        self.file = self._step(self._open_format)

    def _step(self, pressed):
        """Append a step to the line; return its button."""
        place = dom.create("li")
        button = dom.create("button", "step small")
        button.type = "button"
        dom.on(button, "click", lambda event: pressed())
        place.append(button)
        dom.element("recipe").append(place)
        return button

    def changed(self, item):
        """Follow the photo on the stage."""
        if item is self.queue.shown:
            self.draw()

    def draw(self):
        """Show the steps of the photo on the stage."""
        item = self.queue.shown
        if item is None:
            return
        # Nothing is done with a file that cannot be read.
        dom.show("recipe", item.fault not in IN_THE_FILE)
        settings = self.queue.recipe.settings(item)
        framing, resize, export = settings["framing"], settings["resize"], settings["export"]
        switched(self.cutout, item.settings.cutout, say("Cut out"))
        cropped = framing["kind"] != "original" or not is_neutral(settings)
        switched(self.crop, cropped, CROPS.get(framing["kind"], say("Crop")))
        # What only a hand can switch on has its button among the tools.
        known = item.settings.cutout or item.identifier in self._crops
        dom.show(self.crop.parentElement, known or cropped)
        switched(self.resize, resize["kind"] != "none", resize_words(settings, item))
        words = format_words(export)
        self.file.textContent = words
        dom.describe(
            self.file, "aria-label", say("File: {format}. Open the settings", format=words)
        )
        self.file.className = "step small is-file"

    def _switch_cutout(self):
        """Switch the cutting out on or off."""
        wanted = not self.queue.shown.settings.cutout
        for item in self.scope.targets():
            if item.settings.cutout != wanted:
                self.queue.set_cutout(item, wanted)
        self.scope.studio.want()

    def _switch_crop(self):
        """Switch crop and frame on or off; they come back as they were."""
        item, settings = self.queue.shown, self.scope.edit()
        framing, geometry = dict(settings["framing"]), settings["geometry"]
        if framing["kind"] != "original" or not is_neutral(settings):
            self._last["crop"] = framing["kind"]
            self._crops[item.identifier] = geometry
            framing["kind"], geometry = "original", GEOMETRY.clean({}, "geometry")
        else:
            framing["kind"] = self._last["crop"] if item.settings.cutout else "original"
            geometry = self._crops.get(item.identifier, geometry)
        self.scope.studio.set_sections({"framing": framing, "geometry": geometry})

    def _switch_resize(self):
        """Switch the resizing on or off; it comes back as it was."""
        kind = self.scope.edit()["resize"]["kind"]
        if kind != "none":
            self._last["resize"] = kind
        self.scope.set_value("resize", "kind", self._last["resize"] if kind == "none" else "none")

    def _open_format(self):
        """Show where format and quality are chosen."""
        self.tabs.choose("compress")
        dom.element("tab-compress").focus()


def is_neutral(settings):
    """Tell whether a photo is neither turned nor cropped."""
    return Geometry(settings["geometry"]).is_neutral


def switched(button, on, words):
    """Show a step that is on or off."""
    button.textContent = words
    dom.describe(button, "aria-pressed", "true" if on else "false")


def resize_words(settings, item):
    """Return the step's words, with the size where it is known."""
    resize = settings["resize"]
    if resize["kind"] == "none" or not item.source.width or item.settings.cutout:
        return say("Resize")
    try:
        width, height = shape_of(item, settings)
        width, height = resized_size(resize, width, height)
    except ValueError:
        return say("Resize")
    return say("{width} x {height}", width=width, height=height)


def format_words(export):
    """Return the format's short name, with the quality where it has one."""
    entry = formats.FORMATS[export["format"]]
    return entry.short + (" " + str(export["quality"]) if entry.quality else "")
