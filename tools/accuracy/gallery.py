"""All photos of a folder on one page, worst first: ``python -m tools.accuracy.gallery DIR OUT``.

Photo, truth, cutout and where it errs, beside each other; with ``--peer`` the peer's cutout, too.
To be read before anything is tuned. The page holds its pictures and is not committed.
"""

import argparse
import base64
import html
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.options import Options
from tools.accuracy.metrics import Scores, score
from tools.accuracy.native import PEER_SIZE, Network, cut_out, peer_network, variant_network
from tools.accuracy.pairs import Pair, find_pairs
from tools.model.store import description_of, ensure_models
from tools.setup.checkout import ROOT
from tools.setup.progress import make_console

SIDE = 320
"""Longest side of the pictures on the page, in pixels."""

GROUND = (255, 0, 255)
"""What cutouts lie on: a colour that subjects hardly have."""

MISSED, TOO_MUCH = (30, 90, 255), (255, 40, 20)
"""Colours of the error map."""

STYLE = """
body { margin: 2rem; font: 16px/1.4 system-ui, sans-serif; }
figure { display: grid; grid-auto-flow: column; justify-content: start; gap: 8px; margin: 0; }
figcaption { grid-row: 1; grid-column: 1 / -1; margin-top: 24px; }
"""

Matte = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Entry:
    """One photo's row: its scores and the pictures, each with its name."""

    name: str
    scores: Scores
    pictures: list[tuple[str, Image.Image]]


def entry_of(pair: Pair, alpha: Matte, peer: Matte | None = None) -> Entry:
    """Return the row of a photo; alpha channels are float32 (h, w) in 0..1."""
    with Image.open(pair.photo) as opened:
        photo = opened.convert("RGB")
    pictures = [("photo", photo), ("truth", on_ground(photo, pair.truth))]
    if peer is not None:
        pictures.append(("peer", on_ground(photo, peer)))
    pictures += [("ours", on_ground(photo, alpha)), ("error", error_map(alpha, pair.truth))]
    for _, picture in pictures:
        picture.thumbnail((SIDE, SIDE))
    return Entry(pair.name, score(alpha, pair.truth), pictures)


def on_ground(photo: Image.Image, alpha: Matte) -> Image.Image:
    """Return a photo (mode RGB) cut out by an alpha channel, on the ground."""
    ground = Image.new("RGB", photo.size, GROUND)
    ground.paste(photo, mask=Image.fromarray(np.rint(alpha * 255).astype(np.uint8)))
    return ground


def error_map(alpha: Matte, truth: Matte) -> Image.Image:
    """Return where alpha is too small (blue) and too large (red), the more the stronger."""
    picture = np.full((*truth.shape, 3), 255, np.float32)
    for error, colour in ((truth - alpha, MISSED), (alpha - truth, TOO_MUCH)):
        share = np.clip(error, 0, 1)[..., np.newaxis]
        picture += share * (np.array(colour, np.float32) - picture)
    return Image.fromarray(np.rint(picture).astype(np.uint8))


def page_of(entries: list[Entry]) -> str:
    """Return the page, the photo with the largest mean absolute error first."""
    rows = []
    for entry in sorted(entries, key=lambda one: -one.scores.mae):
        one = entry.scores
        near = "" if one.boundary_mae is None else f", near the edge {one.boundary_mae:.3f}"
        words = f"{entry.name}: error {one.mae:.4f}, IoU {one.iou:.3f}{near}"
        images = "".join(
            f'<img src="{as_address(picture)}" alt="{name}" title="{name}">'
            for name, picture in entry.pictures
        )
        rows.append(f"<figure><figcaption>{html.escape(words)}</figcaption>{images}</figure>")
    title = f"{len(entries)} photos, worst first"
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style><h1>{title}</h1>{''.join(rows)}</html>\n"
    )


def as_address(picture: Image.Image) -> str:
    """Return a picture as a ``data:`` address."""
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=85)
    return "data:image/jpeg;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def main() -> None:
    """Cut out every photo of a folder and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("target", type=Path, metavar="OUT", help="the page's file, .html")
    parser.add_argument("--limit", type=int, metavar="N")
    parser.add_argument("--peer", action="store_true", help="the peer's cutouts, too")
    args = parser.parse_args()
    console = make_console()
    ensure_models(console)
    description = description_of(ROOT)
    ours = variant_network(Options().variant, description)
    peer: Network | None = peer_network(description, console) if args.peer else None
    entries = []
    for pair in find_pairs(args.folder, args.limit):
        data = pair.photo.read_bytes()
        theirs = cut_out(peer, data, str(PEER_SIZE)).alpha if peer else None
        entries.append(entry_of(pair, cut_out(ours, data, Options().quality).alpha, theirs))
    args.target.write_text(page_of(entries), encoding="utf-8")
    console.print(f"The gallery: {args.target}")


if __name__ == "__main__":
    main()
