"""The safetensors file form: an index in JSON, then nothing but bytes.

Eight bytes with the length of the index (little-endian), the index, the tensors one behind the
other. The form is Hugging Face's (https://github.com/huggingface/safetensors); it was chosen
because a browser can hand its parts on without reading, let alone running, anything.
"""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

TYPES = {"F32": "<f4", "F16": "<f2", "I8": "|i1", "U8": "|u1"}
"""Safetensors type: NumPy type. Larger elements come first, so that all lie on their own size."""

METADATA = "__metadata__"


@dataclass(frozen=True)
class Contents:
    """What a file holds: tensors by name, and words about them."""

    tensors: dict[str, npt.NDArray[Any]]
    words: dict[str, str]


def encode(contents: Contents) -> bytes:
    """Return the file, the same bytes for the same contents; ``KeyError`` for other types."""
    kinds = {np.dtype(form).str: kind for kind, form in TYPES.items()}
    order = list(TYPES)
    entries = sorted(
        contents.tensors.items(), key=lambda item: (order.index(kinds[item[1].dtype.str]), item[0])
    )
    index: dict[str, Any] = {METADATA: dict(sorted(contents.words.items()))}
    body = []
    start = 0
    for name, values in entries:
        data = values.tobytes()
        index[name] = {
            "dtype": kinds[values.dtype.str],
            "shape": list(values.shape),
            "data_offsets": [start, start + len(data)],
        }
        start += len(data)
        body.append(data)
    text = json.dumps(index, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *body])


def decode(data: bytes) -> Contents:
    """Return what a file holds. Raises ``ValueError`` or ``KeyError`` when it is no such file."""
    length = int.from_bytes(data[:8], "little")
    index = json.loads(data[8 : 8 + length])
    words = index.pop(METADATA, {})
    tensors = {}
    for name, entry in index.items():
        start, end = entry["data_offsets"]
        values = np.frombuffer(data[8 + length + start : 8 + length + end], TYPES[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return Contents(tensors, words)


def is_safetensors(data: bytes) -> bool:
    """Tell a file of this form from an ONNX file, in which no brace can stand there."""
    return data[6:9] == b"\0\0{"
