"""``dev.py verify``: is a deployment, as a visitor gets it, what this commit builds?"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tools.setup.complaint import Complaint
from tools.site.policy import checked_origin
from tools.site.site import HEADERS_FILE, MANIFEST, Site

if TYPE_CHECKING:
    from rich.console import Console

    from tools.verify.judge import Difference

SHOWN = 4
"""Paths and askers that one line of the report names."""

UNSEEN = (
    "Not to be seen from here: a file whose name nobody knows, and what the host sends to other "
    "people or tomorrow."
)
WITHOUT_BROWSER = (
    "No Chrome or Chromium was found (HOMECUT_BROWSER can name one), so this is only what programs "
    "are sent. What a real browser is sent, at its first visit and when it comes again, was not "
    "seen."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument(
        "deployment", metavar="URL|DIR", nargs="?", help="address of a site, or a folder"
    )
    parser.add_argument(
        "--origin", metavar="URL", help="the address that it was built for, if it was told one"
    )
    parser.add_argument(
        "--print", action="store_true", dest="listing",
        help="print the hashes of the build for 'sha256sum --check', and compare nothing",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Compare file by file; returns 1 when anything differs."""
    from tools.setup.checkout import ROOT
    from tools.setup.progress import make_console
    from tools.site.build import collect
    from tools.site.preparation import prepare

    if args.listing == bool(args.deployment):
        raise Complaint("Name an address or a folder to compare, or give --print alone.")
    console = make_console()
    prepare(make_console(quiet=True) if args.listing else console)
    site = Site(ROOT, checked_origin(args.origin) if args.origin else None)
    contents = collect(site)
    if args.listing:
        sys.stdout.write("".join(f"{line}\n" for line in listing(contents)))
        return 0
    remarks: list[str] = []
    found = list(differences(args.deployment, contents, remarks))
    return report(console, found, remarks, contents)


def listing(contents: dict[str, bytes]) -> Iterator[str]:
    """Yield a line for each file that visitors fetch, as ``sha256sum`` writes and reads it."""
    from tools.verify.expected import UNSERVED
    from tools.verify.judge import sha256_of

    for path, data in sorted(contents.items()):
        if path not in UNSERVED:
            yield f"{sha256_of(data)}  {path}"


def differences(
    deployment: str, contents: dict[str, bytes], remarks: list[str]
) -> Iterator["Difference"]:
    """Yield all differences of a site or a folder; ``remarks`` gets what could not be seen."""
    from tools.pages.browser import find_chromium
    from tools.site.headers import parse_headers
    from tools.verify.address import Address, checked_base
    from tools.verify.folder import compare_folder

    if not deployment.startswith(("http://", "https://")):
        folder = Path(deployment)
        if not folder.is_dir():
            raise Complaint(f"{deployment} is neither an address nor a folder.")
        yield from compare_folder(folder, contents)
        return
    rules = parse_headers(contents.get(HEADERS_FILE, b"").decode())
    address = Address(checked_base(deployment), contents, rules)
    yield from address.by_programs()
    program = find_chromium()
    if program is None:
        remarks.append(WITHOUT_BROWSER)
    else:
        yield from address.by_browser(program, remarks)
    remarks.append(UNSEEN)


def report(
    console: "Console", found: list["Difference"], remarks: list[str], contents: dict[str, bytes]
) -> int:
    """Print what was found, alike things in one line; return 1 if there is anything."""
    from rich.text import Text

    from tools.setup.visible import visible
    from tools.verify.judge import sha256_of

    for paths, problem, asked in grouped(found):
        line = Text(visible(paths), style="red")
        console.print(line.append(visible(f" {problem}{asked}"), style="default"))
    for remark in remarks:
        console.print(Text(visible(remark), style="yellow"))
    total = len(contents)
    if found:
        console.print(f"{len(found)} differences to {total} files of this checkout's build.")
        return 1
    manifest = sha256_of(contents[MANIFEST])
    console.print(f"[green]All {total} files are as built here[/green], manifest {manifest[:12]}.")
    return 0


def grouped(found: Iterable["Difference"]) -> Iterator[tuple[str, str, str]]:
    """Yield paths, problem and askers, each problem once."""
    paths: dict[str, list[str]] = {}
    askers: dict[str, list[str]] = {}
    for item in found:
        paths.setdefault(item.problem, []).append(item.path or "index.html")
        askers.setdefault(item.problem, []).append(item.asked)
    for problem, names in paths.items():
        asked = some(name for name in askers[problem] if name)
        yield some(names), problem, f" (seen by {asked})" if asked else ""


def some(names: Iterable[str]) -> str:
    """Return the first few different names, and how many more there are."""
    known = list(dict.fromkeys(names))
    more = len(known) - SHOWN
    return ", ".join(known[:SHOWN]) + (f" and {more} more" if more > 0 else "")
