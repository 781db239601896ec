"""Known weaknesses of the packages, as far as the package managers can be asked.

No answer is not a good answer: who could not be asked, and about how many packages, is said.
"""

import json
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tools.audit.sbom import wheel_components
from tools.setup import environment
from tools.setup.node import npm_command

LOCKED = ("run.txt", "test.txt", "audit.txt")
"""Requirement files whose packages are asked about.

``pyodide.txt`` is not among them: its package only carries two wheels, NumPy's and Pillow's, which
are asked about by their own names. Nothing else of it is unpacked.
"""


@dataclass
class Answer:
    """What one package manager answered."""

    known: list[str] = field(default_factory=list)
    """Each known weakness with its package, as "package version (advisory)"."""
    unanswered: str = ""
    """Why there is no answer, or for how many packages there is none; empty when all was said."""


def npm_advisories(root: Path) -> Answer:
    """Ask ``npm audit`` about the packages of the page and of the weights."""
    answer = Answer()
    for project in (root, root / "models"):
        command = [npm_command(), "audit", "--package-lock-only", "--json"]
        outcome = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        part = read_npm(outcome.stdout)
        answer.known += part.known
        answer.unanswered = answer.unanswered or part.unanswered
    return answer


def read_npm(output: str) -> Answer:
    """Return what the JSON of ``npm audit`` says."""
    try:
        report = json.loads(output)
    except ValueError:
        return Answer(unanswered="it gave no answer")
    if "vulnerabilities" not in report:
        return Answer(unanswered=str(report.get("message") or "it gave no answer"))
    weak = report["vulnerabilities"].items()
    return Answer([f"{name} ({entry['severity']})" for name, entry in weak])


def pip_advisories(root: Path) -> Answer:
    """Ask ``pip-audit`` about the locked Python packages and about those that visitors are sent."""
    locked = [environment.REQUIREMENTS / name for name in LOCKED]
    options = [word for file in locked for word in ("--requirement", str(file))]
    answer = read_pip(*run_pip_audit(["--require-hashes", *options]))
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder) / "sent.txt"
        pins = [f"{part['name']}=={part['version']}\n" for part in wheel_components(root)]
        sent.write_text("".join(pins), encoding="utf-8")
        part = read_pip(*run_pip_audit(["--no-deps", "--requirement", str(sent)]))
    answer.known += part.known
    answer.unanswered = answer.unanswered or part.unanswered
    return answer


def run_pip_audit(arguments: list[str]) -> tuple[str, str]:
    """Run pip-audit in its own environment; return what it wrote to both of its outputs."""
    command = [str(environment.ensure("audit")), "-m", "pip_audit", "--format", "json"]
    command += ["--disable-pip", "--progress-spinner", "off", *arguments]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    return outcome.stdout, outcome.stderr


def read_pip(output: str, complaints: str) -> Answer:
    """Return what the JSON of ``pip-audit`` says; ``complaints`` tell why there is none."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError):
        lines = [line for line in complaints.splitlines() if line.strip()]
        return Answer(unanswered=lines[-1] if lines else "it gave no answer")
    known = [
        f"{package['name']} {package['version']} ({weakness['id']})"
        for package in packages
        for weakness in package.get("vulns", ())
    ]
    skipped = [package for package in packages if "skip_reason" in package]
    reason = f"its index knows nothing of {len(skipped)} of {len(packages)} packages"
    return Answer(known, reason if skipped else "")
