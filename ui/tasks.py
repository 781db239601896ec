"""Puts the tabs together: recipe line, task panel, live files, and what follows a chosen tab."""

import asyncio

from ui.aims.heads import Head
from ui.browser import dom, incoming
from ui.browser.window import launches
from ui.panels.format_section import Compress, Convert
from ui.panels.outcome import Outcome
from ui.panels.receipt_view import ReceiptView
from ui.panels.resize_section import Resize
from ui.panels.scope import Scope
from ui.panels.task_panel import TaskPanel
from ui.stage.recipe_line import RecipeLine
from ui.stage.tabs import Tabs

CHOOSES_FORMAT = ("compress", "convert")
"""The tabs in whose panels a file format is chosen."""


async def build(work, stage, panel, saver, goals):
    """Make the tabs and their panels, with pauses between; return the tabs.

    ``panel`` is the one of the cutting tools, ``work`` is the page's
    :class:`ui.work.assembly.Work`, ``goals`` those of :mod:`common.goals.offered`.
    """
    queue, studio, live = work.queue, work.studio, work.live
    scope = Scope(studio, work.conductor)
    tabs = Tabs(queue.recipe)
    sections = {"compress": Compress(scope)}
    await asyncio.sleep(0)
    sections["convert"] = Convert(scope)
    await asyncio.sleep(0)
    sections["resize"] = Resize(scope, work.limit_megapixels)
    await asyncio.sleep(0)
    receipt = ReceiptView(scope, work.readable)
    head = Head(scope, goals, saver, lambda: task_panel.draw())
    task_panel = TaskPanel(
        queue,
        sections,
        Outcome(queue, live),
        receipt,
        lambda tab: head.elements(tab in CHOOSES_FORMAT),
    )
    await asyncio.sleep(0)
    recipe_line = RecipeLine(scope, queue, tabs)

    def chosen():
        """Another tab: another panel, and the stage shows what that tab is about."""
        panel.close()
        task_panel.choose()
        work.output.forget()
        work.conductor.follow_recipe()
        stage.set_split(stage.home_split())
        if queue.shown is not None:
            queue.settings_changed.send(queue.shown)
            if queue.recipe.compares(queue.shown):
                live.want()
            else:
                work.pictures.compare_anew(queue.shown)
                studio.want()

    tabs.chosen.connect(chosen)
    for signal in queue.about_one_item():
        signal.connect(recipe_line.changed)
        signal.connect(task_panel.changed)
        signal.connect(head.changed)
    queue.added.connect(lambda _item: task_panel.draw())
    queue.shown_changed.connect(recipe_line.changed)
    queue.shown_changed.connect(scope.begin_anew)
    queue.shown_changed.connect(task_panel.shown_changed)
    scope.moved.connect(task_panel.draw)
    for signal in (queue.added, queue.removed, scope.moved, live.followed):
        signal.connect(head.draw)
    live.followed.connect(task_panel.draw)
    live.failed.connect(dom.announce)
    if tabs.follow(incoming.early_tab() or launches.fragment()):
        launches.drop_fragment()
    dom.on("cut-out", "click", lambda event: queue.set_cutout(queue.shown, True))
    return tabs
