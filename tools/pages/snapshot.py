"""Writes down which snapshot of the interpreter is the genuine one.

``python -m tools.pages.snapshot``: the page's own maker makes it in Chromium, and its SHA-256 goes
into ``assets/js/snapshot.js``. To be done after Pyodide's pin or ``assets/js/snapshot_maker.js``
was changed; a test tells when.
"""

import re
from pathlib import Path

from tools.setup.checkout import ROOT

FILE = "assets/js/snapshot.js"
LINE = re.compile(r'^const GENUINE = "(\w*)";$', re.MULTILINE)

MAKE = """() => new Promise((resolve, reject) => {
    const worker = new Worker("assets/js/snapshot_maker.js", { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
})"""


def known(root: Path = ROOT) -> str:
    """Return the SHA-256 that the checkout takes for the genuine one, empty for none."""
    found = LINE.search((root / FILE).read_text(encoding="utf-8"))
    return found.group(1) if found else ""


def write_down(sha256: str, root: Path = ROOT) -> None:
    """Make this SHA-256 the genuine one."""
    text = (root / FILE).read_text(encoding="utf-8")
    (root / FILE).write_text(LINE.sub(f'const GENUINE = "{sha256}";', text), encoding="utf-8")


def made_here() -> str:
    """Return the SHA-256 of the snapshot that Chromium makes of the checkout's interpreter."""
    from tools.pages.page_driver import chromium
    from tools.setup.progress import make_console
    from tools.site.preparation import prepare
    from tools.site.server import running_server

    console = make_console()
    prepare(console)
    with running_server() as server, chromium(console) as browser:
        page = browser.new_page()
        page.goto(server.url, wait_until="domcontentloaded")
        page.wait_for_function("document.documentElement.dataset.python === 'ready'")
        answer = page.evaluate(MAKE)
    if not answer["ok"]:
        raise RuntimeError(answer["words"])
    return str(answer.get("sha256") or known())


if __name__ == "__main__":
    write_down(made_here())
