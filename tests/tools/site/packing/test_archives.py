import gzip
import io
import json
import re
import tarfile
import tomllib

import pytest

from tools.setup.checkout import ROOT
from tools.site.packing.archives import (
    ARCHIVES,
    CONFIGURATIONS,
    listed_files,
    packed,
    served_configuration,
    uncompressed_gzip,
)
from tools.site.packing.compiled import READ_BY_PUPILS
from tools.site.site import Site

CONFIGURATION = """# Why.
interpreter = "./micropython.mjs"

[files]
"./ui/a.py" = "ui/a.py"
"./ui/deep/b.py" = "ui/deep/b.py"

[js_modules.worker]
"./ort.mjs" = "ort"
"""


def test_the_served_configuration_names_the_archive_and_is_otherwise_the_same():
    served = tomllib.loads(served_configuration(CONFIGURATION, "python/page.tar.gz"))
    source = tomllib.loads(CONFIGURATION)
    assert served.pop("interpreter") == "./micropython.mjs#page.js"
    assert source.pop("interpreter") == "./micropython.mjs"
    del source["files"]
    assert served == source


def test_pyscript_unpacks_for_a_worker_of_micropython():
    served = tomllib.loads(served_configuration(CONFIGURATION, "python/segment.tar.gz"))
    assert served.pop("files") == {"./python/segment.tar.gz": "./*"}
    source = tomllib.loads(CONFIGURATION)
    del source["files"]
    assert served == source


@pytest.mark.parametrize("size", [0, 1, 0xFFFF, 0x10000, 200_000])
def test_any_reader_of_gzip_reads_it(size):
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert gzip.decompress(uncompressed_gzip(data)) == data


def test_folders_come_before_what_lies_in_them():
    data = packed({"ui/deep/b.py": b"b", "ui/a.py": b"a", "z.py": b"z"})
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        assert archive.getnames() == ["ui", "ui/deep", "ui/a.py", "ui/deep/b.py", "z.py"]
        assert {entry.mtime for entry in archive.getmembers()} == {0}


def test_the_same_files_make_the_same_bytes_in_whatever_order():
    assert packed({"a": b"1", "b": b"2"}) == packed({"b": b"2", "a": b"1"})


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_an_actors_archive_holds_exactly_the_files_that_its_configuration_lists(configuration):
    site = Site(ROOT)
    listed = listed_files((ROOT / configuration).read_text(encoding="utf-8"))
    content = site.content(CONFIGURATIONS[configuration])
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        files = {
            entry.name: archive.extractfile(entry).read() for entry in archive if entry.isfile()
        }
    assert {re.sub(r"\.(mpy|pyc)$", ".py", name) for name in files} == set(listed)
    sources = {name: data for name, data in files.items() if name.endswith(".py")}
    assert sources == {name: (ROOT / listed[name]).read_bytes() for name in sources}
    assert set(sources) == (set(listed) if configuration == READ_BY_PUPILS else set())


def test_archives_are_stored_and_the_files_in_them_only_served():
    manifest = json.loads(Site(ROOT).manifest())
    assert set(ARCHIVES) <= {*manifest["shell"], *manifest["later"]}
    assert "ui/workbench.py" in manifest["files"]
    assert "ui/workbench.py" not in manifest["shell"]
    assert {"main.py", "worker.py", "pixels.py"} <= set(manifest["shell"])


def test_an_edited_file_is_in_the_next_archive(tmp_path):
    (tmp_path / "ui").mkdir()
    (tmp_path / "pyscript.toml").write_text('[files]\n"./ui/a.py" = "ui/a.py"\n')
    (tmp_path / "ui/a.py").write_text("BEFORE = 1\n")
    site = Site(tmp_path)
    before = site.entry("python/page.tar.gz")
    assert b"BEFORE" in site.content("python/page.tar.gz")
    (tmp_path / "ui/a.py").write_text("AFTER = 10\n")
    assert b"AFTER" in site.content("python/page.tar.gz")
    assert site.entry("python/page.tar.gz")["sha256"] != before["sha256"]
