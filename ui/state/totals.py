"""What a batch amounts to: files, bytes saved, time left. Plain Python, tested on CPython."""

from common import naming
from common.language.words import say, say_count
from ui.state import items
from ui.state.file_settings import is_original


class TimeLeft:
    """Estimates the time left from how long the last photos took, pauses left out."""

    REMEMBERED = 12

    def __init__(self):
        self._ends = []

    def ended(self, now):
        """Note that a photo has ended at ``now``, in seconds of any clock."""
        self._ends.append(now)
        self._ends = self._ends[-self.REMEMBERED :]

    def rest(self):
        """Forget what was measured: the batch was paused or new photos came after a break."""
        self._ends = []

    def left(self, waiting):
        """Return the seconds that ``waiting`` photos will take, ``None`` while unknown."""
        if len(self._ends) < 2 or not waiting:
            return None
        span = self._ends[-1] - self._ends[0]
        return waiting * span / (len(self._ends) - 1)


def totals(queue):
    """Return ``(files, before, after)``: the finished photos and their bytes before and after."""
    files = before = after = 0
    for item in queue.items:
        if item.state == items.DONE and item.result is not None:
            files += 1
            before += item.size
            after += item.result.file.size
    return files, before, after


def remarks(queue):
    """Return what is to be known of finished files in words: kept, larger, above their limit."""
    done = [item for item in queue.items if item.state == items.DONE and item.result is not None]
    kept = len([item for item in done if is_original(item)])
    plain = [item for item in done if not item.settings.cutout]
    larger = len([item for item in plain if item.result.file.size > item.size])
    missed = len([item for item in done if item.result.missed])
    words = (
        [say_count("{count} kept as they were", "{count} kept as they were", kept)] if kept else []
    )
    words += (
        [say_count("{count} larger than before", "{count} larger than before", larger)]
        if larger
        else []
    )
    return words + (
        [say_count("{count} above the size limit", "{count} above the size limit", missed)]
        if missed
        else []
    )


def saved_words(before, after):
    """Return how two sizes in bytes compare, such as ``3.1 MB saved, 62 %``."""
    if not before:
        return ""
    percent = round(100 * abs(before - after) / before)
    size = naming.byte_size(abs(before - after))
    if after > before:
        return say("{size} more, {percent} %", size=size, percent=percent)
    return say("{size} saved, {percent} %", size=size, percent=percent)


def change_words(before, after):
    """Return by how much a file has changed, such as ``62 % smaller``."""
    if not before or after == before:
        return say("same size")
    percent = 100 * abs(before - after) / before
    if percent < 1:
        smaller, larger = say("less than 1 % smaller"), say("less than 1 % larger")
        return smaller if after < before else larger
    if after < before:
        return say("{percent} % smaller", percent=round(percent))
    return say("{percent} % larger", percent=round(percent))


def time_words(seconds):
    """Return a duration in words a person would use, such as ``about 2 min left``."""
    if seconds < 10:
        return say("a few seconds left")
    if seconds < 90:
        return say("about {seconds} s left", seconds=round(seconds / 10) * 10)
    return say("about {minutes} min left", minutes=round(seconds / 60))
