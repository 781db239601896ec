// Runs a Python program in the page's own Pyodide, under Node.
// Usage: node in_pyodide.mjs PYODIDE PROGRAM TARGET FILE...
//   PYODIDE: the folder of Pyodide; PROGRAM: *_inside.py of this folder; TARGET: the file to write;
//   FILE: what the program finds in /given; it leaves its result as /made
// Only that Python's own compiler makes files that it reads, and only its own zlib makes the same
// bytes on every machine.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [folder, program, target, ...given] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
// A fixed seed: a set of constants is written in the order of its hashes.
const python = await loadPyodide({ indexURL: folder + path.sep, env: { PYTHONHASHSEED: "0" } });
const put = (place, file) => python.FS.writeFile(`${place}/${path.basename(file)}`, fs.readFileSync(file));
python.FS.mkdirTree("/given");
for (const file of given) put("/given", file);
// They import each other.
const room = `${python.FS.cwd()}/tools/setup`;
python.FS.mkdirTree(room);
const here = path.dirname(fileURLToPath(import.meta.url));
for (const name of fs.readdirSync(here)) {
  if (name.endsWith("_inside.py")) put(room, path.join(here, name));
}
python.runPython(fs.readFileSync(program, "utf8"));
fs.writeFileSync(target, python.FS.readFile("/made"));
