"""``dev.py models``: prepare the model variants, list them, or record new ones."""

import argparse
from pathlib import Path

from tools.setup.checkout import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--list", action="store_true", help="only show what there is")
    choice.add_argument(
        "--update",
        action="store_true",
        help="prepare anew and write sizes and hashes into models/models.json",
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        type=Path,
        help="a local copy of a published ONNX file, instead of its package",
    )


def run(args: argparse.Namespace) -> int:
    """Do what the options say, show the variants and return 0.

    Raises :class:`~tools.setup.complaint.Complaint`.
    """
    from tools.model.store import ensure_models, ensure_models_from, update_models
    from tools.setup.progress import make_console

    if args.list:
        show(ROOT)
        return 0
    console = make_console()
    if args.update:
        update_models(console, args.source)
    elif args.source:
        ensure_models_from(console, args.source)
    else:
        ensure_models(console)
    show(ROOT)
    return 0


def show(root: Path) -> None:
    """Print a table of the variants that ``models/models.json`` describes."""
    from rich.table import Table

    from tools.model.chunks import FOLDER
    from tools.model.store import description_of, state
    from tools.setup.progress import make_console

    description = description_of(root)
    sources = [
        f"{network.name}: {network.upstream.registry} {network.upstream.package} "
        f"{network.upstream.version}, {network.upstream.key}\n  Licence: {network.licence}"
        for network in description.networks.values()
    ]
    table = Table(title="Model variants", caption="\n".join(sources), caption_justify="left")
    table.add_column("Variant")
    table.add_column("Network")
    table.add_column("Bytes", justify="right")
    table.add_column("Chunks", justify="right")
    table.add_column("State")
    table.add_column("What it is")
    for name, variant in description.variants.items():
        table.add_row(
            f"{name} (default)" if name == description.default else name,
            description.network_of(name).name,
            f"{variant.bytes:,}",
            str(len(variant.chunks)),
            state(variant, root / FOLDER),
            variant.description,
        )
    make_console().print(table)
