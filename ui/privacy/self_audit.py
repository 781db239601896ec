"""The self-audit: random dots go through the whole journey; did anything of them leave?

The report is made of what the gate saw, not of what this page believes about itself. Where no
gate watches, the verdict is "not proven" at best.
"""

import asyncio

from common.language.words import say
from ui.browser import (
    blobs,
    caches,
    clock,
    console,
    dom,
    downloads,
    machine,
    service_worker,
    values,
)
from ui.browser.worker_link import BASE_URL
from ui.device.storage_report import problems_of, storage_report
from ui.privacy import probe
from ui.privacy.requests_seen import FULL, STOPPED
from ui.state import items

PATIENCE = 900
"""Seconds for the canary's cutout; the model may have to be fetched first."""

SETTLE_SECONDS = 1
"""A request that the journey began last has been reported by then."""

PASSED, FAILED, NOT_PROVEN = "passed", "failed", "not proven"

WORDS = {
    PASSED: say("Passed. Nothing of the canary picture left this device."),
    FAILED: say("Failed. Something was asked for that has no business here; see below."),
    NOT_PROVEN: say(
        "Not proven. No service worker watched from the start, so requests went unseen."
    ),
}

CANNOT_SEE = (
    say("What browser extensions, the browser and the system send."),
    say("What was asked for before this page was opened, and by other pages of this address."),
    say("What is asked for out of a frame; one that is made fails the audit."),
    say("Where a link into a new window leads, in browsers without Connection-Allowlist."),
    say("What the host will send tomorrow."),
)


class SelfAudit:
    """The button, the run and the report."""

    def __init__(self, queue, engine, panel):
        self.queue, self.engine, self.panel = queue, engine, panel
        self.report = None
        dom.on("audit-run", "click", lambda event: asyncio.create_task(self.run()))
        dom.on("audit-save", "click", lambda event: self._save())

    async def run(self):
        """Make the journey and show the report."""
        button = dom.element("audit-run")
        button.disabled = True
        dom.element("audit-verdict").textContent = say("Cutting out the canary picture.")
        try:
            self.report = await self._audit()
            self._show()
        except Exception as error:
            console.report(error)
            words = say(
                "The self-audit itself went wrong, so it proves nothing: {reason}",
                reason=str(error)[:120],
            )
            dom.element("audit-verdict").dataset.verdict = FAILED
            dom.element("audit-verdict").textContent = words
        finally:
            button.disabled = False

    async def _audit(self):
        """Return the report as JSON values."""
        pixels = probe.dots(values.random_bytes(probe.SIDE * probe.SIDE * 3))
        name = probe.token(values.random_bytes(16))
        searched = probe.traces(pixels, name)
        state = await self._journey(probe.bitmap(pixels), "canary-" + name + ".bmp")
        await asyncio.sleep(SETTLE_SECONDS)
        await service_worker.end_foreign()
        ledger = self.panel.collect()
        storage = await storage_report()
        files = await compare_files()
        model = await compare_model(self.engine.options.variant)
        found = await search(ledger.entries, searched)
        problems = problems_in(ledger) + problems_of(storage)
        problems += files["problems"] + model["problems"]
        problems += [
            say("The canary stands in an address, {how}: {url}", how=how, url=url)
            for url, how in found
        ]
        if state != items.DONE:
            problems.append(say("The canary picture was not cut out: {state}.", state=state))
        verdict = FAILED if problems else PASSED if ledger.proven else NOT_PROVEN
        return {
            "verdict": verdict,
            "problems": problems,
            "cannot see": list(CANNOT_SEE),
            "time": clock.iso(clock.now()),
            "build": files["build"],
            "environment": self._environment(ledger),
            "requests": ledger.totals(),
            "by method and origin": ledger.by_method_and_origin(),
            "files": files["files"],
            "hashes": files["hashes"],
            "model": model["model"],
            "storage": storage,
            "entries": ledger.entries,
        }

    async def _journey(self, content, name):
        """Put the canary into the queue like any photo; return how that ended."""
        file = blobs.file(name, "image/bmp", values.octets(content))
        item = self.queue.add(name, file.size, file)
        waited = 0
        while not item.ended and waited < PATIENCE:
            await asyncio.sleep(0.2)
            waited += 0.2
        state = item.state
        self.queue.remove(item)
        return state

    def _environment(self, ledger):
        """Return what the page runs in."""
        return {
            "isolated": self.engine.device.isolated,
            "service worker": ledger.proven,
            "gate closed": dom.root().dataset.gate,
            "threads": self.engine.threads,
            "browser": machine.browser_name(),
        }

    def _show(self):
        """Write verdict, problems and the main facts."""
        report = self.report
        dom.element("audit-verdict").textContent = WORDS[report["verdict"]]
        dom.element("audit-verdict").dataset.verdict = report["verdict"]
        dom.announce(WORDS[report["verdict"]])
        problems = dom.element("audit-problems")
        problems.replaceChildren()
        for text in report["problems"]:
            problems.append(dom.create("li", "", text))
        facts = dom.element("audit-facts")
        facts.replaceChildren()
        for term, value in facts_of(report):
            facts.append(dom.create("dt", "", term), dom.create("dd", "", value))
        dom.show("audit-save")

    def _save(self):
        """Save the whole report."""
        downloads.save_json(self.report, "homecut-self-audit.json")


def facts_of(report):
    """Return the report's main facts as (term, words)."""
    environment, requests = report["environment"], report["requests"]
    uploaded = requests["uploaded"]
    asked = [name + ": " + str(count) for name, count in report["by method and origin"].items()]
    kept = report["storage"]["caches"].values()
    stored = [entry["what"].split(" (")[0] + ", " + str(entry["entries"]) for entry in kept]
    return [
        (say("Build"), report["build"][:12] or say("unknown")),
        (say("Isolated"), say("yes") if environment["isolated"] else say("no")),
        (say("Watched by the gate"), say("yes") if environment["service worker"] else say("no")),
        (say("Threads"), str(environment["threads"])),
        (say("Requests"), ", ".join(asked) or say("none")),
        (say("Stopped"), str(requests["stopped"])),
        (say("Bytes uploaded"), say("not measured") if uploaded is None else str(uploaded)),
        (say("Files compared"), counted(report["files"])),
        (say("Weights compared"), report["model"]["variant"] + ", " + counted(report["model"])),
        (say("Caches"), ", ".join(stored) or say("none")),
        (say("Databases"), ", ".join(report["storage"]["databases"]) or say("none")),
        (say("Cannot see"), " ".join(report["cannot see"])),
    ]


def counted(compared):
    """Return "80 of 80 right"."""
    return say("{right} of {total} right", right=compared["right"], total=compared["of"])


def problems_in(ledger):
    """Return a sentence for every request that should not have been."""
    home = BASE_URL.split("/")[2]
    found = ([FULL] if ledger.full else []) + ledger.remarks
    for entry in ledger.entries:
        what = (entry["method"] + " " + entry["url"]).strip()
        if entry["source"] == STOPPED:
            found.append(
                say(
                    "Stopped by the {guard}: {request}",
                    guard=say(entry["stopped_by"]),
                    request=what,
                )
            )
        elif entry["method"] not in ("GET", ""):
            found.append(say("Not a GET request: {request}", request=what))
        elif entry["url"].split("/")[2] != home:
            found.append(say("Another host was asked: {request}", request=what))
        elif "?" in entry["url"]:
            found.append(say("An address with a query: {request}", request=what))
        if entry["sent"]:
            found.append(
                say(
                    "A body of {bytes} bytes was sent: {request}", bytes=entry["sent"], request=what
                )
            )
    return found


async def search(entries, searched):
    """Return (address, writing) of every entry whose address carries the canary."""
    found = []
    for entry in entries:
        how = probe.found_in(entry["url"], searched)
        if how:
            found.append((entry["url"], how))
        await asyncio.sleep(0)
    return found


async def compare_files():
    """Compare every stored file of the page with the manifest; runtime and code are among them."""
    manifest, stored = await caches.stored_shell()
    if manifest is None:
        nothing = {"right": 0, "of": 0}
        return {"build": "", "files": nothing, "hashes": {}, "problems": []}
    problems, hashes, right = [], {}, 0
    for path, entry in manifest["files"].items():
        if BASE_URL + path not in stored:
            continue
        hashes[path] = await caches.hash_of(path, manifest["build"])
        if hashes[path] == entry["sha256"]:
            right += 1
        else:
            problems.append(say("A stored file is not the build's: {path}", path=path))
    files = {"right": right, "of": len(hashes)}
    return {"build": manifest["build"], "files": files, "hashes": hashes, "problems": problems}


async def compare_model(variant):
    """Compare every stored chunk of the weights with its hash, which is its name."""
    paths = await caches.chunks_of(variant)
    problems, right = [], 0
    for path in paths:
        found = await caches.hash_of(path)
        if found is None:
            continue
        if found == path.split("/")[-1].split(".")[0]:
            right += 1
        else:
            problems.append(
                say("A stored part of the weights is not the right one: {path}", path=path)
            )
    model = {"variant": variant, "right": right, "of": len(paths), "chunks": paths}
    return {"model": model, "problems": problems}
