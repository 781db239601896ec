if ("ServiceWorkerGlobalScope" in globalThis) throw new Error("This is no service worker.");
// Archives of this site, and how their files come to lie in an interpreter's file system.
//
// PyScript would unpack them itself, in Python: 0.1 s on the page's thread, 0.3 s in the pixel worker.
const BLOCK = 512;

// Begins something that is waited for later. Whoever waits is told of a failure; until then it is
// nobody's, and PyScript would take it for the page's.
export function begun(promise) {
  promise.catch(() => {});
  return promise;
}

// The bytes of a gzip file of this site (RFC 1952).
export async function unpacked(address) {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const bytes = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(bytes).arrayBuffer());
}

// Writes the files of a tar archive (POSIX.1-1988, ustar) below a folder of an Emscripten file system:
// each has a header with its name, its size in octal digits and its kind ("5" is a folder), then its
// bytes, filled up to whole blocks. Nothing is copied.
export function extract(archive, FS, folder) {
  const words = new TextDecoder();
  const field = (at, length) => words.decode(archive.subarray(at, at + length)).split("\0")[0];
  for (let at = 0; archive[at] !== 0; ) {
    const [name, prefix] = [field(at, 100), field(at + 345, 155)];
    const size = parseInt(field(at + 124, 12), 8);
    const path = `${folder}/${prefix && prefix + "/"}${name}`;
    const start = at + BLOCK;
    if (field(at + 156, 1) !== "5") {
      FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      FS.writeFile(path, archive.subarray(start, start + size), { canOwn: true });
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

// The archive that the address of an interpreter's module names behind "#", as it is served
// (tools/site/packing/archives.py), being fetched; without a name there is none. (The name ends with ".js",
// because PyScript takes an address that does not for none.)
export function namedBy(module) {
  const [name] = new URL(module).hash.slice(1).split(".");
  return name ? begun(unpacked(new URL(`../../python/${name}.tar.gz`, module).href)) : undefined;
}
