"""Names and sizes that the user reads. Runs on MicroPython too, so without pytest."""

from common.naming import byte_size, cutout_name, stem


def test_the_last_extension_is_replaced():
    assert cutout_name("photo.jpg") == "photo-cutout.png"
    assert cutout_name("my.holiday.photo.JPEG") == "my.holiday.photo-cutout.png"
    assert cutout_name("no extension") == "no extension-cutout.png"
    assert cutout_name("Bär 北京.webp") == "Bär 北京-cutout.png"


def test_folders_are_dropped_whatever_way_the_slashes_lean():
    assert cutout_name("a/b.c/photo.jpg") == "photo-cutout.png"
    assert cutout_name("C:\\photos\\photo.jpg") == "photo-cutout.png"
    assert stem("../../photo.png") == "photo"


def test_empty_and_hidden_names_still_give_a_name():
    assert cutout_name("") == "photo-cutout.png"
    assert cutout_name("  .jpg") == "photo-cutout.png"
    assert cutout_name(".hidden") == ".hidden-cutout.png"


def test_sizes_are_in_words():
    assert byte_size(0) == "0 B"
    assert byte_size(999) == "999 B"
    assert byte_size(24400) == "24 KB"
    assert byte_size(25000000) == "25.0 MB"
    assert byte_size(88188479) == "88.2 MB"
