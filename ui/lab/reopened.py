"""What happens when the installed app is opened anew while the lab is on top."""

from ui.browser import machine
from ui.browser.window import launches


def listen(take, begin):
    """Run the first file that the system opens through ``take(file)``; tools are the page's."""

    async def take_handle(handle):
        """Take the file of a handle."""
        await take(await launches.file_of(handle))

    def opened(handles, fragment):
        """Take a file, or go to the tool."""
        if handles:
            begin(take_handle(handles[0]))
        elif fragment:
            machine.open_page(fragment)

    launches.listen(opened)
