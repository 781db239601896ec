"""Pairs are found, photos spread, figures averaged; what is missing is named."""

from argparse import ArgumentTypeError

import numpy as np
import pytest
from PIL import Image

from common.options import QUALITIES
from tools.accuracy import verb
from tools.accuracy.metrics import score
from tools.accuracy.native import Network, alpha_of, passes_of
from tools.accuracy.pairs import find_pairs
from tools.accuracy.report import DEFINITIONS, Result, document_of, table_of
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


def photo_of(pair):
    from core.pipeline import open_photo

    return open_photo(pair.photo.read_bytes())


@pytest.mark.parametrize("quality", ["preview", "standard", "best", "1024"])
def test_alpha_is_that_of_the_finished_cutout(tmp_path, network, quality):
    add_pair(tmp_path, "a", size=(40, 30))
    alpha = alpha_of(network, photo_of(find_pairs(tmp_path)[0]), quality)
    assert alpha.shape == (30, 40)
    assert alpha[:, :19].min() == 1
    assert alpha[:, 21:].max() == 0


def test_the_network_runs_once_for_the_same_numbers(tmp_path, network):
    add_pair(tmp_path, "a", size=(40, 30))
    (pair,) = find_pairs(tmp_path)
    first = alpha_of(network, photo_of(pair), "best")
    assert Session.runs == 2
    assert np.array_equal(alpha_of(network, photo_of(pair), "best"), first)
    alpha_of(network, photo_of(pair), "standard")
    assert Session.runs == 2
    alpha_of(Network("other", "other key", Session), photo_of(pair), "standard")
    assert Session.runs == 3


def test_qualities_are_names_or_sides_that_the_network_takes():
    assert verb.quality_name("preview") == "preview"
    assert verb.quality_name("640+1024") == "640+1024"
    assert passes_of("640+1024") == (640, 1024)
    assert passes_of("best") == QUALITIES["best"]
    for mistake in ("finest", "100", "0", "640+", ""):
        with pytest.raises(ArgumentTypeError, match="neither"):
            verb.quality_name(mistake)
