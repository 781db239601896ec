"""The four tabs over the one queue: what a dropped photo is wanted for, and whose panel is open.

A tab never undoes anything: photos keep what was done with them, whichever tab is chosen.
"""

from common.language.words import say
from ui.browser import dom
from ui.state.recipe import CUTOUT
from ui.state.signals import Signal

TABS = (CUTOUT, "compress", "convert", "resize")

WORDS = {
    CUTOUT: (
        say("Drop a photo, get its subject"),
        say("The background goes, the full resolution stays."),
        say("Drop to cut out"),
    ),
    "compress": (
        say("Drop photos, get small files"),
        say("See every byte saved beside the picture it costs."),
        say("Drop to compress"),
    ),
    "convert": (
        say("Drop photos, get another format"),
        say("AVIF, WebP, JPEG, PNG, TIFF, PDF and more, each by its own encoder."),
        say("Drop to convert"),
    ),
    "resize": (
        say("Drop photos, get the size you need"),
        say("Sharp at any size, and never enlarged by accident."),
        say("Drop to resize"),
    ),
}
"""Heading, sentence and drop words of the empty screen for each tab."""

STEPS = {"ArrowRight": 1, "ArrowDown": 1, "ArrowLeft": -1, "ArrowUp": -1}


class Tabs:
    """The tab list."""

    def __init__(self, recipe):
        self.recipe = recipe
        self.chosen = Signal()
        """Another tab is the chosen one; no arguments."""
        for name in TABS:
            button = self._button(name)
            dom.on(button, "click", lambda event, name=name: self.choose(name))
            dom.on(button, "keydown", lambda event, name=name: self._pressed(event, name))

    def _button(self, name):
        """Return the tab element of a name."""
        return dom.element("tab-" + name)

    def choose(self, name):
        """Make a tab the chosen one."""
        if name == self.recipe.tab:
            return
        self.recipe.tab = name
        for other in TABS:
            chosen = other == name
            dom.describe(self._button(other), "aria-selected", "true" if chosen else "false")
            self._button(other).tabIndex = 0 if chosen else -1
        dom.describe(dom.element("workspace"), "aria-labelledby", "tab-" + name)
        dom.element("main").dataset.tab = name
        heading, lead, drop = WORDS[name]
        dom.element("dropzone-title").textContent = heading
        dom.element("dropzone-lead").textContent = lead
        dom.element("drop-words").textContent = drop
        self.chosen.send()

    def follow(self, fragment):
        """Choose the tab that a shortcut's address names; return whether it names one."""
        if fragment not in TABS:
            return False
        self.choose(fragment)
        return True

    def _pressed(self, event, name):
        """Move along the tabs with the arrow keys, Home and End, as the ARIA pattern has it."""
        place = TABS.index(name)
        if event.key in STEPS:
            place = (place + STEPS[event.key]) % len(TABS)
        elif event.key == "Home":
            place = 0
        elif event.key == "End":
            place = len(TABS) - 1
        else:
            return
        event.preventDefault()
        event.stopPropagation()
        self.choose(TABS[place])
        self._button(TABS[place]).focus()
