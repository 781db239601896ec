"""npm packages: installed once per lock file into the cache, never into the checkout.

Node is the postman here (``npm ci --ignore-scripts``); no JavaScript is built, and none of a
package is run but Pyodide (:mod:`tools.setup.lean_packages`).
"""

import re
import shutil
import subprocess
from pathlib import Path

from rich.console import Console

from tools.setup.cache import is_complete, key_of, made_once, ready_cache_folder
from tools.setup.complaint import Complaint
from tools.setup.package_errors import explain_package_failure

OLDEST_NODE = 20
REMEDY = f"Install Node {OLDEST_NODE} or newer (it brings npm) and run this again."


def node_command() -> str:
    """Return the path of Node; raises :class:`Complaint` when it is missing or too old."""
    node = shutil.which("node")
    if node is None:
        raise Complaint(f"Node is not installed; its npm fetches the page's parts. {REMEDY}")
    outcome = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", outcome.stdout)
    if version is None:
        raise Complaint(f"{node} does not answer with its version. {REMEDY}")
    if int(version[1]) < OLDEST_NODE:
        raise Complaint(f"Node {outcome.stdout.strip()[1:]} is too old. {REMEDY}")
    return node


def npm_command() -> str:
    """Return the path of npm; raises :class:`Complaint` when it or a recent Node is missing."""
    node_command()
    npm = shutil.which("npm")
    if npm is None:
        raise Complaint(f"Node is there but npm is not. {REMEDY}")
    return npm


def node_modules(project: Path, console: Console, development: bool = False) -> Path:
    """Return the ``node_modules`` folder for a project's lock file, installing it if need be.

    ``project`` holds ``package.json`` and ``package-lock.json``; with ``development`` the
    packages that only the tests use come too. Raises :class:`Complaint`.
    """
    manifest = (project / "package.json").read_bytes()
    lock_file = (project / "package-lock.json").read_bytes()
    key = key_of(manifest, lock_file)
    cache = ready_cache_folder()
    everything = cache / f"npm-all-{key}"
    use_everything = development or is_complete(everything)
    folder = everything if use_everything else cache / f"npm-run-{key}"

    def install(place: Path) -> None:
        console.print(f"Fetching npm packages of [bold]{project.name}/package.json[/bold]")
        (place / "package.json").write_bytes(manifest)
        (place / "package-lock.json").write_bytes(lock_file)
        run_npm_ci(place, console, development)

    return made_once(folder, install) / "node_modules"


def run_npm_ci(folder: Path, console: Console, development: bool) -> None:
    """Run ``npm ci`` in a folder; npm checks every package against the lock file's hash."""
    command = [npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    command += ["--prefer-offline", "--loglevel=error"]
    if not development:
        command.append("--omit=dev")
    with console.status("npm ci"):
        outcome = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", check=False
        )
    if outcome.returncode:
        raise Complaint(explain_package_failure("npm", outcome.stderr + outcome.stdout))
