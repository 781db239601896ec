"""What Firefox's visits become as readings; the visits themselves need the browser."""

import json
import subprocess
from types import SimpleNamespace

import pytest

from tools.bench import firefox
from tools.bench.firefox import firefox_visits
from tools.bench.phases import Plan
from tools.setup.complaint import Complaint
from tools.setup.progress import make_console


def visit(name, look, end):
    """Return what the probe has noted, in milliseconds since the navigation."""
    row = {"states": {"done": end}, "preview": look}
    return json.dumps({"ready": 1000, "chosen": 1200, "tasks": [], "gaps": [], "rows": {name: row}})


@pytest.fixture
def measured(monkeypatch, tmp_path):
    """Return the readings of a browser that ends with this outcome."""
    photo = tmp_path / "photo-1.jpg"
    plan = Plan({1.0: [photo]}, ["standard"], "standard", 2)
    subjects = SimpleNamespace(
        homecut=SimpleNamespace(url="http://127.0.0.1:1/"),
        fresh_copies=lambda photos, subject: photos,
    )
    monkeypatch.setattr(firefox, "ensure_firefox", lambda console: "firefox")
    monkeypatch.setattr(firefox, "node_command", lambda: "node")
    monkeypatch.setattr(firefox, "node_modules", lambda *_, **__: tmp_path)

    def run(code, lines, told=""):
        outcome = subprocess.CompletedProcess([], code, "\n".join(lines), told)
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: outcome)
        found = firefox_visits(plan, subjects, make_console(quiet=True))
        return [(one.measure, one.value) for one in found]

    return run


def test_the_first_visit_counts_and_those_after_the_second(measured):
    lines = [visit("photo-1.jpg", *times) for times in ((5000, 9000), (4000, 8000), (3000, 7000))]
    expected = [
        ("firefox_first_cutout", 9.0),
        ("firefox_first_preview", 5.0),
        ("firefox_return_cutout", 7.0),
        ("firefox_return_preview", 3.0),
    ]
    assert measured(0, lines) == expected


def test_a_browser_that_fails_is_told_of(measured):
    with pytest.raises(Complaint, match="no such element"):
        measured(1, [], "Error: no such element")
