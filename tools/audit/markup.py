"""Reads HTML and SVG with a parser: every element and attribute, and what it loads or leads to."""

import json
import re
from html.parser import HTMLParser

from tools.audit.findings import REFUSED, Finding, is_address

WHOLE_TAGS = frozenset((
    "a", "animate", "animatemotion", "animatetransform", "applet", "area", "audio", "base",
    "bgsound", "embed", "feimage", "fencedframe", "foreignobject", "form",
    "frame", "frameset", "iframe", "image", "img", "link", "math", "meta", "noscript",
    "object", "portal", "script", "set", "source", "style", "template", "track", "use", "video",
))  # fmt: skip
"""Elements that load, lead, run or hide something: allowed with all their attributes."""

HARMLESS = re.compile(
    r"aria-[a-z]+|data-[a-z-]+|id|class|role|hidden|title|lang|dir|tabindex|for|type|value|min|max|step|"
    r"checked|selected|disabled|multiple|accept|autocomplete|inputmode|maxlength|placeholder|"
    r"spellcheck|width|height|draggable|label|open|scope|colspan|rowspan|required|name|cx|cy|r|x|y|"
    r"rx|ry|points|fill|stroke|stroke-[a-z]+|d|viewbox|xmlns|transform|opacity|webkitdirectory"
)
"""Attributes that neither load nor run anything, on whatever element."""

XMLNS = "http" + "://www.w3.org/2000/svg"
SCHEMA = "https" + "://schema.org"


class Reader(HTMLParser):
    """Collects findings while the parser goes through one document."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.findings: list[Finding] = []
        self.policies: list[str] = []
        self.seen = 0
        """Comments and declarations that the parser took for such."""
        self._script: dict[str, str] | None = None
        self._began = False
        """Whether an element has come that a later policy would not hold."""
        self._text = ""

    def report(self, kind: str, text: str) -> None:
        """Note one finding where the parser stands."""
        self.findings.append(Finding(self.path, self.getpos()[0], kind, text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge an element and its attributes."""
        values = {name: value or "" for name, value in attrs}
        if len(values) != len(attrs):
            self.report(REFUSED, f"<{tag}> names an attribute twice")
        for name, value in values.items():
            if (
                name.startswith("on")
                or name in ("style", "srcdoc", "ping", "srcset")
                or "url(" in value.lower()
                or "\\" in value
                or (is_address(value) and not (name == "xmlns" and value == XMLNS))
            ):
                self.report(REFUSED, f'<{tag} {name}="{value}">')
        is_policy = values.get("http-equiv", "").lower() == "content-security-policy"
        if tag == "meta" and is_policy:
            if self._began:
                self.report(REFUSED, "a policy that comes after what it should hold")
            self.policies.append(values.pop("content", ""))
        # A policy counts in the head alone, and only for what comes after it.
        self._began = self._began or tag not in ("html", "head", "meta")
        if tag in WHOLE_TAGS:
            written = "".join(f' {name}="{values[name]}"' for name in sorted(values))
            self.report("markup", f"<{tag}{written}>")
        else:
            self.report("markup", f"<{tag}>")
            for name in values:
                if not HARMLESS.fullmatch(name):
                    self.report("markup", f'<{tag} {name}="{values[name]}">')
        if tag in ("script", "style"):
            self._script, self._text = values, ""

    def handle_data(self, data: str) -> None:
        """Keep what stands inside a script or style element."""
        if self._script is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Judge what stood inside a script or style element."""
        if tag not in ("script", "style") or self._script is None:
            return
        text, values, self._script = self._text.strip(), self._script, None
        if tag == "style":
            self.report(REFUSED, "a style element")
        elif values.get("type") == "application/ld+json" and "src" not in values:
            self.judge_data(text)
        elif text or "src" not in values:
            self.report(REFUSED, "a script inside the document")

    def judge_data(self, text: str) -> None:
        """Judge a block of data for search engines, which nobody runs."""
        try:
            json.loads(text)
        except ValueError as error:
            self.report(REFUSED, f"a data block that is no JSON: {error}")
        if is_address(text.replace(SCHEMA, "")):
            self.report(REFUSED, "a data block with an address")

    def handle_comment(self, data: str) -> None:
        """Refuse a comment that browsers may end sooner than this parser."""
        self.seen += 1
        if "<" in data or ">" in data or data.startswith("-") or "--!" in data:
            self.report(REFUSED, f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Refuse any declaration but that of HTML."""
        self.seen += 1
        if decl.lower() != "doctype html":
            self.report(REFUSED, f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        """Refuse sections such as CDATA."""
        self.report(REFUSED, f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        """Refuse instructions such as ``<?xml-stylesheet ?>``."""
        self.report(REFUSED, f"<?{data}>")


def read_markup(path: str, text: str) -> tuple[list[Finding], list[str]]:
    """Return what a document holds, and the content security policies in it."""
    reader = Reader(path)
    reader.feed(text)
    reader.close()
    if reader._script is not None:
        reader.report(REFUSED, "an element that is not closed")
    # What this parser and a browser may read in different ways has no place here.
    if text.count("<!") != reader.seen or re.search(
        r"</[^a-zA-Z]|<\?|[\0-\x08\x0b\x0c\x0e-\x1f]", text
    ):
        reader.report(REFUSED, "markup that browsers read in another way")
    return list(dict.fromkeys(reader.findings)), reader.policies
