"""The ledger adds up what it was told, each request once, and does not claim what nobody saw."""

import json

import pytest

from ui.privacy.requests_seen import ALL, DEVICE, FOREIGN, FRAME, NETWORK, STOPPED, Ledger

BASE = "https://host.example/homecut/"


def report(number, **changes):
    entry = {
        "kind": "request", "id": f"a/{number}", "time": 1000 + number, "method": "GET",
        "url": BASE + f"core/{number}.py", "allowed": True, "source": "device", "bytes": 10,
        "sent": 0, "stopped": 0, "status": 200,
    }  # fmt: skip
    return entry | changes


@pytest.fixture
def ledger():
    return Ledger(BASE, 1000)


def test_a_request_is_counted_once_however_often_it_is_told(ledger):
    ledger.take(report(1))
    ledger.take({"kind": "log", "build": "ab", "entries": [report(1), report(2)]})
    assert [entry["path"] for entry in ledger.entries] == ["core/1.py", "core/2.py"]
    assert ledger.build == "ab"


def test_requests_before_the_page_was_opened_belong_to_another(ledger):
    ledger.take(report(1, time=999))
    assert ledger.entries == []


def test_totals_tell_network_device_and_stopped_apart(ledger):
    ledger.take(report(1))
    ledger.take(report(2, source="network", bytes=70))
    ledger.take(report(3, kind="refused", allowed=False, method="POST", bytes=0, stopped=5))
    assert ledger.totals() == {
        "requests": 3, "network": 1, "network_bytes": 70, "device": 1, "device_bytes": 10,
        "stopped": 1, "stopped_bytes": 0, "uploaded": 0,
    }  # fmt: skip
    counts = [len(ledger.chosen(which)) for which in (ALL, NETWORK, DEVICE, STOPPED)]
    assert counts == [3, 1, 1, 1]


def test_a_gate_that_came_late_proves_nothing(ledger):
    ledger.take(report(1))
    assert ledger.proven
    ledger.from_start = False
    assert not ledger.proven
    assert ledger.totals()["uploaded"] is None


def test_a_foreign_service_worker_stands_among_what_was_stopped(ledger):
    ledger.take({"kind": "foreign", "time": 2000, "url": "https://host/evil.js"})
    (entry,) = ledger.chosen(STOPPED)
    assert entry["stopped_by"] == FOREIGN
    assert entry["url"] == "https://host/evil.js"


def test_uploaded_bytes_are_added_up_and_not_written_down(ledger):
    ledger.take(report(1, sent=3))
    ledger.take(report(2, sent=4))
    assert ledger.totals()["uploaded"] == 7


def test_without_a_gate_nobody_saw_the_bodies(ledger):
    ledger.take_timing(1200, BASE + "main.py", 300)
    ledger.take_timing(1200, BASE + "main.py", 300)
    ledger.take_timing(1300, "blob:https://host.example/1", 0)
    assert len(ledger.entries) == 1
    assert ledger.totals()["uploaded"] is None


def test_a_policy_violation_is_a_stopped_request(ledger):
    ledger.take({"kind": "policy", "time": 1500, "url": "https://elsewhere.example/x"})
    (entry,) = ledger.chosen(STOPPED)
    assert (entry["path"], entry["stopped_by"]) == (
        "https://elsewhere.example/x",
        "content policy",
    )


def test_methods_and_origins_are_counted_together(ledger):
    ledger.take(report(1))
    ledger.take(report(2))
    assert ledger.by_method_and_origin() == {"GET https://host.example": 2}


def test_the_archive_is_json_with_the_entries_of_an_http_archive(ledger):
    ledger.take(report(1, source="network"))
    archive = json.loads(json.dumps(ledger.har(lambda time: f"T{time}")))
    (entry,) = archive["log"]["entries"]
    assert archive["log"]["version"] == "1.2"
    assert entry["startedDateTime"] == "T1001"
    assert entry["request"]["bodySize"] == 0
    assert entry["response"]["bodySize"] == 10
    assert entry["_source"] == "network"


def test_a_full_ledger_says_so_and_proves_nothing(ledger):
    ledger.take(report(1))
    assert ledger.proven
    ledger.take({"kind": "full", "time": 1500})
    assert ledger.full
    assert not ledger.proven


@pytest.mark.parametrize(("lost", "full"), [(0, False), (999, False), (1001, True)])
def test_what_the_gate_had_no_room_for_counts_if_it_belongs_to_this_page(ledger, lost, full):
    ledger.take({"kind": "log", "build": "ab", "entries": [report(1)], "lost": lost})
    assert ledger.full is full


def test_what_the_browser_refuses_before_the_gate_sees_it_is_listed_once(ledger):
    ledger.take(report(1))
    for url in (BASE + "core/1.py", BASE + "collect/photo"):
        ledger.take({"kind": "unanswered", "time": 1500, "url": url})
    ledger.settle()
    ledger.settle()
    assert [(e["path"], e["stopped_by"]) for e in ledger.chosen(STOPPED)] == [
        ("collect/photo", "browser")
    ]


def test_a_frame_takes_the_proof_away_and_is_a_problem(ledger):
    ledger.take(report(1))
    for time in (1500, 1600):
        ledger.take({"kind": "frame", "time": time, "url": "about:blank"})
    assert ledger.remarks == [FRAME]
    assert not ledger.proven
    assert ledger.totals()["uploaded"] is None


def test_what_the_page_itself_stops_stands_among_what_was_stopped(ledger):
    ledger.take({"kind": "way", "time": 1500, "url": "https://elsewhere.example/?photo"})
    assert [entry["stopped_by"] for entry in ledger.chosen(STOPPED)] == ["page"]


@pytest.mark.parametrize("kind", ["forged", "damaged"])
def test_a_file_that_is_not_the_builds_is_a_problem_though_it_was_not_used(ledger, kind):
    ledger.take({"kind": kind, "path": "assets/js/zip.js"})
    (sentence,) = ledger.remarks
    assert sentence.endswith(": assets/js/zip.js")
