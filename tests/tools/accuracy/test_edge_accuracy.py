"""The table of edge accuracy, on photographs with alpha of our own making."""

import numpy as np
import pytest
from PIL import Image
from skimage import data

from tests.core.mattes import as_alpha, as_the_network_sees_it, composite, hair, ring
from tools.accuracy.edges import FOUND, Score, mean, measure_all, overlap, pairs, score
from tools.setup.progress import make_console

SIZE = (360, 270)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two composites of photographs, by hair and by a ring, and one with a binary mask."""
    place = tmp_path_factory.mktemp("pairs")
    subject = Image.fromarray(data.chelsea()).resize(SIZE)
    background = Image.fromarray(data.rocket()).resize(SIZE)
    for name, matte in (("hair", hair(SIZE)), ("ring", ring(SIZE)), ("hard", ring(SIZE).round())):
        alpha = as_alpha(matte)
        alpha.save(place / f"{name}.mask.png")
        true = np.asarray(alpha).astype(np.float32) / 255
        composite(true, subject, background).save(place / f"{name}.png")
    return place


def network_for(folder, excess=0.3):
    """Return a stand-in for the network that knows the truth and blurs it."""
    truths = {photo.tobytes(): truth for _, photo, truth in pairs(folder)}
    return lambda photo: as_the_network_sees_it(truths[photo.tobytes()], excess=excess)


def test_refinement_of_photographs_lowers_the_error_on_soft_pixels(folder):
    means = measure_all(folder, network_for(folder), make_console(quiet=True))
    assert means["default"].soft < 0.9 * means["enlarged"].soft
    assert means["hair detail"].soft < 0.8 * means["enlarged"].soft
    assert means["hair detail"].everywhere < means["enlarged"].everywhere


def test_the_table_names_every_photo_and_the_means_of_soft_and_hard_ones(
    folder, capsys, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "200")
    measure_all(folder, network_for(folder), make_console())
    printed = capsys.readouterr().out
    for word in ("hair", "ring", "hard", "hair detail", "enlarged"):
        assert word in printed
    assert "Mean of the 2 with soft pixels that were found" in printed
    assert "Mean of the 1 with hard masks that were found" in printed
    assert "nan" not in printed


def test_photos_whose_subject_was_not_found_do_not_count(folder):
    with pytest.raises(ValueError, match="no photo with soft pixels whose subject was found"):
        measure_all(folder, lambda _: np.zeros((64, 64), np.float32), make_console(quiet=True))


def test_a_perfect_alpha_scores_zero_and_overlaps_fully():
    matte = hair(SIZE)
    assert score(matte, matte) == Score(0, 0, 0)
    assert overlap(matte, matte) == 1 > FOUND
    assert overlap(matte, 1 - matte.round()) < 0.1


def test_the_mean_of_two_scores_lies_between_them():
    assert mean([Score(0, 1, 2), Score(1, 2, 4)]) == Score(0.5, 1.5, 3)
    assert Score(1, 1, 3).relative(Score(2, 1, 2)) == ["-50%", "+0%", "+50%"]


def test_a_mask_without_a_photo_is_named(tmp_path):
    Image.new("L", (8, 8)).save(tmp_path / "lonely.mask.png")
    with pytest.raises(FileNotFoundError, match="lonely"):
        list(pairs(tmp_path))
