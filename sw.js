// Homecut's service worker: the gate between the page and the network.
//
// 1. A request passes only if it is a plain GET of a file that the build's manifest names. Anything
//    else is refused here, whoever asked (page, worker, nested worker), and reported to the page.
// 2. What passes is answered from the device. A file that is not there yet is fetched with a request
//    made here, which carries nothing of the one that was asked for. Every answer's bytes are
//    compared with the build's SHA-256 before anybody gets to see them, those out of the store each
//    time: whatever runs on the page can write there. What is not the build's is dropped, fetched
//    anew and reported. (The weights' chunks go through as they come; the model store compares them.)
// 3. Status, media type and headers of every answer are made here from the build, so no host and no
//    stored entry can take the policy away. WebAssembly alone is handed out as the browser gave it,
//    after its bytes and its type were compared: it runs under the policy of whoever asked for it,
//    and browsers keep its compiled code for answers of their own only.
//
// On a first visit it takes over at once and is filled while the page works. A newer version is
// fetched completely and then waits until the user lets it take over.
//
// The two constants are filled in by the build (tools/site/site.py), so that any changed file changes
// this one and the browser notices.
const BUILD = "development";
const MANIFEST_SHA256 = "";

const PREFIX = "homecut-shell-";
const SHELL = PREFIX + BUILD;
const SCOPE = new URL("./", self.location.href).href;
const WASM = "application/wasm";
const MANIFEST = "manifest.json";
const PARALLEL = 4;
const LOG_LENGTH = 2000;

// What nothing is started from takes its policies from whoever asked for it; the allowlist, which names
// every file of the build, would only make these answers longer. ("" is data that a program reads.)
const ONLY_READ = ["", "audio", "font", "image", "manifest", "style", "track", "video"];

// Where an answer is no file of the build, nothing may run in it if it is shown as a document.
const NO_FILE = {
  "Content-Type": "text/plain; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "Connection-Allowlist": "()",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => event.respondWith(answer(event)));
self.addEventListener("message", (event) => {
  const wishes = {
    "take-over": () => self.skipWaiting(),
    // A version goes once nothing of it is under way, so it begins nothing more.
    rest: () => (resting = true),
    claim: () => self.clients.claim(),
    fill: () => fill("shell").then(() => tell({ kind: "filled", build: BUILD })),
    "fill-later": () => fill("later"),
    forget: () => forget(),
    log: () => event.source.postMessage({ kind: "log", build: BUILD, entries: log, lost }),
  };
  if (Object.hasOwn(wishes, event.data)) event.waitUntil(wishes[event.data]());
});

async function install() {
  await manifest();
  const names = await caches.keys();
  const earlier = names.some((name) => name.startsWith(PREFIX) && name !== SHELL);
  if (self.registration.active && earlier) await fill("shell", "later");
  else await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== SHELL) await caches.delete(name);
  }
  await self.clients.claim();
}

// "Remove Homecut": nothing is kept any more, whatever the open page still asks for.
let forgotten = false;
async function forget() {
  forgotten = true;
  // What was on its way is thrown away after it has arrived.
  await Promise.allSettled(pending.values());
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX)) await caches.delete(name);
  }
}

// What is kept of a path. It does not bring a cache into being.
function kept(path) {
  return caches.match(SCOPE + path, { cacheName: SHELL });
}

let resting = false;

// Stores the files of the manifest's lists that are not stored yet, a few at a time: "shell" is what
// the page needs, "later" the codecs, which nobody waits for. Of the parts in neither list, which
// few visitors need, those come along that an earlier version has kept.
async function fill(...lists) {
  const listing = await manifest();
  const waiting = lists.flatMap((list) => listing[list]);
  const rare = (path) => !listing.shell.includes(path) && !listing.later.includes(path);
  for (const path of Object.keys(listing.files).filter(rare)) {
    if (await reusable(path, listing.files[path].sha256)) waiting.push(path);
  }
  const store = async () => {
    for (let path = waiting.pop(); path !== undefined && !(forgotten || resting); path = waiting.pop()) {
      if (!(await kept(path))) await obtainUnasked(path, listing);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, store));
}

// What this worker fetches of its own accord stands in the ledger like everything else.
async function obtainUnasked(path, listing) {
  const entry = note({ method: "GET", url: SCOPE + path, destination: "" }, "gate");
  entry.bytes = listing.files[path].bytes;
  try {
    await obtain(path, listing, entry);
    entry.status = 200;
  } catch (error) {
    entry.error = String(error);
    throw error;
  } finally {
    await tell({ kind: "request", ...entry });
  }
}

// The build's manifest, compared with the hash above each time this worker starts.
let reading;
function manifest() {
  reading ??= readManifest().catch((error) => {
    reading = undefined;
    throw error;
  });
  return reading;
}

async function readManifest() {
  const stored = await verified(MANIFEST, MANIFEST_SHA256);
  const body = stored ?? (await download(MANIFEST, MANIFEST_SHA256)).body;
  const listing = JSON.parse(new TextDecoder().decode(body));
  narrow(listing);
  // For the same ways as every other file; it cannot name its own hash.
  listing.files[MANIFEST] = { bytes: body.byteLength, sha256: MANIFEST_SHA256 };
  if (!stored) await keep(MANIFEST, body, MANIFEST_SHA256);
  return listing;
}

// 'self' means the whole origin, WebSockets included; what is served from here is held to this folder
// and to plain requests, its workers to the files that are workers. (A policy has no way to write an
// IPv6 address.)
function narrow({ headers, files, workers }) {
  const name = "Content-Security-Policy";
  if (!headers[name] || SCOPE.includes("[")) return;
  const folder = SCOPE.replaceAll(";", "%3B").replaceAll(",", "%2C");
  const programs = workers.map((path) => folder + path).join(" ");
  headers[name] = headers[name]
    .replace("worker-src 'self'", `worker-src ${programs}`)
    .replaceAll("'self'", folder);
  // Frames and windows that the page makes out of nothing are not seen here, but they inherit the
  // allowlist: no address but those of the build's files, and none with a query ("?", escaped).
  const paths = ["", "sw.js", MANIFEST, ...Object.keys(files)];
  const patterns = paths.map((path) => `"${SCOPE}${path}\\\\?"`);
  headers["Connection-Allowlist"] &&= `(${patterns.join(" ")})`;
}

// One answer for each request: from the device, verified from the network, or a refusal.
async function answer({ request, clientId }) {
  const entry = note(request, clientId);
  let reply;
  try {
    const listing = await manifest();
    const path = permittedPath(request, listing.files);
    if (path === undefined) {
      Object.assign(entry, { allowed: false, source: "nowhere" });
      entry.stopped = (await request.clone().arrayBuffer()).byteLength;
      reply = refusal(request, listing.files);
    } else {
      entry.bytes = listing.files[path].bytes;
      reply = await serve(path, listing, request, entry);
    }
    entry.status = reply.status;
  } catch (error) {
    entry.error = String(error);
    reply = await unavailable(request);
  }
  await tell({ kind: entry.allowed ? "request" : "refused", ...entry });
  return reply;
}

// The manifest's path of a request that may pass, or undefined. A query is never part of a path.
function permittedPath(request, files) {
  const [address] = request.url.split("#");
  if (request.method !== "GET" || !address.startsWith(SCOPE)) return undefined;
  const path = address.slice(SCOPE.length) || "index.html";
  // Some hosts show privacy.html as /privacy.
  return [path, path + ".html"].find((name) => Object.hasOwn(files, name));
}

async function serve(path, listing, { cache: cacheMode, destination }, entry) {
  const answered = (body) => made(path, body, listing, destination);
  if (path.startsWith("models/chunks/")) {
    entry.source = "network";
    const { ok, status, body } = await request(path, cacheMode);
    if (!ok) throw new Error(`${path}: ${status}`);
    return answered(body);
  }
  // Only where the page itself reads the answer: nothing is started from it.
  const asItIs = path.endsWith(".wasm") && destination === "";
  const { sha256 } = listing.files[path];
  const compiled = asItIs && (await fromHttpCache(path, sha256));
  if (compiled) return compiled;
  const stored = await verified(path, sha256);
  if (stored) return answered(stored);
  entry.source = "network";
  const { body, response } = await obtain(path, listing, entry);
  return asItIs && isPlainWasm(response) ? response.clone() : answered(body);
}

// An answer of ours: from outside it has its bytes and nothing else.
function made(path, body, { files, headers, types }, destination) {
  const type = types[/\.\w+$/.exec(path)?.[0].toLowerCase()] ?? "application/octet-stream";
  const { bytes, sha256 } = files[path];
  const own = { "Content-Type": type, "Content-Length": bytes, "X-SHA256": sha256, ...headers };
  if (ONLY_READ.includes(destination)) delete own["Connection-Allowlist"];
  return new Response(body, { headers: own });
}

// What the browser's own cache holds of a WebAssembly file, if that is the build's; nobody is asked.
// Only with such an answer does the browser find the code that it compiled on an earlier visit.
async function fromHttpCache(path, sha256) {
  const found = await request(path, "only-if-cached").catch(() => undefined);
  if (!isPlainWasm(found)) return undefined;
  const body = await found.clone().arrayBuffer();
  return (await digest(body)) === sha256 ? found : undefined;
}

function isPlainWasm(response) {
  const right = response?.headers.get("Content-Type") === WASM && response.status === 200;
  return right && response.type === "basic" && !response.redirected;
}

// The bytes that are kept of a path. What is there but is not the build's is dropped and reported.
async function verified(path, sha256) {
  const body = await (await kept(path))?.arrayBuffer();
  if (!body || (await digest(body)) === sha256) return body;
  await (await caches.open(SHELL)).delete(SCOPE + path);
  await tell({ kind: "forged", path });
  return undefined;
}

// A shell file that is not stored yet; two that ask for it at once share one download.
const pending = new Map();
async function obtain(path, listing, entry) {
  if (!pending.has(path)) {
    const { sha256 } = listing.files[path];
    pending.set(path, fetchFile(path, sha256).finally(() => pending.delete(path)));
  }
  const found = await pending.get(path);
  entry.source = found.source;
  return found;
}

async function fetchFile(path, sha256) {
  const found = await reusable(path, sha256);
  const { body, response } = found ? { body: found } : await download(path, sha256);
  await keep(path, body, sha256);
  return { body, response, source: found ? "device" : "network" };
}

// The hash is there for reusable(), to look at the right one of several versions.
async function keep(path, body, sha256) {
  if (forgotten) return;
  try {
    const shell = await caches.open(SHELL);
    await shell.put(SCOPE + path, new Response(body, { headers: { "X-SHA256": sha256 } }));
  } catch (error) {
    // Without room the page works all the same, from the network.
    console.warn(`Homecut: ${path} is not kept: ${error}`);
  }
}

// An unchanged file is taken from an older version's cache, after the same comparison.
async function reusable(path, sha256) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const found = await (await caches.open(name)).match(SCOPE + path);
    if (found?.headers.get("X-SHA256") !== sha256) continue;
    const body = await found.arrayBuffer();
    if ((await digest(body)) === sha256) return body;
  }
  return undefined;
}

// Fetches a file and refuses it when its hash is not the build's, past the HTTP cache the second
// time, which may be what holds a damaged copy.
async function download(path, sha256) {
  for (const cacheMode of ["no-cache", "reload"]) {
    const response = await request(path, cacheMode);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const body = await response.clone().arrayBuffer();
    if ((await digest(body)) === sha256) return { body, response };
  }
  await tell({ kind: "damaged", path });
  throw new Error(`${path}: its SHA-256 is not the one of this build`);
}

// The only function of the gate that asks the network. Redirects are followed for documents alone, whose addresses
// some hosts shorten.
function request(path, cacheMode) {
  const address = SCOPE + (path === "index.html" ? "" : path);
  const redirect = path.endsWith(".html") || path === "index.html" ? "follow" : "error";
  const bare = { mode: "same-origin", credentials: "omit", referrerPolicy: "no-referrer" };
  const plain = { ...bare, cache: cacheMode, redirect };
  return fetch(address, plain);
}

async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function refusal(request, files) {
  const [address] = request.url.split(/[?#]/);
  const path = permittedPath({ method: request.method, url: address }, files);
  // A link to the page with a query is answered on the device: the query goes no further.
  if (request.mode === "navigate" && path !== undefined) return Response.redirect(address, 302);
  const words = "Homecut lets nothing pass but plain requests for its own files.";
  return new Response(words, { status: 403, headers: NO_FILE });
}

// Neither on the device nor to be had. A page whose stored copy was cleared away may find another
// version at the host; the browser is told to look for it.
async function unavailable(request) {
  if (request.mode !== "navigate" || !navigator.onLine) return Response.error();
  await self.registration.update().catch((error) => console.warn(`Homecut: ${error}`));
  const words = "Homecut's stored copy is gone or not the host's version. Reload this page.";
  return new Response(words, { status: 503, headers: NO_FILE });
}

const log = [];
const instance = crypto.randomUUID();
let count = 0;
let lost = 0; // when the newest of those was asked for that the log has no room for
function note({ method, url, destination }, client) {
  const entry = { id: `${instance}/${++count}`, time: Date.now(), method, url, destination, client };
  Object.assign(entry, { allowed: true, source: "device", bytes: 0, sent: 0, stopped: 0, status: 0 });
  log.push(entry);
  if (log.length > LOG_LENGTH) lost = log.shift().time;
  return entry;
}

async function tell(message) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage(message);
}
