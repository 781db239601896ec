"""Every sentence that a user reads: English stands in the source, a catalogue knows the others.

``say("{count} photos are left.", count=n)`` returns the sentence in the page's language. English
is built in: it is the key under which a catalogue (``assets/languages/*.json``) has the
translation, and what is shown where a catalogue has none. The page installs the chosen language
before it imports the modules that draw (:mod:`ui.browser.language.chosen`); workers and tests
install none and so speak English. CONTRIBUTING.md, section "Words on the screen", says how a
sentence is written so that it can be translated.
"""


class English:
    """The language that needs no catalogue, and the form of every other one."""

    sentences: "dict[str, object]" = {}

    def category(self, count: int) -> str:
        """Return the CLDR plural category of a count: ``one`` or ``other``."""
        return "one" if count == 1 else "other"

    def number(self, value: float, digits: int) -> str:
        """Return a number with that many digits after the point, without groups."""
        return "{:.{}f}".format(value, digits) if digits else str(value)

    def listed(self, parts: "list[str]") -> str:
        """Return things side by side."""
        return ", ".join(parts)


UNBROKEN = "\u00a0"
"""A space at which no line ends (U+00A0): between a number and its unit."""

MEASURES = ("{number} B", "{number} KB", "{number} MB", "{number} megapixels", "{seconds} s")
"""Sentences of a number and its unit; what a catalogue makes of them are the language's units."""

_UNITS = ("B", "KB", "MB", "GB", "megapixels", "min", "px", "s", "%")

_language = [English()]
_spaced = [[" " + unit for unit in _UNITS]]


def install(language: English) -> None:
    """Speak another language from now on; it has the attributes of :class:`English`."""
    _language[0] = language
    own = [str(language.sentences.get(measure, "")).partition("} ")[2] for measure in MEASURES]
    _spaced[0] = [" " + unit for unit in _UNITS + tuple(own) if unit]


def phrase(english: str) -> str:
    """Return what it gets: a mark for the extraction that this text is said later.

    For what is read before a language is there, or found in a worker.
    """
    return english


def phrases(table: "dict[str, str]") -> "dict[str, str]":
    """Return the table it gets; its values are marked as :func:`phrase` marks one."""
    return table


def say(english: str, **values: object) -> str:
    """Return a sentence in the page's language with its ``{placeholders}`` filled.

    Numbers among the values are written as the language writes them. Without values nothing is
    filled, so that braces can be shown. Raises ``KeyError`` for a placeholder without a value.
    """
    text = _language[0].sentences.get(english)
    return _filled(text if text and isinstance(text, str) else english, values)


def say_count(one: str, other: str, count: int, **values: object) -> str:
    """Return the sentence for a count, ``{count}`` in it included.

    ``one`` and ``other`` are the English forms; a catalogue has one form for each plural category
    (CLDR) of its language under the key ``other``.
    """
    language = _language[0]
    text = one if count == 1 else other
    forms = language.sentences.get(other)
    if isinstance(forms, dict):
        text = forms.get(language.category(count)) or forms.get("other") or text
    values["count"] = count
    return _filled(text, values)


def number(value: float, digits: int = 0) -> str:
    """Return a number as the page's language writes it, with ``digits`` after the point.

    Without ``digits`` a number is written as it is.
    """
    return _language[0].number(value, digits)


def listed(parts: "list[str]") -> str:
    """Return things one after the other, as the page's language lists them."""
    return _language[0].listed(list(parts))


def beside(parts: "list[str]") -> str:
    """Return facts beside each other, without an "and" before the last; empty ones are left out."""
    told = [part for part in parts if part]
    text = told.pop() if told else ""
    while told:
        text = say("{first}, {rest}", first=told.pop(), rest=text)
    return text


def joined(text: str) -> str:
    """Return a sentence in which no line ends between a number and its unit.

    Numbers are digits and ``{placeholders}``; what is filled in, such as a file's name, is not
    looked at.
    """
    for unit in _spaced[0]:
        place = text.find(unit)
        while place >= 0:
            end = place + len(unit)
            if _counts(text[place - 1 : place]) and not text[end : end + 1].isalpha():
                text = text[:place] + UNBROKEN + text[place + 1 :]
            place = text.find(unit, end)
    return text


def _counts(character: str) -> bool:
    """Tell whether a number ends with a character."""
    return character == "}" or character.isdigit()


def _filled(text: str, values: "dict[str, object]") -> str:
    """Return a sentence with its values."""
    text = joined(text)
    if not values:
        return text
    written: "dict[str, str]" = {}
    for name, value in values.items():
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            written[name] = number(value)
        else:
            written[name] = str(value)
    return text.format(**written)
