"""The panel's section for touch-up: which tool, how large, undo and redo."""

from common.edits.placing import PHOTO, RESULT
from common.language.words import say
from ui.browser import dom
from ui.panels.controls import Choice, Slider
from ui.panels.panel import Section
from ui.stage.touch_up import Pencil

TOOLS = (
    ("brush restore", say("Brush: bring back")),
    ("brush erase", say("Brush: erase")),
    ("region restore", say("Click: bring a region back")),
    ("region erase", say("Click: erase a region")),
    ("lasso restore", say("Lasso: bring back")),
    ("lasso erase", say("Lasso: erase")),
)

SHOWN = {"brush": ("radius", "hardness", "opacity"), "region": ("tolerance",), "lasso": ()}


class TouchUp(Section):
    """Controls of the pencil; while it is open, the pointer on the stage draws."""

    def __init__(self, studio, view):
        super().__init__(say("Touch up"), "strokes", studio)
        self.view = view
        self.pencil = Pencil(studio.add_stroke)
        studio.rendered.connect(self.pencil.rendered)
        self.tool = Choice("touch-up", say("Tool"), TOOLS, self.choose)
        self.tool.set("brush erase")
        self.add(None, self.tool)
        self.sliders = {}
        for key, label, low, high, step in (
            ("radius", say("Size"), 0.002, 0.15, 0.002),
            ("hardness", say("Hardness"), 0, 1, 0.05),
            ("opacity", say("Opacity"), 0.05, 1, 0.05),
            ("tolerance", say("Tolerance"), 0, 1, 0.01),
        ):
            told = self._diameter if key == "radius" else None
            slider = Slider("pencil-" + key, label, low, high, step, "", self._setter(key), told)
            slider.set(self.pencil.shape[key])
            self.sliders[key] = slider
            self.add(None, slider)
        self.add_element(
            dom.create(
                "p",
                "aside",
                say("Two fingers, or the wheel with Ctrl, zoom. Hold O to see the original."),
            )
        )

    def _setter(self, key):
        """Return a function that changes the pencil."""

        def write(value):
            self.pencil.shape[key] = value
            self.pencil.outline()

        return write

    def _diameter(self, radius):
        """Return how wide a brush is in words, in pixels of the photo on the stage."""
        item = self.studio.item()
        longer = 0 if item is None else max(item.source.width, item.source.height)
        return say("{pixels} px", pixels=max(1, round(2 * radius * longer)))

    def choose(self, value):
        """Take another tool, for instance ``"brush erase"``."""
        self.pencil.kind, self.pencil.mode = value.split(" ")
        self.tool.set(value)
        self.pencil.outline()
        self.draw()

    def resize(self, factor):
        """Make the brush larger or smaller."""
        shape = self.pencil.shape
        shape["radius"] = min(0.15, max(0.002, shape["radius"] * factor))
        self.sliders["radius"].set(shape["radius"])
        self.pencil.outline()

    def draw(self):
        """Show the sliders that mean something for the tool."""
        self.sliders["radius"].set(self.pencil.shape["radius"])
        for key, slider in self.sliders.items():
            dom.show(slider.element, key in SHOWN[self.pencil.kind])

    def opened(self):
        """Give the pointer to the pencil and show the whole photo."""
        self.view.use(self.pencil)
        self.studio.look_at(PHOTO)

    def closed(self):
        """Give the pointer back."""
        self.view.use(None)
        self.pencil.leave()
        self.pencil.clear()
        self.studio.look_at(RESULT)
