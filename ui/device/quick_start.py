"""Has the interpreter's snapshot made once the page is quiet, so that later visits start sooner.

It is made after everything else of a first visit, in a worker that is ended as soon as there is
something to do. What is kept stands in the Details, with its size and a button that deletes it;
then none is made before the next visit.
"""

import asyncio

from common import naming
from common.language.words import say
from ui.browser import console, dom
from ui.browser.interpreter import snapshot

LOOK_SECONDS = 1
QUIET_LOOKS = 5
"""After so many looks that found nothing to do, one after the other, it is begun."""


class QuickStart:
    """The snapshot's making, and its line under "On this device"."""

    def __init__(self, is_quiet):
        """``is_quiet()`` tells whether nothing is under way or about to be."""
        self._is_quiet = is_quiet
        self._unwanted = False
        for button in ("details-open", "check-open"):
            dom.on(button, "click", lambda event: asyncio.create_task(self.draw()))
        dom.on("forget-start", "click", lambda event: asyncio.create_task(self._forget()))

    def start(self):
        """Begin to wait for a quiet moment."""
        if snapshot.can_be_kept():
            asyncio.create_task(self._make())

    async def _make(self):
        """Make it when the page is quiet, anew each time that something came in between."""
        unfinished = True
        while unfinished and not self._unwanted:
            await self._wait_until_quiet()
            unfinished = not await self._made()
        await self.draw()
        dom.root().dataset.snapshot = "kept" if await snapshot.kept_bytes() else "none"

    async def _made(self):
        """Let it be made as long as the page is quiet; tell whether that came to an end."""
        maker = snapshot.Maker()
        while maker.is_working and self._is_quiet() and not self._unwanted:
            await asyncio.sleep(LOOK_SECONDS)
        maker.end()
        if maker.failure:
            console.report("no snapshot of the interpreter: " + maker.failure)
        return not maker.is_working

    async def _wait_until_quiet(self):
        """Return when the page was quiet for a while."""
        looks = 0
        while looks < QUIET_LOOKS:
            await asyncio.sleep(LOOK_SECONDS)
            looks = looks + 1 if self._is_quiet() else 0

    async def draw(self):
        """Say how much is kept."""
        size = await snapshot.kept_bytes()
        dom.show("start-line", size > 0)
        dom.element("start-words").textContent = say(
            "A copy of the started image tools takes {size} here, so that the next visit starts "
            "sooner.",
            size=naming.byte_size(size),
        )

    async def forget(self):
        """Delete it and make none in this visit."""
        self._unwanted = True
        await snapshot.forget()
        await self.draw()

    async def _forget(self):
        """Follow the button and say so."""
        await self.forget()
        dom.announce(say("The copy is deleted."))
