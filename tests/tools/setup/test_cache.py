import errno
import threading

import pytest

from tools.setup.cache import cache_folder, lock, made_once, ready_cache_folder, write_atomically
from tools.setup.complaint import Complaint, explain


def test_the_cache_folder_can_be_moved(own_cache):
    assert cache_folder() == own_cache


def test_a_cache_path_that_is_a_file_is_said_in_words(own_cache):
    own_cache.write_text("not a folder", encoding="utf-8")
    with pytest.raises(Complaint, match="HOMECUT_CACHE"):
        ready_cache_folder()


@pytest.mark.parametrize("in_place", [False, True])
def test_a_folder_is_made_only_once(tmp_path, in_place):
    calls = []
    for _ in range(2):
        made_once(tmp_path / "thing", calls.append, in_place=in_place)
    assert len(calls) == 1


@pytest.mark.parametrize("in_place", [False, True])
def test_an_interrupted_attempt_is_thrown_away_by_the_next(tmp_path, in_place):
    def interrupted(folder):
        (folder / "half").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    def whole(folder):
        (folder / "whole").write_text("whole", encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        made_once(tmp_path / "thing", interrupted, in_place=in_place)
    made_once(tmp_path / "thing", whole, in_place=in_place)
    assert {path.name for path in (tmp_path / "thing").iterdir()} == {"whole", ".complete"}


def test_two_runs_do_not_make_the_same_folder(tmp_path):
    calls = []

    def slow(folder):
        calls.append(folder)
        gate.wait(0.2)

    gate = threading.Event()
    threads = [
        threading.Thread(target=made_once, args=(tmp_path / "thing", slow)) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1


def test_a_lock_is_free_again_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), lock(tmp_path / "lock"):
        raise ZeroDivisionError
    with lock(tmp_path / "lock"):
        pass


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch):
    target = tmp_path / "file"
    write_atomically(target, b"old")

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_and_missing_rights_are_said_in_words():
    assert "disk is full" in explain(OSError(errno.ENOSPC, "", "/somewhere"))
    assert "permissions" in explain(PermissionError(errno.EACCES, "", "/somewhere"))


def test_a_defect_keeps_its_traceback():
    assert explain(ZeroDivisionError()) is None
    assert explain(FileNotFoundError(errno.ENOENT, "", "x")) is None
