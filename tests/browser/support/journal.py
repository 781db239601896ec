"""The journal of the queue in the browser's private files, looked at from outside."""

from tools.pages.page_driver import HomecutPage

WRITTEN = """async ([ending, words, count]) => {
  const root = await navigator.storage.getDirectory();
  // A folder that is written to while it is read may tell of an entry twice.
  const found = new Set();
  for await (const [name, folder] of root.entries()) {
    if (!name.startsWith('homecut-journal-')) continue;
    for await (const [entry, file] of folder.entries()) {
      if (!entry.endsWith(ending)) continue;
      // A file that is being written anew may go while it is read.
      const text = await file.getFile().then((content) => content.text()).catch(() => '');
      if (text.includes(words)) found.add(`${name}/${entry}`);
    }
  }
  return found.size >= count;
}"""


def wait_until_written(page: HomecutPage, words: str = "", count: int = 1) -> None:
    """Wait until so many photos are written down as JSON that holds ``words``; it comes last."""
    page.page.wait_for_function(WRITTEN, arg=[".json", words, count])
