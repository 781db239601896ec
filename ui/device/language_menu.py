"""The menu of languages at the foot of the page; the choice is kept on this device."""

import asyncio

from common.language.words import say
from ui.browser import dom, machine
from ui.browser.language import chosen
from ui.browser.window import choices


class LanguageMenu:
    """Shows the page's language and changes it: the page is loaded anew in the other one."""

    def __init__(self, queue, journal):
        self.queue, self.journal = queue, journal

    def start(self):
        """List the languages, each by its own name, and say who has checked the present one."""
        menu = dom.element("language")
        for tag, name, checked in chosen.available():
            option = dom.create("option", "", name)
            option.value = tag
            option.lang = tag
            menu.append(option)
            if tag == chosen.tag() and not checked:
                dom.element("language-checked").textContent = say(
                    "This translation was not yet checked by a native speaker."
                )
        menu.value = chosen.tag()
        dom.on(menu, "change", lambda event: asyncio.create_task(self._choose(menu.value)))

    async def _choose(self, tag):
        """Keep the choice and follow it at once, if no photo is lost by it."""
        kept = await choices.keep(choices.LANGUAGE_PREFIX, tag)
        words = dom.element("language-checked")
        if not kept:
            words.textContent = say(
                "This window keeps no choice, so the page follows the browser's language."
            )
        elif self.queue.items and not self.journal.keeps:
            words.textContent = say("The language changes when you reload the page.")
        else:
            machine.reload()
