"""``dev.py audit``: everything that the page can reach, and all parts."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from rich.console import Console

    from tools.audit.table import Judgement


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument(
        "--sbom", type=Path, metavar="FILE", help="write a CycloneDX list of all parts"
    )
    parser.add_argument(
        "--propose", action="store_true",
        help="print entries of the table for what is not in it, reasons left to write",
    )  # fmt: skip
    parser.add_argument(
        "--write", action="store_true",
        help="bring the names in tools/audit/allowed.toml up to date; statements stay by hand",
    )  # fmt: skip
    parser.add_argument(
        "--advisories", action="store_true",
        help="ask npm and pip-audit for known weaknesses (this sends package names to them)",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Print the tables; returns 1 when an advisory is known or nobody could be asked."""
    from tools.audit.sbom import bill_of_materials
    from tools.audit.scan import scan
    from tools.audit.table import ALLOWED, judge, propose, read_table, renewed
    from tools.setup.checkout import ROOT
    from tools.setup.progress import make_console
    from tools.setup.vendor import ensure_once

    console = make_console()
    if args.sbom:
        document = json.dumps(bill_of_materials(ROOT), indent=1, ensure_ascii=False)
        args.sbom.write_text(document + "\n", encoding="utf-8")
        console.print(f"Wrote {args.sbom}")
        return 0
    ensure_once(ROOT, console)
    findings, entries = scan(ROOT), read_table()
    judgement = judge(findings, entries)
    if args.write:
        ALLOWED.write_text(renewed(findings, entries), encoding="utf-8")
        judgement = judge(findings, read_table())
    if args.propose:
        print(propose(judgement.unlisted))  # noqa: T201  to be redirected into the table
        return 0
    print_powers(console, judgement)
    print_third_party(console, ROOT)
    print_licences(console, ROOT)
    clean = not args.advisories or advisories_are_clean(console, ROOT)
    for text in judgement.unused:
        console.print(f"In the table and nowhere else: {text}", markup=False, highlight=False)
    for finding in judgement.unlisted:
        place = f"{finding.file}:{finding.number}"
        console.print(f"{place}: {finding.kind}: {finding.text}", markup=False, highlight=False)
    if judgement.unlisted or judgement.opened:
        raise Complaint(
            f"{len(judgement.unlisted)} things that files reach are in no table, and "
            f"{len(judgement.opened)} gates have changed. Take them out, or give a reason in "
            "tools/audit/allowed.toml ('dev.py audit --propose' prints the entries)."
        )
    return 0 if clean else 1


def print_powers(console: "Console", judgement: "Judgement") -> None:
    """Print one row for each statement of ours that can send, load, keep or run something."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="Statements of ours that can touch the network or storage")
    for heading in ("where", "statement", "why"):
        table.add_column(heading, overflow="fold")
    rows = {
        (finding.file, finding.number, finding.text): why
        for finding, why in judgement.allowed
        if finding.kind in ("powers", "dynamic")
    }
    for (file, number, text), why in sorted(rows.items()):
        table.add_row(f"{file}:{number}", escape(text[:120]), why)
    console.print(table)
    others = len({(f.file, f.kind, f.text) for f, _ in judgement.allowed}) - len(rows)
    console.print(f"Besides {others} names, elements and settings, each in the table.")


def print_third_party(console: "Console", root: Path) -> None:
    """Print the installed files that can reach the network, with what contains them."""
    from rich.table import Table

    from tools.audit.third_party import third_party

    table = Table(title="Other people's code that can reach the network")
    for heading in ("file", "interfaces in it", "what contains it"):
        table.add_column(heading, overflow="fold")
    for part in third_party(root):
        table.add_row(part.path, ", ".join(part.interfaces), part.guard)
    console.print(table)


def print_licences(console: "Console", root: Path) -> None:
    """Print how many parts are under which licence."""
    from rich.table import Table

    from tools.audit.sbom import licences

    table = Table(title="Licences")
    for heading in ("licence", "shipped to visitors", "for developers only"):
        table.add_column(heading, overflow="fold")
    for name, (shipped, development) in licences(root).items():
        table.add_row(name, ", ".join(shipped), ", ".join(development))
    console.print(table)


def advisories_are_clean(console: "Console", root: Path) -> bool:
    """Ask the package managers; tell whether all of them answered and know of no weakness."""
    from tools.audit.advisories import npm_advisories, pip_advisories

    clean = True
    for name, answer in (("npm", npm_advisories(root)), ("pip-audit", pip_advisories(root))):
        clean = clean and not answer.known and not answer.unanswered
        if answer.unanswered:
            console.print(f"[yellow]{name} could not be asked: {answer.unanswered}[/yellow]")
        if answer.known or not answer.unanswered:
            console.print(f"{name}: {', '.join(answer.known) or 'nothing known'}")
    return clean
