"""The pool of codec workers: how many, in which order, and what becomes of a broken one."""

import json

import pytest

from tests.browser.support.in_page import run_in_page
from tests.browser.support.pictures import photo


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    """A page that is up; its network and pixel worker are not needed."""
    return open_shared_page(made_server.url).page


def pixels_of(side):
    return photo("astronaut").resize((side, side)).convert("RGBA").tobytes()


IN_POOL = """
import asyncio
import json
import ui.work.codecs
from __main__ import work
from common.errors import Refusal
from ui.state.cancel_scope import CancelScope

codecs = work.codecs
scopes = {}

def start(owner, keep=False, urgent=False):
    return asyncio.create_task(outcome(owner, keep, urgent))

async def outcome(owner, keep, urgent):
    options = {"speed": asked.speed}
    side = asked.side
    pixels = asked.pixels.slice()
    scope = scopes[owner] = CancelScope()
    try:
        made = await codecs.encode("avif", side, side, pixels, options, scope, keep, urgent)
        order.append(owner)
        return made.byteLength
    except Refusal as error:
        order.append(owner)
        return error.code

order = []
"""


def in_pool(page, body, side=512, speed=6):
    """Run Python in the page that starts AVIF jobs by their owner's name; return its JSON."""
    answer = run_in_page(page, IN_POOL + body, pixels=pixels_of(side), side=side, speed=speed)
    return json.loads(answer)


@pytest.mark.slow
def test_as_many_run_side_by_side_as_the_device_has_room_for(page):
    size, most, results, left = in_pool(
        page,
        """
most = 0
tasks = [start(str(number)) for number in range(6)]
while not all(task.done() for task in tasks):
    await asyncio.sleep(0.01)
    most = max(most, len(codecs._running))
results = []
for task in tasks:
    results.append(await task)
return json.dumps([codecs.size, most, results, len(codecs._running)])
""",
    )
    cores = page.evaluate("navigator.hardwareConcurrency")
    assert size == most == min(cores, 4)
    assert min(results) > 5000
    assert left == 0


def test_an_urgent_job_goes_first_and_a_cancelled_one_ends_at_once(page):
    results, order = in_pool(
        page,
        """
codecs_size, codecs.size = codecs.size, 1
first = start("first")
await asyncio.sleep(0.2)
asked.speed = 8
second = start("second")
urgent = start("urgent", urgent=True)
await asyncio.sleep(0.2)
scopes["first"].cancel()
results = []
for task in (first, second, urgent):
    results.append(await task)
codecs.size = codecs_size
return json.dumps([results, order])
""",
        speed=2,
    )
    assert results[0] == "cancelled"
    assert min(results[1:]) > 5000
    assert order == ["first", "urgent", "second"]


def test_a_worker_that_dies_is_replaced(page):
    died, after = in_pool(
        page,
        """
job = start("job")
await asyncio.sleep(0.3)
(running,) = codecs._running
running.worker._worker.terminate()
asked.speed = 8
return json.dumps([await job, await start("next")])
""",
        speed=1,
    )
    assert died == "worker_died"
    assert after > 5000


def test_a_hung_worker_is_ended_and_replaced(page):
    hung, after = in_pool(
        page,
        """
from common.edits import codec_options
patience, codec_options.patience = codec_options.patience, lambda *_: 0.3
hung = await start("job")
codec_options.patience = patience
asked.speed = 8
return json.dumps([hung, await start("next")])
""",
        speed=0,
    )
    assert hung == "timed_out"
    assert after > 5000


def test_idle_workers_give_their_memory_back_and_pixels_can_be_kept(page):
    workers, left, kept, moved = in_pool(
        page,
        """
seconds, ui.work.codecs.IDLE_SECONDS = ui.work.codecs.IDLE_SECONDS, 0.3
pixels = asked.pixels
await codecs.encode("webp", asked.side, asked.side, pixels, {}, keep=True)
kept = pixels.byteLength
await codecs.encode("webp", asked.side, asked.side, pixels, {})
moved = pixels.byteLength
workers = len(codecs._workers)
await asyncio.sleep(1)
ui.work.codecs.IDLE_SECONDS = seconds
return json.dumps([workers, len(codecs._workers), kept, moved])
""",
    )
    assert workers >= 1
    assert left < workers
    assert (kept, moved) == (512 * 512 * 4, 0)
