"""Every lesson can be done, and none is done before it has begun."""

import numpy as np
import pytest

from lab.bench import Bench
from lab.lessons import check, is_solution, material_words, parse
from tools.setup.checkout import ROOT

FILES = sorted((ROOT / "lessons").glob("*.py"))


def material():
    """Return a small photo with a soft disc in it, and the disc as its matte."""
    rows, columns = np.indices((96, 128), np.float32)
    matte = np.clip(30 - np.hypot(rows - 48, columns - 64), 0, 4) / 4
    photo = np.stack([matte * 200 + 20, rows * 2, columns], axis=2).astype(np.uint8)
    return photo, matte.astype(np.float32)


def lesson_of(file):
    return parse(file.stem, file.read_text("utf-8"))


def test_there_are_at_least_eight_lessons_numbered_without_a_gap():
    assert len(FILES) >= 8
    assert [int(file.name[:2]) for file in FILES] == list(range(1, len(FILES) + 1))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_solution_passes_its_check(file):
    lesson = lesson_of(file)
    verdict = check(lesson, lesson.solution, *material())
    assert verdict.passed, verdict.words


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_start_does_not_pass_and_says_in_words_what_is_wrong(file):
    lesson = lesson_of(file)
    verdict = check(lesson, lesson.start, *material())
    assert not verdict.passed
    assert verdict.words.endswith((".", ")."))
    assert "Traceback" not in verdict.words


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_lesson_fits_on_a_screen(file):
    lesson = lesson_of(file)
    assert len(lesson.title) <= 60
    assert len(lesson.question) + len(lesson.task) <= 700
    assert len(lesson.start.splitlines()) <= 24


def test_what_the_lessons_work_on_is_said_where_it_is_no_photo():
    assert material_words(Bench()) == "No photo is chosen, so the lessons use a drawn disc."
    assert "has no matte yet" in material_words(Bench(b"photo", values={"photo": 1}))
    assert material_words(Bench(b"photo", values={"photo": 1, "matte": 1})) == ""


def test_the_first_lesson_says_of_what_it_speaks_and_asks_for_no_more_than_its_check():
    lesson = lesson_of(FILES[0])
    verdict = check(lesson, "def share(matte):\n    return matte.max() * 0\n", *material())
    assert "In a test matte whose upper half is subject" in verdict.words
    assert check(lesson, "def share(matte):\n    return matte.mean()\n", *material()).passed
    assert "float" not in lesson.hint


def test_code_that_is_no_python_or_raises_gets_pythons_own_words_and_the_line():
    lesson = lesson_of(FILES[0])
    verdict = check(lesson, "def share(matte:\n", *material())
    assert "SyntaxError" in verdict.words
    assert verdict.line == 1
    verdict = check(lesson, "def share(matte):\n    return matte.nothing\n", *material())
    assert "AttributeError" in verdict.words
    assert verdict.line == 2
    verdict = check(lesson, "import nothing_of_that_name\n", *material())
    assert "ModuleNotFoundError" in verdict.words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("# --- check", "# --- chekc"), "# --- check"),
        (("Task:", "Tusk:"), "Task:"),
    ],
)
def test_a_file_that_lacks_a_part_says_which(change, words):
    text = FILES[0].read_text("utf-8").replace(*change)
    with pytest.raises(ValueError, match=words):
        parse("01", text)


@pytest.mark.parametrize(
    ("number", "code", "words", "line"),
    [
        (1, "x = 1", "The code must define share.", None),
        (1, "def share(matte):\n    total = 3\n    return matte\n", "an array", None),
        (
            1,
            "def share(matte):\n    matte.mean()\n",
            "share() returns None: is a return missing?",
            1,
        ),
        (1, "def share(matte):\n    return matte.sum()\n", "yours is 8.0", None),
        (1, "def share(matte):\n    return input()\n", "Write the value into the code", 2),
        (1, "def share(matte, more):\n    return 0.5\n", "other values than it asks for", 1),
        (2, "x = 1\ndef decide(matte, threshold):\n    pass\n", "is a return missing?", 2),
        (8, "def guided(a, b, c, d):\n    pass\nguided(1, 2, 3, 4) + 1\n", "a return missing?", 3),
        (10, "def iou(one, other):\n    pass\n", "iou() returns None: is a return missing?\n", 1),
        (2, "def decide(a):\n    return a\ndecide(matte, 1)\n", "Line 1 of <your code> asks", 1),
        (
            2,
            "def half():\n    return 1\ndef decide(a, b):\n    return half(a)\n",
            "Line 1 of <your code> asks for other values than it is called with.\nTraceback",
            1,
        ),
        (
            2,
            "def decide(matte, threshold):\n    matte[:] = matte >= threshold\n    return matte\n",
            "must stay as it is",
            None,
        ),
        (3, "def checkerboard(a, b, c):\n    return 1 / 0\n", "ZeroDivisionError", 2),
        (1, "x = 1\nquit()\n", "Line 2 of <your code> ends Python. Leave quit()", 2),
        (1, "exit()\n", "ends Python", 1),
        (1, "import sys\ndef share(matte):\n    sys.exit(3)\n", "Line 3 of <your code> ends", 3),
        (1, "def share(matte):\n    return helper(matte)\n", "name 'helper' is not defined", 2),
        (1, "def share(m):\n    return float32(m.mean())\n", "Traceback (most recent call", 2),
        (1, "def share(matte):\n    assert False, 'mine'\n", "AssertionError: mine", 2),
        (2, "x = 1\ndecide = lambda a: a\n", "other values than it asks for", 2),
        (2, "x = 1\nclass decide:\n    pass\n", "other values than it asks for", 2),
        (1, "raise KeyboardInterrupt\n", "KeyboardInterrupt", 1),
        (1, "def share(matte):\n    raise KeyboardInterrupt\n", "KeyboardInterrupt", 2),
    ],
)
def test_what_the_check_cannot_use_is_told_and_only_the_pupils_own_line_is_marked(
    number, code, words, line
):
    verdict = check(lesson_of(FILES[number - 1]), code, *material())
    assert not verdict.passed
    assert words in verdict.words
    assert "<check>" not in verdict.words
    assert verdict.line == line


@pytest.mark.parametrize(
    ("made", "size"),
    [
        ("Image.fromarray(matte)", (96, 128)),
        ("matte * np.nan", (96, 128)),
        ("np.zeros((9000, 20), np.uint8)", None),
        ("matte > 0.5", (96, 128)),
        ("np.array([['a', 'b']])", None),
        ("matte.astype(complex)", None),
        ("Image.new('RGB', (0, 0))", None),
        ("'a word'", None),
    ],
)
def test_whatever_a_pupil_calls_picture_does_not_end_the_check(made, size):
    lesson = lesson_of(FILES[1])
    verdict = check(lesson, lesson.solution + f"picture = {made}\n", *material())
    assert verdict.passed
    if size is not None:
        assert verdict.picture.shape == (*size, 4)


def test_the_solution_is_known_again_with_another_comment_and_not_in_other_words():
    lesson = lesson_of(FILES[1])
    again = lesson.solution.replace("    return", "    # my own\n    return") + "\n\n"
    assert is_solution(lesson, again)
    assert not is_solution(lesson, lesson.solution.replace(">=", "> 0 + "))
    assert not is_solution(lesson, lesson.start)
    assert not is_solution(lesson, "def decide(:")
