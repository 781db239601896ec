"""The service worker from the page's side: registered, asked, followed, taken away.

What it does stands in ``sw.js``, which is the gate.
"""

import asyncio
import json

import js
import jsffi

from ui.browser import dom
from ui.browser.console import report
from ui.browser.values import json_text, record
from ui.browser.worker_link import BASE_URL

LOOK_SECONDS = 2
"""How often is looked whether the page is quiet."""


def is_there():
    """Tell whether this window may have a service worker."""
    return hasattr(js.navigator, "serviceWorker")


def controls():
    """Tell whether one answers this page's requests."""
    return is_there() and bool(js.navigator.serviceWorker.controller)


def tell(message):
    """Send the one that answers this page a message, if there is one."""
    if controls():
        js.navigator.serviceWorker.controller.postMessage(message)


def when_taken_over(handler):
    """Call ``handler(event)`` when another one answers this page from now on."""
    dom.on(js.navigator.serviceWorker, "controllerchange", handler)


async def register():
    """Return the registration of ``sw.js``, ``None`` where the browser refuses it."""
    try:
        options = record(updateViaCache="none")
        return await js.navigator.serviceWorker.register(BASE_URL + "sw.js", options)
    except jsffi.JsException as error:
        report("no service worker, so no offline start: " + str(error.args[-1]))
        return None


def tell_any(registration, message):
    """Send a message to the version that runs or is being installed."""
    worker = registration.active or registration.installing
    if worker:
        worker.postMessage(message)


def follow_versions(registration, handler):
    """Call ``handler()`` now and at every step of a newer version."""
    handler()
    dom.on(registration, "updatefound", lambda event: _follow(registration, handler))


def _follow(registration, handler):
    """Follow the version that is being installed."""
    if registration.installing:
        dom.on(registration.installing, "statechange", lambda event: handler())


def is_waiting(registration):
    """Tell whether a newer version waits while an older one answers this page."""
    return bool(registration.waiting) and controls()


def take_over(registration):
    """Let the waiting version answer; the present one is told to end its work."""
    tell("rest")
    registration.waiting.postMessage("take-over")


async def can_be_fetched(registration):
    """Ask the host for ``sw.js``; tell whether it could be reached."""
    try:
        await registration.update()
        return True
    except jsffi.JsException as error:
        report("the new version waits on: " + str(error.args[-1]))
        return False


async def unregister():
    """Take this page's service worker out of the browser; open tabs keep it until they close."""
    if not is_there():
        return
    for registration in await js.navigator.serviceWorker.getRegistrations():
        if registration.scope == BASE_URL:
            await registration.unregister()


async def end_foreign():
    """End other service workers inside this page's folder; each stands in the reports then."""
    await js.endForeignWorkers()


def reports(start):
    """Return what the gate has reported since the page was opened, from number ``start`` on.

    A list of dicts, which ``assets/js/start.js`` has collected.
    """
    return json.loads(json_text(js.homecutReports.slice(start)))


def fill_with_codecs(is_quiet):
    """Let the gate store the codecs, in the background, as soon as ``is_quiet()`` says so.

    They are not part of the first visit's download. Once the page works and is quiet they are
    stored, so that every format can be written without a network. Without a service worker each
    comes when it is first used.
    """
    if is_there():
        asyncio.create_task(_fill_when_quiet(is_quiet))


async def _fill_when_quiet(is_quiet):
    """Wait for a quiet moment."""
    while not (controls() and is_quiet()):
        await asyncio.sleep(LOOK_SECONDS)
    tell("fill-later")


def timings():
    """Return what the browser itself tells of this page's own requests.

    A list of (milliseconds since 1970, address, bytes); workers' requests are not among them.
    """
    found = []
    for kind in ("navigation", "resource"):
        for entry in js.performance.getEntriesByType(kind):
            started = js.performance.timeOrigin + entry.startTime
            found.append((started, entry.name, entry.transferSize))
    return found
