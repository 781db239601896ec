"""Names and sizes that the user reads. Runs on MicroPython too, so without pytest."""

from common.edits.edit import checked
from common.naming import (
    byte_size,
    cutout_name,
    file_names,
    result_names,
    safe_name,
    stem,
    unique_name,
)


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
    assert byte_size(0) == "0\u00a0B"
    assert byte_size(999) == "999\u00a0B"
    assert byte_size(24400) == "24\u00a0KB"
    assert byte_size(25000000) == "25.0\u00a0MB"
    assert byte_size(88188479) == "88.2\u00a0MB"


def test_a_name_that_ends_in_a_number_keeps_it():
    assert stem("Screenshot 10.15.20") == "Screenshot 10.15.20"
    assert stem("Screenshot 2024-01-02 at 10.15.20 PM") == "Screenshot 2024-01-02 at 10.15.20 PM"
    assert stem("Screenshot 10.15.20.png") == "Screenshot 10.15.20"
    assert stem("scan.jp2") == "scan"
    assert stem("v1.2.tiff") == "v1.2"


def test_a_name_has_255_bytes_at_most_whatever_it_is_written_in():
    for letter in ("a", "é", "北", "😀"):
        for kind in ("jpeg", "cutout+mask"):
            for name in file_names("{name}", letter * 300 + ".jpg", kind):
                assert len((name[:-4] + " (999)" + name[-4:]).encode("utf-8")) <= 255
        assert safe_name(letter * 300 + ".jpeg").endswith(letter + ".jpeg")


def test_what_counts_as_the_same_name_can_be_handed_in():
    def folded(name):
        return name.replace("ß", "ss").lower()

    taken = set()
    names = [unique_name(name, taken, folded) for name in ("straße.png", "STRASSE.png", "a.png")]
    assert names == ["straße.png", "STRASSE (2).png", "a.png"]


def test_a_pattern_is_filled_in():
    assert file_names("{name}-cutout", "a/photo.jpg", "png") == ["photo-cutout.png"]
    assert file_names("{index}_{name}", "photo.jpg", "webp", index=12) == ["12_photo.webp"]
    names = file_names("{name} {width}x{height} {format}", "p.tiff", "jpeg", 1, 800, 600)
    assert names == ["p 800x600 jpg.jpg"]
    assert file_names("{name}-{colour}{", "p.png", "png") == ["p-{colour}{.png"]


def test_masks_are_called_so():
    assert file_names("{name}-cutout", "photo.jpg", "mask") == ["photo-mask.png"]
    assert file_names("{name}", "photo.jpg", "mask") == ["photo-mask.png"]
    both = file_names("{name}-cutout", "photo.jpg", "cutout+mask")
    assert both == ["photo-cutout.png", "photo-mask.png"]


def test_no_pattern_and_no_photo_leads_out_of_the_folder():
    assert file_names("../../{name}", "photo.jpg", "png") == ["-..-photo.png"]
    assert file_names("C:\\{name}", "photo.jpg", "png") == ["C--photo.png"]
    assert file_names("{name}", "..", "png") == ["photo.png"]
    assert file_names("", "photo.jpg", "png") == ["photo.png"]
    assert file_names(" .{name}. ", "photo.jpg", "png") == ["photo.png"]
    assert file_names("a\x00b\nc\u202egnp", "photo.jpg", "png") == ["abcgnp.png"]
    assert file_names("{name}", "con.jpg", "png") == ["_con.png"]
    assert file_names("COM1", "photo.jpg", "png") == ["_COM1.png"]
    assert file_names("{name}", "company.jpg", "png") == ["company.png"]
    assert len(file_names("x" * 5000, "photo.jpg", "png")[0]) == 204


def test_what_a_photo_is_called_is_not_taken_for_a_pattern():
    assert file_names("{name}", "{index}{width}.jpg", "png") == ["{index}{width}.png"]


def test_only_a_cutout_is_called_one():
    cut = checked({"export": {"format": "webp"}})
    whole = checked({"export": {"format": "webp"}, "steps": {"cutout": False}})
    assert result_names(cut, "photo.jpg") == ["photo-cutout.webp"]
    assert result_names(whole, "photo.jpg") == ["photo.webp"]
    named = checked({"export": {"name": "{name}_{width}"}, "steps": {"cutout": False}})
    assert result_names(named, "a/photo.jpg", 1, 800, 600) == ["photo_800.png"]


def test_a_result_never_has_the_name_of_its_own_photo():
    whole = checked({"export": {"format": "jpeg"}, "steps": {"cutout": False}})
    assert result_names(whole, "photo.jpg") == ["photo-new.jpg"]
    assert result_names(whole, "trip/Photo.JPG") == ["Photo-new.jpg"]
    assert result_names(whole, "photo.jpeg") == ["photo.jpg"]


def test_names_in_one_archive_do_not_clash():
    taken = set()
    wished = ("a.png", "A.png", "a.png", "a (2).png", "b", "b", ".hidden", ".hidden")
    names = [unique_name(name, taken) for name in wished]
    assert names[:4] == ["a.png", "A (2).png", "a (3).png", "a (2) (2).png"]
    assert names[4:] == ["b", "b (2)", ".hidden", ".hidden (2)"]
    assert len({name.lower() for name in names}) == len(names)


def test_no_name_in_an_archive_leads_out_of_it():
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("..\\..\\evil.png") == "evil.png"
    assert safe_name("/photo.webp") == "photo.webp"
    assert safe_name("..") == "photo"
    assert safe_name("a:b.j\x00pg") == "a-b.jpg"
    assert safe_name("nul.png") == "_nul.png"
    assert safe_name("photo.PNG\u202e") == "photo.PNG"
