"""What lies on the device: as little as can be, named with its size, and nothing if so wished."""

import pytest

from tests.browser.support.journal import wait_until_written
from tests.browser.support.pictures import save_spotlight
from tools.pages.page_driver import HomecutPage
from tools.site.server import running_server

ENTRIES = """async () => {
  const root = await navigator.storage.getDirectory();
  const found = [];
  for await (const [folder, handle] of root.entries()) {
    if (handle.kind !== 'directory') { found.push(folder); continue; }
    for await (const name of handle.keys()) found.push(name);
  }
  return found.sort();
}"""

PLANT = """async () => {
  const root = await navigator.storage.getDirectory();
  await root.getFileHandle('homecut-journal-no-folder', {create: true});
  for await (const [name, folder] of root.entries()) {
    if (folder.kind !== 'directory') continue;
    for (const stray of ['evil.json', '-1.json', '77.json', '78.json', 'notes.txt']) {
      const file = await (await folder.getFileHandle(stray, {create: true})).createWritable();
      await file.write(stray === '77.json' ? '{"name": 5}' : '[]');
      await file.close();
    }
    await folder.getDirectoryHandle('79.json', {create: true});
  }
}"""


@pytest.fixture
def page(open_page, made_server):
    return open_page(made_server.url)


def cut_out(page, tmp_path, *names):
    """Give photos to the page and wait until they are done and written down."""
    page.add_files([save_spotlight(tmp_path / name) for name in names])
    assert {row.state for row in page.wait_until_ended()} == {"done"}
    wait_for(page, lambda found: [f"{n}.result" in found for n in (1, len(names))] == [True, True])


def wait_for(page, condition):
    """Wait until what is kept meets a condition; return it."""
    for _ in range(100):
        found = page.page.evaluate(ENTRIES)
        if condition(found):
            return found
        page.page.wait_for_timeout(100)
    raise AssertionError(found)


def wait_until_marked(page, count=1):
    """Wait until so many photos are written down as removed."""
    wait_until_written(page, '"removed": true', count)


def save(page):
    """Save what is on the stage."""
    with page.page.expect_download():
        page.page.click("#download")


@pytest.mark.slow
def test_stray_files_are_left_alone_and_the_rest_comes_back(page, tmp_path):
    cut_out(page, tmp_path, "photo.png")
    page.page.evaluate(PLANT)

    page.page.reload()
    page.page.wait_for_selector(".row[data-state=done]")

    assert [row.name for row in page.rows()] == ["photo.png"]
    found = wait_for(page, lambda found: found.count("1.source") == 1)
    assert {"evil.json", "-1.json", "notes.txt"} <= set(found)


def test_a_removed_photo_can_be_brought_back_and_leaves_the_device_when_another_comes(
    page, tmp_path
):
    """Through a reload, too; while it can be brought back, nothing of it is lost."""
    cut_out(page, tmp_path, "photo.png")
    page.page.get_by_role("button", name="Remove photo.png").click()
    wait_until_marked(page)
    page.page.reload()
    page.page.locator("#removed-words", has_text="1 photo removed.").wait_for()
    assert page.rows() == []
    assert page.page.locator("#dropzone").is_visible()

    page.page.click("#removed-undo")
    page.page.wait_for_selector(".row[data-state=done]")
    page.page.wait_for_selector("#cutout-canvas:visible")
    assert not page.page.locator("#removed").is_visible()

    page.page.get_by_role("button", name="Remove photo.png").click()
    page.add_files([save_spotlight(tmp_path / "another.png")])
    page.wait_until_ended()
    wait_for(page, lambda found: found.count("2.result") == 1 and "1.source" not in found)
    assert not page.page.locator("#removed").is_visible()


def test_all_photos_are_removed_with_one_click_and_leave_with_the_visit(
    page, made_server, tmp_path
):
    cut_out(page, tmp_path, "first.png", "second.png", "third.png")
    before = page.rows()

    page.page.click("#batch-remove")
    page.page.locator("#removed-words", has_text="3 photos removed.").wait_for()
    assert page.rows() == []
    wait_until_marked(page, 3)
    assert page.page.evaluate("document.activeElement.id") == "removed-undo"
    page.page.keyboard.press("Enter")
    page.page.wait_for_function("document.querySelectorAll('.row').length === 3")
    assert page.rows() == before
    wait_until_written(page, '"removed": false', 3)

    page.page.click("#batch-remove")
    wait_until_marked(page, 3)
    # The browser tells of a file's new content some moments before it outlives the page.
    page.page.wait_for_timeout(2000)
    context = page.page.context
    page.page.close()
    later = HomecutPage(context.new_page()).open(made_server.url)
    wait_for(later, lambda found: found == [])
    assert not later.page.locator("#leftovers").is_visible()


def test_what_was_saved_and_is_removed_is_not_written_down_again(page, tmp_path):
    cut_out(page, tmp_path, "photo.png")
    save(page)
    wait_for(page, lambda found: found == [])
    page.page.get_by_role("button", name="Remove photo.png").click()
    page.page.locator("#removed-words", has_text="1 photo removed.").wait_for()
    page.page.wait_for_timeout(1000)
    assert page.page.evaluate(ENTRIES) == []


def test_photos_leave_the_device_when_the_last_one_is_saved(page, tmp_path):
    cut_out(page, tmp_path, "photo.png")
    save(page)
    wait_for(page, lambda found: found == [])
    assert [row.state for row in page.rows()] == ["done"]  # the open page still has it


@pytest.mark.slow
def test_what_is_kept_is_named_with_its_size(page, tmp_path):
    cut_out(page, tmp_path, "photo.png")
    page.page.click("#details-open")
    page.page.locator("#journal-words", has_text="1 photo is kept here").wait_for()
    assert "B" in page.page.inner_text("#journal-words")
    assert "All that this address keeps" in page.page.inner_text("#all-stored")


@pytest.mark.slow
def test_nothing_is_kept_where_the_user_says_so_on_later_visits_too(page, tmp_path):
    cut_out(page, tmp_path, "photo.png")
    page.page.click("#details-open")
    page.page.check("#keep-nothing")
    wait_for(page, lambda found: found == [])
    page.page.locator("#journal-words", has_text="none that you add").wait_for()

    page.page.reload()
    page.page.wait_for_selector("html[data-python=ready]")
    assert page.rows() == []
    page.add_files([save_spotlight(tmp_path / "second.png")])
    page.wait_until_ended()
    page.page.wait_for_timeout(1000)
    assert page.page.evaluate(ENTRIES) == []

    page.page.click("#details-open")
    page.page.uncheck("#keep-nothing")
    wait_for(page, lambda found: "1.source" in found)


def test_a_page_that_shares_its_origin_says_so(open_page, made_root, made_server):
    assert not open_page(made_server.url).page.locator("#neighbours").is_visible()
    with running_server(made_root, prefix="/homecut") as server:
        page = open_page(server.url)
        page.page.locator("#neighbours", has_text="share this page's storage").wait_for()
        # Else it would go on asking a server that is gone.
        page.page.context.close()
