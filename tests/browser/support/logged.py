"""A Chromium that writes down all that it asks the network."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserType

from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.progress import make_console


def launch_with_log(chromium: BrowserType, file: Path) -> Browser:
    """Start a browser that writes its network log to ``file``."""
    program = ensure_chromium(make_console(quiet=True))
    flags = [flag for flag in CHROMIUM_FLAGS if flag != "--headless"] + [f"--log-net-log={file}"]
    return chromium.launch(executable_path=str(program), args=flags)


def site_of(url: str) -> str:
    """Return scheme and host of an address, which is what browsers partition by."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}"
