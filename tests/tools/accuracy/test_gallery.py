"""The gallery shows the worst photo first, and where it errs."""

import numpy as np
from PIL import Image

from tools.accuracy.gallery import GROUND, entry_of, error_map, page_of
from tools.accuracy.pairs import find_pairs


def test_the_worst_photo_comes_first_with_all_its_pictures(tmp_path):
    truth = np.zeros((40, 60), np.float32)
    truth[:, :30] = 1
    for name in ("a<b", "z"):
        Image.new("RGB", (60, 40), (9, 9, 9)).save(tmp_path / f"{name}.png")
        Image.fromarray((truth * 255).astype(np.uint8)).save(tmp_path / f"{name}.mask.png")
    good, bad = find_pairs(tmp_path)
    page = page_of([entry_of(good, truth), entry_of(bad, 1 - truth, peer=truth)])
    assert page.index("z: error 1.0000, IoU 0.000") < page.index("a&lt;b: error 0.0000")
    assert page.count("<img") == 4 + 5
    assert entry_of(good, truth).pictures[1][1].getpixel((59, 0)) == GROUND


def test_what_is_missing_is_blue_and_what_is_too_much_red():
    alpha, truth = np.array([[0, 1, 1]], np.float32), np.array([[1, 0, 1]], np.float32)
    missing, too_much, right = np.asarray(error_map(alpha, truth))[0].tolist()
    assert missing[2] == 255 > missing[0]
    assert too_much[0] == 255 > too_much[2]
    assert right == [255, 255, 255]
