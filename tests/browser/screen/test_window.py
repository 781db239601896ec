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
