"""What ran when during a start: the processor's time per kind of thread, as a picture.

Threads have names (``/proc/PID/task/TID/stat``), which say who is at work: the page, each worker,
the service worker, V8's compiler. Linux only, like the figures of memory.
"""

import io
import os
import time
from pathlib import Path

from PIL import Image

from tools.bench.machine.memory import INTERVAL, PROC, Watch, process_tree, read
from tools.bench.plot import FAINT, MARGIN, PAPER, SCALE, WIDTH, Pen

WORKERS = ("segmentation worker", "pixel worker", "runtime's threads and others")
"""Workers in the order in which the page starts them."""

PAGE = "CrRendererMain"
KINDS = {
    PAGE: "page",
    "DedicatedWorker": WORKERS[-1],
    "ServiceWorker t": "gate (service worker)",
    "ThreadPoolForeg": "compiler (V8) and thread pool",
}
"""Beginning of a thread's name, at most 15 characters of it are told: what it is called here."""

REST = "browser and network"
ROWS = (KINDS[PAGE], *WORKERS, *list(KINDS.values())[2:], REST)
ROW, LABELS, AXIS = 46, 200, 34
"""Lengths in points, as in :mod:`tools.bench.plot`."""


class Timeline(Watch):
    """Samples the threads of a process tree while the ``with`` block runs.

    ``shares`` has, for each of :data:`ROWS`, the cores that it kept busy until each of the
    moments ``ends``, in seconds since ``began``, the time of the first sample since 1970.
    """

    def __init__(self, root: int, proc: Path = PROC, interval: float = INTERVAL) -> None:
        super().__init__(root, proc, interval)
        self.shares: dict[str, list[float]] = {row: [] for row in ROWS}
        self.ends: list[float] = []
        self.began = 0.0
        self._before = 0.0
        self._spent: dict[str, float] = {}
        self._workers: list[str] = []
        self._renderers: set[int] = set()

    def sample(self) -> dict[str, float]:
        """Return the processor seconds of each kind since the sample before."""
        found = dict.fromkeys(ROWS, 0.0)
        for number in process_tree(self.root, self.proc):
            draws = self.draws(number)
            for thread in sorted((self.proc / str(number) / "task").glob("*"), key=by_number):
                stat = read(thread / "stat")
                if not stat:
                    continue
                name, spent = parse_thread(stat)
                key = f"{number}/{thread.name}"
                if draws and thread.name == str(number):
                    name = PAGE
                found[self.kind(key, name)] += spent - self._spent.get(key, 0.0)
                self._spent[key] = spent
        return found

    def draws(self, process: int) -> bool:
        """Tell whether a process shows pages; its first thread is the page's and has no own name.

        A name is given before the command line says what the process is for, so only "yes" is kept.
        """
        if process not in self._renderers:
            if "--type=renderer" not in read(self.proc / str(process) / "cmdline"):
                return False
            self._renderers.add(process)
        return True

    def kind(self, key: str, name: str) -> str:
        """Return the row of a thread; the first workers to appear are told apart."""
        row = next((row for start, row in KINDS.items() if name.startswith(start)), REST)
        if row != WORKERS[-1]:
            return row
        if key not in self._workers:
            self._workers.append(key)
        return WORKERS[min(self._workers.index(key), len(WORKERS) - 1)]

    def look(self) -> None:
        """Add what was spent since the look before, as a share of the time that went by."""
        found = self.sample()
        now = time.time()
        if self.began:
            for row, seconds in found.items():
                self.shares[row].append(seconds / (now - self._before))
            self.ends.append(now - self.began)
        else:
            self.began = now
        self._before = now


def by_number(path: Path) -> int:
    """Return a thread's number, in whose order threads were started."""
    return int(path.name)


def parse_thread(stat: str) -> tuple[str, float]:
    """Return a thread's name and its processor seconds, of its own and of the system for it.

    From ``/proc/PID/task/TID/stat`` (proc(5), fields 2, 14 and 15).
    """
    before, _, after = stat.rpartition(")")
    fields = after.split()
    ticks = int(fields[11]) + int(fields[12])
    return before.partition("(")[2], ticks / os.sysconf("SC_CLK_TCK")


def browser_of(profile: Path, proc: Path = PROC) -> int:
    """Return the main process of the browser that runs on a profile's folder.

    Raises ``ProcessLookupError`` when there is none.
    """
    for entry in proc.iterdir():
        if entry.name.isdecimal():
            words = read(entry / "cmdline").split("\0")
            named = f"--user-data-dir={profile}" in words
            if named and not any(word.startswith("--type=") for word in words):
                return int(entry.name)
    raise ProcessLookupError(f"no browser runs on {profile}")


def picture_of(shares: dict[str, list[float]], ends: list[float], marks: dict[str, float]) -> bytes:
    """Return a PNG file: a row for each kind of thread, the height of a bar is the cores in use.

    ``shares`` and ``ends`` as in :class:`Timeline`; ``marks`` are named moments, in seconds since
    the first sample.
    """
    end = max(*ends, *marks.values(), 1.0)
    height = MARGIN + AXIS + ROW * len(shares) + AXIS
    image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), PAPER)
    pen = Pen(image)
    room = WIDTH - LABELS - 2 * MARGIN
    left = MARGIN + LABELS
    most = max(1.0, max(max(values, default=0) for values in shares.values()))
    bottom = MARGIN + AXIS
    for row, values in shares.items():
        bottom += ROW
        pen.text(left - 8, bottom - ROW / 3, row, "rm")
        for begin, until, value in zip([0.0, *ends], ends, values, strict=False):
            x = left + room * begin / end
            size = (ROW - 8) * value / most
            corners = ((x * SCALE, (bottom - size) * SCALE),
                       ((left + room * until / end) * SCALE - 1, bottom * SCALE))  # fmt: skip
            if size >= 1:
                pen.draw.rectangle(corners, "#d9692b")
    for tick in range(int(end) + 1):
        x = left + room * tick / end
        pen.draw.line(((x * SCALE, bottom * SCALE), (x * SCALE, (bottom + 6) * SCALE)), FAINT)
        if tick % 2 == 0:
            pen.text(x, bottom + 10, f"{tick} s", "ma")
    for number, (name, second) in enumerate(sorted(marks.items(), key=lambda mark: mark[1])):
        x = left + room * second / end
        pen.draw.line(((x * SCALE, MARGIN * SCALE), (x * SCALE, bottom * SCALE)), FAINT, SCALE)
        pen.text(x + 3, MARGIN - 12 + 14 * (number % 3), name, "la" if second < end / 2 else "ra")
    stream = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()
