"""The catalogue of formats and what it asks of the codecs. Runs on MicroPython too."""

from common.edits.codec_options import codec_options, megapixels_at_once, patience, pool_size
from common.edits.edit import checked
from common.edits.expert_options import OPTIONS
from common.formats import CHOICES, CODECS, FORMATS, LIMIT, expert_options, is_opaque
from common.kinds import CODEC, KINDS, keeps_moving


def options(file_format, quality=80, **expert):
    export = {"format": file_format, "quality": quality, "codec": expert}
    return codec_options(checked({"export": export})["export"])


def test_every_format_has_words_and_a_writer():
    assert sorted(FORMATS) == sorted(CHOICES)
    for name, record in FORMATS.items():
        assert record.short, name
        assert record.words.endswith("."), name
        assert record.codec is None or record.codec in CODECS, name
        assert record.writer or record.codec, name
    assert [name for name in CHOICES if is_opaque(name)] == ["jpeg", "bmp", "pdf"]


def test_the_edit_takes_every_format():
    for name in CHOICES:
        assert checked({"export": {"format": name}})["export"]["format"] == name


def test_every_kind_of_file_is_read_or_refused_and_kept_in_a_format():
    for name, record in KINDS.items():
        assert (record.reader != "") != (record.refusal is not None), name
        assert record.same in FORMATS, name


def test_every_option_of_a_format_is_explained_and_part_of_the_edit():
    expert = checked({})["export"]["codec"]
    assert sorted(OPTIONS) == sorted(set(expert) | {"quality"})
    for name, entry in FORMATS.items():
        for key in entry.options:
            assert key in expert, name
    for option in OPTIONS.values():
        assert option["label"]
        assert option["hint"].endswith(".")


def test_ranges_are_those_of_the_edit():
    for key, option in OPTIONS.items():
        if "low" not in option or key == "quality":
            continue
        for given, kept in ((-1, option["low"]), (10**9, option["high"])):
            assert checked({"export": {"codec": {key: given}}})["export"]["codec"][key] == kept


def test_size_limits_stand_apart_from_the_expert_options():
    assert expert_options("jpeg") == ("effort", "chroma", "progressive")
    assert expert_options("tiff") == ()
    for name in FORMATS:
        assert not set(expert_options(name)) & set(LIMIT)


def test_each_codec_writes_a_format_or_reads_a_kind_of_file():
    writing = {FORMATS[name].codec for name in FORMATS} - {None}
    reading = {name for name in KINDS if KINDS[name].by == CODEC}
    assert set(CODECS) == writing | reading
    assert FORMATS["avif"].codec == "avif"
    assert FORMATS["png"].codec is None


def test_a_grey_jpeg_gets_one_channel():
    export = checked({"export": {"format": "jpeg"}})["export"]
    assert codec_options(export)["color_space"] == 3
    assert codec_options(export, grey=True)["color_space"] == 1


def test_effort_moves_speed_and_method_from_quick_to_small():
    assert options("avif", effort=0)["speed"] == 10
    assert options("avif", effort=4)["speed"] == 6
    assert options("avif", effort=10)["speed"] == 0
    methods = [options("webp", effort=effort)["method"] for effort in range(11)]
    assert methods == sorted(methods)
    assert (methods[0], methods[4], methods[10]) == (0, 4, 6)
    levels = [options("png-small", effort=effort)["level"] for effort in range(11)]
    assert levels == sorted(levels)
    assert (levels[0], levels[4], levels[10]) == (0, 2, 6)


def test_colour_detail_follows_the_quality_unless_it_is_chosen():
    assert options("jpeg", 80)["chroma_subsample"] == 2
    assert options("jpeg", 95)["chroma_subsample"] == 1
    assert options("jpeg", 95, chroma="4:2:0")["chroma_subsample"] == 2
    assert options("avif", 50)["subsample"] == 1
    assert options("avif", 50, chroma="4:4:4")["subsample"] == 3


def test_lossless_webp_searches_with_effort_and_may_be_nearly_lossless():
    plain = options("webp-lossless", 10)
    assert plain == {"lossless": 1, "method": 3, "quality": 50, "near_lossless": 100}
    assert options("webp-lossless", near_lossless=60)["near_lossless"] == 60
    assert "lossless" not in options("webp")


def test_what_pillow_writes_has_no_codec_options():
    for name in FORMATS:
        assert bool(options(name)) == (FORMATS[name].codec is not None), name


def test_small_devices_do_less_at_once():
    assert pool_size(2, None) == 2
    assert pool_size(16, 8) == 4
    assert pool_size(16, 4) == 2
    assert pool_size(16, 2) == 1
    assert pool_size(0, None) == 1
    assert megapixels_at_once(4) < megapixels_at_once(8) == megapixels_at_once(None)


def test_thorough_encoding_is_given_more_time():
    assert patience("avif", 12, options("avif", effort=10)) > 3600
    assert 60 < patience("webp", 12, options("webp")) < patience("avif", 12, options("avif"))


def test_a_moving_png_may_stay_one_and_a_moving_gif_does_not_become_one():
    assert keeps_moving("png", "png-small")
    assert keeps_moving("gif", "webp")
    assert not keeps_moving("gif", "png")
    assert not keeps_moving("png", "jpeg")
