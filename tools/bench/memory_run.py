"""The benchmark's memory part: a browser of its own for each subject, watched from outside.

Driven by ``tools/bench/memory.mjs``, which says why Playwright is not used here.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tools.bench.figures import BASELINE, PEER, Reading
from tools.bench.machine.memory import MemorySampler
from tools.bench.pages import PHOTO_PATIENCE, Subjects, title
from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.node import node_modules

if TYPE_CHECKING:
    from rich.console import Console

    from tools.bench.phases import Plan

SCRIPT = ROOT / "tools" / "bench" / "memory.mjs"
EMPTY_SECONDS = 3
"""How long the browser with an empty page is watched."""


def memory_peaks(plan: "Plan", subjects: Subjects, console: "Console") -> Iterator[Reading]:
    """Measure what a browser takes for nothing, for the peer and for each of Homecut's qualities.

    From the smallest size to the largest in one page, so each figure is the peak since the
    browser's start. Apart from the timed parts, because taking samples costs time.
    """
    for peak in peaks(console, "Chromium alone", emptySeconds=EMPTY_SECONDS, photos=[]):
        yield Reading("peak_memory", BASELINE, None, peak)
    sizes = sorted(plan.photos)
    photos = [str(plan.photo(megapixels, 0)) for megapixels in sizes]
    for subject in plan.subjects:
        quality = None if subject in (PEER, plan.default) else subject
        url = subjects.server_of(subject).url + "/"
        found = peaks(console, title(subject), url=url, quality=quality, photos=photos)
        for megapixels, peak in zip(sizes, found, strict=True):
            yield Reading("peak_memory", subject, megapixels, peak)


def peaks(console: "Console", what: str, **settings: Any) -> Iterator[float]:
    """Yield the peak memory in megabytes after each photo, or after all if there is none.

    Raises :class:`Complaint` when the browser or its page fails.
    """
    with tempfile.TemporaryDirectory(prefix="homecut-bench-profile-") as profile:
        settings |= {
            "nodeModules": str(node_modules(ROOT, console, development=True)),
            "chromium": str(ensure_chromium(console)),
            "flags": [flag for flag in CHROMIUM_FLAGS if flag != "--headless"],
            "profile": profile,
            "patience": PHOTO_PATIENCE,
        }
        command = ["node", str(SCRIPT), json.dumps(settings)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as script:
            assert script.stdout is not None
            assert script.stderr is not None
            started = script.stdout.readline()
            if started:
                with MemorySampler(json.loads(started)["process"]) as sampler:
                    for line in script.stdout:
                        step = json.loads(line)
                        if "photo" in step or not settings["photos"]:
                            yield sampler.peak / 1e6
            reason = script.stderr.read().strip()
        if script.returncode:
            last = reason.splitlines()[0] if reason else "no reason given"
            raise Complaint(
                f"The memory of {what} could not be measured ({last}). Close other programs and "
                "run it again, or leave it out with --only."
            )
