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
