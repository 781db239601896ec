"""Small checks for values that come from a JSON text: the right kind, brought into range.

Each check has one method, ``clean``, which takes a value and the name that a sentence gives it.
It returns a clean value of its own (never the caller's list or dict) or raises ``ValueError``
with one sentence. Numbers out of range are clamped, since sliders differ from one version to the
next, unless they are typed (:class:`Typed`); values of another kind are mistakes.
"""

from common.language.words import say


class Check:
    """What all checks have in common; accepts anything itself."""

    def clean(self, value: object, name: str) -> object:  # noqa: ARG002
        """Return the clean value or raise ``ValueError``; ``name`` is for the sentence."""
        return value


class Choice(Check):
    """One of the ``allowed`` words."""

    def __init__(self, *allowed: str) -> None:
        self.allowed = allowed

    def clean(self, value: object, name: str) -> str:
        """Return the word."""
        if not isinstance(value, str) or value not in self.allowed:
            raise ValueError(name + " must be one of " + ", ".join(self.allowed) + ".")
        return value


class Number(Check):
    """A finite number, which is clamped to ``low`` .. ``high``."""

    def __init__(self, low: float, high: float) -> None:
        self.low = low
        self.high = high

    def clean(self, value: object, name: str) -> float:
        """Return the clamped number."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(name + " must be a number.")
        if value - value != 0:  # not a number, or infinite
            raise ValueError(name + " must be a finite number.")
        return min(max(value, self.low), self.high)


class Whole(Number):
    """A number, which is rounded and clamped to ``low`` .. ``high``."""

    def clean(self, value: object, name: str) -> int:
        """Return the rounded, clamped number."""
        return round(Number.clean(self, value, name))


class Typed(Whole):
    """A whole number that somebody typed: out of ``low`` .. ``high`` it is a mistake.

    A slider cannot leave its range, but 50000 in a field for 5000 is a slip of the hand, and
    whoever makes it wants to hear so rather than get something else.
    """

    def clean(self, value: object, name: str) -> int:
        """Return the rounded number."""
        number = Number(float("-inf"), float("inf")).clean(value, name)
        if number > self.high:
            raise ValueError(say("{name} must be at most {limit}.", name=name, limit=self.high))
        if number < self.low:
            raise ValueError(say("{name} must be at least {limit}.", name=name, limit=self.low))
        return round(number)


class YesOrNo(Check):
    """A truth value."""

    def clean(self, value: object, name: str) -> bool:
        """Return the truth value."""
        if not isinstance(value, bool):
            raise ValueError(name + " must be true or false.")
        return value


class Colour(Check):
    """A colour, ``#rgb`` or ``#rrggbb``, which becomes lower-case ``#rrggbb``."""

    def clean(self, value: object, name: str) -> str:
        """Return the colour."""
        if isinstance(value, str) and len(value) in (4, 7) and value[0] == "#":
            digits = value[1:].lower()
            if all(digit in "0123456789abcdef" for digit in digits):
                return "#" + (digits if len(digits) == 6 else "".join(d + d for d in digits))
        raise ValueError(name + " must be a colour such as #ffcc00.")


class Text(Check):
    """A text, which is cut after ``longest`` characters."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def clean(self, value: object, name: str) -> str:
        """Return the text."""
        if not isinstance(value, str):
            raise ValueError(name + " must be a text.")
        return value[: self.longest]


class Row(Check):
    """A list that holds one value for each of ``parts``, a check each."""

    def __init__(self, *parts: Check) -> None:
        self.parts = parts

    def clean(self, value: object, name: str) -> list[object]:
        """Return a new list."""
        if not isinstance(value, (list, tuple)) or len(value) != len(self.parts):
            raise ValueError(name + " must be a list of " + str(len(self.parts)) + " values.")
        return [self.parts[at].clean(value[at], name) for at in range(len(self.parts))]


class Maybe(Check):
    """An empty list for nothing, or what the check ``part`` takes."""

    def __init__(self, part: Check) -> None:
        self.part = part

    def clean(self, value: object, name: str) -> list[object]:
        """Return a new list."""
        if isinstance(value, (list, tuple)) and not value:
            return []
        return list(Many(Check(), 0).clean(self.part.clean(value, name), name))


class Many(Check):
    """A list of at least ``fewest`` values that each pass the check ``part``."""

    def __init__(self, part: Check, fewest: int) -> None:
        self.part = part
        self.fewest = fewest

    def clean(self, value: object, name: str) -> list[object]:
        """Return a new list."""
        if not isinstance(value, (list, tuple)) or len(value) < self.fewest:
            raise ValueError(name + " must be a list of at least " + str(self.fewest) + " values.")
        return [self.part.clean(entry, name) for entry in value]


class Table(Check):
    """A JSON object with any content."""

    def clean(self, value: object, name: str) -> dict[str, object]:
        """Return the dict itself; a shallow check before a closer look."""
        if not isinstance(value, dict):
            raise ValueError(name + " must be a group of named values.")
        return value


class Record(Table):
    """A JSON object with ``fields``, each a pair of a check and a default.

    What is missing gets its default, or is a mistake where the default is ``None``; names that
    are not asked for are dropped, so that files of later versions can still be read.
    """

    def __init__(self, **fields: tuple[Check, object]) -> None:
        self.fields = fields

    def clean(self, value: object, name: str) -> dict[str, object]:
        """Return a new dict with all fields."""
        given = Table.clean(self, value, name)
        complete: dict[str, object] = {}
        for field in self.fields:
            check, default = self.fields[field]
            entry = given.get(field, default)
            full_name = name + " > " + field.replace("_", " ")
            if entry is None:
                raise ValueError(full_name + " is missing.")
            complete[field] = check.clean(entry, full_name)
        return complete
