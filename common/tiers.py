"""What a device can carry, and what one photo will take, both known before a pixel is decoded.

A tier bounds the network's input and how many decoded photos lie in memory together. Devices
begin at the tier that fits them; a photo whose worker broke runs once more, one tier lower.
"""

from common.limits import BYTES_PER_PIXEL

TIERS = {
    "desktop": {"side": 1024, "copies": 2},
    "phone": {"side": 768, "copies": 1},
    "single-thread": {"side": 768, "copies": 1},
    "spare": {"side": 512, "copies": 1},
}
"""By name: the largest input of the network in pixels, and photos in memory at once.

Phones and browsers with one thread keep the default input, for a smaller one finds less (the
figures stand in ``docs/PERFORMANCE.md``); they do without the larger ones and without the mean of
two. ``spare`` is only for photos that broke a worker.
"""

BELOW = {"desktop": "phone", "phone": "spare", "single-thread": "spare", "spare": "spare"}

PHONE_MEMORY_GIB = 4
"""Devices with so much memory or less count as phones."""

NETWORK_BYTES = 800_000_000
"""What the page takes at its peak beside the photo and the network's input, in bytes.

Measured over all processes of Chromium, less what it takes with an empty page (360 MB): 1288 MB
after a pass at 512, 1437 MB after one at 768.
"""

NETWORK_BYTES_PER_PIXEL = 450
"""What each pixel of the network's input adds, by the same two figures."""

SHARE_OF_ALL_MEMORY = 0.4
"""Part of the device's memory that a cutout may take in all."""

LARGE_WORKER_BYTES = 500_000_000
"""What a pixel worker may keep while nobody needs it, estimated as :mod:`common.limits` does: a
picture of 25 megapixels. WebAssembly never gives memory back."""

LARGE_ON_PHONE = 200_000_000
"""The same on devices that count as phones: ten megapixels."""


def tier_of(memory_gib: float | None, threads: int, is_mobile: bool) -> str:
    """Return the name of a device's tier.

    ``memory_gib`` is ``navigator.deviceMemory`` or ``None`` where the browser does not tell,
    ``threads`` the number that the network gets, ``is_mobile`` what the browser says of itself.
    """
    if threads <= 1:
        return "single-thread"
    if is_mobile or (memory_gib and memory_gib <= PHONE_MEMORY_GIB):
        return "phone"
    return "desktop"


def within(passes: tuple[int, ...], tier: str) -> tuple[int, ...]:
    """Return the passes that a tier runs instead: those that fit, or one of its largest side."""
    side = int(TIERS[tier]["side"])
    return tuple([value for value in passes if value <= side]) or (side,)


def lowered(passes: tuple[int, ...], tier: str) -> tuple[int, ...]:
    """Return passes that take less memory than those of ``tier``, for a photo that broke it.

    Where the next lower tier would run the same ones, the one below it decides.
    """
    lower = BELOW[tier]
    fewer = within(passes, lower)
    return within(passes, "spare") if fewer == passes else fewer


def estimated_bytes(width: int, height: int, passes: tuple[int, ...]) -> int:
    """Return the peak memory of a cutout in bytes, from the header's size and the passes' sides."""
    photo = width * height * BYTES_PER_PIXEL
    return photo + NETWORK_BYTES + NETWORK_BYTES_PER_PIXEL * max(passes) ** 2


def fitting(
    passes: tuple[int, ...], tier: str, width: int, height: int, memory_gib: float | None
) -> tuple[int, ...]:
    """Return the passes that fit into the device's memory together with a photo of that size.

    ``memory_gib`` as in :func:`tier_of`; a device that does not tell is taken to have enough.
    """
    passes = within(passes, tier)
    budget = (memory_gib or 64) * 1024**3 * SHARE_OF_ALL_MEMORY
    while estimated_bytes(width, height, passes) > budget and lowered(passes, tier) != passes:
        passes = lowered(passes, tier)
    return passes


def has_grown_large(pixels: int, memory_gib: float | None) -> bool:
    """Tell whether a pixel worker that has had a picture of so many pixels is to be ended if idle.

    ``memory_gib`` as in :func:`tier_of`.
    """
    is_small = memory_gib is not None and memory_gib <= PHONE_MEMORY_GIB
    return pixels * BYTES_PER_PIXEL > (LARGE_ON_PHONE if is_small else LARGE_WORKER_BYTES)
