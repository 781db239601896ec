if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// MicroPython as PyScript starts it (`interpreter` in the configurations), with the page's own files in
// place, which the address names behind "#". A worker gets the same address; its files come from PyScript.
// Modules are imported on the way: Firefox holds what stands at the head of a worker's module to worker-src.

// All of it is begun while PyScript still prepares.
const FOLDER = new URL("../vendor/micropython/", import.meta.url).href;
const { begun, extract, namedBy } = await import("./packed.js");
const program = begun(import("../vendor/micropython/micropython.mjs"));
const ours = "document" in globalThis ? namedBy(import.meta.url) : undefined;
const { loadMicroPython: load } = await program;

export async function loadMicroPython(options) {
  const python = await load({ ...options, url: FOLDER + "micropython.wasm" });
  if (ours) extract(await ours, python.FS, python.FS.cwd());
  return python;
}
