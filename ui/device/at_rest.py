"""What lies on this device, named with its size, and the choice to keep nothing of the photos."""

import asyncio

from common import naming
from common.language.words import listed, say
from ui.browser import caches, console, dom, machine
from ui.browser.private_files import NoRoom
from ui.browser.window import choices
from ui.state import kept

CHOICES = (
    (choices.LANGUAGE_PREFIX, say("the language")),
    (choices.THEME_PREFIX, say("light or dark")),
    (choices.KEYS_PREFIX, say("shortcuts of a single key")),
    (choices.LIST_PREFIX, say("how photos are listed")),
    (choices.INSTALL_PREFIX, say("that you did not install the page")),
)
"""What can be chosen for the page itself, in words."""


class AtRest:
    """The lines under "On this device" in the Details."""

    def __init__(self, journal):
        self.journal = journal
        for button in ("details-open", "check-open"):
            dom.on(button, "click", lambda event: self._draw_soon())
        dom.on("clear-all", "click", lambda event: self._draw_soon())
        dom.on("keep-nothing", "change", lambda event: asyncio.create_task(self._choose()))

    def start(self, usable):
        """Show what there is; ``usable`` tells whether the browser lets us keep a journal."""
        dom.show("journal-words", usable)
        dom.show("keep-nothing-line", usable)
        dom.element("keep-nothing").checked = not self.journal.keeps
        host = machine.neighbours()
        dom.element("neighbours").textContent = say(
            "Other pages of {host} share this page's storage and could read photos in it. "
            "Details can keep nothing of them here.",
            host=host,
        )
        dom.show("neighbours", bool(host) and usable and self.journal.keeps)
        self._draw_soon()

    def _draw_soon(self):
        """Count and write, meanwhile the page goes on."""
        asyncio.create_task(self._draw())

    async def _draw(self):
        """Say what is kept of the photos and choices, and what everything takes together."""
        photos, size = await self.journal.at_rest()
        words = kept.words(photos, size, self.journal.keeps)
        dom.element("journal-words").textContent = words
        chosen = await choices.kept()
        things = [name for prefix, name in CHOICES if prefix in chosen]
        dom.element("choices-words").textContent = say(
            "What you chose for the page itself is kept here: {things}.", things=listed(things)
        )
        dom.show("choices-words", bool(things))
        used = await caches.used_bytes()
        if used:
            dom.element("all-stored").textContent = say(
                "All that this address keeps in this browser, the page's own files among it, "
                "takes {size}.",
                size=naming.byte_size(used[0]),
            )
        dom.show("all-stored", used is not None)

    async def _choose(self):
        """Follow the switch and say what it did."""
        wanted = not dom.element("keep-nothing").checked
        try:
            await self.journal.keep(wanted)
        except NoRoom as error:
            # It holds for this visit; a later one would not know of it.
            console.report("the choice is not kept: " + str(error))
        await self._draw()
        dom.show("neighbours", bool(machine.neighbours()) and wanted)
        dom.announce(dom.element("journal-words").textContent)
