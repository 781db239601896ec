"""Every way in for a photo, before and after Python and the image tools are up."""

import base64

import pytest

from common.errors import sentence
from tests.browser.support.pictures import encoded, save_spotlight, spotlight
from tools.site.faults import delayed
from tools.site.server import running_server

GIVE_BY_EVENT = """async ([kind, name, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, {type: 'image/png'}));
  const options = {bubbles: true, cancelable: true};
  const event = kind === 'paste'
    ? new ClipboardEvent('paste', {...options, clipboardData: transfer})
    : new DragEvent('drop', {...options, dataTransfer: transfer});
  document.body.dispatchEvent(event);
  const { python } = document.documentElement.dataset;
  return { kept: event.defaultPrevented, python: python ?? 'not up' };
}"""


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    return open_shared_page(made_server.url)


def give_by_event(page, kind, name, seed=0):
    content = base64.b64encode(encoded(spotlight(seed=seed), "PNG")).decode()
    return page.page.evaluate(GIVE_BY_EVENT, [kind, name, content])


def drag(page, kinds, paths):
    """Drag files or folders over the page as the operating system does."""
    session = page.page.context.new_cdp_session(page.page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in kinds:
        place = {"type": kind, "x": 300, "y": 300, "data": data}
        session.send("Input.dispatchDragEvent", place)
    session.detach()


def drop(page, *paths):
    drag(page, ("dragEnter", "dragOver", "drop"), paths)


def ended(page, name):
    """Wait until the photo of that name has ended and return its row."""
    page.page.locator(".row", has_text=name).first.wait_for()
    return next(row for row in page.wait_until_ended() if row.name == name)


def test_a_dropped_photo_is_cut_out(page, tmp_path):
    drop(page, save_spotlight(tmp_path / "dropped.png", seed=1))

    assert ended(page, "dropped.png").state == "done"


def test_several_photos_dropped_together_are_all_cut_out(page, tmp_path):
    files = [save_spotlight(tmp_path / f"together{n}.png", seed=n) for n in range(3)]
    drop(page, *files)

    assert [ended(page, file.name).state for file in files] == ["done"] * 3


def test_the_photos_of_a_dropped_folder_and_its_folders_are_cut_out(page, tmp_path):
    folder = tmp_path / "album"
    (folder / "inner").mkdir(parents=True)
    save_spotlight(folder / "outer.png", seed=2)
    save_spotlight(folder / "inner/deep.jpg", seed=3)
    (folder / "notes.txt").write_text("not for the page")
    drop(page, folder)

    assert ended(page, "outer.png").state == "done"
    assert ended(page, "deep.jpg").state == "done"
    assert "notes.txt" not in {row.name for row in page.rows()}


def test_a_folder_without_pictures_ends_in_a_sentence(page, tmp_path):
    (tmp_path / "nothing here").mkdir()
    drop(page, tmp_path / "nothing here")

    row = ended(page, "nothing here")
    assert (row.state, row.status) == ("failed", sentence("is_folder"))


def test_dragging_over_the_page_shows_where_to_drop(page, tmp_path):
    overlay = page.page.locator("#drop-overlay")
    photo = save_spotlight(tmp_path / "hovering.png")
    assert not overlay.is_visible()

    drag(page, ("dragEnter", "dragOver"), [photo])
    overlay.wait_for(state="visible")

    # DevTools cannot let a dragged file leave the window again.
    page.page.evaluate("document.body.dispatchEvent(new DragEvent('dragleave', {bubbles: true}))")
    overlay.wait_for(state="hidden")


def test_a_pasted_photo_is_cut_out(page):
    assert give_by_event(page, "paste", "pasted.png", seed=4)["kept"]

    assert ended(page, "pasted.png").state == "done"


def test_pasted_text_is_left_to_the_browser(page):
    earlier = len(page.rows())
    kept = page.page.evaluate(
        """() => {
             const clipboardData = new DataTransfer();
             clipboardData.setData('text/plain', 'words');
             const options = {clipboardData, bubbles: true, cancelable: true};
             const event = new ClipboardEvent('paste', options);
             document.body.dispatchEvent(event);
             return event.defaultPrevented;
           }"""
    )

    assert not kept
    assert len(page.rows()) == earlier


def test_the_button_opens_a_dialogue_for_several_files(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    with page.page.expect_file_chooser() as waiting:
        page.page.click("#choose")

    assert waiting.value.is_multiple()
    waiting.value.set_files([save_spotlight(tmp_path / "chosen.png", seed=5)])
    assert ended(page, "chosen.png").state == "done"
    with page.page.expect_file_chooser():
        page.page.click("#add-more")


def test_the_sample_photo_is_there_for_those_who_have_none(open_page, made_server):
    page = open_page(made_server.url)
    page.page.click("#sample")

    assert ended(page, "sample.jpg").state == "done"


@pytest.mark.parametrize("kind", ["drop", pytest.param("paste", marks=pytest.mark.slow)])
def test_a_photo_given_before_python_is_up_is_kept(open_page, made_root, kind):
    with running_server(made_root, faults={"/main.py": delayed(4)}) as server:
        page = open_page(server.url, ready=False)
        page.page.goto(server.url, wait_until="domcontentloaded")

        answer = give_by_event(page, kind, "early.png")
        assert answer == {"kept": True, "python": "not up"}

        assert ended(page, "early.png").state == "done"


@pytest.mark.slow
def test_a_photo_given_before_the_image_tools_are_up_waits_visibly(open_page, made_root, tmp_path):
    slow_start = {"/assets/vendor/pyodide/pyodide.asm.wasm": delayed(6)}
    with running_server(made_root, faults=slow_start) as server:
        page = open_page(server.url)
        page.add_files([save_spotlight(tmp_path / "patient.png")])

        status = page.page.locator(".row-status")
        status.get_by_text("Starting the image tools").wait_for()
        assert page.page.locator("#queue-title").inner_text() == "0 of 1 done"
        assert ended(page, "patient.png").state == "done"


DROP_ADDRESS = """() => {
  const transfer = new DataTransfer();
  transfer.setData('text/uri-list', 'https://example.org/cat.png');
  const options = {bubbles: true, cancelable: true, dataTransfer: transfer};
  document.body.dispatchEvent(new DragEvent('drop', options));
}"""

PASTE_INTO_A_FIELD = """() => {
  const field = document.createElement('input');
  document.body.append(field);
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(9)], 'cells.png', {type: 'image/png'}));
  const options = {bubbles: true, cancelable: true, clipboardData: transfer};
  const event = new ClipboardEvent('paste', options);
  field.dispatchEvent(event);
  field.remove();
  return event.defaultPrevented;
}"""


def test_a_dropped_web_address_is_answered_with_a_sentence(page):
    page.page.evaluate(DROP_ADDRESS)
    page.page.wait_for_function(
        "words => document.body.innerText.includes(words)", arg=sentence("is_address")
    )


def test_what_is_pasted_into_a_field_belongs_to_it(page):
    before = page.page.locator("#queue li").count()
    assert page.page.evaluate(PASTE_INTO_A_FIELD) is False
    assert page.page.locator("#queue li").count() == before


PASTE_TEXTS = """([html, text]) => {
  const transfer = new DataTransfer();
  if (html) transfer.setData('text/html', html);
  transfer.setData('text/plain', text);
  const options = {bubbles: true, cancelable: true, clipboardData: transfer};
  document.body.dispatchEvent(new ClipboardEvent('paste', options));
}"""


def told(page, words):
    """Wait until the page says a sentence about what was given."""
    page.page.locator("#intake-note", has_text=words).wait_for()


def test_a_picture_inside_of_pasted_html_is_taken_and_one_that_is_elsewhere_is_answered(page):
    page.page.evaluate(PASTE_TEXTS, ["", "only words"])
    told(page, sentence("is_words"))
    page.page.evaluate(PASTE_TEXTS, ["<img src='https://example.org/a.png'>", ""])
    told(page, sentence("is_address"))
    content = base64.b64encode(encoded(spotlight(seed=6), "PNG")).decode()
    page.page.evaluate(PASTE_TEXTS, [f'<p><img src="data:image/png;base64,{content}"></p>', "a"])
    assert ended(page, "pasted.png").state == "done"


def test_a_folder_says_how_many_of_its_files_were_no_pictures(page, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    save_spotlight(folder / "beside words.png", seed=7)
    for name in ("notes.txt", "clip.mov", "._photo.jpg", "Thumbs.db"):
        (folder / name).write_text("none")
    drop(page, folder)
    told(page, "2 files were no pictures and were left out.")
    assert ended(page, "beside words.png").state == "done"
