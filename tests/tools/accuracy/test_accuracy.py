"""Pairs are found, photos spread, figures averaged; what is missing is named."""

import io
import time
from argparse import ArgumentTypeError

import numpy as np
import pytest
from PIL import Image

from common.options import QUALITIES
from core.pipeline import cut_out_file
from tests.core.mattes import (
    as_alpha,
    as_the_network_sees_it,
    colours_of_a_background,
    colours_of_a_subject,
    composite,
    hair,
)
from tools.accuracy import verb
from tools.accuracy.metrics import score
from tools.accuracy.native import Network, cut_out, passes_of
from tools.accuracy.pairs import find_pairs
from tools.accuracy.report import DEFINITIONS, Result, costs_of, document_of, table_of
from tools.setup.complaint import Complaint


def add_pair(folder, stem, ending=".jpg", size=(8, 6)):
    Image.new("RGB", size, "white").save(folder / (stem + ending))
    Image.new("L", size, 255).save(folder / f"{stem}.mask.png")


def test_pairs_are_sorted_and_other_files_do_not_matter(tmp_path):
    add_pair(tmp_path, "b", ".png")
    add_pair(tmp_path, "a")
    (tmp_path / "README.md").write_text("about")
    pairs = find_pairs(tmp_path)
    assert [(pair.name, pair.photo.suffix) for pair in pairs] == [("a", ".jpg"), ("b", ".png")]
    assert pairs[0].truth.shape == (6, 8)
    assert pairs[0].truth.max() == 1


def test_a_limit_takes_pairs_from_the_whole_list(tmp_path):
    for stem in "abcdef":
        add_pair(tmp_path, stem)
    assert [pair.name for pair in find_pairs(tmp_path, 3)] == ["a", "c", "e"]
    assert len(find_pairs(tmp_path, 99)) == 6


def test_what_is_missing_is_named(tmp_path):
    with pytest.raises(Complaint, match="no folder"):
        find_pairs(tmp_path / "nowhere")
    with pytest.raises(Complaint, match="no pairs"):
        find_pairs(tmp_path)
    add_pair(tmp_path, "a")
    with pytest.raises(Complaint, match="leaves no photo"):
        find_pairs(tmp_path, 0)
    (tmp_path / "a.jpg").unlink()
    with pytest.raises(Complaint, match=r"no photo a\.jpg"):
        find_pairs(tmp_path)


def test_a_mask_of_another_size_is_refused(tmp_path):
    add_pair(tmp_path, "a")
    with pytest.raises(Complaint, match="8 x 6 pixels, its photo 6 x 8"):
        verb.check_shapes(find_pairs(tmp_path)[0], (8, 6))


def two_photos():
    truth = np.zeros((4, 4))
    truth[:, :2] = 1
    worse = truth.copy()
    worse[:, 1] = 0
    result = Result("native", "q4", "fast")
    result.scores = {"good": score(truth, truth), "bad": score(worse, truth)}
    return result


def test_figures_are_means_over_the_photos():
    means = two_photos().means()
    assert means["iou"] == 0.75
    assert means["worst_iou"] == 0.5
    assert means["mae"] == pytest.approx(0.125)
    assert means["soft_mae"] is None
    assert means["seconds"] is means["second_looks"] is means["opinions"] is None
    result = two_photos()
    result.seconds, result.second_looks = {"good": 1.0, "bad": 2.0}, {"bad": 0.5}
    means = result.means()
    assert (means["seconds"], means["second_looks"], means["second_look_seconds"]) == (1.5, 1, 0.5)
    assert (means["opinions"], means["opinion_seconds"]) == (0, None)
    assert costs_of(result) == "q4, fast: a second look took 0.5 s on average."
    result.opinions = {"bad": 0.2}
    assert costs_of(result).endswith("took 0.5 s, a second opinion 0.2 s on average.")
    assert costs_of(two_photos()) == ""
    document = document_of([result], "somewhere")
    assert document["results"][0]["photos"]["bad"]["second_look"]
    assert set(means) == set(DEFINITIONS)


def test_the_document_holds_every_photo_and_the_table_a_row_for_each_result():
    result = two_photos()
    document = document_of([result], "somewhere")
    assert document["results"][0]["photos"]["bad"]["iou"] == 0.5
    assert document["results"][0]["means"] == result.means()
    assert table_of([result, result]).row_count == 2


class Session:
    """Stands in for onnxruntime's session; the left half is the subject."""

    runs = 0

    def run(self, _names, feeds):
        Session.runs += 1
        (tensor,) = feeds.values()
        mask = np.zeros((1, 1, *tensor.shape[2:]), np.float32)
        mask[..., : tensor.shape[3] // 2] = 1
        return [mask]


@pytest.fixture
def network(monkeypatch):
    pytest.importorskip("onnxruntime")
    monkeypatch.setattr("onnxruntime.InferenceSession", Session)
    Session.runs = 0
    return Network("made up", "key", Session)


def cutout_of(network, pair, quality):
    return cut_out(network, pair.photo.read_bytes(), quality)


@pytest.mark.parametrize("quality", ["preview", "standard", "best", "1024"])
def test_every_quality_gives_the_subject(tmp_path, network, quality):
    add_pair(tmp_path, "a", size=(40, 30))
    cutout = cutout_of(network, find_pairs(tmp_path)[0], quality)
    assert cutout.alpha.shape == (30, 40)
    assert cutout.alpha[:, :19].min() == 1
    assert cutout.alpha[:, 21:].max() == 0
    assert not cutout.looked_twice


class Hairy(Session):
    """Stands in for onnxruntime's session; answers with a head of hair."""

    def run(self, _names, feeds):
        (tensor,) = feeds.values()
        side = tensor.shape[3]
        seen = as_alpha(as_the_network_sees_it(hair())).resize((side, side))
        return [np.asarray(seen, np.float32)[np.newaxis, np.newaxis] / 255]


def test_alpha_is_that_of_the_finished_file_with_its_edges(tmp_path, network):
    """Only the first look and the peer, which has no edges, are judged by the enlarged matte."""
    photo = composite(hair(), colours_of_a_subject(), colours_of_a_background())
    photo.save(tmp_path / "a.png")
    as_alpha(hair()).save(tmp_path / "a.mask.png")
    (pair,) = find_pairs(tmp_path)
    hairy = Network("hair", "hair", Hairy)
    finished = cutout_of(hairy, pair, "fast").alpha
    plain = cutout_of(Network("peer", "hair", Hairy, is_peer=True), pair, "512").alpha
    ask = lambda tensor: hairy.answer(tensor)[0]  # noqa: E731
    file = cut_out_file(pair.photo.read_bytes(), ask, "fast")
    with Image.open(io.BytesIO(file)) as taught:
        assert np.array_equal(finished, np.asarray(taught, np.float32)[..., 3] / 255)
    assert score(finished, pair.truth).soft_mae < 0.9 * score(plain, pair.truth).soft_mae


class Wavering(Session):
    """Stands in for onnxruntime's session; sure of nothing."""

    def run(self, _names, feeds):
        return [super().run(_names, feeds)[0] / 2]


def test_a_photo_that_leaves_doubt_is_looked_at_twice_and_counted(tmp_path, network):
    add_pair(tmp_path, "a", size=(40, 30))
    (pair,) = find_pairs(tmp_path)
    cutout = cutout_of(Network("wavering", "wavering", Wavering), pair, "standard")
    assert cutout.looked_twice
    assert cutout.seconds > 0
    assert Session.runs == 2
    assert not cutout_of(Network("wavering", "wavering", Wavering), pair, "704").looked_twice


def test_seconds_are_those_of_the_network_when_it_ran(tmp_path, network):
    class Slow(Session):
        def run(self, names, feeds):
            time.sleep(0.3)
            return super().run(names, feeds)

    add_pair(tmp_path, "a", size=(40, 30))
    (pair,) = find_pairs(tmp_path)
    for _ in range(2):
        assert 0.3 < cutout_of(Network("slow", "slow", Slow), pair, "fast").seconds < 2
    assert Session.runs == 1


def test_the_network_runs_once_for_the_same_numbers(tmp_path, network):
    add_pair(tmp_path, "a", size=(40, 30))
    (pair,) = find_pairs(tmp_path)
    first = cutout_of(network, pair, "best").alpha
    assert Session.runs == 2
    assert np.array_equal(cutout_of(network, pair, "best").alpha, first)
    cutout_of(network, pair, "standard")
    assert Session.runs == 2
    cutout_of(Network("other", "other key", Session), pair, "standard")
    assert Session.runs == 3


def test_qualities_are_names_or_sides_that_the_network_takes():
    assert verb.quality_name("preview") == "preview"
    assert verb.quality_name("640+1024") == "640+1024"
    assert passes_of("640+1024") == (640, 1024)
    assert passes_of("best") == QUALITIES["best"]
    for mistake in ("finest", "100", "0", "640+", ""):
        with pytest.raises(ArgumentTypeError, match="neither"):
            verb.quality_name(mistake)


class Seeing(Session):
    """Stands in for the second network's session, which takes pixels; sure of the left half."""

    def run(self, _names, feeds):
        (pixels,) = feeds.values()
        mask = np.zeros((1, 1, *pixels.shape[:2]), np.float32)
        mask[..., : pixels.shape[1] // 2] = 1
        return [mask]


def test_a_second_opinion_is_counted_with_what_it_cost_and_so_is_the_look_from_near(
    tmp_path, network
):
    add_pair(tmp_path, "a", size=(40, 40))
    (pair,) = find_pairs(tmp_path)
    seeing = Network("seeing", "seeing", Seeing, takes_pixels=True)
    wavering = Network("wavering too", "wavering too", Wavering, second=seeing)
    cutout = cutout_of(wavering, pair, "standard")
    assert cutout.looked_twice
    assert cutout.opinion > 0
    assert cutout.alpha[20, 10] > 0.5
    assert cutout.alpha[20, 35] == 0
    wavering.second = None
    assert cutout_of(wavering, pair, "standard").opinion == 0
