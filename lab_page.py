"""The lab: wires the course, its stages, the lessons and the buttons together. Start reading
here.
"""

import asyncio

from ui.browser import console, dom, incoming, service_worker
from ui.browser.worker_link import Actor
from ui.device import lab_folder
from ui.lab import reopened
from ui.lab.changes import Changes
from ui.lab.code_view import CodeView
from ui.lab.course import Course
from ui.lab.drafts import Drafts, changed_words, waiting_words
from ui.lab.inner_layers import InnerLayers
from ui.lab.layer_view import LayerView, comparison
from ui.lab.lesson_list import LessonList
from ui.lab.lesson_view import LessonView
from ui.lab.network import Network
from ui.lab.pointer import Pointer
from ui.lab.stage_view import StageView

SIDES = (320, 512, 704, 1024)
"""Sides of the network's input that can be compared."""


def tell(text):
    """Say how far it is."""
    dom.element("status").textContent = text


class Page:
    """Hears from the course what happens and shows it."""

    def __init__(self):
        self.stages = {}
        self.busy = 0

    def started(self, stages):
        """Make a card for every stage."""
        for number, stage in enumerate(stages):
            code = CodeView(stage, course, drafts, begin) if stage["functions"] else None
            view = StageView(number + 1, stage, code)
            if stage["waits"]:
                view.extra.append(comparison(lambda: begin(course.compare(SIDES))))
                layers = dom.create("div")
                view.extra.append(layers)
                self.layers = LayerView(layers, inner_layers.look, begin)
                begin_quietly(show_layers(self.layers))
            if stage["key"] == "edges":
                self.pointer = Pointer(view.element, look_closely, begin_quietly)
                view.extra.append(self.pointer.element)
            self.stages[stage["key"]] = view
            dom.element("stages").append(view.element)

    def waiting(self, key):
        """A stage that will run, or would."""
        if key == "edges":
            self.pointer.leave()
        self.stages[key].say("waiting")

    def running(self, key):
        """A stage that runs now."""
        self.stages[key].say("running", "Computing ...")
        if self.stages[key].code is not None:
            self.stages[key].code.clear()

    def done(self, key, values, data):
        """A stage that has run."""
        if key == "input":
            inner_layers.forget()
            self.layers.clear()
        if key == "network":
            values["numbers"] += network.readings()
        self.stages[key].show(values, data)
        if key == "edges":
            self.pointer.arrive()

    def failed(self, key, text, line, refusal):
        """A stage whose code raised something; its last pictures stay.

        ``refusal`` is the sentence where the page's own code refuses the file, else empty.
        """
        view = self.stages[key]
        if refusal and not course.changes:
            view.clear()
            view.say("failed", refusal)
            tell(refusal)
            return
        view.fail("Python stopped here. The last good pictures stay.")
        if view.code is not None:
            view.code.show_error(text, line)
        dom.move_to(view.element)

    def blocked(self, key):
        """A stage that gives out what the next one cannot use."""
        view = self.stages[key]
        view.say("failed", "The next stages wait: what comes out here breaks the contract below.")
        dom.announce("A contract is broken: the next stages wait.")
        dom.move_to(view.element)

    def refused(self, text):
        """A file that was chosen is no photo: said where it was chosen and in the status."""
        dom.element("photo-refused").textContent = text
        tell(text)

    def told(self, text):
        """A sentence for the whole page."""
        tell(text)

    def changed(self, names):
        """Which functions are changed now."""
        self.settle()
        dom.element("changes").textContent = changed_words(names)
        dom.element("changes-none").disabled = not names
        changes.keep()

    def settle(self):
        """Say of every stage what was only written and not run."""
        for code in self.codes():
            code.settle()

    def codes(self):
        """Return the code of every stage that has one."""
        return [view.code for view in self.stages.values() if view.code is not None]


async def show_layers(view):
    """Show which layers the networks have."""
    view.draw(await incoming.text_of_site("assets/lab/layers.json"))


async def look_closely(x, y):
    """Return the close-up of a place of the photo."""
    return await worker.call("lab_close_up", x, y)


def begin_quietly(work):
    """Start a coroutine that takes moments; no button to stop it comes and goes."""
    asyncio.create_task(watched(work, False))


def begin(work):
    """Start a coroutine; while one runs there is a button to stop it."""
    asyncio.create_task(watched(work))


async def watched(work, can_be_stopped=True):
    """Run a coroutine; what it raises becomes one sentence, the rest stands in the console."""
    page.busy += can_be_stopped
    dom.show("stop", page.busy > 0)
    if can_be_stopped and page.busy == 1:
        tell("")
    try:
        await work
    except Exception as error:
        console.report(error)
        tell("That did not work: " + str(error))
    finally:
        page.busy -= can_be_stopped
        dom.show("stop", page.busy > 0)


async def take(blob):
    """Run a photo through all stages."""
    dom.element("photo-refused").textContent = ""
    await course.open(blob)


async def take_sample():
    """Run the sample photo through all stages."""
    await take(await incoming.sample())


def chosen(event):
    """A photo was chosen."""
    file = dom.element("file-input").files.item(0)
    if file:
        begin(take(file))
    dom.element("file-input").value = ""


def dropped(event):
    """A photo was dropped or pasted anywhere on the page."""
    is_drop = event.type == "drop"
    given = incoming.dropped(event) if is_drop else incoming.pasted(event)
    photos = [file for file in given if not incoming.is_folder(file)]
    if photos:
        event.preventDefault()
        begin(take(photos[0]))


async def stop():
    """End whatever runs."""
    lessons.stopped()
    tell("Stopping. Python starts anew, which takes some seconds.")
    await course.stop()


async def save():
    """Hand everything out as a file and say what is not in it."""
    await changes.save()
    tell("Saved." + waiting_words(drafts.texts, "Not in the file, since not run yet: "))


def changes_chosen(event):
    """A file of changes was chosen."""
    file = dom.element("changes-input").files.item(0)
    if file:
        begin(load(file))
    dom.element("changes-input").value = ""


async def load(file):
    """Let the changes and lessons of a file that was saved here take the place of all others."""
    text = await file.text()
    for code in page.codes():
        code.put_aside()
    names = await changes.load(text)
    if names is None:
        return
    for code in page.codes():
        await code.refresh()
    await course.again(names)
    words = "The file is open. Its changes and lessons took the place of what was here before. "
    tell(words + course.left_out)


async def restore_all():
    """Put every original back, first in the editors: what is written meanwhile stays."""
    for code in page.codes():
        code.put_aside()
        await code.refresh(original=True)
    await course.restore("")
    tell("Every stage runs the page's own code again.")


async def start():
    """Make everything ready, with the changes and the photo that were kept."""
    await offered.collect()
    unread = await course.start(changes.recall)
    offered.show()
    page.settle()
    for name in ("choose", "sample", "changes-open"):
        dom.element(name).disabled = False
    words = "Ready. " + (offered.missing or "Choose a photo, or open a lesson.")
    tell(unread or words + waiting_words(drafts.texts, "Written last time and not run yet: "))
    early = [file for file in incoming.early_files() if not incoming.is_folder(file)]
    handed = early[0] if early else await lab_folder.handed_over()
    if handed is not None:
        await take(handed)
    if service_worker.controls():
        service_worker.tell("fill")
    service_worker.fill_with_codecs(lambda: not page.busy)
    dom.root().dataset.python = "ready"


page = Page()
worker = Actor("lab")
network = Network(Actor("segment"), tell)
course = Course(worker, network, page)
inner_layers = InnerLayers(worker, network, course)
drafts = Drafts(lambda: changes.keep_drafts())
offered = LessonList(incoming.paths_of_site, incoming.text_of_site, drafts, begin)
lessons = LessonView(worker, offered, drafts, lambda work: begin(course.guarded(work)))
changes = Changes(worker, course, offered, lessons, drafts, begin_quietly)

dom.on("choose", "click", lambda event: dom.element("file-input").click())
dom.on("file-input", "change", chosen)
dom.on("sample", "click", lambda event: begin(take_sample()))
dom.on("stop", "click", lambda event: begin(stop()))
dom.on("changes-save", "click", lambda event: begin(save()))
dom.on("changes-open", "click", lambda event: dom.element("changes-input").click())
dom.on("changes-input", "change", changes_chosen)
dom.on("changes-none", "click", lambda event: begin(restore_all()))
dom.on_page("dragover", lambda event: event.preventDefault())
dom.on_page("drop", dropped)
dom.on_page("paste", dropped)
reopened.listen(take, begin)
asyncio.create_task(watched(start(), False))
