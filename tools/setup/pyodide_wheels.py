"""NumPy and Pillow built for Pyodide, checked against the hashes in Pyodide's own lock file.

PyPI's NumPy and Pillow have no WebAssembly builds, and npm's ``pyodide`` comes without packages.
Pyodide's public CDN has exactly the two files (4 MB), so it is asked first; where a machine can
reach nothing but package registries, they are taken out of a wheel on PyPI that carries them
(106 MB, pinned by hash in ``requirements/pyodide.txt``). Both ways give the same bytes.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from rich.console import Console

from tools.setup.cache import file_digest, lock, ready_cache_folder, write_atomically
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.download import DownloadError, download
from tools.setup.package_errors import explain_package_failure

PACKAGES = ("numpy", "pillow")
CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{name}"
PATIENCE = 5.0
"""Seconds to wait for the CDN before the registry is used instead."""

CARRIER = ROOT / "requirements" / "pyodide.txt"
CARRIER_FOLDER = "open_webui/frontend/pyodide/"
CARRIER_PYTHON = "3.12"
"""The carrying wheel declares an upper bound for Python; pip must be told a version below it."""


def pyodide_wheels(pyodide: Path, console: Console) -> list[Path]:
    """Return the paths of the wheels in the cache, fetching what is missing.

    ``pyodide`` is npm's package folder. Raises :class:`Complaint` when a wheel cannot be had.
    """
    lock_file = json.loads((pyodide / "pyodide-lock.json").read_bytes())
    version = json.loads((pyodide / "package.json").read_bytes())["version"]
    wanted = {
        lock_file["packages"][name]["file_name"]: lock_file["packages"][name]["sha256"]
        for name in PACKAGES
    }
    folder = ready_cache_folder() / f"pyodide-wheels-{version}"
    folder.mkdir(exist_ok=True)
    if missing_files(folder, wanted):
        # Another checkout may be at it; whoever comes second finds the files.
        with lock(folder / ".lock"):
            fetch(folder, wanted, version, console)
    if missing := missing_files(folder, wanted):
        raise Complaint(
            f"{', '.join(missing)} cannot be had with the hash that Pyodide {version} expects. "
            "requirements/pyodide.txt and package.json must name matching versions."
        )
    return [folder / name for name in wanted]


def fetch(folder: Path, wanted: dict[str, str], version: str, console: Console) -> None:
    """Fetch what is missing of ``wanted`` (name: SHA-256), by the short way or the long one."""
    if missing := missing_files(folder, wanted):
        console.print("Fetching NumPy and Pillow for Pyodide")
        fetch_from_cdn(folder, missing, version, console)
    if missing := missing_files(folder, wanted):
        fetch_from_carrier(folder, missing, console)


def missing_files(folder: Path, wanted: dict[str, str]) -> dict[str, str]:
    """Return those of ``wanted`` (name: SHA-256) that are not in the folder, whole and right."""
    return {
        name: sha256
        for name, sha256 in wanted.items()
        if not (folder / name).is_file() or file_digest(folder / name) != sha256
    }


def fetch_from_cdn(folder: Path, missing: dict[str, str], version: str, console: Console) -> None:
    """Try the CDN; a failure is no error, since the registry has the same files."""
    with contextlib.suppress(DownloadError):
        for name, sha256 in missing.items():
            url = CDN.format(version=version, name=name)
            download(url, folder / name, sha256, console, timeout=PATIENCE)


def fetch_from_carrier(folder: Path, missing: dict[str, str], console: Console) -> None:
    """Let pip download the wheel that carries the files and take them out of it."""
    place = folder / ".carrier"
    # An ended run may have left 106 MB here.
    shutil.rmtree(place, ignore_errors=True)
    try:
        pip_download(place, console)
        for wheel in place.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                names = set(archive.namelist())
                for name in missing:
                    if CARRIER_FOLDER + name in names:
                        write_atomically(folder / name, archive.read(CARRIER_FOLDER + name))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def pip_download(folder: Path, console: Console) -> None:
    """Download the carrying wheel into ``folder`` with pip, which checks its hash."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    command += ["--only-binary=:all:", "--python-version", CARRIER_PYTHON]
    command += ["--disable-pip-version-check", "--no-input"]
    command += ["-d", str(folder), "-r", str(CARRIER)]
    if not console.is_terminal:
        command.append("--quiet")
    outcome = subprocess.run(
        command, stderr=subprocess.PIPE, text=True, errors="replace", check=False
    )
    if outcome.returncode:
        raise Complaint(explain_package_failure("pip", outcome.stderr))
