"""The whole of ``ui.work`` as the page builds it, with fakes around it."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from common.errors import Refusal
from tests.ui.work.fakes import (
    Buffer,
    FakeActor,
    FakeBitmaps,
    FakeBlob,
    FakeBlobs,
    FakeClock,
    FakeCodecWorker,
    settle,
)
from ui.state.cancel_scope import CancelScope
from ui.state.device import Device
from ui.state.items import Item
from ui.state.queue import Queue
from ui.work.assembly import Work
from ui.work.engine import Engine
from ui.work.powers import Powers


def refused(*_: Any) -> Any:
    """Answer as a worker without a small network."""
    raise Refusal("model_unavailable")


def with_small_network(house: "House") -> None:
    """Let the segmentation worker have a small network, too."""
    load = house.network.answers["load"]
    house.network.answers["load"] = lambda *given: ({**load(*given)[0], "second": "light"}, None)
    house.network.answers["look"] = lambda pixels, side: ({}, Buffer(f"look {side} of {pixels}"))
    house.pixels.answers["accept_opinion"] = lambda *_: ({}, None)


def network_answers() -> dict[str, Callable[..., Any]]:
    """Return what a healthy segmentation worker on the processor answers."""
    report = {
        "rung": "threads",
        "reason": "",
        "scaling": {"mean": [0, 0, 0], "divisor": [1, 1, 1]},
        "fetch_seconds": 1,
        "session_seconds": 1,
        "bytes": 10,
        "fetched": 10,
        "stored": True,
        "second": "",
    }
    return {
        "load": lambda *_: (dict(report), None),
        "run": lambda _tensor, side: ({"seconds": 1}, Buffer(f"mask {side}")),
        "look": refused,
        "forget": lambda: ({}, None),
        "stored": lambda _url: ({"bytes": 10}, None),
    }


def pixel_answers(house: "House") -> dict[str, Callable[..., Any]]:
    """Return what a healthy pixel worker answers about photos of 400 x 300 pixels."""
    small = {"width": 400, "height": 300, "framed": False, "exact": True}
    around = {"frame": [0, 0, 1, 1], "ground": [-0.1, -0.1, 1.1, 1.1]}
    facts = {"width": 400, "height": 300, "notices": [], "format": "JPEG", "known": False}
    files = {"types": ["image/png"], "sizes": [700], **facts, "raw": False}

    def render(_photo: Any, _matte: Any, settings: str, *_rest: Any) -> Any:
        """Return pixels for the codecs, or a finished file of Pillow's."""
        house.rendered.append(settings)
        codec = house.codec_of(settings)
        if codec is None:
            return dict(files), Buffer("files", ["file"])
        return {**facts, "raw": True, "codec": codec}, Buffer("pixels")

    return {
        "open_photo": lambda *_: ({**facts, "known": house.known}, None),
        "look_at_known": lambda *_: ({}, None),
        "open_pixels": lambda _key, _pixels, _width, _height, notices, _raw: (
            {**facts, "notices": json.loads(notices)},
            Buffer("png"),
        ),
        "network_input": lambda _key, side, *_: ({}, Buffer(f"tensor {side}")),
        "accept_mask": lambda *_: ({"doubt": house.doubt}, None),
        "give_matte": lambda *_: ({}, None),
        "accept_closer_look": lambda *_: ({"doubt": 0.0}, None),
        "where_it_is": lambda _key: ({"box": [0.2, 0.2, 0.8, 0.9]}, None),
        "what_is_found": lambda _key: ({"found": house.found, "doubt": house.doubt}, None),
        "picture": lambda _key, side, matte: (small, f"picture {side} {matte}"),
        "thumbnail": lambda blob, side, _limit: (small, f"{side} of {blob.content}"),
        "matte": lambda _key: ({"side": 4}, Buffer("matte")),
        "finish": lambda *_: (
            {"types": ["image/png", ""], "sizes": [900, 16]},
            Buffer("files", ["cutout", "matte"]),
        ),
        "desk_take": lambda _key: ({}, None),
        "desk_open": lambda *_: ({}, None),
        "desk_render": lambda *_: ({**small, **around}, "desk"),
        "close_photo": lambda _key: ({}, None),
        "receipt": lambda *_given: ({"entries": [], "frames": 1, **facts}, None),
        "render_file": render,
        "export": lambda *_: (dict(files), Buffer("files", ["exported"])),
        "with_metadata": lambda *_: ({}, Buffer("with metadata")),
        "drawing": lambda _blob, width, height: ({}, Buffer(f"svg {width} x {height}")),
        "document": lambda joined, sizes: ({}, Buffer(f"document of {sizes}")),
        "similarity": lambda *_: ({"ssim": 0.97}, None),
    }


class House(Work):
    """The whole of ``ui.work``, built as the page builds it, with fakes around it."""

    def __init__(self, device: Device | None = None, tab: str = "cutout") -> None:
        self.device = device or Device(cores=4, memory_gib=8, isolated=True, shares_memory=True)
        self.doubt = 0.0
        self.found = "some"
        self.known = False
        self.rendered: list[str] = []
        self.encodings: list[tuple[Any, ...]] = []
        self.codecs_held = False
        self.workers: list[FakeCodecWorker] = []
        self.reports: list[Any] = []
        self.said: list[str] = []
        self.encoded: Callable[[str, Any, str], int] = lambda *_: 500
        self.codec_of: Callable[[str], str | None] = lambda _settings: "mozjpeg"
        self.clock = FakeClock()
        self.blobs = FakeBlobs()
        self.bitmaps = FakeBitmaps()
        self.network = FakeActor(network_answers())
        powers = Powers(self.clock, self.blobs, self.bitmaps, self.reports.append)
        self.queue = Queue()
        self.queue.recipe.tab = tab
        super().__init__(
            self.queue,
            Engine(
                self.network,
                self.device,
                lambda _heard: SimpleNamespace(name="channel", close=int),
                "base/",
            ),
            FakeActor(pixel_answers(self)),
            self._worker,
            self.device,
            powers,
        )
        self.history: list[tuple[str, str]] = []
        """Name and state of each change, in order."""
        self.queue.state_changed.connect(lambda item: self.history.append((item.name, item.state)))
        self.studio.said.connect(self.said.append)

    def _worker(self) -> FakeCodecWorker:
        self.workers.append(FakeCodecWorker(self))
        return self.workers[-1]

    def add(self, *names: str, shown: bool = False) -> list[Item]:
        """Put photos into the queue; the last one comes on the stage when ``shown``."""
        made = [self.queue.add(name, 1000, FakeBlob(name, "image/jpeg", 1000)) for name in names]
        if shown:
            self.queue.show(made[-1])
        return made

    def states(self, item: Item) -> list[str]:
        """Return the states that an item went through."""
        return [state for name, state in self.history if name == item.name]


def scope() -> CancelScope:
    """Return a run that nobody cancels."""
    return CancelScope("1.1")


def sides(house: House) -> list[int]:
    """Return the sides of the passes that the network was asked for."""
    return [side for _, side in house.network.asked("run")]


async def held_in_the_network(house: House, *names: str, shown: bool = False) -> list[Item]:
    """Begin to work; return photos of which the first is in the network until it is let go."""
    house.start()
    house.network.held.add("run")
    photos = house.add(*names, shown=shown)
    await settle()
    return photos
