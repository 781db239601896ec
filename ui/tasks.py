"""Puts the tabs together: recipe line, task panel, live files, and what follows a chosen tab."""

from ui import dom
from ui.format_section import Compress, Convert
from ui.live import Live
from ui.outcome import Outcome
from ui.receipt_view import ReceiptView
from ui.recipe import CUTOUT
from ui.recipe_line import RecipeLine
from ui.resize_section import Resize
from ui.scope import Scope
from ui.tabs import Tabs
from ui.task_panel import TaskPanel


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
