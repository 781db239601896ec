"""The link to the lab: the photo on the stage is handed over before it is followed."""

import asyncio

from ui.browser import dom, machine
from ui.device import lab_folder


def start(queue):
    """Take the photo that is shown along whenever the link is followed."""

    async def follow():
        """Leave the photo for the lab, then go there."""
        if queue.shown is not None:
            await lab_folder.hand_over(queue.shown.source.file)
        machine.open_lab()

    def clicked(event):
        """Wait with the journey until the photo is there."""
        event.preventDefault()
        asyncio.create_task(follow())

    dom.on("look-inside", "click", clicked)
