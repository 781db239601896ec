"""The queue as data: which photos there are and how far each has come.

Plain Python without a browser import, so that its rules are tested on CPython too. Whoever wants
to draw the queue subscribes with :meth:`Queue.watch`.
"""

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


class Item:
    """One photo on its way to a cutout.

    ``file`` is the browser's File; ``result`` the finished PNG as a Blob; ``error`` the sentence
    shown when it failed; ``provisional`` tells that ``after`` shows only the quick first look;
    ``attempt`` counts the runs, so that a late answer of an abandoned run
    is recognised and dropped.

    ``matte`` is the network's answer as a Blob of side x side bytes, ``edit`` what the user
    changed (:mod:`common.edit`, ``None`` for nothing), ``revision`` counts those changes and
    ``saved_revision`` says which of them ``result`` shows; ``mask`` is a second file, saved
    beside it; ``backdrop`` the user's own background picture.
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
        self.saved_revision = 0
        self.inference_seconds = 0
        self.before = None
        self.after = None
        self.thumbnail = None

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

    ``shown`` is the item that the user is looking at.
    """

    def __init__(self):
        self.items = []
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
        self.items.append(item)
        self.changed(item)
        return item

    def restore(self, facts, file):
        """Append an item of an earlier visit, from the facts that the journal kept; return it."""
        item = Item(self._next, facts["name"], file.size, file)
        self._next += 1
        for name in ("state", "error", "notices", "width", "height", "seconds", "edit"):
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

    def next_waiting(self):
        """Return the first item that nobody has begun, or ``None``."""
        for item in self.items:
            if item.state == WAITING:
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

    def count(self, *states):
        """Return how many items are in one of ``states``."""
        return len([item for item in self.items if item.state in states])
