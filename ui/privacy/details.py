"""The details panel: quality choices, facts about this browser, what is stored here."""

import asyncio

from common import naming, rungs
from common.errors import Refusal
from common.language.words import say
from ui.browser import caches, dom, machine, service_worker


class Details:
    """The dialog behind the Details button."""

    def __init__(self, engine):
        self.engine = engine
        self._persist_asked = False
        dom.on("details-open", "click", lambda event: self._open("details-title"))
        dom.on("check-open", "click", lambda event: self._open("check"))
        dom.on("details-close", "click", lambda event: dom.element("details").close())
        dom.on("variant", "change", self._choose)
        dom.on("quality", "change", self._choose)
        dom.on("rung", "change", self._choose)
        dom.on("forget", "click", lambda event: asyncio.create_task(self._forget()))
        self._draw_hint()

    def _open(self, heading):
        """Show the panel from ``heading`` on."""
        self._draw_facts()
        dom.element("details").showModal()
        dom.element("details").scrollTop = 0
        if heading != "details-title":
            dom.element(heading).scrollIntoView()
        asyncio.create_task(self._draw_stored())

    def _choose(self, _event):
        """Use the chosen model, quality and place to run from the next photo on."""
        names = ("variant", "quality", "rung")
        self.engine.choose(*[dom.element(name).value for name in names])

    def progressed(self, _progress):
        """Follow the engine: new facts, and storage that is worth protecting."""
        self._draw_facts()
        self._draw_hint()
        report = self.engine.report
        if report and not self._persist_asked:
            self._persist_asked = True
            asyncio.create_task(caches.ask_to_persist())

    def options_changed(self):
        """Show the quality that the engine uses by itself."""
        dom.element("quality").value = self.engine.options.quality

    def _draw_hint(self):
        """Say on the main screen what makes this visit slower or shorter-lived than it could be."""
        words = []
        if not machine.is_secure():
            words.append(say("This address is not secure. Open it through https or localhost."))
        elif not self.engine.device.isolated:
            words.append(
                say(
                    "Running on one thread, because this address is not isolated: "
                    "cutouts take longer."
                )
            )
        elif not self.engine.device.shares_memory:
            words.append(
                say(
                    "Running on one thread, because this browser shares no memory between threads: "
                    "cutouts take longer."
                )
            )
        report = self.engine.report
        if report and not report["stored"]:
            words.append(
                say("The browser gave no storage for the model; it stays until you close this.")
            )
        warning = getattr(dom.element("hint").dataset, "warning", None)
        if warning:
            # Of assets/js/start.js; it weighs more than what this page cannot do here.
            words = [warning]
        dom.element("hint").textContent = " ".join(words)
        dom.show("hint", bool(words))

    def _draw_facts(self):
        """List what a technically minded user wants to know."""
        report = self.engine.report
        facts = [
            (say("Threads"), str(self.engine.threads)),
            (say("Isolated"), say("yes") if self.engine.device.isolated else say("no")),
            (
                say("Works offline"),
                say("yes") if service_worker.controls() else say("after a reload"),
            ),
        ]
        if report:
            facts.append((say("Runs on"), rungs.WORDS[report["rung"]]))
            if report["reason"]:
                facts.append((say("Because"), rungs.REASONS[report["reason"]]))
            facts.append(
                (say("Model"), self.engine.options.variant + ", " + size_of(report["bytes"]))
            )
            facts.append((say("Fetched now"), size_of(report["fetched"])))
            facts.append((say("Session created in"), seconds(report["session_seconds"])))
        panel = dom.element("facts")
        panel.replaceChildren()
        for name, value in facts:
            panel.append(dom.create("dt", "", name), dom.create("dd", "", value))

    async def _draw_stored(self):
        """Say how much of the model this browser keeps."""
        try:
            size = await self.engine.stored_bytes()
            words = say("The model takes {size} in this browser's storage.", size=size_of(size))
            if not size:
                words = say("No model is stored in this browser.")
        except Refusal as error:
            words = str(error)
        dom.element("stored").textContent = words

    async def _forget(self):
        """Delete the stored model and say so."""
        await self.engine.forget_stored()
        await self._draw_stored()
        dom.announce(dom.element("stored").textContent)


def size_of(count):
    """Return a byte count in words."""
    return naming.byte_size(count)


def seconds(value):
    """Return a duration in words."""
    return say("{seconds} s", seconds=round(value * 10) / 10)
