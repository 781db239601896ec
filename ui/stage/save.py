"""Where finished cutouts leave the page: download, clipboard, share sheet, drag.

A cutout whose edit has changed since its file was made is rendered at full size first; until then
the old file is never handed out.
"""

import asyncio

from common.errors import Refusal, sentence
from common.language.words import say
from ui.browser import blobs, dom, downloads, sharing
from ui.stage import note
from ui.state import items
from ui.state.file_settings import names_of
from ui.state.recipe import CUTOUT

TOOLS = ("edges", "touch", "background", "save")
"""The tools that need a cutout; "Only this" and, without one, "Crop" need but the photo."""

STEPS = {
    items.ADD: "add-here",
    items.RETRY: "retry-here",
    items.CUT: "cut-out",
    items.POINT: "point",
    items.SAVE: "download",
}
"""The buttons below the picture, one of which is filled: by :func:`ui.state.items.next_step`."""


class Saver:
    """Hands finished files out; ``output`` makes those that are not up to date."""

    def __init__(self, queue, output):
        self.queue = queue
        self.output = output
        self._awaited = []
        """Items whose file a click waits for."""

    def names(self, item):
        """Return the names of an item's files: the result's, and the mask's if there is one."""
        return names_of(self.queue, item)

    def link(self, item):
        """Return the ``blob:`` URL of an item's finished file."""
        return blobs.link(item.identifier, item.result.file)

    def release(self, item):
        """Give back what an item that left the queue holds."""
        blobs.release(item.identifier)

    def bind(self, anchor, find_item):
        """Let a link download what ``find_item()`` returns, rendered first if need be."""
        dom.on(anchor, "click", lambda event: self._clicked(event, anchor, find_item()))
        dom.on(anchor, "dragstart", lambda event: self._dragged(event, find_item()))

    def point(self, anchor, item):
        """Let a link name the item's file, or hide it while there is none."""
        ready = item.state == items.DONE and item.result is not None
        dom.show(anchor, ready)
        if ready:
            downloads.point(anchor, self.link(item), self.names(item)[0])

    def offer(self, item):
        """Show the stage's buttons for what can be done with ``item``."""
        download = dom.element("download")
        self.point(download, item)
        words = say("Saving") if item.saving else say("Download")
        dom.element("download-words").textContent = words
        done = item.state == items.DONE
        in_tab = self.queue.recipe.tab == CUTOUT
        step = self._draw_step(item, in_tab)
        # What is still to be cut out is not what anybody wants to paste or send.
        dom.show("copy", done and step != items.CUT and sharing.can_copy())
        dom.show("share", done and step != items.CUT and sharing.can_share())
        cuts = in_tab and item.settings.cutout
        found = bool(item.mattes)
        croppable = found if item.settings.cutout else bool(item.source.width)
        dom.show("tools", croppable or self.can_point(item))
        dom.show("tool-subject", cuts)
        dom.show("tool-frame", croppable)
        for tool in TOOLS:
            dom.show("tool-" + tool, cuts and found)

    def _draw_step(self, item, in_tab):
        """Show the button of the step that comes next, filled; return that step.

        Download is there, too, whenever there is a file.
        """
        step = items.next_step(item, in_tab)
        dom.element("main").dataset.step = step
        left = False
        for name, identifier in STEPS.items():
            button = dom.element(identifier)
            left = left or (name != step and dom.has_focus(button))
            button.classList.toggle("primary", name == step)
            button.classList.toggle("quiet", name != step)
            if name != items.SAVE:
                dom.show(button, name == step)
        if left:  # the button that was pressed is gone; the keyboard stays in its place
            dom.element(STEPS[step]).focus()
            if not dom.has_focus(dom.element(STEPS[step])):  # beside the stage, it is another one
                dom.element("stage").focus()
        return step

    def can_point(self, item):
        """Tell whether the user can point at something in the photo that is on the stage."""
        in_tab = self.queue.recipe.tab == CUTOUT
        return in_tab and item is not None and item.settings.cutout and bool(item.pictures.before)

    def _clicked(self, event, anchor, item):
        """Let the browser download an up-to-date file; make it first otherwise."""
        if self.queue.recipe.is_fresh(item):
            if item.result.mask is not None:
                downloads.save(item.result.mask, self.names(item)[1])
            self.queue.hand_out(item)
            return
        event.preventDefault()
        asyncio.create_task(self._save_and_click(anchor, item))

    async def _save_and_click(self, anchor, item):
        """Render the file, or wait until it is rendered, then follow the link again, once."""
        if item in self._awaited:
            return
        self._awaited.append(item)
        try:
            if await self.make(item):
                self.point(anchor, item)
                anchor.click()
        finally:
            self._awaited.remove(item)

    async def make(self, item):
        """Make an item's file if its edit is newer; return whether there is one now."""
        try:
            await self.output.make_newest(item, item.scope)
            return True
        except Refusal as error:
            self._say(str(error))
            return False

    def _dragged(self, event, item):
        """Let the file be dragged out of the page, where the browser can (Chromium).

        One that is behind its settings is made anew first, and cannot be dragged until it is there.
        """
        if not self.queue.recipe.is_fresh(item):
            event.preventDefault()
            note.say(say("The file is being made. Drag it once more in a moment."))
            asyncio.create_task(self.make(item))
            return
        kind = item.result.file.type or "image/png"
        sharing.drag_out(event, kind, self.names(item)[0], self.link(item))

    def copy(self, item):
        """Put the item's cutout on the clipboard as a PNG.

        The browser is asked at once, in the click that allows it, and gets the picture when it is
        there: Safari and Firefox refuse who asks later.
        """
        asyncio.create_task(self._copy(item, sharing.begin_copy()))

    async def _copy(self, item, copying):
        """Render the picture for the clipboard and say whether it worked."""
        try:
            copying.give(await self.output.as_png(item))
        except Refusal as error:
            copying.give_up(str(error))
            await copying.ended()
            self._say(str(error))
            return
        copied = await copying.ended()
        self._say(say("Copied. Paste it where you need it.") if copied else sentence("copy_failed"))

    def share(self, item):
        """Open the system's share sheet with the item's file, in the click that allows it.

        A file that is behind its settings is made first; then it takes another press.
        """
        asyncio.create_task(self._share(item, self._begin_share(item)))

    def _begin_share(self, item):
        """Open the share sheet if the file is there; return its promise, else ``None``."""
        if not self.queue.recipe.is_fresh(item):
            return None
        return sharing.begin_share(item.result.file, self.names(item)[0])

    async def _share(self, item, sharing_now):
        """Wait for the share sheet, or make the file for the next press."""
        if sharing_now is None:
            note.say(say("Making the file to share."))
            if await self.make(item):
                note.say(say("The file is ready."), say("Share"), lambda: self.share(item))
        elif await sharing.shared(sharing_now):
            self.queue.hand_out(item)
        else:
            self._say(say("This system did not take the file. Use Download instead."))

    def _say(self, words):
        """Show a sentence over the page and let a screen reader say it."""
        note.say(words)
