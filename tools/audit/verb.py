"""``dev.py audit``: every line that can touch the network or storage, and all parts."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from rich.console import Console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument(
        "--sbom", type=Path, metavar="FILE", help="write a CycloneDX list of all parts"
    )
    parser.add_argument(
        "--propose", action="store_true",
        help="print allow-list entries for unlisted lines, reasons left to write",
    )  # fmt: skip
    parser.add_argument(
        "--advisories", action="store_true",
        help="ask npm and pip-audit for known weaknesses (this sends package names to them)",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Print the tables; returns 1 when an advisory is known or nobody could be asked."""
    from tools.audit.rules import judge, propose, read_rules
    from tools.audit.sbom import bill_of_materials
    from tools.audit.scan import scan
    from tools.setup.checkout import ROOT
    from tools.setup.progress import make_console

    console = make_console()
    allowed, unlisted, unused = judge(scan(ROOT), read_rules())
    if args.propose:
        print(propose(unlisted))  # noqa: T201  to be redirected into the allow-list
        return 0
    if args.sbom:
        document = json.dumps(bill_of_materials(ROOT), indent=1, ensure_ascii=False)
        args.sbom.write_text(document + "\n", encoding="utf-8")
        console.print(f"Wrote {args.sbom}")
        return 0
    print_lines(console, allowed, unlisted)
    print_third_party(console, ROOT)
    print_licences(console, ROOT)
    clean = not args.advisories or advisories_are_clean(console, ROOT)
    for entry in unused:
        console.print(f"[yellow]No line like this any more:[/yellow] {entry}", highlight=False)
    if unlisted:
        raise Complaint(
            f"{len(unlisted)} lines can touch the network or storage and nobody has said why. "
            "Take them out, or give a reason in tools/audit/allowed.toml ('dev.py audit "
            "--propose' prints the entries)."
        )
    return 0 if clean else 1


def print_lines(console: "Console", allowed: list, unlisted: list) -> None:  # type: ignore[type-arg]
    """Print one row for each line of ours."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="Lines of ours that can touch the network or storage", show_lines=False)
    for heading in ("where", "kind", "line", "why"):
        table.add_column(heading, overflow="fold")
    rows = [(finding, reason) for finding, reason in allowed]
    rows += [(finding, "[bold red]not allowed[/bold red]") for finding in unlisted]
    for finding, reason in sorted(rows, key=lambda row: (row[0].file, row[0].number)):
        place = f"{finding.file}:{finding.number}"
        table.add_row(place, finding.kind, escape(finding.text[:120]), reason)
    console.print(table)


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
