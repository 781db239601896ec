"""What Python says about a pupil's code: its words, and the line in the editor."""

import ast
import functools
import traceback
from collections.abc import Callable
from typing import Any


class CodeError(Exception):
    """A pupil's code cannot be used; ``text`` is what Python says, ``line`` where (or ``None``).

    ``refusal`` is the sentence that the page would show, where what was raised is no matter of
    Python but a file that it refuses.
    """

    def __init__(self, text: str, line: int | None, refusal: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.line = line
        self.refusal = refusal


def explained(error: BaseException) -> CodeError:
    """Return an exception as Python's own traceback, from the pupil's first line on.

    For ``quit()`` and its like it is a sentence: to Python that is no mistake.
    """
    frames = traceback.extract_tb(error.__traceback__)
    own = [number for number, frame in enumerate(frames) if is_written_here(frame.filename)]
    shown = frames[own[0] :] if own else frames[-1:]
    shown = [frame for frame in shown if frame.filename != __file__]
    line = frames[own[-1]].lineno if own else None
    if isinstance(error, SystemExit):
        where = f"Line {line} of {frames[own[-1]].filename}" if own else "This code"
        return CodeError(f"{where} ends Python. Leave quit(), exit() or sys.exit() out.", line)
    words = traceback.format_list(shown)
    if words:
        words.insert(0, "Traceback (most recent call last):\n")
    words += traceback.format_exception_only(error)
    return CodeError("".join(words), line)


def is_written_here(file: str) -> bool:
    """Tell whether what Python calls a file is a text of the lab's editors."""
    return file.startswith("<") and not file.startswith(("<frozen ", "<check>"))


def called_otherwise(error: BaseException, text: str) -> int | None:
    """Return the line in ``text`` of the function that a call does not fit, if it is one of its.

    Python raises such an error where the call stands, before the function's first line runs.
    """
    name, found, _ = str(error).partition("() ")
    return defined_at(text, name) if found and isinstance(error, TypeError) else None


def defined_at(text: str, function: str) -> int | None:
    """Return the line of ``text`` in which a function is defined, ``None`` where it is not.

    ``function`` is its name; what bears none, and what a class makes, can be called as well.
    """
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Lambda) and function == "<lambda>":
            return node.lineno
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == function:
            return node.lineno
    return None


def watched(function: Callable[..., Any], note: Callable[[], None]) -> Callable[..., Any]:
    """Return a function that calls ``note()`` whenever it gives back ``None``."""

    @functools.wraps(function)
    def watching(*given: Any, **named: Any) -> Any:
        """Call the pupil's function."""
        result = function(*given, **named)
        if result is None:
            note()
        return result

    return watching
