"""The page: builds the rooms in order and wires them together. Start reading here.

Photos come in through :mod:`ui.stage.intake`, wait in :mod:`ui.state.queue`, are led through the
two workers by :mod:`ui.work` and leave through :mod:`ui.stage.save`. What is on the screen belongs
to :mod:`ui.list`, :mod:`ui.stage.stage` and :mod:`ui.privacy.details`.
"""

from ui.browser.language import chosen

chosen.install()  # before the modules below are imported: their tables of words are read then

# From the ground up, with a pause after each few files, so that no task of the start is a long one:
# the page scrolls, paints and takes clicks in between. What is imported here and not used below is
# compiled here (F401), so that the task after it is short.
import asyncio

await asyncio.sleep(0)
from ui.browser import machine
from ui.browser.worker_link import BASE_URL, Actor, Channel

await asyncio.sleep(0)
from ui.state.device import Device
from ui.work.engine import Engine

device = Device(
    machine.cores(),
    machine.memory_gib(),
    machine.is_isolated(),
    machine.shares_memory(),
    machine.is_mobile(),
    machine.saves_data(),
)
# The network is made ready by its worker, which has nothing to do until it is told to.
engine = Engine(Actor("segment"), device, Channel, BASE_URL)
engine.start()

await asyncio.sleep(0)
from common import formats, kinds, options  # noqa: F401

await asyncio.sleep(0)
from common.edits import edit  # noqa: F401

await asyncio.sleep(0)
from ui.state.queue import Queue

await asyncio.sleep(0)
from ui.browser import bitmaps, blobs, clock, console, dom, incoming, service_worker

await asyncio.sleep(0)
from ui.browser.codec_worker import CodecWorker
from ui.browser.interpreter.turn import Word
from ui.browser.window import launches
from ui.work.powers import Powers

await asyncio.sleep(0)
from ui.stage import failures, note, progress_line, theme

await asyncio.sleep(0)
from ui.stage.batch import BatchView
from ui.stage.intake import Intake

await asyncio.sleep(0)
from ui.stage.save import Saver
from ui.stage.stage import Stage
from ui.stage.tab_title import TabTitle

await asyncio.sleep(0)
from ui.list.queue_view import QueueView

await asyncio.sleep(0)
from ui.device import lab_link, leftovers, updates
from ui.device.at_rest import AtRest
from ui.device.awake import Awake
from ui.device.batch_news import News
from ui.device.install_offer import Installing

await asyncio.sleep(0)
from ui.device.journal import Journal
from ui.device.language_menu import LanguageMenu
from ui.device.quick_start import QuickStart
from ui.device.readiness import Readiness

await asyncio.sleep(0)
from common.edits import codec_options, quality_search  # noqa: F401
from ui.work import output  # noqa: F401

await asyncio.sleep(0)
from ui.work import readable  # noqa: F401

await asyncio.sleep(0)
from ui.look import first_look, thumbnails  # noqa: F401
from ui.look.head_start import HeadStart
from ui.work import batch, codecs  # noqa: F401

await asyncio.sleep(0)
from ui.work import conductor, cutout_run  # noqa: F401

await asyncio.sleep(0)
from ui.work.assembly import Work

await asyncio.sleep(0)
from ui.privacy.details import Details
from ui.privacy.ledger import LedgerPanel
from ui.privacy.self_audit import SelfAudit

await asyncio.sleep(0)
from common.goals.offered import GOALS
from ui.panels import background_section, save_section, scope  # noqa: F401

await asyncio.sleep(0)
from ui.aims import heads  # noqa: F401
from ui.stage import shortcuts, view  # noqa: F401

await asyncio.sleep(0)
from ui.crop import crop_section, frame_section  # noqa: F401

await asyncio.sleep(0)
from ui import workbench

await asyncio.sleep(0)
from ui.panels import format_section, resize_section  # noqa: F401

await asyncio.sleep(0)
from ui import tasks

await asyncio.sleep(0)

queue = Queue()
powers = Powers(clock, blobs, bitmaps, console.report)
pixels = Actor("pixels", HeadStart(Word().give))
work = Work(queue, engine, pixels, CodecWorker, device, powers)
journal = Journal(queue)
at_rest = AtRest(journal)
saver = Saver(queue, work.output)
stage = Stage(queue, saver)
await asyncio.sleep(0)
queue_view = QueueView(queue, stage, saver)
batch_view = BatchView(queue, work.batch)
tab_title = TabTitle(queue, work.batch)
awake = Awake(queue, work.batch)
news = News(queue, work.batch)
installing = Installing()
details = Details(work.engine)
intake = Intake(queue)
await asyncio.sleep(0)
ledger = LedgerPanel()
self_audit = SelfAudit(queue, work.engine, ledger)
quick_start = QuickStart(work.is_quiet)
readiness = Readiness(queue, journal, work.engine, quick_start)

queue.shown_changed.connect(stage.shown_changed)
queue.shown_changed.connect(queue_view.mark)
queue.added.connect(stage.added)
queue.removed.connect(stage.removed)
for signal in queue.about_one_item():
    signal.connect(stage.changed)
for signal in (queue.added, queue.removed) + queue.about_one_item():
    signal.connect(queue_view.changed)
    signal.connect(batch_view.changed)
    signal.connect(journal.changed)
for signal in (queue.added, queue.removed, queue.state_changed, work.batch.changed):
    signal.connect(tab_title.changed)
    signal.connect(awake.changed)
    signal.connect(news.changed)
queue.state_changed.connect(installing.changed)
queue.forgotten.connect(queue_view.changed)
queue.forgotten.connect(batch_view.changed)
queue.forgotten.connect(journal.changed)
queue.handed_out.connect(journal.changed)
work.batch.changed.connect(batch_view.changed)
work.engine.progressed.connect(progress_line.draw)
work.engine.progressed.connect(stage.progressed)
work.engine.progressed.connect(details.progressed)
work.engine.options_changed.connect(details.options_changed)
await asyncio.sleep(0)
panel = await workbench.build(work, stage, saver, GOALS)
await asyncio.sleep(0)
tabs = await tasks.build(work, stage, panel, saver, GOALS)


def opened(handles, fragment):
    """The installed app was opened anew: with files, or at one of its tools."""
    if tabs.follow(fragment):
        launches.drop_fragment()
    intake.opened(handles)


await asyncio.sleep(0)
failures.start()
note.start()
theme.start()
queue_view.layout.start()
installing.start()
LanguageMenu(queue, journal).start()
work.start()
await asyncio.sleep(0)
intake.start()
launches.listen(opened)
updates.start(queue, work.has_all)
leftovers.start(queue, journal, work.engine, quick_start, at_rest)
readiness.start()
lab_link.start(queue)
service_worker.fill_with_codecs(work.is_quiet)
quick_start.start()
incoming.press_early_button()
dom.root().dataset.python = "ready"
