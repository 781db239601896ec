"""Reads configurations: TOML, the web manifest, ``_headers``, JSON; every key and every address."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.audit.findings import REFUSED, Finding, is_address
from tools.setup.complaint import Complaint
from tools.site.headers import parse_headers

POLICY = Path(__file__).with_name("policy.toml")
"""The one table of what every answer says: policies and other headers."""

TRANSLATIONS = ("name_localized", "short_name_localized", "description_localized")
"""Members of the web manifest that hold words in other languages."""


def read_policy(file: Path = POLICY) -> dict[str, Any]:
    """Return ``headers`` (name: value) and ``paths`` (pattern: headers) of the table."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def read_configuration(path: str, text: str, files: set[str]) -> Iterator[Finding]:
    """Yield each setting of an actor; ``files`` are those of the site.

    The list of its Python files is checked here: each lies in the site and keeps its place.
    """
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield Finding(path, 0, REFUSED, f"no TOML: {error}")
        return
    listed = settings.pop("files", {})
    for source, target in listed.items() if isinstance(listed, dict) else [(str(listed), None)]:
        if source != f"./{target}" or not str(target).endswith(".py") or target not in files:
            yield Finding(path, 0, REFUSED, f"files: {source} = {target}")
    yield from flattened(path, settings)


def read_manifest(path: str, text: str) -> Iterator[Finding]:
    """Yield each setting of the web manifest, but no translation of its words."""
    try:
        yield from flattened(path, without_translations(json.loads(text)))
    except ValueError as error:
        yield Finding(path, 0, REFUSED, f"no JSON: {error}")


def without_translations(value: Any) -> Any:
    """Return a manifest without what its words are in other languages, if that is words alone."""
    if isinstance(value, list):
        return [without_translations(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key: without_translations(inner)
        for key, inner in value.items()
        if not (key in TRANSLATIONS and is_translation(inner))
    }


def is_translation(value: Any) -> bool:
    """Tell whether a manifest's member holds one text for each language, no address among them."""
    return isinstance(value, dict) and all(
        isinstance(text, str) and not is_address(text)
        for text in (
            inner["value"] if isinstance(inner, dict) and set(inner) == {"value", "dir"} else inner
            for inner in value.values()
        )
    )


def flattened(path: str, value: Any, way: str = "") -> Iterator[Finding]:
    """Yield "a.b = value" for every leaf; an address that leads elsewhere is refused."""
    if value in ({}, []):
        yield Finding(path, 0, "settings", f"{way} is empty")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if is_address(key):
                yield Finding(path, 0, REFUSED, key)
            yield from flattened(path, inner, f"{way}.{key}" if way else key)
    elif isinstance(value, list):
        for inner in value:
            yield from flattened(path, inner, f"{way}[]")
    elif isinstance(value, str) and is_address(value):
        yield Finding(path, 0, REFUSED, f"{way} = {value}")
    else:
        yield Finding(path, 0, "settings", f"{way} = {value}")


def read_headers(path: str, text: str, policy: dict[str, Any]) -> Iterator[Finding]:
    """Yield whatever differs between ``_headers`` and the table of the policy."""
    try:
        rules = parse_headers(text)
    except Complaint as error:
        yield Finding(path, 0, REFUSED, str(error))
        return
    wanted = {"/*": policy["headers"], **policy["paths"]}
    written = [(rule.pattern, name, value) for rule in rules for name, value in rule.lines]
    expected = [(where, *pair) for where, pairs in wanted.items() for pair in pairs.items()]
    for where, name, value in written:
        if (where, name, value) not in expected:
            yield Finding(path, 0, REFUSED, f"{where} {name}: {value}")
    for line in expected:
        if written.count(line) != 1:
            words = "is missing" if line not in written else "stands there twice"
            yield Finding(path, 0, REFUSED, f"{line[0]} {line[1]} {words}")


def judge_policies(path: str, policies: list[str], policy: dict[str, Any]) -> Iterator[Finding]:
    """Yield a finding unless a document has the table's policy once and no other.

    A document's own policy cannot forbid being framed; that directive stands in the header alone.
    """
    whole = policy["headers"]["Content-Security-Policy"].split("; ")
    expected = "; ".join(part for part in whole if not part.startswith("frame-ancestors"))
    if policies != [expected]:
        yield Finding(path, 0, REFUSED, f"policy: {policies}")
