"""Make sure that the model's chunks lie in ``models/chunks``: from the cache, or prepared anew."""

from collections.abc import Iterator
from pathlib import Path

import onnx
from rich.console import Console

from tools.model.chunks import FOLDER, describe, file_name, is_intact, place, store
from tools.model.description import (
    Description,
    Network,
    Variant,
    read_description,
    write_variants,
)
from tools.model.package import package
from tools.model.rewriting.graph import check_size, full_precision
from tools.model.rewriting.layers import SPARING
from tools.model.rewriting.pixels import on_pixels
from tools.model.source import local_bytes, upstream_bytes
from tools.setup.cache import file_digest, lock, ready_cache_folder
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint

VARIANTS = {
    "q4": ("isnet", True, "4-bit weights in large layers, 8-bit in small ones: smallest"),
    "q8": ("isnet", False, "8-bit weights: closest to full precision"),
    "light": ("u2netp", False, "8-bit weights of the small network"),
}
"""Name: the network, whether large layers get 4 bits, and what it is, in words."""

WORST = 0.013
"""See :func:`tools.model.package.package`. Ten of U²-Netp's 119 layers exceed it, by a few
outliers; with all of them in 8 bits the mask is another one (IoU 0.79 on scikit-image's astronaut).
"""


def ensure_models(console: Console, root: Path = ROOT) -> None:
    """Make every chunk that ``models/models.json`` names exist in the checkout, intact.

    Chunks come from the cache, where all checkouts share them; what the cache lacks is prepared
    from the published weights (about half a minute, plus a download if these are missing too).
    Raises :class:`Complaint` when they cannot be had or turn out to be others.
    """
    description = description_of(root)
    if not missing(description, root / FOLDER):
        tidy(description, root / FOLDER)
        return
    with lock(models_cache() / ".lock"):
        if absent := missing(description, chunk_cache()):
            prepare(description, absent, root, console)
        install(description, root)


def ensure_models_from(console: Console, file: Path, root: Path = ROOT) -> None:
    """Prepare the models from a local copy of a published file, even if they exist already."""
    description = description_of(root)
    with lock(models_cache() / ".lock"):
        keep_local(description, file)
        prepare(description, list(VARIANTS), root, console)
        install(description, root)


def update_models(console: Console, file: Path | None = None, root: Path = ROOT) -> None:
    """Prepare the models and write what came out into ``models/models.json``."""
    description = description_of(root)
    with lock(models_cache() / ".lock"):
        if file:
            keep_local(description, file)
        variants = {}
        for name, variant, model in made_variants(description, list(VARIANTS), root, console):
            store(model, chunk_cache())
            variants[name] = variant
        write_variants(root / "models" / "models.json", description, variants)
        install(description_of(root), root)


def description_of(root: Path) -> Description:
    """Return what the checkout's ``models/models.json`` says."""
    return read_description(root / "models" / "models.json")


def models_cache() -> Path:
    """Return the models' part of the cache folder."""
    return ready_cache_folder() / "models"


def chunk_cache() -> Path:
    """Return the folder of the cache that holds prepared chunks."""
    return models_cache() / "chunks"


def missing(description: Description, folder: Path) -> list[str]:
    """Return the names of variants of which a chunk is absent or damaged in a folder."""
    return [
        name
        for name, variant in description.variants.items()
        if not all(is_intact(folder / file_name(chunk), chunk) for chunk in variant.chunks)
    ]


def published(description: Description, root: Path, console: Console) -> bytes:
    """Return the main network's published file."""
    return upstream_bytes(description.upstream, root / "models", console)


def keep_local(description: Description, file: Path) -> None:
    """Take a local file for the network that it is of; raises :class:`Complaint` if of none."""
    upstreams = [network.upstream for network in description.networks.values()]
    found = file_digest(file) if file.is_file() else ""
    local_bytes(next((u for u in upstreams if u.sha256 == found), description.upstream), file)


def prepare(description: Description, names: list[str], root: Path, console: Console) -> None:
    """Fill the cache with the chunks of some variants.

    Raises :class:`Complaint` when they are not the ones that ``models.json`` records.
    """
    for name, variant, model in made_variants(description, names, root, console):
        recorded = description.variants.get(name)
        if recorded is None or recorded.sha256 != variant.sha256:
            raise Complaint(
                f"models/models.json describes other weights than the {name} that were prepared "
                "just now. If that is meant, run 'dev.py models --update' and commit the file."
            )
        store(model, chunk_cache())


def made_variants(
    description: Description, names: list[str], root: Path, console: Console
) -> Iterator[tuple[str, Variant, bytes]]:
    """Yield name, entry and bytes of variants, made from their networks' published files."""
    console.print("Preparing the model variants (up to half a minute, once)")
    for key, network in description.networks.items():
        wanted = {n: VARIANTS[n] for n in names if n in VARIANTS and VARIANTS[n][0] == key}
        if not wanted:
            continue
        data = upstream_bytes(network.upstream, root / "models", console)
        with console.status(f"Rewriting {network.name}"):
            full = full_precision(onnx.load_from_string(data), network.output)
            for size in network.sizes:
                check_size(full, size)
        for name, (_, four_bits, words) in wanted.items():
            with console.status(f"Packing the weights of {name}"):
                model = packed(network, full, four_bits)
            console.print(f"Prepared [bold]{name}[/bold], {len(model) / 1e6:.1f} MB")
            yield name, describe(model, words, key), model


def packed(network: Network, full: onnx.ModelProto, four_bits: bool) -> bytes:
    """Return a variant's file (:mod:`tools.model.package`)."""
    if not network.takes_pixels:
        return package(full, four_bits)

    def around(model: onnx.ModelProto) -> onnx.ModelProto:
        return on_pixels(model, network.scaling, network.sizes[0])

    return package(full, four_bits, SPARING, WORST, around, network.sizes[0])


def install(description: Description, root: Path) -> None:
    """Put the chunks from the cache into the checkout where they are not intact there."""
    for variant in description.variants.values():
        for chunk in variant.chunks:
            target = root / chunk.path
            if not is_intact(target, chunk):
                place(chunk_cache() / file_name(chunk), target)
    tidy(description, root / FOLDER)


def tidy(description: Description, folder: Path) -> None:
    """Remove chunks that no variant has, left over from an earlier ``models.json``."""
    wanted = {
        file_name(chunk) for variant in description.variants.values() for chunk in variant.chunks
    }
    for path in folder.glob("*.bin"):
        if path.name not in wanted:
            path.unlink()


def state(variant: Variant, folder: Path) -> str:
    """Return how much of a variant is in a folder: ``ready``, ``damaged`` or ``not prepared``."""
    paths = [(folder / file_name(chunk), chunk) for chunk in variant.chunks]
    if all(is_intact(path, chunk) for path, chunk in paths):
        return "ready"
    return "damaged" if all(path.exists() for path, _ in paths) else "not prepared"
