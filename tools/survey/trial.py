"""Leads one file through what the pixel worker does with it, in a process of its own.

A process per file, so that a crash is seen as one, and so that memory is that of this file alone.
"""

import json
import os
import resource
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.edits.edit import checked
from common.errors import Refusal
from common.formats import FORMATS
from common.kinds import KINDS, same_format
from core import output
from core.files import metadata
from core.files.decode import decode
from core.files.picture_file import PictureFile
from core.picture import preview

MOST_SECONDS = 120
"""A file that takes longer is ended and counts as a failure."""

THUMBNAIL_SIDE = 112

DONE, ELSEWHERE, REFUSED, FAILED = "result", "codec or browser", "refused", "failed"
"""How a file can end; the second is for kinds that the pixel worker leaves to others."""


@dataclass(frozen=True)
class Outcome:
    """How a file ended: one of the names above, the code, notice or error, seconds, megabytes.

    ``kind`` is the key in :mod:`common.kinds`, empty for an unknown one; ``megabytes`` what the
    process took at most, above what it had before.
    """

    name: str
    kind: str
    end: str
    words: str
    seconds: float
    megabytes: int


def attempt(path: Path, name: str) -> Outcome:
    """Return how a file ends."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _report(path, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        said = answers.read()
    _, status = os.waitpid(child, 0)
    if not said:
        signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return Outcome(name, "", FAILED, f"the process ended (signal {signal})", 0, 0)
    return Outcome(name, **json.loads(said))


def _report(path: Path, pipe: int) -> None:
    """Try a file, write the outcome into a pipe and end this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    before, started = _peak(), time.monotonic()
    file = PictureFile(path.read_bytes())
    kind, words = "", ""
    try:
        kind = file.kind or ""
        end, words = DONE, _result(file, path.name)
    except Refusal as refusal:
        by = KINDS[kind].by if kind else None
        elsewhere = refusal.code == KINDS[kind].refusal and by if kind else None
        end, words = (ELSEWHERE if elsewhere else REFUSED), refusal.code
    except BaseException as error:  # whatever it is, it is what this is looking for
        end = FAILED
        place = traceback.extract_tb(error.__traceback__)[-1]
        words = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    seconds = time.monotonic() - started
    facts: dict[str, Any] = {"kind": kind, "end": end, "words": words[:200]}
    facts.update(seconds=round(seconds, 2), megabytes=_peak() - before)
    os.write(pipe, json.dumps(facts).encode())
    sys.stdout.flush()
    os._exit(0)


def _result(file: PictureFile, name: str) -> str:
    """Make what the page makes of a file; return the notices."""
    metadata.receipt(file)
    small = decode(file, draft_side=THUMBNAIL_SIDE)
    preview.preview_rgba(small, None, THUMBNAIL_SIDE)
    file = PictureFile(file.data)
    kind = same_format(file.kind or "", name)
    if FORMATS[kind].writer is None:
        kind = "png"
    edit = checked({"steps": {"cutout": False}, "export": {"format": kind}})
    made = output.animation_of(file, edit)
    if made is None:
        made = output.files_of(output.result_of(file, None, edit), edit)
    left = metadata.receipt_of_result(made.files[0].content)["entries"]
    if left:
        raise AssertionError(f"left in the result: {left}")
    return ", ".join(made.notices)


def _peak() -> int:
    """Return the most memory that this process has taken, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
