"""Pieces of a model make the model again, and a damaged one is known as such."""

import hashlib
import os
from unittest.mock import Mock

import pytest

from tools.model import chunks
from tools.model.chunks import describe, file_name, is_intact, join, place, split, store


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(chunks, "LARGEST_CHUNK", 1000)


@pytest.mark.parametrize("length", [1, 999, 1000, 1001, 5555])
def test_pieces_are_in_order_and_none_is_too_large(length):
    data = os.urandom(length)
    pieces = split(data)
    assert b"".join(pieces) == data
    assert all(0 < len(piece) <= 1000 for piece in pieces)


def test_stored_pieces_make_the_file_that_the_description_names(tmp_path):
    data = os.urandom(4321)
    variant = describe(data, "made up")
    store(data, tmp_path)
    assert join(variant, tmp_path) == data
    assert variant.bytes == sum(chunk.bytes for chunk in variant.chunks) == 4321
    assert hashlib.sha256(join(variant, tmp_path)).hexdigest() == variant.sha256


def test_every_piece_is_called_by_its_hash(tmp_path):
    store(os.urandom(4321), tmp_path)
    for path in tmp_path.iterdir():
        assert path.name == hashlib.sha256(path.read_bytes()).hexdigest() + ".bin"


def test_a_missing_a_short_and_a_changed_piece_are_not_intact(tmp_path):
    data = os.urandom(900)
    chunk = describe(data, "").chunks[0]
    path = tmp_path / file_name(chunk)
    assert not is_intact(path, chunk)
    path.write_bytes(data[:-1])
    assert not is_intact(path, chunk)
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    assert not is_intact(path, chunk)
    path.write_bytes(data)
    assert is_intact(path, chunk)


def test_storing_again_repairs_what_is_damaged(tmp_path):
    data = os.urandom(2500)
    variant = describe(data, "")
    store(data, tmp_path)
    (tmp_path / file_name(variant.chunks[1])).write_bytes(b"rubbish")
    store(data, tmp_path)
    assert join(variant, tmp_path) == data


def test_placing_replaces_a_damaged_file_and_leaves_nothing_else(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"right")
    target = tmp_path / "there" / "target"
    target.parent.mkdir()
    target.write_bytes(b"wrong")
    place(source, target)
    assert target.read_bytes() == b"right"
    assert list(target.parent.iterdir()) == [target]


def test_placing_copies_where_the_disk_has_no_links(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", Mock(side_effect=OSError("no links here")))
    source = tmp_path / "source"
    source.write_bytes(b"right")
    place(source, tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == b"right"
