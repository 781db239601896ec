"""Grid, scope, goals and crop in any browser: thirteen photos, one press for all, one cropped file.

A driver gives ``evaluate(code, argument)`` and the folder that the browser saves to, as for
:class:`tests.browser.engines.codec_trip.CodecTrip`. What is pressed is pressed in the page, because
the drivers' own hands differ; what comes of it is read off the screen and out of saved files.
"""

import base64
import io
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser.engines.codec_trip import CodecTrip
from tests.browser.support.pictures import save_spotlight

PHOTOS = 13
"""One more than are shown as rows."""

SIZE = (240, 160)
"""Of each photo, in pixels."""

GIVE_ALL = """(files) => {
  const given = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    given.items.add(new File([bytes], name));
  }
  const input = document.getElementById("file-input");
  input.files = given.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}"""

ALL_FRESH = """(count) => {
  const rows = [...document.querySelectorAll(".row")];
  return rows.length === count &&
    rows.every(({ dataset }) => dataset.state === "done" && dataset.fresh === "yes");
}"""

PRESS = """(words) => {
  const all = [...document.querySelectorAll("button")];
  const seen = all.filter((button) => button.checkVisibility());
  const button = seen.find((one) => one.textContent.trim() === words);
  button.click();
  return button.getAttribute("aria-pressed");
}"""

PRESSED = """(words) => [...document.querySelectorAll("button[aria-pressed=true]")].some(
  (button) => button.checkVisibility() && button.textContent.trim() === words)"""

KEY = """(key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))"""

FOCUSED = (
    "() => document.activeElement.closest('.row')?.querySelector('.row-name').textContent ?? ''"
)

CHOOSE = """([id, value]) => {
  const box = document.getElementById(id);
  box.value = value;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}"""

CURRENT = """() => ({
  name: document.getElementById("queue-current-name").textContent,
  file: document.querySelector("#queue-current a[download]")?.download ?? "",
  size: [...document.querySelectorAll(".save-size")]
    .find((one) => one.checkVisibility())?.textContent ?? "",
})"""

SAVE = "() => document.querySelector('#queue-current a[download]').click()"


class InterfaceTrip(CodecTrip):
    """A page of some browser with thirteen photos on the tab Convert."""

    def begin_with_photos(self, folder: Path) -> None:
        """Open the tab and give the photos."""
        self.begin()
        files = []
        for number in range(1, PHOTOS + 1):
            file = save_spotlight(folder / f"{number:02}.png", *SIZE, seed=number)
            files.append([file.name, base64.b64encode(file.read_bytes()).decode()])
        self.evaluate(GIVE_ALL, files)
        self.wait_until_fresh()

    def wait_until_fresh(self) -> None:
        """Wait until every file is made as the settings say."""
        self.wait_for("all results", lambda: self.evaluate(ALL_FRESH, PHOTOS))

    def is_pressed(self, words: str) -> bool:
        """Tell whether a button that is seen is pressed."""
        return bool(self.evaluate(PRESSED, words))

    def current(self) -> dict[str, Any]:
        """Return what the grid says of its chosen photo, and the panel of its file."""
        found: dict[str, Any] = self.evaluate(CURRENT)
        return found

    def walk_to_the_second(self) -> str:
        """Go one to the right in the grid; return which photo has the focus."""
        self.evaluate("() => document.querySelector('.row-select').focus()")
        self.evaluate(KEY, "ArrowRight")
        return str(self.evaluate(FOCUSED))

    def saved(self) -> Image.Image:
        """Save the chosen photo's file; return it, read."""
        name = self.wait_for("the link", lambda: self.current()["file"])
        file = self.downloads / name
        file.unlink(missing_ok=True)
        self.evaluate(SAVE)
        partly = self.downloads / f"{name}.part"
        self.wait_for(name, lambda: file.exists() and file.stat().st_size and not partly.exists())
        image = Image.open(io.BytesIO(file.read_bytes()))
        image.load()
        return image
