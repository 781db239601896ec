"""A Firefox that does what it is told step by step, with the words that Playwright's pages know.

So a test of the guards runs in Chromium and in Firefox from the same lines.
"""

import contextlib
import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.pages.browser import ensure_firefox
from tools.setup.checkout import ROOT
from tools.setup.node import node_modules
from tools.setup.progress import make_console

SCRIPT = Path(__file__).with_name("firefox_steps.mjs")

PATIENCE = 120
"""Seconds for one step."""


class Firefox:
    """The running browser; :meth:`new_page` opens a page that shares nothing with others."""

    def __init__(self, program: "subprocess.Popen[str]", downloads: Path) -> None:
        self.program = program
        self.downloads = downloads

    def new_page(self) -> "FirefoxPage":
        """Return an empty page."""
        return FirefoxPage(self, int(self.step(do="open")))

    def step(self, **step: object) -> Any:
        """Let one step be done; return its value. Raises ``AssertionError`` with the error."""
        assert self.program.stdin
        assert self.program.stdout
        self.program.stdin.write(json.dumps(step) + "\n")
        self.program.stdin.flush()
        answer = json.loads(self.program.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]


class FirefoxPage:
    """One page; its methods are those of a Playwright page that the tests of the guards use."""

    def __init__(self, firefox: Firefox, number: int) -> None:
        self.firefox = firefox
        self.number = number
        self.is_open = True

    def goto(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.firefox.step(do="goto", page=self.number, url=url)

    def evaluate(self, code: str, argument: object = None) -> Any:
        """Return what an expression, or a function called with ``argument``, comes to."""
        return self.firefox.step(do="evaluate", page=self.number, code=code, argument=argument)

    def wait_for_function(self, code: str) -> None:
        """Wait until an expression is true; a page that is being loaded anew is asked again."""
        deadline = time.monotonic() + PATIENCE
        while not self._is_true(code):
            assert time.monotonic() < deadline, f"{code} has not come true after {PATIENCE} s"
            time.sleep(0.1)

    def _is_true(self, code: str) -> bool:
        """Tell whether an expression is true in a page that may be on its way to the next."""
        try:
            return bool(self.evaluate(code))
        except AssertionError:
            return False

    def wait_for_timeout(self, milliseconds: float) -> None:
        """Let time pass."""
        time.sleep(milliseconds / 1000)

    def close(self) -> None:
        """Close the page, once, and forget what it has stored."""
        if self.is_open:
            self.firefox.step(do="close", page=self.number)
        self.is_open = False


@contextlib.contextmanager
def running_firefox(downloads: Path) -> Iterator[Firefox]:
    """Run the system's Firefox, which saves to ``downloads``, while the ``with`` block runs."""
    console = make_console(quiet=True)
    settings = {
        "nodeModules": str(node_modules(ROOT, console, development=True)),
        "firefox": str(ensure_firefox(console)),
        "patience": PATIENCE,
        "downloads": str(downloads),
    }
    command = ["node", str(SCRIPT), json.dumps(settings)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        try:
            yield Firefox(program, downloads)
        finally:
            assert program.stdin
            program.stdin.close()
            program.wait(PATIENCE)
