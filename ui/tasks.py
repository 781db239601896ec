"""Puts the tabs together: recipe line, task panel, live files, and what follows a chosen tab."""

from ui.browser import dom
from ui.panels.format_section import Compress, Convert
from ui.panels.outcome import Outcome
from ui.panels.receipt_view import ReceiptView
from ui.panels.resize_section import Resize
from ui.panels.scope import Scope
from ui.panels.task_panel import TaskPanel
from ui.stage.recipe_line import RecipeLine
from ui.stage.tabs import Tabs
from ui.state.recipe import CUTOUT
from ui.work.live import Live


def build(stage, studio, conductor, panel):
    """Make the tabs and their panels; ``panel`` is the one of the cutting tools."""
    queue = studio.queue
    scope = Scope(studio, conductor)
    tabs = Tabs(queue.recipe)
    live = Live(queue, conductor.output, conductor.pictures)
    sections = {
        "compress": Compress(scope),
        "convert": Convert(scope),
        "resize": Resize(scope, conductor.limit_megapixels),
    }
    outcome = Outcome(queue, live)
    task_panel = TaskPanel(queue, scope, sections, outcome, ReceiptView(scope, conductor.pixels))
    RecipeLine(scope, queue, tabs)

    def chosen():
        """Another tab: another panel, and the stage shows what that tab is about."""
        if queue.recipe.tab != CUTOUT:
            panel.close()
        task_panel.choose()
        conductor.output.forget()
        conductor.follow_recipe()
        stage.set_split(stage.home_split())
        if queue.shown is not None:
            queue.changed(queue.shown)
            if queue.recipe.compares(queue.shown):
                live.want()
            else:
                queue.shown.pictured = None
                studio.want()

    tabs.watchers.append(chosen)
    stage.selected.append(task_panel.selected)
    stage.selected.append(conductor.output.forget)
    live.watchers.append(task_panel.draw)
    dom.on("cut-out", "click", lambda event: queue.set_cutout(queue.shown, True))
    live.start()
