"""The page: wires the rooms together. Start reading here.

Photos come in through :mod:`ui.stage.intake`, wait in :mod:`ui.state.items`, are led through the
two workers by :mod:`ui.work.conductor` and leave through :mod:`ui.stage.save`. What is on the
screen belongs to :mod:`ui.stage.queue_view`, :mod:`ui.stage.stage` and :mod:`ui.privacy.details`.
"""

from ui import tasks, workbench
from ui.browser import dom
from ui.device import leftovers, updates
from ui.device.journal import Journal
from ui.device.readiness import Readiness
from ui.privacy.details import Details
from ui.privacy.ledger import LedgerPanel
from ui.privacy.self_audit import SelfAudit
from ui.stage import theme
from ui.stage.batch import Batch
from ui.stage.intake import Intake
from ui.stage.queue_view import QueueView
from ui.stage.save import Saver
from ui.stage.stage import Stage
from ui.state import items
from ui.state.items import Queue
from ui.work.codecs import Codecs
from ui.work.conductor import Conductor
from ui.work.engine import Engine
from ui.work.studio import Studio

queue = Queue()
engine = Engine()
codecs = Codecs()
conductor = Conductor(queue, engine, codecs)
journal = Journal(queue)
studio = Studio(queue, conductor.pixels, conductor.output)
conductor.cutouts.studio = studio
saver = Saver(queue, studio)
stage = Stage(queue, saver)
queue_view = QueueView(queue, stage, saver)
panel = workbench.build(stage, studio, saver)
tasks.build(stage, studio, conductor, panel)
batch = Batch(queue, conductor, saver)
details = Details(engine)
intake = Intake(queue)
ledger = LedgerPanel()
self_audit = SelfAudit(queue, engine, ledger)
readiness = Readiness(queue, journal, engine)


def is_quiet():
    """Tell whether the page is ready and has nothing to do, so that downloads disturb nobody."""
    under_way = queue.count(items.WAITING, *items.WORKING)
    return engine.report is not None and conductor.pixels.is_up and not under_way


theme.start()
engine.start()
conductor.start()
studio.start()
intake.start()
updates.start(queue)
leftovers.start(queue, journal, engine)
readiness.start()
codecs.start(is_quiet)
dom.root().dataset.python = "ready"
