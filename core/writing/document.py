"""PDF documents: a picture as one page, and several such pages as one document.

Both are written by Pillow's own PDF writer and parser. A page holds a JPEG; when pages are put
together, these go over as they are, so nothing is packed a second time. Who made a picture and who
owns it can stand beside it as XMP.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, PdfParser

from common.errors import Refusal
from core.files.rights import in_xmp
from core.picture.flatten import bare, flattened

RESOLUTION = 300
"""Pixels per inch of a page whose size nobody asked for."""

POINTS_PER_INCH = 72
"""The unit of PDF's measures (ISO 32000-1, section 8.3.2.3)."""

PAPER = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
"""Sides of upright sheets in points: ISO 216, and ANSI/ASME Y14.1."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
"""Names of schemes; nobody asks there."""

PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>', '<?xpacket end="w"?>'
"""What is around a block of XMP (XMP specification, part 1, section 7.3)."""

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


def xmp_of(creator: bytes, owner: bytes) -> bytes:
    """Return a block of XMP that names who made a picture and who owns it (Dublin Core).

    Both are texts as :func:`core.files.rights.rights` finds them, empty for none. What XML cannot
    hold is left out; the halves of a copyright become one text.
    """
    makers = [f"<dc:creator><rdf:Seq><rdf:li>{_in_xml(creator)}</rdf:li></rdf:Seq></dc:creator>"]
    owners = [f"<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>{_in_xml(owner)}</rdf:li>"]
    owners += ["</rdf:Alt></dc:rights>"]
    told = "".join([*(makers if creator else []), *(owners if owner else [])])
    inside = f'<rdf:Description rdf:about="" xmlns:dc="{DUBLIN_CORE}">{told}</rdf:Description>'
    return f'{PACKET[0]}<rdf:RDF xmlns:rdf="{RDF}">{inside}</rdf:RDF>{PACKET[1]}'.encode()


def _in_xml(text: bytes) -> str:
    """Return a text as it stands in XML."""
    try:
        words = text.decode()
    except UnicodeDecodeError:
        words = text.decode("latin-1")
    halves = [half for half in words.split("\0") if half.strip()]
    words = "".join(letter for letter in ", ".join(halves) if letter in "\t\n\r" or letter >= " ")
    for letter, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        words = words.replace(letter, name)
    return words


def with_rights(document: bytes, xmp: bytes) -> bytes:
    """Return a document of :func:`pdf` with a block of XMP: the document's and its page's."""
    return _assembled([(document, xmp)])


def joined(documents: Sequence[bytes]) -> bytes:
    """Return the pages of documents of :func:`pdf`, in their order, as one document.

    Each page keeps its own block of XMP. Where all have one, all creators and rights are the whole
    document's. Raises :class:`Refusal` ``damaged`` for what is no such document.
    """
    return _assembled([(document, None) for document in documents])


def _assembled(documents: Sequence[tuple[bytes, bytes | None]]) -> bytes:
    """Return documents of one page as one, each with a block of XMP or with what it has already."""
    output = BytesIO()
    whole = PdfParser.PdfParser(f=output, filename="", mode="w+b")
    whole.start_writing()
    whole.write_header()
    places = [whole.next_object_id(0) for _ in documents]
    whole.pages.extend(places)
    whole.root_ref, whole.pages_ref = whole.next_object_id(0), whole.next_object_id(0)
    told = []
    for place, (document, xmp) in zip(places, documents, strict=True):
        try:
            told.append(_copy_page(whole, place, PdfParser.PdfParser(buf=document), xmp))
        except (PdfParser.PdfFormatError, KeyError, IndexError) as error:
            raise Refusal("damaged") from error
    blocks = [block for block in told if block]
    more = {"Metadata": _written(whole, _together(blocks))} if len(blocks) == len(told) else {}
    whole.write_obj(
        whole.root_ref, Type=PdfParser.PdfName(b"Catalog"), Pages=whole.pages_ref, **more
    )
    pages = PdfParser.PdfName(b"Pages")
    whole.write_obj(whole.pages_ref, Type=pages, Count=len(places), Kids=whole.pages)
    whole.write_xref_and_trailer()
    return output.getvalue()


def _together(blocks: list[bytes]) -> bytes:
    """Return one block of XMP that says what several do, each text once."""
    texts = [
        b", ".join(dict.fromkeys(text for block in blocks if (text := in_xmp(block, name))))
        for name in ("creator", "rights")
    ]
    return xmp_of(*texts)


def _written(whole: PdfParser.PdfParser, xmp: bytes) -> PdfParser.IndirectReference:
    """Write a block of XMP as an object of a document (ISO 32000-1, section 14.3.2)."""
    names = {"Type": PdfParser.PdfName(b"Metadata"), "Subtype": PdfParser.PdfName(b"XML")}
    return whole.write_obj(None, stream=xmp, **names)


def _copy_page(
    whole: PdfParser.PdfParser,
    place: PdfParser.IndirectReference,
    source: PdfParser.PdfParser,
    xmp: bytes | None,
) -> bytes | None:
    """Write the only page of a document, with its picture and how it is drawn, into another.

    Returns the block of XMP that the page has: the one given, else its own.
    """
    page = source.read_indirect(source.pages[0])
    resources = page[b"Resources"]
    picture = source.read_indirect(resources[b"XObject"][b"image"])
    drawing = source.read_indirect(page[b"Contents"])
    if xmp is None and b"Metadata" in page:
        xmp = bytes(source.read_indirect(page[b"Metadata"]).buf)
    more = {"Metadata": _written(whole, xmp)} if xmp else {}
    named = {key.name_as_str(): value for key, value in picture.dictionary.items()}
    image = whole.write_obj(None, stream=picture.buf, **named)
    whole.write_page(
        place,
        Resources=PdfParser.PdfDict(
            ProcSet=resources[b"ProcSet"], XObject=PdfParser.PdfDict(image=image)
        ),
        MediaBox=page[b"MediaBox"],
        Contents=whole.write_obj(None, stream=drawing.buf),
        **more,
    )
    return xmp
