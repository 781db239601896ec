"""The lab's course with a fake worker: order, changes, errors, loops that do not end."""

import asyncio

import pytest

from common.errors import Refusal
from ui.lab.course import Course

STAGES = [
    {"key": "file", "functions": ["a.sniff"], "waits": False},
    {"key": "input", "functions": ["a.tensor"], "waits": False},
    {"key": "network", "functions": [], "waits": True},
    {"key": "matte", "functions": ["a.normalise"], "waits": False},
    {"key": "result", "functions": ["a.png"], "waits": False},
]


class Worker:
    """Answers like the lab's worker; ``broken`` maps a function's name to what running it does."""

    def __init__(self):
        self.calls = []
        self.changes = {}
        self.replaced = 0
        self.hangs = False
        self.raises = {}
        self.breaks = []
        self.is_busy = False

    async def call(self, function, *arguments, patience=0):
        self.calls.append((function, *arguments))
        await asyncio.sleep(0)
        return getattr(self, function)(*arguments), "data"

    def replace(self):
        self.replaced += 1
        self.changes = {}

    def lab_stages(self):
        return {"stages": STAGES, "side": 704}

    def lab_begin(self, blob, side):
        return {"refusal": "No picture." if blob == "text" else ""}

    def lab_run(self, key):
        if self.hangs and "a.normalise" in self.changes and key == "matte":
            raise Refusal("timed_out")
        if key in self.raises:
            return {"error": self.raises[key], "line": 3, "refusal": ""}
        return {"key": key, "readings": [{"holds": key not in self.breaks}]}

    def lab_input(self, side):
        return {}

    def lab_accept(self, side, raw):
        return {}

    def lab_pixels(self, side):
        return {}

    def lab_accept_light(self, side, raw):
        return {}

    def lab_change(self, name, text):
        if "syntax" in text:
            return {"error": "SyntaxError", "line": 1, "refusal": ""}
        self.changes[name] = text
        return {"changed": sorted(self.changes)}

    def lab_restore(self, name):
        self.changes = {n: t for n, t in self.changes.items() if name and n != name}
        return {"changed": sorted(self.changes)}

    def lab_load(self, text):
        if not text.startswith("# homecut-lab"):
            return {"error": "This file holds no changes."}
        self.changes["a.png"] = text
        return {"names": ["a.png"], "changed": ["a.png"]}

    def lab_source(self, name, original):
        return {"text": self.changes[name]}

    def ran(self):
        return [call[1] for call in self.calls if call[0] == "lab_run"]


class Network:
    def __init__(self):
        self.sides = []

    async def answer(self, tensor, side):
        self.sides.append(side)
        await asyncio.sleep(0)
        return "answer"

    async def light(self, pixels, side):
        self.sides.append("light")
        return "light answer"

    def stopped(self):
        self.sides.append("stopped")


class View:
    """Writes down what it hears."""

    def __init__(self):
        self.heard = []

    def __getattr__(self, name):
        return lambda *values: self.heard.append((name, *values))

    def keys(self, name):
        return [heard[1] for heard in self.heard if heard[0] == name]


def begun(*steps):
    """Return a course, its worker, network and view after ``steps`` (coroutine functions)."""
    network = Network()
    course = Course(Worker(), network, View())

    async def all_of_it():
        await course.start()
        await course.open("photo")
        for step in steps:
            await step(course)

    asyncio.run(all_of_it())
    return course, course.worker, network, course.view


def test_a_photo_runs_through_every_stage_in_order_and_asks_the_network_once():
    _, worker, network, view = begun()
    assert worker.ran() == ["file", "input", "network", "matte", "result"]
    assert network.sides == [704]
    assert view.keys("done") == worker.ran()


def test_a_file_that_is_no_photo_is_a_sentence_and_the_earlier_photo_stays():
    async def refused(course):
        await course.change("result", "a.png", "def png(): ...")
        course.view.heard.clear()
        course.worker.calls.clear()
        await course.open("text")
        assert course.view.heard == [("refused", "No picture.")]
        assert course.worker.ran() == []
        await course.change("matte", "a.normalise", "def normalise(): ...")

    course, worker, network, _ = begun(refused)
    assert course.blob == "photo"
    assert worker.ran() == ["matte", "result"]
    assert network.sides == [704], "the answer to the earlier photo is still good"


def test_a_change_runs_its_stage_and_those_below_without_the_network():
    async def change(course):
        course.worker.calls.clear()
        await course.change("matte", "a.normalise", "def normalise(): ...")

    _, worker, network, _ = begun(change)
    assert worker.ran() == ["matte", "result"]
    assert network.sides == [704]


def test_a_change_of_the_input_asks_the_network_again():
    async def change(course):
        await course.change("input", "a.tensor", "def tensor(): ...")

    _, _, network, _ = begun(change)
    assert network.sides == [704, 704]


def test_code_that_is_no_python_is_told_with_its_line_and_nothing_runs():
    async def change(course):
        course.worker.calls.clear()
        await course.change("matte", "a.normalise", "syntax")

    course, worker, _, view = begun(change)
    assert view.heard[-1] == ("failed", "matte", "SyntaxError", 1, "")
    assert worker.ran() == []
    assert course.changes == {}


def test_a_stage_that_raises_stops_the_course_and_the_next_are_not_run():
    async def change(course):
        course.worker.raises = {"matte": "ZeroDivisionError"}
        course.worker.calls.clear()
        await course.change("matte", "a.normalise", "def normalise(): 1 / 0")

    _, worker, _, view = begun(change)
    assert ("failed", "matte", "ZeroDivisionError", 3, "") in view.heard
    assert worker.ran() == ["matte"]


def test_a_loop_that_does_not_end_costs_the_worker_and_the_last_change_only():
    async def change(course):
        await course.change("result", "a.png", "def png(): ...")
        course.worker.hangs = True
        await course.change("matte", "a.normalise", "def normalise(): ...")

    course, worker, network, view = begun(change)
    assert worker.replaced == 1
    assert worker.changes == {"a.png": "def png(): ..."}
    assert course.changes == worker.changes
    assert network.sides == [704], "the network's answer is kept by the page"
    assert "loop that does not end" in view.heard[-1][1]


def test_after_such_a_loop_the_next_change_runs_from_the_file_on():
    async def change(course):
        course.worker.hangs = True
        await course.change("matte", "a.normalise", "def normalise(): ...")
        course.worker.hangs = False
        course.worker.calls.clear()
        await course.change("matte", "a.normalise", "def normalise(): pass")

    _, worker, network, view = begun(change)
    assert worker.ran() == ["file", "input", "network", "matte", "result"], "the worker is new"
    assert network.sides == [704], "the network's answer is still good"
    assert view.heard[-1][:2] == ("done", "result")


def test_stopping_by_hand_ends_the_worker_and_makes_a_new_one_ready():
    async def stop(course):
        course.worker.calls.clear()
        await course.stop()

    _, worker, _, view = begun(stop)
    assert worker.replaced == 1
    assert ("lab_begin", "photo", 704) in worker.calls
    assert ("lab_accept", 704, "answer") in worker.calls
    assert view.keys("told")[-1] == "Stopped."
    assert worker.ran() == ["file", "input", "network", "matte", "result"], "all was there before"


def test_a_newer_change_takes_the_place_of_a_running_one():
    async def two(course):
        course.worker.calls.clear()
        first = asyncio.ensure_future(course.change("file", "a.sniff", "def sniff(): ..."))
        for _ in range(4):
            await asyncio.sleep(0)
        await course.change("result", "a.png", "def png(): ...")
        await first

    _, worker, _, _ = begun(two)
    assert worker.ran().count("result") == 1


def test_going_back_to_the_originals_runs_what_depends_on_them():
    async def back(course):
        await course.change("result", "a.png", "def png(): ...")
        course.worker.calls.clear()
        await course.restore("")

    course, worker, _, view = begun(back)
    assert worker.ran() == ["result"]
    assert course.changes == {}
    assert view.keys("changed")[-1] == []


def test_a_saved_file_is_taken_over_and_a_strange_one_is_refused_in_words():
    async def load(course):
        course.worker.calls.clear()
        await course.change("matte", "a.normalise", "def normalise(): ...")
        course.worker.calls.clear()
        names = await course.load("# homecut-lab: a.png\n")
        assert await course.load("print()") is None
        assert course.worker.ran() == [], "the changed texts are shown first"
        await course.again(names)

    course, worker, _, view = begun(load)
    assert list(course.changes) == list(worker.changes) == ["a.png"], "the other one is gone"
    assert worker.ran() == ["matte", "result"]
    assert view.keys("told")[-1] == "This file holds no changes."


def test_several_sides_are_compared_and_each_is_asked_once():
    async def compare(course):
        await course.compare((320, 704, 1024))
        await course.compare((320, 704, 1024))

    _, _, network, _ = begun(compare)
    assert network.sides == [704, 320, 1024, "light"]


def test_without_a_photo_a_comparison_asks_for_one():
    course = Course(Worker(), Network(), View())

    async def all_of_it():
        await course.start()
        await course.compare((320, 704))

    asyncio.run(all_of_it())
    assert course.view.heard[-1][0] == "told"
    assert course.view.heard[-1][1].startswith("Choose a photo first")
    assert course.answers._network.sides == []


def test_a_stop_of_the_network_when_all_stages_are_there_has_nothing_to_go_on_with():
    network = Slow()
    course = Course(Worker(), network, View())

    async def all_of_it():
        await course.start()
        network.may.set()
        await course.open("photo")
        network.may.clear()
        asking = asyncio.ensure_future(course.answers.unless_given_up(network.answer("t", 1)))
        await asyncio.sleep(0.01)
        await course.stop()
        assert await asking is None

    asyncio.run(all_of_it())
    assert course.view.keys("told")[-1] == "Stopped."
    assert course.worker.replaced == 0


def test_an_error_that_nobody_expected_reaches_whoever_asked_the_network():
    class Broken(Network):
        async def answer(self, tensor, side):
            raise ZeroDivisionError

    async def all_of_it():
        answers = Course(Worker(), Broken(), View()).answers
        await asyncio.wait_for(answers.ask(704), 1)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(all_of_it())


def test_the_original_of_a_function_is_asked_of_the_worker():
    class Shows(Worker):
        def lab_source(self, name, original):
            return {"text": f"{name} {original}"}

    course = Course(Shows(), Network(), View())
    assert asyncio.run(course.original("a.png")) == "a.png True"


def test_a_broken_contract_lets_the_next_stages_wait():
    async def change(course):
        course.worker.breaks = ["matte"]
        course.worker.calls.clear()
        await course.change("matte", "a.normalise", "def normalise(): return 'nothing'")

    _, worker, _, view = begun(change)
    assert worker.ran() == ["matte"]
    assert view.heard[-1] == ("blocked", "matte")


def test_two_runs_right_after_a_stop_both_begin_with_the_first_stage():
    """The second one takes the first one's place before that has come far in the fresh worker."""

    async def stop_and_run_twice(course):
        course.worker.hangs = True
        await course.change("matte", "a.normalise", "def normalise(): ...")
        course.worker.hangs = False
        course.worker.calls.clear()
        first = asyncio.ensure_future(course.change("matte", "a.normalise", "def one(): ..."))
        for _ in range(4):
            await asyncio.sleep(0)
        await course.change("matte", "a.normalise", "def two(): ...")
        await first

    _, worker, _, view = begun(stop_and_run_twice)
    assert list(dict.fromkeys(worker.ran())) == ["file", "input", "network", "matte", "result"]
    assert view.keys("failed") == []


def test_a_stage_that_failed_is_tried_again_before_later_ones():
    async def change(course):
        course.worker.raises = {"matte": "ZeroDivisionError"}
        await course.change("matte", "a.normalise", "def normalise(): 1 / 0")
        course.worker.raises = {}
        course.worker.calls.clear()
        await course.change("result", "a.png", "def png(): ...")

    _, worker, _, _ = begun(change)
    assert worker.ran() == ["matte", "result"]


class Dying(Worker):
    """A worker whose calls end with it, as those of a real one do."""

    def __init__(self):
        super().__init__()
        self.end = None

    async def call(self, function, *arguments, patience=0):
        if function == "lab_check" or (function == "lab_run" and "a.normalise" in self.changes):
            self.end = asyncio.get_running_loop().create_future()
            await self.end
        return await super().call(function, *arguments, patience=patience)

    def replace(self):
        super().replace()
        if self.end is not None:
            self.end.set_exception(Refusal("worker_died"))


def stopped_in(work):
    """Return course, worker, view after a stop in the middle of ``work(course)``."""
    course = Course(Dying(), Network(), View())

    async def all_of_it():
        await course.start()
        await course.open("photo")
        running = asyncio.ensure_future(work(course))
        await asyncio.sleep(0.01)
        await course.stop()
        await running

    asyncio.run(all_of_it())
    return course, course.worker, course.view


def test_what_was_stopped_by_hand_says_that_and_nothing_of_a_worker_that_died():
    course, worker, view = stopped_in(
        lambda course: course.change("matte", "a.normalise", "def normalise(): ...")
    )
    assert worker.replaced == 1
    assert course.changes == {}
    (told,) = view.keys("told")
    assert told.startswith("Stopped. The last change was taken out")


def test_a_stop_of_a_lesson_takes_no_change_out_and_brings_the_stages_back():
    async def lesson(course):
        course.changes["a.png"] = course.worker.changes["a.png"] = "def png(): ..."
        course._untried.add("a.png")
        await course.guarded(course.worker.call("lab_check"))

    course, worker, view = stopped_in(lesson)
    assert course.changes == worker.changes == {"a.png": "def png(): ..."}
    assert view.keys("told") == ["Stopped."]
    assert view.keys("done")[-5:] == ["file", "input", "network", "matte", "result"]


class Slow(Network):
    """A network that answers when it is let."""

    def __init__(self):
        super().__init__()
        self.may = asyncio.Event()

    async def answer(self, tensor, side):
        await self.may.wait()
        return await super().answer(tensor, side)


def test_a_stop_while_the_network_computes_is_at_once_and_costs_no_worker():
    network = Slow()
    course = Course(Worker(), network, View())

    async def all_of_it():
        await course.start()
        running = asyncio.ensure_future(course.open("photo"))
        await asyncio.sleep(0.01)
        await course.stop()
        await asyncio.wait_for(running, 1)
        assert course.worker.ran() == ["file", "input"]
        network.may.set()
        await asyncio.sleep(0.01)
        await course.change("result", "a.png", "def png(): ...")

    asyncio.run(all_of_it())
    assert course.worker.replaced == 0
    assert "stopped" in network.sides
    (told,) = course.view.keys("told")
    assert told.startswith("Stopped. To go on")
    assert course.worker.ran() == ["file", "input", "network", "matte", "result"]


def test_a_stop_while_sides_are_compared_asks_no_further_one():
    network = Slow()
    course = Course(Worker(), network, View())

    async def all_of_it():
        await course.start()
        network.may.set()
        await course.open("photo")
        network.may.clear()
        running = asyncio.ensure_future(course.compare((320, 512)))
        await asyncio.sleep(0.01)
        await course.stop()
        await asyncio.wait_for(running, 1)

    asyncio.run(all_of_it())
    assert network.sides == [704, "stopped"]
    assert course.view.keys("done")[-1] == "network", "what is there already is shown again"
