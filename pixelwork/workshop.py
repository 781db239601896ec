"""The lab's worker: stages and lessons of :mod:`lab`, asked for by the page ``lab.html``.

It has a Pyodide of its own, so whatever a pupil's code does, it does not do to the page's workers,
and can be ended at any time.
"""

import contextlib
import io
import json

import js
import numpy as np

from core import pipeline
from lab import close_up, glossary, inner_layers, lessons, out_of_network
from lab.bench import Bench
from lab.mistakes import CodeError
from lab.stages import STAGES
from lab.workshop import Workshop, function_line, lessons_in, stage_called
from pixelwork.answers import answer, answering, content_of, moved

_workshop = Workshop()


def _said(error):
    """Answer with what Python says about a pupil's code; that is a result, not a refusal."""
    return answer({"error": error.text, "line": error.line, "refusal": error.refusal})


def _pictures_answer(values, pictures):
    """Answer with ``values`` and pictures (title, RGBA), one after the other in one buffer."""
    listed = [
        {"title": title, "width": pixels.shape[1], "height": pixels.shape[0]}
        for title, pixels in pictures
    ]
    content = b"".join(pixels.tobytes() for _, pixels in pictures)
    return answer({**values, "pictures": listed}, moved(content) if content else None)


@answering
async def lab_stages():
    """Answer with the stages, in their order: ``key``, ``title``, ``words``, ``functions``.

    ``lines`` are what the functions say of themselves, ``glossary`` is word and sentence.
    """
    listed = [
        {
            "key": stage.key,
            "title": stage.title,
            "words": stage.words,
            "functions": list(stage.functions),
            "lines": [function_line(name) for name in stage.functions],
            "glossary": glossary.WORDS[stage.key],
            "waits": stage.waits,
        }
        for stage in STAGES
    ]
    return answer({"stages": listed, "side": _workshop.bench.side})


@answering
async def lab_begin(blob, side):
    """Put a photo's file on the bench; ``side`` is that of the network's input.

    Answers with ``refusal``, a sentence for a file that is none; then the last one stays there.
    """
    data = await content_of(blob)
    refusal = _workshop.refusal_of(data)
    if not refusal:
        _workshop.bench = Bench(data, side)
    return answer({"refusal": refusal})


@answering
async def lab_run(key):
    """Run one stage; answer with its ``numbers``, ``readings``, ``seconds``, pictures, prints.

    What its code raises comes back as ``error`` and ``line``; ``refusal`` is the sentence where the
    page refuses the file, else empty.
    """
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            outcome = _workshop.run(stage_called(key))
    except CodeError as error:
        return _said(error)
    readings = [{"words": one.words, "holds": one.holds} for one in outcome.readings]
    values = {"numbers": outcome.numbers, "readings": readings, "seconds": outcome.seconds}
    values.update(marked=outcome.marked, notice=outcome.notice)
    values["printed"] = printed.getvalue()[: lessons.MOST_PRINTED]
    return _pictures_answer(values, outcome.pictures)


@answering
async def lab_close_up(x, y):
    """Answer with what lies around a pixel before and after the edge stage, and with its ties.

    ``x`` and ``y`` are shares of the photo's width and height, 0..1, or negative for where the edge
    is softest. The values hold the shares, the photo's ``width`` and ``height`` and a ``text``.
    """
    bench = _workshop.bench
    alpha = bench.values["alpha"]
    place = out_of_network.softest(alpha) if x < 0 else close_up.place(bench, x, y)
    width, height = bench.values["photo"].image.size
    pictures, text = close_up.close_up(bench, *place)
    values = {"x": (place[0] + 0.5) / width, "y": (place[1] + 0.5) / height}
    values.update(width=width, height=height, text=text)
    return _pictures_answer(values, pictures)


@answering
async def lab_input(side):
    """Answer with the network's input at a side: Float32Array of 1 x 3 x side x side values."""
    bench = _workshop.bench
    before, bench.side = bench.side, side
    try:
        _workshop.run(stage_called("input"))
    except CodeError as error:
        return _said(error)
    finally:
        bench.side = before
    tensor = np.ascontiguousarray(bench.values["tensor"], np.float32)
    data = js.Float32Array.new(tensor.size)
    data.assign(tensor.ravel())
    return answer({}, data)


@answering
async def lab_accept(side, raw):
    """Keep the network's answer (a Float32Array of side x side) to the input of that side."""
    values = np.asarray(raw.to_py(), np.float32).reshape(side, side)
    _workshop.bench.raw[str(side)] = values
    return answer({})


@answering
async def lab_pixels(side):
    """Answer with the photo as the small network wants it: Uint8Array of side x side x 4 (RGBA)."""
    photo = _workshop.bench.values["photo"]
    return answer({}, moved(pipeline.network_pixels(photo, side)))


@answering
async def lab_accept_light(side, raw):
    """Keep the small network's answer (a Uint8Array of side x side, 0 to 255), to be looked at."""
    values = np.asarray(raw.to_py(), np.float32).reshape(side, side) / np.float32(255)
    _workshop.bench.raw[f"U²-Netp, input of {side} x {side}"] = values
    return answer({})


@answering
async def lab_layer(name, raw, channels, height, width):
    """Answer with the channels of a network's layer as one picture, and a ``text`` about them.

    ``raw`` is a Float32Array of channels x height x width values.
    """
    values = np.asarray(raw.to_py(), np.float32).reshape(channels, height, width)
    pictures = [(f"the {channels} channels of {name}", inner_layers.grid(values))]
    return _pictures_answer({"text": inner_layers.told(name, values)}, pictures)


@answering
async def lab_source(name, original):
    """Answer with the ``text`` of a function, as it is now or as the page runs it."""
    text = _workshop.original(name) if original else _workshop.source(name)
    return answer({"text": text, "changed": name in _workshop.changed})


@answering
async def lab_change(name, text):
    """Let ``text`` be the code of a function; answer with ``changed``, or ``error`` and
    ``line``.
    """
    try:
        _workshop.change(name, text)
    except CodeError as error:
        return _said(error)
    return answer({"changed": _workshop.changed})


@answering
async def lab_restore(name):
    """Put one function's original back, or all of them for an empty ``name``."""
    if name:
        _workshop.restore(name)
    else:
        _workshop.restore_all()
    return answer({"changed": _workshop.changed})


@answering
async def lab_saved(lessons_json):
    """Answer with all changes, and lessons (JSON, name: [text, passed]), as one file's ``text``."""
    written = {name: (text, passed) for name, (text, passed) in json.loads(lessons_json).items()}
    return answer({"text": _workshop.saved(written)})


@answering
async def lab_lessons(text):
    """Answer with what a saved file holds of lessons: ``lessons``, name: [text, passed]."""
    return answer({"lessons": lessons_in(text)})


@answering
async def lab_load(text):
    """Take over the changes of a saved file; answer with ``names``, or ``error`` and ``line``.

    ``left_out`` is a sentence about what cannot be used.
    """
    try:
        names = _workshop.load(text)
        return answer({"names": names, "left_out": _workshop.left_out})
    except CodeError as error:
        return _said(error)


@answering
async def lab_lesson(name, text):
    """Answer with the words and the code of a lesson's file, or ``error`` for one that is none."""
    try:
        lesson = lessons.parse(name, text)
    except (ValueError, SyntaxError) as error:
        return answer({"error": str(error)})
    return answer(
        {
            "title": lesson.title,
            "question": lesson.question,
            "task": lesson.task,
            "hint": lesson.hint,
            "start": lesson.start,
            "solution": lesson.solution,
            "material": lessons.material_words(_workshop.bench),
        }
    )


@answering
async def lab_check(name, text, code):
    """Run a pupil's code and the lesson's check; answer with the verdict and its picture.

    ``solution`` says whether the code is the lesson's own solution.
    """
    lesson = lessons.parse(name, text)
    verdict = lessons.check(lesson, code, *lessons.material(_workshop.bench))
    values = {"passed": verdict.passed, "words": verdict.words, "line": verdict.line}
    values["printed"] = verdict.printed
    values["solution"] = lessons.is_solution(lesson, code)
    values["material"] = lessons.material_words(_workshop.bench)
    pictures = [] if verdict.picture is None else [("picture", verdict.picture)]
    return _pictures_answer(values, pictures)
