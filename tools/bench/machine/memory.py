"""Memory of a whole browser: the proportional set size of all its processes, sampled.

A browser is a dozen processes that share much of their memory. The kernel's proportional set size
(PSS) counts a page that n processes share as an n-th for each, so the sum is what the machine
spends. Linux only; elsewhere there is no such figure.
"""

import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROC = Path("/proc")
INTERVAL = 0.1
"""Seconds between samples; a shorter peak may be missed."""


def is_available(proc: Path = PROC) -> bool:
    """Tell whether this system tells the proportional set size."""
    return (proc / "self" / "smaps_rollup").exists()


def browser_process(browser: "Browser") -> int:
    """Return the process number of a running Chromium's main process."""
    session = browser.new_browser_cdp_session()
    try:
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    finally:
        session.detach()
    return next(int(process["id"]) for process in processes if process["type"] == "browser")


def parse_pss(rollup: str) -> int:
    """Return the bytes of the ``Pss`` line of a ``smaps_rollup`` file; 0 when it has none."""
    for line in rollup.splitlines():
        name, _, value = line.partition(":")
        if name == "Pss":
            return int(value.split()[0]) * 1024
    return 0


def parse_parent(stat: str) -> int:
    """Return the parent's process number from a ``/proc/PID/stat`` file (proc(5), field 4).

    The second field is the program's name in parentheses, which may hold anything.
    """
    return int(stat.rpartition(")")[2].split()[1])


def process_tree(root: int, proc: Path = PROC) -> set[int]:
    """Return the process ``root`` and all its descendants, as far as they are alive."""
    children: dict[int, list[int]] = {}
    for entry in proc.iterdir():
        if entry.name.isdecimal() and (stat := read(entry / "stat")):
            children.setdefault(parse_parent(stat), []).append(int(entry.name))
    tree, waiting = set(), [root]
    while waiting:
        number = waiting.pop()
        tree.add(number)
        waiting += children.get(number, [])
    return tree


def tree_pss(root: int, proc: Path = PROC) -> int:
    """Return the bytes that a process and its descendants take."""
    numbers = process_tree(root, proc)
    return sum(parse_pss(read(proc / str(number) / "smaps_rollup")) for number in numbers)


def read(file: Path) -> str:
    """Return a file of /proc, empty when the process has just ended."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


class Watch:
    """Looks at a process tree again and again, in a thread, while the ``with`` block runs."""

    def __init__(self, root: int, proc: Path = PROC, interval: float = INTERVAL) -> None:
        self.root = root
        self.proc = proc
        self.interval = interval
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)
        self._failure: BaseException | None = None

    def look(self) -> None:
        """Take a sample; raises ``OSError`` when the system does not tell."""
        raise NotImplementedError

    def _watch(self) -> None:
        try:
            self.look()
            while not self._ended.wait(self.interval):
                self.look()
        except OSError as error:
            self._failure = error

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop; raises what kept the samples from being taken."""
        self._ended.set()
        self._thread.join()
        if self._failure and error is None:
            raise self._failure


class MemorySampler(Watch):
    """Watches what a process tree takes; :attr:`peak` in bytes."""

    def __init__(self, root: int, proc: Path = PROC, interval: float = INTERVAL) -> None:
        super().__init__(root, proc, interval)
        self.peak = 0
        self.samples = 0

    def look(self) -> None:
        """Keep the most that was taken so far."""
        self.peak = max(self.peak, tree_pss(self.root, self.proc))
        self.samples += 1
