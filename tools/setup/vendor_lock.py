"""Holds the installed parts against the hashes that the checkout knows, file by file.

``requirements/vendor.txt`` is in the form of ``sha256sum``: whoever trusts no tool of ours checks
it with ``cd assets/vendor && sha256sum --check --quiet ../../requirements/vendor.txt``. It is
written anew, after the pins have been changed and the parts installed, by
``python -m tools.setup.vendor_lock``.
"""

from pathlib import Path

from tools.setup.cache import file_digest, write_atomically
from tools.setup.complaint import Complaint
from tools.setup.vendor import STAMP

LOCK = "requirements/vendor.txt"
VENDOR = "assets/vendor"


def installed_hashes(root: Path) -> dict[str, str]:
    """Return name below ``assets/vendor``: SHA-256, of everything that lies there."""
    folder = root / VENDOR
    names = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*"))
    files = [name for name in names if (folder / name).is_file() and name != STAMP]
    return {name: file_digest(folder / name) for name in files}


def locked_hashes(root: Path) -> dict[str, str]:
    """Return name: SHA-256 as the checkout has it; raises :class:`Complaint` without a list."""
    try:
        lines = (root / LOCK).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise Complaint(f"{LOCK} is missing, so nobody knows which parts are right.") from error
    pairs = [line.split("  ", 1) for line in lines if line]
    return {name: sha256 for sha256, name in pairs}


def differences(root: Path) -> list[tuple[str, str]]:
    """Return (name below ``assets/vendor``, what is wrong with it); empty when all is right."""
    installed, locked = installed_hashes(root), locked_hashes(root)
    found = []
    for name in sorted(installed.keys() | locked.keys()):
        if name not in installed:
            found.append((name, "is missing"))
        elif name not in locked:
            found.append((name, "is no part"))
        elif (root / VENDOR / name).is_symlink():
            found.append((name, "is a link"))
        elif installed[name] != locked[name]:
            found.append((name, "was changed"))
    return found


def check_parts(root: Path) -> None:
    """Raise :class:`Complaint` unless the parts are exactly those of the list."""
    found = differences(root)
    if found:
        words = ", ".join(f"{name} {what}" for name, what in found[:5])
        raise Complaint(
            f"assets/vendor is not what {LOCK} says: {words}. Delete assets/vendor and run this "
            f"again; if the pins were changed on purpose, 'python -m tools.setup.vendor_lock' "
            "writes the list anew."
        )


def write_lock(root: Path) -> None:
    """Write the list of what is installed now."""
    lines = [f"{sha256}  {name}\n" for name, sha256 in installed_hashes(root).items()]
    write_atomically(root / LOCK, "".join(lines).encode())


if __name__ == "__main__":
    from tools.setup.checkout import ROOT

    write_lock(ROOT)
