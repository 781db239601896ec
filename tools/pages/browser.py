"""Finds the browsers that the tests drive, and installs one where there is none.

An installed Chrome or Chromium comes first, the system's package manager next, Playwright's own
download last.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from tools.setup.complaint import Complaint

CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What every Chromium that the tools start is given; only this project's own page is opened."""

CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
CHROMIUM_PLACES = {
    "Darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    "Windows": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    ),
}

FIREFOX_NAMES = ("firefox-esr", "firefox")
WEBKIT_DRIVER = "WebKitWebDriver"
VIRTUAL_DISPLAY = "Xvfb"

MANAGERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends")),
    "dnf": (("dnf", "install", "-y"),),
    "zypper": (("zypper", "--non-interactive", "install"),),
    "pacman": (("pacman", "-S", "--noconfirm"),),
    "apk": (("apk", "add"),),
    "brew": (("brew", "install", "--cask"),),
}
"""Commands of each package manager; the last one gets the packages' names."""

PACKAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "chromium": {"*": ("chromium",)},
    "firefox": {"apt-get": ("firefox-esr",), "*": ("firefox",)},
    "webkit": {
        "apt-get": ("webkit2gtk-driver", "xvfb"),
        "dnf": ("webkit2gtk4.1", "xorg-x11-server-Xvfb"),
    },
}
"""Browser: packages by manager (``*``: any other one)."""


def find_chromium() -> Path | None:
    """Return an installed Chrome or Chromium; ``HOMECUT_BROWSER`` names another one.

    Raises :class:`Complaint` when ``HOMECUT_BROWSER`` does not name a program.
    """
    if chosen := os.environ.get("HOMECUT_BROWSER"):
        program = shutil.which(chosen)
        if program is None:
            raise Complaint(f"HOMECUT_BROWSER names {chosen}, which is no program. Correct it.")
        return Path(program)
    if found := first_program(CHROMIUM_NAMES):
        return found
    places = [Path(os.path.expandvars(p)) for p in CHROMIUM_PLACES.get(platform.system(), ())]
    return next((place for place in places if place.is_file()), None)


def first_program(names: tuple[str, ...]) -> Path | None:
    """Return the path of the first of these programs that is on the search path."""
    return next((Path(found) for name in names if (found := shutil.which(name))), None)


def ensure_chromium(console: Console) -> Path:
    """Return a Chrome or Chromium, installing one if need be; raises :class:`Complaint`."""
    if found := find_chromium():
        return found
    if install_with_system("chromium", console) and (found := find_chromium()):
        return found
    if found := playwright_chromium(console):
        return found
    raise Complaint(
        "No Chrome or Chromium was found and none could be installed. Install one, or name it in "
        "HOMECUT_BROWSER."
    )


def ensure_firefox(console: Console) -> Path:
    """Return a Firefox, installing the system's if need be; raises :class:`Complaint`."""
    if found := first_program(FIREFOX_NAMES):
        return found
    if install_with_system("firefox", console) and (found := first_program(FIREFOX_NAMES)):
        return found
    raise Complaint("No Firefox was found and none could be installed. Install firefox-esr.")


def ensure_webkit(console: Console) -> Path:
    """Return WebKitGTK's driver, installing it and Xvfb if need be; raises :class:`Complaint`."""
    wanted = (WEBKIT_DRIVER, VIRTUAL_DISPLAY)
    if not all(shutil.which(name) for name in wanted):
        install_with_system("webkit", console)
    missing = [name for name in wanted if not shutil.which(name)]
    if missing:
        raise Complaint(
            f"{' and '.join(missing)} cannot be found or installed. On Debian and Ubuntu: "
            "'apt install webkit2gtk-driver xvfb'."
        )
    return Path(str(shutil.which(WEBKIT_DRIVER)))


def install_with_system(browser: str, console: Console) -> bool:
    """Install a browser with the system's package manager; tell whether that worked.

    Nothing is tried where it would need a password: managers other than Homebrew need root.
    """
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    for manager, commands in MANAGERS.items():
        packages = PACKAGES[browser].get(manager) or PACKAGES[browser].get("*")
        if not shutil.which(manager) or not packages or not (is_root or manager == "brew"):
            continue
        console.print(f"Installing {' '.join(packages)} with {manager}")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (*commands[:-1], (*commands[-1], *packages)):
            outcome = subprocess.run(
                command, env=environment, capture_output=True, text=True, check=False
            )
            if outcome.returncode:
                console.print(f"{' '.join(command)} failed: {last_line(outcome.stderr)}")
                # A failed refresh of the lists is survivable: an older list often suffices.
        return outcome.returncode == 0
    return False


def last_line(text: str) -> str:
    """Return the last line with any words in it."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason given")


def playwright_chromium(console: Console) -> Path | None:
    """Return Playwright's own Chromium, downloading it if need be, or ``None``."""
    from playwright.sync_api import sync_playwright

    console.print("Fetching Playwright's own Chromium")
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False).returncode:
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None
