"""Which names of a Python file are ours, which foreign, which may hold the browser's objects.

The part of :mod:`tools.audit.python_source` that looks at a whole file before it judges any line.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.audit.findings import FOREIGN
from tools.setup.checkout import ROOT

OURS = ("common", "core", "inference", "lab", "lessons", "pixelwork", "ui")

GIVERS = ("bitmaps", "blobs", "dom", "incoming", "machine", "private_files", "values")
"""Modules of ``ui.browser`` whose functions give the browser's own objects to others."""

REACHING = ("getattr", "setattr", "hasattr", "delattr")

GATE = {
    "inference/model_store.py": ("ask_host",),
    "ui/browser/dom.py": ("TAGS", "SPOKEN", "create", "describe", "paint", "python_editor"),
    "ui/browser/downloads.py": ("point",),
    "ui/browser/incoming.py": ("SAMPLE_PATH", "sample", "of_site", "text_of_site"),
}
"""What holds back a power, reported by its whole text: none of it can be taken out unseen."""

LESSON_SCOPE = {"np": "numpy", "Image": "PIL.Image", "matte": "matte", "photo": "photo"}
"""What a lesson's code finds when it is run (:mod:`lab.lessons`)."""


@dataclass
class Source:
    """One parsed file with what is needed to judge it."""

    path: str
    tree: ast.Module
    own: frozenset[str]
    """Names that our own Python defines anywhere and that the web platform does not have."""
    fields: set[str] = field(default_factory=set)
    """Names of this file's own functions and of what it puts on ``self``."""
    bound: set[str] = field(default_factory=set)
    roots: dict[str, str] = field(default_factory=dict)
    """Name in this file: the foreign module or name that it stands for."""
    ours: dict[str, bool] = field(default_factory=dict)
    """Name in this file that an import from one of our files binds: whether it is a module that
    touches the browser."""
    called: set[int] = field(default_factory=set)
    """``id`` of the nodes that are called where they stand."""
    headed: set[int] = field(default_factory=set)
    """``id`` of the nodes that only begin a way (``name.attribute``)."""
    tainted: set[str] = field(default_factory=set)
    """Names and attributes (with a dot in front) that may hold an object of the browser's."""


def defined_names(trees: list[ast.Module]) -> set[str]:
    """Return the names of functions, classes, fields and attributes that these files define."""
    found: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                if isinstance(node.value, ast.Name) and node.value.id == "self":
                    found.add(node.attr)
            elif isinstance(node, (ast.Module, ast.ClassDef)):
                found |= {name for line in node.body for name in targets(line)}
    return found


def targets(statement: ast.stmt) -> Iterator[str]:
    """Yield the plain names that an assignment binds."""
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id


def bind(source: Source) -> None:
    """Collect the names that the file binds itself, and which of them are foreign."""
    if source.path.startswith("lessons/"):
        source.roots.update(LESSON_SCOPE)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            source.called.add(id(node.func))
            if isinstance(node.func, ast.Name) and node.func.id in REACHING and node.args:
                source.headed.add(id(node.args[0]))
        elif isinstance(node, ast.Attribute):
            source.headed.add(id(node.value))
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            source.bound.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            source.bound.add(node.name)
        elif isinstance(node, ast.arg):
            source.bound.add(node.arg)
        elif (isinstance(node, ast.ExceptHandler) and node.name) or (
            isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name
        ):
            source.bound.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            module = getattr(node, "module", None) or ""
            for alias in node.names:
                name = alias.asname or alias.name.split(".")[0]
                source.bound.add(name)
                origin = f"{module}.{alias.name}" if module else alias.name
                top = origin.split(".")[0]
                if top in OURS:
                    source.ours[name] = is_door(origin if module or alias.asname else top)
                else:
                    source.roots[name] = origin if module or alias.asname else top
                if top in FOREIGN or origin.startswith(
                    tuple(f"ui.browser.{name}" for name in GIVERS)
                ):
                    source.tainted.add(name)


def is_door(name: str) -> bool:
    """Tell whether a dotted name of ours is that of a module or a room that touches the browser."""
    place = ROOT.joinpath(*name.split("."))
    is_module = place.is_dir() or place.with_name(place.name + ".py").is_file()
    return is_module and (name == "ui" or name.startswith(("ui.browser", "inference")))


def spread_taint(source: Source) -> None:
    """Follow objects of the browser through assignments, and into handlers of its events."""
    handlers = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and last_name(node.func) in ("on", "on_page"):
            for given in node.args:
                if isinstance(given, ast.Lambda):
                    source.tainted |= {argument.arg for argument in given.args.args}
                elif isinstance(given, (ast.Attribute, ast.Name)):
                    handlers.add(last_name(given))
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in handlers:
            source.tainted |= {a.arg for a in node.args.args if a.arg != "self"}
    source.tainted.add("event")
    before = -1
    while before != len(source.tainted):
        before = len(source.tainted)
        for node in ast.walk(source.tree):
            pairs: list[tuple[ast.expr, ast.expr]] = []
            if isinstance(node, ast.Assign):
                pairs = [(target, node.value) for target in node.targets]
            elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value:
                pairs = [(node.target, node.value)]
            elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
                pairs = [(node.target, node.iter)]
            elif isinstance(node, ast.withitem) and node.optional_vars:
                pairs = [(node.optional_vars, node.context_expr)]
            for target, value in pairs:
                if is_tainted(source, value):
                    source.tainted |= set(holders(target))


def last_name(node: ast.expr) -> str:
    """Return the name at the end of ``a.b.c``."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def holders(target: ast.expr) -> Iterator[str]:
    """Yield what an assignment fills: names, and attributes with a dot in front."""
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield "." + node.attr


def is_tainted(source: Source, node: ast.expr) -> bool:
    """Tell whether an expression may give an object of the browser's."""
    if isinstance(node, ast.Name):
        return node.id in source.tainted
    if isinstance(node, ast.Attribute):
        return "." + node.attr in source.tainted or is_tainted(source, node.value)
    if isinstance(node, (ast.Call, ast.Await, ast.Starred, ast.NamedExpr)):
        return is_tainted(source, node.func if isinstance(node, ast.Call) else node.value)
    if isinstance(node, ast.Subscript):
        return is_tainted(source, node.value)
    if isinstance(node, ast.IfExp):
        return is_tainted(source, node.body) or is_tainted(source, node.orelse)
    if isinstance(node, ast.BoolOp):
        return any(is_tainted(source, value) for value in node.values)
    return False
