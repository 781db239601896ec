"""The index is 1 for equals, falls with damage, and agrees with its definition."""

import numpy as np
from PIL import Image, ImageFilter

from core.similarity import luma, similarity
from tests.core.pictures import opened, save, texture


def reference_index(one, other):
    """Return the index of two whole planes, computed pixel by pixel as the paper writes it."""
    steps = np.arange(-5, 6)
    window = np.exp(-(steps[:, None] ** 2 + steps[None] ** 2) / (2 * 1.5**2))
    window /= window.sum()
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    values = []
    for y in range(one.shape[0] - 10):
        for x in range(one.shape[1] - 10):
            a = one[y : y + 11, x : x + 11].astype(float)
            b = other[y : y + 11, x : x + 11].astype(float)
            mean_a, mean_b = (window * a).sum(), (window * b).sum()
            variance_a = (window * (a - mean_a) ** 2).sum()
            variance_b = (window * (b - mean_b) ** 2).sum()
            covariance = (window * (a - mean_a) * (b - mean_b)).sum()
            top = (2 * mean_a * mean_b + c1) * (2 * covariance + c2)
            values.append(top / ((mean_a**2 + mean_b**2 + c1) * (variance_a + variance_b + c2)))
    return np.mean(values)


def test_it_is_the_index_of_the_paper():
    first = luma(texture(50, 90))
    for other in (texture(50, 90).filter(ImageFilter.GaussianBlur(1)), texture(50, 90, seed=2)):
        assert abs(similarity(first, luma(other)) - reference_index(first, luma(other))) < 2e-4


def test_equal_pictures_are_alike():
    plane = luma(texture(200, 150))
    assert abs(similarity(plane, plane) - 1) < 1e-6
    assert similarity(plane, 255 - plane) < 0.4


def test_more_compression_is_less_alike():
    image = texture(400, 300)
    indices = [
        similarity(luma(image), luma(opened(save(image, "JPEG", quality=q))))
        for q in (95, 75, 40, 8)
    ]
    assert indices == sorted(indices, reverse=True)
    assert indices[0] > 0.97
    assert indices[-1] < 0.9


def test_large_pictures_are_compared_at_the_size_of_a_screen():
    assert luma(texture(3200, 800)).shape == (400, 1600)
    assert luma(texture(100, 50)).shape == (50, 100)


def test_a_smaller_result_is_compared_with_its_original():
    image = texture(400, 300)
    small = image.resize((200, 150), Image.Resampling.LANCZOS)
    tiny = image.resize((50, 38), Image.Resampling.LANCZOS)
    plane = luma(image)
    assert 0.5 < similarity(plane, luma(tiny)) < similarity(plane, luma(small)) < 1


def test_transparency_counts():
    image = texture(100, 80)
    clear = image.copy()
    clear.putalpha(0)
    assert similarity(luma(image), luma(clear)) < 0.7


def test_the_smallest_pictures_have_an_index_too():
    plane = luma(texture(8, 6))
    assert abs(similarity(plane, plane) - 1) < 1e-5
    assert similarity(plane, luma(texture(8, 6, seed=5))) < 0.99
