"""Which sentences the page's sources have: the keys that every catalogue must know.

In Python and JavaScript a sentence is marked by the function around it, in the documents every
text counts. Nothing is run: the files are read with parsers.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from tools.setup.complaint import Complaint

PYTHON = ("common", "core", "pixelwork", "ui", "main.py")
LAB = "ui/lab"
"""The page of the lab is English; its sentences are in no catalogue."""

DOCUMENTS = ("index.html", "privacy.html")
MANIFEST = "app.webmanifest"
SCRIPTS = "assets/js"

SAYERS = ("say", "say_count", "phrase", "phrases")
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-before", "data-after")
"""The same as in assets/js/language.js."""

UNREAD = ("script", "style", "noscript")
IN_SCRIPTS = re.compile(r'\b(?:say|homecutSay|phrase)\(\s*("(?:[^"\\]|\\.)*")')
LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Sentence:
    """One key of the catalogues: where it stands, and its form for one where it counts."""

    english: str
    file: str
    one: str | None = None

    @property
    def placeholders(self) -> set[str]:
        """The names in braces."""
        return set(re.findall(r"\{(\w+)\}", self.english))


def all_sentences(root: Path) -> dict[str, Sentence]:
    """Return key: sentence of everything that can be on the screen, in the order of the sources.

    Raises :class:`Complaint` where a key would need two meanings or cannot be read off.
    """
    found: dict[str, Sentence] = {}
    for sentence in _of_all_files(root):
        known = found.setdefault(sentence.english, sentence)
        if known.one != sentence.one:
            raise Complaint(
                f"'{sentence.english}' is said with a count and without in {known.file} and "
                f"{sentence.file}. Word one of them differently."
            )
    return found


def python_files(root: Path) -> list[Path]:
    """Return the files whose sentences are translated."""
    files: list[Path] = []
    for name in PYTHON:
        place = root / name
        files += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return [file for file in files if not file.is_relative_to(root / LAB)]


def _of_all_files(root: Path) -> Iterator[Sentence]:
    """Yield the sentences of all files."""
    for name in DOCUMENTS:
        reader = Texts()
        reader.feed((root / name).read_text("utf-8"))
        for text in reader.found:
            yield Sentence(text, name)
    for text in _of_manifest(json.loads((root / MANIFEST).read_text("utf-8"))):
        yield Sentence(text, MANIFEST)
    for file in sorted((root / SCRIPTS).rglob("*.js")):
        for literal in IN_SCRIPTS.findall(file.read_text("utf-8")):
            yield Sentence(json.loads(literal), file.relative_to(root).as_posix())
    for file in python_files(root):
        yield from of_python(file.read_text("utf-8"), file.relative_to(root).as_posix())


def _of_manifest(manifest: dict[str, object]) -> Iterator[str]:
    """Yield what an installed app is called by, its own name aside."""
    yield str(manifest["description"])
    shortcuts = manifest.get("shortcuts")
    for shortcut in shortcuts if isinstance(shortcuts, list) else []:
        for member in ("name", "description"):
            if member in shortcut:
                yield str(shortcut[member])


class Texts(HTMLParser):
    """The texts and spoken attributes of a document, spaces made one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag's attributes."""
        self._unread += tag in UNREAD
        for name, value in attrs:
            if name in ATTRIBUTES and value:
                self._take(value)

    def handle_endtag(self, tag: str) -> None:
        """Leave what is not read."""
        self._unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        """Take a text between tags."""
        if not self._unread:
            self._take(data)

    def _take(self, text: str) -> None:
        """Keep a text that has words."""
        words = " ".join(text.split())
        if LETTERS.search(words):
            self.found.append(words)


def of_python(source: str, file: str) -> Iterator[Sentence]:
    """Yield the sentences that a Python source marks; ``file`` is its name for complaints."""
    tree = ast.parse(source)
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        name = sayer(node)
        if name is None or not isinstance(node, ast.Call):
            continue
        if name == "phrases":
            yield from (Sentence(text, file) for text in marked(node, tables))
            continue
        texts = [literal(argument) for argument in node.args[: 2 if name == "say_count" else 1]]
        if name == "say_count":
            if None in texts or len(texts) < 2:
                raise Complaint(f"{file}:{node.lineno}: say_count needs two plain texts.")
            yield Sentence(str(texts[1]), file, texts[0])
        elif texts and texts[0] is not None:
            yield Sentence(texts[0], file)
        elif texts and isinstance(node.args[0], (ast.JoinedStr, ast.BinOp)):
            raise Complaint(f"{file}:{node.lineno}: a sentence is one text with {{placeholders}}.")


def sayer(node: ast.AST) -> str | None:
    """Return which of :data:`SAYERS` a node calls, if any."""
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", None)
    return name if name in SAYERS else None


def literal(node: ast.expr) -> str | None:
    """Return the text of a node that is one, parts put together by ``+`` included."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = literal(node.left), literal(node.right)
        return None if left is None or right is None else left + right
    return None


def marked(call: ast.Call, tables: dict[str, ast.expr]) -> Iterator[str]:
    """Yield the values of the dict in ``phrases(...)``, which may be a table of the module."""
    for argument in call.args:
        table = tables.get(argument.id) if isinstance(argument, ast.Name) else argument
        for value in table.values if isinstance(table, ast.Dict) else ():
            text = literal(value)
            if text is not None:
                yield text
