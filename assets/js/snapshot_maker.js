if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Makes the snapshot of Pyodide's interpreter (snapshot.js) and keeps it, in a worker of its own that sees
// no photo and ends afterwards.
//
// Whatever differs between two starts is fixed here first, in this worker alone: clock, time zone,
// random numbers, the browser's name, the seed of Python's hashes. Then every start leaves the same
// bytes in memory, and the SHA-256 of them is known beforehand.
//
// Modules are imported on the way: what a worker imports at its head would have to be among the files
// that may become workers themselves (worker-src), as the gate's policy names them one by one.

// Modules of the standard library that NumPy, Pillow and our rooms import: in the snapshot they are
// loaded. None of them makes functions for C (as ctypes does), which lie outside of the memory.
const MODULES =
  "array, calendar, datetime, email, fractions, gzip, html, importlib.metadata, mmap, numbers, pickle, " +
  "platform, random, sysconfig, tarfile, xml.etree.ElementTree, zipfile";

const MOMENT = Date.UTC(2026, 0, 1);

function fixWhatDiffers() {
  Date.now = () => MOMENT;
  Date.prototype.getTimezoneOffset = () => 0;
  performance.now = () => 0;
  crypto.getRandomValues = (target) => {
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).fill(7);
    return target;
  };
  Object.defineProperty(navigator, "userAgent", { value: "Homecut" });
}

async function made() {
  const { loadPyodide } = await import("../vendor/pyodide/pyodide.mjs");
  fixWhatDiffers();
  const python = await loadPyodide({
    indexURL: new URL("../vendor/pyodide/", import.meta.url).href,
    env: { LANG: "C.UTF-8", PYTHONHASHSEED: "0" },
    _makeSnapshot: true,
  });
  python.runPython(`def prepare():\n  import gc, ${MODULES}\n  random.seed(0)\n  gc.collect()\nprepare()\ndel prepare`);
  return python.makeMemorySnapshot();
}

try {
  const { isWanted, keep } = await import("./snapshot.js");
  const outcome = (await isWanted()) ? await keep(await made()) : { settled: true };
  self.postMessage({ ok: true, ...outcome });
} catch (error) {
  self.postMessage({ ok: false, words: String(error) });
}
