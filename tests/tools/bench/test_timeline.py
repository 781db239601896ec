import io
import os

import numpy as np
import pytest
from PIL import Image

from tools.bench.plot import MARGIN, SCALE, WIDTH
from tools.bench.timeline import (
    LABELS,
    ROWS,
    WORKERS,
    Timeline,
    browser_of,
    parse_thread,
    picture_of,
)  # fmt: skip

TICKS = os.sysconf("SC_CLK_TCK")


def thread(proc, process, number, name, seconds):
    """Write a thread's file below a made /proc."""
    folder = proc / str(process) / "task" / str(number)
    folder.mkdir(parents=True, exist_ok=True)
    ticks = int(seconds * TICKS)
    fields = ["S", "1", *["0"] * 9, str(ticks), "0", "0"]
    (folder / "stat").write_text(f"{number} ({name}) " + " ".join(fields))
    (proc / str(process) / "stat").write_text(f"{process} (chrome) S 1 0")


def test_a_thread_is_named_and_its_time_added_up():
    fields = " ".join(["S", "1", *["0"] * 9, "150", "50"])
    assert parse_thread(f"7 (odd) name)) {fields}") == ("odd) name)", 200 / TICKS)


def test_time_is_told_apart_by_kind_and_only_what_is_new_counts(tmp_path):
    thread(tmp_path, 10, 10, "chromium", 1.0)
    (tmp_path / "10/cmdline").write_text("chromium\0--type=renderer\0")
    thread(tmp_path, 10, 11, "DedicatedWorker", 2.0)
    thread(tmp_path, 10, 12, "DedicatedWorker", 0.5)
    thread(tmp_path, 10, 13, "ServiceWorker t", 0.25)
    timeline = Timeline(10, tmp_path)
    timeline.sample()
    thread(tmp_path, 10, 10, "chromium", 1.5)
    thread(tmp_path, 10, 12, "DedicatedWorker", 0.75)

    found = timeline.sample()

    assert found["page"] == pytest.approx(0.5, abs=0.02)
    assert [found[worker] for worker in WORKERS] == pytest.approx([0, 0.25, 0], abs=0.02)


def test_the_browser_of_a_profile_is_its_main_process(tmp_path):
    for number, words in {"5": ["chrome", "--type=renderer"], "4": ["chrome"]}.items():
        (tmp_path / number).mkdir()
        line = "\0".join([*words, "--user-data-dir=/x"])
        (tmp_path / number / "cmdline").write_text(line)
    assert browser_of("/x", tmp_path) == 4
    with pytest.raises(ProcessLookupError):
        browser_of("/y", tmp_path)


def test_the_picture_has_a_row_for_each_kind():
    shares = {row: [0.5, 1.0, 0.0] for row in ROWS}
    image = Image.open(io.BytesIO(picture_of(shares, [0.1, 0.2, 0.3], {"finished": 0.25})))
    assert image.format == "PNG"
    assert image.height > 2 * 46 * len(ROWS)


def test_a_bar_stands_where_it_was_measured_however_late_the_sample_came():
    shares = {row: [0.0, 1.0] for row in ROWS}
    image = Image.open(io.BytesIO(picture_of(shares, [1.0, 4.0], {"finished": 2.0})))
    colours = np.asarray(image.convert("RGB")).astype(int)
    bars = colours[..., 0] - colours[..., 2] > 100
    columns = np.flatnonzero(bars.any(axis=0))
    room = (WIDTH - LABELS - 2 * MARGIN) * SCALE
    assert columns[0] == pytest.approx((MARGIN + LABELS) * SCALE + room / 4, abs=2)
    assert columns[-1] - columns[0] == pytest.approx(room * 3 / 4, abs=3)
