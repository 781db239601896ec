// Starts PyScript once the service worker stands between the page and the network.
//
// On a first visit that takes a fraction of a second; then the page is loaded again, now through
// the gate in sw.js, which compares every file with the build's hashes before it runs and adds the
// headers of the build. Where there is no service worker (private windows of some browsers) the
// page starts without one.
//
// What the gate reports is kept here from the first message on; ui/privacy/ledger.py takes the list over.
import "./hidden_tabs.js";

const PATIENCE = 5000;
const FOLDER = new URL("../../", import.meta.url);
const AGAIN = "homecut: loaded by the gate";
const container = navigator.serviceWorker;

const LEDGER_LENGTH = 5000;

const reports = [];
globalThis.homecutReports = reports;
performance.setResourceTimingBufferSize(LEDGER_LENGTH);
document.addEventListener("securitypolicyviolation", ({ blockedURI }) => {
  hear({ data: { kind: "policy", time: Date.now(), url: blockedURI } });
});

function hear({ data }) {
  if (reports.length < LEDGER_LENGTH) reports.push(data);
  if (data.kind === "filled") document.documentElement.dataset.filled = data.build;
  if (data.kind !== "damaged") return;
  const hint = document.getElementById("hint");
  hint.textContent =
    `A part of the page arrived damaged (${data.path}) and was neither kept nor run. ` +
    "Reload the page to fetch it again.";
  hint.hidden = false;
}

// Resolves with when the gate closed: "before" this page, "first" of all, or "missing".
async function gate() {
  if (!container) return "missing";
  container.addEventListener("message", hear);
  container.startMessages();
  if (container.controller) return "before";
  const { promise, resolve } = Promise.withResolvers();
  container.addEventListener("controllerchange", () => resolve("first"), { once: true });
  setTimeout(resolve, PATIENCE, "missing");
  try {
    const options = { updateViaCache: "none" };
    const registration = await container.register(new URL("sw.js", FOLDER), options);
    // A page that was reloaded past the service worker asks to be taken in again.
    registration.active?.postMessage("claim");
    registration.installing?.addEventListener("statechange", ({ target }) => {
      if (target.state === "redundant") resolve("missing");
    });
  } catch (error) {
    console.warn(`Homecut: no service worker: ${error}`);
    return "missing";
  }
  return promise;
}

const closed = await gate();
document.documentElement.dataset.gate = closed;
const again = history.state === AGAIN;
history.replaceState(null, "");
if (closed === "first" && !again && !globalThis.hasEarlyFiles()) {
  // Once more, from the gate: a verified document, with the headers that the host may not have set.
  history.replaceState(AGAIN, "");
  location.reload();
} else {
  // What passed before this page could listen.
  container?.controller?.postMessage("log");
  await import("../vendor/pyscript/core.js");
}
