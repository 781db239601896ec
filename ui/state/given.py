"""What came with a drop or a paste beside files: what it is, and what the page says about it.

Programs put the same thing on the clipboard in several forms: Word and Excel their cells as HTML,
as text and as a picture, a browser a picture as a file and as HTML that names its address. Files
come first; what follows decides about the rest. Plain Python, tested under CPython.
"""

from common.kinds import is_picture_name, is_system_file
from common.language.words import say_count

PICTURE, ADDRESS, WORDS, NOTHING = "picture", "address", "words", "nothing"
"""What can be given without a file: pictures in a text, the address of one, plain words."""

MOST_PICTURES = 100
"""So many pictures are taken out of one pasted text at most."""


class Sieve:
    """Lets the pictures of a folder through and counts what is none."""

    def __init__(self):
        self.skipped = 0

    def takes(self, name):
        """Tell whether a file of that name is taken; what an operating system left is not counted.

        A file that is dropped by itself is taken whatever its name.
        """
        if is_picture_name(name):
            return True
        if not is_system_file(name):
            self.skipped += 1
        return False


def skipped_words(count):
    """Return what is said of so many files of a folder that are no pictures, empty for none."""
    if not count:
        return ""
    return say_count(
        "{count} file was no picture and was left out.",
        "{count} files were no pictures and were left out.",
        count,
    )


def kind_of(html, text):
    """Return what a drop or a paste without files is, from its HTML and its plain text."""
    if pictures_in(html) or pictures_in(text):
        return PICTURE
    if "<img" in html or is_address(text):
        return ADDRESS
    return WORDS if text.strip() or html.strip() else NOTHING


def is_address(text):
    """Tell whether a text is the address of something, and nothing else."""
    words = text.strip().split()
    if len(words) != 1:
        return False
    _, colon, rest = words[0][:12].partition(":")
    return bool(colon and rest.startswith("/")) or words[0].lower().startswith("www.")


def pictures_in(text):
    """Return the pictures that a text holds in itself (RFC 2397) as (media type, base64).

    At most :data:`MOST_PICTURES`; those that are not in base64 are left.
    """
    found, at = [], text.find("data:image/")
    while at >= 0 and len(found) < MOST_PICTURES:
        head, comma, _ = text[at + 5 : at + 205].partition(",")
        if comma and head.endswith(";base64"):
            start = at + 5 + len(head) + 1
            end = min([place for place in _ends(text, start) if place >= 0] or [len(text)])
            found.append((head.split(";")[0], text[start:end]))
            at = end
        at = text.find("data:image/", at + 1)
    return found


def _ends(text, start):
    """Yield where each of the marks that can end an address comes next, -1 for nowhere."""
    for mark in ('"', "'", "<", ">", ")", " ", "\n"):
        yield text.find(mark, start)
