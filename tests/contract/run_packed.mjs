// Unpacks the page's archive as it is served into MicroPython, as assets/js/micropython.js does, and runs it.
// Usage: node run_packed.mjs ROOT ARCHIVE   (ROOT: the checkout, set up; ARCHIVE: python/page.tar.gz)
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import zlib from "node:zlib";

const [root, archive] = process.argv.slice(2).map((name) => path.resolve(name));
const load = (...names) => import(pathToFileURL(path.join(root, ...names)));
const { loadMicroPython } = await load("assets", "vendor", "micropython", "micropython.mjs");
const { extract } = await load("assets", "js", "packed.js");
const python = await loadMicroPython({ stdout: (line) => console.log(line) });
extract(new Uint8Array(zlib.gunzipSync(fs.readFileSync(archive))), python.FS, python.FS.cwd());
python.runPython(`
import io, json, os, sys
from common import messages, naming
import common.edits.edit

told = io.StringIO()
try:
    messages.open_answer(False, messages.refusal(ValueError('of the test')))
except Exception as error:
    sys.print_exception(error, told)
print(json.dumps({"entries": sorted(os.listdir("common/edits")), "file": naming.__file__, "told": told.getvalue()}))
`);
