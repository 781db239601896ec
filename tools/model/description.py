"""``models/models.json`` as Python values: which weights there are, and where they come from."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools.model.rewriting.scaling import Scaling
from tools.setup.cache import write_atomically
from tools.setup.complaint import Complaint

SCHEMA = 2
"""Version of the file's form that this code reads and writes."""

MAIN = "isnet"
"""Name of the network of the default variant."""


@dataclass(frozen=True)
class Chunk:
    """One piece of a variant: its URL path (the same as in the checkout), bytes and SHA-256."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Variant:
    """One file, which is what its chunks give in their order (:mod:`tools.model.package`).

    ``network`` is the name of the network whose weights it holds.
    """

    network: str
    bytes: int
    sha256: str
    description: str
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True)
class Upstream:
    """The published file: where a package is found that holds it, bytes and SHA-256.

    ``registry`` is ``npm`` or ``pypi``; ``key`` stands for the file in the npm package's index,
    or is its path in the Python package's source archive.
    """

    registry: str
    package: str
    version: str
    key: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Network:
    """One network: what it expects, and the published file of its weights.

    ``input`` and ``output`` are its names for them in the published file. ``takes_pixels`` tells
    that the prepared form scales by itself: RGBA bytes go in, bytes come out
    (:mod:`tools.model.rewriting.pixels`).
    """

    name: str
    input: str
    output: str
    size_multiple: int
    sizes: tuple[int, ...]
    scaling: Scaling
    takes_pixels: bool
    licence: str
    upstream: Upstream


@dataclass(frozen=True)
class Description:
    """The content of ``models.json``; ``raw`` keeps what only the page reads."""

    default: str
    networks: dict[str, Network]
    variants: dict[str, Variant]
    raw: dict[str, Any]

    def network_of(self, variant: str) -> Network:
        """Return the network whose weights a variant holds."""
        return self.networks[self.variants[variant].network]

    @property
    def main(self) -> Network:
        """The network that cutouts are made with unless the user chooses another."""
        return self.networks[MAIN]

    @property
    def upstream(self) -> Upstream:
        """The main network's published file."""
        return self.main.upstream

    @property
    def output(self) -> str:
        """Name of the main network's output in its published file."""
        return self.main.output

    @property
    def sizes(self) -> list[int]:
        """The main network's input sizes, in pixels a side."""
        return list(self.main.sizes)


def read_description(path: Path) -> Description:
    """Return what the file says; raises :class:`Complaint` when it cannot be understood."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["schema"] != SCHEMA:
            raise Complaint(
                f"{path} has schema {raw['schema']}, this code reads schema {SCHEMA}. "
                "Check out the version of the code that goes with it."
            )
        networks = {name: read_network(entry) for name, entry in raw["networks"].items()}
        variants = {name: read_variant(entry) for name, entry in raw["variants"].items()}
        return Description(raw["default"], networks, variants, raw)
    except (KeyError, TypeError, ValueError) as error:
        raise Complaint(
            f"{path} is damaged ({error!r}). Restore it with 'git checkout models/models.json'."
        ) from error


def read_network(entry: dict[str, Any]) -> Network:
    """Return one entry of ``networks``."""
    scaling = entry["scaling"]
    return Network(
        name=entry["name"],
        input=entry["input"],
        output=entry["output"],
        size_multiple=entry["size_multiple"],
        sizes=tuple(entry["sizes"]),
        scaling=Scaling(
            tuple(scaling["mean"]), tuple(scaling["divisor"]), scaling.get("largest", False)
        ),
        takes_pixels=entry["takes_pixels"],
        licence=entry["licence"],
        upstream=Upstream(**entry["upstream"]),
    )


def read_variant(entry: dict[str, Any]) -> Variant:
    """Return one entry of ``variants``."""
    chunks = tuple(Chunk(**chunk) for chunk in entry["chunks"])
    return Variant(entry["network"], entry["bytes"], entry["sha256"], entry["description"], chunks)


def write_variants(path: Path, description: Description, variants: dict[str, Variant]) -> None:
    """Write the file again with other variants; all else in it stays."""
    raw = {**description.raw, "variants": {name: asdict(v) for name, v in variants.items()}}
    text = json.dumps(raw, indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode("utf-8"))
