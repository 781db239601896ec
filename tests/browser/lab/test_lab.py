"""The lab in a real browser: the wires between page, editor, worker and network are connected."""

import json
import re
import time

import pytest
from PIL import Image
from playwright.sync_api import expect
from skimage import data

from core.files.decode import decode
from core.matte import mask
from core.matte.tensor import to_tensor
from tests.browser.support.axe import violations
from tools.model.chunks import FOLDER, join
from tools.model.description import read_description
from tools.model.layer_map import TARGET as LAYERS
from tools.model.native_reference import open_session
from tools.model.package import DIRECT_NETWORK, whole_network
from tools.model.rewriting.graph import serialise
from tools.pages.page_driver import HomecutPage
from tools.setup.checkout import ROOT
from tools.site.server import running_server

STAGES = ("file", "pixels", "input", "network", "matte", "edges", "colours", "result")
SHOWN = (
    ("matte", "matte"),
    ("edges", "alpha"),
    ("colours", "with the seam, dark ground"),
    ("result", "the cutout"),
)
"""A picture of each stage that a change of the matte reaches."""

expect.set_options(timeout=90_000)  # every stage again, on a machine that others use, too
NOTHING_ELSE = "    return np.zeros(raw.shape[-2:], np.float32)\n"
NOTHING = "def normalise(raw, low, high):\n    return np.zeros(raw.shape[-2:], np.float32)\n"


@pytest.fixture(scope="module")
def lab(open_shared_page, made_server):
    """The lab with the sample photo through all stages."""
    page = open_shared_page(f"{made_server.url}lab.html")
    page.page.click("#sample")
    expect(page.page.locator("#stage-result")).to_have_attribute("data-state", "done")
    yield page
    assert [request for request in page.witness.requests if request[0] != "GET" or request[2]] == []
    assert {url.split("/")[2] for _, url, _ in page.witness.requests if url.startswith("http")} == {
        made_server.url.split("/")[2]
    }


def write(page: HomecutPage, stage: str, code: str) -> None:
    """Put code into the editor of a stage and run it."""
    card = page.page.locator(f"#stage-{stage}")
    opener = card.get_by_role("button", name="Change its Python")
    if opener.get_attribute("aria-expanded") == "false":
        opener.click()
    button = card.locator(".py-editor-run-button")
    button.wait_for()
    card.locator(".cm-content").click()
    page.page.keyboard.press("Control+a")
    page.page.evaluate(
        """([stage, code]) => {
            const card = document.getElementById(`stage-${stage}`);
            card.querySelector('script').code = code;
        }""",
        [stage, code],
    )
    button.click()


def picture_of(page: HomecutPage, stage: str, title: str) -> int:
    """Return the sum of a picture's values."""
    return page.page.evaluate(
        """([stage, title]) => {
            const canvases = document.querySelectorAll(`#stage-${stage} canvas`);
            const canvas = [...canvases].find((one) => one.ariaLabel === title);
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width,
            canvas.height); return data.reduce((sum, value) => sum + value, 0);
        }""",
        [stage, title],
    )


STORED = """async () => {
  const { shell, later } = await (await fetch('manifest.json')).json();
  const kept = new Set();
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) kept.add(url);
  }
  return [...shell, ...later].every((path) => kept.has(new URL(path, location).href));
}"""
"""Whether the gate has stored everything that the page and the lab need."""


NOTE_WHAT_IS_SAID = """() => {
  globalThis.said = [];
  const status = document.getElementById('status');
  new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
}"""
"""Keeps all sentences of the bar in ``said``."""


STOP_WHEN_THE_NETWORK_COMPUTES = """() => {
  const status = document.getElementById('status');
  const watch = new MutationObserver(() => {
    if (status.textContent.startsWith('The network computes')) {
      watch.disconnect();
      document.getElementById('stop').click();
    }
  });
  watch.observe(status, { childList: true, characterData: true, subtree: true });
}"""
"""Presses Stop in the middle of the network's work, however short that is."""


def wait_until_stored(page: HomecutPage) -> None:
    """Wait until the lab would start without a network."""
    deadline = time.monotonic() + 90
    while not page.page.evaluate(STORED):
        assert time.monotonic() < deadline, "the files are not stored"
        page.page.wait_for_timeout(500)


def restored(page: HomecutPage) -> None:
    """Put every original back."""
    page.page.click("#changes-none")
    expect(page.page.locator("#changes")).to_contain_text("None")
    expect(page.page.locator("#stage-result")).to_have_attribute("data-state", "done")


def test_every_stage_shows_pictures_or_numbers_and_keeps_its_contract(lab):
    for stage in STAGES:
        card = lab.page.locator(f"#stage-{stage}")
        expect(card).to_have_attribute("data-state", "done")
        assert card.locator("canvas").count() or card.locator(".lab-numbers dd").count()
        assert card.locator("[data-holds=no]").count() == 0
    assert "ff d8 ff" in lab.page.inner_text("#stage-file")
    assert "(1, 3, 704, 704)" in lab.page.inner_text("#stage-input")


def test_the_code_that_is_shown_is_that_of_the_page(lab):
    card = lab.page.locator("#stage-matte")
    card.get_by_role("button", name="Change its Python").click()
    expect(card.locator(".cm-content")).to_contain_text("def normalise(")
    shown = lab.page.evaluate("document.querySelector('#stage-matte script').code")
    assert shown.strip() in (ROOT / "core/matte/mask.py").read_text("utf-8")
    offered = card.locator("option").all_inner_texts()
    assert offered[0].startswith("core.matte.mask.normalise: Return a prediction as a matte")
    card.locator("summary").click()
    expect(card.locator("dl").first).to_contain_text("A map of three parts")
    card.locator("summary").click()
    card.get_by_role("button", name="Change its Python").click()


def test_a_change_shows_in_its_stage_and_below_and_nowhere_on_the_page(
    lab, open_page, made_server, tmp_path
):
    before = {stage: lab.page.locator(f"#stage-{stage} canvas").count() for stage in STAGES}
    alpha = picture_of(lab, "edges", "alpha")
    shown = {key: picture_of(lab, *key) for key in SHOWN}
    write(lab, "matte", NOTHING)
    expect(lab.page.locator("#changes")).to_contain_text("core.matte.mask.normalise")
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")
    for stage, title in SHOWN:
        assert picture_of(lab, stage, title) != shown[stage, title], (stage, title)
    assert "0.0 % of the square" in lab.page.inner_text("#stage-matte")
    assert picture_of(lab, "edges", "alpha") < alpha
    assert before == {stage: lab.page.locator(f"#stage-{stage} canvas").count() for stage in STAGES}
    assert mask.normalise.__module__ == "core.matte.mask"

    page = open_page(made_server.url)
    page.add_files([ROOT / "assets/sample/sample.jpg"])
    assert [row.state for row in page.wait_until_ended()] == ["done"]
    page.save(0, tmp_path / "cutout.png")
    with Image.open(tmp_path / "cutout.png") as cutout:
        assert cutout.getchannel("A").getextrema()[1] == 255
    restored(lab)
    assert picture_of(lab, "edges", "alpha") == alpha


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def normalise(raw, low, high)\n    return raw\n", "SyntaxError"),
        ("import nothing_here\n\ndef normalise(raw, low, high):\n    return raw\n", "nothing_here"),
        ("def normalise(raw, low, high):\n    return raw.nothing\n", "AttributeError"),
        (
            "def normalise(raw):\n    return raw\n",
            re.compile(r"^Line 1 of <core.matte.mask.normalise> asks for other values"),
        ),
    ],
)
def test_broken_code_gets_pythons_words_and_the_last_good_picture_stays(lab, code, words):
    pictures = lab.page.locator("#stage-matte canvas").count()
    write(lab, "matte", code)
    expect(lab.page.locator("#stage-matte .lab-error")).to_contain_text(words)
    expect(lab.page.locator("#stage-matte .lab-error")).to_contain_text(re.compile(r"Line \d"))
    line = int(re.search(r"Line (\d+)", lab.page.inner_text("#stage-matte .lab-error"))[1])
    expect(lab.page.locator("#stage-matte .cm-wrong-line")).to_have_text(
        code.splitlines()[line - 1]
    )
    assert lab.page.locator("#stage-matte canvas").count() == pictures
    lab.page.locator("#stage-matte").get_by_role("button", name="Back to the original").click()
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")
    expect(lab.page.locator("#stage-matte .cm-wrong-line")).to_have_count(0)


def test_one_pointer_moves_all_close_ups_by_mouse_and_by_keyboard(lab):
    words = lab.page.locator(".lab-pointer pre")
    expect(words).to_contain_text("Pixel ")
    card = lab.page.locator("#stage-edges > .lab-pictures canvas").first
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    lab.page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.5)
    expect(words).to_contain_text(re.compile(r"Pixel 1[45]\d, (19\d|20\d)"))
    x, y = map(int, re.findall(r"\d+", words.inner_text())[:2])
    lab.page.locator(".lab-pointer button").focus()
    lab.page.keyboard.press("ArrowRight")
    expect(words).to_contain_text(f"Pixel {x + 1}, {y}:")
    lab.page.keyboard.press("Shift+ArrowDown")
    expect(words).to_contain_text(f"Pixel {x + 1}, {y + 10}:")
    middles = lab.page.eval_on_selector_all(
        ".lab-close-ups canvas",
        """canvases => canvases.slice(0, 3).map((canvas) => [canvas.width,
            ...canvas.getContext('2d').getImageData(15, 15, 1, 1).data.slice(0, 3)])""",
    )
    red, green, blue, before, after = map(
        int,
        re.search(
            r"red (\d+), green (\d+), blue (\d+); alpha (\d+) before, (\d+) after",
            words.inner_text(),
        ).groups(),
    )
    assert middles == [[31, red, green, blue], [31, *[before] * 3], [31, *[after] * 3]]


@pytest.mark.slow
def test_an_inner_layer_answers_in_the_page_as_natively(open_page):
    """With the real weights: what opens the layers is made for them."""
    image = decode((ROOT / "assets/sample/sample.jpg").read_bytes()).image
    tensor = to_tensor(image, 704, (128.0,) * 3, (256.0,) * 3)
    variant = read_description(ROOT / "models/models.json").variants["q4"]
    listed = json.loads(LAYERS.read_text("utf-8"))["isnet"]
    network = serialise(whole_network(join(variant, ROOT / FOLDER), DIRECT_NETWORK))
    session = open_session(network + bytes.fromhex(listed["outputs"]))
    name = "/stage4d/rebnconv1d/conv_s1/Conv"
    (layer,) = [one for one in listed["layers"] if one["name"] == name]
    (expected,) = session.run([layer["activation"]], {"input": tensor})

    with running_server() as server:
        page = open_page(f"{server.url}lab.html").page
        page.click("#sample")
        expect(page.locator("#stage-result")).to_have_attribute("data-state", "done")
        layers = page.locator(".lab-layers").first
        layers.locator("summary").first.click()
        expect(layers).to_contain_text("takes about half a minute; Stop")
        layers.locator("select").select_option(name)
        look = layers.get_by_role("button", name="Look inside")
        look.click()
        expect(page.locator(".lab-inside")).to_contain_text(re.compile(r"Looking inside: [1-9]"))
        page.click("#stop")
        expect(page.locator(".lab-inside")).to_have_text("Stopped. Nothing was looked into.")
        assert page.locator("#stage-result").get_attribute("data-state") == "done"
        look.click()
        expect(page.locator(".lab-inside canvas")).to_have_count(1, timeout=240_000)
        words = page.inner_text(".lab-inside")
    least, mean, largest = map(float, re.findall(r"(-?\d+\.\d+)", words))
    assert (least, mean, largest) == pytest.approx(
        (expected.min(), expected.mean(), expected.max()), abs=0.002
    )
    assert "256 x 44 x 44 values" in words
    assert "It is on the way up" in words


@pytest.mark.slow
def test_an_own_photo_goes_through_all_stages(lab, tmp_path):
    photo = Image.fromarray(data.cat()).resize((2400, 1600))
    exif = Image.Exif()
    exif[0x0110] = "A camera"
    photo.save(tmp_path / "own.jpg", quality=90, exif=exif)
    with lab.page.expect_file_chooser() as waiting:
        lab.page.click("#choose")
    waiting.value.set_files(str(tmp_path / "own.jpg"))
    expect(lab.page.locator("#stage-pixels")).to_contain_text("3.8 megapixels")
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")
    for stage in STAGES:
        expect(lab.page.locator(f"#stage-{stage}")).to_have_attribute("data-state", "done")
    assert "A camera" in lab.page.inner_text("#stage-file")
    assert lab.page.inner_text("#stage-file strong") == "ff d8 ff"
    assert lab.page.locator(".lab-inside").count() == 0
    lab.page.click("#sample")
    expect(lab.page.locator("#stage-pixels")).to_contain_text("600 x 400")
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")


def test_a_wrong_shape_turns_the_contract_red(lab):
    write(lab, "input", "def to_tensor(image, size, mean, divisor):\n    return np.ones((3, 4))\n")
    expect(lab.page.locator("#stage-input [data-holds=no]")).to_contain_text("must be float32")
    expect(lab.page.locator("#stage-input .lab-status")).to_contain_text("The next stages wait")
    assert lab.page.locator("#stage-input canvas").count() > 0, "the last good pictures stay"
    write(lab, "input", "def to_tensor(image, size, mean, divisor):\n    image.size\n")
    expect(lab.page.locator("#stage-input [data-holds=no]")).to_contain_text("is a return missing?")
    lab.page.locator("#stage-input").get_by_role("button", name="Back to the original").click()
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")


def test_a_loop_that_does_not_end_is_stopped_and_the_lab_goes_on(lab):
    write(lab, "matte", "def normalise(raw, low, high):\n    while True:\n        pass\n")
    expect(lab.page.locator("#stage-matte")).to_have_attribute("data-state", "running")
    lab.page.wait_for_timeout(500)
    assert lab.page.locator("#stop").bounding_box()["y"] < 900, "at hand wherever one is"
    lab.page.evaluate(NOTE_WHAT_IS_SAID)
    lab.page.click("#stop")
    expect(lab.page.locator("#status")).to_contain_text("The last change was taken out")
    assert [text for text in lab.page.evaluate("said") if "did not work" in text] == []
    write(
        lab,
        "matte",
        "def normalise(raw, low, high):\n    print('here', raw.shape)\n" + NOTHING_ELSE,
    )
    expect(lab.page.locator("#stage-matte .lab-printed")).to_contain_text("here (")
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")
    restored(lab)


def test_a_stop_while_the_network_computes_is_said_at_once_and_costs_no_worker(lab):
    worker = lab.page.locator("script[type=py][worker]").get_attribute("name")
    lab.page.evaluate(STOP_WHEN_THE_NETWORK_COMPUTES)
    lab.page.click("#sample")
    expect(lab.page.locator("#status")).to_contain_text("Stopped. To go on")
    expect(lab.page.locator("#stop")).to_be_hidden()
    assert lab.page.locator("script[type=py][worker]").get_attribute("name") == worker
    expect(lab.page.locator("#stage-network")).to_have_attribute("data-state", "waiting")
    lab.page.click("#sample")
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")


def test_changes_are_saved_as_a_file_that_can_be_opened_again(lab, tmp_path):
    write(lab, "matte", NOTHING)
    expect(lab.page.locator("#changes-save")).to_be_enabled()
    with lab.page.expect_download() as waiting:
        lab.page.click("#changes-save")
    waiting.value.save_as(tmp_path / "changes.py")
    assert NOTHING in (tmp_path / "changes.py").read_text("utf-8")
    restored(lab)
    lab.page.set_input_files("#changes-input", str(tmp_path / "changes.py"))
    expect(lab.page.locator("#changes")).to_contain_text("core.matte.mask.normalise")
    restored(lab)


def test_a_lesson_is_checked_in_words_and_its_solution_passes(lab):
    lab.page.locator("#lesson-list button").nth(1).click()
    lab.page.locator("#lesson .cm-content").wait_for()
    lab.page.click("#lesson-check")
    expect(lab.page.locator("#lesson-verdict")).to_have_text("There may be nothing but 0 and 1.")
    lab.page.click("#lesson-hint")
    expect(lab.page.locator("#lesson-hint-words")).to_contain_text("astype")
    code = lab.page.locator("#lesson .cm-content")
    code.click()
    lab.page.keyboard.press("Control+End")
    lab.page.keyboard.type("# my own way")
    expect(lab.page.locator("#lesson-unchecked")).to_contain_text("Not checked yet")
    for button in ("#lesson-solution", "#lesson-again"):
        lab.page.click(button)
        expect(code).not_to_contain_text("# my own way")
        lab.page.click("#lesson-back")
        expect(code).to_contain_text("# my own way")
        expect(lab.page.locator("#lesson-back")).to_be_hidden()
    lab.page.click("#lesson-solution")
    lab.page.click("#lesson-check")
    expect(lab.page.locator("#lesson-verdict")).to_contain_text("shown by the solution")
    expect(lab.page.locator("#lesson-list [data-solution=yes]")).to_have_count(1)
    assert lab.page.locator("#lesson-list [data-passed=yes]").count() == 0
    assert lab.page.locator("#lesson-pictures canvas").count() == 1
    lab.page.locator("#lesson-list button").nth(0).click()
    lab.page.locator("#lesson-list button").nth(1).click()
    expect(code).to_contain_text("# my own way")
    lab.page.click("#lesson-solution")
    lab.page.locator("#lesson .cm-content").click()
    lab.page.keyboard.press("Control+End")
    lab.page.keyboard.type("# a comment more")
    lab.page.click("#lesson-check")
    expect(lab.page.locator("#lesson-verdict")).to_contain_text("shown by the solution")
    lab.page.locator("#lesson .cm-content").click()
    lab.page.keyboard.press("Control+End")
    lab.page.keyboard.type("\npicture = 1 - picture")
    lab.page.click("#lesson-check")
    expect(lab.page.locator("#lesson-verdict")).to_have_text("Right.")
    written = lab.page.locator("#lesson .cm-content").inner_text()
    lab.page.click("#lesson-next")
    expect(lab.page.locator("#lesson-title")).to_be_focused()
    expect(lab.page.locator("#lesson .cm-content")).to_contain_text("def checkerboard")
    lab.page.locator("#lesson-list button").nth(0).click()
    expect(lab.page.locator("#lesson .cm-content")).to_contain_text("def share")
    lab.page.locator("#lesson-list button").nth(1).click()
    expect(lab.page.locator("#lesson .cm-content")).to_contain_text("def decide")
    assert lab.page.locator("#lesson .cm-content").inner_text() == written
    assert lab.page.locator("#lesson-list [data-passed=yes]").count() == 1
    expect(lab.page.locator("#changes-save")).to_be_enabled()


def test_what_was_put_back_to_the_original_can_be_brought_back(lab):
    card = lab.page.locator("#stage-matte")
    write(lab, "matte", NOTHING + "# my own way\n")
    expect(lab.page.locator("#changes")).to_contain_text("core.matte.mask.normalise")
    restored(lab)
    expect(card.locator(".cm-content")).not_to_contain_text("# my own way")
    card.get_by_role("button", name="Bring my code back").click()
    expect(card.locator(".cm-content")).to_contain_text("# my own way")
    expect(card.locator(".lab-unrun")).to_contain_text("Not run yet")
    expect(card.get_by_role("button", name="Change its Python (not run yet)")).to_be_visible()
    assert "None" in lab.page.inner_text("#changes"), "it is for the pupil to run it"
    card.get_by_role("button", name="Back to the original").click()
    expect(card.locator(".lab-unrun")).to_be_empty()
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")


def test_a_file_that_is_no_picture_is_told_where_it_was_chosen_and_the_last_photo_stays(
    lab, tmp_path
):
    (tmp_path / "no.jpg").write_bytes(b"nothing that is a picture" * 40)
    lab.page.set_input_files("#file-input", str(tmp_path / "no.jpg"))
    expect(lab.page.locator("#status")).to_contain_text("This is not a picture")
    expect(lab.page.locator("#photo-refused")).to_contain_text("This is not a picture")
    assert lab.page.locator("[data-state=done].lab-stage").count() == len(STAGES)
    assert lab.page.locator("#stage-file .lab-numbers dd").count() > 0
    lab.page.click("#sample")
    expect(lab.page.locator("#photo-refused")).to_be_empty()
    expect(lab.page.locator("#stage-result")).to_have_attribute("data-state", "done")


def test_every_lesson_is_offered(lab):
    names = sorted(file.stem for file in (ROOT / "lessons").glob("*.py"))
    offered = lab.page.eval_on_selector_all(
        "#lesson-list button", "buttons => buttons.map((button) => button.dataset.lesson)"
    )
    assert offered == names


def test_escape_leaves_the_editor_by_keyboard(lab):
    card = lab.page.locator("#stage-matte")
    if card.locator(".cm-content").count() == 0 or not card.locator(".cm-content").is_visible():
        card.get_by_role("button", name="Change its Python").click()
    card.locator(".cm-content").click()
    lab.page.keyboard.press("Escape")
    focused = "document.activeElement.classList.contains('py-editor-run-button')"
    lab.page.wait_for_function(focused)


def test_axe_finds_nothing_in_the_lab(lab):
    assert violations(lab) == []


@pytest.mark.parametrize("width", [360, 820])
def test_nothing_is_wider_than_the_screen(lab, width):
    lab.page.set_viewport_size({"width": width, "height": 900})
    if width == 360:
        lab.page.locator("#lesson-list button").nth(0).click()
        expect(lab.page.locator("#lesson-list")).to_be_hidden()
        expect(lab.page.locator("#lesson-title")).to_be_focused()
        rows = lab.page.eval_on_selector_all(
            "#lesson .lab-buttons button:not([hidden])",
            "buttons => new Set(buttons.map((one) => one.getBoundingClientRect().top)).size",
        )
        assert rows == 1
    widest = lab.page.evaluate("document.documentElement.scrollWidth")
    # A photo's own label, which the sample has not.
    lab.page.evaluate("document.querySelector('#stage-file dt').textContent = 'Orientation'")
    wide = """names => names.filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => one.textContent)"""
    assert lab.page.eval_on_selector_all(".lab-numbers dt", wide) == []
    lab.page.evaluate("document.getElementById('lesson-choice').open = true")
    lab.page.set_viewport_size({"width": 1280, "height": 900})
    assert widest <= width


@pytest.mark.slow
def test_the_page_hands_its_photo_over_and_changes_come_back_after_a_reload(open_page, made_server):
    page = open_page(made_server.url)
    page.add_files([ROOT / "assets/sample/sample.jpg"])
    page.wait_until_ended()
    page.page.click("#look-inside")
    expect(page.page.locator("#stage-result")).to_have_attribute("data-state", "done")
    write(page, "matte", NOTHING)
    expect(page.page.locator("#changes")).to_contain_text("core.matte.mask.normalise")
    page.page.locator("#lesson-list button").nth(1).click()
    page.page.click("#lesson-solution")
    page.page.locator("#lesson .cm-content").click()
    page.page.keyboard.press("Control+End")
    page.page.keyboard.type("\npicture = 1 - picture")
    page.page.click("#lesson-check")
    expect(page.page.locator("#lesson-verdict")).to_have_text("Right.")
    expect(page.page.locator("#changes")).to_have_attribute("data-kept", "yes")
    page.page.locator("#lesson-list button").nth(0).click()
    lesson = page.page.locator("#lesson .cm-content")
    expect(lesson).to_contain_text("def share")
    lesson.click()
    page.page.keyboard.press("Control+End")
    page.page.keyboard.type("# not checked")
    code = page.page.locator("#stage-edges")
    code.get_by_role("button", name="Change its Python").click()
    code.locator("select").select_option("core.matte.edges.adjusted")
    expect(code.locator(".cm-content")).to_contain_text("def adjusted")
    code.locator(".cm-content").click()
    page.page.keyboard.press("Control+Home")
    page.page.keyboard.type("# not run")
    expect(code.locator(".lab-unrun")).to_contain_text("Not run yet")
    for what in ("data-drafts", "data-kept"):  # else the browser asks whether to leave
        expect(page.page.locator("#changes")).to_have_attribute(what, "yes")
    page.page.reload()
    expect(page.page.locator("#lesson-list [data-passed=yes]")).to_have_count(1)
    expect(page.page.locator("#changes")).to_contain_text("core.matte.mask.normalise")
    expect(page.page.locator("#status")).to_contain_text("not run yet: core.matte.edges.adjusted")
    expect(page.page.locator("#lesson-list [data-unchecked=yes]")).to_have_count(1)
    page.page.locator("#lesson-list button").nth(0).click()
    expect(lesson).to_contain_text("# not checked")
    expect(page.page.locator("#lesson-unchecked")).to_contain_text("Not checked yet")
    code.get_by_role("button", name="Change its Python (not run yet)").click()
    code.locator("select").select_option("core.matte.edges.adjusted")
    expect(code.locator(".cm-content")).to_contain_text("# not run")
    expect(code.locator(".lab-unrun")).to_contain_text("Not run yet")

    asked = []
    page.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    lesson.click()
    page.page.keyboard.press("Control+End")
    page.page.keyboard.type("# in the last moment")
    page.page.reload()
    page.page.wait_for_selector("html[data-python=ready]")
    page.page.locator("#lesson-list button").nth(0).click()
    expect(lesson).to_contain_text("# not checked")
    is_there = "# in the last moment" in lesson.inner_text()
    assert is_there or asked == ["beforeunload"], "kept, or the browser has asked"


def test_without_its_lessons_the_lab_begins_and_reads_them_on_demand(open_page, made_server):
    page = open_page(made_server.url).page
    for name in ("lessons/03-checkerboard.py", "manifest.json"):
        page.route(f"**/{name}", lambda route: route.abort())
    page.goto(f"{made_server.url}lab.html")
    expect(page.locator("#status")).to_contain_text("Ready. The lessons could not be read.")
    again = page.locator("#lessons-again")
    page.unroute("**/manifest.json")
    again.click()
    expect(page.locator("#lessons-missing")).to_contain_text("1 of 10 lessons could not be read")
    assert page.locator("#lesson-list button").count() == 9
    page.unroute("**/lessons/03-checkerboard.py")
    again.click()
    expect(page.locator("#lesson-list button")).to_have_count(10)
    expect(again).to_be_hidden()
    expect(page.locator("#lessons-missing")).to_be_empty()


@pytest.mark.slow
def test_the_lab_works_offline_once_its_files_are_stored(open_page, made_root):
    with running_server(made_root) as server:
        page = open_page(f"{server.url}lab.html", service_worker=True)
        page.page.click("#sample")
        expect(page.page.locator("#stage-result")).to_have_attribute("data-state", "done")
        page.page.locator("#lesson-list button").nth(0).click()
        page.page.locator("#lesson .cm-content").wait_for()
        wait_until_stored(page)
        server.stop()
        page.page.context.set_offline(True)
        page.page.reload()
        page.page.wait_for_selector("html[data-python=ready]")
        page.page.locator("#lesson-list button").nth(2).click()
        expect(page.page.locator("#lesson-title")).to_have_text("The checkerboard")
        page.page.locator("#lesson .cm-content").wait_for()
        page.page.evaluate(NOTE_WHAT_IS_SAID)
        page.page.click("#sample")
        expect(page.page.locator("#stage-result")).to_have_attribute("data-state", "done")
        said = page.page.evaluate("said")
        assert [text for text in said if text.startswith("Getting the network")] == []
        assert any(text.startswith("Reading the network from this device") for text in said)
