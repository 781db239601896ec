"""The pictures of the editor's states for the documents; see :mod:`tools.pages.screenshots`.

Each state is reached as a user reaches it, with a mouse on the desktop and taps on the phone.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

Press = Callable[[str], None]
"""Clicks or taps the element of a selector."""

SETTLING = 2500
"""Milliseconds until the exact picture of an edit stands on the stage."""

LASSO = ((0.30, 0.62), (0.45, 0.55), (0.62, 0.60), (0.66, 0.78), (0.48, 0.86), (0.33, 0.78))
"""A loop in the picture, as parts of the stage's sides."""


def states(page: "Page", press: Press, prefix: str) -> Iterator[str]:
    """Bring the page with a finished cutout from state to state; yield each picture's name."""
    page.fill("#split", "0")
    press("#tool-edges")
    page.fill("#control-feather", "1.5")
    yield from settled(page, f"{prefix}-edges")
    page.click("#undo")
    press("#tool-touch")
    page.select_option("#control-touch-up", "lasso erase")
    draw_loop(page)
    yield f"{prefix}-touch-up"
    page.mouse.up()
    page.wait_for_timeout(SETTLING)
    page.click("#undo")
    press("#zoom-in")
    press("#zoom-in")
    press("#zoom-in")
    page.select_option("#control-touch-up", "brush restore")
    yield from settled(page, f"{prefix}-zoom")
    press("#zoom-fit")
    press("#tool-background")
    page.select_option("#control-background", "linear")
    page.select_option("#control-shadow", "contact")
    yield from settled(page, f"{prefix}-background")
    page.select_option("#control-background", "blur")
    page.select_option("#control-shadow", "none")
    yield from settled(page, f"{prefix}-blur")
    press("#tool-frame")
    page.select_option("#control-framing", "canvas passport")
    yield from settled(page, f"{prefix}-frame")
    press("#tool-save")
    page.select_option("#control-format", "jpeg")
    yield from settled(page, f"{prefix}-save")


def settled(page: "Page", name: str) -> Iterator[str]:
    """Yield a picture's name once what it shows has been rendered."""
    page.wait_for_timeout(SETTLING)
    yield name


def draw_loop(page: "Page") -> None:
    """Draw a lasso with the pointer and do not let go."""
    box = page.locator("#frame").bounding_box()
    if box is None:
        raise RuntimeError("the stage is not to be seen")
    for number, (x, y) in enumerate(LASSO):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
        if number == 0:
            page.mouse.down()
