"""The allow-list of ``dev.py audit``: which findings are meant, and why.

``tools/audit/allowed.toml`` names for each file and kind the lines and the reason. Python and
JavaScript lines are named one by one, so that a new call is noticed whatever stands beside it;
markup and styles are held to a pattern.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tools.audit.scan import Finding
from tools.setup.complaint import Complaint

ALLOWED = Path(__file__).with_name("allowed.toml")


@dataclass(frozen=True)
class Rule:
    """What is allowed in a file: lines as they stand, or all that a pattern matches in whole."""

    file: str
    kind: str
    reason: str
    lines: tuple[str, ...]
    pattern: str

    def covers(self, finding: Finding) -> bool:
        """Tell whether this rule allows a finding."""
        if (self.file, self.kind) != (finding.file, finding.kind):
            return False
        return finding.text in self.lines or (
            bool(self.pattern) and re.fullmatch(self.pattern, finding.text) is not None
        )


def read_rules(file: Path = ALLOWED) -> list[Rule]:
    """Return the rules of the allow-list; raises :class:`Complaint` for one without a reason."""
    rules = []
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["allowed"]:
        if not entry.get("reason", "").strip():
            raise Complaint(f"{file.name}: {entry.get('file')} is allowed without a reason.")
        rules.append(
            Rule(
                entry["file"],
                entry["kind"],
                entry["reason"],
                tuple(entry.get("lines", ())),
                entry.get("pattern", ""),
            )
        )
    return rules


def judge(
    findings: list[Finding], rules: list[Rule]
) -> tuple[list[tuple[Finding, str]], list[Finding], list[str]]:
    """Return allowed findings with their reasons, findings that nobody allowed, unused entries."""
    allowed, unlisted = [], []
    used: set[tuple[Rule, str]] = set()
    for finding in findings:
        rule = next((rule for rule in rules if rule.covers(finding)), None)
        if rule is None:
            unlisted.append(finding)
        else:
            allowed.append((finding, rule.reason))
            used.add((rule, finding.text if finding.text in rule.lines else rule.pattern))
    wanted = [(rule, line) for rule in rules for line in (*rule.lines, rule.pattern) if line]
    unused = [f"{rule.file}: {line}" for rule, line in wanted if (rule, line) not in used]
    return allowed, unlisted, unused


def propose(findings: list[Finding]) -> str:
    """Return entries for findings as TOML, with the reasons left to write."""
    entries = []
    for file, kind in dict.fromkeys((finding.file, finding.kind) for finding in findings):
        lines = [f.text for f in findings if (f.file, f.kind) == (file, kind)]
        quoted = "".join(f"  '''{line}''',\n" for line in dict.fromkeys(lines))
        entries.append(
            f'[[allowed]]\nfile = "{file}"\nkind = "{kind}"\nreason = ""\nlines = [\n{quoted}]\n'
        )
    return "\n".join(entries)
