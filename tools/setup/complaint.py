"""Expected failures as one sentence: what happened and what to do about it."""

import errno


class Complaint(Exception):
    """A failure whose message is the sentence that the user reads instead of a traceback."""


def explain(error: BaseException) -> str | None:
    """Return the sentence for an error, or ``None`` when it is a defect that needs a traceback."""
    if isinstance(error, Complaint):
        return str(error)
    if not isinstance(error, OSError):
        return None
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{place}. Free some space, or set HOMECUT_CACHE to another disk."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"This file or folder must not be written or read{place}. Change its permissions, or "
            "set HOMECUT_CACHE to a folder of your own."
        )
    return None
