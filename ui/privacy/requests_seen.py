"""The ledger as data: what was asked for, by whom it was stopped, what it adds up to.

Plain Python without a browser import, so that its rules are tested on CPython too. Entries come
from two sources: the gate (``sw.js``) reports each request of pages and workers with an ``id``;
where there is no gate the browser's own timing entries of the page tell address and size, no more.
"""

from common.language.words import phrase, say

FULL = say("The ledger is full: what was asked for after it stands nowhere. Reload the page.")

BROWSER = phrase("browser")
POLICY = phrase("content policy")
"""Who stopped what the gate never saw."""

ALL, NETWORK, DEVICE, STOPPED = "all", "network", "device", "stopped"
FOREIGN = phrase("search for foreign service workers")
PAGE = phrase("page")
"""Who stopped a way out that no gate sees (``assets/js/ways_out.js``)."""

FRAME = say("A frame was made in the page. What was asked for out of it, nobody saw.")


class Ledger:
    """All requests since the page was opened, oldest first, each once.

    ``base`` is the page's folder; ``since`` the time, in milliseconds since 1970, of its opening.
    """

    def __init__(self, base, since):
        self.base = base
        self.since = since
        self.entries = []
        self.gated = False
        self.from_start = True
        """Whether the gate, if there is one, stood there before the page began."""
        self.full = False
        """Whether more was reported than there is room for."""
        self.build = ""
        self.remarks = []
        """A sentence for each thing that should not be and is no request."""
        self._framed = False
        self._known = {}
        self._unanswered = []

    @property
    def proven(self):
        """Whether the gate has seen all that there was to see, and all of it stands here."""
        return self.gated and self.from_start and not self.full and not self._framed

    def take(self, report):
        """Add what a report says: a dict as the gate or ``start.js`` sends them."""
        kind = report["kind"]
        if kind in ("log", "filled"):
            self.build = report["build"]
        if kind == "log":
            for entry in report["entries"]:
                self._take_entry(entry)
            self.full = self.full or report.get("lost", 0) >= self.since
        elif kind == "unanswered":
            self._unanswered.append((report["time"], report["url"]))
        elif kind == "full":
            self.full = True
        elif kind in ("request", "refused"):
            self._take_entry(report)
        elif kind == "policy":
            self._add(
                report["time"], "", report["url"], STOPPED, 0, 0, None, phrase("content policy")
            )
        elif kind == "foreign":
            # What it did before it was ended, nobody saw.
            self._add(report["time"], "", report["url"], STOPPED, 0, 0, None, FOREIGN)
        elif kind == "way":
            self._add(report["time"], "", report["url"], STOPPED, 0, 0, None, PAGE)
        elif kind == "frame":
            self._framed = True
            self._remark(FRAME)
        elif kind == "forged":
            self._remark(
                say("What was stored of the page had been changed: {path}", path=report["path"])
            )
        elif kind == "damaged":
            self._remark(say("A file did not arrive as it was built: {path}", path=report["path"]))

    def _remark(self, sentence):
        """Keep a sentence, each once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def settle(self):
        """Add what got no answer and never came to the gate: the browser itself has refused it."""
        if not self.gated:
            return
        seen = {entry["url"]: True for entry in self.entries}
        for time, url in self._unanswered:
            if url not in seen:
                self._add(time, "", url, STOPPED, 0, 0, None, BROWSER)
        self._unanswered = []

    def take_timing(self, time, url, size):
        """Add a request that only the browser's timing tells of; method and body are unknown."""
        local = url.startswith("blob:") or url.startswith("data:")  # noqa: PIE810  MicroPython
        if self.gated or local or (time, url) in self._known:
            return
        self._known[(time, url)] = True
        self._add(time, "", url, NETWORK if size else DEVICE, size, None, None, "")

    def _take_entry(self, report):
        """Add one entry of the gate unless it is known or older than the page."""
        self.gated = True
        if report["id"] in self._known or report["time"] < self.since:
            return
        self._known[report["id"]] = True
        source = report["source"] if report["allowed"] else STOPPED
        by = "" if report["allowed"] else phrase("gate")
        self._add(
            report["time"],
            report["method"],
            report["url"],
            source,
            report["bytes"],
            report["sent"],
            report["status"],
            by,
        )

    def _add(self, time, method, url, source, size, sent, status, stopped_by):
        """Append an entry."""
        self.entries.append(
            {
                "time": time,
                "method": method,
                "url": url,
                "path": self.shortened(url),
                "source": source,
                "bytes": size,
                "sent": sent,
                "status": status,
                "stopped_by": stopped_by,
            }
        )

    def shortened(self, url):
        """Return an address as the ledger shows it: relative to the page where it can be."""
        if url == self.base:
            return "./"
        return url[len(self.base) :] if url.startswith(self.base) else url

    def chosen(self, which):
        """Return the entries of a filter: all, from the network, from the device, stopped."""
        return [entry for entry in self.entries if which in (ALL, entry["source"])]

    def totals(self):
        """Return the sums: counts and bytes by source, and what was uploaded.

        ``uploaded`` is ``None`` where nobody saw the bodies, which is not the same as 0.
        """
        sums = {"requests": len(self.entries)}
        for source in (NETWORK, DEVICE, STOPPED):
            chosen = self.chosen(source)
            sums[source] = len(chosen)
            sums[source + "_bytes"] = sum([entry["bytes"] for entry in chosen])
        sent = [entry["sent"] for entry in self.entries]
        sums["uploaded"] = None if None in sent or not self.proven else sum(sent)
        return sums

    def by_method_and_origin(self):
        """Return "GET https://host": count of everything that was not stopped."""
        counts = {}
        for entry in self.entries:
            if entry["source"] != STOPPED:
                name = (entry["method"] or "unknown") + " " + origin(entry["url"])
                counts[name] = counts.get(name, 0) + 1
        return counts

    def har(self, iso_time):
        """Return the entries in the form of an HTTP archive 1.2; ``iso_time`` writes a time."""
        return {
            "log": {
                "version": "1.2",
                "creator": {"name": "Homecut ledger", "version": self.build[:12]},
                "entries": [archived(entry, iso_time) for entry in self.entries],
            }
        }


def origin(url):
    """Return scheme, host and port of an address."""
    scheme, _, rest = url.partition("://")
    return scheme + "://" + rest.split("/")[0] if rest else url


def archived(entry, iso_time):
    """Return one entry in the form of an HTTP archive; names with ``_`` are our own."""
    unknown = -1
    sent = unknown if entry["sent"] is None else entry["sent"]
    return {
        "startedDateTime": iso_time(entry["time"]),
        "time": 0,
        "request": {
            "method": entry["method"] or "unknown",
            "url": entry["url"],
            "httpVersion": "",
            "cookies": [],
            "headers": [],
            "queryString": [],
            "headersSize": unknown,
            "bodySize": sent,
        },
        "response": {
            "status": entry["status"] or 0,
            "statusText": "",
            "httpVersion": "",
            "cookies": [],
            "headers": [],
            "content": {"size": entry["bytes"], "mimeType": ""},
            "redirectURL": "",
            "headersSize": unknown,
            "bodySize": entry["bytes"] if entry["source"] == NETWORK else 0,
        },
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        "_source": entry["source"],
        "_stoppedBy": entry["stopped_by"],
    }
