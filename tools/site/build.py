"""``dev.py build``: the folder that any static host can serve, the same bytes every time."""

import argparse
import hashlib
import json
import os
import tempfile
from pathlib import Path

from tools.setup.cache import write_atomically
from tools.setup.complaint import Complaint
from tools.site.headers import read_headers_file
from tools.site.policy import checked_origin
from tools.site.site import HEADERS_FILE, MANIFEST, MODEL_INDEX, Site

LARGEST_FILE = 25 * 1024 * 1024
"""Bytes; several static hosts refuse larger files."""

REQUIRED = ("index.html", "sw.js", MODEL_INDEX)
"""Without these the page cannot work, so a build without them is a mistake."""

UNSERVED = {HEADERS_FILE: None, ".nojekyll": b""}
"""Files for the host: copied from the checkout (``None``) or with this content.

``.nojekyll`` keeps GitHub Pages from leaving files out.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="folder to write"
    )
    parser.add_argument(
        "--origin", metavar="URL",
        help="where the folder will be served; narrows the policies from the host to this address",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Prepare the parts and write the folder."""
    from tools.setup.checkout import ROOT
    from tools.setup.progress import make_console
    from tools.site.preparation import prepare

    console = make_console()
    origin = checked_origin(args.origin) if args.origin else None
    check_target(args.output)
    prepare(console)
    build = build_site(ROOT, args.output, origin)
    size = sum(file.stat().st_size for file in args.output.rglob("*") if file.is_file())
    console.print(f"Built {args.output} ({size / 1e6:.1f} MB), build {build[:12]}")
    return 0


def build_site(root: Path, target: Path, origin: str | None = None) -> str:
    """Write the site of the checkout ``root`` into ``target`` and return the build's hash.

    ``origin`` is the address to narrow the policies to. The folder is filled beside its place and
    moved there at the end, so that an interrupted build leaves the former one whole. Raises
    :class:`Complaint`.
    """
    check_target(target)
    site = Site(root, origin)
    contents = collect(site)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as place:
        filled = Path(place) / "new"
        for path, data in contents.items():
            write_atomically(filled / path, data)
        if target.exists():
            os.replace(target, Path(place) / "old")
        os.replace(filled, target)
    return str(json.loads(contents[MANIFEST])["build"])


def collect(site: Site) -> dict[str, bytes]:
    """Return path: content of everything that the folder will hold."""
    paths = site.paths()
    missing = [path for path in (*REQUIRED, *site.chunks()) if path not in paths]
    if missing:
        raise Complaint(
            f"{missing[0]} is missing, so the page would not work. Run 'dev.py serve' or "
            "'dev.py models' once to prepare the parts."
        )
    contents = {}
    for path in (*paths, MANIFEST):
        data = site.content(path)
        if data is None:
            raise Complaint(f"{path} vanished during the build. Run it again.")
        if len(data) > LARGEST_FILE:
            raise Complaint(
                f"{path} has {len(data) / 2**20:.1f} MiB, more than the 25 MiB that static hosts "
                "accept. Split it or leave it out."
            )
        contents[path] = data
    check_consistency(contents)
    read_headers_file(site.root / "_headers")
    for path, content in UNSERVED.items():
        contents[path] = site.narrowed(path) if content is None else content
    return contents


def check_consistency(contents: dict[str, bytes]) -> None:
    """Raise :class:`Complaint` if a file changed between being hashed and being read."""
    listing = json.loads(contents[MANIFEST])["files"]
    for path, entry in listing.items():
        if hashlib.sha256(contents[path]).hexdigest() != entry["sha256"]:
            raise Complaint(f"{path} changed during the build. Run it again.")


def check_target(target: Path) -> None:
    """Raise :class:`Complaint` unless the folder is absent, empty or a former build."""
    if not target.exists():
        return
    if not target.is_dir():
        raise Complaint(f"{target} is a file. Name a folder that does not exist yet.")
    if any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise Complaint(
            f"{target} holds files that no build wrote; they would be lost. Name another folder "
            "or empty this one."
        )
