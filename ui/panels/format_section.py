"""The panel's sections Compress and Convert: format, quality, size limit, expert options."""

from common import formats, kinds
from common.edits.expert_options import OPTIONS
from common.language.words import say, say_count
from common.naming import CUTOUT_PATTERN
from ui.browser import dom
from ui.panels.controls import Choice, Colour, Slider, Switch
from ui.panels.fields import NumberField, fold
from ui.panels.panel import Section
from ui.panels.save_section import NamePattern
from ui.state.recipe import SAME

SAME_WORDS = say("The same as the photo")

COMPRESSING = [record.key for record in formats.WRITTEN if record.compresses]
"""The formats that Compress offers; Convert offers all that hold a whole picture."""

PAGES = (
    ("picture", say("As large as the picture")),
    ("a4", "A4"),
    ("letter", say("Letter")),
)
"""The sizes of a PDF document's pages."""

EXPERTS = ("effort", "chroma", "progressive", "near_lossless", "colours")
"""The options behind the fold, in the order of the screen."""


class FormatSection(Section):
    """What Compress and Convert have in common: a format, its quality and its expert options."""

    def __init__(self, name, title, scope, offered):
        super().__init__(title, "export", scope)
        self.name = name
        self.scope = scope
        choices = [(SAME, SAME_WORDS)]
        choices += [(kind, formats.FORMATS[kind].short) for kind in offered]
        self._offered = [kind for kind, _ in choices]
        self.format = Choice(name + "-format", say("File format"), choices, self._choose_format)
        self.add("format", self.format)
        self.words = dom.create("span", "control-hint")
        self.format.element.append(self.words)
        write = self.setter("quality", int)
        self.quality = Slider(name + "-quality", say("Quality"), 1, 100, 1, "", write)
        self.add("quality", self.quality)
        self.experts = {}

    def codec_setter(self, key, convert=None):
        """Return a function that writes one of the codec's options."""

        def write(value):
            codec = dict(self.scope.edit()["export"]["codec"])
            codec[key] = convert(value) if convert else value
            self.scope.set_value("export", "codec", codec)
            self._draw_visible()

        return write

    def _choose_format(self, value):
        """Take a format."""
        self.scope.set_value("export", "format", value)
        self.draw()

    def add_experts(self):
        """Append the fold with the encoder's options."""
        self.fold, _ = fold(say("Expert options"))
        box = dom.create("div", "section")
        name = self.name
        for key in EXPERTS:
            control = self._expert(name + "-" + key, key, OPTIONS[key])
            self.experts[key] = control
            box.append(control.element)
        self.fold.append(box)
        self.add_element(self.fold)

    def _expert(self, name, key, option):
        """Return the control of one of the codec's options, made from the catalogue's words."""
        if "choices" in option:
            control = Choice(name, option["label"], option["choices"], self.codec_setter(key))
        elif "low" in option:
            convert = palette_size if key == "colours" else int
            low, high = option["ends"]
            words = say("{label}: {low} to {high}", label=option["label"], low=low, high=high)
            write = self.codec_setter(key, convert)
            control = Slider(name, words, option["low"], option["high"], 1, "", write)
        else:
            control = Switch(name, option["label"], self.codec_setter(key))
        return described(control, name, option["hint"])

    def draw(self):
        """Show the values of the settings for the photo on the stage."""
        super().draw()
        recipe, item = self.scope.queue.recipe, self.scope.item()
        export = self.scope.edit()["export"]
        follows = item is None or "export" not in item.settings.overrides
        self.quality.note(self._used_quality(item))
        self._show_format(SAME if follows and recipe.same_format else export["format"])
        for key, control in self.experts.items():
            control.set(export["codec"][key])

    def _used_quality(self, item):
        """Return the quality that a size limit has left, in words, where it is another one."""
        if item is None or not self.scope.queue.recipe.is_fresh(item):
            return ""
        fitted, wanted = item.result.fitted, self.scope.edit()["export"]["quality"]
        return say("used: {quality}", quality=fitted[0]) if fitted and fitted[0] != wanted else ""

    def _show_format(self, kind):
        """Show the chosen format, also one that this section does not offer by itself."""
        if kind not in self._offered:
            self._offered.append(kind)
            option = dom.create("option", "", formats.FORMATS[kind].short)
            option.value = kind
            self.format.input.append(option)
        self.format.set(kind)

    def _draw_visible(self):
        """Hide what means nothing for the format."""
        kind = self.scope.edit()["export"]["format"]
        applies = formats.expert_options(kind)
        self.words.textContent = formats.FORMATS[kind].words
        for key, control in self.rows:
            if key == "quality":
                dom.show(control.element, formats.FORMATS[kind].quality)
            elif key == "jpeg_background":
                dom.show(control.element, formats.is_opaque(kind))
            elif key == "page":
                dom.show(control.element, kind == "pdf")
        for key, control in self.experts.items():
            dom.show(control.element, key in applies)
        if self.experts:
            dom.show(self.fold, bool(applies))


def described(control, name, words):
    """Return a control with a sentence beneath it, which screen readers read out, too."""
    hint = dom.create("span", "control-hint", words)
    hint.id = "hint-" + name
    dom.describe(control.input, "aria-describedby", hint.id)
    control.element.append(hint)
    return control


def palette_size(value):
    """Return a slider's value as a number of colours: 0, or 2 and more."""
    return 0 if value < 2 else int(value)


class Compress(FormatSection):
    """Fewer bytes: quality, a limit in kilobytes, expert options."""

    def __init__(self, scope):
        super().__init__("compress", say("Compress"), scope, COMPRESSING)
        self.limit = NumberField(
            "limit",
            say("Fit under"),
            say("KB, empty for no limit"),
            self.codec_setter("limit_kilobytes"),
            0,
        )
        self.add(None, self.limit)
        words = OPTIONS["shrink"]["label"]
        self.shrink = Switch("shrink", words, self.codec_setter("shrink"))
        self.add(None, self.shrink)
        never = Switch(
            "never-larger", say("Never larger than the original"), self.setter("never_larger")
        )
        words = say("What would be larger stays the file it was, with all that is in it.")
        self.add("never_larger", described(never, "never-larger", words))
        self.add_experts()

    def draw(self):
        """Show the limit, too."""
        super().draw()
        codec = self.scope.edit()["export"]["codec"]
        self.limit.set(codec["limit_kilobytes"])
        self.shrink.set(codec["shrink"])

    def _draw_visible(self):
        """A limit means nothing for encoders without quality; shrinking nothing without a limit."""
        super()._draw_visible()
        export = self.scope.edit()["export"]
        limited = formats.has_limit(export["format"])
        dom.show(self.limit.element, limited)
        dom.show(self.shrink.element, limited and export["codec"]["limit_kilobytes"] > 0)


class Convert(FormatSection):
    """Another format, with what it asks for: a colour behind, one frame or all, a name."""

    def __init__(self, scope):
        kinds = [record.key for record in formats.WRITTEN if record.whole]
        super().__init__("convert", say("Convert"), scope, kinds)
        self.add(
            "jpeg_background",
            Colour(
                "convert-behind", say("Behind transparent parts"), self.setter("jpeg_background")
            ),
        )
        self.page = Choice("convert-page", say("Page size"), PAGES, self.setter("page"))
        self.add("page", self.page)
        self.animation = Switch("animation", say("Keep it animated"), self._animate)
        self.add(None, self.animation)
        self.frames = self.add_element(dom.create("p", "aside"))
        self.pattern = NamePattern(self.setter("name"), "convert-name")
        self.add(None, self.pattern)
        self.add_experts()

    def _animate(self, value):
        """Keep all pictures of an animation, or the first one."""
        self.scope.set_value("keep", "animation", value)
        self.draw()

    def draw(self):
        """Show what becomes of an animation, too."""
        super().draw()
        item, settings = self.scope.item(), self.scope.edit()
        pattern = settings["export"]["name"]
        plain = not settings["steps"]["cutout"] and pattern == CUTOUT_PATTERN
        self.pattern.set("{name}" if plain else pattern)
        frames = item.source.receipt["frames"] if item is not None and item.source.receipt else 1
        moving = (
            item is not None
            and kinds.keeps_moving(item.source.format, settings["export"]["format"])
            and not settings["steps"]["cutout"]
        )
        self.animation.set(settings["keep"]["animation"])
        dom.show(self.animation.element, frames > 1 and moving)
        words = ""
        if frames > 1 and not (moving and settings["keep"]["animation"]):
            words = say_count(
                "{count} picture is in this file. The result takes the first one.",
                "{count} pictures are in this file. The result takes the first one.",
                frames,
            )
        self.frames.textContent = words
        dom.show(self.frames, bool(words))
