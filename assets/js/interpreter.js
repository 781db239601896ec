if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Pyodide as PyScript starts it in a worker (`interpreter` in pixels.toml): with NumPy and Pillow in place,
// and from the snapshot that this device has kept, if there is one and its bytes are the genuine ones.
// Modules are imported on the way: Firefox holds what stands at the head of a worker's module to worker-src.
const FOLDER = new URL("../vendor/pyodide/", import.meta.url).href;
const BLOCK = 512;

// All of it is begun while PyScript still prepares.
const packages = unpacked(FOLDER + "packages.tar.gz");
const program = import("../vendor/pyodide/pyodide.mjs");
const { forget, genuine, kept } = await import("./snapshot.js");
const found = kept();
const { loadPyodide: load, version } = await program;

export { version };

// The bytes of a gzip file of this site.
async function unpacked(address) {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const bytes = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(bytes).arrayBuffer());
}

// Writes the files of a tar archive (POSIX.1-1988, ustar) below a folder: each has a header with its
// name and its size in octal digits, then its bytes, filled up to whole blocks. Nothing is copied.
function extract(archive, FS, folder) {
  const words = new TextDecoder();
  const field = (at, length) => words.decode(archive.subarray(at, at + length)).split("\0")[0];
  for (let at = 0; archive[at] !== 0; ) {
    const [name, prefix] = [field(at, 100), field(at + 345, 155)];
    const size = parseInt(field(at + 124, 12), 8);
    const path = `${folder}/${prefix && prefix + "/"}${name}`;
    const start = at + BLOCK;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, archive.subarray(start, start + size), { canOwn: true });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

// Returns the interpreter. What must differ from start to start is the seed of `random` alone.
export async function loadPyodide(options) {
  const fsInit = async (FS, { sitePackages }) => extract(await packages, FS, sitePackages);
  const own = { ...options, fsInit, indexURL: FOLDER };
  const answer = await found;
  if (answer) {
    try {
      // Not waited for: the program is fetched meanwhile.
      const python = await load({ ...own, _loadSnapshot: genuine(answer) });
      python.runPython("__import__('random').seed()");
      console.info("Homecut: the image tools start from their snapshot");
      return python;
    } catch (error) {
      console.warn(`Homecut: the interpreter starts without its snapshot: ${error}`);
      await forget();
    }
  }
  return load(own);
}
