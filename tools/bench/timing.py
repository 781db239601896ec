"""What the probe in a page noted (``tools/bench/probe.js``), as times of a run."""

from dataclasses import dataclass
from typing import Any

from tools.setup.complaint import Complaint

DONE = "done"


@dataclass(frozen=True)
class Timing:
    """One or more photos' way through a page; seconds and milliseconds by the page's clock.

    ``chosen`` and ``ended`` are seconds since the navigation began. ``preview`` counts from
    ``chosen``, ``None`` where none was shown; ``inference`` is the network's time for all the
    photos, ``None`` where the page does not tell. ``longest_task`` and ``longest_pause`` are
    milliseconds between ``since`` and the end.
    """

    ready: float
    chosen: float
    ended: float
    preview: float | None
    inference: float | None
    longest_task: float
    longest_pause: float

    @property
    def seconds(self) -> float:
        """From choosing the photos to the last finished file."""
        return self.ended - self.chosen


def timing_of(
    notes: dict[str, Any],
    names: list[str],
    inference: dict[str, str],
    since_navigation: bool = False,
) -> Timing:
    """Return the times of the photos ``names`` from a probe's notes.

    ``inference`` holds each row's ``data-inference-seconds``. Tasks and pauses count from the
    choice of the photos, or ``since_navigation``. Raises :class:`Complaint` when the page did not
    show what is looked for.
    """
    rows = notes["rows"]
    missing = [name for name in names if DONE not in rows.get(name, {"states": {}})["states"]]
    if missing or notes["ready"] is None or notes["chosen"] is None:
        raise Complaint(
            f"The page did not show when {', '.join(missing) or 'it was ready'} ended. Bring "
            "tools/bench/probe.js up to date with the page's rows (.row, data-state, .row-name)."
        )
    chosen = float(notes["chosen"])
    ended = max(float(rows[name]["states"][DONE]) for name in names)
    previews = [rows[name]["preview"] for name in names if rows[name]["preview"] is not None]
    since = 0.0 if since_navigation else chosen
    told = [float(inference.get(name) or 0) for name in names]
    return Timing(
        ready=notes["ready"] / 1000,
        chosen=chosen / 1000,
        ended=ended / 1000,
        preview=(min(previews) - chosen) / 1000 if previews else None,
        inference=sum(told) if all(told) else None,
        longest_task=longest(notes["tasks"], since, ended),
        longest_pause=longest(notes["gaps"], since, ended),
    )


def longest(spans: list[list[float]], since: float, until: float) -> float:
    """Return the length of the longest ``[start, end]`` that touches a time, 0 for none."""
    touching = [end - start for start, end in spans if end > since and start < until]
    return max(touching, default=0.0)
