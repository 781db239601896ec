"""Textures of games (.dds): the first and largest picture of the file, side or layer.

Pillow unpacks the blocks; bare pixels are read by their masks here, as those of bitmaps are,
because Pillow takes seconds for a megapixel of them, and the kinds with floating point, with signs
and for other tools than viewers are refused by their name.

Source: Microsoft, Programming Guide for DDS (DDS_HEADER, DDS_HEADER_DXT10, DXGI_FORMAT).
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal
from core.bare.bitmaps import field
from core.readers.depth import make_straight

MARK = b"DDS "
HEAD, LONG_HEAD = 128, 148

ALPHA, ONLY_ALPHA, NAMED, INDEXED, COLOURS, GREY = 1, 2, 4, 0x20, 0x40, 0x20000
"""Flags of the form of pixels."""

BLOCKS = {
    b"DXT1": "BC1", b"DXT2": "BC2", b"DXT3": "BC2", b"DXT4": "BC3", b"DXT5": "BC3",
    b"ATI1": "BC4", b"BC4U": "BC4", b"ATI2": "BC5", b"BC5U": "BC5",
}  # fmt: skip
"""Packings by blocks of 4 x 4 pixels, by their four letters."""

MULTIPLIED = (b"DXT2", b"DXT4")
"""Those whose colours are multiplied by alpha."""

NUMBERED_BLOCKS = {
    **dict.fromkeys((70, 71, 72), "BC1"), **dict.fromkeys((73, 74, 75), "BC2"),
    **dict.fromkeys((76, 77, 78), "BC3"), **dict.fromkeys((79, 80), "BC4"),
    **dict.fromkeys((82, 83), "BC5"), **dict.fromkeys((97, 98, 99), "BC7"),
}  # fmt: skip
"""The same by their number in newer files."""

PACKED = {"BC1": (1, "RGBA"), "BC2": (2, "RGBA"), "BC3": (3, "RGBA"), "BC4": (4, "L"),
          "BC5": (5, "RGB"), "BC7": (7, "RGBA")}  # fmt: skip
"""Number of Pillow's decoder, and the layout that comes out of it."""

HALF_BLOCKS = ("BC1", "BC4")
"""Those whose blocks have eight bytes, not sixteen."""

CUBE, SIDES, VOLUME, NUMBERED_CUBE = 0x200, 0xFC00, 0x200000, 4
"""Flags of files with several pictures."""

MOST_LEVELS = 32

BYTES = (0xFF, 0xFF00, 0xFF0000, 0xFF000000)
SWAPPED = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)

NUMBERED = {
    **dict.fromkeys((27, 28, 29), (32, BYTES)), **dict.fromkeys((87, 90, 91), (32, SWAPPED)),
    **dict.fromkeys((88, 92, 93), (32, SWAPPED[:3])), 61: (8, (0xFF,)), 65: (8, (0, 0, 0, 0xFF)),
    85: (16, (0xF800, 0x7E0, 0x1F)), 86: (16, (0x7C00, 0x3E0, 0x1F, 0x8000)),
    115: (16, (0xF00, 0xF0, 0xF, 0xF000)),
}  # fmt: skip
"""Bits of a pixel and masks of red, green, blue, alpha by the number in newer files; a single mask
is grey's."""

Samples = npt.NDArray[Any]


class Texture:
    """The head of a texture's file; ``size`` in pixels.

    Raises :class:`Refusal` ``damaged`` for a head that says nothing sensible, ``no_decoder`` for
    a form of pixels that is not read here.
    """

    is_wide = False

    def __init__(self, data: bytes) -> None:
        numbers = np.frombuffer(data[: HEAD - HEAD % 4].ljust(HEAD, b"\0"), "<u4").tolist()
        self.size = numbers[4], numbers[3]
        if len(data) < HEAD or numbers[1] != HEAD - 4 or min(self.size) < 1:
            raise Refusal("damaged")
        self._start, self._packing, self._multiplied = HEAD, "", False
        self._bits, self._palette = 0, b""
        self._levels, self._layers = max(1, min(numbers[7], MOST_LEVELS)), 1
        self._faces = max(1, (numbers[28] & SIDES).bit_count() if numbers[28] & CUBE else 1)
        self._depth = numbers[6] if numbers[28] & VOLUME else 1
        self._masks: tuple[int, ...] = ()
        flags, letters = numbers[20], data[84:88]
        if flags & NAMED:
            self._named(letters, data)
        elif flags & INDEXED:
            self._palette, self._start = data[HEAD : HEAD + 1024], HEAD + 1024
            if len(self._palette) < 1024:
                raise Refusal("damaged")
        else:
            self._masked(flags, numbers[22], tuple(numbers[23:27]))

    def _named(self, letters: bytes, data: bytes) -> None:
        """Take in a form of pixels that has a name or, in newer files, a number."""
        if letters == b"DX10":
            number = int.from_bytes(data[HEAD : HEAD + 4], "little")
            self._start = LONG_HEAD
            self._packing = NUMBERED_BLOCKS.get(number, "")
            self._layers = max(1, int.from_bytes(data[HEAD + 12 : HEAD + 16], "little"))
            self._faces = 6 if data[HEAD + 8] & NUMBERED_CUBE else 1
            self._bits, self._masks = NUMBERED.get(number, (0, ()))
            if not self._packing and not self._bits:
                raise Refusal("no_decoder", format=f"DDS (DXGI {number})")
            return
        if letters not in BLOCKS:
            name = letters.decode("ascii", "replace") if letters.isalnum() else letters[0]
            raise Refusal("no_decoder", format=f"DDS ({name})")
        self._packing, self._multiplied = BLOCKS[letters], letters in MULTIPLIED

    def _masked(self, flags: int, bits: int, masks: tuple[int, ...]) -> None:
        """Take in a form of pixels that masks tell."""
        if flags & COLOURS:
            used = masks if flags & ALPHA else masks[:3]
        elif flags & GREY:
            # Some writers name masks that lie outside of the pixel.
            used = (masks[0], masks[3]) if flags & ALPHA else (2**bits - 1,)
        elif flags & ONLY_ALPHA:
            used = (0, 0, 0, masks[3])
        else:
            raise Refusal("no_decoder", format="DDS")
        if bits not in (8, 16, 24, 32) or not any(used):
            raise Refusal("damaged")
        self._bits, self._masks = bits, used

    @property
    def mode(self) -> str:
        """Pillow's name of the layout; a palette becomes RGBA."""
        if self._packing:
            return PACKED[self._packing][1]
        if self._palette:
            return "RGBA"
        return {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[len(self._masks)]

    def image_of(self, data: bytes) -> Image.Image:
        """Return the picture; raises :class:`Refusal` ``damaged`` if it breaks off."""
        if self._packing:
            number, mode = PACKED[self._packing]
            content = data[self._start :]
            image = Image.frombytes(mode, self.size, content, "bcn", number, self._packing)
            if not self._multiplied:
                return image
            levels = np.array(image)
            make_straight(levels)
            return Image.fromarray(levels)
        values = self._values(data)
        if self._palette:
            table = np.frombuffer(self._palette, np.uint8).reshape(256, 4)
            return Image.fromarray(table[values])
        channels = [field(values, mask) for mask in self._masks]
        if len(channels) == 1:
            return Image.fromarray(channels[0])
        return Image.fromarray(np.stack(channels, axis=-1))

    @property
    def end(self) -> int:
        """Where the last picture ends: of smaller ones, sides, layers and slices."""
        whole = 0
        for level in range(self._levels):
            width, height, depth = (
                max(1, side >> level) for side in (*self.size, max(1, self._depth))
            )
            if self._packing:
                block = 8 if self._packing in HALF_BLOCKS else 16
                whole += -(-width // 4) * -(-height // 4) * block * depth
            else:
                whole += width * height * (self._bits or 8) // 8 * depth
        return self._start + whole * self._faces * self._layers

    def _values(self, data: bytes) -> Samples:
        """Return the bare pixels as numbers, (height, width)."""
        width, height = self.size
        step = (self._bits or 8) // 8
        count = width * height * step
        if len(data) - self._start < count:
            raise Refusal("damaged")
        content = np.frombuffer(data, np.uint8, count, self._start).reshape(height, width, step)
        if step != 3:
            return content.view(f"<u{step}")[..., 0]
        whole = np.zeros((height, width), np.uint32)
        for place in range(3):
            whole |= content[..., place].astype(np.uint32) << np.uint32(8 * place)
        return whole
