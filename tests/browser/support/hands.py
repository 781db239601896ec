"""Hands on the stage: a mouse, fingers and a pen.

A mouse is Playwright's; fingers and a pen are given to Chromium's input pipeline itself, so that
the page sees trusted pointer events, coalesced and captured as on a real device.
"""

from collections.abc import Sequence

from tests.browser.support.editing import place, settle
from tools.pages.page_driver import HomecutPage


def along(start: tuple[float, float], end: tuple[float, float], steps: int = 12):
    """Return points from one to another, as a hand passes them."""
    shares = [step / steps for step in range(steps + 1)]
    return [
        (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
        for share in shares
    ]


def drag(page: HomecutPage, points: Sequence[tuple[float, float]]) -> None:
    """Draw with the mouse through points of the picture."""
    places = [place(page, point) for point in points]
    page.page.mouse.move(*places[0])
    page.page.mouse.down()
    for x, y in places[1:]:
        page.page.mouse.move(x, y)
    page.page.mouse.up()
    settle(page)


class Fingers:
    """Touches of a phone's screen, through the browser's own input pipeline."""

    def __init__(self, page: HomecutPage) -> None:
        self.page = page
        self.link = page.page.context.new_cdp_session(page.page)

    def _send(self, kind: str, places: Sequence[tuple[float, float]]) -> None:
        """Tell the browser where the fingers are now."""
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self.link.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def draw(self, points: Sequence[tuple[float, float]]) -> None:
        """Draw with one finger through points of the picture."""
        self.swipe([place(self.page, point) for point in points])
        settle(self.page)

    def swipe(self, places: Sequence[tuple[float, float]]) -> None:
        """Move one finger through places of the screen, in CSS pixels."""
        self._send("touchStart", places[:1])
        for spot in places[1:]:
            self._send("touchMove", [spot])
        self._send("touchEnd", [])

    def tap(self, point: tuple[float, float]) -> None:
        """Touch a point of the picture shortly."""
        self.draw([point])

    def pinch(
        self, centre: tuple[float, float], start: float, end: float, drift: float = 0
    ) -> None:
        """Spread two fingers from ``start`` to ``end`` CSS pixels apart, drifting to the right."""
        x, y = place(self.page, centre)
        for step in range(11):
            half = (start + (end - start) * step / 10) / 2
            middle = x + drift * step / 10
            kind = "touchMove" if step else "touchStart"
            self._send(kind, [(middle - half, y), (middle + half, y)])
        self._send("touchEnd", [])


def draw_with_pen(
    page: HomecutPage, points: Sequence[tuple[float, float]], pressure: float
) -> None:
    """Draw with a pen that is pressed with ``pressure`` (0..1) through points of the picture."""
    link = page.page.context.new_cdp_session(page.page)
    for number, point in enumerate([*points, points[-1]]):
        kind = "mousePressed" if number == 0 else "mouseMoved"
        kind = "mouseReleased" if number == len(points) else kind
        x, y = place(page, point)
        link.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": x,
                "y": y,
                "button": "left",
                "buttons": 0 if kind == "mouseReleased" else 1,
                "clickCount": 1,
                "force": pressure,
                "pointerType": "pen",
            },
        )
    settle(page)
