"""The service worker: filled in the background, updated only when the user says so.

``assets/js/start.js`` has registered it before Python was up; registering again changes nothing
and gives the registration.
"""

import asyncio

from ui.browser import clock, dom, machine, service_worker

PATIENCE_SECONDS = 10
"""How long the old version has to give way; browsers let it end what it has begun, however long."""


MOST_LOOKS = 60
"""Seconds after which the gate is filled, whatever is still on its way."""


def start(queue, has_all):
    """Register ``sw.js`` where the browser allows it.

    ``queue`` tells whether a reload would lose work, ``has_all()`` whether nothing is on its way
    that the first photo waits for: until then, what this page has not asked for yet would only
    take its share of the line.
    """
    if service_worker.is_there():
        asyncio.create_task(_register(queue, has_all))


async def _register(queue, has_all):
    """Register, then watch for a late first takeover and for new versions."""

    def taken_over(_event):
        """Start anew under a gate that has come or changed, if nothing is lost by it."""
        if not queue.items:
            machine.reload()

    service_worker.when_taken_over(taken_over)
    registration = await service_worker.register()
    if registration is None:
        return
    dom.on("update-now", "click", lambda event: _update(registration))
    service_worker.follow_versions(registration, lambda: _offer_if_waiting(registration))
    for _ in range(MOST_LOOKS):
        if has_all():
            break
        await asyncio.sleep(1)
    # Fetches and keeps what this page has not asked for yet.
    service_worker.tell_any(registration, "fill")


async def _start_afresh(registration):
    """Load the page from its host, without the old version, which has not given way.

    Unless the host cannot be reached: then the old version is all that there is.
    """
    if await service_worker.can_be_fetched(registration):
        await registration.unregister()
        machine.reload()


def _offer_if_waiting(registration):
    """Show the quiet offer when a newer version waits and an older one runs."""
    if service_worker.is_waiting(registration):
        dom.show("update", True)


def _update(registration):
    """Let the waiting version take over and start it."""
    clock.later(PATIENCE_SECONDS, lambda: asyncio.create_task(_start_afresh(registration)))
    service_worker.take_over(registration)
    service_worker.when_taken_over(lambda event: machine.reload())
