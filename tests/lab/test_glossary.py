"""No stage uses its words without a sentence for each, and no function is silent about itself."""

import pytest

from lab.glossary import WORDS
from lab.stages import STAGES
from lab.workshop import function_line


def test_every_stage_has_its_words_each_with_one_plain_sentence():
    assert list(WORDS) == [stage.key for stage in STAGES]
    for key, words in WORDS.items():
        assert 3 <= len(words) <= 7, key
        for word, sentence in words:
            assert sentence.endswith("."), word
            assert len(sentence) <= 90, word


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("pixels", "uint8"),
        ("input", "tensor"),
        ("input", "shape"),
        ("input", "dtype"),
        ("network", "kernel"),
        ("matte", "matte"),
        ("matte", "trimap"),
        ("edges", "guided filter"),
        ("edges", "matting Laplacian"),
        ("colours", "foreground estimation"),
        ("result", "premultiplied"),
    ],
)
def test_what_pupils_asked_for_is_there(key, word):
    assert word in dict(WORDS[key])


def test_every_function_of_a_stage_says_in_one_line_what_it_does():
    for stage in STAGES:
        for name in stage.functions:
            line = function_line(name)
            assert line.endswith("."), name
            assert 20 < len(line) <= 100, name
    assert function_line("core.files.sniff.sniff").startswith("Return the kind of a file")
