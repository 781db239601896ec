"""The set-up ends with intact chunks, whatever state cache and checkout were in."""

import hashlib
import json
import shutil

import pytest

from tests.tools.model.tiny_network import tiny_network
from tools.model import source, store
from tools.model.description import read_description
from tools.model.rewriting.graph import serialise
from tools.model.source import cached_path
from tools.model.store import (
    ensure_models,
    ensure_models_from,
    missing,
    state,
    update_models,
)
from tools.setup.complaint import Complaint
from tools.setup.progress import make_console

CONSOLE = make_console(quiet=True)


class Bench:
    """A checkout with a made-up network, its own cache, and a count of npm runs."""

    def __init__(self, tmp_path):
        self.root = tmp_path / "checkout"
        self.chunks = self.root / "models" / "chunks"
        self.file = self.root / "models" / "models.json"
        self.upstream = tmp_path / "upstream.onnx"
        self.fetches = 0

    def description(self):
        return read_description(self.file)

    def missing(self):
        return missing(self.description(), self.chunks)

    def fake_npm_ci(self, folder, *_, **__):
        """Do what ``npm ci`` would: put the package into ``node_modules``."""
        self.fetches += 1
        data = self.upstream.read_bytes()
        half = len(data) // 2
        package = folder / "node_modules" / self.description().upstream.package / "dist"
        package.mkdir(parents=True)
        (package / "one").write_bytes(data[:half])
        (package / "two").write_bytes(data[half:])
        pieces = [
            {"hash": "two", "offsets": [half, len(data)]},
            {"hash": "one", "offsets": [0, half]},
        ]
        (package / "resources.json").write_text(json.dumps({"/models/tiny": {"chunks": pieces}}))


def write_description(bench: Bench) -> None:
    real = json.loads((store.ROOT / "models" / "models.json").read_text())
    data = bench.upstream.read_bytes()
    for network in real["networks"].values():
        network |= {"input": "input", "output": "output", "sizes": [128]}
        network["upstream"] |= {
            "registry": "npm",
            "key": "/models/tiny",
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    real["variants"] = {}
    bench.file.write_text(json.dumps(real))


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """A bench whose models are described, prepared and cached."""
    bench = Bench(tmp_path)
    bench.chunks.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        (bench.root / "models" / name).write_text("{}")
    bench.upstream.write_bytes(serialise(tiny_network()))
    monkeypatch.setenv("HOMECUT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(source, "run_npm_ci", bench.fake_npm_ci)
    write_description(bench)
    update_models(CONSOLE, root=bench.root)
    return bench


def test_update_describes_and_installs_what_it_made(bench):
    assert list(bench.description().variants) == ["q4", "q8", "light"]
    assert bench.missing() == []
    assert bench.fetches == 1


def test_the_package_is_thrown_away_and_the_weights_are_kept(bench):
    path = cached_path(bench.description().upstream)
    assert path.read_bytes() == bench.upstream.read_bytes()
    assert list(path.parent.iterdir()) == [path]


def test_what_a_killed_run_left_behind_does_not_disturb_and_goes(bench):
    path = cached_path(bench.description().upstream)
    path.unlink()
    (path.parent / ".npm" / "node_modules" / "half").mkdir(parents=True)
    update_models(CONSOLE, root=bench.root)
    assert list(path.parent.iterdir()) == [path]


def test_a_clean_checkout_is_filled_from_the_cache_without_preparing(bench, monkeypatch):
    shutil.rmtree(bench.chunks)
    monkeypatch.setattr(store, "full_precision", None)
    ensure_models(CONSOLE, bench.root)
    assert bench.missing() == []


def test_a_damaged_chunk_in_the_checkout_is_replaced(bench):
    chunk = next(bench.chunks.iterdir())
    chunk.unlink()
    chunk.write_bytes(b"rubbish")
    assert bench.missing()
    ensure_models(CONSOLE, bench.root)
    assert bench.missing() == []


def test_a_chunk_damaged_in_checkout_and_cache_is_made_again(bench):
    """They may be one file by a hard link, so damage can reach both."""
    for folder in (bench.chunks, store.chunk_cache()):
        for path in folder.glob("*.bin"):
            path.write_bytes(path.read_bytes()[:100])
    ensure_models(CONSOLE, bench.root)
    assert bench.missing() == []
    assert bench.fetches == 1


def test_truncated_weights_in_the_cache_are_fetched_again(bench):
    shutil.rmtree(bench.chunks)
    shutil.rmtree(store.chunk_cache())
    path = cached_path(bench.description().upstream)
    path.write_bytes(path.read_bytes()[:1000])
    ensure_models(CONSOLE, bench.root)
    assert bench.missing() == []
    assert bench.fetches == 2


def test_weights_of_another_hash_from_npm_are_not_used(bench):
    cached_path(bench.description().upstream).unlink()
    bench.upstream.write_bytes(serialise(tiny_network(seed=1)))
    with pytest.raises(Complaint, match=r"expected .* and are not used"):
        update_models(CONSOLE, root=bench.root)
    assert list(cached_path(bench.description().upstream).parent.iterdir()) == []


def test_a_description_of_other_weights_is_a_sentence_with_the_remedy(bench):
    description = json.loads(bench.file.read_text())
    q4 = description["variants"]["q4"]
    q4["sha256"] = q4["chunks"][0]["sha256"] = "0" * 64
    bench.file.write_text(json.dumps(description))
    with pytest.raises(Complaint, match=r"describes other weights.*dev.py models --update"):
        ensure_models(CONSOLE, bench.root)


def test_chunks_of_an_earlier_description_go(bench):
    stale = bench.chunks / f"{'0' * 64}.bin"
    stale.write_bytes(b"old")
    ensure_models(CONSOLE, bench.root)
    assert not stale.exists()


def test_a_local_copy_serves_instead_of_npm(bench):
    cached_path(bench.description().upstream).unlink()
    shutil.rmtree(bench.chunks)
    shutil.rmtree(store.chunk_cache())
    ensure_models_from(CONSOLE, bench.upstream, bench.root)
    assert bench.missing() == []
    assert bench.fetches == 1


def test_another_local_file_and_none_at_all_are_refused(bench, tmp_path):
    other = tmp_path / "other.onnx"
    other.write_bytes(b"something else")
    with pytest.raises(Complaint, match=r"another file than the one models/models.json names"):
        ensure_models_from(CONSOLE, other, bench.root)
    with pytest.raises(Complaint, match="There is no file"):
        ensure_models_from(CONSOLE, tmp_path / "nowhere.onnx", bench.root)


def test_update_changes_nothing_but_the_variants(bench):
    before = json.loads(bench.file.read_text())
    update_models(CONSOLE, root=bench.root)
    assert json.loads(bench.file.read_text()) == before


def test_the_state_tells_ready_damaged_and_absent_apart(bench):
    variant = bench.description().variants["q4"]
    assert state(variant, bench.chunks) == "ready"
    path = bench.chunks / f"{variant.chunks[0].sha256}.bin"
    path.write_bytes(b"rubbish")
    assert state(variant, bench.chunks) == "damaged"
    path.unlink()
    assert state(variant, bench.chunks) == "not prepared"


@pytest.mark.parametrize("text", ["", "{", "{}", '{"schema": 99}'])
def test_a_damaged_description_is_a_sentence(bench, text):
    bench.file.write_text(text)
    with pytest.raises(Complaint, match=r"damaged|schema 99"):
        ensure_models(CONSOLE, bench.root)
