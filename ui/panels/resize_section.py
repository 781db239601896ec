"""The panel's section Resize: which size, and the size that comes out of it."""

from common.edits.edit import SECTIONS
from common.edits.resizing import resized_size
from common.language.words import say
from ui.browser import dom
from ui.panels.controls import Choice, Switch
from ui.panels.fields import NumberField
from ui.panels.panel import Section
from ui.state.file_settings import resize_of, shape_of

KINDS = (
    ("none", say("Keep the size")),
    ("longest", say("By the longest side")),
    ("percent", say("By percent")),
    ("pixels", say("By width and height")),
)

PRESETS = (
    ("", say("Choose")),
    ("email", say("For e-mail, 1280 px")),
    ("web", say("For a web page, 1920 px")),
    ("square", say("Square post, 1080 x 1080 px")),
    ("story", say("Story, 1080 x 1920 px")),
    ("hd", say("Full HD, 1920 x 1080 px")),
    ("4k", "4K, 3840 x 2160 px"),
    ("half", say("Half the size")),
    ("thumbnail", say("Thumbnail, 256 px")),
)

PRESET_VALUES = {
    "email": {"kind": "longest", "longest": 1280},
    "web": {"kind": "longest", "longest": 1920},
    "square": {"kind": "pixels", "width": 1080, "height": 1080, "fit": "fill"},
    "story": {"kind": "pixels", "width": 1080, "height": 1920, "fit": "fill"},
    "hd": {"kind": "pixels", "width": 1920, "height": 1080, "fit": "fit"},
    "4k": {"kind": "pixels", "width": 3840, "height": 2160, "fit": "fit"},
    "half": {"kind": "percent", "percent": 50},
    "thumbnail": {"kind": "longest", "longest": 256},
}

SHOWN = {
    "none": (),
    "longest": ("longest", "enlarge", "linear"),
    "percent": ("percent", "enlarge", "linear"),
    "pixels": ("width", "height", "fit", "enlarge", "linear"),
}
"""Which controls mean something for which kind."""


class Resize(Section):
    """The size in pixels; a mistyped one is refused before anything is computed."""

    def __init__(self, scope, limit_megapixels):
        super().__init__(say("Resize"), "resize", scope)
        self.scope = scope
        self.limit_megapixels = limit_megapixels
        self.size = self.add_element(dom.create("p", "size-words"))
        dom.describe(self.size, "aria-live", "polite")
        self.preset = Choice("resize-preset", say("Common sizes"), PRESETS, self._use_preset)
        self.add(None, self.preset)
        self.add(
            "kind", Choice("resize-kind", say("Size"), KINDS, lambda value: self._write(kind=value))
        )
        for key, label, unit in (
            ("longest", say("Longest side"), "px"),
            ("percent", say("Percent"), "%"),
            ("width", say("Width"), say("px, empty: by the height")),
            ("height", say("Height"), say("px, empty: by the width")),
        ):
            empty = 0 if key in ("width", "height") else None
            self.add(key, NumberField("resize-" + key, label, unit, self._writer(key), empty))
        fits = (
            ("fit", say("Fit inside, keep the shape")),
            ("fill", say("Fill, cut what is over")),
            ("stretch", say("Stretch, change the shape")),
        )
        self.add(
            "fit", Choice("resize-fit", say("If the shape differs"), fits, self._writer("fit"))
        )
        self.add(
            "enlarge", Switch("enlarge", say("Enlarge smaller photos"), self._writer("enlarge"))
        )
        self.add(
            "linear",
            Switch(
                "linear", say("Average light, not colour values (linear)"), self._writer("linear")
            ),
        )

    def _writer(self, key):
        """Return a function that checks and writes one value."""
        return lambda value: self._write(**{key: value})

    def _write(self, **values):
        """Write values of the section; raises ``ValueError`` and writes nothing if one is wrong."""
        section = dict(self.scope.edit()["resize"])
        section.update(values)
        section = SECTIONS["resize"].clean(section, "size")
        item = self.scope.item()
        if item is not None and item.source.width:
            width, height = shape_of(item, self.scope.edit())
            resized_size(resize_of(item, section), width, height, self.limit_megapixels)
        for key in values:
            self.scope.set_value("resize", key, section[key])
        self.draw()

    def _use_preset(self, name):
        """Take a common size."""
        if name:
            self._write(**PRESET_VALUES[name])
        self.preset.set("")

    def _draw_visible(self):
        """Hide what means nothing for the kind, and say what comes out."""
        values = self.scope.edit()["resize"]
        for key, control in self.rows:
            shown = key in (None, "kind") or key in SHOWN[values["kind"]]
            dom.show(control.element, shown)
        self.size.textContent = self._size_words(values)

    def _size_words(self, values):
        """Return the size before and after."""
        item = self.scope.item()
        if item is None or not item.source.width:
            return ""
        width, height = shape_of(item, self.scope.edit())
        before = size_words(width, height)
        try:
            width, height = resized_size(
                resize_of(item, values), width, height, self.limit_megapixels
            )
        except ValueError as error:
            return str(error)
        after = size_words(width, height)
        if after == before:
            return say("{size} px, unchanged", size=before)
        return say("{before} → {after} px", before=before, after=after)


def size_words(width, height):
    """Return a size in pixels, such as ``1920 x 1080``."""
    return say("{width} x {height}", width=width, height=height)
