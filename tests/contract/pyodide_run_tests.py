"""Runs the tests of core/ inside Pyodide and writes the outcome to /exchange/outcome.json.

There is no pytest in Pyodide here; the tests of core/ are plain functions for that reason.
"""

import importlib
import json
import sys
import time
import traceback
from pathlib import Path

import numpy
from PIL import Image, features

exchange = Path("/exchange")
outcome = {
    "python": sys.version,
    "platform": sys.platform,
    "numpy": numpy.__version__,
    "pillow": Image.__version__,
    "littlecms": bool(features.check("littlecms2")),
    "jpeg2000": bool(features.check("jpg_2000")),
    "passed": [],
    "failed": {},
    "seconds": {},
}
for path in json.loads((exchange / "modules.json").read_text("utf-8")):
    name = path.rpartition(".")[2]
    try:
        module = importlib.import_module(path)
    except ImportError:
        outcome["failed"][name] = traceback.format_exc()[-1500:]
        continue
    for key, test in vars(module).items():
        if not key.startswith("test_"):
            continue
        started = time.perf_counter()
        try:
            test()
            outcome["passed"].append(f"{name}.{key}")
        except Exception:
            outcome["failed"][f"{name}.{key}"] = traceback.format_exc()[-1500:]
        outcome["seconds"][f"{name}.{key}"] = round(time.perf_counter() - started, 3)
(exchange / "outcome.json").write_text(json.dumps(outcome), "utf-8")
