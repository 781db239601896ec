"""What a name says of a file, before anybody has looked into it. Runs on MicroPython too."""

from common.kinds import BY_ENDING, is_picture_name, is_system_file, same_format


def test_a_folder_is_searched_for_every_usual_ending_of_a_picture():
    for ending in ["pnm", "jpe", "jif", "dib", "apng", "mpo", "JPEG", "Tif", "heif", "avif"]:
        assert is_picture_name("a." + ending), ending


def test_what_systems_leave_in_folders_is_no_picture():
    for name in ("._IMG_1.jpg", "Thumbs.db", "desktop.ini", ".DS_Store"):
        assert is_system_file(name), name
        assert not is_picture_name(name), name
    for name in ("MVI_2.mp4", "notes", "jpg", ".jpg", "letter.pdf"):
        assert not is_picture_name(name), name
    assert not is_system_file("_1.jpg")


def test_no_ending_belongs_to_two_kinds():
    assert BY_ENDING["jpg"].key == "jpeg"
    assert BY_ENDING["dib"].key == "bmp"


def test_a_format_is_kept_by_what_the_file_is_and_until_then_by_its_name():
    assert same_format("jpeg", "a.png") == "jpeg"
    assert same_format("", "a.JPE") == "jpeg"
    assert same_format("", "a.heic") == "jpeg"
    assert same_format("psd", "a.gif") == "png-small"
    assert same_format("", "nothing") == "png-small"
