"""The side panel (a bottom sheet on phones): one tool's controls at a time, never a modal trap."""

from ui.browser import dom


class Panel:
    """Opens the section of a tool button and closes it again."""

    def __init__(self, sections, head):
        """``sections`` maps a tool's name to an object with ``title``, ``element``, ``draw()``,
        ``opened()`` and ``closed()``; ``head(name, section)`` returns what stands above one.
        """
        self.sections = sections
        self.head = head
        self.current = None
        for name in sections:
            button = self._button(name)
            dom.describe(button, "aria-expanded", "false")
            dom.describe(button, "aria-controls", "panel")
            dom.on(button, "click", lambda event, name=name: self.toggle(name))
        dom.on("panel-close", "click", lambda event: self.close())

    def _button(self, name):
        """Return the tool button of a section."""
        return dom.element("tool-" + name)

    def toggle(self, name):
        """Open a section, or close it when it is open."""
        if self.current == name:
            self.close()
        else:
            self.open(name)

    def open(self, name):
        """Show the controls of a section and move the keyboard there."""
        if self.current is not None:
            self._leave()
        self.current = name
        section = self.sections[name]
        dom.element("panel-title").textContent = section.title
        dom.element("panel-body").replaceChildren(*self.head(name, section), section.element)
        dom.describe(self._button(name), "aria-expanded", "true")
        dom.show("panel")
        dom.element("main").dataset.panel = "open"
        section.draw()
        section.opened()
        dom.element("panel-title").focus()

    def close(self):
        """Hide the panel and give the keyboard back to the tool's button."""
        if self.current is None:
            return
        button = self._button(self.current)
        inside = dom.has_focus(dom.element("panel"))
        self._leave()
        self.current = None
        dom.show("panel", False)
        dom.element("main").dataset.panel = "closed"
        if inside:
            button.focus()

    def _leave(self):
        """End the open section."""
        dom.describe(self._button(self.current), "aria-expanded", "false")
        self.sections[self.current].closed()

    def draw(self):
        """Show the values of the photo that is on the stage now."""
        if self.current is not None:
            self.sections[self.current].draw()


class Section:
    """A panel section made of controls that belong to one part of the edit.

    ``rows`` are pairs of a key of ``edit[part]`` and its control; ``visible(values)`` may hide
    controls that mean nothing for the present values: it returns the keys to show.
    """

    def __init__(self, title, part, studio, visible=None):
        self.title = title
        self.part = part
        self.studio = studio
        self.visible = visible
        self.element = dom.create("div", "section")
        self.rows = []

    def parts(self):
        """Return the sections of an edit that this panel changes."""
        return (self.part,)

    def add(self, key, control):
        """Append a control for ``edit[part][key]`` (``None`` for one that sets itself)."""
        self.rows.append((key, control))
        self.element.append(control.element)
        return control

    def add_element(self, element):
        """Append an element that is no control."""
        self.element.append(element)
        return element

    def setter(self, key, convert=None):
        """Return a function that writes a control's value into the edit."""

        def write(value):
            self.studio.set_value(self.part, key, convert(value) if convert else value)
            self._draw_visible()

        return write

    def draw(self):
        """Show the edit's values in the controls."""
        values = self.studio.edit()[self.part]
        for key, control in self.rows:
            if key is not None:
                control.set(values.get(key))
        self._draw_visible()

    def _draw_visible(self):
        """Hide what means nothing now."""
        if self.visible is None:
            return
        keys = self.visible(self.studio.edit()[self.part])
        for key, control in self.rows:
            dom.show(control.element, key is None or key in keys)

    def opened(self):
        """Do what the section needs when it comes up (nothing by default)."""

    def closed(self):
        """Do what the section needs when it goes (nothing by default)."""
