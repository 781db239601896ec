"""File names for what the user saves."""


def stem(name: str) -> str:
    """Return a file name without its folder and its last extension."""
    base = name.replace("\\", "/").split("/")[-1]
    head, dot, _ = base.rpartition(".")
    return head if dot and head else base


def cutout_name(name: str) -> str:
    """Return ``photo-cutout.png`` for ``photo.jpg``; an empty name becomes ``photo``."""
    return (stem(name).strip() or "photo") + "-cutout.png"


def byte_size(count: int) -> str:
    """Return a byte count in words: ``512 B``, ``24 KB``, ``25.0 MB`` (powers of 1000)."""
    if count < 1000:
        return str(count) + " B"
    if count < 1000000:
        return str(round(count / 1000)) + " KB"
    return str(round(count / 100000) / 10) + " MB"
