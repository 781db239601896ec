"""A package manager that could not be asked has not said that all is well."""

import json

import pytest

from tools.audit import advisories, verb
from tools.audit.advisories import Answer, read_npm, read_pip
from tools.setup.checkout import ROOT
from tools.setup.progress import make_console


def test_weaknesses_that_npm_knows_are_named():
    report = {"vulnerabilities": {"left-pad": {"severity": "high"}}}
    assert read_npm(json.dumps(report)) == Answer(["left-pad (high)"])
    assert read_npm('{"vulnerabilities": {}}') == Answer()


@pytest.mark.parametrize("output", ["", "<html>", '{"error": {}}', '{"message": "405"}'])
def test_an_npm_that_says_nothing_has_not_answered(output):
    answer = read_npm(output)
    assert answer.known == []
    assert answer.unanswered


def test_weaknesses_that_pip_audit_knows_are_named():
    packages = [
        {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]},
        {"name": "rich", "version": "2.0", "vulns": []},
    ]
    answer = read_pip(json.dumps({"dependencies": packages}), "")
    assert answer == Answer(["pillow 1.0 (PYSEC-1)", "pillow 1.0 (PYSEC-2)"])


def test_packages_that_an_index_does_not_know_are_no_good_answer():
    packages = [{"name": "rich", "skip_reason": "not found"}, {"name": "brotli", "vulns": []}]
    answer = read_pip(json.dumps({"dependencies": packages}), "")
    assert answer.unanswered == "its index knows nothing of 1 of 2 packages"


def test_a_pip_audit_that_fails_has_not_answered():
    assert read_pip("", "Traceback\nConnectionError: no network\n\n").unanswered == (
        "ConnectionError: no network"
    )
    assert read_pip("", "").unanswered


@pytest.mark.parametrize(
    ("answer", "clean"),
    [(Answer(), True), (Answer(["a (high)"]), False), (Answer(unanswered="405"), False)],
)
def test_the_verb_succeeds_only_when_everybody_has_answered_and_knows_nothing(
    monkeypatch, answer, clean
):
    monkeypatch.setattr(advisories, "npm_advisories", lambda _root: answer)
    monkeypatch.setattr(advisories, "pip_advisories", lambda _root: Answer())
    assert verb.advisories_are_clean(make_console(quiet=True), ROOT) is clean
