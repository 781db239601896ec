"""Variants are packed in the form that others read, too, and come back as they were."""

import json

import numpy as np
import pytest

from tools.model.safetensors import Contents, decode, encode, is_safetensors

CONTENTS = Contents(
    {
        "bytes": np.arange(5, dtype=np.uint8),
        "wide": np.array([[1.5, -2], [0, 3]], np.float32),
        "half": np.array([0.25, 4], np.float16),
        "signed": np.array([[-3], [7]], np.int8),
    },
    {"wide": "told"},
)


def test_what_was_written_is_read():
    found = decode(encode(CONTENTS))
    assert found.words == CONTENTS.words
    assert set(found.tensors) == set(CONTENTS.tensors)
    for name, values in CONTENTS.tensors.items():
        assert found.tensors[name].dtype == values.dtype
        assert np.array_equal(found.tensors[name], values)


def test_the_order_of_writing_does_not_change_the_bytes():
    turned = Contents(dict(reversed(CONTENTS.tensors.items())), CONTENTS.words)
    assert encode(turned) == encode(CONTENTS)


def test_every_tensor_lies_on_a_multiple_of_its_element():
    """Else the browser could not look at it without copying."""
    data = encode(CONTENTS)
    length = int.from_bytes(data[:8], "little")
    index = json.loads(data[8 : 8 + length])
    assert length % 8 == 0
    for name, values in CONTENTS.tensors.items():
        assert (8 + length + index[name]["data_offsets"][0]) % values.itemsize == 0


def test_it_is_told_apart_from_an_onnx_file():
    assert is_safetensors(encode(CONTENTS))
    assert not is_safetensors(bytes.fromhex("0808120474657374") + b"{" * 40)


def test_other_types_are_refused():
    with pytest.raises(KeyError):
        encode(Contents({"double": np.zeros(3)}, {}))
