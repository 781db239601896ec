"""What a killed tab leaves behind: the queue, written down in the origin-private file system.

Each tab writes into a folder of its own and holds a Web Lock of the same name for life, so that
tabs do not disturb each other and a folder whose lock nobody holds is known to be an orphan. The
files never leave the device: the origin-private file system (WHATWG File System) is storage of
this origin in this browser profile, and the Details panel clears it.

A folder holds for each item ``N.json`` (name, state, facts, edit), ``N.source`` (the photo),
``N.matte`` (the network's answer), ``N.result`` (the finished file) and ``N.backdrop`` (the
user's own background picture).
"""

import asyncio
import json

from common import formats
from ui.browser import blobs, console, locks, values
from ui.browser.private_files import (
    NoRoom,
    copy_of,
    entry_names,
    make_folder,
    open_folder,
    read,
    remove,
    remove_folder,
    root_folder,
    write,
)
from ui.state import items
from ui.state.recipe import SHARED

PREFIX = "homecut-journal-"
ENDINGS = (".json", ".source", ".matte", ".result", ".backdrop")


class Journal:
    """Writes the queue down as it changes; :meth:`orphans` finds what other tabs left."""

    def __init__(self, queue):
        self.queue = queue
        self.name = PREFIX + values.identifier()
        self._folder = None
        self._written = {}
        self._blobs = {}
        self._turn = asyncio.Lock()
        self._is_open = False
        self._has_room = True

    async def open(self):
        """Make this tab's folder; return whether the browser lets us keep a journal."""
        root = await root_folder()
        if root is None:
            return False
        locks.hold_for_life(self.name)
        try:
            self._folder = await make_folder(root, self.name)
        except NoRoom as error:
            # What earlier visits left can be read all the same.
            console.report("the journal has no room: " + str(error))
        self._is_open = True
        for item in self.queue.items:
            self.changed(item)
        return True

    def changed(self, item):
        """Write an item down when it is new or has come to another state."""
        if not self._is_open:
            return
        state = item.state if item in self.queue.items else "removed"
        if state in items.WORKING:
            state = items.WAITING
        shown = item.result and item.result.version
        version = (state, item.scope.key, item.settings.revision, shown)
        if self._written.get(item.identifier) != version:
            self._written[item.identifier] = version
            asyncio.create_task(self._write(item, state))

    async def _write(self, item, state):
        """Bring one item's files up to date, one item after the other."""
        async with self._turn:
            if self._folder is None:
                self._has_room = False
                return
            name = str(item.identifier)
            try:
                if state == "removed":
                    places = [name + ending for ending in ENDINGS]
                    self._blobs = {at: b for at, b in self._blobs.items() if at not in places}
                    await remove(self._folder, *places)
                    return
                for ending, blob in files_of(item):
                    await self._write_blob(name + ending, blob)
                await write(
                    self._folder,
                    name + ".json",
                    json.dumps(facts_of(item, state, self.queue.recipe)),
                )
            except NoRoom as error:
                # Without room the queue goes on; only its memory of a crash is shorter.
                self._has_room = False
                console.report("the journal has no room: " + str(error))

    async def _write_blob(self, place, blob):
        """Write one of an item's Blobs if it is there and is not the one already written."""
        if blob is not None and self._blobs.get(place) is not blob:
            await write(self._folder, place, blob)
            self._blobs[place] = blob

    async def clear(self):
        """Delete everything that any tab has written down and is no longer working on."""
        self._written, self._blobs = {}, {}
        root = await root_folder()
        if root is None:
            return
        for name in await folders(root):
            if name == self.name or await locks.is_free(name):
                await remove_folder(root, name)
        self._folder = await make_folder(root, self.name)

    async def orphans(self):
        """Return the names of folders whose tab is gone; empty ones are deleted on the way."""
        root = await root_folder()
        found = []
        for name in await folders(root) if root else []:
            if name == self.name or not await locks.is_free(name):
                continue
            folder = await open_folder(root, name)
            if await entry_names(folder):
                found.append(name)
            else:
                await remove_folder(root, name)
        return found

    async def restore(self, name):
        """Put an orphan's items back into the queue.

        Its folder is deleted once they stand in this tab's own; it stays where there is no room for
        both. What is in the queue already, by such a folder, does not come twice.
        """
        root = await root_folder()
        self._has_room = True
        present = [(item.name, item.size) for item in self.queue.items]
        folder = await open_folder(root, name)
        numbers = sorted(
            [int(entry[:-5]) for entry in await entry_names(folder) if entry.endswith(".json")]
        )
        for number in numbers:
            await self._restore_item(folder, str(number), present)
        await asyncio.sleep(0)  # the tasks that write the items down queue for their turn
        async with self._turn:
            if not self._has_room:
                return
            await remove_folder(root, name)

    async def _restore_item(self, folder, number, present):
        """Put one item back, copied into memory's keeping before its file is deleted."""
        source = await copy_of(await read(folder, number + ".source"))
        try:
            facts = json.loads(await (await read(folder, number + ".json")).text())
        except ValueError:
            console.report("the journal's entry " + number + " is damaged")
            return
        if source is None or not source.size or (facts["name"], source.size) in present:
            return  # an empty file is what remains of one that had no room
        item = self.queue.recalled(facts, blobs.file(facts["name"], "", source))
        matte = await copy_of(await read(folder, number + ".matte"))
        kind = result_type(self.queue.recipe.settings(item))
        result = await copy_of(await read(folder, number + ".result"), kind)
        backdrop = await copy_of(await read(folder, number + ".backdrop"))
        self.queue.restore(item, matte, result, backdrop)


def files_of(item):
    """Return the files that are kept of an item: (ending, File or Blob or ``None``)."""
    return (
        (".source", item.source.file),
        (".matte", item.matte),
        (".result", item.result and item.result.file),
        (".backdrop", item.settings.backdrop),
    )


def facts_of(item, state, recipe):
    """Return what has to be known of an item to show it again, as JSON values.

    The common recipe is not kept, so the item takes along what it followed.
    """
    untouched = recipe.is_untouched(item)
    return {
        "name": item.name,
        "state": state,
        "error": item.error,
        "notices": item.notices,
        "width": item.source.width,
        "height": item.source.height,
        "seconds": item.timing.total,
        "edit": None if untouched else recipe.settings(item),
        "own": [] if untouched else list(SHARED),
        "cutout": item.settings.cutout,
        "format": item.source.format,
    }


async def folders(root):
    """Return the names of all journal folders."""
    return [name for name in await entry_names(root) if name.startswith(PREFIX)]


def result_type(settings):
    """Return the media type of the file that settings make."""
    return formats.FORMATS[settings["export"]["format"]].media_type
