"""What a broken contract says: first what was most likely forgotten, in plain words."""

import numpy as np
from PIL import Image

from lab.contracts import array_reading, image_reading


def test_a_function_that_returns_nothing_is_asked_for_its_return():
    words = array_reading("matte", None, (4, 4), "float32", 0, 1).words
    assert words.startswith("matte: the code returns None: is a return missing?")
    assert "It must be float32 (4, 4), 0 .. 1" in words
    assert "NoneType" not in words
    assert "is a return missing?" in image_reading("alpha", None, "L", (4, 4)).words


def test_a_contract_that_holds_says_what_is_there_and_one_that_does_not_what_must_be():
    kept = array_reading("matte", np.zeros((4, 4), np.float32), (4, 4), "float32", 0, 1)
    assert kept.words == "matte: float32 (4, 4), 0 .. 0"
    broken = image_reading("alpha", Image.new("L", (2, 2)), "L", (4, 4))
    assert broken.words == "alpha: mode L, 2 x 2, but it must be mode L, 4 x 4"
