"""What came without a file: pictures in a text, addresses, words; what a folder lets through."""

from ui.state.given import (
    ADDRESS,
    NOTHING,
    PICTURE,
    WORDS,
    Sieve,
    kind_of,
    pictures_in,
    skipped_words,
)

GIF = "R0lGODlhAQABAAAAACw="


def test_a_folder_lets_pictures_through_and_counts_what_is_none():
    sieve = Sieve()
    names = ["a.jpg", "notes.txt", "clip.mp4", "._a.jpg", "Thumbs.db", "b.HEIC"]
    assert [name for name in names if sieve.takes(name)] == ["a.jpg", "b.HEIC"]
    assert skipped_words(sieve.skipped) == "2 files were no pictures and were left out."
    assert skipped_words(1) == "1 file was no picture and was left out."
    assert skipped_words(0) == ""


def test_a_picture_of_another_page_or_a_web_address_is_told_from_words():
    assert kind_of('<img src="https://example.org/a.png">', "https://example.org/a.png") == ADDRESS
    assert kind_of("", " https://example.org/a b"[:23]) == ADDRESS
    assert kind_of("", "WWW.example.org") == ADDRESS
    assert kind_of('<p><img src="file:///C:/msohtmlclip1/01/clip_image001.png"></p>', "") == ADDRESS
    assert kind_of("<p>Dear all</p>", "Dear all") == WORDS
    assert kind_of("", "see https://example.org for more") == WORDS
    assert kind_of("", " \n") == NOTHING


def test_pictures_that_a_text_holds_in_itself_are_taken_out_of_it():
    html = f'<p>one</p><img src="data:image/gif;base64,{GIF}"><img src=data:image/png;base64,AAAA>'
    assert pictures_in(html) == [("image/gif", GIF), ("image/png", "AAAA")]
    assert kind_of(html, "one") == PICTURE
    assert kind_of("", f"data:image/gif;base64,{GIF}") == PICTURE
    assert pictures_in("data:image/svg+xml,<svg>") == []
    assert pictures_in("data:image/png;base64") == []
    assert len(pictures_in('"data:image/png;base64,AA"' * 400)) == 100
