if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// The snapshot of Pyodide's interpreter: its memory as it is right after its start, kept on the device,
// so that later visits read it instead of starting Python anew.
//
// The device makes it itself (snapshot_maker.js), so that nobody has to fetch 31 MB; and it makes the
// same bytes on every machine, because the maker fixes whatever differs between two starts. So their
// SHA-256 is known beforehand and stands here, in a file of the build like any other: what lies in the
// store is compared with it before it is used, and whoever writes there cannot bring in a snapshot of
// his own. A browser whose snapshot is another one keeps none and starts as before.
//
// A snapshot holds Python and its standard library, no line of ours, nothing of a photo and nothing of
// the visitor: not even which browser made it.
const FOLDER = new URL("../../", import.meta.url).href;
const ADDRESS = FOLDER + "interpreter/snapshot";
const UNFIT = FOLDER + "interpreter/unfit";
const CACHE = "homecut-interpreter";

// Written anew, after Pyodide or the maker was changed, by 'python -m tools.pages.snapshot'.
const GENUINE = "833d0924bb7d24d5cd4de78ce177724b5161ab3e852e97c3915482150c202a77";

// Also what a snapshot that does not fit is known by: another browser may make another one.
const MAKER = `${GENUINE} ${navigator.userAgent}`;

const hasStore = () => "caches" in globalThis && Boolean(globalThis.crypto?.subtle);

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The answer that is kept, its bytes not compared yet, or undefined.
export async function kept() {
  return hasStore() ? caches.match(ADDRESS, { cacheName: CACHE }) : undefined;
}

// The bytes of an answer that was kept; throws unless they are the genuine ones.
export async function genuine(answer) {
  const bytes = await answer.arrayBuffer();
  if ((await sha256(bytes)) !== GENUINE) throw new Error("the snapshot was damaged or changed");
  return bytes;
}

export async function forget() {
  await caches.delete(CACHE);
}

// Tells whether one has to be made: none is kept, and this browser is not known to make another one.
export async function isWanted() {
  if (!hasStore() || (await kept())) return false;
  const note = await caches.match(UNFIT, { cacheName: CACHE });
  return (await note?.text()) !== MAKER;
}

// Keeps the bytes of a snapshot if they are the genuine ones, else a note that they are not; returns
// the SHA-256 and whether it fits. Throws where there is no room.
export async function keep(bytes) {
  const found = await sha256(bytes);
  const fits = found === GENUINE;
  await forget();
  const cache = await caches.open(CACHE);
  if (fits) await cache.put(ADDRESS, new Response(bytes, { headers: { "Content-Length": bytes.byteLength } }));
  else await cache.put(UNFIT, new Response(MAKER));
  return { sha256: found, fits };
}
