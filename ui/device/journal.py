"""What a killed tab leaves behind: the queue, written down in the origin-private file system.

Each tab writes into a folder of its own and holds a Web Lock of the same name for life, so that
tabs do not disturb each other and a folder whose lock nobody holds is known to be an orphan. The
files never leave the device: the origin-private file system (WHATWG File System) is storage of
this origin in this browser profile, and the Details panel clears it.

A folder holds for each item ``N.json`` (name, state, facts, edit), ``N.source`` (the photo),
``N.matte`` (the network's answer), ``N.result`` (the finished file) and ``N.backdrop`` (the
user's own background picture). What the user removes is marked as removed in ``N.json`` and stays
until that can no longer be undone.
"""

import asyncio
import json

from common import formats
from ui.browser import blobs, console, locks, values
from ui.browser.private_files import (
    NoRoom,
    copy_of,
    entry_names,
    folder_names,
    make_folder,
    open_folder,
    read,
    remove,
    remove_folder,
    root_folder,
    sizes,
    write,
)
from ui.state import items, kept

PREFIX = "homecut-journal-"
NOTHING = "homecut-keep-nothing"
"""An empty folder of this name says that the user wants nothing to be kept."""

GONE = "gone"
"""What is written as the state of an item that has left for good: nothing, its files go."""


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
        self.keeps = True
        """Whether the user lets us keep photos."""

    async def open(self):
        """Make this tab's folder; return whether the browser lets us keep a journal."""
        root = await root_folder()
        if root is None:
            return False
        locks.hold_for_life(self.name)
        self.keeps = NOTHING not in await entry_names(root)
        if self.keeps:
            await self._begin(root)
        return True

    async def _begin(self, root):
        """Write down what is in the queue, and all that comes."""
        try:
            self._folder = await make_folder(root, self.name)
        except NoRoom as error:
            # What earlier visits left can be read all the same.
            console.report("the journal has no room: " + str(error))
        self._is_open = True
        for item in self.queue.items + [item for _, item in self.queue.aside]:
            self.changed(item)

    async def keep(self, wanted):
        """Keep the queue from now on, or delete what is kept and keep nothing, on later visits too.

        Tabs that are open beside this one go on as they are. Raises :class:`NoRoom`.
        """
        root = await root_folder()
        self.keeps = wanted
        if wanted:
            if NOTHING in await entry_names(root):
                await remove_folder(root, NOTHING)
            await self._begin(root)
            return
        self._is_open = False
        await self.clear()
        await make_folder(root, NOTHING)

    async def at_rest(self):
        """Return how many photos all journals hold, and how many bytes they take in all."""
        root = await root_folder()
        photos = size = 0
        for name in await folders(root) if root else []:
            for entry, bytes_of_entry in (await sizes(await open_folder(root, name))).items():
                photos += entry.endswith(".source")
                size += bytes_of_entry
        return photos, size

    def changed(self, item):
        """Write an item down when it is new or has come to another state."""
        if not self._is_open:
            return
        state, aside = self._state_of(item)
        shown = item.result and item.result.version
        version = (state, aside, item.scope.key, item.settings.revision, shown)
        before = self._written.get(item.identifier)
        if before != version:
            self._written[item.identifier] = version
            asyncio.create_task(self._write(item, before is None))
        if kept.nothing_to_lose(self.queue):
            asyncio.create_task(self._let_go())

    def _state_of(self, item):
        """Return an item's state as it is written down, and whether it waits for an Undo."""
        aside = self.queue.is_aside(item)
        state = item.state if aside or item in self.queue.items else GONE
        return items.WAITING if state in items.WORKING else state, aside

    async def _let_go(self):
        """Delete what is kept of this tab's photos, all of which were saved; not what was removed
        and can be brought back.
        """
        async with self._turn:
            if self._folder is None or not kept.nothing_to_lose(self.queue):
                return
            entries = [name for name in await entry_names(self._folder) if kept.is_ours(name)]
            aside = [str(item.identifier) for _, item in self.queue.aside]
            entries = [name for name in entries if name.split(".")[0] not in aside]
            self._blobs = {at: blob for at, blob in self._blobs.items() if at not in entries}
            await remove(self._folder, *entries)

    async def _write(self, item, first):
        """Bring one item's files up to date, one item after the other; ``first`` when it is new.

        Whatever it is by then: MicroPython's lock does not keep those that wait in their order.
        """
        async with self._turn:
            state, aside = self._state_of(item)
            if self._folder is None:
                self._has_room = False
                return
            name = str(item.identifier)
            try:
                if aside and not first and name + ".source" not in self._blobs:
                    return  # it was saved, and deleted here; to remove it writes nothing anew
                if state == GONE:
                    places = [name + ending for ending in kept.ENDINGS]
                    self._blobs = {at: b for at, b in self._blobs.items() if at not in places}
                    await remove(self._folder, *places)
                    return
                for ending, blob in kept.files_of(item):
                    await self._write_blob(name + ending, blob)
                await write(
                    self._folder,
                    name + ".json",
                    json.dumps(kept.facts_of(item, state, aside, self.queue.recipe)),
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
        root = await root_folder()
        if root is None:
            return
        async with self._turn:
            self._written, self._blobs = {}, {}
            self._folder = None
            for name in await folders(root):
                if name == self.name or await locks.is_free(name):
                    await remove_folder(root, name)
            if self._is_open:
                self._folder = await make_folder(root, self.name)

    async def orphans(self):
        """Return the names of folders whose tab is gone; empty ones are deleted on the way."""
        root = await root_folder()
        found = []
        for name in await folders(root) if root else []:
            if name == self.name or not await locks.is_free(name):
                continue
            folder = await open_folder(root, name)
            if folder is None:
                continue
            entries = await entry_names(folder)
            if [entry for entry in entries if kept.is_ours(entry)]:
                found.append(name)
            elif not entries:
                await remove_folder(root, name)
        return found

    async def forget_removed(self, names):
        """Delete what was removed in an earlier visit, for nobody can undo that any more."""
        root = await root_folder()
        for name in names:
            folder = await open_folder(root, name)
            if folder is None:
                continue
            for entry in await entry_names(folder):
                number = kept.number_of(entry)
                file = None if number is None else await read(folder, entry)
                facts = kept.facts_in(await file.text()) if file else None
                if facts is not None and facts.get("removed"):
                    await remove(folder, *[str(number) + ending for ending in kept.ENDINGS])

    async def restore(self, name):
        """Put an orphan's items back into the queue.

        Its files are deleted once they stand in this tab's own; they stay where there is no room
        for both. What is in the queue already, by such a folder, does not come twice. What no
        journal wrote is left alone.
        """
        root = await root_folder()
        self._has_room = True
        present = [(item.name, item.size) for item in self.queue.items]
        folder = await open_folder(root, name)
        if folder is None:
            return
        entries = await entry_names(folder)
        numbers = [kept.number_of(entry) for entry in entries]
        for number in sorted([number for number in numbers if number is not None]):
            await self._restore_item(folder, str(number), present)
        await asyncio.sleep(0)  # the tasks that write the items down queue for their turn
        async with self._turn:
            if not self._has_room:
                return
            ours = [entry for entry in entries if kept.is_ours(entry)]
            await remove(folder, *ours)
            if len(ours) == len(entries):
                await remove_folder(root, name)

    async def _restore_item(self, folder, number, present):
        """Put one item back, copied into memory's keeping before its file is deleted."""
        source = await copy_of(await read(folder, number + ".source"))
        entry = await read(folder, number + ".json")
        facts = kept.facts_in(await entry.text()) if entry else None
        if facts is None:
            console.report("the journal's entry " + number + " is damaged")
            return
        if source is None or not source.size or (facts["name"], source.size) in present:
            return  # an empty file is what remains of one that had no room
        item = self.queue.recalled(facts, blobs.file(facts["name"], "", source))
        matte = await copy_of(await read(folder, number + ".matte"))
        kind = result_type(self.queue.recipe.settings(item))
        result = await copy_of(await read(folder, number + ".result"), kind)
        backdrop = await copy_of(await read(folder, number + ".backdrop"))
        self.queue.restore(item, matte, result, backdrop, facts.get("removed", False))


async def folders(root):
    """Return the names of all journal folders."""
    return [name for name in await folder_names(root) if name.startswith(PREFIX)]


def result_type(settings):
    """Return the media type of the file that settings make."""
    return formats.FORMATS[settings["export"]["format"]].media_type
