"""Offers to install the page, once somebody has made two cutouts with it, until he declines."""

import asyncio

from common.language.words import say
from ui.browser import dom
from ui.browser.window import choices, install
from ui.state.window import InstallOffer


class Installing:
    """Shows the offer at the foot of the page."""

    def __init__(self):
        self._offer = InstallOffer()
        dom.on("install-now", "click", lambda event: asyncio.create_task(self._install()))
        dom.on("install-not", "click", lambda event: self._decline())

    def start(self):
        """Do as an earlier visit has chosen."""
        asyncio.create_task(self._recall())

    async def _recall(self):
        """Read whether it was declined."""
        self._offer.declined = choices.INSTALL_PREFIX in await choices.kept()

    def changed(self, item):
        """Count a photo that has become a cutout."""
        self._offer.note(item)
        self._draw()

    def _draw(self):
        """Show the offer, or not."""
        dom.show("install", self._offer.is_due(install.is_there()))

    async def _install(self):
        """Open the browser's dialogue; it can be opened once."""
        accepted = await install.ask()
        if accepted:
            dom.announce(say("Installed."))
        self._draw()

    def _decline(self):
        """Never ask again, on later visits either."""
        self._offer.declined = True
        self._draw()
        asyncio.create_task(choices.keep(choices.INSTALL_PREFIX, "no"))
