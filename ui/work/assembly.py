"""Builds what decides, in one pass and in the order of who needs whom, and connects its signals.

The page (``main.py``) and the tests call the same lines; only the actors and the powers differ.
"""

from common import limits
from ui.look.first_look import FirstLook
from ui.look.thumbnails import Thumbnails
from ui.work.batch import Batch
from ui.work.codecs import Codecs
from ui.work.conductor import Conductor
from ui.work.cutout_run import CutoutRun
from ui.work.desk import Desk
from ui.work.live import Live
from ui.work.output import Output
from ui.work.passes import Passes
from ui.work.pictures import Pictures
from ui.work.plain_run import PlainRun
from ui.work.readable import Readable
from ui.work.recovery import Recovery, Relief
from ui.work.studio import Studio


class Work:
    """Everything that works on the photos of ``queue``.

    ``engine`` is the :class:`ui.work.engine.Engine`, which may have begun, ``pixels`` the actor of
    the pixel worker (with its :class:`ui.look.head_start.HeadStart`), ``make_codec_worker()``
    starts a worker of the codec pool, ``device`` is a :class:`ui.state.device.Device`, ``powers``
    a :class:`ui.work.powers.Powers`.
    """

    def __init__(self, queue, engine, pixels, make_codec_worker, device, powers):
        limit = self.limit_megapixels = limits.allowed_megapixels(device.memory_gib)
        self.queue = queue
        self.pixels = pixels
        self.engine = engine
        self.codecs = Codecs(device, make_codec_worker, powers)
        self.recovery = Recovery(self.engine, pixels)
        self.relief = Relief(queue, pixels, device, powers)
        self.readable = Readable(queue, pixels, self.codecs, powers, limit)
        self.pictures = Pictures(queue, pixels, powers, limit)
        thumbnails = self.thumbnails = Thumbnails(queue, pixels, self.pictures.of_file, powers)
        self.output = Output(queue, pixels, self.codecs, self.readable, powers)
        self.desk = Desk(queue, pixels, powers, limit)
        passes = Passes(self.engine, pixels, powers)
        plain = PlainRun(
            queue, pixels, self.readable, self.output, self.pictures, thumbnails, powers
        )
        first_look = FirstLook(queue, passes, pixels, powers, limit)
        cutouts = CutoutRun(
            queue,
            pixels,
            passes,
            first_look,
            self.recovery,
            self.readable,
            self.desk,
            self.output,
            self.pictures,
            powers,
        )
        self.conductor = Conductor(queue, cutouts, plain, self.output, self.recovery, powers)
        self.studio = Studio(queue, self.desk, powers)
        self.live = Live(queue, self.output, self.pictures, powers)
        self.batch = Batch(queue, self.conductor, self.output, self.codecs.size, powers)
        self._connect()

    def _connect(self):
        """Let each hear what it has to act on."""
        queue = self.queue
        for signal in (queue.added,) + queue.about_one_item():
            signal.connect(self.conductor.look)
        for signal in (queue.added, queue.state_changed, queue.settings_changed):
            signal.connect(self.pictures.changed)
        for signal in queue.about_one_item():
            signal.connect(self.live.changed)
            signal.connect(self.thumbnails.changed)
        queue.added.connect(self.thumbnails.changed)
        queue.shown_changed.connect(self.pictures.shown_changed)
        queue.shown_changed.connect(self.output.forget)
        queue.shown_changed.connect(self.live.changed)
        queue.state_changed.connect(self.batch.note)
        for signal in (queue.state_changed, queue.result_changed):
            signal.connect(self.relief.note)
        self.desk.rendered.connect(self.studio.tell_rendered)
        self.engine.progressed.connect(self.pixels.head_start.progressed)

    def start(self):
        """Begin to work."""
        self.engine.start()
        self.engine.tell_again()
        if not self.engine.is_under_way:
            self.pixels.head_start.wanted()
        self.conductor.start(self.engine.copies, self.codecs.size)
        self.thumbnails.start()
        self.studio.start()
        self.live.start()

    def has_all(self):
        """Tell whether nothing is on its way any more that the first photo waits for.

        Who saves data has it begin with the first photo.
        """
        engine = self.engine
        return not engine.is_under_way or (engine.report is not None and self.pixels.is_up)

    def is_quiet(self):
        """Tell whether all is ready and nothing to do, so that downloads disturb nobody."""
        return self.engine.report is not None and self.pixels.is_up and not self.queue.under_way()
