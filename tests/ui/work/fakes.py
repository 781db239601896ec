"""Fake workers, a fake clock and fake Blobs, so that work runs without a browser."""

import asyncio
import heapq
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from common.errors import Refusal
from ui.look.head_start import HeadStart

TURNS = 200
"""So many turns of the loop let everything happen that waits for nothing but its turn."""


async def settle() -> None:
    """Let everything happen that does not wait for the clock or for a held call."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = 100.0
        self._count = 0
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def seconds(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        woken = asyncio.Event()
        heapq.heappush(self._sleepers, (self.time + seconds, self._count, woken))
        await woken.wait()

    async def pass_by(self, seconds: float) -> None:
        """Move on, waking sleepers at their times, one after the other."""
        end = self.time + seconds
        await settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            self.time, _, woken = heapq.heappop(self._sleepers)
            woken.set()
            await settle()
        self.time = end


PHOTO_HEAD = b"\xff\xd8\xff\xc0\0\x11\x08" + bytes((300 // 256, 300 % 256, 400 // 256, 400 % 256))
PHOTO_HEAD += bytes(60)
"""How a JPEG file of 400 x 300 pixels begins."""


class FakeBlob:
    """What the page knows of a Blob: size, media type, and here what it was made of."""

    def __init__(self, content: Any, kind: str = "", size: int | None = None) -> None:
        self.content = content
        self.type = kind
        self.size = len(str(content)) if size is None else size
        self.lastModified = 1


class FakeBlobs:
    """Stands in for :mod:`ui.browser.blobs`."""

    def make(self, kind: str, *parts: Any) -> FakeBlob:
        return FakeBlob(parts[0], kind, getattr(parts[0], "size", None))

    def split(self, kinds: list[str], sizes: list[int], joined: Any) -> list[FakeBlob]:
        parts = zip(kinds, sizes, joined.parts, strict=True)
        return [FakeBlob(part, kind, size) for kind, size, part in parts]

    async def content(self, blob: FakeBlob) -> Any:
        return blob.content

    async def head(self, blob: FakeBlob, count: int) -> bytes:
        return bytes(getattr(blob, "head", PHOTO_HEAD)[:count])

    async def part(self, blob: FakeBlob, start: int, end: int) -> bytes:
        return bytes(getattr(blob, "head", PHOTO_HEAD)[start:end])

    def view(self, buffer: Any) -> Any:
        return buffer

    def buffer_of(self, content: Any, _keep: bool) -> Any:
        return content


class FakeImage:
    """An ImageData (or an ImageBitmap, which can be closed) with a name."""

    def __init__(self, name: str, width: int = 30, height: int = 20) -> None:
        self.name, self.width, self.height = name, width, height
        self.closed = False


class FakeBitmaps:
    """Stands in for :mod:`ui.browser.bitmaps`."""

    def __init__(self) -> None:
        self.unreadable: set[int] = set()
        self.truthful = True
        self.width, self.height = 30, 20
        """Size of what is decoded, in pixels."""

    async def decoded(self, blob: FakeBlob | FakeImage, **_options: Any) -> FakeImage | None:
        name = blob.name if isinstance(blob, FakeImage) else blob.content
        if id(blob) in self.unreadable:
            return None
        return FakeImage(f"bitmap of {name}", self.width, self.height)

    async def drawn(self, blob: FakeBlob, width: int, height: int) -> FakeImage | None:
        return None if id(blob) in self.unreadable else FakeImage("drawing", width, height)

    def image_data(self, width: int, height: int, pixels: Any) -> FakeImage:
        return FakeImage(str(pixels), width, height)

    def pixels_of(self, bitmap: FakeImage, _backdrop: str = "") -> "Buffer":
        return Buffer(f"pixels of {bitmap.name}")

    def reads_back(self) -> bool:
        return self.truthful

    def cut_out(self, bitmap: FakeImage, mask: Any, _side: int) -> FakeImage:
        return FakeImage(f"{bitmap.name} cut by {mask}", bitmap.width, bitmap.height)

    def is_held(self, image: FakeImage | None) -> bool:
        return image is not None and image.name.startswith("bitmap")

    def close(self, image: FakeImage | None) -> None:
        if image is not None and self.is_held(image):
            image.closed = True

    def let_go(self, image: FakeImage | None) -> None:
        if image is not None:
            image.closed = True


class Buffer:
    """A tensor, a mask or files in a row, on their way between workers."""

    def __init__(self, name: str, parts: list[Any] | None = None, size: int = 8) -> None:
        self.name, self.parts, self.size = name, parts or [], size
        self.buffer = SimpleNamespace()

    def __repr__(self) -> str:
        return self.name


class FakeActor:
    """A worker: ``answers[function](*arguments)`` gives its (values, data).

    A function named in ``held`` answers only after :meth:`let_go`; ``kill`` and ``hang`` end its
    calls as :mod:`ui.browser.worker_link` does.
    """

    def __init__(self, answers: dict[str, Callable[..., Any]]) -> None:
        self.answers = answers
        self.calls: list[tuple[Any, ...]] = []
        self.held: set[str] = set()
        self.dead = self.hung = False
        self.is_up = True
        self.head_start = HeadStart(self._may_begin)
        self.may_begin = False
        self.generation = 1
        self.under_way = 0
        self._waiting: list[tuple[str, asyncio.Future[str]]] = []
        self._callers: list[tuple[Any, int]] = []

    @property
    def begun(self) -> int:
        return len(self.calls)

    def _may_begin(self) -> None:
        self.may_begin = True

    async def ready(self) -> None:
        """It is up at once."""
        self.head_start.wanted()

    def serving(self, task: Any) -> int:
        first = self._callers[:1]
        return first[0][1] if first and first[0][0] is task else 0

    async def call(self, function: str, *arguments: Any, patience: float = 120) -> Any:
        self.calls.append((function, *arguments))
        if function in self.held:
            gate: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            self._waiting.append((function, gate))
            self.under_way += 1
            caller = (asyncio.current_task(), self.begun)
            self._callers.append(caller)
            code = await gate
            self._callers.remove(caller)
            self.under_way -= 1
            if code:
                raise Refusal(code)
        return self.answers[function](*arguments)

    def let_go(self, function: str) -> None:
        """Let the held calls of a function answer, and those to come at once."""
        self.held.discard(function)
        self._end("", function)

    def kill(self) -> None:
        """Let the worker die under its calls."""
        self.dead = True
        self._end("worker_died")

    def hang(self) -> None:
        """Let patience with its calls end."""
        self.hung = True
        self._end("timed_out")

    def replace(self) -> None:
        self._end("worker_died")
        self.dead = self.hung = False
        self.generation += 1

    def _end(self, code: str, function: str = "") -> None:
        for name, gate in self._waiting:
            if not gate.done() and function in ("", name):
                gate.set_result(code)
        self._waiting = [(name, gate) for name, gate in self._waiting if not gate.done()]

    def count(self, function: str) -> int:
        return len([call for call in self.calls if call[0] == function])

    def asked(self, function: str) -> list[tuple[Any, ...]]:
        """Return the arguments of every call of a function."""
        return [call[1:] for call in self.calls if call[0] == function]


class FakeCodecWorker:
    """One worker of the codec pool; its files have the sizes that ``House.encoded`` says."""

    def __init__(self, house: Any) -> None:
        self.house = house
        self.broken = self.busy = False
        self.uses = 0
        self.knows: dict[str, bool] = {}
        self.gate: asyncio.Future[str] | None = None

    async def run(
        self, codec: str, verb: str, size: Any, options: str, content: Any, *_rest: Any
    ) -> Any:
        self.house.encodings.append((codec, verb, size, options, content))
        if self.house.codecs_held:
            self.gate = asyncio.get_running_loop().create_future()
            if code := await self.gate:
                self.broken = True
                raise Refusal(code)
        made = Buffer("encoded", size=self.house.encoded(codec, size, options))
        return SimpleNamespace(buffer=made, width=30, height=20)

    def end(self, reason: str = "worker_died") -> None:
        self.broken = True
        self.answer(reason)

    def answer(self, code: str = "") -> None:
        if self.gate is not None and not self.gate.done():
            self.gate.set_result(code)
