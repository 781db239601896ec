"""The queue as data: which photos there are, in their order, and what happens to them.

Plain Python without a browser import, so that its rules are tested on CPython too. What happens
is told by signals, one for each kind of news; the wiring connects them.
"""

from ui.state.items import CANCELLED, DONE, FAILED, FINISHING, WAITING, WORKING, Item
from ui.state.recipe import CUTOUT, Recipe
from ui.state.records import Result
from ui.state.signals import Signal


class Queue:
    """All items in the order in which they were given.

    ``shown`` is the item that the user is looking at, ``recipe`` what is done with every item
    that has no settings of its own. Every signal carries the item.
    """

    def __init__(self):
        self.items = []
        self.aside = []
        """What was removed since something new came in: (place in the list, item), in turn."""
        self._left = None
        self.recipe = Recipe()
        self.shown = None
        self._next = 1
        self.added = Signal()
        """An item has come into the list."""
        self.removed = Signal()
        """An item has left the list."""
        self.forgotten = Signal()
        """An item that had left the list can no longer be brought back."""
        self.state_changed = Signal()
        """An item's state has changed."""
        self.facts_changed = Signal()
        """Something was found out about an item: size, format, receipt, notices."""
        self.settings_changed = Signal()
        """Something else is wished of an item, by its own settings or by the common recipe."""
        self.result_changed = Signal()
        """An item's file is being made, has been made, or could not be."""
        self.handed_out = Signal()
        """An item's file was saved by the user."""
        self.pictures_changed = Signal()
        """An item has other pictures to show."""
        self.shown_changed = Signal()
        """Another item, or none (``None``), is looked at."""

    def about_one_item(self):
        """Return the signals after which what is drawn of one item may be out of date."""
        return (
            self.state_changed,
            self.facts_changed,
            self.settings_changed,
            self.result_changed,
            self.pictures_changed,
        )

    def add(self, name, size, file, path=""):
        """Append a new waiting item and return it; see :class:`ui.state.records.Source`.

        What was removed before can no longer be brought back.
        """
        self.forget_removed()
        item = Item(self._next, name, size, file, self.recipe.tab == CUTOUT)
        item.source.path = path
        self._next += 1
        self.items.append(item)
        self.added.send(item)
        return item

    def recalled(self, facts, file):
        """Return an item of an earlier visit, which is not in the list yet.

        ``facts`` is what the journal kept of it (an earlier version kept fewer).
        """
        item = Item(self._next, facts["name"], file.size, file, facts.get("cutout", True))
        self._next += 1
        item.state, item.error, item.notices = facts["state"], facts["error"], facts["notices"]
        item.source.width, item.source.height = facts["width"], facts["height"]
        item.source.format = facts.get("format", "")
        item.doubt = facts.get("doubt", 0)
        item.timing.total = facts["seconds"]
        item.settings.edit, item.settings.overrides = facts["edit"], facts.get("own", [])
        return item

    def restore(self, item, matte, result, backdrop, removed=False):
        """Append a recalled item with the Blobs that were kept of it, each may be ``None``.

        One that was ``removed`` can be brought back as before.
        """
        item.settings.backdrop = backdrop
        if item.state == DONE:  # of one that waits it may show less than is meant by now
            item.matte = matte
        if item.state == DONE and item.settings.cutout and matte is None:
            item.state = WAITING
        if result is not None:
            # Whether the file shows the latest edit is not known: an edited one is made again.
            edited = item.settings.edit is not None or item.settings.overrides
            item.result = Result(result, None if edited else self.recipe.version(item))
        if removed:
            self.aside.append((len(self.items), item))
            self.removed.send(item)
            return
        self.items.append(item)
        self.added.send(item)

    def hand_out(self, item):
        """Note that the user has saved the item's file."""
        item.result.handed_out = True
        self.handed_out.send(item)

    def remove(self, item):
        """Take ``item`` out of the list for good."""
        item.scope.cancel()
        item.state = CANCELLED
        self.items = [other for other in self.items if other is not item]
        self.removed.send(item)

    def set_aside(self, taken):
        """Take items out of the list; until something new comes in, they can be brought back.

        Those on their way will begin anew.
        """
        items = list(self.items)
        for item in taken:
            item.begin_anew()
            if not item.ended:
                item.state = WAITING
                item.pictures.after, item.pictures.provisional = None, False
            place = items.index(item)
            items.pop(place)
            self.aside.append((place, item))
        self.items = items
        if self.shown in taken and self._left is None:
            self._left = self.shown
        for item in taken:
            self.removed.send(item)

    def is_aside(self, item):
        """Tell whether an item was removed and can be brought back."""
        return item in [other for _, other in self.aside]

    def bring_back(self):
        """Put what was removed where it was, and look at what was looked at before."""
        back, self.aside = self.aside[::-1], []
        items, left, self._left = list(self.items), self._left, None
        for place, item in back:
            items.insert(place, item)
        self.items = items
        if left is not None:
            self.show(left)
        for _, item in back:
            self.added.send(item)

    def forget_removed(self):
        """Let go of what was removed."""
        aside, self.aside, self._left = self.aside, [], None
        for _, item in aside:
            self.forgotten.send(item)

    def show(self, item):
        """Look at ``item``, or at none for ``None``."""
        self.shown = item
        self.shown_changed.send(item)

    def twin_of(self, name, size, modified, path=""):
        """Return an item made of the same file (name, bytes, time), or ``None``.

        Files in two places are two, as cameras count anew in each folder.
        """
        for item in self.items:
            elsewhere = path and item.source.path and path != item.source.path
            same = item.name == name and item.size == size and not elsewhere
            if same and modified == item.source.file.lastModified:
                return item
        return None

    def next_stale(self):
        """Return the first finished item whose file no longer shows its settings, or ``None``.

        The one on the stage is left out: it is kept fresh by itself.
        """
        for item in self.items:
            stale = item.state == DONE and not item.saving and not self.recipe.is_fresh(item)
            if stale and item is not self.shown:
                return item
        return None

    def next_waiting(self, cutouts=True):
        """Return the first item that nobody has begun, or ``None``.

        With ``cutouts`` false only those that keep their background.
        """
        for item in self.items:
            if item.state == WAITING and (cutouts or not item.settings.cutout):
                return item
        return None

    def move(self, item, state):
        """Set an item's state and tell it."""
        item.state = state
        self.state_changed.send(item)

    def fail(self, item, words, fault=""):
        """End an item with a sentence that says what happened, and the code of it."""
        item.error, item.fault = words, fault
        self.move(item, FAILED)

    def cancel(self, item):
        """End an item because the user says so; its running work no longer counts."""
        item.scope.cancel()
        self.move(item, CANCELLED)

    def retry(self, item):
        """Let an ended item wait for another run."""
        item.begin_anew()
        item.error = item.fault = ""
        item.notices = []
        item.pictures.after = None
        item.pictures.provisional = False
        self.move(item, WAITING)

    def look_again(self, item):
        """Let an item run again because something else of it is meant, showing what there is.

        Nothing has to be done when its present run has not come so far yet.
        """
        if item.state in (DONE, FINISHING) or (item.ended and item.mattes):
            item.begin_anew()
            item.error = ""
            self.move(item, WAITING)

    def touch(self, item):
        """Note and tell that an item's own settings have changed."""
        item.settings.touch()
        self.settings_changed.send(item)

    def set_cutout(self, item, wanted):
        """Switch the cutting out of one item on or off; without a matte it has to run again."""
        item.settings.cutout = wanted
        if wanted and item.matte is None and item.ended:
            self.retry(item)
        self.touch(item)

    def keep_original(self, item):
        """Take an item's original file as its result."""
        item.settings.touch()
        item.settings.original_kept = True
        self.settings_changed.send(item)

    def set_common(self, section, key, value):
        """Change one value for all items without settings of their own; told of the shown one.

        The others follow when the recipe has stood still (:mod:`ui.work.conductor`).
        """
        self.recipe.set_value(section, key, value)
        for item in self.items:
            item.settings.original_kept = False
        if self.shown is not None:
            self.settings_changed.send(self.shown)

    def lead_by(self, leader, sections):
        """Make shared sections (their names) of an item's settings those of all photos."""
        self.recipe.adopt(self.recipe.settings(leader), sections)
        for item in self.items:
            own = item.settings
            own.overrides = [name for name in own.overrides if name not in sections]

    def under_way(self):
        """Return how many items wait or are worked on."""
        return self.count(WAITING, *WORKING)

    def count(self, *states):
        """Return how many items are in one of ``states``."""
        return len([item for item in self.items if item.state in states])
