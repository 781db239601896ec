"""Reads the page's Python as a parser does and reports all that it reaches of the browser.

Nothing is looked for: each import, each name that is not the file's own, each attribute that is
neither ours nor one of Python's plain values is reported, and the table has to know it. So a new
way out needs no new rule here. What cannot be read off the source (a computed attribute, ``eval``)
is reported as such.
"""

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import replace

from tools.audit.findings import FOREIGN, INIT, POWERS, REFUSED, Finding, is_address
from tools.audit.python_names import (
    GATE,
    OURS,
    REACHING,
    Source,
    bind,
    defined_names,
    is_tainted,
    spread_taint,
    targets,
)
from tools.audit.python_values import folded, formats_insides, is_number, root_of

PLAIN_TYPES: tuple[type, ...] = (
    str, bytes, bytearray, int, float, complex, bool, dict, list, tuple, set, frozenset, range,
    slice, memoryview, BaseException, type(None), type(iter([])), property,
)  # fmt: skip
PLAIN = frozenset(name for kind in PLAIN_TYPES for name in dir(kind) if name[:2] != "__")
"""Attributes of Python's own values."""

LOWER = ("core/", "common/", "lab/", "lessons/")
LOWER_ROOMS = ("core", "common", "lab", "lessons")
"""Rooms that never get an object of the browser's from above."""

NEVER = frozenset((
    "eval", "exec", "compile", "__import__", "globals", "locals", "vars", "dir", "open", "input",
    "breakpoint", "help", "__builtins__", "__loader__", "__spec__",
))  # fmt: skip
"""Names that no file of the page may speak."""

RUNNERS = ("lab/lessons.py", "lab/workshop.py")
"""The lab runs what its user types. What would be refused elsewhere is listed there, statement by
statement."""

INSIDES = re.compile(r"(gi|cr|ag|tb|f)_[a-z_]+|co_[a-z]+|func_[a-z]+|mro")
"""Attributes by which Python shows its own insides, built-ins and globals among them."""

NEVER_IMPORTED = ("importlib", "builtins", "runpy", "code", "codeop", "imp", "ctypes", "pkgutil")


def read_python(path: str, text: str, own: frozenset[str]) -> list[Finding]:
    """Return what a file reaches; ``own`` are names that are ours and not the platform's."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        return [Finding(path, getattr(error, "lineno", 0) or 0, REFUSED, f"no Python: {error}")]
    source = Source(path, tree, own, defined_names([tree]))
    bind(source)
    spread_taint(source)
    findings = [*gates_in(source)]
    for statement, text in statements(tree):
        findings += imports_in(source, statement, text)
        for node in parts_of(statement):
            findings += judge_node(source, node, text)
    if path in RUNNERS:
        findings = [replace(f, kind="dynamic") if f.kind == REFUSED else f for f in findings]
    return list(dict.fromkeys(findings))


def gates_in(source: Source) -> Iterator[Finding]:
    """Yield the functions and constants that hold back a power, without their docstrings."""
    for node in source.tree.body:
        names = {getattr(node, "name", "")} | set(targets(node))
        if names.isdisjoint(GATE.get(source.path, ())):
            continue
        text = ast.unparse(node)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            words = node.body[1:] if ast.get_docstring(node) else node.body
            body = ast.unparse(ast.Module(words, []))
            text = f"def {node.name}({ast.unparse(node.args)}): {body}"
        yield Finding(source.path, node.lineno, "gate", " ".join(text.split()))


def statements(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield every statement with its text; of one that holds others, its head alone."""
    docstrings = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            for line in body:
                if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
                    docstrings.add(line)
        if not isinstance(node, ast.stmt) or node in docstrings:
            continue
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node, "def " + node.name
        elif hasattr(node, "body"):
            heads = [child for child in ast.iter_child_nodes(node) if isinstance(child, HEADS)]
            yield node, ", ".join(ast.unparse(child) for child in heads)
        else:
            yield node, ast.unparse(node)
    for node in ast.walk(tree):
        if isinstance(node, (ast.ExceptHandler, ast.match_case)):
            yield node, type(node).__name__


HEADS = (ast.expr, ast.withitem)


def parts_of(statement: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of one statement, those of statements inside it left out."""
    waiting = list(ast.iter_child_nodes(statement))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            continue
        yield node
        waiting += ast.iter_child_nodes(node)


def imports_in(source: Source, node: ast.AST, text: str) -> Iterator[Finding]:
    """Yield the foreign modules that a statement imports, as it writes them."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or "."]
        if any(alias.name == "*" for alias in node.names):
            yield Finding(source.path, node.lineno, REFUSED, text)
        if node.module and node.module.split(".")[0] in OURS:
            # A foreign module must not come in by way of one of ours.
            names += [alias.name for alias in node.names if alias.name in FOREIGN]
            if source.path.startswith(LOWER) and node.module.split(".")[0] not in LOWER_ROOMS:
                yield Finding(source.path, node.lineno, REFUSED, text)
    else:
        return
    for name in names:
        top = name.split(".")[0]
        if top in NEVER_IMPORTED:
            yield Finding(source.path, node.lineno, REFUSED, text)
        elif top not in OURS:
            kind = "imports"
            yield Finding(source.path, node.lineno, kind, text if top in FOREIGN else name)


def judge_node(source: Source, node: ast.AST, text: str) -> Iterator[Finding]:
    """Yield what one node of a statement reaches."""
    line = getattr(node, "lineno", 0)

    def found(kind: str, words: str) -> Finding:
        return Finding(source.path, line, kind, words)

    if isinstance(node, ast.Attribute):
        yield from reached(source, node, text)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from spoken(source, node, text)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in REACHING:
            yield from through_getattr(source, node, text)
    elif isinstance(node, ast.Subscript) and is_tainted(source, node.value):
        if not is_number(node.slice):
            yield found("dynamic", text)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
        words = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        if is_address(words):
            yield found("addresses", words)
    elif isinstance(node, ast.keyword):
        if node.arg in INIT and source.roots.keys() & set(FOREIGN):
            yield found("powers", text)
    elif isinstance(node, ast.Dict) and source.roots.keys() & set(FOREIGN):
        keys = [getattr(key, "value", None) for key in node.keys]
        if INIT.intersection(key for key in keys if isinstance(key, str)):
            yield found("powers", text)
    elif isinstance(node, ast.MatchClass):
        for name in node.kwd_attrs:
            yield found("powers" if name in POWERS else "words", text if name in POWERS else name)
    hidden = folded(node)
    if hidden is not None and (hidden in POWERS or is_address(hidden)):
        yield found("dynamic", text)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        key = folded(node.slice) or getattr(node.slice, "value", None)
        if isinstance(key, str) and key in POWERS:
            yield found("dynamic", text)


def reached(source: Source, node: ast.Attribute, text: str) -> Iterator[Finding]:
    """Yield the finding for one attribute, whatever it is reached on."""
    path = dotted(source, node)
    if INSIDES.fullmatch(node.attr) and not is_own(source, node):
        yield Finding(source.path, node.lineno, REFUSED, text)
    if not isinstance(node.ctx, ast.Load) and root_of(node) in source.ours:
        # A guard must not be exchanged from another file.
        yield Finding(source.path, node.lineno, REFUSED, text)
    if node.attr in ("format", "format_map") and formats_insides(node):
        yield Finding(source.path, node.lineno, "dynamic", text)
    # NumPy's arrays and our own network package have a ``view`` that is no event's window.
    of_array = source.path.startswith(LOWER) and id(node) in source.called
    is_view = node.attr == "view" and (of_array or is_own(source, node))
    if node.attr in POWERS and not is_view and (path is None or path.split(".")[0] in FOREIGN):
        yield Finding(source.path, node.lineno, "powers", text)
    if path is not None:
        yield Finding(source.path, node.lineno, "reach", path)
    elif node.attr not in POWERS and node.attr not in PLAIN and not is_own(source, node):
        yield Finding(source.path, node.lineno, "words", node.attr)


def is_own(source: Source, node: ast.Attribute) -> bool:
    """Tell whether an attribute is ours: its name is not the platform's, or it is of ``self``."""
    of_self = isinstance(node.value, ast.Name) and node.value.id == "self"
    return node.attr in source.own or (of_self and node.attr in source.fields)


def dotted(source: Source, node: ast.expr) -> str | None:
    """Return "js.caches.open" for an attribute whose way begins at something foreign."""
    names = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in source.roots:
        return None
    return ".".join([source.roots[node.id], *reversed(names)])


def spoken(source: Source, node: ast.Name, text: str) -> Iterator[Finding]:
    """Yield the finding for a name that stands alone: a foreign object or a built-in."""
    if node.id in NEVER and node.id not in source.bound:
        yield Finding(source.path, node.lineno, REFUSED, text)
    elif node.id in source.roots:
        if source.roots[node.id].split(".")[0] in FOREIGN and id(node) not in source.headed:
            yield Finding(source.path, node.lineno, "dynamic", text)
    elif source.ours.get(node.id) and id(node) not in source.headed:
        yield Finding(source.path, node.lineno, "dynamic", text)
    elif node.id not in source.bound and not hasattr(builtins, node.id):
        if node.id not in ("__name__", "__file__"):
            yield Finding(source.path, node.lineno, REFUSED, f"{node.id}: {text}")
    elif node.id in REACHING and id(node) not in source.called:
        yield Finding(source.path, node.lineno, REFUSED, text)


def through_getattr(source: Source, call: ast.Call, text: str) -> Iterator[Finding]:
    """Yield the finding for an attribute that ``getattr`` and the like reach."""
    if len(call.args) < 2 or call.keywords:
        yield Finding(source.path, call.lineno, REFUSED, text)
        return
    name = call.args[1]
    changes = isinstance(call.func, ast.Name) and call.func.id in ("setattr", "delattr")
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        context = ast.Store() if changes else ast.Load()
        attribute = ast.Attribute(call.args[0], name.value, context, lineno=call.lineno)
        yield from reached(source, attribute, text)
    else:
        yield Finding(source.path, call.lineno, "dynamic", text)
