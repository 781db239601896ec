"""Changes to the code of a stage: put in, taken out again, kept as one file.

A changed function replaces the original in every module that holds it, so that whoever calls it
gets the new one. That happens in this worker only; the page's own workers never see it.
"""

import ast
import importlib
import inspect
import linecache
import re
import sys
import traceback
import typing
from collections.abc import Callable, Mapping
from typing import Any

from common.errors import Refusal
from core.files import decode
from lab.bench import Bench, Outcome, Stage
from lab.mistakes import CodeError, called_otherwise, defined_at, explained, watched
from lab.stages import STAGES

HEAD = re.compile(r"^# homecut-lab: ([\w.]+)$", re.MULTILINE)
"""The line before each function in a saved file of changes."""

LESSON_HEAD = re.compile(r"^# homecut-lesson: ([\w-]+)( \(passed\))?$", re.MULTILINE)
"""The line before what was written in a lesson, and whether its check has passed."""

OPENING = "# Changes to Homecut's stages, made in the lab. Open this file there again.\n"


def known_functions() -> set[str]:
    """Return the dotted names of all functions that may be changed."""
    return {name for stage in STAGES for name in stage.functions}


def stage_called(key: str) -> Stage:
    """Return a stage by its key; raises ``KeyError`` for an unknown one."""
    return {stage.key: stage for stage in STAGES}[key]


def function_line(name: str) -> str:
    """Return the first line that a function, by its dotted name, says of itself."""
    line, reference, _ = (inspect.getdoc(_found(name)) or "").split("\n")[0].partition("; see :")
    return line.replace("``", "") + "." * bool(reference)


class Workshop:
    """The functions as they are now, and the photo that runs through them."""

    def __init__(self) -> None:
        """Begin with the originals and no photo."""
        self.bench = Bench()
        self._originals: dict[str, Callable[..., Any]] = {}
        self._changed: dict[str, str] = {}
        self._helpers: dict[str, dict[str, Any]] = {}
        """What else a change defined in its room, and what stood there before."""
        self.left_out = ""
        self._gave_nothing: list[str] = []
        """The changed functions that have returned ``None`` in the stage that runs, against their
        originals' promise."""

    def source(self, name: str) -> str:
        """Return the code of a function as it is now."""
        return self._changed.get(name) or self.original(name)

    def original(self, name: str) -> str:
        """Return the code of a function as the page runs it."""
        return inspect.getsource(self._originals.get(name) or _found(name))

    def change(self, name: str, text: str) -> None:
        """Let ``text`` be the code of a function from now on.

        Raises :class:`CodeError` when it is not Python, or defines no function of that name.
        """
        if name not in known_functions():
            raise CodeError(f"{name} is no function of the lab.", None)
        module_name, _, function_name = name.rpartition(".")
        module = importlib.import_module(module_name)
        label = f"<{name}>"
        try:
            tree = ast.parse(text, label)
        except SyntaxError as error:
            words = "".join(traceback.format_exception_only(error))
            raise CodeError(words, error.lineno) from error
        defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        if function_name not in defined:
            raise CodeError(f"The code must define a function called {function_name}.", None)
        if text.strip() == self.original(name).strip():
            self.restore(name)
            return
        linecache.cache[label] = (len(text), None, text.splitlines(keepends=True), label)
        made: dict[str, Any] = {}
        try:
            # The new code looks names up in its own room, where other changes arrive, too.
            exec(compile(tree, label, "exec"), vars(module), made)
        except BaseException as error:  # quit() and the like are no Exception
            raise explained(error) from error
        self.restore(name)
        self._originals[name] = _found(name)
        _replace(_found(name), self._watched(name, made.pop(function_name)))
        helpers = {key: vars(module).get(key) for key in made}
        vars(module).update(made)
        self._helpers[name] = helpers
        self._changed[name] = text

    def restore(self, name: str) -> None:
        """Put a function's original back."""
        original = self._originals.pop(name, None)
        if original is not None:
            _replace(_found(name), original)
        module = importlib.import_module(name.rpartition(".")[0])
        for key, before in self._helpers.pop(name, {}).items():
            if before is None:
                vars(module).pop(key, None)
            else:
                setattr(module, key, before)
        self._changed.pop(name, None)

    def restore_all(self) -> None:
        """Put every original back."""
        for name in list(self._originals):
            self.restore(name)

    @property
    def changed(self) -> list[str]:
        """The names of the functions that differ from the page's."""
        return sorted(self._changed)

    def saved(self, lessons: Mapping[str, tuple[str, bool]] | None = None) -> str:
        """Return all changes as the text of one Python file, with what was written in lessons.

        ``lessons`` maps a lesson's name to its text and whether its check has passed.
        """
        parts = [
            f"# homecut-lab: {name}\n{text.rstrip()}\n" for name, text in self._changed.items()
        ]
        parts += [
            f"# homecut-lesson: {name}{' (passed)' * passed}\n{text.rstrip()}\n"
            for name, (text, passed) in sorted((lessons or {}).items())
        ]
        return OPENING + "\n\n" + "\n\n".join(parts)

    def load(self, text: str) -> list[str]:
        """Take the changes of a saved file over; return the names of the functions in it.

        What cannot be used, as a function that a newer version has no more, is named in
        ``left_out``, a sentence. Raises :class:`CodeError` for a file of which nothing can be used.
        """
        changes, *lessons = LESSON_HEAD.split(text)
        pieces = HEAD.split(changes)[1:]
        wanted = dict(zip(pieces[::2], (code.strip() + "\n" for code in pieces[1::2]), strict=True))
        if not wanted and not lessons:
            raise CodeError("This file holds no changes that were saved in the lab.", None)
        refused = {}
        for name, code in wanted.items():
            try:
                self.change(name, code)
            except CodeError as error:
                refused[name] = error.text
        self.left_out = ""
        if refused:
            first, words = next(iter(refused.items()))
            self.left_out = f"Left out of the file: {', '.join(refused)}. {first}: {words}"
        if len(refused) == len(wanted) and not lessons:
            raise CodeError(self.left_out, None)
        return [name for name in wanted if name not in refused]

    def refusal_of(self, data: bytes) -> str:
        """Return the sentence with which the page refuses a file, empty where it takes it.

        The page's own functions are asked: what a changed one refuses is a matter of its stage.
        """
        mine = {name: _found(name) for name in self._originals}
        for name, function in mine.items():
            _replace(function, self._originals[name])
        try:
            decode.decode(data)
        except Refusal as error:
            return str(error)
        finally:
            for name, function in mine.items():
                _replace(self._originals[name], function)
        return ""

    def run(self, stage: Stage) -> Outcome:
        """Run one stage; raises :class:`CodeError` for whatever its code raises."""
        self._gave_nothing.clear()
        try:
            return stage.run(self.bench)
        except BaseException as error:  # quit() and the like are no Exception
            made = self._with_its_cause(error, explained(error))
            refusal = str(error) if isinstance(error, Refusal) else ""
            raise CodeError(made.text, made.line, refusal) from error

    def _watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a changed function that is noted down when it forgets to return something."""
        original = inspect.signature(_found(name)).return_annotation
        if type(None) in typing.get_args(original):
            return function
        return watched(function, lambda: self._gave_nothing.append(name))

    def _with_its_cause(self, error: BaseException, made: CodeError) -> CodeError:
        """Return what Python says with a sentence before it, where the cause is known.

        That is a changed function which is called in another way than it asks for, or which returns
        nothing, so that whoever called it cannot go on; then the line is that of the function.
        """
        first = error.__context__ or error  # where a file counts as damaged because code failed
        for name, text in self._changed.items():
            line = called_otherwise(first, text)
            if made.line is None and line is not None:
                words = f"Line {line} of <{name}> asks for other values than the page gives it."
                return CodeError(f"{words}\n{made.text}", line)
        for name in self._gave_nothing:
            line = made.line or defined_at(self._changed[name], name.rpartition(".")[2])
            words = f"<{name}> returns None: is a return missing?"
            return CodeError(f"{words}\n{made.text}", line)
        return made


def lessons_in(text: str) -> dict[str, tuple[str, bool]]:
    """Return what a saved file holds of lessons: name: the text, and whether its check passed."""
    _, *pieces = LESSON_HEAD.split(text)
    named = zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    return {name: (code.strip() + "\n", bool(passed)) for name, passed, code in named}


def _found(name: str) -> Callable[..., Any]:
    """Return the function that a dotted name means now."""
    module, _, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _replace(old: Callable[..., Any], new: Callable[..., Any]) -> None:
    """Put ``new`` in the place of ``old`` in every room that holds it."""
    for module_name, module in list(sys.modules.items()):
        if module is None or not module_name.startswith(("core.", "lab.")):
            continue
        for key, value in list(vars(module).items()):
            if value is old:
                setattr(module, key, new)
