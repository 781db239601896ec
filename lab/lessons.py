"""Lessons: plain files, each with a task, a beginning, a check and a solution.

A lesson is a Python file ``lessons/NN-name.py``. Its docstring holds the words, one paragraph each:
the title, then ``Question:``, ``Task:`` and ``Hint:``. Below it stand three parts, each after a
line ``# --- start``, ``# --- check`` and ``# --- solution``. The pupil sees the start and changes
it; the check runs afterwards in the same names and says with ``assert`` what is still wrong.
"""

import ast
import contextlib
import io
import re
import traceback
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte import planes
from lab import drawing
from lab.bench import Bench
from lab.mistakes import called_otherwise, defined_at, explained, watched

MARK = re.compile(r"^# --- (start|check|solution)$", re.MULTILINE)
WORDS = ("Question:", "Task:", "Hint:")
PARTS = ("start", "check", "solution")

NOTED = "_noted"
"""Under which name a lesson's code holds what notes down that a function gives nothing."""

YOURS = "<your code>"
"""What Python calls the file of a pupil's code."""

MOST_PRINTED = 4000
"""Characters of what a lesson's code printed that are shown."""

MOST_SIDE = 2000
"""Longest side in pixels of a picture that is shown whole; of a longer one every second, third ...
row and column is left, before anything is computed with it."""

NUMBERS = ("F", "I", "I;16")
"""Modes of Pillow's that hold numbers which no colour can be made of."""

MATERIAL_SIDE = 200
"""Longest side in pixels of the photo that lessons work on."""


@dataclass(frozen=True)
class Lesson:
    """One lesson; all attributes are texts, ``name`` that of its file without ``.py``."""

    name: str
    title: str
    question: str
    task: str
    hint: str
    start: str
    check: str
    solution: str


@dataclass(frozen=True)
class Verdict:
    """What came of a check: whether it ``passed``, the ``words``, the ``line`` of an error.

    ``picture`` is what the code left under that name, uint8 (h, w, 4), or ``None``; ``printed``
    what it printed.
    """

    passed: bool
    words: str
    line: int | None = None
    picture: npt.NDArray[np.uint8] | None = None
    printed: str = ""


def parse(name: str, text: str) -> Lesson:
    """Return the lesson in a file; raises ``ValueError`` that says what is missing."""
    words, *rest = MARK.split(text)
    parts = dict(zip(rest[::2], (part.strip() + "\n" for part in rest[1::2]), strict=True))
    missing = [part for part in PARTS if not parts.get(part, "").strip()]
    if missing:
        raise ValueError(f"{name}: the part '# --- {missing[0]}' is missing")
    docstring = ast.get_docstring(ast.parse(words)) or ""
    paragraphs = [" ".join(part.split()) for part in docstring.split("\n\n")]
    found = {}
    for word in WORDS:
        said = [part for part in paragraphs[1:] if part.startswith(word)]
        if not said:
            raise ValueError(f"{name}: the paragraph '{word}' is missing")
        found[word] = said[0].removeprefix(word).strip()
    return Lesson(
        name,
        paragraphs[0].rstrip("."),
        found["Question:"],
        found["Task:"],
        found["Hint:"],
        parts["start"],
        parts["check"],
        parts["solution"],
    )


def material(bench: Bench) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Return the photo, uint8 (h, w, 3), and the matte, float32 (h, w), that lessons work on.

    Of the photo on the bench if it has come as far as its matte, else a soft disc on a slope.
    """
    photo, matte = bench.values.get("photo"), bench.values.get("matte")
    if photo is None or matte is None:
        rows, columns = np.indices((133, MATERIAL_SIDE), np.float32)
        disc = np.clip((45 - np.hypot(rows - 66, columns - 100)) / 4, 0, 1)
        drawn = np.stack([disc * 180 + 40, rows, columns], axis=2).astype(np.uint8)
        return drawn, disc.astype(np.float32)
    small = photo.image.copy()
    small.thumbnail((MATERIAL_SIDE, MATERIAL_SIDE))
    fitting = planes.resize_plane(matte, small.size, Image.Resampling.BILINEAR)
    return np.array(small), np.clip(fitting, 0, 1)


def material_words(bench: Bench) -> str:
    """Return in a sentence what the lessons work on where it is no photo, else an empty text."""
    if "photo" in bench.values and "matte" in bench.values:
        return ""
    if bench.data:
        return "The photo has no matte yet, so the lessons use a drawn disc."
    return "No photo is chosen, so the lessons use a drawn disc."


def names(photo: npt.NDArray[np.uint8], matte: npt.NDArray[np.float32]) -> dict[str, Any]:
    """Return what a lesson's code finds: ``np``, ``Image``, ``photo`` (h, w, 3), ``matte`` (h,
    w), and an ``input`` that says why there is none.
    """
    given = {"photo": photo.copy(), "matte": matte.copy()}
    return {"np": np, "Image": Image, "input": _no_input, **given}


def _no_input(*_: object) -> str:
    """Take the place of ``input``, which in a worker ends in an error of the system."""
    raise RuntimeError("Nobody can type in here. Write the value into the code instead of input().")


def is_solution(lesson: Lesson, code: str) -> bool:
    """Tell whether a pupil's code is the lesson's solution, comments and blanks aside."""
    try:
        return ast.dump(ast.parse(code)) == ast.dump(ast.parse(lesson.solution))
    except (SyntaxError, ValueError):  # no Python at all, or bytes that no source can hold
        return False


def check(
    lesson: Lesson, code: str, photo: npt.NDArray[np.uint8], matte: npt.NDArray[np.float32]
) -> Verdict:
    """Run a pupil's code and then the lesson's check; return what is still wrong, if anything.

    ``photo`` is uint8 (h, w, 3), ``matte`` float32 (h, w) in 0..1 of the same size.
    """
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        verdict = _verdict(lesson, code, names(photo, matte))
    return replace(verdict, printed=printed.getvalue()[:MOST_PRINTED])


def _verdict(lesson: Lesson, code: str, scope: dict[str, Any]) -> Verdict:
    """Run code and check in ``scope``; what was forgotten most often is asked for first."""
    gave_nothing: list[str] = []
    try:
        tree = _noting(lesson, code, scope, gave_nothing)
        exec(compile(tree, YOURS, "exec"), scope)
    except SyntaxError as error:
        where = "" if error.lineno is None else f" (line {error.lineno})"
        return Verdict(False, f"SyntaxError: {error.msg}{where}", error.lineno)
    except BaseException as error:  # quit() and the like are no Exception
        verdict = _broken(error, code)
    else:
        verdict = _checked(lesson, code, scope)
    if verdict.passed or not gave_nothing:
        return verdict
    name = gave_nothing[0]
    words = f"{name}() returns None: is a return missing?\n{verdict.words}"
    return replace(verdict, words=words, line=verdict.line or defined_at(code, name))


def _noting(
    lesson: Lesson, code: str, scope: dict[str, Any], gave_nothing: list[str]
) -> ast.Module:
    """Return a pupil's code in which the functions asked for note down that they give nothing."""
    asked = {node.name for node in ast.parse(lesson.solution).body if hasattr(node, "name")}
    tree = ast.parse(code, YOURS)
    scope[NOTED] = lambda made: watched(made, lambda: gave_nothing.append(made.__name__))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in asked:
            node.decorator_list.append(ast.copy_location(ast.Name(NOTED, ast.Load()), node))
    return tree


def _checked(lesson: Lesson, code: str, scope: dict[str, Any]) -> Verdict:
    """Return the verdict on code that ran."""
    try:
        exec(compile(lesson.check, "<check>", "exec"), scope)
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if frame.filename == YOURS]
        if not own and isinstance(error, AssertionError):
            return Verdict(False, str(error) or "Not yet.", picture=_picture(scope))
        if not own and isinstance(error, NameError):
            return Verdict(False, f"The code must define {error.name}.", picture=_picture(scope))
        return _unusable(error, own, code, scope)
    return Verdict(True, "Right.", picture=_picture(scope))


def _broken(error: BaseException, code: str) -> Verdict:
    """Return the verdict on code that raised something; a call that does not fit comes first."""
    said = explained(error)
    line = called_otherwise(error, code)
    if line is None:
        return Verdict(False, said.text, said.line)
    words = f"Line {line} of {YOURS} asks for other values than it is called with."
    return Verdict(False, f"{words}\n{said.text}", line)


def _unusable(
    error: BaseException, own: list[traceback.FrameSummary], code: str, scope: dict[str, Any]
) -> Verdict:
    """Return the verdict on code that ran, until the check used it; ``own`` are its frames."""
    what = "".join(traceback.format_exception_only(error)).strip()
    if isinstance(error, SystemExit) or (own and called_otherwise(error, code) is not None):
        return _broken(error, code)
    if own:
        words = "".join(["Traceback (most recent call last):\n", *traceback.format_list(own), what])
        return Verdict(False, words, own[-1].lineno, _picture(scope))
    if isinstance(error, TypeError) and (line := called_otherwise(error, code)) is not None:
        words = f"The check calls this function with other values than it asks for: {what}"
        return Verdict(False, words, line, _picture(scope))
    words = f"The check cannot use what your code gives back. Python says: {what}"
    return Verdict(False, words, picture=_picture(scope))


def _picture(scope: dict[str, Any]) -> npt.NDArray[np.uint8] | None:
    """Return the picture that a lesson's code made, if it is one."""
    made = scope.get("picture")
    if isinstance(made, Image.Image):
        made = np.asarray(made if made.mode in NUMBERS else made.convert("RGBA"))
    if not isinstance(made, np.ndarray) or made.ndim not in (2, 3) or not made.size:
        return None
    if made.dtype.kind not in "buif" or (made.ndim == 3 and made.shape[2] not in (3, 4)):
        return None
    step = 1 + max(made.shape[:2]) // MOST_SIDE
    values = np.nan_to_num(made[::step, ::step].astype(np.float32))
    values = values * 255 if made.dtype.kind in "fb" else values
    return drawing.shown(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)))
