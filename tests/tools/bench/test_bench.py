"""The benchmark's arithmetic: medians, ratios, and the table in the document."""

import argparse
import json

import pytest
from PIL import Image

from tools.bench import verb
from tools.bench.figures import BASELINE, MEASURES, PEER, Reading, document_of, figures_of
from tools.bench.goals import goals_met
from tools.bench.phases import Plan
from tools.bench.plot import plot_of
from tools.bench.report import cells_of, markdown_of, markers, table_of, write_section
from tools.setup.complaint import Complaint

MACHINE = {
    "date": "2025-01-01", "commit": "abc", "system": "Linux", "cores": 2, "memory_gb": 8.0,
    "browser": "Chromium 1", "threads": 2, "isolated": True, "peer": "peer 1", "load_average": 0.1,
    "numpy_seconds": 0.5,
}  # fmt: skip
SETTINGS = {"megapixels": [1, 12], "rounds": 3}


def readings(measure, subject, megapixels, *values):
    return [Reading(measure, subject, megapixels, value) for value in values]


def figure(figures, measure, subject, megapixels):
    (found,) = [
        f for f in figures if (f.measure, f.subject, f.megapixels) == (measure, subject, megapixels)
    ]
    return found


BEGIN, END = markers("bench")


def test_a_figure_is_the_median_beside_the_peers():
    figures = figures_of(
        readings("warm_cutout", "peer", 1, 4.0, 9.0, 5.0)
        + readings("warm_cutout", "fast", 1, 1.0, 2.0, 30.0)
        + readings("warm_cutout", "fast", 12, 3.0)
    )
    fast = figure(figures, "warm_cutout", "fast", 1)
    assert (fast.median, fast.lowest, fast.highest, fast.count) == (2, 1, 30, 3)
    assert fast.ratio == pytest.approx(0.4)
    assert figure(figures, "warm_cutout", "peer", 1).ratio is None
    assert figure(figures, "warm_cutout", "fast", 12).ratio is None  # the peer was not measured


def test_the_preview_is_set_against_the_peers_whole_cutout():
    figures = figures_of(
        readings("warm_cutout", "peer", 1, 6.0) + readings("preview", "standard", 1, 0.3)
    )
    assert figure(figures, "preview", "standard", 1).ratio == pytest.approx(0.05)


def test_every_measure_is_divided_by_one_that_exists():
    for measure in MEASURES.values():
        assert measure.peer_measure is None or measure.peer_measure in MEASURES
        assert measure.meaning


def test_a_peer_of_zero_gives_no_ratio():
    figures = figures_of(
        readings("longest_task", "peer", 1, 0) + readings("longest_task", "fast", 1, 60)
    )
    assert figure(figures, "longest_task", "fast", 1).ratio is None


def test_the_document_explains_itself_and_survives_json():
    some = readings("warm_cutout", "peer", 1, 4.0)
    document = json.loads(json.dumps(document_of(some, MACHINE, SETTINGS, True)))
    assert document["figures"][0]["median"] == 4
    assert document["readings"] == [
        {"measure": "warm_cutout", "subject": "peer", "megapixels": 1, "value": 4.0}
    ]
    assert set(document["definitions"]) == set(MEASURES)


FIGURES = figures_of(
    readings("peak_memory", BASELINE, None, 360.0)
    + readings("peak_memory", "peer", 1, 1000.0)
    + readings("peak_memory", "standard", 1, 500.0)
    + readings("warm_cutout", "standard", 1, 2.0)
    + readings("warm_cutout", "peer", 1, 6.0)
)


def test_cells_hold_median_and_ratio_the_peer_first():
    headings, rows = cells_of(FIGURES)
    assert headings == ["Median", "MP", "peer", "standard"]
    assert ["Warm cutout, s", "1", "6.00", "2.00 (0.33)"] in rows
    assert ["Peak memory, MB", "1", "1000", "500 (0.50)"] in rows
    assert ["Peak memory, MB, the browser alone", "", "360", "360"] in rows
    assert table_of(FIGURES).row_count == len(rows)


def test_what_was_not_measured_is_a_dash():
    figures = figures_of(
        readings("warm_cutout", "peer", 1, 6.0) + readings("preview", "fast", 1, 1.0)
    )
    assert ["Time to preview, s", "1", "-", "1.00 (0.17)"] in cells_of(figures)[1]


def test_the_section_says_where_its_figures_are_from():
    section = markdown_of(FIGURES, MACHINE, SETTINGS)
    assert "2 cores" in section
    assert "Chromium 1" in section
    assert "busy" not in section
    assert "| Warm cutout, s | 1 | 6.00 | 2.00 (0.33) |" in section
    assert "Time to preview" not in section
    busy = markdown_of(FIGURES, MACHINE | {"load_average": 7.0}, SETTINGS)
    assert "busy (load average 7.0" in busy


def test_only_what_stands_between_the_markers_changes(tmp_path):
    document = tmp_path / "PERFORMANCE.md"
    document.write_text(f"# Words\n\n{BEGIN}\nold\n{END}\n\nmore\n")
    write_section(document, "new")
    write_section(document, "newer")
    assert document.read_text() == f"# Words\n\n{BEGIN}\nnewer\n{END}\n\nmore\n"


def test_missing_markers_come_at_the_end_and_a_missing_document_is_made(tmp_path):
    document = tmp_path / "docs" / "PERFORMANCE.md"
    write_section(document, "first")
    assert document.read_text().startswith("# Performance\n")
    other = tmp_path / "other.md"
    other.write_text("# Words\n")
    write_section(other, "table")
    assert other.read_text() == f"# Words\n\n## Against the peer\n\n{BEGIN}\ntable\n{END}\n"


@pytest.mark.parametrize("text", [BEGIN, END, f"{END} {BEGIN}", f"{BEGIN}{END}" * 2])
def test_markers_that_make_no_pair_are_refused_and_nothing_is_written(tmp_path, text):
    document = tmp_path / "PERFORMANCE.md"
    document.write_text(text)
    with pytest.raises(Complaint, match="bench:"):
        write_section(document, "new")
    assert document.read_text() == text


def test_the_picture_grows_with_what_was_measured(tmp_path):
    sizes = []
    for figures in (FIGURES, FIGURES[:1], []):
        file = tmp_path / "plot.png"
        file.write_bytes(plot_of(figures))
        with Image.open(file) as image:
            sizes.append(image.size)
    assert sizes[0][1] > sizes[1][1]
    assert plot_of(FIGURES) == plot_of(FIGURES)


def options(*words):
    parser = argparse.ArgumentParser()
    verb.add_arguments(parser)
    return parser.parse_args(words)


def test_options_that_make_no_benchmark_are_refused():
    verb.check(options())
    for words in (["--rounds", "0"], ["--megapixels", "0"], ["--photos", "nowhere.jpg"]):
        with pytest.raises(Complaint):
            verb.check(options(*words))


def run_with(monkeypatch, tmp_path, measured, *words):
    monkeypatch.setattr("tools.site.preparation.prepare", lambda console: None)
    monkeypatch.setattr(verb, "plan_of", lambda args: Plan({1: []}, ["fast"], "fast", 1))
    monkeypatch.setattr(verb, "measure", lambda *parts: measured)
    file = tmp_path / "bench.json"
    try:
        verb.run(options("--json", str(file), *words))
    finally:
        document = json.loads(file.read_text())
    return document


def test_a_finished_run_writes_everything(monkeypatch, tmp_path):
    measured = (reading for reading in readings("warm_cutout", "peer", 1, 4.0, 6.0))
    document = run_with(monkeypatch, tmp_path, measured)
    assert document["complete"]
    assert document["figures"][0]["median"] == 5


@pytest.mark.parametrize(
    ("words", "sentence"), [([], "gone"), (["--minutes", "0"], "minutes are over")]
)
def test_a_run_that_fails_or_takes_too_long_keeps_what_it_measured(
    monkeypatch, tmp_path, words, sentence
):
    def measured():
        yield from readings("warm_cutout", "peer", 1, 4.0)
        raise Complaint("The browser is gone. Start again.")

    with pytest.raises(Complaint, match=sentence):
        run_with(monkeypatch, tmp_path, measured(), *words)
    document = json.loads((tmp_path / "bench.json").read_text())
    assert not document["complete"]
    assert document["readings"][0]["value"] == 4


def test_goals_stand_beside_what_was_found_and_the_worst_size_counts():
    found = [
        Reading("warm_cutout", PEER, 1, 6.0),
        Reading("warm_cutout", PEER, 12, 7.0),
        Reading("warm_cutout", "standard", 1, 1.8),
        Reading("warm_cutout", "standard", 12, 3.5),
        Reading("overhead", "standard", 1, 1.08),
    ]
    rows = {row[0]: row[1:] for row in goals_met(figures_of(found))}
    assert rows == {
        "HD (the default), warm": ["0.35", "0.50", "no"],
        "Overhead at 1 megapixel": ["1.1", "1.08", "yes"],
    }


def test_a_return_visits_first_look_is_set_against_the_peers_finished_file():
    figures = figures_of(
        readings("return_cutout", PEER, 1, 14.0)
        + readings("return_preview", "standard", 1, 3.5)
        + readings("cutout_10", PEER, 1, 80.0)
        + readings("preview_10", "standard", 1, 20.0)
    )
    assert figure(figures, "return_preview", "standard", 1).ratio == pytest.approx(0.25)
    assert figure(figures, "preview_10", "standard", 1).ratio == pytest.approx(0.25)


def test_the_document_says_how_quick_the_machine_was():
    figures = figures_of(readings("return_cutout", PEER, 1, 14.0))
    assert "NumPy work takes 0.50 s" in markdown_of(figures, MACHINE, SETTINGS)
