"""The service worker: filled in the background, updated only when the user says so.

``assets/js/start.js`` has registered it before Python was up; registering again changes nothing
and gives the registration.
"""

import asyncio

import js
import jsffi

from ui.browser import dom
from ui.browser.worker_link import BASE_URL

PATIENCE_SECONDS = 10
"""How long the old version has to give way; browsers let it end what it has begun, however long."""


def start(queue):
    """Register ``sw.js`` where the browser allows it.

    ``queue`` tells whether a reload would lose work.
    """
    if hasattr(js.navigator, "serviceWorker"):
        asyncio.create_task(_register(queue))


async def _register(queue):
    """Register, then watch for a first takeover and for new versions."""
    container = js.navigator.serviceWorker
    was_controlled = bool(container.controller)

    def taken_over(_event):
        """Reload once where only the service worker can isolate the page, if nothing is lost."""
        isolated = getattr(js, "crossOriginIsolated", False)
        if (was_controlled or not isolated) and not queue.items:
            js.location.reload()

    dom.on(container, "controllerchange", taken_over)
    try:
        options = js.Object.new()
        options.updateViaCache = "none"
        registration = await container.register(BASE_URL + "sw.js", options)
    except jsffi.JsException as error:
        dom.report("no service worker, so no offline start: " + str(error.args[-1]))
        return
    worker = registration.active or registration.installing
    if worker:
        # Fetches and keeps what this page has not asked for yet.
        worker.postMessage("fill")
    dom.on("update-now", "click", lambda event: _update(registration))
    _offer_if_waiting(registration)
    dom.on(registration, "updatefound", lambda event: _follow(registration))


def _follow(registration):
    """Offer the new version as soon as it is completely on the device."""
    fresh = registration.installing
    if fresh:
        dom.on(fresh, "statechange", lambda event: _offer_if_waiting(registration))


async def _start_afresh(registration):
    """Load the page from its host, without the old version, which has not given way.

    Unless the host cannot be reached: then the old version is all that there is.
    """
    try:
        await registration.update()
    except jsffi.JsException as error:
        dom.report("the new version waits on: " + str(error.args[-1]))
        return
    await registration.unregister()
    js.location.reload()


def _offer_if_waiting(registration):
    """Show the quiet offer when a newer version waits and an older one runs."""
    if registration.waiting and js.navigator.serviceWorker.controller:
        dom.show("update", True)


def _update(registration):
    """Let the waiting version take over and start it; the present one is told to end its work."""
    js.navigator.serviceWorker.controller.postMessage("rest")
    js.setTimeout(lambda: asyncio.create_task(_start_afresh(registration)), 1000 * PATIENCE_SECONDS)
    registration.waiting.postMessage("take-over")
    dom.on(js.navigator.serviceWorker, "controllerchange", lambda event: js.location.reload())
