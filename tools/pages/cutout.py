"""``dev.py cutout``: real files through the real page, saved as a user would save them."""

import argparse
from pathlib import Path

from common.options import MODEL_VARIANTS, QUALITIES
from tools.setup.complaint import Complaint


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("photos", nargs="+", type=Path, metavar="IN", help="photos to cut out")
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="OUT",
        help="a folder, or a .png file when there is one photo",
    )  # fmt: skip
    parser.add_argument("--variant", choices=MODEL_VARIANTS, help="model variant (default: q4)")
    parser.add_argument(
        "--quality", choices=tuple(QUALITIES), help="what the page calls so (default: standard)"
    )
    parser.add_argument(
        "--timeout", type=float, default=600, metavar="SECONDS", help="for all photos together"
    )


def run(args: argparse.Namespace) -> int:
    """Cut the photos out; returns 1 when one of them was refused."""
    from tools.pages.page_driver import chromium, new_page
    from tools.setup.progress import make_console
    from tools.site.preparation import prepare
    from tools.site.server import running_server

    for photo in args.photos:
        if not photo.is_file():
            raise Complaint(f"There is no file {photo}. Check the path.")
    targets = output_paths(args.photos, args.output)
    console = make_console()
    prepare(console)
    with running_server() as server, chromium(console) as browser:
        page = new_page(browser.new_context(accept_downloads=True)).open(server.url)
        if args.variant or args.quality:
            page.choose(args.variant, args.quality)
        with console.status(f"Cutting out {len(args.photos)} in the browser"):
            page.add_files(args.photos)
            rows = page.wait_until_ended(args.timeout)
        for index, (row, target) in enumerate(zip(rows, targets, strict=True)):
            if row.state == "done":
                page.save(index, target)
                console.print(f"{row.name} -> {target}")
            else:
                console.print(f"[red]{row.name}: {row.status}[/red]")
    return 0 if all(row.state == "done" for row in rows) else 1


def output_paths(photos: list[Path], output: Path) -> list[Path]:
    """Return where each cutout goes; two photos of one name get different ones.

    Raises :class:`Complaint` when several photos are to become one file.
    """
    from common.naming import cutout_name

    if output.suffix.lower() == ".png" and not output.is_dir():
        if len(photos) > 1:
            raise Complaint("Several photos need a folder. Name one after -o.")
        output.parent.mkdir(parents=True, exist_ok=True)
        return [output]
    output.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for photo in photos:
        path, count = output / cutout_name(photo.name), 1
        while path in paths:
            count += 1
            path = output / cutout_name(f"{photo.stem}-{count}.png")
        paths.append(path)
    return paths
