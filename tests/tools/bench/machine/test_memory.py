"""The benchmark's memory: summed over a browser's processes, its peak kept."""

from pathlib import Path

import pytest

from tools.bench.machine import memory


def make_process(proc: Path, number: int, parent: int, kilobytes: int | None, name="chrome"):
    folder = proc / str(number)
    folder.mkdir(parents=True)
    (folder / "stat").write_text(f"{number} ({name}) S {parent} 1 1 0 -1\n")
    if kilobytes is not None:
        text = f"5588-7ffc ---p 00000000 00:00 0 [rollup]\nRss: 9999 kB\nPss: {kilobytes:>11} kB\n"
        (folder / "smaps_rollup").write_text(text + "Pss_Dirty:  7777 kB\n")


@pytest.fixture
def proc(tmp_path):
    proc = tmp_path / "proc"
    make_process(proc, 10, 1, 100)
    make_process(proc, 11, 10, 20, "a name) with (brackets")
    make_process(proc, 12, 11, 3)
    make_process(proc, 13, 10, None)  # ended between the listing and the reading
    make_process(proc, 99, 1, 5000)
    (proc / "meminfo").write_text("not a process")
    return proc


def test_memory_is_summed_over_the_browsers_own_processes(proc):
    assert memory.process_tree(10, proc) == {10, 11, 12, 13}
    assert memory.tree_pss(10, proc) == 123 * 1024


def test_the_proportional_line_is_read_and_no_other():
    assert memory.parse_pss("Rss: 5 kB\nPss:      7 kB\nPss_Anon: 6 kB\n") == 7 * 1024
    assert memory.parse_pss("") == 0


def test_a_peak_is_kept(proc):
    with memory.MemorySampler(10, proc, interval=0.001) as sampler:
        make_process(proc, 14, 12, 1000)
        seen = sampler.samples
        while sampler.samples < seen + 2:
            pass
        (proc / "14" / "smaps_rollup").unlink()
    assert sampler.peak == 1123 * 1024


def test_a_sampler_that_could_not_see_says_so(proc):
    (proc / "12" / "smaps_rollup").unlink()
    (proc / "12" / "smaps_rollup").mkdir()
    with pytest.raises(IsADirectoryError), memory.MemorySampler(10, proc):
        pass
