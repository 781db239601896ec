"""Reads CSS with ``tinycss2``: at-rules, functions, and no address of any kind."""

from collections.abc import Iterator

from tools.audit.findings import REFUSED, Finding, is_address

LOADING = ("src", "image-set", "-webkit-image-set", "image", "url-prefix", "domain", "cross-fade")
"""Functions that fetch, or may one day."""


def read_styles(path: str, text: str) -> list[Finding]:
    """Return what a style sheet holds; addresses and imports are refused outright."""
    import tinycss2  # type: ignore[import-untyped]

    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return list(dict.fromkeys(Finding(path, *found) for found in walk(rules)))


def walk(nodes: list) -> Iterator[tuple[int, str, str]]:  # type: ignore[type-arg]
    """Yield (line, kind, text) of every node that matters, however deep."""
    for node in nodes:
        kind, line = node.type, node.source_line
        if kind in ("url", "error"):
            yield line, REFUSED, f"{kind}: {getattr(node, 'value', None) or node.message}"
        elif kind == "string" and is_address(node.value):
            yield line, REFUSED, f'"{node.value}"'
        elif kind in ("at-rule", "at-keyword"):  # the latter inside of another rule
            name = node.lower_at_keyword if kind == "at-rule" else node.lower_value
            loads = name in ("import", "namespace", "font-face", "charset")
            yield line, REFUSED if loads else "styles", f"@{name}"
        elif kind == "function":
            fetches = node.lower_name == "url" or node.lower_name in LOADING
            yield line, REFUSED if fetches else "styles", f"{node.lower_name}()"
        for part in ("prelude", "content", "arguments", "value"):
            inner = getattr(node, part, None)
            if isinstance(inner, list):
                yield from walk(inner)
