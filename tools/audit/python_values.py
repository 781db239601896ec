"""What can be read off an expression without running it: texts, numbers, its first name."""

import ast
import re

from tools.audit.python_names import last_name

FIELD = re.compile(r"\{[^{}]*[.\[]")
"""A field of a text to be formatted that reaches into an object."""


def root_of(node: ast.expr) -> str:
    """Return the name at which ``a.b[c].d`` begins, ``""`` where it begins at something else."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def formats_insides(node: ast.Attribute) -> bool:
    """Tell whether a text that is formatted may reach into what it is given."""
    if isinstance(node.value, ast.Constant):
        return isinstance(node.value.value, str) and bool(FIELD.search(node.value.value))
    return isinstance(node.value, (ast.JoinedStr, ast.BinOp, ast.Call))


def is_number(node: ast.expr) -> bool:
    """Tell whether a subscript can only be a number or a slice."""
    if isinstance(node, ast.Slice):
        return True
    if isinstance(node, ast.UnaryOp):
        return is_number(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def folded(node: ast.AST) -> str | None:
    """Return the text that an expression of literals makes, ``None`` for any other."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return joined([node.left, node.right])
    if isinstance(node, ast.JoinedStr):
        return joined(node.values)
    if isinstance(node, ast.FormattedValue):
        return text_of(node.value)
    if not (isinstance(node, ast.Call) and last_name(node.func) == "join" and len(node.args) == 1):
        return None
    parts, between = node.args[0], text_of(getattr(node.func, "value", node))
    if between is None or not isinstance(parts, (ast.List, ast.Tuple)):
        return None
    texts = [text_of(part) for part in parts.elts]
    return None if None in texts else between.join(text or "" for text in texts)


def joined(nodes: list[ast.expr]) -> str | None:
    """Return several literals as one text."""
    texts = [text_of(node) for node in nodes]
    return None if None in texts else "".join(text or "" for text in texts)


def text_of(node: ast.AST) -> str | None:
    """Return a literal's text, put together if need be."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    return folded(node)
