"""Refined edges lie nearer to the truth than the network's enlarged matte."""

import tracemalloc

import numpy as np
from PIL import Image

from core.matte.colour_evidence import colour_evidence
from core.matte.conjugate_gradients import solve
from core.matte.matting_laplacian import MattingLaplacian
from core.matte.planes import enlarged_part, to_planes
from core.matte.refine import FAST, THOROUGH, refine, reliance
from core.matte.trimap import decided, distance_to_edge, edge_width, make_trimap
from tests.core.mattes import (
    SIZE,
    as_matte,
    as_the_network_sees_it,
    colours_of_a_background,
    colours_of_a_subject,
    composite,
    enlarged,
    hair,
    ring,
    soft,
)
from tests.core.pictures import texture


def errors(true, method, **network):
    """Return the mean error on soft pixels and everywhere, each as a share of no refinement's."""
    size = (true.shape[1], true.shape[0])
    photo = composite(true, colours_of_a_subject(size), colours_of_a_background(size))
    answer = as_the_network_sees_it(true, **network)
    before = np.abs(enlarged(answer, size) - true)
    after = np.abs(as_matte(refine(photo, answer, method)) - true)
    where = soft(true)
    return after[where].mean() / before[where].mean(), after.mean() / before.mean()


def test_the_default_takes_two_thirds_off_the_error_on_hair():
    on_soft_pixels, everywhere = errors(hair(), FAST)
    assert on_soft_pixels < 0.3, on_soft_pixels
    assert everywhere < 0.35, everywhere


def test_hair_detail_is_better_still():
    on_soft_pixels, everywhere = errors(hair(), THOROUGH)
    assert on_soft_pixels < 0.3, on_soft_pixels
    assert everywhere < 0.33, everywhere
    assert on_soft_pixels < errors(hair(), FAST)[0]


def test_a_photo_larger_than_what_is_computed_on_gets_edges_of_its_own_resolution():
    on_soft_pixels, everywhere = errors(hair((1600, 1200)), FAST, side=512)
    assert on_soft_pixels < 0.23, on_soft_pixels
    assert everywhere < 0.53, everywhere


def test_the_hole_of_a_ring_stays_open_and_its_edge_gets_sharp():
    photo = composite(ring(), colours_of_a_subject(), colours_of_a_background())
    for method, bound in ((FAST, 0.0135), (THOROUGH, 0.0105)):
        alpha = as_matte(refine(photo, as_the_network_sees_it(ring()), method))
        assert alpha[120, 160] == 0
        assert alpha[120, 160 + 78] > 0.99
        assert np.abs(alpha - ring()).mean() < bound


def test_on_a_photo_of_one_colour_the_outline_is_kept():
    grey = Image.new("RGB", SIZE, (128, 128, 128))
    answer = as_the_network_sees_it(ring(), excess=0)
    for method, bound in ((FAST, 0.02), (THOROUGH, 0.035)):
        alpha = as_matte(refine(grey, answer, method))
        difference = np.abs(alpha - enlarged(answer))
        assert difference.mean() < bound, difference.mean()
        assert ((alpha > 0.5) == (enlarged(answer) > 0.5)).mean() > 0.99


def test_a_matte_without_an_edge_comes_through():
    photo = texture(100, 80)
    for value in (0, 1):
        alpha = refine(photo, np.full((64, 64), value, np.float32), THOROUGH)
        assert alpha.mode == "L"
        assert alpha.size == (100, 80)
        assert alpha.getextrema() == (255 * value, 255 * value)


def test_tiny_photos_and_odd_sizes_work():
    for size in ((16, 16), (17, 131), (33, 32), (1, 40)):
        matte = np.zeros((64, 64), np.float32)
        matte[16:48, 16:48] = 1
        for method in (FAST, THOROUGH):
            assert refine(texture(*size), matte, method).size == size


def test_the_laplacian_gives_nothing_for_a_matte_that_is_linear_in_the_colours():
    image = to_planes(texture(70, 50))
    laplacian = MattingLaplacian(image, np.ones((50, 70), np.bool_), 2, 1e-9)
    linear = (0.4 * image[0] - 0.3 * image[1] + 0.2 * image[2] + 0.3).astype(np.float32)
    product = laplacian.multiply(laplacian.tiles.pad(linear))
    assert np.abs(product).max() < 2e-4


def test_colours_that_are_not_kept_give_the_same_models():
    image = to_planes(texture(150, 90))
    region = np.zeros((90, 150), np.bool_)
    region[20:60, 30:140] = True
    matte = as_the_network_sees_it(hair((150, 90)), side=90)
    plane = enlarged_part(matte[np.newaxis], (150, 90), (0, 0, 150, 90))[0]
    kept, asked = (MattingLaplacian(image, region, 5, 1e-5, keep) for keep in (True, False))
    padded = kept.tiles.pad(plane)
    pairs = zip(kept.mean_models(padded), asked.mean_models(padded), strict=True)
    assert all(np.array_equal(one, other) for one, other in pairs)
    assert np.array_equal(kept.multiply(padded), asked.multiply(padded))


def test_edges_take_few_planes_of_memory():
    """NumPy's share at the largest size that is computed on; WebAssembly never gives it back."""
    size = (1024, 1024)
    true = hair(size)
    photo = composite(true, colours_of_a_subject(size), colours_of_a_background(size))
    answer = as_the_network_sees_it(true)
    tracemalloc.start()
    refine(photo, answer)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * true.size * 4, most / (true.size * 4)


def test_the_laplacian_is_symmetric_and_agrees_with_its_definition():
    generator = np.random.default_rng(1)
    image = generator.random((3, 12, 10), dtype=np.float32)
    laplacian = MattingLaplacian(image, np.ones((12, 10), np.bool_), 1, 1e-2)
    tiles = laplacian.tiles
    one, other = generator.random((2, 12, 10), dtype=np.float32)
    first = tiles.crop(laplacian.multiply(tiles.pad(one)))
    second = tiles.crop(laplacian.multiply(tiles.pad(other)))
    assert abs(float((first * other).sum() - (second * one).sum())) < 1e-4
    expected = (levin(image, 1e-2) @ one.ravel()).reshape(12, 10) / 9
    assert np.abs(first - expected).max() < 1e-5


def levin(image, epsilon):
    """Return Levin's matrix for windows of 3x3, written down window by window."""
    _, height, width = image.shape
    matrix = np.zeros((height * width, height * width))
    numbers = np.arange(height * width).reshape(height, width)
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            window = np.s_[y - 1 : y + 2, x - 1 : x + 2]
            colours = image[(slice(None), *window)].reshape(3, 9).T.astype(float)
            away = colours - colours.mean(axis=0)
            covariance = away.T @ away / 9 + epsilon * np.eye(3)
            share = (1 + away @ np.linalg.inv(covariance) @ away.T) / 9
            where = numbers[window].ravel()
            matrix[np.ix_(where, where)] += np.eye(9) - share
    return matrix


def test_conjugate_gradients_solve_a_system_exactly():
    generator = np.random.default_rng(2)
    root = generator.random((20, 20))
    matrix = (root @ root.T + 20 * np.eye(20)).astype(np.float32)
    expected = generator.random(20).astype(np.float32)
    found = solve(
        lambda plane: matrix @ plane,
        matrix @ expected,
        np.zeros(20, np.float32),
        np.diag(matrix).copy(),
        40,
        1e-7,
    )
    assert np.abs(found - expected).max() < 1e-4


def test_the_band_of_a_blurred_edge_is_wider_than_that_of_a_crisp_one():
    columns = np.arange(200, dtype=np.float32)
    crisp = np.tile(np.clip((columns - 99) / 1.5, 0, 1), (60, 1))
    blurred = np.tile(np.clip((columns - 96) / 8, 0, 1), (60, 1))
    assert make_trimap(crisp).unknown[30].sum() < make_trimap(blurred).unknown[30].sum() < 45
    assert abs(edge_width(blurred, 7)[30, 100] - 8 * 2 / 3) < 0.6


def test_the_known_parts_of_a_trimap_are_certain():
    trimap = make_trimap(np.clip(enlarged(as_the_network_sees_it(ring())), 0, 1))
    assert not (trimap.subject & trimap.background).any()
    assert (trimap.matte[trimap.subject] == 1).all()
    assert (trimap.matte[trimap.background] == 0).all()
    assert not (trimap.unknown & (trimap.subject | trimap.background)).any()


def test_distances_grow_from_the_edge_and_are_nearly_round():
    solid = np.zeros((81, 81), np.bool_)
    solid[40, 40] = True
    distance = distance_to_edge(solid, 30)
    assert distance[40, 40] == 1
    assert distance[40, 50] == 10
    true = np.hypot(*(np.mgrid[0:81, 0:81] - 40))
    near = (true > 3) & (true < 25)
    assert np.abs(distance[near] / true[near] - 1).max() < 0.25


def test_colours_tell_alpha_where_the_two_sides_differ_and_say_so_where_not():
    true = hair()
    photo = composite(true, colours_of_a_subject(), colours_of_a_background())
    alpha, confidence = colour_evidence(photo, true == 1, true == 0)
    assert np.abs(alpha - true)[soft(true)].mean() < 0.06
    assert confidence[soft(true)].mean() > 0.5
    _, nothing = colour_evidence(texture(*SIZE), true == 1, true == 0)
    assert nothing[soft(true)].mean() < 0.1
    _, one_sided = colour_evidence(photo, true >= 0, true < 0)
    assert not one_sided.any()


def test_enlarged_parts_fit_together_without_a_seam():
    plane = np.random.default_rng(5).random((1, 24, 31), dtype=np.float32)
    whole = enlarged_part(plane, (310, 200), (0, 0, 310, 200))
    left = enlarged_part(plane, (310, 200), (0, 0, 100, 200))
    right = enlarged_part(plane, (310, 200), (100, 0, 310, 200))
    assert np.abs(np.concatenate([left, right], axis=2) - whole).max() < 1e-4


def test_where_colours_do_not_tell_subject_from_background_the_matte_is_only_enlarged():
    true = ring()
    photo = texture(*SIZE, seed=4)
    answer = as_the_network_sees_it(true, side=200)
    difference = np.abs(as_matte(refine(photo, answer, FAST)) - enlarged(decided(answer)))
    # What is known beyond doubt becomes certain, nothing else changes.
    assert difference.max() <= 0.1
    assert difference.mean() < 0.003


def test_the_more_colours_tell_the_more_the_refinement_counts():
    shares = [reliance(confidence, 1) for confidence in (0, 0.4, 0.5, 0.6, 1)]
    assert np.allclose(shares, [0, 0, 0.5, 1, 1])


def test_the_more_a_matte_is_enlarged_the_earlier_the_refinement_counts():
    shares = [reliance(0.3, enlargement) for enlargement in (1, 2, 3, 4, 8)]
    assert np.allclose(shares, [0, 0, 0.25, 1, 1])
    assert reliance(0, 8) == 0


def test_an_area_over_which_the_network_wavers_is_decided_and_edges_and_hair_are_left():
    side = 256
    across = np.arange(side, dtype=np.float32)[np.newaxis].repeat(side, axis=0)
    crisp, hairy = (np.clip((across - 128) / width + 0.5, 0, 1) for width in (3, 9))
    for matte in (crisp, hairy):
        assert np.abs(decided(matte) - matte).max() < 0.01
    wavering = np.where(across < 128, np.float32(0.1), np.float32(0.7))
    wavering += np.float32(0.05) * np.sin(across / 9) * np.cos(across.T / 7)
    found = decided(wavering)
    assert found[:, 150:].mean() > 0.85
    assert found[:, :100].mean() < 0.03
    assert np.array_equal(found > 0.5, wavering > 0.5)
    calm = np.zeros((side, side), np.float32)
    assert decided(calm) is calm
