"""``dev.py verify``: is a deployment, byte for byte, what this commit builds?"""

import argparse
import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tools.setup.complaint import Complaint
from tools.site.policy import checked_origin
from tools.site.site import HEADERS_FILE, MANIFEST, Site

TIMEOUT = 60
"""Seconds for one file."""

NOT_SERVED = (HEADERS_FILE, ".nojekyll")
"""Files of a build that hosts read and do not serve."""


@dataclass(frozen=True)
class Difference:
    """One file that is not as built, or a header that is not as ``_headers`` says."""

    path: str
    problem: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("deployment", metavar="URL|DIR", help="address of a site, or a folder")
    parser.add_argument(
        "--origin", metavar="URL", help="the address that it was built for, if it was told one"
    )


def run(args: argparse.Namespace) -> int:
    """Compare file by file; returns 1 when anything differs."""
    from tools.setup.checkout import ROOT
    from tools.setup.progress import make_console
    from tools.site.build import collect
    from tools.site.preparation import prepare

    console = make_console()
    prepare(console)
    site = Site(ROOT, checked_origin(args.origin) if args.origin else None)
    expected = collect(site)
    if args.deployment.startswith(("http://", "https://")):
        base = args.deployment.rstrip("/") + "/"
        found = [
            *compare(served(expected), lambda path: fetch(base, path)),
            *compare_headers(site.headers(), headers_of(base)),
        ]
    else:
        folder = Path(args.deployment)
        found = [*compare(expected, lambda path: read(folder, path)), *surplus(folder, expected)]
    for difference in found:
        console.print(f"[red]{difference.path}[/red]: {difference.problem}", highlight=False)
    total = len(expected)
    if found:
        console.print(f"{len(found)} differences to {total} files of this checkout's build.")
        return 1
    manifest = hashlib.sha256(expected[MANIFEST]).hexdigest()
    console.print(f"[green]All {total} files are as built here[/green], manifest {manifest[:12]}.")
    return 0


def served(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Return the part of a build that visitors can fetch."""
    return {path: data for path, data in contents.items() if path not in NOT_SERVED}


def compare(expected: dict[str, bytes], get: Callable[[str], bytes | None]) -> Iterator[Difference]:
    """Yield what is missing or different; ``get`` returns a deployed file or ``None``."""
    for path, data in expected.items():
        found = get(path)
        if found is None:
            yield Difference(path, "missing")
        elif found != data:
            there, here = (hashlib.sha256(content).hexdigest() for content in (found, data))
            yield Difference(path, f"has SHA-256 {there[:16]}…, built here {here[:16]}…")


def surplus(folder: Path, expected: dict[str, bytes]) -> Iterator[Difference]:
    """Yield files of a folder that no build writes."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and path not in expected:
            yield Difference(path, "is not part of the build")


def read(folder: Path, path: str) -> bytes | None:
    """Return a file of a folder."""
    file = folder / path
    return file.read_bytes() if file.is_file() else None


def fetch(base: str, path: str) -> bytes | None:
    """Return a served file, ``None`` for 404; raises :class:`Complaint` when nobody answers."""
    address = base + ("" if path == "index.html" else path)
    request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise Complaint(f"{address} answers {error.code}. Is this the site's address?") from error
    except (urllib.error.URLError, TimeoutError) as error:
        unreachable(address, error)


def headers_of(base: str) -> dict[str, str]:
    """Return the headers of the page itself, names in lower case."""
    try:
        with urllib.request.urlopen(base, timeout=TIMEOUT) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}
    except (urllib.error.URLError, TimeoutError) as error:
        unreachable(base, error)


def unreachable(address: str, error: Exception) -> NoReturn:
    """Raise the complaint for an address that does not answer."""
    raise Complaint(f"{address} cannot be reached ({error}). Check address and network.") from error


def compare_headers(expected: dict[str, str], found: dict[str, str]) -> Iterator[Difference]:
    """Yield the headers that the host does not send as ``_headers`` says."""
    for name, value in expected.items():
        sent = found.get(name.lower())
        if sent is None:
            yield Difference(
                f"header {name}",
                "is not sent; from the second load on, the service worker adds it",
            )
        elif sent != value:
            yield Difference(f"header {name}", f"is '{sent}', built here '{value}'")
