"""PDF documents: a picture as one page, and several such pages as one document.

Both are written by Pillow's own PDF writer and parser. A page holds a JPEG; when pages are put
together, these go over as they are, so nothing is packed a second time.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, PdfParser

from common.errors import Refusal
from core.picture.flatten import bare, flattened

RESOLUTION = 300
"""Pixels per inch of a page whose size nobody asked for."""

POINTS_PER_INCH = 72
"""The unit of PDF's measures (ISO 32000-1, section 8.3.2.3)."""

PAPER = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
"""Sides of upright sheets in points: ISO 216, and ANSI/ASME Y14.1."""

NOTHING = dict.fromkeys(("creationDate", "modDate", "title", "producer"))
"""Times and names that Pillow would write."""


def pdf(image: Image.Image, export: dict[str, Any], dpi: int | None = None) -> bytes:
    """Return an image as a PDF document of one page, which holds a JPEG.

    ``export`` is a checked one: ``quality``, ``jpeg_background`` where the picture is transparent
    or does not cover the sheet, and ``page``: ``picture`` for a page of the picture's own size by
    ``dpi``, else a sheet that lies as the picture does, with the picture as large as it can be.
    """
    flat = flattened(image, export["jpeg_background"])
    flat = flat.convert("L") if flat.mode == "1" else flat
    resolution = float(dpi or RESOLUTION)
    if export["page"] in PAPER:
        flat, resolution = on_paper(flat, PAPER[export["page"]], export["jpeg_background"])
    output = BytesIO()
    options = {"quality": export["quality"], "resolution": resolution, **NOTHING}
    bare(flat).save(output, "PDF", **options)
    return output.getvalue()


def on_paper(
    image: Image.Image, paper: tuple[float, float], colour: str
) -> tuple[Image.Image, float]:
    """Return an image (mode RGB or L) in the middle of a sheet, and the sheet's pixels per inch.

    ``paper`` are the sides of the upright sheet in points; it lies for a picture that is broader
    than high. No pixel is changed: what is missing of the sheet's shape is added in ``colour``.
    """
    short, long = sorted(paper)
    broad, high = (long, short) if image.width > image.height else (short, long)
    scale = max(image.width / broad, image.height / high)  # pixels per point
    size = (max(image.width, round(broad * scale)), max(image.height, round(high * scale)))
    sheet = Image.new(image.mode, size, _in_mode(image.mode, colour))
    sheet.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
    return sheet, scale * POINTS_PER_INCH


def _in_mode(mode: str, colour: str) -> float | tuple[int, ...]:
    """Return a colour ``#rrggbb`` as a value of a mode."""
    dot = Image.new("RGB", (1, 1), colour).convert(mode)
    value = dot.getpixel((0, 0))
    return 0 if value is None else value


def joined(documents: Sequence[bytes]) -> bytes:
    """Return the pages of documents of :func:`pdf`, in their order, as one document.

    Raises :class:`Refusal` ``damaged`` for what is no such document.
    """
    output = BytesIO()
    whole = PdfParser.PdfParser(f=output, filename="", mode="w+b")
    whole.start_writing()
    whole.write_header()
    places = [whole.next_object_id(0) for _ in documents]
    whole.pages.extend(places)
    whole.write_catalog()
    for place, document in zip(places, documents, strict=True):
        try:
            _copy_page(whole, place, PdfParser.PdfParser(buf=document))
        except (PdfParser.PdfFormatError, KeyError, IndexError) as error:
            raise Refusal("damaged") from error
    whole.write_xref_and_trailer()
    return output.getvalue()


def _copy_page(
    whole: PdfParser.PdfParser, place: PdfParser.IndirectReference, source: PdfParser.PdfParser
) -> None:
    """Write the only page of a document, with its picture and how it is drawn, into another."""
    page = source.read_indirect(source.pages[0])
    resources = page[b"Resources"]
    picture = source.read_indirect(resources[b"XObject"][b"image"])
    drawing = source.read_indirect(page[b"Contents"])
    named = {key.name_as_str(): value for key, value in picture.dictionary.items()}
    image = whole.write_obj(None, stream=picture.buf, **named)
    whole.write_page(
        place,
        Resources=PdfParser.PdfDict(
            ProcSet=resources[b"ProcSet"], XObject=PdfParser.PdfDict(image=image)
        ),
        MediaBox=page[b"MediaBox"],
        Contents=whole.write_obj(None, stream=drawing.buf),
    )
