"""What is known of one photo, in small records, each filled by one room.

``Source`` is filled by what reads the photo's file, ``Settings`` by the recipe, the goals
and the studio,
``Result`` by the output, ``Pictures`` by what makes pictures for the screen, ``Timing`` by the run.
The screen only reads them.
"""

STAGE_SIDE = 1600
"""Longest side, in pixels, of a picture on the stage."""

THUMBNAIL_SIDE = 160
"""Width, in pixels, of a picture in the list."""


class Source:
    """The photo as it was given, and what was found in its file.

    ``file`` is the browser's File; ``stand_in`` the photo in a form that Pillow
    reads where its file has another one, ``drawn_at`` the size of
    that where it is a drawing's; ``width`` and ``height`` pixels, 0 while unknown;
    ``format`` Pillow's name of the file's format; ``receipt`` what was found beside the pixels;
    ``known`` that its matte is known without a network;
    ``notices`` what was told when the stand-in was made; ``path`` where the file lies in a folder
    that was dropped, empty where that is not known.
    """

    def __init__(self, file, path=""):
        self.file = file
        self.path = path
        self.notices = []
        self.stand_in = None
        self.drawn_at = None
        self.width = 0
        self.height = 0
        self.format = ""
        self.known = False
        self.receipt = None

    @property
    def decodable(self):
        """The photo in a form that the pixel worker can read."""
        return self.stand_in or self.file


class Settings:
    """What is wished of one photo.

    ``cutout`` tells whether the background goes; ``edit`` what the user changed
    (:mod:`common.edits.edit`, ``None`` for nothing), ``overrides`` the sections of it in which this
    photo does not follow the common recipe; ``backdrop`` the user's own background picture;
    ``original_kept`` that the original file is taken instead of a larger result. ``revision``
    counts the changes, ``history`` keeps them for undo, ``before_goal`` is what it was before the
    goal that it has (:mod:`ui.aims.taking`), ``None`` for no goal.
    """

    def __init__(self, cutout):
        self.cutout = cutout
        self.edit = None
        self.overrides = []
        self.backdrop = None
        self.original_kept = False
        self.revision = 0
        self.history = None
        self.before_goal = None

    def touch(self):
        """Note that something was changed, so that the file has to be made again."""
        self.revision += 1
        self.original_kept = False


class Result:
    """A finished file; another one takes its place when the settings change.

    ``file`` is a Blob, ``mask`` a second one that is saved beside it or ``None``; ``version`` says
    which settings it shows (:meth:`ui.state.recipe.Recipe.version`, ``None`` when unknown);
    ``size`` its (width, height) in pixels or ``None``; ``fitted`` what the search below a size
    limit has found; ``original`` that it is the original file, because a new one would be larger;
    ``missed`` the size limit in bytes that it does not keep, 0 for none. ``similarity`` is how
    much it resembles the original (0..1, ``None`` while unknown). ``handed_out`` tells that the
    user has saved it. ``geometry`` is the section of that name that was done in it.
    """

    def __init__(
        self,
        file,
        version=None,
        mask=None,
        size=None,
        fitted=None,
        original=False,
        missed=0,
        geometry=None,
    ):
        self.file = file
        self.version = version
        self.mask = mask
        self.size = size
        self.fitted = fitted
        self.original = original
        self.missed = missed
        self.similarity = None
        self.handed_out = False
        self.geometry = geometry


class Pictures:
    """What the screen shows of a photo: ImageData or ImageBitmap, ``None`` while there is none.

    ``before`` and ``after`` lie on the stage, ``thumbnail`` in the list; ``thumbnail_of`` is what
    that shows (see :mod:`ui.look.thumbnails`), ``None`` for the photo. ``compared`` is the
    :class:`Result` that ``after`` shows where two files are compared; ``provisional`` tells that
    ``after`` is only the quick first look, ``framed`` that it has another frame than ``before``;
    ``fetching`` that pictures are on their way.
    """

    def __init__(self):
        self.before = None
        self.after = None
        self.thumbnail = None
        self.thumbnail_of = None
        self.compared = None
        self.provisional = False
        self.framed = False
        self.around = None
        """Where the frame of ``after`` and what it shows lie, boxes in parts of the sides of the
        photo as it was turned and cropped; ``None`` where ``after`` is that frame."""
        self.fetching = False
        self._placed = (None, None)

    def place(self, image, geometry, around=None):
        """Let ``after`` be a picture in which a section ``geometry`` of an edit is done already."""
        self.after, self._placed, self.around = image, (image, geometry), around

    @property
    def placed(self):
        """The geometry that is done in ``after``; ``None`` where it lies as the photo does."""
        return self._placed[1] if self._placed[0] is self.after else None


class Timing:
    """Seconds of the last run: until the first look, in the network, in all."""

    def __init__(self):
        self.preview = 0
        self.inference = 0
        self.total = 0
