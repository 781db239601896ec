"""The panel's section Crop: turn, flip, straighten, crop, and a cutout's frame."""

from common.edits.geometry import FREE, GEOMETRY, MOST_TILT, ORIGINAL, RATIOS, Geometry
from common.edits.placing import RESULT
from common.language.words import beside, say
from ui.browser import dom
from ui.crop.areas import CropArea, FrameArea
from ui.crop.frame_tool import FrameTool
from ui.panels.controls import Choice, Slider, action
from ui.panels.fields import fold
from ui.panels.panel import Section
from ui.state.file_settings import shape_of
from ui.state.recipe import CUTOUT

FORMS = {FREE: say("Any"), ORIGINAL: say("As the photo")}

SIDES = (say("Left edge"), say("Top edge"), say("Right edge"), say("Bottom edge"))


class Crop(Section):
    """Changes the geometry of the photo on the stage, by buttons, sliders and the frame over it.

    ``frame`` is the section for a cutout's frame, which follows below.
    """

    def __init__(self, studio, view, frame):
        super().__init__(say("Crop"), "geometry", studio)
        self.queue = studio.queue
        self.frame = frame
        self.tool = FrameTool(view)
        self.crop = CropArea(studio, self.draw)
        self.placing = FrameArea(studio, self.draw)
        frame.changed = self.draw
        self._is_open = False
        self.size = self.add_element(dom.create("p", "size-words"))
        self._turns()
        self.tilt = Slider(
            "tilt", say("Straighten"), -MOST_TILT, MOST_TILT, 0.1, "°", self._straighten
        )
        self.add(None, self.tilt)
        forms = [(ratio, FORMS.get(ratio, ratio)) for ratio in RATIOS]
        self.form = Choice("crop-ratio", say("Proportions"), forms, self._choose_form)
        self.add(None, self.form)
        self._edges()
        self.add_element(frame.element)
        buttons = self.add_element(dom.create("div", "buttons"))
        self.reset = action(say("Reset"), self._reset)
        buttons.append(self.reset)

    def _turns(self):
        """Take the buttons that turn and flip out of the page."""
        for name, change in (
            ("turn-left", turned_left),
            ("turn-right", lambda one: one.turned()),
            ("flip", lambda one: one.flipped()),
            ("flip-down", lambda one: one.flipped(True)),
        ):
            dom.on(name, "click", lambda event, name=name, change=change: self._step(change, name))
        dom.show(self.add_element(dom.element("turns")))

    def _edges(self):
        """Make the sliders for who cannot or will not drag."""
        self.edges = []
        self.fold, _ = fold(say("Edges in percent"))
        for at, label in enumerate(SIDES):
            slider = Slider(
                "crop-" + str(at),
                label,
                0,
                100,
                0.5,
                "%",
                lambda value, at=at: self._edge(at, value),
            )
            self.edges.append(slider)
            self.fold.append(slider.element)
        self.add_element(self.fold)

    def _step(self, change, name=""):
        """Change the geometry in a step of its own; ``change`` gets a :class:`Geometry`.

        What was pressed (the button's ``id``) is said with the size, which may stay the same.
        """
        self.crop.finish()
        self.studio.set_section("geometry", change(self.crop.geometry()))
        self.draw()
        done = [dom.element(name).textContent] if name else []
        dom.announce(beside(done + [self.size.textContent]))

    def _straighten(self, degrees):
        """Follow the slider."""
        self.studio.set_section("geometry", self.crop.geometry().straightened(degrees), False)
        if self.tool.area is self.placing:
            self.studio.want()
        self.draw()

    def _choose_form(self, ratio):
        """Hold the crop to another form."""
        self._step(lambda one: one.in_form(ratio))

    def _edge(self, at, value):
        """Move one edge of the crop to so many percent."""
        ground, box = self.crop.ground(), self.crop.box()
        wish = value / 100 * ground[2 + at % 2]
        grip = ((-1, 0), (0, -1), (1, 0), (0, 1))[at]
        by = wish - box[at]
        self.tool.drag(self.crop, box, grip, (0, by) if at % 2 else (by, 0))

    def _reset(self):
        """Leave the photo as it was."""
        self._step(lambda one: GEOMETRY.clean({}, "geometry"))

    def parts(self):
        """Return the sections of an edit that this panel changes; a frame is a cutout's."""
        item = self.studio.item()
        is_cutout = item is not None and item.settings.cutout
        return ("geometry", "framing") if is_cutout else ("geometry",)

    def draw(self):
        """Show the geometry in the controls and over the picture."""
        item = self.studio.item()
        if item is None:
            return
        one = self.crop.geometry()
        self.tilt.set(one.shown_tilt)
        self.form.set(one.ratio)
        ground, box = self.crop.ground(), self.crop.box()
        for at, slider in enumerate(self.edges):
            slider.set(100 * box[at] / ground[2 + at % 2])
        framed = self._is_framed(item)
        width, height = self.placing.size() if framed else shape_of(item, self.studio.edit())
        self.size.textContent = say("{width} x {height} px", width=width, height=height)
        for element in (self.form.element, self.fold):
            dom.show(element, not framed)
        dom.enable(self.reset, not one.is_neutral, "panel-title")
        dom.show(self.frame.element, item.settings.cutout)
        if item.settings.cutout:
            self.frame.draw()
        self._hold(self.placing if framed else self.crop)

    def _is_framed(self, item):
        """Tell whether the frame on the stage is that of the cutout and not the crop."""
        kind = self.studio.edit()["framing"]["kind"]
        return item.settings.cutout and kind != "original" and self.queue.recipe.tab == CUTOUT

    def _hold(self, area):
        """Let the frame on the stage stand for an area."""
        if self._is_open and self.tool.area is not area:
            self.tool.take(area)
            self.studio.look_at(area.look)
        self.tool.draw()

    def opened(self):
        """Show all that there is of the photo, with the frame over it."""
        self._is_open = True
        dom.element("frame").classList.add("is-cropping")
        self.draw()

    def closed(self):
        """Show the result again."""
        self._is_open = False
        dom.element("frame").classList.remove("is-cropping")
        self.tool.take(None)
        self.studio.look_at(RESULT)


def turned_left(one):
    """Return the section of a :class:`Geometry` turned by a quarter anticlockwise."""
    return Geometry(Geometry(one.turned()).turned()).turned()
