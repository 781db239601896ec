"""Bringing back what an earlier visit left, and clearing everything.

After a reload or a crash the queue comes back by itself. In a new visit the user is asked, since
somebody else may be sitting there now.
"""

import asyncio

from common.language.words import say
from ui.browser import dom, machine
from ui.browser.window import choices
from ui.device import lab_folder


def start(queue, journal, engine, quick_start, at_rest):
    """Open the journal, bring back or offer what is there, bind the buttons."""
    dom.on(
        "clear-all",
        "click",
        lambda event: asyncio.create_task(clear_everything(queue, journal, engine, quick_start)),
    )
    asyncio.create_task(_start(journal, at_rest))


async def _start(journal, at_rest):
    """Restore after a reload, offer in a new visit."""
    usable = await journal.open()
    at_rest.start(usable)
    if not usable:
        return
    orphans = await journal.orphans()
    if orphans and not machine.is_reload():
        await journal.forget_removed(orphans)
        orphans = await journal.orphans()
    if not orphans:
        return
    if machine.is_reload():
        await _restore(journal, orphans)
        return
    dom.element("leftovers-text").textContent = say("Photos of an earlier visit are still here.")
    dom.show("leftovers")
    dom.on(
        "leftovers-restore", "click", lambda event: asyncio.create_task(_bring(journal, orphans))
    )
    dom.on("leftovers-delete", "click", lambda event: asyncio.create_task(_delete(journal)))


async def _bring(journal, orphans):
    """Restore what the user asked for."""
    await _restore(journal, orphans)
    dom.announce(say("Brought back."))


async def _restore(journal, orphans):
    """Put what was left into the queue again, and say so while that takes its time."""
    dom.element("leftovers-text").textContent = say("Bringing your photos back")
    for button in ("leftovers-restore", "leftovers-delete"):
        dom.show(button, False)
    dom.show("leftovers")
    for name in orphans:
        await journal.restore(name)
    dom.show("leftovers", False)


async def _delete(journal):
    """Delete what other visits left."""
    dom.show("leftovers", False)
    await journal.clear()
    dom.announce(say("Deleted."))


async def clear_everything(queue, journal, engine, quick_start):
    """Remove every photo, every journal file, what the lab keeps, choices, model and snapshot."""
    for item in list(queue.items):
        queue.remove(item)
    queue.forget_removed()
    dom.show("leftovers", False)
    await journal.clear()
    await lab_folder.clear()
    await choices.forget()
    await engine.forget_stored()
    await quick_start.forget()
    dom.element("stored").textContent = say("Everything is cleared. No model is stored.")
    dom.announce(say("Everything is cleared."))
