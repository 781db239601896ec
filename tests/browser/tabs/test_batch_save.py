"""Many files at once: a ZIP that every program opens, and a folder in which nothing is lost."""

import io
import json
import subprocess
import unicodedata
import zipfile

import pytest

from tests.browser.support.in_page import run_in_page

FILES = {
    "photo.png": b"first",
    "Photo.PNG": b"second",
    "../../etc/passwd.png": b"third",
    "..\\..\\evil.webp": b"fourth",
    "/absolute.jpg": b"fifth",
    "größe ☂.avif": b"sixth" * 100_000,
    "nul.png": b"seventh",
}

START = """
import json
from ui.browser import downloads
files = []
for name, text in json.loads(asked.files):
    files.append((name, js.Blob.new(js.Array.of(text))))
steps = []
show = lambda done, total: steps.append([done, total])
"""


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    return open_shared_page(made_server.url).page


def given(files=None):
    pairs = [*FILES.items(), *FILES.items()] if files is None else files
    return json.dumps([[name, content.decode()] for name, content in pairs])


def check(content):
    """Compare a ZIP with the files that went into it, each twice."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        contents = [archive.read(name) for name in names]
    assert contents == [*FILES.values()] * 2
    assert len({name.lower() for name in names}) == len(names) == 14
    assert [name for name in names if "/" in name or "\\" in name or name.startswith(".")] == []
    assert names[:7] == [
        "photo.png", "Photo (2).PNG", "passwd.png", "evil.webp", "absolute.jpg", "größe ☂.avif",
        "_nul.png",
    ]  # fmt: skip
    assert names[7] == "photo (3).png"


def test_a_zip_opens_everywhere_and_its_names_are_harmless(page, tmp_path):
    with page.expect_download() as waiting:
        steps = run_in_page(
            page,
            START + "await downloads.save_zip(files, show)\nreturn json.dumps(steps)\n",
            files=given(),
        )
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)

    assert file.name == "homecut.zip"
    check(file.read_bytes())
    assert json.loads(steps) == [[number, 14] for number in range(1, 15)]
    outcome = subprocess.run(
        ["unzip", "-t", str(file)], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout
    assert "No errors detected" in outcome.stdout


ALIKE = ["É.png", "é.png", "café.png", "cafe\u0301.png", "straße.png", "STRASSE.png"]
ALIKE += ["Σίγμας.png", "σίγμασ.png", "a.png"]


def test_names_that_some_disk_takes_for_the_same_never_meet(page):
    names = run_in_page(
        page,
        START + "return json.dumps([name for name, _ in downloads.distinct(files)])\n",
        files=given([(name, b"x") for name in ALIKE]),
    )
    made = json.loads(names)
    assert [name for name in made if "(2)" in name] == made[1:8:2]
    folded = {unicodedata.normalize("NFC", name).casefold() for name in made}
    assert len(folded) == len(ALIKE)


READ = """
async def read(folder, name):
    handle = await folder.getFileHandle(name)
    file = await handle.getFile()
    return await file.text()
"""

OPTIONS = """
options = js.Object.new()
options.create = True
root = await js.navigator.storage.getDirectory()
"""


def test_files_in_a_chosen_folder_stay_when_names_clash(page):
    answer = run_in_page(
        page,
        START
        + READ
        + OPTIONS
        + """
folder = await root.getDirectoryHandle("chosen", options)
await downloads.save_into(folder, files[:1])
await downloads.save_into(folder, files, show)
found = []
for name in ("photo.png", "photo (2).png", "photo (3).png"):
    found.append(await read(folder, name))
options.recursive = True
await root.removeEntry("chosen", options)
return json.dumps([found, steps])
""",
        files=given([("photo.png", b"one"), ("../photo.png", b"two")]),
    )
    found, steps = json.loads(answer)
    assert found == ["one", "one", "two"]
    assert steps == [[1, 2], [2, 2]]


def test_a_folder_that_cannot_be_written_is_said(page):
    answer = run_in_page(
        page,
        START
        + OPTIONS
        + """
from common.errors import Refusal
folder = await root.getDirectoryHandle("gone", options)
await root.removeEntry("gone")
try:
    await downloads.save_into(folder, files)
except Refusal as error:
    return error.code
""",
        files=given([("photo.png", b"one")]),
    )
    assert answer == "folder_failed"
