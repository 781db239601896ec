"""The console and the progress bars, so that all verbs look alike."""

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn


def make_console(quiet: bool = False) -> Console:
    """Return the console that a verb writes to; a quiet one writes nothing."""
    return Console(quiet=quiet, highlight=False, soft_wrap=True)


def byte_progress(console: Console) -> Progress:
    """Return a progress display for work counted in bytes; it clears itself at the end."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
