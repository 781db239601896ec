"""Known weaknesses of the packages, as far as the package managers can be asked."""

import json
import shutil
import subprocess
from pathlib import Path

from tools.environment import REQUIREMENTS
from tools.node import npm_command


def npm_advisories(root: Path) -> list[str] | str:
    """Return "package (severity)" of each npm advisory, or why npm could not be asked."""
    found = []
    for project in (root, root / "models"):
        command = [npm_command(), "audit", "--package-lock-only", "--json"]
        outcome = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        try:
            answer = json.loads(outcome.stdout)
        except ValueError:
            return "it gave no answer"
        if "vulnerabilities" not in answer:
            return str(answer.get("message") or answer.get("error", "it gave no answer"))
        found += [
            f"{name} ({entry['severity']})" for name, entry in answer["vulnerabilities"].items()
        ]
    return found


def pip_advisories(_root: Path) -> list[str] | str:
    """Return "package version (advisory)" of each Python advisory, or why there is no answer."""
    program = shutil.which("pip-audit")
    if program is None:
        return "it is not installed ('pipx install pip-audit')"
    command = [program, "--format", "json", "--disable-pip", "--require-hashes"]
    command += ["--requirement", str(REQUIREMENTS / "test.txt")]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(outcome.stdout)["dependencies"]
    except (ValueError, KeyError):
        return outcome.stderr.strip().splitlines()[-1] if outcome.stderr.strip() else "no answer"
    return [
        f"{package['name']} {package['version']} ({weakness['id']})"
        for package in packages
        for weakness in package.get("vulns", ())
    ]
