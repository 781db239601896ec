"""The page: wires the rooms together. Start reading here.

Photos come in through :mod:`ui.intake`, wait in :mod:`ui.items`, are led through the two workers
by :mod:`ui.conductor` and leave through :mod:`ui.save`. What is on the screen belongs to
:mod:`ui.queue_view`, :mod:`ui.stage` and :mod:`ui.details`.
"""

from ui import dom, items, leftovers, tasks, theme, updates, workbench
from ui.batch import Batch
from ui.codecs import Codecs
from ui.conductor import Conductor
from ui.details import Details
from ui.engine import Engine
from ui.intake import Intake
from ui.items import Queue
from ui.journal import Journal
from ui.ledger import LedgerPanel
from ui.queue_view import QueueView
from ui.readiness import Readiness
from ui.save import Saver
from ui.self_audit import SelfAudit
from ui.stage import Stage
from ui.studio import Studio

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
dom.document.documentElement.dataset.python = "ready"
