"""Keyboard shortcuts, and the overlay that lists them.

None of them is needed: everything has a button, too. They rest while the user types. Those that are
a single character can be switched off, for whoever speaks to the computer or presses keys by
accident (WCAG 2.2, 2.1.4); that is kept.
"""

import asyncio

from common.language.words import say
from ui.browser import dom
from ui.browser.window import choices
from ui.state.window import is_single_key

TYPING = ("INPUT", "SELECT", "TEXTAREA")


class Shortcuts:
    """Binds keys to actions: ``table`` lists (key, words, action) in the order of the overlay."""

    def __init__(self, table, hold):
        """``hold(active)`` shows the original while O is down."""
        self.actions = {key: run for key, _, run in table}
        self.hold = hold
        self.single_keys = True
        dom.on_page("keydown", self._down)
        dom.on_page("keyup", self._up)
        dom.on("shortcuts-open", "click", lambda event: self.show())
        dom.on("shortcuts-close", "click", lambda event: dom.element("shortcuts").close())
        dom.on("single-keys", "change", lambda event: self._switch())
        asyncio.create_task(self._recall())
        listing = dom.element("shortcuts-list")
        for key, words, _ in table + [("o", say("See the original while held"), None)]:
            name = dom.create("dt")
            name.append(dom.create("kbd", "", key.upper() if len(key) == 1 else key))
            listing.append(name, dom.create("dd", "", words))

    def show(self):
        """Open the overlay."""
        dialog = dom.element("shortcuts")
        if not dialog.open:
            dialog.showModal()

    async def _recall(self):
        """Do as an earlier visit has chosen."""
        self.single_keys = choices.KEYS_PREFIX not in await choices.kept()
        dom.element("single-keys").checked = self.single_keys

    def _switch(self):
        """Follow the switch and keep what it says."""
        self.single_keys = dom.element("single-keys").checked
        if not self.single_keys:
            self.hold(False)
        off = None if self.single_keys else "off"
        asyncio.create_task(choices.keep(choices.KEYS_PREFIX, off))

    def _down(self, event):
        """Run the action of a key."""
        if not self._listens(event):
            return
        key = event.key if len(event.key) > 1 else event.key.lower()
        if event.ctrlKey or event.metaKey:
            if key != "z":
                return
            key = "Shift+Ctrl+Z" if event.shiftKey else "Ctrl+Z"
        elif event.shiftKey and key.startswith("Arrow"):
            key = "Shift+" + key
        if is_single_key(key) and not self.single_keys:
            return
        if key == "o" and not event.repeat:
            self.hold(True)
        elif self.actions.get(key):
            event.preventDefault()
            self.actions[key]()

    def _up(self, event):
        """Let go of the original."""
        if event.key.lower() == "o":
            self.hold(False)

    def _listens(self, event):
        """Tell whether a key is meant for the page and not for a field or a dialog."""
        target = event.target
        tag = getattr(target, "tagName", "")
        typing = tag in TYPING and target.type not in ("range", "checkbox", "color")
        return not typing and not dom.dialog_is_open() and not event.altKey
