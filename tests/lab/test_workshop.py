"""A changed function shows in its stage and in all below, and nowhere after it was put back."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from core.files.decode import decode
from core.matte import mask
from lab.into_network import LARGEST_SIDE
from lab.mistakes import CodeError
from lab.stages import STAGES
from lab.workshop import Workshop, known_functions, lessons_in, stage_called
from tools.setup.checkout import ROOT

SAMPLE = ROOT / "assets/sample/sample.jpg"
NORMALISE = "core.matte.mask.normalise"


def workshop(data=None):
    """Return a workshop with a photo and a soft disc as the network's answer."""
    made = Workshop()
    made.bench.data = data or SAMPLE.read_bytes()
    made.bench.side = 64
    rows, columns = np.indices((64, 64), np.float32)
    made.bench.raw = {"64": np.clip((22 - np.hypot(rows - 32, columns - 32)) / 4, 0, 1)}
    return made


@pytest.fixture
def shop():
    made = workshop()
    yield made
    made.restore_all()


def test_every_stage_runs_shows_something_and_keeps_its_contract(shop):
    for stage in STAGES:
        outcome = shop.run(stage)
        assert outcome.pictures or outcome.numbers, stage.key
        assert [reading for reading in outcome.readings if not reading.holds] == [], stage.key
        for title, pixels in outcome.pictures:
            assert pixels.dtype == np.uint8, title
            assert pixels.shape[2] == 4, title
            assert pixels.flags.c_contiguous, title


def test_the_last_stage_makes_the_file_that_the_page_makes(shop):
    from common.edits.edit import default_edit
    from core import output

    for stage in STAGES:
        shop.run(stage)
    photo = decode(SAMPLE.read_bytes())
    matte = mask.normalise(shop.bench.raw["64"], 0.0, 1.0)
    (file,) = output.export(photo, matte, default_edit())
    assert shop.bench.values["file"] == file.content


def test_the_source_is_that_of_the_function_itself():
    text = (ROOT / "core/matte/mask.py").read_text("utf-8")
    assert Workshop().source(NORMALISE) in text
    for name in known_functions():
        assert Workshop().source(name).startswith("def "), name


def test_a_changed_function_is_the_one_that_runs_in_its_stage_and_below(shop):
    for stage in STAGES:
        shop.run(stage)
    before = shop.bench.values["file"]
    text = shop.source(NORMALISE).replace(
        "return np.clip(matte, 0, 1, out=matte)", "return matte * 0"
    )
    shop.change(NORMALISE, text)
    for stage in STAGES[4:]:
        shop.run(stage)
    assert shop.bench.values["matte"].max() == 0
    assert shop.bench.values["file"] != before
    shop.restore(NORMALISE)
    for stage in STAGES[4:]:
        shop.run(stage)
    assert shop.bench.values["file"] == before


def test_a_function_that_other_rooms_have_imported_is_replaced_there_too(shop):
    for stage in STAGES[:6]:
        shop.run(stage)
    name = "core.matte.foreground.own_colours"
    shop.change(
        name, "def own_colours(image, alpha, strength=1.0, largest=384):\n    return image.copy()\n"
    )
    shop.run(stage_called("result"))
    pixels = np.asarray(shop.bench.values["cutout"])[..., :3]
    assert np.array_equal(pixels, np.asarray(shop.bench.values["photo"].image))


def test_a_helper_beside_the_function_comes_and_goes_with_it(shop):
    text = "import math\n\n\ndef half(value):\n    return value / math.sqrt(4)\n\n\n"
    text += "def normalise(raw, low, high):\n    return half(raw)\n"
    shop.change(NORMALISE, text)
    shop.run(stage_called("pixels"))
    shop.run(stage_called("matte"))
    assert shop.bench.values["matte"].max() == pytest.approx(0.5)
    shop.restore(NORMALISE)
    assert not hasattr(mask, "half")


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("def normalise(raw, low, high)\n    return raw\n", "SyntaxError", 1),
        ("def other(raw):\n    return raw\n", "must define a function called normalise", None),
        ("import nothing_of_that_name\n", "must define a function", None),
        (
            "import nothing_of_that_name\n\ndef normalise(raw, low, high):\n    return raw\n",
            "ModuleNotFoundError",
            1,
        ),
    ],
)
def test_code_that_cannot_be_used_is_refused_with_the_line_and_the_last_good_stays(
    shop, text, words, line
):
    original = shop.source(NORMALISE)
    with pytest.raises(CodeError, match=words) as raised:
        shop.change(NORMALISE, text)
    assert raised.value.line == line
    assert shop.source(NORMALISE) == original
    assert shop.changed == []


def test_what_the_page_refuses_is_told_by_its_own_functions_whatever_was_changed(shop):
    assert shop.refusal_of(SAMPLE.read_bytes()) == ""
    shop.change("core.files.sniff.sniff", "def sniff(data):\n    return None\n")
    assert shop.refusal_of(SAMPLE.read_bytes()) == "", "the changed one refuses every file"
    assert shop.refusal_of(b"nothing that is a picture" * 40).startswith("This is not a picture")
    with pytest.raises(CodeError):
        shop.run(stage_called("file"))


@pytest.mark.parametrize("end", ["quit()", "exit()", "raise SystemExit"])
def test_code_that_ends_python_is_told_so_in_a_sentence_with_its_line(shop, end):
    words = f"Line 2 of <{NORMALISE}> ends Python. Leave quit(), exit() or sys.exit() out."
    shop.run(stage_called("pixels"))
    shop.change(NORMALISE, f"def normalise(raw, low, high):\n    {end}\n")
    with pytest.raises(CodeError) as raised:
        shop.run(stage_called("matte"))
    assert (raised.value.text, raised.value.line) == (words, 2)
    with pytest.raises(CodeError) as raised:
        shop.change(NORMALISE, f"def normalise(raw):\n    return raw\n{end}\n")
    assert (raised.value.text, raised.value.line) == (words.replace("2", "3"), 3)
    shop.change(NORMALISE, "def normalise(raw, low, high):\n    raise KeyboardInterrupt\n")
    with pytest.raises(CodeError, match="KeyboardInterrupt") as raised:
        shop.run(stage_called("matte"))
    assert raised.value.line == 2


def test_what_a_stage_raises_is_pythons_own_traceback_from_the_pupils_line_on(shop):
    shop.run(stage_called("pixels"))
    shop.change(
        NORMALISE, "def normalise(raw, low, high):\n    nothing = None\n    return nothing + 1\n"
    )
    with pytest.raises(CodeError) as raised:
        shop.run(stage_called("matte"))
    assert raised.value.line == 3
    assert raised.value.text.startswith("Traceback (most recent call last):")
    assert "return nothing + 1" in raised.value.text
    assert "lab/stages.py" not in raised.value.text


def test_a_wrong_shape_breaks_the_contract_and_not_the_lab(shop):
    shop.run(stage_called("pixels"))
    shop.change(
        NORMALISE, "def normalise(raw, low, high):\n    return raw[:10].astype('float64') * 3\n"
    )
    outcome = shop.run(stage_called("matte"))
    (reading,) = outcome.readings
    assert not reading.holds
    assert "float64 (10, 64)" in reading.found


def test_changes_are_saved_as_one_file_and_opened_again(shop):
    text = shop.source(NORMALISE).replace(
        "matte -= np.float32(low)", "matte -= np.float32(low + 0.1)"
    )
    shop.change(NORMALISE, text)
    saved = shop.saved()
    compile(saved, "saved.py", "exec")
    shop.restore_all()
    assert shop.load(saved) == [NORMALISE]
    assert shop.source(NORMALISE) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("print('hello')\n", "holds no changes"),
        ("# homecut-lab: os.system\ndef system(x):\n    return x\n", "no function of the lab"),
    ],
)
def test_a_file_that_is_none_of_the_labs_is_refused_before_anything_changes(shop, text, words):
    with pytest.raises(CodeError, match=words):
        shop.load(text)
    assert shop.changed == []


def test_what_a_file_holds_that_does_not_fit_is_left_out_and_named(shop):
    mine = shop.original(NORMALISE) + "# mine\n"
    shop.change(NORMALISE, mine)
    gone = "# homecut-lab: core.gone.away\ndef away():\n    return 1\n"
    broken = "# homecut-lab: core.matte.ensemble.doubt\ndef doubt(:\n"
    text = f"{shop.saved()}\n{gone}\n{broken}"
    shop.restore_all()
    assert shop.load(text) == [NORMALISE]
    assert shop.changed == [NORMALISE]
    assert shop.left_out.startswith(
        "Left out of the file: core.gone.away, core.matte.ensemble.doubt. core.gone.away: "
    )
    shop.restore_all()
    assert shop.load(shop.saved({"01-one": ("x", True)}) + gone) == []
    assert "core.gone.away" not in shop.left_out, "that is a part of the lesson's text"
    assert shop.load(f"{gone}\n# homecut-lesson: 01-one\nx\n") == []
    assert "core.gone.away" in shop.left_out


def test_lessons_are_saved_with_the_changes_and_alone(shop):
    written = {
        "01-how-much": ("def share(matte):\n    return 0.5\n", True),
        "02-two": ("x\n", False),
    }
    for change in (False, True):
        if change:
            shop.change(NORMALISE, shop.original(NORMALISE) + "# mine\n")
        text = shop.saved(written)
        assert lessons_in(text) == written
        assert shop.load(text) == [NORMALISE] * change
        assert "lesson" not in shop.source(NORMALISE)
    assert lessons_in("no file of the lab") == {}


def test_a_large_photo_is_reduced_and_the_lab_says_so():
    file = BytesIO()
    Image.effect_noise((2400, 1600), 40).convert("RGB").save(file, "JPEG")
    made = workshop(file.getvalue())
    outcome = made.run(stage_called("pixels"))
    assert max(made.bench.values["photo"].image.size) == LARGEST_SIDE
    assert dict(outcome.numbers)["width x height"] == "2400 x 1600"
    assert dict(outcome.numbers)["in the lab"] == "1200 x 800"
    assert "3.8 megapixels" in outcome.notice


def test_what_the_camera_wrote_is_shown():
    file = BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "A camera"
    Image.new("RGB", (20, 10)).save(file, "JPEG", exif=exif)
    outcome = workshop(file.getvalue()).run(stage_called("file"))
    assert dict(outcome.numbers)["Camera"] == "A camera"


@pytest.mark.parametrize(
    ("name", "length"), [("JPEG", 3), ("PNG", 8), ("GIF", 6), ("WEBP", 12), ("BMP", 2), ("TIFF", 4)]
)
def test_the_signature_is_marked_in_the_bytes(name, length):
    file = BytesIO()
    Image.new("RGB", (20, 10)).save(file, name)
    outcome = workshop(file.getvalue()).run(stage_called("file"))
    marked = dict(outcome.numbers)["0000"][: outcome.marked["0000"]]
    assert bytes.fromhex(marked) == file.getvalue()[:length]


def test_the_pngs_filter_of_each_row_is_counted_and_drawn(shop):
    for stage in STAGES:
        outcome = shop.run(stage)
    told = dict(outcome.numbers)["PNG filters"]
    rows = sum(int(part.split()[1]) for part in told.split(", "))
    assert rows == shop.bench.values["cutout"].height
    titles = [title for title, _ in outcome.pictures]
    assert any("filter of each row" in title for title in titles)


def test_a_function_that_asks_for_other_values_is_marked_at_its_own_line(shop):
    shop.change(NORMALISE, "# mine\ndef normalise(raw):\n    return raw\n")
    for stage in STAGES[:4]:
        shop.run(stage)
    with pytest.raises(CodeError) as caught:
        shop.run(stage_called("matte"))
    assert caught.value.line == 2
    first, _, rest = caught.value.text.partition("\n")
    assert first == f"Line 2 of <{NORMALISE}> asks for other values than the page gives it."
    assert rest.startswith("TypeError: normalise() takes 1 positional argument")


@pytest.mark.parametrize("name", sorted(known_functions()))
def test_every_function_that_asks_for_other_values_is_told_so_first(shop, name):
    function = name.rpartition(".")[2]
    shop.change(name, f"def {function}():\n    return 1\n")
    said = []
    for stage in STAGES:
        try:
            shop.run(stage)
        except CodeError as error:
            said.append(error.text)
            break
    if name == "core.files.colour.to_srgb":  # this photo has no profile, so nobody calls it
        assert said == []
    else:
        assert said[0].startswith(f"Line 1 of <{name}> asks for other values")


def test_a_missing_return_is_asked_for_before_pythons_words_and_its_line_is_marked(shop):
    name = "core.matte.trimap.decided"
    shop.change(name, "\ndef decided(matte):\n    matte * 2\n")
    for stage in STAGES[:4]:
        shop.run(stage)
    with pytest.raises(CodeError) as caught:
        shop.run(stage_called("matte"))
    assert caught.value.text.startswith(f"<{name}> returns None: is a return missing?\nTraceback")
    assert caught.value.line == 2
    shop.restore(name)
    shop.run(stage_called("matte"))


def test_a_function_that_may_return_nothing_is_not_asked_for_more(shop):
    shop.change("core.subject.known.known_matte", "def known_matte(photo):\n    return None\n")
    shop.change(NORMALISE, "def normalise(raw, low, high):\n    return raw.nothing\n")
    for stage in STAGES[:4]:
        shop.run(stage)
    with pytest.raises(CodeError) as caught:
        shop.run(stage_called("matte"))
    assert caught.value.text.startswith("Traceback")
    assert "workshop.py" not in caught.value.text


def test_a_file_that_the_page_refuses_has_its_sentence_and_others_have_none():
    shop = workshop(b"no picture")
    with pytest.raises(CodeError) as caught:
        shop.run(stage_called("file"))
    assert caught.value.refusal.startswith("This is not a picture")


def test_the_original_written_once_more_is_no_change(shop):
    shop.change(NORMALISE, "def normalise(raw, low, high):\n    return raw[0]\n")
    shop.change(NORMALISE, shop.original(NORMALISE))
    assert shop.changed == []
