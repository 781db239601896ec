"""Leads a photo through the lab's stages, again from where something was changed.

Plain Python: the worker, the network and the view are handed in, so its rules are tested under
CPython. A pupil's code may run for ever; then the worker is ended and a fresh one gets the photo,
the network's answers and all changes but those that had not come to an end yet.
"""

from common.errors import Refusal
from ui.lab.answers import PATIENCE, Answers

BROKEN = ("timed_out", "worker_died", "out_of_memory", "runtime_failed")


class Course:
    """The stages, the photo, the changes.

    ``worker`` has ``call(function, *arguments, patience=seconds)``, ``is_busy`` and ``replace()``;
    ``network`` has ``answer(tensor, side)``, ``light(pixels, side)`` and ``stopped()``; ``view``
    hears of everything: ``started``, ``running(key)``, ``done(key, values, data)``,
    ``failed(key, text, line, refusal)``, ``waiting(key)``, ``blocked(key)``, ``refused(text)``
    for a file that is no photo, ``told(text)`` and ``changed(names)``.
    """

    def __init__(self, worker, network, view):
        self.worker = worker
        self.answers = Answers(worker, network)
        self.view = view
        self.stages, self.side = [], 0
        self.blob = None
        self.left_out = ""
        self.changes = {}
        """Texts by the names of the functions that are others than the page's."""
        self._input_is_new = True
        self._reached = 0
        """How many stages the worker has computed, from the first on, with the present code."""
        self._run = 0
        self._stops = 0
        self._is_in_code = False
        """Whether a stage computes just now."""
        self._untried = set()
        """Names of changes with which the stages have not come to an end yet."""

    async def start(self, recall=None):
        """Ask the worker which stages there are, and show them when ``recall()`` has ended.

        That brings back what was kept, for the editors to show. Returns what ``recall`` does.
        """
        values, _ = await self.worker.call("lab_stages", patience=600)
        self.stages = values["stages"]
        self.side = values["side"]
        recalled = await recall() if recall is not None else None
        self.view.started(self.stages)
        return recalled

    async def open(self, blob):
        """Put a photo on the bench and run every stage."""
        await self.guarded(self._open(blob))

    async def original(self, name):
        """Return the text of a function as the page runs it."""
        values, _ = await self.worker.call("lab_source", name, True, patience=PATIENCE)
        return values["text"]

    async def change(self, key, name, text):
        """Use ``text`` as the code of a function of stage ``key`` and run from there."""
        await self.guarded(self._change(key, name, text))

    async def restore(self, name):
        """Put a function's original back, or all for an empty name, and run what depends on it."""
        names = [name] if name else list(self.changes)
        values, _ = await self.worker.call("lab_restore", name, patience=PATIENCE)
        for gone in names:
            self.changes.pop(gone, None)
        self.view.changed(values["changed"])
        await self.again(names)

    async def load(self, text):
        """Let the changes of a saved file take the place of all others; ``left_out`` says but what.

        Returns the names of the functions that are others now, ``None`` for a file that is none.
        """
        before = list(self.changes)
        values, _ = await self.worker.call("lab_load", text, patience=PATIENCE)
        self.left_out = values.get("error") or values.get("left_out") or ""
        if "error" in values:
            self.view.told(values["error"])
            return None
        for name in before:
            if name not in values["names"]:
                await self.worker.call("lab_restore", name, patience=PATIENCE)
        self.changes = {}
        for name in values["names"]:
            source, _ = await self.worker.call("lab_source", name, False, patience=PATIENCE)
            self.changes[name] = source["text"]
            self._untried.add(name)
        self.view.changed(sorted(self.changes))
        return before + values["names"]

    async def again(self, names):
        """Run the stages anew from the first on that shows one of these functions."""
        if self.blob is not None and names:
            await self.guarded(self._from(min([self._stage_of(name) for name in names])))

    async def compare(self, sides):
        """Let the network answer inputs of several sides, for the stage of the network to show."""
        if self.blob is None:
            self.view.told("Choose a photo first: the network is asked about one.")
            return
        await self.guarded(self._compare(sides))

    async def stop(self):
        """End what runs, however long it would take, and make everything ready again.

        A change is taken out only where its own code may be what runs. Stages that had all been
        computed are computed again. While only the network computes, the lab's worker stays.
        """
        self._run += 1
        self._stops += 1
        if self.answers.is_asking and not self.worker.is_busy:
            self.answers.give_up()
            words = "Stopped."
            if self._reached < len(self.stages):
                words += " To go on, choose the photo again, or run a stage."
            self.view.told(words)
            return
        was_in_code, self._is_in_code = self._is_in_code, False
        reached, self._reached = self._reached, 0
        self.worker.replace()
        left_out = []
        if was_in_code:
            left_out = [name for name in self.changes if name in self._untried]
            for name in left_out:
                self.changes.pop(name)
        self._untried = set()
        for stage in self.stages:
            self.view.waiting(stage["key"])
        await self._prepare()
        words = "Stopped."
        if left_out:
            words += " The last change was taken out; its text is still in the editor."
        was_whole = self.stages and reached == len(self.stages)
        if self.blob is not None and not was_whole:
            words += " The next run begins with the first stage."
        self.view.told(words)
        if was_whole:
            await self.guarded(self._from(0))

    def _stage_of(self, name):
        """Return the number of the stage that shows a function."""
        for number, stage in enumerate(self.stages):
            if name in stage["functions"]:
                return number
        return 0

    async def guarded(self, work):
        """Run a coroutine that asks the worker; where that is lost, make a new one ready, say so.

        When somebody has stopped it meanwhile, that is all there is to say.
        """
        stops = self._stops
        try:
            await work
        except Refusal as error:
            if self._stops != stops:
                return
            if error.code not in BROKEN:
                self._is_in_code = False
                self.view.told(str(error))
                return
            await self.stop()
            if error.code == "timed_out":
                self.view.told(
                    "The code ran for more than "
                    + str(PATIENCE)
                    + " seconds and was stopped. Look for a loop that does not end."
                )

    async def _open(self, blob):
        """Hand the file over and run everything; one that is no photo leaves all as it is."""
        values, _ = await self.worker.call("lab_begin", blob, self.side, patience=PATIENCE)
        if values["refusal"]:
            self.view.refused(values["refusal"])
            return
        self.blob = blob
        self.answers.forget()
        self._reached = 0
        await self._from(0)

    async def _change(self, key, name, text):
        """Put a change in; refuse it where Python does."""
        values, _ = await self.worker.call("lab_change", name, text, patience=PATIENCE)
        if "error" in values:
            self._failed(key, values)
            return
        if name in values["changed"]:
            self.changes[name] = text
            self._untried.add(name)
        else:
            self.changes.pop(name, None)
        self.view.changed(values["changed"])
        if self.blob is None:
            self.view.told("Changed. Choose a photo to see what it does.")
            return
        await self._from(self._stage_of(name))

    async def _from(self, first):
        """Run the stages from number ``first`` on; a newer run takes the place of this one."""
        self._run += 1
        run = self._run
        keys = [stage["key"] for stage in self.stages]
        self._input_is_new = self._input_is_new or "input" in keys[first:]
        # What an earlier run did not come to is computed now.
        first = self._reached = min(first, self._reached)
        for stage in self.stages[first:]:
            self.view.waiting(stage["key"])
        for number in range(first, len(self.stages)):
            stage = self.stages[number]
            self.view.running(stage["key"])
            if (
                stage["waits"]
                and self._input_is_new
                and not await self._ask(self.side, stage["key"])
            ):
                return
            if run != self._run:
                return
            self._is_in_code = True
            values, data = await self.worker.call("lab_run", stage["key"], patience=PATIENCE)
            if run != self._run:
                return
            self._is_in_code = False
            if "error" in values:
                self._failed(stage["key"], values)
                return
            self.view.done(stage["key"], values, data)
            if not all(reading["holds"] for reading in values["readings"]):
                self.view.blocked(stage["key"])
                return
            self._reached = number + 1
        self._untried = set()

    def _failed(self, key, values):
        """Tell that a stage's code has raised something, or that the page refuses the file."""
        self.view.failed(key, values["error"], values["line"], values["refusal"])

    async def _ask(self, side, key):
        """Let the network answer the input of one side; tell whether it did."""
        values = await self.answers.ask(side)
        if values is None:
            self.view.waiting(key)
            return False
        if "error" in values:
            self._failed(key, values)
            return False
        if side == self.side:
            self._input_is_new = False
        return True

    async def _compare(self, sides):
        """Ask the network at several sides and show its stage anew."""
        for stage in self.stages:
            if stage["waits"]:
                stops = self._stops
                self.view.running(stage["key"])
                for side in sides:
                    if side not in self.answers and not await self._ask(side, stage["key"]):
                        break
                if self._stops == stops:
                    await self.answers.ask_light()
                values, data = await self.worker.call("lab_run", stage["key"], patience=PATIENCE)
                self.view.done(stage["key"], values, data)

    async def _prepare(self):
        """Give a fresh worker the photo, the network's answers and the changes."""
        if self.blob is not None:
            await self.worker.call("lab_begin", self.blob, self.side, patience=600)
        await self.answers.hand_over()
        for name, text in self.changes.items():
            await self.worker.call("lab_change", name, text, patience=PATIENCE)
        self.view.changed(sorted(self.changes))
