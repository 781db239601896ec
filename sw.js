// Homecut's service worker: keeps the whole page on the device and lets nothing else through.
//
// 1. Install: every file of the build's manifest is fetched, compared with its SHA-256 and stored.
// 2. Fetch: only GET requests to this origin, without a query, are answered; anything else is
//    refused here, whoever asked (page, worker, nested worker).
// 3. Hosts that cannot set headers: the isolation headers are added to what is served.
//
// The two constants are filled in by the build (tools/site.py), so that any changed file changes
// this one and the browser notices.
const BUILD = "development";
const MANIFEST_SHA256 = "";

const PREFIX = "homecut-shell-";
const SHELL = PREFIX + BUILD;
const PARALLEL = 6;
const SCOPE = new URL("./", self.location.href).href;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => event.respondWith(answer(event.request)));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

async function install() {
  const manifest = await verified("manifest.json", MANIFEST_SHA256).then((file) => file.json());
  const shell = await caches.open(SHELL);
  const earlier = await earlierShells();
  const waiting = [...manifest.shell];
  const store = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const { sha256 } = manifest.files[path];
      const url = SCOPE + path;
      const response = (await reusable(earlier, url, sha256)) ?? (await verified(path, sha256));
      await shell.put(url, response);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, store));
}

// Fetches a file past the HTTP cache's freshness, refuses it when its hash is not the build's.
async function verified(path, sha256) {
  const response = await fetch(SCOPE + path, { cache: "no-cache", credentials: "omit" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const body = await response.arrayBuffer();
  if ((await digest(body)) !== sha256) {
    await tell({ kind: "damaged", path });
    throw new Error(`${path}: its SHA-256 is not the one of this build`);
  }
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.set("Content-Length", body.byteLength);
  headers.set("X-SHA256", sha256);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return new Response(body, { status: 200, headers });
}

async function earlierShells() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  return Promise.all(names.map((name) => caches.open(name)));
}

// An unchanged file is taken from an older version's cache, after the same comparison.
async function reusable(shells, url, sha256) {
  for (const shell of shells) {
    const found = await shell.match(url);
    if (found?.headers.get("X-SHA256") !== sha256) continue;
    if ((await digest(await found.clone().arrayBuffer())) === sha256) return found;
  }
  return undefined;
}

async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== SHELL) await caches.delete(name);
  }
  await self.clients.claim();
}

async function answer(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.search) {
    return refused(request, url);
  }
  const path = url.href.split("#")[0];
  const page = request.mode === "navigate" && path === SCOPE ? SCOPE + "index.html" : path;
  const shell = await caches.open(SHELL);
  return (await shell.match(page)) ?? fetch(request);
}

async function refused(request, url) {
  await tell({ kind: "refused", method: request.method, path: url.pathname });
  return new Response("Homecut sends nothing but plain GET requests to its own origin.", {
    status: 403,
    headers: { "Content-Type": "text/plain" },
  });
}

async function tell(message) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage(message);
}
