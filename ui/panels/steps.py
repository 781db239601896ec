"""Undo and Redo: they can be pressed only where there is a step."""

from ui.browser import dom


def draw(item):
    """Follow the history of the item on the stage, ``None`` for none.

    A button that cannot be pressed any more loses the keyboard; the other one, or the panel's
    title, takes it over.
    """
    history = item.settings.history if item is not None else None
    undo, redo = dom.element("undo"), dom.element("redo")
    held = dom.has_focus(undo) or dom.has_focus(redo)
    undo.disabled = history is None or not history.can_undo()
    redo.disabled = history is None or not history.can_redo()
    free = [button for button in (undo, redo) if not button.disabled]
    if held and len(free) < 2:
        (free[0] if free else dom.element("panel-title")).focus()
