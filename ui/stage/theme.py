"""Light or dark: the system's choice until the user makes another, which is kept.

``assets/js/kept_choices.js`` has put a kept one on the page before Python came.
"""

import asyncio

from ui.browser import dom, machine
from ui.browser.window import choices
from ui.state.window import DARK, Theme


def start():
    """Show the present theme on the button and switch it at a click."""
    preference = machine.dark_preference()
    theme = Theme(bool(preference.matches), getattr(dom.root().dataset, "theme", ""))
    _draw(theme)
    dom.on("theme", "click", lambda event: _switch(theme))
    dom.on(preference, "change", lambda event: _follow(theme, bool(event.matches)))


def _switch(theme):
    """Change to the other theme and keep it."""
    theme.switch()
    _draw(theme)
    asyncio.create_task(choices.keep(choices.THEME_PREFIX, theme.chosen))


def _follow(theme, is_dark):
    """Take notice that the system has changed."""
    theme.is_dark = is_dark
    _draw(theme)


def _draw(theme):
    """Put the theme on the page; tell eyes and screen readers whether dark is on."""
    dom.root().dataset.theme = theme.shown
    dom.describe(dom.element("theme"), "aria-pressed", "true" if theme.shown == DARK else "false")
