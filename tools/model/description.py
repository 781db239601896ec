"""``models/models.json`` as Python values: which weights there are, and where they come from."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools.setup.cache import write_atomically
from tools.setup.complaint import Complaint

SCHEMA = 1
"""Version of the file's form that this code reads and writes."""


@dataclass(frozen=True)
class Chunk:
    """One piece of a variant: its URL path (the same as in the checkout), bytes and SHA-256."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Variant:
    """One file, which is what its chunks give in their order (:mod:`tools.model.package`)."""

    bytes: int
    sha256: str
    description: str
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True)
class Upstream:
    """The published file: npm package, version, key in its index, bytes and SHA-256."""

    package: str
    version: str
    key: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Description:
    """The content of ``models.json``.

    ``architecture`` and the other parts that only the page reads stay as they are in ``raw``.
    """

    default: str
    upstream: Upstream
    variants: dict[str, Variant]
    raw: dict[str, Any]

    @property
    def output(self) -> str:
        """Name of the network's output."""
        return str(self.raw["architecture"]["output"])

    @property
    def sizes(self) -> list[int]:
        """Input sizes, in pixels a side, that the page offers."""
        return [int(size) for size in self.raw["architecture"]["sizes"]]


def read_description(path: Path) -> Description:
    """Return what the file says; raises :class:`Complaint` when it cannot be understood."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["schema"] != SCHEMA:
            raise Complaint(
                f"{path} has schema {raw['schema']}, this code reads schema {SCHEMA}. "
                "Check out the version of the code that goes with it."
            )
        variants = {name: read_variant(entry) for name, entry in raw["variants"].items()}
        return Description(raw["default"], Upstream(**raw["upstream"]), variants, raw)
    except (KeyError, TypeError, ValueError) as error:
        raise Complaint(
            f"{path} is damaged ({error!r}). Restore it with 'git checkout models/models.json'."
        ) from error


def read_variant(entry: dict[str, Any]) -> Variant:
    """Return one entry of ``variants``."""
    chunks = tuple(Chunk(**chunk) for chunk in entry["chunks"])
    return Variant(entry["bytes"], entry["sha256"], entry["description"], chunks)


def write_variants(path: Path, description: Description, variants: dict[str, Variant]) -> None:
    """Write the file again with other variants; all else in it stays."""
    raw = {**description.raw, "variants": {name: asdict(v) for name, v in variants.items()}}
    text = json.dumps(raw, indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode("utf-8"))
