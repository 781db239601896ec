"""``dev.py accuracy``: how near the cutouts come to the truth, mode by mode."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from common.options import LIGHT, LIGHT_SIDE, MODEL_VARIANTS, QUALITIES
from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from tools.accuracy.native import Network
    from tools.accuracy.pairs import Pair
    from tools.accuracy.report import Result

PREVIEW = "preview"
FULL = "fp32"
PEER = "peer"
SIZE_MULTIPLE = 64
"""Sides of the network's input are multiples of this; ``models/models.json`` says so, too."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="pairs x.jpg (or .png), x.mask.png"
    )
    parser.add_argument(
        "--browser", action="store_true", help="through the real page, too (slower)"
    )
    parser.add_argument(
        "--qualities", nargs="+", type=quality_name, metavar="NAME", default=[PREVIEW, *QUALITIES],
        help=f"of {', '.join((PREVIEW, *QUALITIES))} (default: all); or sides of the network's "
        "input to try, such as 640 or 640+1024 (their mean)",
    )  # fmt: skip
    parser.add_argument(
        "--variants", nargs="+", choices=(*MODEL_VARIANTS, FULL, PEER), metavar="NAME",
        default=[*MODEL_VARIANTS, FULL, PEER],
        help=f"of {', '.join(MODEL_VARIANTS)}, {FULL} (full precision), {PEER} (its own default: "
        "published half-precision weights at 1024) (default: all)",
    )  # fmt: skip
    parser.add_argument(
        "--alone", action="store_true", help="without the opinion of a second network"
    )
    parser.add_argument(
        "--cross-validate", action="store_true",
        help="choose each constant of doubt, ensemble and edges on some of the photos and judge it "
        "on the others, instead of the tables above",
    )  # fmt: skip
    parser.add_argument("--limit", type=int, metavar="N", help="only N pairs, spread evenly")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")


def quality_name(text: str) -> str:
    """Return a quality as typed; raises ``ArgumentTypeError`` when it is none."""
    sides = text.split("+")
    if text in (PREVIEW, *QUALITIES) or all(
        side.isdecimal() and int(side) and int(side) % SIZE_MULTIPLE == 0 for side in sides
    ):
        return text
    raise argparse.ArgumentTypeError(
        f"{text} is neither of {', '.join((PREVIEW, *QUALITIES))} nor multiples of {SIZE_MULTIPLE}"
    )


def run(args: argparse.Namespace) -> int:
    """Measure, print the table and write the JSON file."""
    from rich.progress import Progress

    from tools.accuracy.pairs import find_pairs
    from tools.accuracy.report import costs_of, document_of, table_of
    from tools.setup.progress import make_console

    console = make_console()
    pairs = find_pairs(args.folder, args.limit)
    if args.cross_validate:
        cross_validate(args, pairs, console)
        return 0
    results = []
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        results += list(native_results(args, pairs, console, progress))
        if args.browser:
            results += list(page_results(args, pairs, console, progress))
    console.print(table_of(results))
    for words in filter(None, map(costs_of, results)):
        console.print(words)
    if args.json:
        args.json.write_text(json.dumps(document_of(results, str(args.folder)), indent=1) + "\n")
        console.print(f"All figures: {args.json}")
    return 0


def cross_validate(args: argparse.Namespace, pairs: "list[Pair]", console: "Console") -> None:
    """Judge the constants on photos that they were not chosen on, and print the table."""
    from rich.progress import track

    from tools.accuracy.cross_validation import table_of, verdicts

    network, _ = network_and_qualities(args.variants[0], [], console)
    found = verdicts(network, pairs, lambda all_of_them: track(all_of_them, console=console))
    console.print(table_of(list(found)))


def native_results(
    args: argparse.Namespace, pairs: "list[Pair]", console: "Console", progress: "Progress"
) -> "Iterator[Result]":
    """Yield what the method reaches around onnxruntime on this machine."""
    from tools.accuracy.metrics import score
    from tools.accuracy.native import cut_out
    from tools.accuracy.report import Result

    for name in args.variants:
        network, qualities = network_and_qualities(name, args.qualities, console)
        if args.alone:
            network.second = None
        words = f"{name} alone" if args.alone else name
        results = [Result("native", words, quality) for quality in qualities]
        for pair in progress.track(pairs, description=f"native, {name}"):
            data = pair.photo.read_bytes()
            for result in results:
                cutout = cut_out(network, data, result.quality)
                check_shapes(pair, cutout.alpha.shape)
                result.scores[pair.name] = score(cutout.alpha, pair.truth)
                result.seconds[pair.name] = cutout.seconds
                if cutout.looked_twice:
                    result.second_looks[pair.name] = cutout.second_look
                if cutout.opinion:
                    result.opinions[pair.name] = cutout.opinion
        yield from results


def network_and_qualities(
    name: str, qualities: list[str], console: "Console"
) -> "tuple[Network, list[str]]":
    """Return the network of a row's name and the qualities that it is measured in."""
    from tools.accuracy import native
    from tools.model.store import description_of, ensure_models
    from tools.setup.checkout import ROOT

    description = description_of(ROOT)
    if name == PEER:
        return native.peer_network(description, console), [str(native.PEER_SIZE)]
    if name == FULL:
        return native.full_network(description, console), qualities
    ensure_models(console)
    if name == LIGHT:
        qualities = [str(LIGHT_SIDE)]
    return native.variant_network(name, description_of(ROOT)), qualities


def page_results(
    args: argparse.Namespace, pairs: "list[Pair]", console: "Console", progress: "Progress"
) -> "Iterator[Result]":
    """Yield what the page gives; it offers no preview for download and no full precision."""
    from tools.accuracy.browser import page_alphas
    from tools.accuracy.metrics import score
    from tools.accuracy.native import PEER_SIZE
    from tools.accuracy.report import Result

    with page_alphas(console) as pages:
        for variant in args.variants:
            if variant == FULL:
                continue
            chosen = [quality for quality in args.qualities if quality in QUALITIES]
            chosen = chosen[:1] if variant == LIGHT else chosen
            for quality in [str(PEER_SIZE)] if variant == PEER else chosen:
                result = Result("page", variant, quality)
                if variant == PEER:
                    alphas = pages.peer_alphas(pairs, console)
                else:
                    alphas = pages.alphas(pairs, variant, quality)
                words = f"page, {variant}, {quality}"
                for pair, alpha in progress.track(alphas, total=len(pairs), description=words):
                    check_shapes(pair, alpha.shape)
                    result.scores[pair.name] = score(alpha, pair.truth)
                yield result


def check_shapes(pair: "Pair", shape: tuple[int, ...]) -> None:
    """Raise :class:`Complaint` when a mask does not fit its photo."""
    if pair.truth.shape != shape:
        height, width = pair.truth.shape
        raise Complaint(
            f"{pair.mask} is {width} x {height} pixels, its photo {shape[1]} x {shape[0]}. "
            "Give them the same size, upright."
        )
