from common.language import words
from common.language.words import (
    English,
    beside,
    install,
    listed,
    number,
    phrase,
    phrases,
    say,
    say_count,
)


class Polish(English):
    """Four plural categories, a comma, and a catalogue with holes."""

    sentences = {  # noqa: RUF012 - the form of English
        "Undo": "Cofnij",
        "Redo": "",
        "{width} x {height} pixels": "{height} na {width} pikseli",
        "{count} photos": {
            "one": "{count} zdjęcie",
            "few": "{count} zdjęcia",
            "many": "{count} zdjęć",
            "other": "{count} zdjęcia",
        },
        "{count} files in {folder}": {"one": "", "other": ""},
    }

    def category(self, count):
        if count == 1:
            return "one"
        return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"

    def number(self, value, digits):
        return English.number(self, value, digits).replace(".", ",")

    def listed(self, parts):
        return " i ".join(parts)


def in_polish(task):
    """Return what ``task()`` says in Polish."""
    install(Polish())
    try:
        return task()
    finally:
        install(English())


def test_english_is_built_in():
    assert say("Undo") == "Undo"
    assert say("{width} x {height} pixels", width=4000, height=3000) == "4000 x 3000 pixels"
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert beside(["a", "", "b", "c"]) == "a, b, c"
    assert beside([]) == ""
    assert number(2.5, 1) == "2.5"
    assert number(7) == "7"


def test_a_sentence_is_said_in_the_installed_language_with_its_values_in_the_order_it_wants():
    assert in_polish(lambda: say("Undo")) == "Cofnij"
    said = in_polish(lambda: say("{width} x {height} pixels", width=4, height="3"))
    assert said == "3 na 4 pikseli"
    assert in_polish(lambda: listed(["a", "b"])) == "a i b"


def test_a_sentence_that_a_catalogue_lacks_stays_english():
    assert in_polish(lambda: say("Redo")) == "Redo"
    assert in_polish(lambda: say("Zoom in")) == "Zoom in"
    assert in_polish(lambda: say_count("{count} day", "{count} days", 1)) == "1 day"
    said = in_polish(
        lambda: say_count("{count} file in {folder}", "{count} files in {folder}", 2, folder="x")
    )
    assert said == "2 files in x"


def test_numbers_are_written_as_the_language_writes_them():
    assert in_polish(lambda: number(2.5, 1)) == "2,5"
    assert in_polish(lambda: say("{seconds} s", seconds=1.5)) == "1,5\u00a0s"
    assert in_polish(lambda: say("{flag}", flag=True)) == "True"


def test_every_count_has_the_plural_of_its_language():
    counted = lambda count: say_count("{count} photo", "{count} photos", count)  # noqa: E731
    assert [counted(n) for n in (0, 1, 2)] == ["0 photos", "1 photo", "2 photos"]
    said = in_polish(lambda: [counted(n) for n in (0, 1, 2, 5, 22)])
    assert said == ["0 zdjęć", "1 zdjęcie", "2 zdjęcia", "5 zdjęć", "22 zdjęcia"]


def test_braces_stay_where_there_are_no_values_and_a_phrase_is_what_it_was():
    assert say("Name, with {name} and {index}") == "Name, with {name} and {index}"
    assert phrase("This.") == "This."
    assert phrases({"a": "This."}) == {"a": "This."}


class French(English):
    """A language with units of its own."""

    sentences = {"{number} KB": "{number} Ko", "{number} B": "{number} o"}  # noqa: RUF012


def test_no_line_ends_between_a_number_and_its_unit():
    assert say("{number} KB", number=12) == "12\u00a0KB"
    assert say("{percent} % original", percent=5) == "5\u00a0% original"
    assert say("JPEG under 1 MB, 2000 px at most") == "JPEG under 1\u00a0MB, 2000\u00a0px at most"
    assert say("{name} is 3 sizes", name="a 5 s.jpg") == "a 5 s.jpg is 3 sizes"
    assert say("KB, empty for no limit") == "KB, empty for no limit"
    install(French())
    try:
        assert say("{number} KB", number=12) == "12\u00a0Ko"
        assert say("{number} B", number=7) == "7\u00a0o"
        assert say("{one} ou {other}", one=1, other=2) == "1 ou 2"
    finally:
        install(English())


def test_a_placeholder_without_a_value_is_an_error():
    try:
        say("{a} and {b}", a=1)
    except KeyError:
        return
    raise AssertionError(words)
