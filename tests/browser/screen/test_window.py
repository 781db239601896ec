"""What the window does while photos are worked on, beside what the page shows."""

from tests.browser.support.pictures import save_spotlight

TITLES = """() => {
  globalThis.titles = [];
  new MutationObserver(() => titles.push(document.title))
    .observe(document.head, { childList: true, subtree: true, characterData: true });
}"""


def test_the_tabs_title_tells_how_far_the_work_is(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    own = page.page.title()
    page.page.evaluate(TITLES)
    page.add_files([save_spotlight(tmp_path / f"{n}.png", seed=n) for n in (1, 2)])
    page.wait_until_ended()
    page.page.wait_for_function("title => document.title === title", arg=own)
    titles = page.page.evaluate("titles")
    assert titles[0] == "0/2 · Homecut"
    assert "1/2 · Homecut" in titles


LOCKS = """
const request = WakeLock.prototype.request;
globalThis.locks = [];
WakeLock.prototype.request = async function (...kind) {
  const lock = await request.apply(this, kind);
  locks.push(lock);
  return lock;
};"""


def test_the_screen_stays_on_during_a_batch_and_when_the_page_is_seen_again(
    open_page, slow_server, tmp_path
):
    page = open_page(slow_server.url, ready=False)
    page.page.add_init_script(LOCKS)
    page.open(slow_server.url)
    page.add_files([save_spotlight(tmp_path / f"{n}.png", seed=n) for n in (1, 2)])
    page.page.wait_for_function("locks.length === 1 && !locks[0].released")
    # As browsers do with a page that is hidden and seen again.
    page.page.evaluate("locks[0].release()")
    page.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.page.wait_for_function("locks.length === 2 && !locks[1].released")
    page.wait_until_ended()
    page.page.wait_for_function("locks.length === 2 && locks[1].released")


LAUNCHES = """
const fileHandle = async (name, bytes) => {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  await stream.write(Uint8Array.from(bytes));
  await stream.close();
  return handle;
};
const queue = { launches: [], setConsumer(consumer) {
  this.consumer = consumer;
  this.launches.splice(0).forEach(consumer);
} };
globalThis.launch = async (address, name, bytes) => {
  const files = name ? [await fileHandle(name, bytes)] : [];
  const given = { files, targetURL: new URL(address, location).href };
  if (queue.consumer) queue.consumer(given);
  else queue.launches.push(given);
};
Object.defineProperty(globalThis, "launchQueue", { value: queue });"""
"""A browser that hands launches of the installed app over, as Chromium does."""


def test_what_the_installed_app_is_opened_with_comes_in_also_before_python_is_up(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url, ready=False)
    page.page.add_init_script(LAUNCHES)
    early, late = (
        list(save_spotlight(tmp_path / f"{n}.png", 64, 48, seed=n).read_bytes()) for n in (1, 2)
    )
    held = []
    page.page.route("**/assets/vendor/pyscript/core.js", lambda route: held.append(route))
    page.page.goto(made_server.url + "#compress", wait_until="commit")
    page.page.wait_for_selector("#choose")
    page.page.evaluate("bytes => launch('./#compress', 'early.png', bytes)", early)
    page.page.locator(".early-words").wait_for()
    for route in held:
        route.continue_()
    page.wait_until_ready()
    assert page.page.get_attribute("#main", "data-tab") == "compress"
    assert "#" not in page.page.url
    page.page.wait_for_selector(".row")
    page.page.evaluate("bytes => launch('./#resize', 'late.png', bytes)", late)
    page.page.locator(".row").nth(1).wait_for()
    rows = page.wait_until_ended()
    assert [(row.name, row.state) for row in rows] == [("early.png", "done"), ("late.png", "done")]
    assert page.page.get_attribute("#main", "data-tab") == "resize"
    page.page.evaluate("location.hash = '#convert'")
    page.page.wait_for_selector("#main[data-tab=convert]")
