"""Size limits hold at their edges. Runs on MicroPython too, so without pytest."""

from common import limits
from common.errors import Refusal


def refusal_of(function, *arguments):
    try:
        function(*arguments)
    except Refusal as error:
        return error
    return None


def test_an_empty_file_and_a_huge_file_are_refused():
    assert refusal_of(limits.check_file_size, 0).code == "empty_file"
    assert refusal_of(limits.check_file_size, 1) is None
    assert refusal_of(limits.check_file_size, limits.MAX_FILE_BYTES) is None
    assert refusal_of(limits.check_file_size, limits.MAX_FILE_BYTES + 1).code == "file_too_large"


def test_the_shortest_side_decides_whether_a_picture_is_too_small():
    assert refusal_of(limits.check_cutout, 1, 1).code == "too_small"
    assert refusal_of(limits.check_cutout, 20000, 10).code == "too_small"
    assert refusal_of(limits.check_cutout, 15, 16).code == "too_small"
    assert refusal_of(limits.check_cutout, 16, 16) is None


def test_a_picture_without_any_pixel_is_damaged_and_one_of_a_single_pixel_is_not():
    assert refusal_of(limits.check_dimensions, 0, 500).code == "damaged"
    assert refusal_of(limits.check_dimensions, 1, 1) is None


def test_fifty_megapixels_pass_and_one_row_more_does_not():
    assert refusal_of(limits.check_dimensions, 10000, 5000) is None
    refusal = refusal_of(limits.check_dimensions, 10000, 5001)
    assert refusal.code == "too_large"
    assert refusal.details["limit"] == limits.MAX_MEGAPIXELS == 50


def test_a_device_with_less_memory_has_a_lower_limit():
    assert refusal_of(limits.check_dimensions, 4000, 3000, 12) is None
    assert refusal_of(limits.check_dimensions, 4000, 3000, 11).code == "too_large"


def test_the_limit_follows_the_devices_memory_and_never_exceeds_the_largest():
    assert limits.allowed_megapixels(None) == 50
    assert limits.allowed_megapixels(0) == 50
    assert limits.allowed_megapixels(8) == 50
    assert 10 <= limits.allowed_megapixels(1) < limits.allowed_megapixels(2) < 50
    assert 1 <= limits.allowed_megapixels(0.25) < limits.allowed_megapixels(0.5)


def test_the_limit_fits_into_its_share_of_memory():
    for gibibytes in (0.25, 0.5, 1, 2, 4, 8):
        needed = limits.allowed_megapixels(gibibytes) * 1000000 * limits.BYTES_PER_PIXEL
        assert needed <= gibibytes * 1024**3 * limits.SHARE_OF_MEMORY
