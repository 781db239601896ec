"""Fetches the pictures that Pillow tests itself with: development only, outside of the checkout.

They lie in its source archive, which pip downloads by the hash in ``requirements/pictures.txt``.
Some of them are large, damaged or made to burst memory: that is what they are for.
"""

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tools.setup.cache import key_of, made_once, ready_cache_folder
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.package_errors import explain_package_failure

REQUIREMENTS = ROOT / "requirements" / "pictures.txt"

INSIDE = "Tests/images/"
"""Where the pictures lie below the archive's only folder."""


def pillow_pictures() -> Path:
    """Return the folder of the pictures, fetched at the first time.

    Raises :class:`Complaint` when the archive cannot be had.
    """
    key = key_of(REQUIREMENTS.read_bytes())
    return made_once(ready_cache_folder() / f"pictures-{key}", _fetch)


def _fetch(folder: Path) -> None:
    """Fill a folder with the pictures."""
    with tempfile.TemporaryDirectory(prefix="homecut-pictures-") as place:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
        # Only what it is built with comes as wheels; nothing of the archive is installed.
        command += ["--no-binary=pillow", "--disable-pip-version-check", "--no-input", "--quiet"]
        command += ["-d", place, "-r", str(REQUIREMENTS)]
        outcome = subprocess.run(
            command, stderr=subprocess.PIPE, text=True, errors="replace", check=False
        )
        if outcome.returncode:
            raise Complaint(explain_package_failure("pip", outcome.stderr))
        _unpack(next(Path(place).glob("*.tar.gz")), folder)


def _unpack(archive: Path, folder: Path) -> None:
    """Take the pictures out of the archive; a name that leads elsewhere is an error."""
    with tarfile.open(archive) as content:
        for member in content:
            name = member.name.partition("/")[2]
            if member.isfile() and name.startswith(INSIDE):
                member.name = name.removeprefix(INSIDE)
                content.extract(member, folder, filter="data")
