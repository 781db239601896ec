if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Starts PyScript once the service worker stands between the page and the network.
//
// On a first visit that takes a fraction of a second; then the page is loaded again, now through
// the gate in sw.js, which compares every file with the build's hashes before it runs and adds the
// headers of the build. Where there is no service worker (private windows of some browsers), or where
// it does not come within some seconds, the page starts without one. Then it is not proven what
// passed: `data-gate` of the document says so to the ledger and the self-audit, and if the gate comes
// later, the page starts anew as soon as nothing is lost by it.
//
// No other service worker is left inside the page's folder: this file looks for them at the start
// and whenever the page gets the focus.
//
// What the gate reports is kept here from the first message on; ui/privacy/ledger.py takes the list over.
import "./hidden_tabs.js";
import { closeWaysOut } from "./ways_out.js";

const PATIENCE = 5000;
const FOLDER = new URL("../../", import.meta.url);
const PROGRAM = new URL("sw.js", FOLDER).href;
const AGAIN = "homecut: loaded by the gate";
const container = navigator.serviceWorker;

const LEDGER_LENGTH = 5000;

const phrase = (english) => english; // tools/language reads these
const HINTS = {
  damaged: phrase(
    "A part of the page arrived damaged ({path}) and was neither kept nor run. Reload the page to fetch it again.",
  ),
  forged: phrase(
    "What was stored of the page ({path}) had been changed. It was not used; the genuine part takes its place.",
  ),
  foreign: phrase(
    "A program that is no part of the page ({url}) stood between it and the network. It was ended.",
  ),
};

// The list is held by this file alone: others get a copy of it. A message counts when the browser
// itself brought it and the gate sent it, which is asked by functions that are taken here, before
// other code could exchange them.
const reports = [];
const copied = Array.from;
Object.defineProperty(globalThis, "homecutReports", { get: () => copied(reports) });
const getter = (type, name) => Object.getOwnPropertyDescriptor(type.prototype, name).get;
const { apply } = Reflect;
const [dataOf, senderOf] = ["data", "source"].map((name) => getter(MessageEvent, name));
const programOf = container && getter(ServiceWorker, "scriptURL");
performance.setResourceTimingBufferSize(LEDGER_LENGTH);
document.addEventListener("securitypolicyviolation", ({ isTrusted, blockedURI }) => {
  if (isTrusted) hear({ kind: "policy", time: Date.now(), url: blockedURI });
});

// Whoever forges one of these only makes the audit fail.
new BroadcastChannel(globalThis.homecutRefused).addEventListener("message", ({ data }) => {
  hear({ kind: "unanswered", time: Date.now(), url: String(data) });
});

closeWaysOut(hear);

function hearMessage(event) {
  if (!event.isTrusted) return;
  const sender = apply(senderOf, event, []);
  if (apply(programOf, sender, []) === PROGRAM) hear(apply(dataOf, event, []));
}

// A list that is full says so at its end.
function hear(data) {
  const { length } = reports;
  if (length < LEDGER_LENGTH) reports[length] = data;
  if (length === LEDGER_LENGTH) reports[length] = { kind: "full", time: Date.now() };
  if (data.kind === "filled") document.documentElement.dataset.filled = data.build;
  if (Object.hasOwn(HINTS, data.kind)) warn(HINTS[data.kind], data);
}

async function warn(english, { path, url }) {
  await globalThis.homecutSpoken;
  const words = globalThis.homecutSay(english, { path, url });
  const hint = document.getElementById("hint");
  hint.textContent = hint.dataset.warning = words;
  hint.hidden = false;
}

// Ends the service workers inside our folder that are not the gate, and reports them.
async function endForeignWorkers() {
  for (const registration of (await container?.getRegistrations()) ?? []) {
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    const url = worker?.scriptURL ?? registration.scope;
    const isGate = registration.scope === FOLDER.href && (!worker || url === PROGRAM);
    if (isGate || !registration.scope.startsWith(FOLDER.href)) continue;
    await registration.unregister();
    hear({ kind: "foreign", time: Date.now(), url });
  }
}
globalThis.endForeignWorkers = endForeignWorkers;

// Resolves with when the gate closed: "before" this page, "first" of all, or "missing" for now.
async function gate() {
  if (!container) return "missing";
  container.addEventListener("message", hearMessage);
  container.startMessages();
  if (container.controller) return "before";
  const { promise, resolve } = Promise.withResolvers();
  container.addEventListener("controllerchange", () => resolve("first"), { once: true });
  setTimeout(resolve, PATIENCE, "missing");
  // Not waited for: a host may never answer.
  register(() => resolve("missing"));
  return promise;
}

async function register(giveUp) {
  try {
    const registration = await container.register(PROGRAM, { updateViaCache: "none" });
    // A page that was reloaded past the service worker asks to be taken in again.
    registration.active?.postMessage("claim");
    registration.installing?.addEventListener("statechange", ({ target }) => {
      if (target.state === "redundant") giveUp();
    });
  } catch (error) {
    console.warn(`Homecut: no service worker: ${error}`);
    giveUp();
  }
}

// Loads the page once more, from the gate: a verified document, with the headers that the host may
// not have set, unless that was done before or something would be lost by it.
function startAnew(again) {
  if (again || globalThis.hasEarlyFiles()) return false;
  history.replaceState(AGAIN, "");
  location.reload();
  return true;
}

const mark = document.documentElement.dataset;
const closed = await gate();
mark.gate = closed;
const again = history.state === AGAIN;
history.replaceState(null, "");
if (closed === "missing") {
  container?.addEventListener("controllerchange", () => {
    mark.gate = "late";
    // Once Python is up, ui/device/updates.py does the same; it knows what lies in the queue.
    if (!mark.python) startAnew(again);
  });
}
if (closed !== "first" || !startAnew(again)) {
  endForeignWorkers();
  addEventListener("focus", endForeignWorkers);
  // What passed before this page could listen.
  container?.controller?.postMessage("log");
  await globalThis.homecutSpoken;
  await import("../vendor/pyscript/core.js");
}
