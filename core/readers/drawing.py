"""SVG drawings: how large they are, and a copy that is safe to let the browser draw.

The browser draws them as a picture (an ``img`` element), where no script runs and nothing is
loaded. The copy has neither scripts nor references to other places to begin with, and it says how
large it is to be drawn. A drawing whose parts use each other so often that drawing it would take
for ever ("laughing" drawings) is refused before the browser sees it; entities that unfold so are
refused by the XML parser (expat).

Sources: SVG 2, sections 5.5 (use), 7.2 (viewport), 8.2 (viewBox); CSS Values 3, section 6 (units).
"""

import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from common.errors import Refusal

NAMESPACE = "http://www.w3.org/2000/svg"
SVG = "{" + NAMESPACE + "}"

PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""Pixels of CSS for each absolute unit."""

USUAL = (300.0, 150.0)
"""Width and height of what does not say how large it is, as in browsers (CSS 2.1, 10.3.2)."""

ACTIVE = ("script", "foreignObject", "iframe", "audio", "video", "handler", "listener")
"""Elements that can run or embed something; none of them is drawn."""

EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp|avif);base64,", re.ASCII)
"""Pictures inside of a drawing that stay; another drawing does not."""

TARGET = re.compile(r"url\(\s*[\"']?#([^)\"']+)")
OUTSIDE = re.compile(
    r"@import[^;]*;?|url\((?!\s*[\"']?(?:#|data:image/(?:png|jpeg|gif|webp);))[^)]*\)",
    re.IGNORECASE,
)

MOST_PARTS = 100_000
"""Most elements to draw, each as often as it is used."""

DEEPEST = 200
"""Elements within elements; a browser's own parser stops soon after."""

MOST_NESTED = 250
"""Elements within elements, those that are used taken as lying where they are used."""


@dataclass(frozen=True)
class Drawing:
    """A drawing: ``width`` and ``height`` in pixels of CSS, and what it tells beside its lines.

    ``told`` are label and text; ``root`` is its safe copy.
    """

    width: float
    height: float
    told: list[tuple[str, str]]
    root: ElementTree.Element

    def drawn_at(self, width: int, height: int) -> bytes:
        """Return the safe copy as a file that is ``width`` x ``height`` pixels large."""
        root = self.root
        root.attrib.setdefault("viewBox", f"0 0 {self.width:g} {self.height:g}")
        root.set("width", str(width))
        root.set("height", str(height))
        root.set("preserveAspectRatio", "none")
        return bytes(ElementTree.tostring(root, encoding="utf-8"))


def drawing(data: bytes) -> Drawing:
    """Return the drawing of a file; raises :class:`Refusal` ``damaged`` or ``too_intricate``."""
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(data)
        built: Any = parser.close()
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Refusal("damaged") from error
    root, told = built
    if root is None or root.tag != SVG + "svg":
        raise Refusal("damaged")
    _make_safe(root)
    if _Cost(root).whole > MOST_PARTS:
        raise Refusal("too_intricate")
    width, height = _size(root)
    return Drawing(width, height, told, root)


class _Builder:
    """Builds the tree, as deep as a drawing may be, and notes comments."""

    def __init__(self) -> None:
        self._builder = ElementTree.TreeBuilder()
        self._depth = 0
        self._told: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refusal("too_intricate")
        self._builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        """End an element."""
        self._depth -= 1
        self._builder.end(tag)

    def data(self, text: str) -> None:
        """Take in words."""
        self._builder.data(text)

    def comment(self, text: str) -> None:
        """Note a comment."""
        self._told.append(("Comment", text.strip()))

    def close(self) -> tuple[ElementTree.Element, list[tuple[str, str]]]:
        """Return the root and what was told."""
        root = self._builder.close()
        for name, label in (("title", "Title"), ("desc", "Description")):
            self._told += [
                (label, "".join(one.itertext()).strip()) for one in root.iter(SVG + name)
            ]
        if any(True for _ in root.iter(SVG + "metadata")):
            self._told.append(("Metadata", "present"))
        makers = {one.tag.partition("}")[0] for one in root.iter() if not _is_ours(one)}
        self._told += [
            ("Data of the drawing program", maker.lstrip("{")) for maker in sorted(makers)
        ]
        return root, [(label, text) for label, text in self._told if text]


def _is_ours(element: ElementTree.Element) -> bool:
    """Return whether an element belongs to SVG."""
    return element.tag.startswith(SVG)


def _make_safe(root: ElementTree.Element) -> None:
    """Take out of a tree what could run, load or tell: only what is drawn stays."""
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.tag.removeprefix(SVG)
            if not _is_ours(child) or name in ACTIVE or name == "metadata":
                parent.remove(child)
        for key, value in list(parent.attrib.items()):
            local = key.rpartition("}")[2]
            if local.lower().startswith("on") or (local == "href" and not _stays(value)):
                del parent.attrib[key]
            elif "url(" in value:
                parent.set(key, OUTSIDE.sub("none", value))
        if parent.tag == SVG + "style":
            parent.text = OUTSIDE.sub("", "".join(parent.itertext()))


def _stays(address: str) -> bool:
    """Return whether a reference leads to a part of the drawing or to a picture inside of it."""
    return address.strip().startswith("#") or bool(EMBEDDED.match(address.strip()))


class _Cost:
    """How many elements are drawn, those that are used counted each time; ``whole`` in all."""

    def __init__(self, root: ElementTree.Element) -> None:
        self._by_name = {one.get("id", ""): one for one in root.iter() if one.get("id")}
        self._known: dict[str, int] = {}
        self._open: set[str] = set()
        self._depth = 0
        # What a style sheet refers to may be meant for every element.
        sheets = "".join("".join(one.itertext()) for one in root.iter(SVG + "style"))
        self._for_all = [name for name in TARGET.findall(sheets) if not self._is_gradient(name)]
        self.whole = self._of(root)

    def _is_gradient(self, name: str) -> bool:
        """Return whether a name is a gradient's, which is not drawn by itself."""
        found = self._by_name.get(name)
        return found is not None and found.tag.endswith("Gradient")

    def _of(self, element: ElementTree.Element) -> int:
        """Return the cost of an element with all that is in it and all that it uses."""
        self._depth += 1
        cost = self._below(element) if self._depth < MOST_NESTED else MOST_PARTS + 1
        self._depth -= 1
        return cost

    def _below(self, element: ElementTree.Element) -> int:
        """Return the cost of an element as long as it is not too deep within others."""
        cost = 1
        names = [name for value in element.attrib.values() for name in TARGET.findall(value)]
        used = [value.strip() for key, value in element.attrib.items() if key.endswith("href")]
        names += [address[1:] for address in used if address.startswith("#")]
        for name in [*names, *self._for_all]:
            cost += self._named(name)
        for child in element:
            cost += self._of(child)
            if cost > MOST_PARTS:
                break
        return min(cost, MOST_PARTS + 1)

    def _named(self, name: str) -> int:
        """Return the cost of what has a name; a circle costs nothing, as no browser draws it."""
        if name in self._open or name not in self._by_name:
            return 0
        if name not in self._known:
            self._open.add(name)
            self._known[name] = self._of(self._by_name[name])
            self._open.remove(name)
        return self._known[name]


def _size(root: ElementTree.Element) -> tuple[float, float]:
    """Return a drawing's size: its own, or by its viewBox, or the usual one."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = [_number(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    shape = (box[2] or 0, box[3] or 0) if len(box) == 4 else (0, 0)
    if min(shape) <= 0:
        root.attrib.pop("viewBox", None)
        return width or USUAL[0], height or USUAL[1]
    if width and height:
        return width, height
    if width:
        return width, width * shape[1] / shape[0]
    if height:
        return height * shape[0] / shape[1], height
    return shape


def _length(text: str | None) -> float | None:
    """Return a length in pixels, ``None`` where it has none (percent, none, nonsense)."""
    found = re.fullmatch(r"\s*([0-9.eE+-]+)([a-z]*)\s*", text or "")
    number = _number(found[1]) if found else None
    factor = PIXELS.get(found[2]) if found else None
    return number * factor if number and factor and number > 0 else None


def _number(text: str) -> float | None:
    """Return a number, ``None`` for what is none or not finite."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None
