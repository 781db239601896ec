"""The panel's section "Only this": which subject of the photo is meant."""

from common.edits.placing import PHOTO, RESULT
from common.language.words import say, say_count
from ui.browser import dom
from ui.panels.controls import Slider, action
from ui.panels.panel import Section
from ui.stage.pointing import Pointer

SIDES = (say("Left edge"), say("Top edge"), say("Right edge"), say("Bottom edge"))

FIRST = (25, 25, 75, 75)
"""The box that the sliders begin with, in percent."""


class Subject(Section):
    """Boxes and clicks, by pointer on the stage or by these controls."""

    def __init__(self, studio, view):
        super().__init__(say("Only this"), "subject", studio)
        self.view = view
        self.queue = studio.queue
        self.pointer = Pointer(self.point_at, self.places, view.geometry)
        self.add_element(
            dom.create(
                "p",
                "aside",
                say(
                    "Draw a box around what you mean, or click on it. Several add up; what lies "
                    "outside is left out."
                ),
            )
        )
        self.told = self.add_element(dom.create("p", "aside"))
        self.sliders = []
        for at, label in enumerate(SIDES):
            slider = Slider("subject-" + str(at), label, 0, 100, 1, "%", self._moved)
            slider.set(FIRST[at])
            self.sliders.append(slider)
            self.add(None, slider)
        buttons = self.add_element(dom.create("div", "buttons"))
        self.everything = action(say("The whole photo again"), self._mean_everything)
        buttons.append(action(say("Use this box"), self._use_box), self.everything)

    def places(self):
        """Return what is meant of the photo on the stage."""
        return [] if self.queue.shown is None else self.queue.shown.places

    def point_at(self, place):
        """Let a box or a click be meant, too."""
        if self.queue.shown is not None and self.queue.shown.settings.cutout:
            self.studio.point_at(place)
            self.draw()
            dom.announce(self.told.textContent)

    def box(self):
        """Return the box that the sliders describe; each pair may be the other way round."""
        left, top, right, bottom = [float(slider.input.value) / 100 for slider in self.sliders]
        return [min(left, right), min(top, bottom), max(left, right), max(top, bottom)]

    def _moved(self, _value):
        """Show the box of the sliders on the photo."""
        self.pointer.proposed = self.box()
        self.pointer.draw()

    def _use_box(self):
        """Point at the box of the sliders."""
        self.pointer.proposed = None
        self.point_at(self.box())

    def _mean_everything(self):
        """Let the whole photo be meant again."""
        self.studio.mean_everything()
        self.draw()
        dom.announce(self.told.textContent)

    def draw(self):
        """Say and show what is meant."""
        count = len(self.places())
        words = say_count("{count} place is meant.", "{count} places are meant.", count)
        self.told.textContent = words if count else say("The whole photo is meant.")
        dom.enable(self.everything, count > 0, "panel-title")
        self.draw_places()

    def draw_places(self):
        """Draw the boxes again, on a picture that has just come, too."""
        if self.view.tool is self.pointer:
            self.pointer.draw()

    def opened(self):
        """Give the pointer to the tool and show the whole photo."""
        self.view.use(self.pointer)
        self.view.frame.classList.add("is-pointing")
        self.studio.look_at(PHOTO)
        self.pointer.draw()

    def closed(self):
        """Give the pointer back."""
        self.view.use(None)
        self.view.frame.classList.remove("is-pointing")
        self.pointer.clear()
        self.studio.look_at(RESULT)
