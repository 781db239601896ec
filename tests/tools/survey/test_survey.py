"""Each file of the survey ends in a result, a refusal or a failure that is told."""

from rich.console import Console

from tests.core.pictures import save, texture
from tools.survey.report import failures, outcomes_of, show
from tools.survey.trial import DONE, ELSEWHERE, FAILED, REFUSED, Outcome


def test_every_file_of_a_folder_ends_in_a_result_or_a_refusal(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "good.png").write_bytes(save(texture(40, 30), "PNG"))
    (tmp_path / "broken.jpg").write_bytes(save(texture(40, 30), "JPEG")[:200])
    (tmp_path / "later.avif").write_bytes(b"\0\0\0\x1cftypavif" + bytes(60))
    (tmp_path / "words.txt").write_text("no picture")
    ends = {one.name: (one.end, one.words) for one in outcomes_of(tmp_path)}
    assert ends == {
        "broken.jpg": (REFUSED, "damaged"),
        "deep/good.png": (DONE, ""),
        "later.avif": (ELSEWHERE, "is_avif"),
        "words.txt": (REFUSED, "not_an_image"),
    }


def test_the_table_counts_and_names_what_failed_or_took_too_much():
    outcomes = [
        Outcome("a.png", "png", DONE, "", 0.5, 10),
        Outcome("b.tif", "tiff", FAILED, "KeyError: 1 (x.py:1)", 0.1, 3),
        Outcome("c.gif", "gif", DONE, "", 0.1, 9000),
    ]
    assert [one.name for one in failures(outcomes)] == ["b.tif", "c.gif"]
    console = Console(record=True, width=200)
    show(outcomes, console)
    text = console.export_text()
    assert "FAILED b.tif: KeyError" in text
    assert "Longest: a.png" in text
