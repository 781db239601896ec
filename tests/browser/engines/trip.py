"""What the main journey has to show in any browser, Firefox and WebKit alike.

Online: open, cut a photo out, save. Then the server ends, and a fresh tab cuts another one out and
saves it. The suites of the browsers make the trip each with its own driver; what is asked of it
stands here once.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core import pipeline
from tests.browser.engines.foreign import TELLTALE
from tests.browser.support.pictures import photo, save_jpeg
from tools.model.native_reference import open_session, variant_bytes
from tools.site.request_log import RequestRecord

PATIENCE = 900
"""Seconds for one step; a single thread on a busy machine takes minutes for one photo."""

MASK_TOLERANCE = 0.01
"""Mean absolute difference, of 1, between the page's alpha and the same weights run natively."""

VISITS = ("online", "offline")

ENDED = ".row[data-state=done], .row[data-state=failed]"
"""Selects a row whose photo is through, well or not."""

LOOK = """(() => {
  const shown = (element) => element.checkVisibility() ? element.textContent : "";
  const row = document.querySelector(".row");
  const facts = [...document.querySelectorAll("#facts dt")];
  return {
    state: row.dataset.state,
    status: row.querySelector(".row-status").textContent,
    name: row.querySelector("a[download]")?.download ?? "",
    hint: shown(document.getElementById("hint")),
    controlled: navigator.serviceWorker.controller !== null,
    filled: "filled" in document.documentElement.dataset,
    isolated: crossOriginIsolated,
    sharesMemory: typeof SharedArrayBuffer === "function",
    cores: navigator.hardwareConcurrency,
    dialog: document.getElementById("details").open,
    facts: Object.fromEntries(
      facts.map((term) => [term.textContent, term.nextElementSibling.textContent])),
  };
})()"""
"""JavaScript expression: what the page shows of its only photo, of itself and of the browser."""


BEGIN_AUDIT = """(() => {
  for (const id of ["details-open", "ledger-open", "audit-run"]) {
    document.getElementById(id).click();
  }
})()"""
"""JavaScript expression: opens the ledger and begins the self-audit."""

AUDITED = "#audit-save:not([hidden])"
"""Selects what is there once the self-audit has ended."""

READY_OFFLINE = "#badge[data-ready=yes]"
"""Selects the badge once everything is on the device; the codecs' files come last."""

LOOK_AT_AUDIT = """(() => {
  const facts = [...document.querySelectorAll("#audit-facts dt")];
  const rows = [...document.querySelectorAll("#ledger-rows tr")];
  return {
    verdict: document.getElementById("audit-verdict").dataset.verdict,
    problems: [...document.querySelectorAll("#audit-problems li")].map((item) => item.textContent),
    facts: Object.fromEntries(
      facts.map((term) => [term.textContent, term.nextElementSibling.textContent])),
    totals: document.getElementById("ledger-totals").textContent,
    rows: rows.map((row) => [...row.children].map((cell) => cell.textContent)),
    badge: document.getElementById("badge").textContent,
  };
})()"""
"""JavaScript expression: what the dialog shows then."""


@dataclass(frozen=True)
class Visit:
    """A photo that was given to a fresh tab, the file that was saved, what :data:`LOOK` saw."""

    photo: Path
    cutout: Path
    seen: dict[str, Any]


@dataclass(frozen=True)
class Trip:
    """The notes of both visits."""

    url: str
    visits: dict[str, Visit]
    records: list[RequestRecord]
    """What the server was asked for."""
    foreign: list[str]
    """What was meant for other hosts, as a proxy heard it."""
    foreign_in_the_end: list[str]
    """The same after :data:`TELLTALE` has been opened on purpose."""


def photos(folder: Path) -> dict[str, Path]:
    """Write the photo of each visit to ``folder``."""
    return {
        visit: save_jpeg(photo(name), folder / f"{name}.jpg")
        for visit, name in zip(VISITS, ("astronaut", "coffee"), strict=True)
    }


class AnyBrowser:
    """The tests; a subclass brings a fixture ``trip``."""

    @pytest.mark.parametrize("name", VISITS)
    def test_the_photo_is_cut_out_and_saved_under_its_own_name(self, trip, name):
        visit = trip.visits[name]

        assert (visit.seen["state"], visit.seen["status"]) == ("done", "Done")
        assert visit.cutout.name == visit.seen["name"] == f"{visit.photo.stem}-cutout.png"

    @pytest.mark.parametrize("name", VISITS)
    def test_the_saved_file_is_a_png_of_the_photo_s_size_with_real_alpha(self, trip, name):
        visit = trip.visits[name]
        with Image.open(visit.photo) as source, Image.open(visit.cutout) as cutout:
            assert (cutout.format, cutout.mode, cutout.size) == ("PNG", "RGBA", source.size)
            alpha = np.asarray(cutout)[..., 3]

        assert (alpha == 255).mean() > 0.05
        assert (alpha == 0).mean() > 0.05

    @pytest.mark.parametrize("name", VISITS)
    def test_the_mask_agrees_with_the_same_weights_run_natively(self, trip, name):
        visit = trip.visits[name]
        session = open_session(variant_bytes())
        expected = pipeline.cut_out_file(
            visit.photo.read_bytes(), lambda tensor: session.run(None, {"input": tensor})[0]
        )
        alpha, expected_alpha = (
            np.asarray(Image.open(file))[..., 3] / 255 for file in (visit.cutout, BytesIO(expected))
        )

        assert np.abs(alpha - expected_alpha).mean() <= MASK_TOLERANCE

    def test_the_server_received_nothing_but_plain_get_requests(self, trip):
        assert len(trip.records) > 50
        assert {record.method for record in trip.records} == {"GET"}
        assert {record.query for record in trip.records} == {""}
        assert {record.body_length for record in trip.records} == {0}
        assert [record.path for record in trip.records if record.status >= 400] == []

    def test_nothing_was_meant_for_another_host(self, trip):
        assert trip.foreign == []

    def test_the_proxy_would_have_heard_of_it(self, trip):
        assert f"GET {TELLTALE} HTTP/1.1" in trip.foreign_in_the_end

    def test_the_page_is_isolated_and_the_service_worker_has_all_of_it(self, trip):
        for visit in trip.visits.values():
            assert visit.seen["isolated"]
            assert visit.seen["controlled"]
            assert visit.seen["filled"]

    @pytest.mark.parametrize("name", VISITS)
    def test_the_self_audit_passes(self, trip, name):
        audit = trip.visits[name].seen["audit"]

        assert (audit["verdict"], audit["problems"]) == ("passed", [])
        assert audit["facts"]["Watched by the gate"] == "yes"
        assert (audit["facts"]["Stopped"], audit["facts"]["Bytes uploaded"]) == ("0", "0")
        assert audit["facts"]["Requests"].startswith(f"GET {trip.url.rstrip('/')}: ")
        assert "," not in audit["facts"]["Requests"], "more than one method and origin"
        assert audit["facts"]["Databases"] == "none"
        assert audit["badge"] == "Ready offline"

    @pytest.mark.parametrize("name", VISITS)
    def test_the_ledger_lists_what_pages_and_workers_asked_for(self, trip, name):
        audit = trip.visits[name].seen["audit"]
        paths = {path for _, _, path, _, _ in audit["rows"]}

        assert {"worker.py", "pixels.py", "python/pixels.tar.gz", "models/models.json"} <= paths
        assert {method for _, method, _, _, _ in audit["rows"]} == {"GET"}
        assert audit["totals"].startswith("Bytes uploaded: 0.")
        if name == "offline":
            assert " 0 from the network (0\u00a0B)" in audit["totals"]

    def test_the_details_tell_what_this_browser_does(self, trip):
        for visit in trip.visits.values():
            assert visit.seen["dialog"]
            assert visit.seen["facts"]["Isolated"] == "yes"
            assert visit.seen["facts"]["Works offline"] == "yes"
            assert visit.seen["facts"]["Model"].startswith("q4, 25.9\u00a0MB")
        assert trip.visits["offline"].seen["facts"]["Fetched now"] == "0\u00a0B"
