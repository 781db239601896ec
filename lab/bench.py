"""One photo on its way through the lab, and the form of a stage."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from lab.contracts import Reading


@dataclass
class Bench:
    """One photo on its way: each stage adds what the next ones need.

    Attributes:
        data: the file's bytes.
        side: of the network's input in pixels.
        mean, divisor: of the network's input, one number per channel.
        raw: the network's answers by the side of its input, float32 (side, side); that at
            ``side`` is the one which the later stages use.
        values: what the stages have computed, by name.
    """

    data: bytes = b""
    side: int = 704
    mean: tuple[float, ...] = (128.0, 128.0, 128.0)
    divisor: tuple[float, ...] = (256.0, 256.0, 256.0)
    raw: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Outcome:
    """What a stage shows: ``numbers`` (label, text), ``pictures`` (title, RGBA), ``readings``.

    ``marked`` maps a label to how many of its text's first characters are marked; ``notice`` is a
    sentence that the user should not miss.
    """

    numbers: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, npt.NDArray[np.uint8]]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    seconds: float = 0.0
    marked: dict[str, int] = field(default_factory=dict)
    notice: str = ""


@dataclass(frozen=True)
class Stage:
    """One step. ``functions`` are dotted names whose source is shown; ``waits`` for the network."""

    key: str
    title: str
    words: str
    functions: tuple[str, ...]
    work: Callable[[Bench], Outcome]
    waits: bool = False

    def run(self, bench: Bench) -> Outcome:
        """Compute the stage and time it; whatever the code raises passes through."""
        started = time.perf_counter()
        outcome = self.work(bench)
        outcome.seconds = time.perf_counter() - started
        return outcome
