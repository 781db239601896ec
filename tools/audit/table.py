"""The one table of what the page may reach: ``tools/audit/allowed.toml``.

Each entry names a file (or, for what carries no power, a pattern of files), says why, and lists
what is allowed there, kind by kind (see :class:`tools.audit.findings.Finding`).
"""

import ast
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tools.audit.findings import FOREIGN, REFUSED, Finding
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint

ALLOWED = Path(__file__).with_name("allowed.toml")

BY_STATEMENT = ("powers", "dynamic", "gate")
"""Kinds that are allowed by their whole statement, in one named file each."""


UNCOMMON = (
    "asyncio", "concurrent", "ctypes", "ftplib", "http", "multiprocessing", "os", "pathlib",
    "poplib", "select", "selectors", "shutil", "smtplib", "socket", "ssl", "subprocess", "sys",
    "telnetlib", "threading", "urllib", "webbrowser", "xmlrpc",
)  # fmt: skip
"""Modules of Python's whose names are written into the table by hand alone."""

HEAD = """\
# What the page's own files may reach, and why. 'dev.py audit' reads every file with a parser and
# reports what is not in this table; see CONTRIBUTING.md, section "The audit's table".
#
# powers, dynamic and gate are allowed by the whole statement, each in its file. imports, reach (the
# way from something imported or global), words (names on any object), markup, styles and settings
# are allowed by name.
"""

Kinds = dict[str, list[str]]
"""Kind of finding: texts."""


@dataclass(frozen=True)
class Entry:
    """What is allowed in a file and why; ``allowed`` is a set of (kind, text)."""

    file: str
    why: str
    allowed: frozenset[tuple[str, str]]

    @property
    def is_of_statements(self) -> bool:
        """Whether it allows statements, not names."""
        return any(kind in BY_STATEMENT for kind, _ in self.allowed)

    def covers(self, finding: Finding) -> bool:
        """Tell whether this entry allows a finding."""
        return (
            finding.kind != REFUSED
            and (finding.kind, finding.text) in self.allowed
            and fnmatchcase(finding.file, self.file)
            and finding.file.count("/") == self.file.count("/")  # a star stays in its folder
        )


def read_table(file: Path = ALLOWED) -> list[Entry]:
    """Return the entries; raises :class:`Complaint` for one without a reason or too wide."""
    entries = []
    for raw in tomllib.loads(file.read_text(encoding="utf-8"))["allowed"]:
        name, why = raw.pop("file"), raw.pop("why", "")
        if not why.strip():
            raise Complaint(f"{file.name}: {name} is allowed without a reason.")
        if "*" in name and any(kind in raw for kind in BY_STATEMENT):
            raise Complaint(f"{file.name}: {name} allows statements in more than one file.")
        allowed = frozenset((kind, text) for kind, texts in raw.items() for text in texts)
        entries.append(Entry(name, why, allowed))
    return entries


@dataclass(frozen=True)
class Judgement:
    """What the table says of some findings."""

    allowed: list[tuple[Finding, str]]
    """Findings with the reason of the entry that allows them."""
    unlisted: list[Finding]
    unused: list[str]
    """What the table allows and no file needs."""
    opened: list[str]
    """Gates, and scripts of documents, of the table that no longer stand in their files."""


def judge(findings: Iterable[Finding], entries: list[Entry]) -> Judgement:
    """Hold findings against the table."""
    allowed, unlisted = [], []
    used: set[tuple[Entry, str, str]] = set()
    for finding in findings:
        entry = next((entry for entry in entries if entry.covers(finding)), None)
        if entry is None:
            unlisted.append(finding)
        else:
            allowed.append((finding, entry.why))
            used.add((entry, finding.kind, finding.text))
    unused = [
        f"{entry.file}, {kind}: {text}"
        for entry in entries
        for kind, text in sorted(entry.allowed)
        if (entry, kind, text) not in used
    ]
    gates = [text for text in unused if ", gate: " in text or ", markup: <script" in text]
    return Judgement(allowed, unlisted, unused, gates)


def propose(findings: Iterable[Finding]) -> str:
    """Return entries for findings as TOML, with the reasons left to write."""
    by_place = sorted_into_entries(findings)
    return "\n".join(entry_text(place, "", kinds) for (place, _), kinds in by_place.items())


def sorted_into_entries(findings: Iterable[Finding]) -> dict[tuple[str, bool], Kinds]:
    """Return (place, whether statements): kind: texts, in the order of the table.

    Statements stand in an entry of their file; names in one of their file where it is a door or no
    Python, else in one of their room.
    """
    found: dict[tuple[str, bool], Kinds] = {}
    for finding in findings:
        if finding.kind != REFUSED:
            by_statement = finding.kind in BY_STATEMENT
            place = finding.file if by_statement else place_of(finding.file)
            kinds = found.setdefault((place, by_statement), {})
            kinds.setdefault(finding.kind, []).append(finding.text)
    return dict(sorted(found.items(), key=lambda item: (not item[0][1], item[0][0])))


def place_of(path: str) -> str:
    """Return the file or the pattern under which a file's names stand in the table."""
    room, slash, name = path.rpartition("/")
    is_door = room in ("ui/browser", "inference") or not room
    if name.endswith(".css") or (name.endswith(".py") and not is_door):
        return f"{room}{slash}*{Path(name).suffix}"
    return path


def is_plain_name(finding: Finding) -> bool:
    """Tell whether a finding is a mere name: on an object, of a style, of a module of Python's."""
    if finding.kind in ("words", "styles"):
        return True
    top = re.split(r"[ .,]", finding.text)[0]
    is_python = finding.kind in ("reach", "imports") and finding.file.endswith(".py")
    return is_python and top not in (*FOREIGN, *UNCOMMON, "import", "from")


def renewed(findings: list[Finding], entries: list[Entry]) -> str:
    """Return the table as it has to be for these findings, names added and unused ones taken out.

    Everything else that is not in the table stays out: it has to be written by hand. A new entry's
    reason is what the room or the file says of itself.
    """
    reasons = {(entry.file, entry.is_of_statements): entry.why for entry in entries}
    known = [f for f in findings if is_plain_name(f) or any(e.covers(f) for e in entries)]
    texts = [
        entry_text(place, reasons.get((place, by_statement)) or purpose(place), kinds)
        for (place, by_statement), kinds in sorted_into_entries(known).items()
    ]
    return "\n".join([HEAD, *texts])


def purpose(place: str) -> str:
    """Return the first sentence of a Python file's docstring, or of its room's."""
    file = ROOT / place.replace("*.py", "__init__.py")
    if file.suffix != ".py" or not file.is_file():
        return ""
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def entry_text(file: str, why: str, kinds: Kinds) -> str:
    """Return one entry as TOML."""
    lines = ["[[allowed]]", f"file = {quoted(file)}", f"why = {quoted(why)}"]
    for kind, texts in sorted(kinds.items()):
        listed = [quoted(text) for text in sorted(set(texts))]
        one = f"{kind} = [{', '.join(listed)}]"
        if len(one) <= 100 and kind not in BY_STATEMENT:
            lines.append(one)
        elif kind in BY_STATEMENT:
            lines += [f"{kind} = [", *(f"  {text}," for text in listed), "]"]
        else:
            lines += [f"{kind} = [", *wrapped(listed), "]"]
    return "\n".join(lines) + "\n"


def wrapped(texts: list[str]) -> list[str]:
    """Return texts as lines of at most about 100 characters."""
    lines, line = [], " "
    for text in texts:
        if len(line) + len(text) > 97 and line.strip():
            lines.append(line)
            line = " "
        line += f" {text},"
    return [*lines, line]


def quoted(text: str) -> str:
    """Return a text as a TOML string."""
    if "'" not in text and "\n" not in text and ('"' in text or "\\" in text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
