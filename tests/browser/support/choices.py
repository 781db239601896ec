"""What a page keeps of the choices that were made for the page itself."""

from tools.pages.page_driver import HomecutPage

FOLDERS = """async () => {
  const root = await navigator.storage.getDirectory();
  const names = await Array.fromAsync(root.keys());
  return names.filter((name) => !name.startsWith("homecut-journal-")).sort();
}"""


def wait_until_chosen(page: HomecutPage, *names: str) -> None:
    """Wait until the folders of this origin, but the journal's, are exactly these."""
    for _ in range(100):
        found = page.page.evaluate(FOLDERS)
        if found == sorted(names):
            return
        page.page.wait_for_timeout(100)
    raise AssertionError(found)
