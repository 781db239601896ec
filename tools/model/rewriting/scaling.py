"""How a network wants its input scaled, as ``models/models.json`` says it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scaling:
    """What a network wants of a channel's value 0..255: ``(value - mean) / divisor``.

    ``mean`` and ``divisor`` are one number per channel, red first. With ``largest`` the value is
    first divided by the largest one of the whole picture.
    """

    mean: tuple[float, ...]
    divisor: tuple[float, ...]
    largest: bool = False
