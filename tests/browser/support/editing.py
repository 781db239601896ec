"""What the editing journeys share: a photo, the panel's controls, and the file that is saved."""

from pathlib import Path

import numpy as np
from PIL import Image

from tools.pages.page_driver import HomecutPage

WIDTH, HEIGHT = 640, 480
"""Size of :func:`scene` in pixels."""

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}
"""Playwright's options for a phone of today with a finger on it."""

DISC = (0.35, 0.5)
"""Centre of the large bright disc, as parts of the picture's sides."""

SMALL = (0.82, 0.3)
"""Centre of the small one, which nothing connects with the large."""

EMPTY = (0.62, 0.85)
"""A place in the dark, far from both."""

SETTLED = "() => document.getElementById('frame').getAttribute('aria-busy') !== 'true'"

REVEALED = """() => {
  const { classList } = document.getElementById('frame');
  const drawn = document.getElementById('split').value !== '100';
  return classList.contains('has-cutout') && drawn && !classList.contains('is-revealing');
}"""

PIXEL = """([x, y]) => {
  const canvas = document.getElementById('cutout-canvas');
  const place = [Math.floor(x * canvas.width), Math.floor(y * canvas.height)];
  return [...canvas.getContext('2d').getImageData(...place, 1, 1).data];
}"""

PLACE = """([id, x, y]) => {
  const canvas = document.getElementById(id);
  const box = canvas.getBoundingClientRect();
  const scale = Math.min(box.width / canvas.width, box.height / canvas.height);
  const [width, height] = [canvas.width * scale, canvas.height * scale];
  return [box.left + (box.width - width) / 2 + x * width,
          box.top + (box.height - height) / 2 + y * height];
}"""


def scene() -> Image.Image:
    """Return two bright discs of unlike size on a dark ground: what the made network cuts out."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]

    def disc(centre: tuple[float, float], radius: float) -> np.ndarray:
        """Return 1 within a disc and 0 outside, with an edge of a few pixels."""
        distance = np.hypot(x - centre[0] * WIDTH, y - centre[1] * HEIGHT)
        return np.clip((radius - distance) / 3 + 0.5, 0, 1)

    bright = np.maximum(disc(DISC, 130), disc(SMALL, 50))[..., np.newaxis]
    # Shaded, so that nobody takes it for a drawing.
    light = np.stack([255 - x // 6, 235 - y // 6, 190 + 0 * x], axis=-1)
    dark = np.stack([20 + 0 * x, 40 + y // 24, 60 + x // 32], axis=-1)
    return Image.fromarray(np.rint(dark + bright * (light - dark)).astype(np.uint8))


def save_scene(file: Path) -> Path:
    """Write :func:`scene` in the lossless format of the file's ending."""
    scene().save(file)
    return file


def begin(page: HomecutPage, folder: Path, *names: str) -> None:
    """Let the page cut out the scene, once for each of ``names`` (one by default)."""
    page.add_files([save_scene(folder / name) for name in names or ("scene.png",)])
    page.wait_until_ended()
    wait_until_revealed(page)


def wait_until_revealed(page: HomecutPage) -> None:
    """Wait until the original has been drawn aside from a first cutout."""
    page.page.wait_for_function(REVEALED)


def settle(page: HomecutPage) -> None:
    """Wait until the picture on the stage shows what was chosen."""
    page.page.locator("#cutout-canvas").wait_for()
    page.page.wait_for_function(SETTLED)


def wait_until_shown(page: HomecutPage, point: tuple[float, float], pixel: list[int]) -> None:
    """Wait until the stage shows an RGBA pixel at a point of the picture."""
    page.page.wait_for_function(
        f"([point, pixel]) => ({PIXEL})(point).every((value, n) => value === pixel[n])",
        arg=[list(point), pixel],
    )


def open_tool(page: HomecutPage, name: str) -> None:
    """Open a tool of the stage by its button, unless it is open."""
    button = page.page.locator(f"#tool-{name}")
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    page.page.locator("#panel").wait_for()


def close_panel(page: HomecutPage) -> None:
    """Close the panel, behind which the list of photos lies on a wide screen."""
    if page.page.locator("#panel").is_visible():
        page.page.click("#panel-close")


def choose(page: HomecutPage, control: str, value: str) -> None:
    """Choose a value in one of the panel's select boxes."""
    page.page.select_option(f"#control-{control}", value)


def slide(page: HomecutPage, control: str, value: float) -> None:
    """Move one of the panel's sliders to a value and let go."""
    page.page.locator(f"#control-{control}").evaluate(
        """(slider, value) => {
          slider.value = value;
          slider.dispatchEvent(new Event('input', {bubbles: true}));
          slider.dispatchEvent(new Event('change', {bubbles: true}));
        }""",
        value,
    )


def place(
    page: HomecutPage, point: tuple[float, float], canvas: str = "cutout-canvas"
) -> tuple[float, float]:
    """Return where on the screen a point of the picture (0..1 each) is now, in CSS pixels.

    ``canvas`` is the one that shows it: the cutout's, or ``photo-canvas`` before there is one.
    """
    x, y = page.page.evaluate(PLACE, [canvas, *point])
    return x, y


def shown(page: HomecutPage, point: tuple[float, float]) -> list[int]:
    """Return the RGBA pixel that the stage shows at a point of the picture."""
    pixel: list[int] = page.page.evaluate(PIXEL, list(point))
    return pixel


def download(page: HomecutPage, target: Path) -> Path:
    """Save the shown photo's file with the stage's button; return where it lies."""
    with page.page.expect_download() as waiting:
        page.page.click("#download")
    waiting.value.save_as(target)
    return target


def saved_pixels(page: HomecutPage, target: Path) -> np.ndarray:
    """Save the shown photo's cutout and return its pixels, uint8 (h, w, channels)."""
    return np.asarray(Image.open(download(page, target)))


def alpha_at(pixels: np.ndarray, point: tuple[float, float]) -> int:
    """Return the alpha of a saved cutout at a point of the picture."""
    row, column = int(point[1] * pixels.shape[0]), int(point[0] * pixels.shape[1])
    return int(pixels[row, column, 3])


def fresh(page: HomecutPage, folder: Path, name: str = "scene.png") -> HomecutPage:
    """Empty a page that was used before and let it cut out the scene again."""
    emptied(page)
    begin(page, folder, name)
    return page


def fresh_files(page: HomecutPage, files: list[Path]) -> None:
    """Empty a page that was used before and let it work on these files."""
    emptied(page)
    page.add_files(files)
    page.wait_until_ended()
    wait_until_revealed(page)


def emptied(page: HomecutPage) -> None:
    """Take all photos off a page."""
    close_panel(page)
    while page.rows():
        page.page.locator(".row").first.get_by_role("button", name="Remove").click()
    page.page.locator("#dropzone").wait_for()


def type_colour(page, name, code):
    """Type a hexadecimal code into the colour field of a legend."""
    field = page.page.get_by_label(f"{name} as hexadecimal code", exact=True)
    field.fill(code)
    field.press("Enter")
