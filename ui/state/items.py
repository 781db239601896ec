"""The queue as data: which photos there are and how far each has come.

Plain Python without a browser import, so that its rules are tested on CPython too. Whoever wants
to draw the queue subscribes with :meth:`Queue.watch`.
"""

from ui.state.recipe import CUTOUT, Recipe

WAITING = "waiting"
STARTING = "starting"
DECODING = "decoding"
INFERRING = "inferring"
FINISHING = "finishing"
DONE = "done"
FAILED = "failed"
CANCELLED = "cancelled"

WORKING = (STARTING, DECODING, INFERRING, FINISHING)
ENDED = (DONE, FAILED, CANCELLED)

STEPS = {
    WAITING: 0,
    STARTING: 0.05,
    DECODING: 0.1,
    INFERRING: 0.3,
    FINISHING: 0.85,
    DONE: 1,
    FAILED: 1,
    CANCELLED: 1,
}
"""How much of the work lies behind an item, 0 to 1, for its progress bar."""


KEPT_FACTS = (
    "state",
    "error",
    "notices",
    "width",
    "height",
    "seconds",
    "edit",
    "cutout",
    "own",
    "format",
)
"""What of an item comes back after a reload, beside its files."""


class Item:
    """One photo on its way to a cutout.

    ``file`` is the browser's File; ``result`` the finished PNG as a Blob; ``error`` the sentence
    shown when it failed; ``provisional`` tells that ``after`` shows only the quick first look;
    ``attempt`` counts the runs, so that a late answer of an abandoned run
    is recognised and dropped.

    ``matte`` is the network's answer as a Blob of side x side bytes, ``edit`` what the user
    changed (:mod:`common.edits.edit`, ``None`` for nothing), ``revision`` counts those changes and
    ``saved_mark`` says which of them ``result`` shows (:meth:`ui.state.recipe.Recipe.mark`);
    ``mask`` is a second file, saved beside it; ``backdrop`` the user's own background picture.

    ``cutout`` tells whether the background goes; ``own`` names the sections of ``edit`` in which
    this photo does not follow the common recipe; ``readable`` is the photo in a form that Pillow
    reads where its file has another one; ``receipt`` what was found in the file beside pixels;
    ``format`` Pillow's name of the file's format; ``similarity`` how much the result resembles
    the original (0..1, ``None`` when unknown); ``original_kept`` that the user chose the
    original file instead of a larger result; ``pictured`` the Blob that ``after`` shows where two
    files are compared; ``made`` the width and height of the result; ``fitted`` what the search
    below a size limit has found.
    """

    def __init__(self, identifier, name, size, file):
        self.identifier = identifier
        self.name = name
        self.size = size
        self.file = file
        self.state = WAITING
        self.attempt = 0
        self.error = ""
        self.notices = []
        self.width = 0
        self.height = 0
        self.seconds = 0
        self.result = None
        self.provisional = False
        self.preview_seconds = 0
        self.inference_seconds = 0
        self.fetching = False
        self.kept = False
        self.matte = None
        self.edit = None
        self.history = None
        self.backdrop = None
        self.mask = None
        self.framed = False
        self.saving = False
        self.revision = 0
        self.saved_mark = None
        self.cutout = True
        self.own = []
        self.readable = None
        self.receipt = None
        self.format = ""
        self.similarity = None
        self.original_kept = False
        self.pictured = None
        self.made = None
        self.fitted = None
        self.inference_seconds = 0
        self.before = None
        self.after = None
        self.thumbnail = None

    @property
    def source(self):
        """The photo in a form that the pixel worker can read."""
        return self.readable or self.file

    @property
    def working(self):
        """Whether an actor is busy with this item."""
        return self.state in WORKING

    @property
    def ended(self):
        """Whether nothing more happens to this item unless the user asks."""
        return self.state in ENDED


class Queue:
    """All items in the order in which they were given, and who watches them.

    ``shown`` is the item that the user is looking at, ``recipe`` what is done with every item
    that has no settings of its own.
    """

    def __init__(self):
        self.items = []
        self.recipe = Recipe()
        self.shown = None
        self._next = 1
        self._watchers = []

    def watch(self, watcher):
        """Call ``watcher(item)`` after every change of an item or of the list."""
        self._watchers.append(watcher)

    def changed(self, item):
        """Tell the watchers that ``item`` has changed."""
        for watcher in self._watchers:
            watcher(item)

    def add(self, name, size, file):
        """Append a new waiting item and return it."""
        item = Item(self._next, name, size, file)
        self._next += 1
        item.cutout = self.recipe.tab == CUTOUT
        self.items.append(item)
        self.changed(item)
        return item

    def restore(self, facts, file):
        """Append an item of an earlier visit, from the facts that the journal kept; return it."""
        item = Item(self._next, facts["name"], file.size, file)
        self._next += 1
        for name in KEPT_FACTS:
            if name in facts:  # an earlier version kept fewer
                setattr(item, name, facts[name])
        self.items.append(item)
        return item

    def remove(self, item):
        """Take ``item`` out of the list."""
        item.attempt += 1
        item.state = CANCELLED
        self.items = [other for other in self.items if other is not item]
        self.changed(item)

    def twin_of(self, name, size, modified):
        """Return an item made of the same file (name, bytes, time), or ``None``."""
        for item in self.items:
            if item.name == name and item.size == size and modified == item.file.lastModified:
                return item
        return None

    def next_stale(self):
        """Return the first finished item whose file no longer shows its wish, or ``None``.

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
            if item.state == WAITING and (cutouts or not item.cutout):
                return item
        return None

    def move(self, item, state):
        """Set an item's state and tell the watchers."""
        item.state = state
        self.changed(item)

    def fail(self, item, words):
        """End an item with a sentence that says what happened."""
        item.error = words
        self.move(item, FAILED)

    def cancel(self, item):
        """End an item at the user's wish; its running work no longer counts."""
        item.attempt += 1
        self.move(item, CANCELLED)

    def retry(self, item):
        """Let an ended item wait for another run."""
        item.attempt += 1
        item.error = ""
        item.notices = []
        item.after = None
        item.provisional = False
        self.move(item, WAITING)

    def set_cutout(self, item, wanted):
        """Switch the cutting out of one item on or off; without a matte it has to run again."""
        item.cutout = wanted
        item.revision += 1
        item.original_kept = False
        if wanted and item.matte is None and item.ended:
            self.retry(item)
        else:
            self.changed(item)

    def count(self, *states):
        """Return how many items are in one of ``states``."""
        return len([item for item in self.items if item.state in states])
