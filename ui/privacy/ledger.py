"""The ledger on the screen: every request since the page was opened, totals, filter, export.

``assets/js/start.js`` collects what the gate reports from the first moment on; nothing is computed
until somebody opens the dialog.
"""

import asyncio

from common import naming
from common.language.words import say
from ui.browser import clock, dom, downloads, service_worker
from ui.browser.worker_link import BASE_URL
from ui.privacy import requests_seen

REDRAW_SECONDS = 1
ROWS = 400
"""Rows on the screen at most, the newest; the export has all."""

SOURCES = {
    requests_seen.NETWORK: say("network"),
    requests_seen.DEVICE: say("this device"),
    requests_seen.STOPPED: say("stopped"),
}


class LedgerPanel:
    """The dialog behind the badge; :meth:`collect` gives others the same facts."""

    def __init__(self):
        self.ledger = requests_seen.Ledger(BASE_URL, clock.opened())
        self._taken = 0
        self._drawn = None
        dom.on("ledger-open", "click", lambda event: self.open())
        dom.on("ledger-close", "click", lambda event: dom.element("ledger").close())
        dom.on("ledger-filter", "change", lambda event: self._draw(True))
        dom.on("ledger-save", "click", lambda event: self._save())

    def open(self):
        """Show the dialog in place of another and keep it up to date while it is open."""
        dom.element("details").close()
        dom.element("ledger").showModal()
        dom.element("ledger").scrollTop = 0
        asyncio.create_task(self._follow())

    async def _follow(self):
        """Draw again and again until the dialog is closed."""
        while dom.element("ledger").open:
            self.collect()
            self._draw()
            await asyncio.sleep(REDRAW_SECONDS)

    def collect(self):
        """Return the ledger with everything that has been reported until now."""
        reports = service_worker.reports(self._taken)
        self._taken += len(reports)
        for report in reports:
            self.ledger.take(report)
        self.ledger.from_start = dom.root().dataset.gate == "before"
        self.ledger.settle()
        if not self.ledger.gated:
            for started, address, size in service_worker.timings():
                self.ledger.take_timing(started, address, size)
        return self.ledger

    def _draw(self, forced=False):
        """Write totals and rows, unless they are on the screen already."""
        chosen = self.ledger.chosen(dom.element("ledger-filter").value)
        if len(self.ledger.entries) == self._drawn and not forced:
            return
        self._drawn = len(self.ledger.entries)
        full = requests_seen.FULL + " " if self.ledger.full else ""
        dom.element("ledger-totals").textContent = full + words_of(self.ledger.totals())
        rows = dom.element("ledger-rows")
        rows.replaceChildren()
        for entry in chosen[-ROWS:]:
            rows.append(row_of(entry))
        dom.show("ledger-empty", not chosen)

    def _save(self):
        """Save the ledger as an HTTP archive."""
        downloads.save_json(self.collect().har(clock.iso), "homecut-ledger.har")


def words_of(totals):
    """Return the totals as a sentence or two."""
    if totals["uploaded"] is None:
        uploaded = say(
            "Bytes uploaded: not measured, because not everything was watched from the start."
        )
    else:
        uploaded = say("Bytes uploaded: {bytes}.", bytes=totals["uploaded"])
    network = naming.byte_size(totals["network_bytes"])
    device = naming.byte_size(totals["device_bytes"])
    return (
        uploaded
        + " "
        + say(
            "{requests} requests: {network} from the network ({network_bytes}), {device} from this "
            "device ({device_bytes}), {stopped} stopped.",
            requests=totals["requests"],
            network=totals["network"],
            network_bytes=network,
            device=totals["device"],
            device_bytes=device,
            stopped=totals["stopped"],
        )
    )


def row_of(entry):
    """Return a table row."""
    row = dom.create("tr")
    row.dataset.source = entry["source"]
    where = SOURCES[entry["source"]]
    if entry["stopped_by"]:
        where = say("stopped by the {guard}", guard=say(entry["stopped_by"]))
    time = clock.wall(entry["time"])
    size = "" if entry["source"] == requests_seen.STOPPED else naming.byte_size(entry["bytes"])
    for text in (time, entry["method"] or "?", entry["path"], size, where):
        row.append(dom.create("td", "", text))
    return row
