"""Puts the editing tools together: view, panel, sections, shortcuts."""

import asyncio

from common.edits.placing import RESULT, placing
from common.language.words import say
from ui.aims.heads import Head
from ui.browser import dom
from ui.crop.crop_section import Crop
from ui.crop.frame_section import Frame
from ui.panels import background_section, steps
from ui.panels.panel import Panel
from ui.panels.save_section import SaveAs
from ui.panels.scope import ToolScope
from ui.panels.subject_section import Subject
from ui.panels.touch_up_section import TouchUp
from ui.stage.shortcuts import Shortcuts
from ui.stage.view import PAN_STEP, STEP, Hand, View
from ui.state import zoom
from ui.state.recipe import CUTOUT

FOR_ONE = ("subject", "touch")
"""The tools that are about the one photo on the stage."""


async def build(work, stage, saver, goals):
    """Make the tools for the photo on the stage, with pauses between; return their panel.

    ``work`` is the page's :class:`ui.work.assembly.Work`, ``goals`` those
    of :mod:`common.goals.offered`.
    """
    queue, studio = work.queue, work.studio
    scope = ToolScope(studio, work.conductor)

    def full_size(shown):
        """Return the full size of what is on the stage, of which ``shown`` is the copy's."""
        item = queue.shown
        if item is None:
            return shown
        fresh = stage.look == RESULT and queue.recipe.is_fresh(item)
        size = item.source.width or 1, item.source.height or 1
        width, height, _ = placing(geometry(), stage.look, size[0], size[1])
        return zoom.full_size(item, shown, fresh, (width, height))

    def geometry():
        """Return how the photo on the stage is turned and cropped."""
        item = queue.shown
        return (queue.recipe.edit if item is None else queue.recipe.settings(item))["geometry"]

    view = View(Hand(stage.set_split), full_size, work.pictures.look_closer, geometry)
    await asyncio.sleep(0)
    touch_up = TouchUp(studio, view)
    await asyncio.sleep(0)
    subject = Subject(studio, view)
    save = SaveAs(scope, saver, work.live.keep)
    await asyncio.sleep(0)
    head = Head(scope, goals, saver, save.draw)
    await asyncio.sleep(0)

    def above(name, section):
        """Return what stands above the controls of a tool that is being opened."""
        if name in FOR_ONE:
            return []
        scope.open(section.parts())
        return head.elements(name == "save")

    edges = background_section.edges(scope)
    await asyncio.sleep(0)
    background = background_section.Background(scope)
    await asyncio.sleep(0)
    crop = Crop(scope, view, Frame(scope))
    await asyncio.sleep(0)
    sections = {
        "subject": subject,
        "edges": edges,
        "touch": touch_up,
        "background": background,
        "frame": crop,
        "save": save,
    }
    panel = Panel(sections, above)
    await asyncio.sleep(0)

    def shown_changed(item):
        """Another photo is on the stage: show its values, or close a panel it cannot use."""
        view.reset()
        if item is None or (not item.settings.cutout and panel.current != "frame"):
            panel.close()
        elif panel.current == "subject":
            panel.draw()
        elif studio.item() is None:
            panel.close()
        else:
            panel.draw()
            if studio.item().settings.edit is not None:
                studio.want()

    queue.shown_changed.connect(scope.begin_anew)
    queue.shown_changed.connect(shown_changed)
    for signal in queue.about_one_item():
        signal.connect(head.changed)
    for signal in (queue.added, queue.removed, scope.moved, work.live.followed):
        signal.connect(head.draw)
    for signal in (queue.shown_changed, queue.settings_changed, queue.state_changed):
        signal.connect(lambda _item: steps.draw(studio.item()))
    for signal in queue.about_one_item():
        signal.connect(lambda item: view.resized() if item is queue.shown else None)
    steps.draw(None)
    studio.looked.connect(stage.look_at)
    studio.looked.connect(lambda _look: view.resized())
    studio.rewritten.connect(panel.draw)
    studio.rendered.connect(subject.draw_places)
    studio.said.connect(dom.announce)
    studio.behind.connect(show_behind)
    dom.on("undo", "click", lambda event: studio.undo())
    dom.on("point", "click", lambda event: panel.open("subject"))
    dom.on("redo", "click", lambda event: studio.redo())
    dom.on("panel", "change", lambda event: close_step(studio))
    dom.on("backdrop-input", "change", lambda event: take_backdrop(scope))
    await asyncio.sleep(0)
    Shortcuts(table(view, panel, touch_up, studio, saver), stage.hold_original)
    return panel


def show_behind(behind):
    """Tell programs that read the screen to wait while the picture is behind the settings."""
    dom.describe(dom.element("frame"), "aria-busy", "true" if behind else "false")


def close_step(studio):
    """A control has been let go: the next change is an undo step of its own."""
    if studio.item() is not None:
        studio.history().close()


def take_backdrop(scope):
    """Use the chosen picture as the background."""
    chosen = dom.element("backdrop-input")
    file = chosen.files.item(0)
    if file:
        scope.set_backdrop(file)
    chosen.value = ""


def table(view, panel, touch_up, studio, saver):
    """Return the shortcuts: key, words, action."""

    def can_cut():
        """Tell whether the photo on the stage is a cutout that the tools work on now."""
        item = studio.item()
        return item is not None and item.settings.cutout and studio.queue.recipe.tab == CUTOUT

    def tool(name):
        """Open a tool if there is a photo to use it on."""
        if can_cut():
            panel.toggle(name)

    def crop():
        """Open the tool that turns and crops, whether the background goes or not."""
        if studio.item() is not None:
            panel.toggle("frame")

    def point():
        """Open the tool that tells what is meant, which needs no cutout yet."""
        if saver.can_point(studio.queue.shown):
            panel.toggle("subject")

    def pencil(choice):
        """Open touch-up with a certain tool."""
        if can_cut():
            if panel.current != "touch":
                panel.open("touch")
            touch_up.choose(choice)

    return [
        ("m", say("Only this"), point),
        ("e", say("Edges"), lambda: tool("edges")),
        ("t", say("Touch up"), lambda: tool("touch")),
        ("b", say("Background"), lambda: tool("background")),
        ("f", say("Crop"), crop),
        ("s", say("Save as"), lambda: tool("save")),
        ("r", say("Brush: bring back"), lambda: pencil("brush restore")),
        ("x", say("Brush: erase"), lambda: pencil("brush erase")),
        ("[", say("Smaller brush"), lambda: touch_up.resize(1 / STEP)),
        ("]", say("Larger brush"), lambda: touch_up.resize(STEP)),
        ("Ctrl+Z", say("Undo"), studio.undo),
        ("Shift+Ctrl+Z", say("Redo"), studio.redo),
        ("+", say("Zoom in"), lambda: view.zoom_by(STEP)),
        ("-", say("Zoom out"), lambda: view.zoom_by(1 / STEP)),
        ("0", say("Show the whole picture"), view.reset),
        ("1", say("One pixel of the picture for each pixel of the screen"), view.show_pixels),
        ("Shift+ArrowRight", say("Look farther right"), lambda: view.pan_by(-PAN_STEP, 0)),
        ("Shift+ArrowLeft", say("Look farther left"), lambda: view.pan_by(PAN_STEP, 0)),
        ("Shift+ArrowDown", say("Look farther down"), lambda: view.pan_by(0, -PAN_STEP)),
        ("Shift+ArrowUp", say("Look farther up"), lambda: view.pan_by(0, PAN_STEP)),
        ("Escape", say("Close the panel"), panel.close),
        ("?", say("This list"), lambda: dom.element("shortcuts").showModal()),
    ]
