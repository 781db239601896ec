// Runs a Python file in the page's own Pyodide, with its NumPy and Pillow and the checkout's code.
// Usage: node run_pyodide.mjs ROOT FOLDER SCRIPT
//   ROOT: the checkout, set up; seen by the script as /checkout
//   FOLDER: where the script reads and writes; seen as /exchange
//   SCRIPT: a Python file, run as __main__
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

// Node would print the whole minified line that an error came from.
process.on("uncaughtException", (error) => {
  console.error(error.message.slice(-8000));
  process.exit(1);
});

const [root, folder, script] = process.argv.slice(2).map((name) => path.resolve(name));
const vendor = path.join(root, "assets/vendor/pyodide") + path.sep;
const { loadPyodide } = await import(pathToFileURL(path.join(vendor, "pyodide.mjs")));

// NumPy and Pillow are the page's own.
const pyodide = await loadPyodide({ indexURL: vendor });
const packages = new Uint8Array(fs.readFileSync(path.join(vendor, "packages.tar.gz")));
pyodide.unpackArchive(packages, "gztar", { extractDir: pyodide._api.sitePackages });
for (const [place, source] of [
  ["/checkout", root],
  ["/exchange", folder],
]) {
  pyodide.FS.mkdirTree(place);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: source }, place);
}
pyodide.runPython("import sys; sys.path.insert(0, '/checkout'); sys.dont_write_bytecode = True");
const globals = pyodide.toPy({ __name__: "__main__" });
await pyodide.runPythonAsync(fs.readFileSync(script, "utf8"), {
  globals,
  filename: path.basename(script),
});
