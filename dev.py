#!/usr/bin/env python3
"""The one command of this repository: ``python3 dev.py VERB``.

Needs nothing but Python's standard library. It makes a virtual environment in the user's cache
folder, starts itself again inside it and hands over to the verb's module in ``tools/``.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "homecut: Python 3.11 or newer is needed, this is %d.%d. Install a newer Python and run "
        "dev.py with it." % sys.version_info[:2]
    )

import argparse
import importlib
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from tools.setup import environment  # noqa: E402  the path above comes first
from tools.setup.complaint import Complaint, explain  # noqa: E402

VERBS = {
    "serve": ("tools.site.serve", "run", "serve the app on this machine"),
    "test": ("tools.suite.verb", "test", "check everything: style, types, tests, a real browser"),
    "build": ("tools.site.build", "run", "write the static folder that any web host can serve"),
    "verify": ("tools.verify.verb", "test", "compare a deployment with what this checkout builds"),
    "audit": ("tools.audit.verb", "test", "list what can touch network or storage, and all parts"),
    "models": ("tools.model.verb", "run", "prepare or list the model variants"),
    "accuracy": ("tools.accuracy.verb", "test", "measure how near cutouts come to the truth"),
    "bench": ("tools.bench.verb", "test", "measure speed and memory beside the peer"),
    "cutout": ("tools.pages.cutout", "test", "cut out photos with the very same page, headless"),
}
"""Verb: its module, the environment it needs, its summary. A module offers
``add_arguments(parser)`` and ``run(args) -> int``, and imports third-party packages only in
``run``, so that ``--help`` and mistyped options are answered before anything is installed."""

HANDED_OVER = "HOMECUT_HANDED_OVER"
"""Environment variable that tells the second start from the first, so that there is no third."""


def make_parser(chosen: "str | None") -> argparse.ArgumentParser:
    """Return the command line's parser; only the chosen verb's own options are loaded."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Homecut: cut out photos in the browser. Everything a developer runs.",
        epilog="First steps: 'python3 dev.py serve', then open the address that it prints. "
        "Downloads are kept in " + str(environment.cache_folder()) + " (HOMECUT_CACHE moves it).",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, (module_name, _, summary) in VERBS.items():
        verb = verbs.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if name == chosen:
            importlib.import_module(module_name).add_arguments(verb)
    return parser


def hand_over(python: Path) -> int:
    """Run this very command line with the environment's interpreter and return its exit code."""
    if os.environ.get(HANDED_OVER) == str(python):
        raise Complaint(
            f"The environment {python.parent.parent} is damaged. Delete that folder and run this "
            "again."
        )
    os.environ[HANDED_OVER] = str(python)
    command = [str(python), str(ROOT / "dev.py"), *sys.argv[1:]]
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)
    return 1  # never reached: execv replaces this process


def main() -> int:
    """Parse the command line, see to the environment, run the verb; return the exit code."""
    chosen = next((word for word in sys.argv[1:] if word in VERBS), None)
    args, rest = make_parser(chosen).parse_known_args()
    module_name, kind, _ = VERBS[args.verb]
    module = importlib.import_module(module_name)
    if rest and not getattr(module, "PASSES_ON_ARGUMENTS", False):
        make_parser(chosen).error("unrecognized arguments: " + " ".join(rest))
    args.rest = rest
    python = environment.ensure(kind)
    if not environment.is_running(python):
        return hand_over(python)
    os.environ.pop(HANDED_OVER, None)
    return int(module.run(args) or 0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except (Complaint, OSError) as error:
        sentence = explain(error)
        if sentence is None:
            raise
        sys.exit("homecut: " + sentence)
