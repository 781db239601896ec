"""The audit finds every line that somebody might plant, wherever it stands."""

import json
from pathlib import Path

import pytest

from tests.privacy import planted
from tools.audit.findings import Finding
from tools.audit.scan import read_all, text_in, texts_of, wrong_parts
from tools.audit.table import judge, read_table
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.vendor_lock import LOCK, check_parts, installed_hashes

PYTHON_FILES = (
    "ui/browser/caches.py", "ui/stage/save.py", "worker.py", "pixelwork/answers.py",
    "core/pipeline.py", "common/messages.py",
)  # fmt: skip
SCRIPTS = ("sw.js", "assets/js/start.js", "assets/js/zip.js", "assets/js/early_intake.js")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return texts_of(ROOT)


TABLE = read_table()


def seen(texts: dict[str, str], *paths: str) -> list[Finding]:
    """Return what the audit says of the files ``paths`` alone, as they stand in ``texts``."""
    judgement = judge(read_all(texts, {path: texts[path] for path in paths}), TABLE)
    changed = [text for text in judgement.opened if text.startswith(paths)]
    return [f for f in judgement.unlisted if f.file in paths] + [
        Finding("", 0, "gate", text) for text in changed
    ]


def test_the_page_as_it_is_reaches_nothing_that_is_not_in_the_table(texts):
    """'dev.py audit --write' brings names up to date, 'dev.py audit' prints what remains."""
    judgement = judge([*read_all(texts), *wrong_parts(ROOT)], TABLE)
    assert judgement.unlisted == []
    assert judgement.unused == []


@pytest.mark.parametrize("name", planted.PYTHON)
def test_python(texts, name):
    for path in PYTHON_FILES:
        changed = {**texts, path: texts[path] + "\n\n" + planted.PYTHON[name] + "\n"}
        assert seen(changed, path), path


@pytest.mark.parametrize("name", planted.PYTHON_CHANGES)
def test_python_changed_in_its_place(texts, name):
    path, before, after = planted.PYTHON_CHANGES[name]
    assert before in texts[path]
    assert not seen(texts, path)
    assert seen({**texts, path: texts[path].replace(before, after)}, path)


@pytest.mark.parametrize("path", SCRIPTS)
def test_javascript(texts, path):
    """All plants of one file in one run of the parser, as files of their own."""
    changed = {
        f"{path}#{name}": texts[path] + "\n" + line + "\n"
        for name, line in planted.JAVASCRIPT.items()
    }
    findings = judge(renamed(changed, path), TABLE).unlisted
    found = {finding.text.split("\0")[0] for finding in findings}
    assert set(planted.JAVASCRIPT) - found == set()


def renamed(texts: dict[str, str], path: str) -> list[Finding]:
    """Read scripts in one go and call all of them ``path``, the plant's name before the text.

    What the unchanged file reaches is left out.
    """
    from tools.audit.javascript import read_javascript

    usual = {(f.kind, f.text) for f in read_javascript({path: (ROOT / path).read_text("utf-8")})}
    return [
        Finding(path, f.number, f.kind, f"{f.file.partition('#')[2]}\0{f.text}")
        for f in read_javascript(texts)
        if (f.kind, f.text) not in usual
    ]


@pytest.mark.parametrize("name", planted.JAVASCRIPT_CHANGES)
def test_javascript_changed_in_its_place(texts, name):
    path, before, after = planted.JAVASCRIPT_CHANGES[name]
    assert before in texts[path]
    assert not seen(texts, path)
    assert seen({**texts, path: texts[path].replace(before, after)}, path)


@pytest.mark.parametrize("path", ["index.html", "privacy.html"])
@pytest.mark.parametrize("name", planted.HTML)
def test_html(texts, path, name):
    text = texts[path].replace("</body>", planted.HTML[name] + "\n</body>")
    assert seen({**texts, path: text}, path)


@pytest.mark.parametrize("name", planted.HTML_CHANGES)
def test_html_changed_in_its_place(texts, name):
    path, before, after = planted.HTML_CHANGES[name]
    assert before in texts[path]
    assert seen({**texts, path: texts[path].replace(before, after)}, path)


@pytest.mark.parametrize("name", planted.SVG)
def test_svg(texts, name):
    path = "assets/icons/favicon.svg"
    text = texts[path].replace("</svg>", planted.SVG[name] + "</svg>")
    assert seen({**texts, path: text}, path)


@pytest.mark.parametrize("name", planted.CSS)
def test_css(texts, name):
    path = "assets/css/theme.css"
    assert seen({**texts, path: texts[path] + "\n" + planted.CSS[name] + "\n"}, path)


@pytest.mark.parametrize("path", ["pyscript.toml", "worker.toml", "pixels.toml"])
@pytest.mark.parametrize("name", planted.TOML)
def test_toml(texts, path, name):
    own = '[files]\n"./main.py" = "main.py"\n' if "[files]" not in planted.TOML[name] else ""
    assert seen({**texts, path: planted.TOML[name] + "\n" + own}, path)


@pytest.mark.parametrize("name", planted.MANIFEST)
def test_web_manifest(texts, name):
    path = "app.webmanifest"
    document = {**json.loads(texts[path]), **planted.MANIFEST[name]}
    assert seen({**texts, path: json.dumps(document)}, path)


@pytest.mark.parametrize("name", planted.HEADERS)
def test_headers(texts, name):
    before, after = planted.HEADERS[name]
    assert before in texts["_headers"]
    assert seen({**texts, "_headers": texts["_headers"].replace(before, after)}, "_headers")


def test_a_weight_that_is_not_named_by_its_hash(texts):
    path = "models/models.json"
    text = texts[path].replace('"path": "models/chunks/', '"path": "//elsewhere.example/', 1)
    assert text != texts[path]
    assert seen({**texts, path: text}, path)


@pytest.mark.parametrize("name", ["assets/new.wat", "assets/new.json", "assets/new.wasm"])
def test_a_kind_of_file_that_nobody_knows(texts, name):
    assert seen({**texts, name: "x"}, name)


@pytest.mark.parametrize(
    "name", ["ui/new.py", "assets/js/new.js", "assets/css/new.css", "assets/new.html", "assets/x.x"]
)
def test_a_file_whose_bytes_are_no_text(tmp_path: Path, texts, name):
    (tmp_path / "file").write_bytes(b"\xff\xfe")
    assert seen({**texts, name: text_in(tmp_path / "file")}, name)


@pytest.mark.parametrize("change", ["changed", "added", "removed"])
def test_an_installed_part_that_is_not_the_right_one(tmp_path: Path, change):
    """The audit names it, and neither building nor serving goes on with it."""
    part = tmp_path / "assets/vendor/client-zip/index.js"
    part.parent.mkdir(parents=True)
    part.write_text("export const a = 1;", encoding="utf-8")
    (tmp_path / "requirements").mkdir()
    lines = [f"{sha256}  {name}\n" for name, sha256 in installed_hashes(tmp_path).items()]
    (tmp_path / LOCK).write_text("".join(lines), encoding="utf-8")
    assert wrong_parts(tmp_path) == []
    check_parts(tmp_path)
    if change == "changed":
        part.write_text("export const a = 2;", encoding="utf-8")
    elif change == "added":
        (part.parent / "more.js").write_text("", encoding="utf-8")
    else:
        part.unlink()
    assert len(wrong_parts(tmp_path)) == 1
    with pytest.raises(Complaint, match="client-zip"):
        check_parts(tmp_path)
