// Makes the archive of NumPy and Pillow that the pixel worker unpacks, in the page's own Pyodide.
// Usage: node lean_packages.mjs PYODIDE TARGET WHEEL...
//   PYODIDE: npm's folder of the package; TARGET: the file to write; WHEEL: the wheels to take it from
// Only that Python's own compiler makes files that it reads, and only its own zlib makes the same
// bytes on every machine.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [folder, target, ...wheels] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
// A fixed seed: a set of constants is written in the order of its hashes.
const python = await loadPyodide({ indexURL: folder + path.sep, env: { PYTHONHASHSEED: "0" } });
python.FS.mkdirTree("/wheels");
for (const wheel of wheels) {
  python.FS.writeFile("/wheels/" + path.basename(wheel), fs.readFileSync(wheel));
}
const script = fileURLToPath(new URL("lean_packages_inside.py", import.meta.url));
python.runPython(fs.readFileSync(script, "utf8"));
fs.writeFileSync(target, python.FS.readFile("/packages.tar.gz"));
