"""The panel's section for saving: format, name, settings to use again."""

import asyncio

from common import formats
from common.edits import edit as edits
from common.edits import presets
from common.language.words import say
from ui.browser import blobs, dom, downloads, sharing
from ui.panels.controls import Choice, Colour, Slider, action
from ui.panels.panel import Section

CHOICES = [(record.key, record.choice) for record in formats.WRITTEN]


class SaveAs(Section):
    """Chooses the format and what else is done with the edit."""

    def __init__(self, studio, saver, keep):
        """``keep(wanted)`` lets the file of the photo on the stage follow every change, or not."""
        super().__init__(say("Save as"), "export", studio)
        self.saver = saver
        self.keep = keep
        self.add("format", Choice("format", say("Format"), CHOICES, self.setter("format")))
        self.add(
            "quality", Slider("quality", say("Quality"), 1, 100, 1, "", self.setter("quality", int))
        )
        self.add(
            "jpeg_background",
            Colour("jpeg-background", say("Behind the subject"), self.setter("jpeg_background")),
        )
        self.add("name", NamePattern(self.setter("name")))
        buttons = dom.create("div", "buttons")
        self.share = action(say("Share"), lambda: saver.share(studio.item()))
        buttons.append(
            self.share,
            action(say("Save these settings"), self._save_preset),
            action(say("Load settings"), lambda: dom.element("preset-input").click()),
        )
        self.add_element(buttons)
        dom.on("preset-input", "change", lambda event: asyncio.create_task(self._load_preset()))

    def _draw_visible(self):
        """Hide what means nothing for the format."""
        kind = self.studio.edit()["export"]["format"]
        lossy = formats.FORMATS[kind].quality
        for key, control in self.rows:
            hidden = (key == "quality" and not lossy) or (
                key == "jpeg_background" and not formats.is_opaque(kind)
            )
            dom.show(control.element, not hidden)
        dom.show(self.share, sharing.can_share())

    def parts(self):
        """Say that all goes to others that can: background, shadow, frame and format."""
        return ()

    def opened(self):
        """Let the file be made with each change, so that its size is known."""
        self.keep(True)

    def closed(self):
        """Leave the file to whoever saves it."""
        self.keep(False)

    def _save_preset(self):
        """Download background, shadow, frame and format as a small JSON file."""
        text = presets.preset_text("Homecut settings", edits.preset_of(self.studio.edit()))
        downloads.save(blobs.make("application/json", text), "homecut-settings.json")

    async def _load_preset(self):
        """Use the settings of a file on the photo that is shown."""
        chosen = dom.element("preset-input")
        file = chosen.files.item(0)
        if not file:
            return
        try:
            _, preset = presets.read_preset(await file.text())
            self.studio.use_preset(preset, [self.studio.item()])
            dom.announce(say("Settings loaded."))
        except ValueError as error:
            dom.element("stage-facts").textContent = str(error)
            dom.announce(str(error))
        chosen.value = ""
        self.draw()


class NamePattern:
    """A text field for the name of the saved files."""

    def __init__(self, changed, name="name"):
        self.element = dom.create("div", "control")
        self.input = dom.create("input")
        self.input.type = "text"
        self.input.id = "control-" + name
        self.input.maxLength = 120
        text = dom.create("label", "", say("Name, with {name}, {index}, {width}, {height}"))
        text.htmlFor = self.input.id
        self.element.append(text, self.input)
        dom.on(self.input, "change", lambda event: changed(self.input.value.strip() or "{name}"))

    def set(self, value):
        """Show ``value`` without telling anybody, unless the user is typing."""
        if not dom.has_focus(self.input):
            self.input.value = value
