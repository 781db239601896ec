"""Runs the system's WebKitGTK, driven by Selenium under Xvfb."""

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.engines.foreign import Proxy, recording_proxy
from tools.pages.browser import VIRTUAL_DISPLAY, ensure_webkit
from tools.setup.progress import make_console

CALL = """
const [code, argument, done] = arguments;
Promise.resolve(eval(`(${code})`)(argument)).then(done, (error) => done(String(error)));
"""

MINI_BROWSERS = ("/usr/lib", "/usr/libexec", "/usr/lib64")
"""Where distributions put WebKitGTK's own programs, in a folder named after its version."""


def mini_browser() -> Path:
    """Return WebKitGTK's MiniBrowser, which is on no search path."""
    found = [
        file
        for folder in MINI_BROWSERS
        for pattern in ("webkit2gtk-*/MiniBrowser", "*/webkit2gtk-*/MiniBrowser")
        for file in Path(folder).glob(pattern)
    ]
    assert found, "webkit2gtk-driver brings a MiniBrowser; none was found"
    return found[0]


@contextlib.contextmanager
def virtual_display() -> Iterator[str]:
    """Run an X server that nobody sees, on a display that it finds free itself."""
    reading, writing = os.pipe()
    command = [VIRTUAL_DISPLAY, "-displayfd", str(writing), "-screen", "0", "1280x1000x24"]
    command += ["-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(writing)
        try:
            with open(reading) as answer:
                yield f":{answer.readline().strip()}"
        finally:
            server.terminate()


@contextlib.contextmanager
def webkit(home: Path, proxy: Proxy) -> Iterator[webdriver.WebKitGTK]:
    """Run a MiniBrowser with a home folder of its own, where it saves to ``downloads``."""
    (home / "downloads").mkdir()
    (home / ".config").mkdir()
    (home / ".config/user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME/downloads"\n')
    environment = {name: value for name, value in os.environ.items() if name[:4] != "XDG_"}
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(mini_browser())
    options.add_argument("--automation")
    options.add_argument(f"--proxy=http://127.0.0.1:{proxy.port}")
    options.add_argument("--ignore-host=127.0.0.1")
    with virtual_display() as display:
        environment |= {"HOME": str(home), "DISPLAY": display}
        program = str(ensure_webkit(make_console(quiet=True)))
        driver = webdriver.WebKitGTK(options, Service(program, env=environment))
        try:
            yield driver
        finally:
            driver.quit()


@contextlib.contextmanager
def page_in_webkit(url: str, home: Path, patience: float) -> Iterator[Callable[..., Any]]:
    """Open a page; yield what calls a JavaScript function in it, as Playwright's ``evaluate``.

    A call may take ``patience`` seconds.
    """
    with recording_proxy() as proxy, webkit(home, proxy) as driver:
        driver.set_script_timeout(patience)
        driver.get(url)

        def evaluate(code: str, argument: Any = None) -> Any:
            return driver.execute_async_script(CALL, code, argument)

        yield evaluate
