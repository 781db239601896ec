"""PAM, and PFM with its numbers in floating point."""

import numpy as np
import pytest

from core.files.decode import decode
from core.files.metadata import receipt
from core.files.picture_file import PictureFile
from tests.core.pictures import pixels, refusal_code


def pam(values, kind, largest=255, comment=b""):
    """Return an array (h, w, channels) as a PAM file."""
    height, width, depth = values.shape
    head = f"WIDTH {width}\nHEIGHT {height}\nDEPTH {depth}\nMAXVAL {largest}\nTUPLTYPE {kind}\n"
    return b"P7\n" + comment + head.encode() + b"ENDHDR\n" + values.tobytes()


@pytest.mark.parametrize(
    ("depth", "kind"), [(1, "GRAYSCALE"), (2, "GRAYSCALE_ALPHA"), (3, "RGB"), (4, "RGB_ALPHA")]
)
def test_pam_files_of_every_depth_are_read(depth, kind):
    values = np.random.default_rng(depth).integers(0, 255, (20, 30, depth), np.uint8)
    photo = decode(pam(values, kind, comment=b"# made by hand\n"))
    grey = depth < 3
    expected = np.repeat(values[..., :1], 3, 2) if grey else values[..., :3]
    assert np.array_equal(pixels(photo.image), expected)
    assert (photo.alpha is not None) == (depth in (2, 4))
    if photo.alpha is not None:
        assert np.array_equal(pixels(photo.alpha), values[..., -1])


def test_pam_files_of_one_bit_and_of_sixteen_are_scaled_to_eight():
    bits = np.array([[[0], [1]]], np.uint8)
    assert pixels(decode(pam(bits, "BLACKANDWHITE", 1)).image)[0, :, 0].tolist() == [0, 255]
    wide = np.array([[[0, 32768, 65535]]], ">u2")
    assert pixels(decode(pam(wide, "RGB", 65535)).image)[0, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize(
    "data",
    [
        b"P7\n",
        b"P7\nWIDTH 9\nENDHDR\n" + bytes(99),
        pam(np.zeros((2, 2, 3), np.uint8), "RGB", 0),
        pam(np.zeros((2, 2, 3), np.uint8), "RGB")[:-1],
        b"P7\nWIDTH x\nHEIGHT 1\nDEPTH 1\nMAXVAL 1\nENDHDR\n",
    ],
)
def test_broken_pam_files_are_refused(data):
    assert refusal_code(decode, data) == "damaged"


def test_a_pam_file_that_claims_too_many_pixels_is_refused_before_anything_is_made():
    data = pam(np.zeros((1, 1, 3), np.uint8), "RGB").replace(b"WIDTH 1", b"WIDTH 65535")
    data = data.replace(b"HEIGHT 1", b"HEIGHT 65535")
    assert refusal_code(decode, data) == "too_large"
    assert refusal_code(receipt, data) == "too_large"


def float_map(values, order="<"):
    """Return an array (h, w) or (h, w, 3) as a PFM file."""
    kind = "PF" if values.ndim == 3 else "Pf"
    sign = "-1.0" if order == "<" else "1.0"
    head = f"{kind}\n{values.shape[1]} {values.shape[0]}\n{sign}\n"
    return head.encode() + values[::-1].astype(order + "f4").tobytes()


@pytest.mark.parametrize("order", ["<", ">"])
def test_numbers_of_a_pfm_file_are_taken_as_encoded_from_black_to_white(order):
    values = np.random.default_rng(4).random((20, 30, 3)).astype(np.float32)
    data = float_map(values, order)
    photo = decode(data)
    assert np.array_equal(pixels(photo.image), np.rint(values * 255))
    assert photo.notices == ["reduced_to_8_bit"]
    assert PictureFile(data).header.width == 30
    grey = decode(float_map(values[..., 0], order))
    assert np.array_equal(pixels(grey.image)[..., 1], np.rint(values[..., 0] * 255))
    assert grey.layout == "L"


def test_numbers_beyond_one_have_the_smallest_usual_white_and_what_is_none_is_black():
    grey = np.array([[0, 51, 255, np.nan, np.inf]], np.float32)
    assert pixels(decode(float_map(grey)).image)[0, :, 0].tolist() == [0, 51, 255, 0, 0]
    below = np.array([[-1, 0, 1]], np.float32)
    assert pixels(decode(float_map(below)).image)[0, :, 0].tolist() == [0, 128, 255]


def test_broken_pfm_files_are_refused_and_words_are_none():
    whole = float_map(np.zeros((2, 3), np.float32))
    assert refusal_code(decode, whole[:-1]) == "damaged"
    assert refusal_code(decode, b"Pf\n0 9\n-1.0\n" + bytes(99)) == "damaged"
    huge = whole.replace(b"3 2", b"65535 65535")
    assert refusal_code(decode, huge) == refusal_code(receipt, huge) == "too_large"
    assert PictureFile(b"PF\nis short for Pfarrer").kind is None
