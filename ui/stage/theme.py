"""Light or dark: the system's choice until the user makes another."""

from ui.browser import dom, machine


def start():
    """Show the present theme on the button and switch it at a click."""
    preference = machine.dark_preference()
    root = dom.root()
    root.dataset.theme = "dark" if preference.matches else "light"
    _draw(root.dataset.theme)
    dom.on("theme", "click", lambda event: _switch(root))
    dom.on(preference, "change", lambda event: _set(root, "dark" if event.matches else "light"))


def _switch(root):
    """Change to the other theme."""
    _set(root, "light" if root.dataset.theme == "dark" else "dark")


def _set(root, theme):
    """Put a theme on the page."""
    root.dataset.theme = theme
    _draw(theme)


def _draw(theme):
    """Tell eyes and screen readers whether dark is on."""
    dom.describe(dom.element("theme"), "aria-pressed", "true" if theme == "dark" else "false")
