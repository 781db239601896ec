"""What has to be in place before the app can be served, built or driven."""

from pathlib import Path

from rich.console import Console

from tools.setup.checkout import ROOT
from tools.setup.vendor import ensure_vendor
from tools.setup.vendor_lock import check_parts


def prepare(console: Console, root: Path = ROOT) -> None:
    """Install the page's parts, compare each with its hash, prepare the model.

    Raises :class:`~tools.setup.complaint.Complaint`.
    """
    ensure_vendor(root, console)
    check_parts(root)
    # Imported late: it loads NumPy and ONNX, which serving's tests and the build's do without.
    from tools.model.store import ensure_models

    ensure_models(console)
