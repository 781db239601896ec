"""Write the tables of file formats into README.md: ``python -m tools.pages.format_tables``.

They are made from :mod:`common.kinds` and :mod:`common.formats`; a test holds them equal.
"""

import re

from common.errors import sentence
from common.formats import ALL, CODECS, WRITTEN, Format
from common.kinds import BROWSER, CODEC, OWN, PILLOW, RECORDS, Kind
from tools.setup.cache import write_atomically
from tools.setup.checkout import ROOT

README = ROOT / "README.md"


def main() -> None:
    """Bring README.md up to date."""
    write_atomically(README, with_tables(README.read_text("utf-8")).encode())


def with_tables(text: str) -> str:
    """Return the README with its two tables made anew; raises ``ValueError`` where one is gone."""
    for name, table in (("in", files_in()), ("out", files_out())):
        marked = re.compile(rf"(<!-- files {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not marked.search(text):
            raise ValueError(f"README.md has no table of files {name}")
        text = marked.sub(lambda found, table=table: found[1] + table + found[2], text)  # type: ignore[misc]
    return text


def files_in() -> str:
    """Return the table of what is read, or refused with which sentence."""
    rows = ["| file | names end in | read by |", "|---|---|---|"]
    return "\n".join(rows + [_in_row(kind) for kind in RECORDS]) + "\n"


def files_out() -> str:
    """Return the table of what is written."""
    rows = [
        "| format | written by | transparent | moving | keeps metadata | longest side |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join(rows + [_out_row(record) for record in WRITTEN]) + "\n"


def _in_row(kind: Kind) -> str:
    """Return a kind's row."""
    by = {
        PILLOW: "Pillow",
        OWN: "a reader of its own",
        BROWSER: "the browser",
        CODEC: f"the {kind.label} codec",
        None: "nobody",
    }
    reader = by[kind.by]
    note = kind.note
    if not kind.by and kind.refusal and not note:
        note = sentence(kind.refusal, {"format": kind.label})
    endings = ", ".join("." + ending for ending in kind.endings)
    return f"| {kind.label} | {endings} | {reader}{'. ' + note if note else ''} |"


def _out_row(record: Format) -> str:
    """Return a format's row."""
    names = [str(CODECS[record.codec]["name"])] if record.codec else []
    names += ["Pillow"] if record.writer else []
    longest = f"{record.longest} px" if record.longest else "any"
    yes = ["yes" if flag else "no" for flag in (record.transparent, record.animated)]
    held = "all" if record.holds == ALL else ", ".join(record.holds) or "no"
    return (
        f"| {record.short} | {', else '.join(names)} | {yes[0]} | {yes[1]} | {held} | {longest} |"
    )


if __name__ == "__main__":
    main()
