"""Cut a model file into pieces named by their hash, and keep them honest.

Pieces let a browser fetch in parallel, resume where it stopped and verify before it uses. A piece
is called by its SHA-256, so the same name always means the same bytes, in the checkout as well as
in the cache.
"""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from tools.model.description import Chunk, Variant
from tools.setup.cache import file_digest, write_atomically

LARGEST_CHUNK = 8 * 1024 * 1024
"""Most bytes of a piece: small enough to fetch again without regret, and for every static host."""

FOLDER = "models/chunks"
"""Where the pieces lie, as URL path and under the checkout."""


def split(data: bytes) -> list[bytes]:
    """Return the pieces of ``data`` in their order, of about equal length."""
    count = max(1, -(-len(data) // LARGEST_CHUNK))
    length = -(-len(data) // count)
    return [data[start : start + length] for start in range(0, len(data), length)]


def describe(data: bytes, description: str, network: str = "") -> Variant:
    """Return the entry of ``models.json`` for a file with the weights of a network."""
    chunks = []
    for piece in split(data):
        digest = hashlib.sha256(piece).hexdigest()
        chunks.append(Chunk(f"{FOLDER}/{digest}.bin", len(piece), digest))
    return Variant(network, len(data), hashlib.sha256(data).hexdigest(), description, tuple(chunks))


def file_name(chunk: Chunk) -> str:
    """Return the name of a chunk's file, without its folder."""
    return f"{chunk.sha256}.bin"


def is_intact(path: Path, chunk: Chunk) -> bool:
    """Tell whether the file exists and holds exactly the chunk's bytes."""
    return (
        path.is_file() and path.stat().st_size == chunk.bytes and file_digest(path) == chunk.sha256
    )


def store(data: bytes, folder: Path) -> None:
    """Write the pieces of ``data`` into a folder, replacing what is not intact there."""
    for piece, chunk in zip(split(data), describe(data, "").chunks, strict=True):
        path = folder / file_name(chunk)
        if not is_intact(path, chunk):
            write_atomically(path, piece)


def place(source: Path, target: Path) -> None:
    """Put a file at ``target`` too: as a hard link where the disk allows it, else as a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=".place-"))
    try:
        try:
            os.link(source, temporary / target.name)
        except OSError:
            # Another disk, or one without links: both then hold the bytes.
            (temporary / target.name).write_bytes(source.read_bytes())
        os.replace(temporary / target.name, target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            (temporary / target.name).unlink()
        temporary.rmdir()


def join(variant: Variant, folder: Path) -> bytes:
    """Return the file that the pieces in ``folder`` make; they must be intact."""
    return b"".join((folder / file_name(chunk)).read_bytes() for chunk in variant.chunks)
