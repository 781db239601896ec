if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Pyodide as PyScript starts it in a worker (`interpreter` in pixels.toml): with NumPy and Pillow in place
// and the actor's own files, which the address names behind "#", and from the snapshot that this device has
// kept, if there is one and its bytes are the genuine ones.
// Modules are imported on the way: Firefox holds what stands at the head of a worker's module to worker-src.
const FOLDER = new URL("../vendor/pyodide/", import.meta.url).href;

const CORES = 2;
const PATIENCE = 10000;

// Where so few cores have to do everything, the page gives the word (ui/look/head_start.py): what its first
// look needs comes before the image tools. Whoever waits for long goes on without it.
async function turn() {
  if (navigator.hardwareConcurrency > CORES || !import.meta.url.includes("#pixels")) return;
  const { promise, resolve } = Promise.withResolvers();
  const channel = new BroadcastChannel("homecut-turn");
  channel.onmessage = ({ data }) => data === "begin" && resolve();
  channel.postMessage("waiting");
  setTimeout(resolve, PATIENCE);
  await promise;
  channel.close();
}

await turn();
// All of it is begun while PyScript still prepares.
const { begun, extract, namedBy, unpacked } = await import("./packed.js");
const program = begun(import("../vendor/pyodide/pyodide.mjs"));
const packages = begun(unpacked(FOLDER + "packages.tar.gz"));
const ours = namedBy(import.meta.url);
const { forget, genuine, kept } = await import("./snapshot.js");
const found = begun(kept());
const { loadPyodide: load, version } = await program;

export { version };

// Returns the interpreter. What must differ from start to start is the seed of `random` alone.
export async function loadPyodide(options) {
  const fsInit = async (FS, { sitePackages }) => extract(await packages, FS, sitePackages);
  const own = { ...options, fsInit, indexURL: FOLDER };
  const python = (await fromSnapshot(own)) ?? (await load(own));
  if (ours) {
    extract(await ours, python.FS, python.FS.cwd());
    python.runPython("__import__('importlib').invalidate_caches()");
  }
  return python;
}

async function fromSnapshot(options) {
  const answer = await found;
  if (!answer) return undefined;
  try {
    // Not waited for: the program is fetched meanwhile.
    const python = await load({ ...options, _loadSnapshot: genuine(answer) });
    python.runPython("__import__('random').seed()");
    console.info("Homecut: the image tools start from their snapshot");
    return python;
  } catch (error) {
    console.warn(`Homecut: the interpreter starts without its snapshot: ${error}`);
    await forget();
    return undefined;
  }
}
