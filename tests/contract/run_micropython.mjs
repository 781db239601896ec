// Runs the tests of common/ in the real MicroPython wasm and prints the outcome as JSON.
// Usage: node run_micropython.mjs ROOT   (ROOT: the checkout, set up)
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

// Node would print the whole minified line that an error came from.
process.on("uncaughtException", (error) => {
  console.error(error.message.slice(0, 4000));
  process.exit(1);
});

const root = path.resolve(process.argv[2]);
const vendor = path.join(root, "assets/vendor/micropython");
const { loadMicroPython } = await import(pathToFileURL(path.join(vendor, "micropython.mjs")));

const printed = [];
const micropython = await loadMicroPython({
  url: path.join(vendor, "micropython.wasm"),
  heapsize: 8 * 1024 * 1024,
  stdout: (line) => printed.push(line),
  linebuffer: true,
});

// Copies the Python files of a folder and of those below it; returns their paths from the root.
function copyFolder(name) {
  const made = name.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
  for (const folder of made) {
    if (!micropython.FS.analyzePath(`/${folder}`).exists) micropython.FS.mkdir(`/${folder}`);
  }
  const entries = fs.readdirSync(path.join(root, name), { withFileTypes: true });
  const files = [];
  for (const entry of entries) {
    const file = `${name}/${entry.name}`;
    if (entry.isDirectory()) files.push(...copyFolder(file));
    else if (file.endsWith(".py")) {
      micropython.FS.writeFile(`/${file}`, fs.readFileSync(path.join(root, file)));
      files.push(file);
    }
  }
  return files;
}

copyFolder("common");
const tests = copyFolder("tests/common").filter((file) => path.basename(file).startsWith("test_"));
micropython.runPython(`
import json, sys
sys.path.insert(0, "/")
sys.path.extend(${JSON.stringify([...new Set(tests.map((file) => `/${path.dirname(file)}`))])})

def run(names):
    outcome = {"version": sys.version, "passed": [], "failed": {}}
    for name in names:
        try:
            module = __import__(name)
        except ImportError as error:
            outcome["failed"][name] = "ImportError: " + str(error)
            continue
        for test in sorted(dir(module)):
            if not test.startswith("test_"):
                continue
            try:
                getattr(module, test)()
                outcome["passed"].append(name + "." + test)
            except Exception as error:
                reason = type(error).__name__ + ": " + str(error)
                outcome["failed"][name + "." + test] = reason
    print("OUTCOME" + json.dumps(outcome))

run(${JSON.stringify(tests.map((file) => path.basename(file, ".py")))})
`);
const lines = printed.join("\n").split("\n");
const outcome = lines.find((line) => line.startsWith("OUTCOME"));
if (!outcome) throw new Error(`no outcome but: ${lines.join("\n")}`);
process.stdout.write(outcome.slice("OUTCOME".length));
