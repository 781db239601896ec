"""The request log: one line per request, coloured by what became of it."""

from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from tools.setup.visible import visible

COLOURS = {2: "green", 3: "cyan", 4: "yellow", 5: "red"}
"""By the first digit of the status."""


@dataclass(frozen=True)
class RequestRecord:
    """One request and what became of it."""

    method: str
    path: str
    query: str
    body_length: int
    status: int
    sent_bytes: int
    encoding: str
    milliseconds: float


def format_record(record: RequestRecord) -> Text:
    """Return the log's line for a request."""
    colour = COLOURS.get(record.status // 100, "white")
    line = Text()
    line.append(f"{record.method:<4} ")
    line.append(f"{record.status} ", style=colour)
    line.append(f"{record.sent_bytes:>11,} B ")
    line.append(f"{record.encoding or '-':<5}", style="dim")
    line.append(f"{record.milliseconds:>8.1f} ms  ", style="dim")
    line.append(visible(record.path + (f"?{record.query}" if record.query else "")))
    if record.body_length:
        line.append(f"  (with a body of {record.body_length:,} bytes)", style="red")
    return line


def print_record(record: RequestRecord, console: Console | None = None) -> None:
    """Print a request's line."""
    (console or Console(highlight=False, soft_wrap=True)).print(format_record(record))
