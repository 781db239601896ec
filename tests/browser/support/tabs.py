"""What the journeys through Compress, Convert and Resize share."""

import io

from PIL import Image

FRESH = """() => {
  const row = document.querySelector('.row:has([aria-current])');
  return row.dataset.state === 'done' && row.dataset.fresh === 'yes';
}"""


def start(page, tab, files):
    """Choose a tab and give it files."""
    page.page.click(f"#tab-{tab}")
    page.add_files(files)
    return page.wait_until_ended()


def settle(page):
    """Wait until the file of the photo on the stage shows what was chosen."""
    page.page.wait_for_function(FRESH)


def move(page, control, value):
    """Move a slider as a hand does."""
    page.page.locator(f"#control-{control}").evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }",
        str(value),
    )
    settle(page)


def choose(page, control, value):
    """Choose a value of a select box."""
    page.page.select_option(f"#control-{control}", value)
    settle(page)


def type_number(page, control, text):
    """Type into a field and leave it."""
    page.page.fill(f"#control-{control}", text)
    page.page.locator(f"#control-{control}").blur()


def saved(page, index=0):
    """Return the name and the bytes of what a row's link downloads."""
    with page.page.expect_download() as waiting:
        page.page.locator(".row").nth(index).get_by_role("link").click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def opened(content):
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture
