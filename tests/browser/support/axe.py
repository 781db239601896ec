"""axe-core, the program that looks for what shuts people out."""

import functools
from typing import Any

from tools.pages.page_driver import HomecutPage
from tools.setup.checkout import ROOT
from tools.setup.node import node_modules
from tools.setup.progress import make_console

VIOLATIONS = """async () => {
  const { violations } = await axe.run();
  return violations.map(({ id, help, nodes }) => [id, help, nodes.map((node) => node.html)]);
}"""


@functools.cache
def source() -> str:
    """Return the program, which the development packages bring along."""
    folder = node_modules(ROOT, make_console(quiet=True), development=True)
    return (folder / "axe-core/axe.min.js").read_text(encoding="utf-8")


def violations(page: HomecutPage) -> list[list[Any]]:
    """Return what axe-core finds on the screen as it is now."""
    page.page.evaluate(source())
    found: list[list[Any]] = page.page.evaluate(VIOLATIONS)
    return found
