"""One photo of the queue as data: what is known of it and how far it has come.

Plain Python without a browser import, so that its rules are tested on CPython too.
"""

from common.options import DOUBTFUL
from ui.state.cancel_scope import CancelScope
from ui.state.mattes import Mattes
from ui.state.records import Pictures, Settings, Source, Timing

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
    """One photo on its way to its file; what is known of it stands in small records.

    ``state`` is one of the names above, ``error`` the sentence shown when it failed, ``fault`` the
    code of that (:mod:`common.errors`, empty while unknown), ``notices`` codes
    of :mod:`common.notices`. ``scope`` is the present run; cancelling it makes the run stop and a
    late answer of it drop. ``mattes`` are the network's answers; ``result`` is the finished file
    (:class:`ui.state.records.Result`), ``None`` while there is none; ``saving`` tells that a file
    is being made, ``found`` whether there was a subject, as far as that is known (``nothing``,
    ``some`` or ``everything``), ``doubt`` how unsure the network is of its final answer, 0..1
    (:func:`core.matte.ensemble.doubt`).
    """

    def __init__(self, identifier, name, size, file, cutout=True):
        self.identifier = identifier
        self.name = name
        self.size = size
        self.state = WAITING
        self.error = ""
        self.fault = ""
        self.notices = []
        self.source = Source(file)
        self.settings = Settings(cutout)
        self.pictures = Pictures()
        self.timing = Timing()
        self.mattes = Mattes()
        self.result = None
        self.saving = False
        self.found = ""
        self.doubt = 0
        self._runs = 0
        self.begin_anew()

    def begin_anew(self):
        """Leave the present run behind and let the next one have a scope of its own."""
        if self._runs:
            self.scope.cancel()
        self._runs += 1
        self.scope = CancelScope(str(self.identifier) + "." + str(self._runs))

    @property
    def places(self):
        """What of the photo is meant, boxes and clicks; all of it for an empty list."""
        edit = self.settings.edit
        return edit["subject"]["places"] if edit else []

    @property
    def matte(self):
        """The network's answer about what is meant: side x side bytes, ``None`` while unknown."""
        return self.mattes.of(self.places)

    @matte.setter
    def matte(self, blob):
        """Keep the network's answer about what is meant."""
        self.mattes.keep(self.places, blob)

    @property
    def needs_a_look(self):
        """Whether somebody should look at the cutout, as the network was not sure of it.

        Not any more once it was touched up or saved.
        """
        if self.state != DONE or not self.settings.cutout:
            return False
        touched = self.settings.edit is not None and bool(self.settings.edit["strokes"])
        saved = self.result is not None and self.result.handed_out
        doubtful = self.doubt > DOUBTFUL or self.found == "everything"
        return doubtful and not touched and not saved

    @property
    def is_unfinished(self):
        """Whether this item has ended with no more than the first look of its cutout."""
        return self.ended and self.state != DONE and self.pictures.provisional

    @property
    def ended(self):
        """Whether nothing more happens to this item unless the user asks."""
        return self.state in ENDED


IN_THE_FILE = (
    ("empty_file", "not_an_image", "is_svg", "too_intricate", "too_many_parts", "is_heic")
    + ("is_avif", "is_pdf", "is_raw", "no_decoder", "is_folder", "damaged", "too_small")
    + ("too_large", "file_too_large")
)
"""Codes of faults that another try finds again: another file is what helps."""

ADD, CUT, POINT, RETRY, SAVE = "add", "cut", "point", "retry", "save"


def next_step(item, in_cutout_tab):
    """Return the one step that a photo on the stage asks for, which its filled button takes.

    Another photo, cutting it out, pointing at what is meant, another try, or saving.
    """
    cuts = in_cutout_tab and item.settings.cutout
    if item.state == DONE:
        if in_cutout_tab and not cuts:
            return CUT
        return POINT if cuts and item.found in ("nothing", "everything") else SAVE
    if not item.ended or item.fault in IN_THE_FILE:
        return ADD
    return POINT if cuts and item.found == "nothing" else RETRY


def after_added(listed, shown, added):
    """Return the item to look at now that ``added`` has come into the list.

    That is the one that is ``shown`` already, unless nothing comes of any other.
    """
    if shown not in listed:
        return listed[0]
    hopeless = (FAILED, CANCELLED)
    others = [item for item in listed if item is not added and item.state not in hopeless]
    return shown if others or added.state in hopeless else added
