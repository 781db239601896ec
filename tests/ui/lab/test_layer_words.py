"""Every layer of the networks is of a kind that has its sentence."""

import json

from tools.model.layer_map import TARGET
from ui.lab.layer_words import DOWN, FIRST, INNER, MASK, NAMES, SIDE, UP, sentence_of, words_of

NETWORKS = json.loads(TARGET.read_text("utf-8"))


def kinds(key):
    """Return the sentences of the layers that can be looked into, by name."""
    inner = [layer for layer in NETWORKS[key]["layers"] if "activation" in layer]
    return {layer["name"]: sentence_of(layer) for layer in inner}


def test_the_layers_of_isnet_go_down_and_up_again():
    found = kinds("isnet")
    assert found["/conv_in/Conv"] == FIRST
    assert found["/stage5/rebnconv1d/conv_s1/Conv"] == DOWN
    assert found["/stage5d/rebnconv1d/conv_s1/Conv"] == UP
    assert found["/side1/Conv"] == SIDE


def test_the_numbered_layers_of_the_small_network_are_told_by_their_kernels():
    found = kinds("u2netp")
    assert found["Conv_0"] == FIRST
    assert found["Conv_472"] == INNER
    assert found["Conv_1047"] == MASK


def test_every_part_of_a_name_has_a_sentence():
    parts = [part for part, _ in NAMES]
    for word in ("conv_in", "stage3", "stage3d", "rebnconv", "side1"):
        assert word in parts
        assert any(word in layer["name"] for layer in NETWORKS["isnet"]["layers"]), word
    assert all(sentence.endswith(".") for _, sentence in NAMES)


def test_a_layer_in_words():
    words = words_of(NETWORKS["isnet"]["layers"][0])
    assert words == "/conv_in/Conv, kernel 64 x 3 x 3 x 3, result 64 x 352 x 352, 214.1 million"
