"""Reads ``_headers``, the file in which static hosts look up the headers of their answers.

The syntax is that of Cloudflare Pages and Netlify: a URL pattern at the start of a line (``*``
stands for anything, ``:name`` for one path segment), then indented ``Name: value`` lines. All
rules that match a path hold, in order; a second value for a header is joined to the first with a
comma, and ``! Name`` takes a header away again.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from tools.setup.complaint import Complaint

NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@dataclass
class Rule:
    """One pattern with its lines; a value of ``None`` takes the header away."""

    pattern: str
    lines: list[tuple[str, str | None]] = field(default_factory=list)

    def matches(self, path: str) -> bool:
        """Tell whether the rule holds for a URL path (with leading slash)."""
        expression = re.escape(self.pattern).replace(r"\*", ".*")
        expression = re.sub(r"(?<=/):[A-Za-z]\w*", "[^/]+", expression)
        return re.fullmatch(expression, path, re.DOTALL) is not None


def read_headers_file(file: Path) -> list[Rule]:
    """Return the rules of a ``_headers`` file, none if there is no such file."""
    if not file.is_file():
        return []
    return parse_headers(file.read_text(encoding="utf-8"))


def parse_headers(text: str) -> list[Rule]:
    """Return the rules of the text of a ``_headers`` file.

    Raises :class:`Complaint`, with the line's number, for a line that hosts would ignore: a
    mistyped security header must not go unnoticed.
    """
    rules: list[Rule] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if not line[0].isspace():
            if not words.startswith("/"):
                raise Complaint(f"_headers line {number}: a pattern must start with a slash.")
            rules.append(Rule(words))
        elif not rules:
            raise Complaint(f"_headers line {number}: a header stands before the first pattern.")
        else:
            rules[-1].lines.append(parse_line(words, number))
    return rules


def parse_line(words: str, number: int) -> tuple[str, str | None]:
    """Return name and value of a header line, or name and ``None`` of a ``! Name`` line."""
    if words.startswith("! "):
        return words[2:].strip(), None
    name, colon, value = words.partition(":")
    if not colon or not NAME.fullmatch(name) or not value.strip():
        raise Complaint(f"_headers line {number}: expected 'Name: value', found '{words}'.")
    return name, value.strip()


def headers_for(rules: list[Rule], path: str) -> dict[str, str]:
    """Return name: value of all headers that the rules give to a URL path."""
    found: dict[str, tuple[str, str]] = {}
    for rule in rules:
        if not rule.matches(path):
            continue
        for name, value in rule.lines:
            known = found.get(name.lower())
            if value is None:
                found.pop(name.lower(), None)
            elif known:
                found[name.lower()] = (known[0], f"{known[1]}, {value}")
            else:
                found[name.lower()] = (name, value)
    return dict(found.values())
