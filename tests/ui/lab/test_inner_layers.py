"""Looking into layers: one run for a photo, again for another one, nothing after an error."""

import asyncio

from ui.lab.answers import Answers
from ui.lab.inner_layers import STOPPED, InnerLayers

LAYER = {"name": "conv", "activation": "relu"}


class Worker:
    def __init__(self):
        self.calls = []
        self.error = None

    async def call(self, function, *arguments, patience=0):
        self.calls.append((function, *arguments))
        if function == "lab_input" and self.error:
            return {"error": self.error, "line": 1}, None
        return {"pictures": []}, function


class Network:
    def __init__(self):
        self.looks = []
        self.raises = None

    async def look_inside(self, key, description, tensor, side):
        self.looks.append((key, description, tensor, side))
        if self.raises:
            raise self.raises
        return 1.0

    def stopped(self):
        self.looks.append("stopped")

    async def layer(self, name):
        return [1, 64, 32, 16], "values of " + name


class Course:
    side = 704
    blob = "a photo"

    def __init__(self, network):
        self.answers = Answers(None, network)


SAID = []
"""What was said while a network ran."""


class Looker(InnerLayers):
    """Looks as the page does."""

    async def look(self, key, outputs, layer):
        return await super().look(key, outputs, layer, SAID.append)


def looker():
    SAID.clear()
    worker, network = Worker(), Network()
    return Looker(worker, network, Course(network)), worker, network


def test_a_network_runs_once_for_a_photo_and_its_layers_are_drawn_by_the_worker():
    inner, worker, network = looker()

    async def steps():
        await inner.look("isnet", "hex", LAYER)
        return await inner.look("isnet", "hex", LAYER)

    values, data = asyncio.run(steps())
    assert network.looks == [("isnet", "hex", "lab_input", 704)]
    assert worker.calls[-1] == ("lab_layer", "conv", "values of relu", 64, 32, 16)
    assert (values, data) == ({"pictures": []}, "lab_layer")


def test_without_a_photo_that_is_said_and_nothing_runs():
    inner, worker, network = looker()
    inner._course = type("Empty", (), {"blob": None})
    values, data = asyncio.run(inner.look("isnet", "hex", LAYER))
    assert "Choose a photo first" in values["error"]
    assert (data, worker.calls, network.looks) == (None, [], [])


def test_another_network_and_another_photo_run_anew():
    inner, worker, network = looker()

    async def steps():
        await inner.look("isnet", "hex", LAYER)
        await inner.look("u2netp", "hex", LAYER)
        inner.forget()
        await inner.look("u2netp", "hex", LAYER)

    asyncio.run(steps())
    assert [(key, side) for key, _, _, side in network.looks] == [
        ("isnet", 704),
        ("u2netp", 320),
        ("u2netp", 320),
    ]
    assert ("lab_pixels", 320) in worker.calls


def test_code_that_cannot_make_the_input_is_told_and_nothing_runs():
    inner, worker, network = looker()
    worker.error = "SyntaxError"
    values, data = asyncio.run(inner.look("isnet", "hex", LAYER))
    assert values["error"] == "SyntaxError"
    assert data is None
    assert network.looks == []


def test_a_run_that_failed_is_tried_again():
    inner, _, network = looker()

    async def steps():
        network.raises = ValueError()
        try:
            await inner.look("isnet", "hex", LAYER)
        except ValueError:
            network.raises = None
        await inner.look("isnet", "hex", LAYER)

    asyncio.run(steps())
    assert len(network.looks) == 2


class Slow(Network):
    """A network that answers when it is let."""

    def __init__(self):
        super().__init__()
        self.may = asyncio.Event()

    async def look_inside(self, key, description, tensor, side):
        await self.may.wait()
        return await super().look_inside(key, description, tensor, side)


def slow_looker():
    SAID.clear()
    network = Slow()
    course = Course(network)
    return Looker(Worker(), network, course), network, course


def test_while_a_network_runs_its_seconds_are_said_and_afterwards_no_more():
    inner, network, _ = slow_looker()

    async def steps():
        looking = asyncio.ensure_future(inner.look("isnet", "hex", LAYER))
        await asyncio.sleep(1.2)
        assert [words.split(".")[0] for words in SAID] == [
            "Looking inside: 0 s",
            "Looking inside: 1 s",
        ]
        network.may.set()
        await looking
        SAID.clear()
        await asyncio.sleep(1.2)
        await inner.look("isnet", "hex", LAYER)

    asyncio.run(steps())
    assert SAID == [], "the second look takes no time"


def test_a_look_can_be_stopped_and_done_again():
    inner, network, course = slow_looker()

    async def steps():
        looking = asyncio.ensure_future(inner.look("isnet", "hex", LAYER))
        await asyncio.sleep(0.01)
        assert course.answers.is_asking
        course.answers.give_up()
        assert await looking == ({"error": STOPPED}, None)
        network.may.set()
        return await inner.look("isnet", "hex", LAYER)

    values, _ = asyncio.run(steps())
    assert values == {"pictures": []}
    assert network.looks[0] == "stopped"
    assert len(network.looks) == 3, "what was given up is looked into anew"


def test_a_photo_that_comes_meanwhile_makes_the_answer_an_old_one():
    inner, network, _ = slow_looker()

    async def steps():
        looking = asyncio.ensure_future(inner.look("isnet", "hex", LAYER))
        await asyncio.sleep(0.01)
        inner.forget()
        network.may.set()
        await looking
        await inner.look("isnet", "hex", LAYER)

    asyncio.run(steps())
    assert len(network.looks) == 2
