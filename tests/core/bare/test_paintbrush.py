"""Paintbrush files of every usual layout. Runs in Pyodide, too, whose Pillow unpacks the runs."""

import struct

import numpy as np

from core.files.decode import decode
from core.files.metadata import receipt
from tests.core.pictures import pixels, refusal_code, save, texture

PALETTE = np.random.default_rng(8).integers(0, 256, (16, 3)).astype(np.uint8)


def packed(content):
    """Return bytes by their runs, which here go on over the ends of rows."""
    parts, at = [], 0
    while at < len(content):
        run = 1
        while run < 63 and at + run < len(content) and content[at + run] == content[at]:
            run += 1
        alone = run == 1 and content[at] < 0xC0
        parts.append(content[at : at + 1] if alone else bytes([0xC0 | run, content[at]]))
        at += run
    return b"".join(parts)


def paintbrush(samples, bits, palette=PALETTE, version=5, runs=True, wider=0):
    """Return samples (height, planes, width) as a file; ``wider`` bytes more in each row."""
    height, planes, width = samples.shape
    spread = np.unpackbits(samples.astype(np.uint8)[..., np.newaxis], axis=-1)[..., 8 - bits :]
    rows = np.packbits(spread.reshape(height, planes, -1), axis=-1)
    step = rows.shape[-1] + rows.shape[-1] % 2 + wider
    rows = np.pad(rows, ((0, 0), (0, 0), (0, step - rows.shape[-1])))
    head = struct.pack("<BBBBHHHHHH", 10, version, int(runs), bits, 3, 4, 2 + width, 3 + height,
                       72, 72)  # fmt: skip
    head += palette.tobytes()[:48].ljust(48, b"\0") + struct.pack("<BBHH", 0, planes, step, 1)
    content = rows.tobytes()
    return head.ljust(128, b"\0") + (packed(content) if runs else content)


def numbers(bits, planes, seed=1):
    """Return samples (20, planes, 37) of some bits."""
    return np.random.default_rng(seed).integers(0, 2**bits, (20, planes, 37)).astype(np.uint8)


def test_palettes_of_up_to_sixteen_colours_in_bits_and_planes():
    for bits, planes in ((1, 2), (1, 3), (1, 4), (2, 1), (4, 1)):
        for runs, wider in ((True, 0), (False, 0), (True, 2)):
            samples = numbers(bits, planes)
            whole = sum(samples[:, plane].astype(int) << plane for plane in range(planes))
            photo = decode(paintbrush(samples, bits, runs=runs, wider=wider))
            assert np.array_equal(pixels(photo.image), PALETTE[whole]), (bits, planes)


def test_two_colours_are_black_and_white_unless_the_file_has_others():
    samples = numbers(1, 1)
    plain = decode(paintbrush(samples, 1, palette=np.zeros((16, 3), np.uint8)))
    assert plain.layout == "1"
    assert np.array_equal(pixels(plain.image)[..., 0], samples[:, 0] * 255)
    assert np.array_equal(pixels(decode(paintbrush(samples, 1)).image), PALETTE[samples[:, 0]])


def test_a_file_without_a_palette_has_the_usual_colours():
    photo = decode(paintbrush(np.full((2, 1, 8), 12, np.uint8), 4, version=3))
    assert pixels(photo.image)[0, 0].tolist() == [255, 85, 85]


def test_eight_bits_are_grey_a_palette_or_a_plane_for_each_colour():
    samples = numbers(8, 1)
    table = np.random.default_rng(2).integers(0, 256, (256, 3)).astype(np.uint8)
    coloured = decode(paintbrush(samples, 8) + b"\x0c" + table.tobytes())
    assert np.array_equal(pixels(coloured.image), table[samples[:, 0]])
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[:, np.newaxis], 3, 1)
    for tail in (b"", b"\x0c" + ramp.tobytes()):
        grey = decode(paintbrush(samples, 8) + tail)
        assert grey.layout == "L"
        assert np.array_equal(pixels(grey.image)[..., 2], samples[:, 0])
    planes = numbers(8, 4)
    photo = decode(paintbrush(planes, 8))
    assert np.array_equal(pixels(photo.image), planes[:, :3].transpose(0, 2, 1))
    assert np.array_equal(pixels(photo.alpha), planes[:, 3])


def test_what_pillow_writes_is_read_as_it_was():
    image = texture(41, 30)
    for layout in ("1", "L", "P", "RGB"):
        photo = decode(save(image.convert(layout), "PCX"))
        assert photo.format == "pcx"
        expected = image.convert(layout).convert("RGB")
        assert np.array_equal(pixels(photo.image), pixels(expected)), layout


def test_broken_rare_and_huge_files_are_refused():
    whole = paintbrush(numbers(8, 3), 8)
    assert refusal_code(decode, whole[: len(whole) // 2]) == "damaged"
    assert refusal_code(decode, whole[:100]) == "damaged"
    assert refusal_code(decode, paintbrush(numbers(8, 3), 8, runs=False)[:-1]) == "damaged"
    assert refusal_code(decode, whole[:65] + b"\2" + whole[66:]) == "no_decoder"
    backwards = whole[:8] + bytes(4) + whole[12:]
    assert refusal_code(decode, backwards) == "damaged"
    huge = whole[:8] + b"\xff\xff\xff\xff" + whole[12:]
    assert refusal_code(decode, huge) == refusal_code(receipt, huge) == "too_large"
