"""The panel's sections for edges, background and shadow: which control changes which value."""

from common.language.words import say
from ui.browser import dom
from ui.panels.controls import Choice, Colour, Slider, Switch
from ui.panels.panel import Section


def edges(studio):
    """Return the section that reshapes the matte's edge."""
    section = Section(say("Edges"), "edges", studio)
    refinements = (
        ("fast", say("Sharp at full resolution")),
        ("thorough", say("Hair detail, takes seconds")),
        ("none", say("As the network saw it")),
    )
    section.add(
        "refinement",
        Choice("refinement", say("Edge detail"), refinements, section.setter("refinement")),
    )
    for key, label, low, high, step, unit in (
        ("shift", say("Shift, in or out"), -20, 20, 0.5, "px"),
        ("feather", say("Feather"), 0, 50, 0.5, "px"),
        ("contrast", say("Contrast"), 0, 1, 0.05, ""),
        ("decontamination", say("Remove background colour"), 0, 1, 0.05, ""),
        ("speck", say("Remove specks below"), 0, 1, 0.01, say("% of the picture")),
    ):
        section.add(key, Slider(key, label, low, high, step, unit, section.setter(key)))
    section.add(
        "largest_only",
        Switch(
            "largest-only", say("Keep only the largest subject"), section.setter("largest_only")
        ),
    )
    return section


SHOWN_BACKGROUND = {
    "transparent": (),
    "colour": ("colour",),
    "linear": ("first", "second", "angle"),
    "radial": ("first", "second"),
    "image": ("fit", "across", "down"),
    "blur": ("blur",),
}
"""Which controls mean something for which background."""


class Pair:
    """A control for one of the two values under a key (two colours, a position's two parts)."""

    def __init__(self, section, key, place, make):
        """``make(changed)`` returns the control."""
        self.section, self.key, self.place = section, key, place
        self.control = make(self.write)
        self.element = self.control.element

    def write(self, value):
        """Replace this one of the two values."""
        values = list(self.section.studio.edit()[self.section.part][self.key])
        values[self.place] = value
        self.section.studio.set_value(self.section.part, self.key, values)

    def set(self, _unused):
        """Show this one of the two values."""
        self.control.set(self.section.studio.edit()[self.section.part][self.key][self.place])


def pair(section, name, key, place, make):
    """Add a control for one of two values; ``make(changed)`` returns it."""
    holder = Pair(section, key, place, make)
    section.rows.append((name, holder))
    section.element.append(holder.element)


class Background(Section):
    """What stands behind the subject, and the shadow that it casts."""

    def __init__(self, studio):
        super().__init__(say("Background"), "background", studio)
        self.shadow = Section(say("Shadow"), "shadow", studio, visible=shown_shadow)
        self._build()

    def _build(self):
        """Make the controls."""
        kinds = (
            ("transparent", say("Transparent")),
            ("colour", say("Colour")),
            ("linear", say("Gradient, straight")),
            ("radial", say("Gradient, round")),
            ("image", say("Own picture")),
            ("blur", say("Blurred original")),
        )
        self.add("kind", Choice("background", say("Background"), kinds, self._kind))
        self.add("colour", Colour("colour", say("Colour"), self.setter("colour")))
        pair(self, "first", "colours", 0, lambda write: Colour("first", say("First colour"), write))
        pair(
            self,
            "second",
            "colours",
            1,
            lambda write: Colour("second", say("Second colour"), write),
        )
        self.add("angle", Slider("angle", say("Angle"), 0, 360, 5, "°", self.setter("angle")))
        fits = (("cover", say("Fill, cut what is over")), ("contain", say("Show all of it")))
        self.add("fit", Choice("fit", say("Size"), fits, self.setter("fit")))
        pair(
            self,
            "across",
            "position",
            0,
            lambda write: Slider("across", say("Across"), 0, 1, 0.05, "", write),
        )
        pair(
            self,
            "down",
            "position",
            1,
            lambda write: Slider("down", say("Down"), 0, 1, 0.05, "", write),
        )
        self.add("blur", Slider("blur", say("Blur"), 0, 1, 0.05, "", self.setter("blur")))
        self._build_shadow()

    def _build_shadow(self):
        """Make the controls of the shadow."""
        part = self.shadow
        kinds = (
            ("none", say("None")),
            ("drop", say("Drop shadow")),
            ("contact", say("Contact shadow")),
        )
        part.add("kind", Choice("shadow", say("Shadow"), kinds, part.setter("kind")))
        for key, label in (("opacity", say("Shadow strength")), ("blur", say("Shadow softness"))):
            part.add(key, Slider("shadow-" + key, label, 0, 1, 0.05, "", part.setter(key)))
        for place, label in ((0, say("Shadow to the side")), (1, say("Shadow downwards"))):
            pair(
                part,
                "offset",
                "offset",
                place,
                lambda write, label=label, place=place: Slider(
                    "shadow-offset-" + str(place), label, -0.2, 0.2, 0.005, "", write
                ),
            )
        part.add("colour", Colour("shadow-colour", say("Shadow colour"), part.setter("colour")))
        self.add_element(part.element)

    def parts(self):
        """Return the sections of an edit that this panel changes."""
        return ("background", "shadow")

    def _kind(self, value):
        """Change the kind; a picture is asked for when none has been given."""
        item = self.studio.item()
        if value == "image" and item is not None and item.settings.backdrop is None:
            dom.element("backdrop-input").click()
        self.setter("kind")(value)

    def draw(self):
        """Show the values of background and shadow."""
        super().draw()
        self.shadow.draw()

    def _draw_visible(self):
        """Hide the controls that mean nothing for the chosen kind."""
        keys = ("kind",) + SHOWN_BACKGROUND[self.studio.edit()["background"]["kind"]]
        for key, control in self.rows:
            dom.show(control.element, key in keys)


def shown_shadow(values):
    """Return the shadow's keys that mean something."""
    if values["kind"] == "none":
        return ("kind",)
    return ("kind", "opacity", "blur", "offset", "colour")
