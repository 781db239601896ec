"""Makes text from outside safe for a terminal."""


def visible(text: str) -> str:
    """Return the text with everything that is no printable character written as an escape.

    A terminal obeys control characters: an escape sequence in an address could hide a line of a
    log, or type into the window's title.
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )
