"""What stops which channel, as the table in docs/PRIVACY.md.

``dev.py test --all`` measures again and compares. To write a new table, set
``HOMECUT_WRITE_CHANNELS=1`` and run
``python3 dev.py test --all --only-tests tests/browser/channels/test_channels.py``.
"""

from tests.browser.channels.attempts import FOREIGN, OWN, Attempts
from tests.browser.channels.channels import SENDERS
from tools.setup.checkout import ROOT

BEGIN = "<!-- channels: begin (written by tests/browser/channels/test_channels.py) -->\n"
END = "<!-- channels: end -->"
DOCUMENT = ROOT / "docs/PRIVACY.md"

OPEN = "**open**"
NEVER = "never sent"
GATE = "gate"
POLICY = "CSP"
ALLOWLIST = "Connection-Allowlist"
ABSENT = "no such interface"
BROWSER = "browser"


def cause(
    key: tuple[str, str, str], full: Attempts, without_allowlist: Attempts, control: Attempts
) -> str:
    """Return what stops an attempt on the real site.

    ``never sent`` is what does not even arrive without any guard, so that nothing is shown by its
    absence; ``browser`` is what the browser itself refuses.
    """
    if key in full.arrived:
        return OPEN
    if key in control.missing:
        return ABSENT
    causes = []
    if key in full.by_gate | without_allowlist.by_gate:
        causes.append(GATE)
    if key in full.by_policy | without_allowlist.by_policy:
        causes.append(POLICY)
    if key in without_allowlist.arrived or (key in control.arrived and not causes):
        causes.append(ALLOWLIST if key in without_allowlist.arrived else BROWSER)
    return ", ".join(causes) or NEVER


TITLES = {FOREIGN: "To another host:", OWN: "To the page's own host:"}


def render(full: Attempts, without_allowlist: Attempts, control: Attempts) -> str:
    """Return two tables as Markdown, one for each destination: a line for each channel."""
    names = list(dict.fromkeys(name for codes in SENDERS.values() for name in codes))
    lines = []
    for place, title in TITLES.items():
        lines += [
            "",
            title,
            "",
            f"| channel | {' | '.join(SENDERS)} |",
            "|---" * (len(SENDERS) + 1) + "|",
        ]
        for name in names:
            cells = [
                cause((sender, name, place), full, without_allowlist, control)
                if name in codes
                else ""
                for sender, codes in SENDERS.items()
            ]
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n\n"


def documented() -> str:
    """Return the table that stands in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0]


def write(table: str) -> None:
    """Put a table into the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    DOCUMENT.write_text(before + BEGIN + table + END + rest.partition(END)[2], encoding="utf-8")
