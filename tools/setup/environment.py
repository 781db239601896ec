"""The virtual environments: made once per requirement file and Python, kept in the cache.

There are two, so that serving needs only a few packages: ``run`` and ``test``, the second holding
all of the first. A third, ``audit``, is made only when known weaknesses are asked for. Installation
is by hash (``pip install --require-hashes``).
"""

import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

from tools.setup.cache import cache_folder, is_complete, key_of, made_once, ready_cache_folder
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.package_errors import explain_package_failure, is_full_disk

__all__ = ["cache_folder", "ensure", "is_running"]

REQUIREMENTS = ROOT / "requirements"
KINDS = ("run", "test")
"""Each holds all of those before it."""


def folder_of(kind: str) -> Path:
    """Return the folder of an environment (``run``, ``test``, ...), named by what went into it."""
    requirements = (REQUIREMENTS / f"{kind}.txt").read_bytes()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    key = key_of(requirements, python, platform.machine(), sys.platform, sys.base_prefix)
    return cache_folder() / f"environment-{kind}-{key}"


def python_of(folder: Path) -> Path:
    """Return the interpreter inside an environment's folder."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_usable(folder: Path) -> bool:
    """Tell whether an environment is complete and its interpreter still exists."""
    return is_complete(folder) and python_of(folder).exists()


def is_running(python: Path) -> bool:
    """Tell whether this process runs in the environment of that interpreter."""
    return Path(sys.prefix).resolve() == python.parent.parent.resolve()


def ensure(kind: str) -> Path:
    """Return the interpreter of an environment that has what ``kind`` needs, making it if need be.

    A finished ``test`` environment also does for ``run``. Raises :class:`Complaint`.
    """
    for candidate in KINDS[KINDS.index(kind) :] if kind in KINDS else (kind,):
        folder = folder_of(candidate)
        if is_usable(folder):
            return python_of(folder)
    ready_cache_folder()
    folder = folder_of(kind)
    (folder / ".complete").unlink(missing_ok=True)
    made_once(folder, lambda place: create(place, REQUIREMENTS / f"{kind}.txt"), in_place=True)
    return python_of(folder)


def create(folder: Path, requirements: Path) -> None:
    """Make a virtual environment and install a requirement file into it, checked by hash."""
    print(f"Setting up Python packages ({requirements.name}) in {folder}", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(folder)
    except subprocess.CalledProcessError as error:
        output = (error.output or b"").decode(errors="replace")
        if is_full_disk(output):
            raise Complaint(explain_package_failure("Python's venv", output)) from error
        raise Complaint(
            "Python's venv module could not make an environment. On Debian and Ubuntu install it "
            "with 'apt install python3-venv', then run this again."
        ) from error
    install(python_of(folder), requirements)


def install(python: Path, requirements: Path) -> None:
    """Install a pinned requirement file with pip; raises :class:`Complaint` when that fails."""
    command = [str(python), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    command += ["--disable-pip-version-check", "--no-input", "-r", str(requirements)]
    if not sys.stdout.isatty():
        command.append("--quiet")
    outcome = subprocess.run(
        command, stderr=subprocess.PIPE, text=True, errors="replace", check=False
    )
    if outcome.returncode:
        raise Complaint(explain_package_failure("pip", outcome.stderr))
