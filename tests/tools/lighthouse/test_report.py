"""Lighthouse's report is read rightly, and its packages are pinned."""

import json

import pytest

from tools.lighthouse import report
from tools.setup.complaint import Complaint


def document(**scores):
    """Return a report with marks; the one for search engines is lost by robots.txt."""
    audits = {
        "robots-txt": {
            "score": 0, "scoreDisplayMode": "binary", "title": "robots.txt is not valid",
            "explanation": "It could not be had",
        },
        "is-crawlable": {"score": 1, "scoreDisplayMode": "binary", "title": "Can be found"},
        "hreflang": {"score": None, "scoreDisplayMode": "notApplicable", "title": "Not asked"},
    }  # fmt: skip
    marks = {"performance": 0.5, "accessibility": 1, "best-practices": 1, "seo": 0.92} | scores
    parts = [{"id": name, "weight": 1} for name in audits]
    categories = {
        name: {"score": score, "auditRefs": parts if name == "seo" else []}
        for name, score in marks.items()
    }
    return {"categories": categories, "audits": audits}


def test_the_marks_are_of_a_hundred_and_what_costs_points_is_told():
    judgement = report.judgement_of(document())
    assert judgement.marks["seo"] == 92
    assert judgement.losses["seo"] == ["robots.txt is not valid: It could not be had"]
    assert judgement.losses["accessibility"] == []


def test_performance_is_told_but_not_demanded():
    assert report.judgement_of(document()).too_low() == ["seo"]
    assert report.judgement_of(document(seo=0.95)).too_low() == []
    assert report.judgement_of(document(seo=1, accessibility=0.94)).too_low() == ["accessibility"]


def test_a_page_that_was_not_judged_has_no_mark():
    with pytest.raises(Complaint, match="no mark for accessibility"):
        report.judgement_of(document(accessibility=None))
    with pytest.raises(Complaint, match="NO_FCP"):
        report.judgement_of({**document(), "runtimeError": {"message": "NO_FCP."}})


def test_every_package_is_pinned_by_version_and_hash_and_names_no_registry():
    lock = json.loads((report.PROJECT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert "node_modules/lighthouse" in packages
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    wanted = json.loads((report.PROJECT / "package.json").read_text("utf-8"))
    for name, version in {**wanted["dependencies"], **wanted["overrides"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version
