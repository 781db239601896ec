"""The panel's section for framing: crop, margin, canvas."""

from common.edits.presets import CANVAS_PRESETS
from common.language.words import say
from ui.browser import dom
from ui.panels.controls import Choice, Slider, action
from ui.panels.panel import Section

KINDS = (
    ("original", say("The whole photo")),
    ("trim", say("Trim empty borders")),
    ("subject", say("Crop to the subject")),
)


FARTHEST = {"%": 50, "px": 1000}
"""The slider's largest margin in each unit."""


class Frame(Section):
    """Chooses what part of the picture is saved and on which canvas."""

    def __init__(self, studio):
        self.changed = self.draw
        """What is called when another frame was chosen."""
        super().__init__(say("Frame"), "framing", studio)
        choices = KINDS + tuple([("canvas " + name, label) for name, label, _ in CANVAS_PRESETS])
        self.kind = Choice("framing", say("Frame"), choices, self._choose)
        self.add(None, self.kind)
        self.margin = Slider("margin", say("Margin"), 0, 50, 1, "", self.setter("margin"))
        self.add("margin", self.margin)
        units = (("%", say("percent of the subject")), ("px", "pixels"))
        self.add(
            "margin_unit",
            Choice("margin-unit", say("Margin in"), units, self.setter("margin_unit")),
        )
        self.again = action(say("Let the page place the frame"), self._place_again)
        self.add_element(self.again)

    def _choose(self, value):
        """Take a kind of frame, or a canvas with its background."""
        if not value.startswith("canvas "):
            self._write(kind=value, place=[])
        for name, _, preset in CANVAS_PRESETS:
            if value == "canvas " + name:
                self.studio.use_preset(preset, [self.studio.item()])
        self.changed()

    def _write(self, **values):
        """Change values of the section in one step."""
        framing = dict(self.studio.edit()["framing"])
        framing.update(values)
        self.studio.set_section("framing", framing)
        self.changed()

    def _place_again(self):
        """Let the page choose where the frame is."""
        self._write(place=[])

    def draw(self):
        """Show the frame, as a preset's name where it is one."""
        super().draw()
        framing = self.studio.edit()["framing"]
        value = framing["kind"]
        for name, _, preset in CANVAS_PRESETS:
            canvas = preset["framing"]["canvas"]
            if value == "canvas" and canvas == framing["canvas"]:
                value = "canvas " + name
        self.kind.set(value)

    def _draw_visible(self):
        """A margin means nothing for the whole photo, for trimming, and where a hand has placed it.

        In pixels it goes farther.
        """
        framing = self.studio.edit()["framing"]
        has_margin = framing["kind"] in ("subject", "canvas") and not framing["place"]
        dom.show(self.again, bool(framing["place"]) and framing["kind"] != "original")
        self.margin.reach(FARTHEST[framing["margin_unit"]], framing["margin_unit"])
        for key, control in self.rows:
            dom.show(control.element, key is None or has_margin)
