"""The names of the web platform: every property of every object that a page can reach.

``platform_names.txt`` holds them as one browser has them; ``python -m tools.audit.platform_names``
asks the browser on this machine again. The audit needs them to tell a name of the browser's from a
name of ours: one of the browser's is never taken for ours, whoever defines it.
"""

import functools
from pathlib import Path

NAMES = Path(__file__).with_suffix(".txt")

WALK = """() => {
  const names = new Set(), seen = new Set();
  const walk = (object) => {
    if (object === null || !/object|function/.test(typeof object) || seen.has(object)) return;
    seen.add(object);
    for (const name of Object.getOwnPropertyNames(object)) {
      if (/^[A-Za-z_$][\\w$]*$/.test(name)) names.add(name);
      const { value } = Object.getOwnPropertyDescriptor(object, name) ?? {};
      if (typeof value === "function") walk(value.prototype);
      if (value !== globalThis) walk(value);
    }
    walk(Object.getPrototypeOf(object));
  };
  walk(globalThis);
  return [...names].sort();
}"""

WORKER_ONLY = ("skipWaiting", "claim", "importScripts", "registration", "FileReaderSync")
"""Of worker scopes; a document does not have them."""


@functools.cache
def platform_names() -> frozenset[str]:
    """Return the names."""
    return frozenset(NAMES.read_text(encoding="utf-8").split())


def ask_browser() -> list[str]:
    """Return the names as the browser on this machine has them."""
    from playwright.sync_api import sync_playwright
    from rich.console import Console

    from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
    from tools.setup.checkout import ROOT
    from tools.site.server import running_server

    program = ensure_chromium(Console())
    with running_server(ROOT) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_FLAGS))
        page = browser.new_page()
        page.goto(server.url + "privacy.html")
        names = page.evaluate(WALK)
        browser.close()
    return sorted({*names, *WORKER_ONLY})


if __name__ == "__main__":
    NAMES.write_text("\n".join(ask_browser()) + "\n", encoding="utf-8")
