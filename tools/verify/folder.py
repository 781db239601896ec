"""Compares a folder on disk with the build."""

from collections.abc import Iterator
from pathlib import Path

from tools.verify.judge import Difference, sha256_of


def compare_folder(folder: Path, contents: dict[str, bytes]) -> Iterator[Difference]:
    """Yield what is missing, different, too much, or a link (which may lead elsewhere tomorrow)."""
    entries = {entry.relative_to(folder).as_posix(): entry for entry in folder.rglob("*")}
    links = {path for path, entry in entries.items() if entry.is_symlink()}
    for path in sorted(links):
        yield Difference(path, "is a link, not a file of its own")
    for path, data in contents.items():
        entry = entries.get(path)
        if path in links:
            continue
        if entry is None or not entry.is_file():
            yield Difference(path, "missing")
        elif (found := entry.read_bytes()) != data:
            there, here = sha256_of(found)[:16], sha256_of(data)[:16]
            yield Difference(path, f"has SHA-256 {there}…, built here {here}…")
    for path, entry in sorted(entries.items()):
        if path not in contents and path not in links and not entry.is_dir():
            yield Difference(path, "is not part of the build")
