"""PDF: pages of paper, several pictures as one document, and nothing else in it."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, PdfParser

from common.edits.edit import checked
from common.errors import Refusal
from core.files.metadata import receipt_of_result
from core.files.picture_file import PictureFile
from core.files.rights import ARTIST_TAG, COPYRIGHT_TAG, in_xmp, rights
from core.writing.document import PAPER, joined, on_paper, pdf
from core.writing.keeping import Kept, with_kept


def export(**values: Any) -> dict[str, Any]:
    """Return a checked export to PDF."""
    return dict(checked({"export": {"format": "pdf", "quality": 95, **values}})["export"])  # type: ignore[call-overload]


def boxes(document: bytes) -> list[tuple[float, float]]:
    """Return the sizes of a document's pages in points."""
    parser = PdfParser.PdfParser(buf=document)
    return [tuple(parser.read_indirect(page)[b"MediaBox"][2:]) for page in parser.pages]


def pictures(document: bytes) -> list[Image.Image]:
    """Return the pictures of a document's pages."""
    parser = PdfParser.PdfParser(buf=document)
    found = []
    for place in parser.pages:
        name = parser.read_indirect(place)[b"Resources"][b"XObject"][b"image"]
        found.append(Image.open(BytesIO(parser.read_indirect(name).buf)))
    return found


@pytest.mark.parametrize("page", ["a4", "letter"])
@pytest.mark.parametrize("size", [(40, 30), (30, 40), (400, 3), (3, 400), (1, 1), (297, 420)])
def test_a_page_of_paper_lies_as_its_picture_does(page: str, size: tuple[int, int]) -> None:
    [box] = boxes(pdf(Image.new("RGB", size, "red"), export(page=page)))
    wanted = PAPER[page] if size[0] <= size[1] else PAPER[page][::-1]
    assert box == pytest.approx(wanted, rel=1 / min(max(size), 300) + 0.01)


def test_a_picture_keeps_every_pixel_in_the_middle_of_its_sheet() -> None:
    image = Image.fromarray(np.random.default_rng(1).integers(0, 255, (30, 40, 3), np.uint8))
    sheet, resolution = on_paper(image, PAPER["a4"], "#ffffff")
    assert sheet.size == (42, 30)
    assert sheet.crop((1, 0, 41, 30)).tobytes() == image.tobytes()
    assert sheet.getpixel((0, 0)) == (255, 255, 255)
    assert sheet.width / resolution * 72 == pytest.approx(841.89, rel=0.02)


def test_a_page_of_the_pictures_own_size_follows_its_dots_per_inch() -> None:
    [box] = boxes(pdf(Image.new("RGB", (600, 300)), export(), 150))
    assert box == (288, 144)


def test_several_pictures_become_one_document_in_their_order_without_packing_them_again() -> None:
    colours = ["#ff0000", "#00ff00", "#0000ff"]
    sizes = [(40, 30), (30, 40), (64, 64)]
    singles = [
        pdf(Image.new("RGB", size, colour), export(page="a4"))
        for size, colour in zip(sizes, colours, strict=True)
    ]
    document = joined(singles)
    assert [box[0] > box[1] for box in boxes(document)] == [True, False, False]
    shown = [picture.convert("RGB") for picture in pictures(document)]
    middles = [picture.getpixel((picture.width // 2, picture.height // 2)) for picture in shown]
    for middle, colour in zip(middles, ([254, 0, 0], [0, 255, 1], [0, 0, 254]), strict=True):
        assert np.abs(np.subtract(middle, colour)).max() <= 3
    for single in singles:
        start = single.index(b"\xff\xd8\xff")
        assert single[start : single.index(b"endstream", start)].strip() in document
    assert document.startswith(b"%PDF-")
    assert receipt_of_result(document)["entries"] == []


def test_grey_and_black_and_white_scans_are_joined_too() -> None:
    grey = pdf(Image.new("L", (20, 30), 128), export(page="letter"))
    scan = pdf(Image.new("1", (20, 30), 1), export())
    assert [picture.mode for picture in pictures(joined([grey, scan]))] == ["L", "L"]


def test_what_is_no_page_of_ours_is_refused() -> None:
    with pytest.raises(Refusal, match="damaged"):
        joined([b"%PDF-1.4\nnothing"])


OWNER = "© 2024 Zoë Müller & 北京 <all rights reserved>"


def kept_document(creator: str, owner: str) -> bytes:
    """Return a document of one page that keeps who made it and who owns it."""
    words = {ARTIST_TAG: creator.encode(), COPYRIGHT_TAG: owner.encode()}
    plain = pdf(Image.new("RGB", (40, 30), "red"), export())
    return with_kept("pdf", plain, Kept(words={tag: text for tag, text in words.items() if text}))


def test_kept_rights_stand_in_the_document_and_nothing_else_does() -> None:
    document = kept_document("Zoë", OWNER)
    assert rights(PictureFile(document)) == {
        ARTIST_TAG: "Zoë".encode(),
        COPYRIGHT_TAG: OWNER.encode(),
    }
    parser = PdfParser.PdfParser(buf=document)
    block = bytes(parser.read_indirect(parser.root[b"Metadata"]).buf)
    tree = ElementTree.fromstring(block.decode())
    assert [text for text in tree.itertext() if text.strip()] == ["Zoë", OWNER]
    assert pictures(document)[0].size == (40, 30)
    told = [(entry["label"], entry["value"]) for entry in receipt_of_result(document)["entries"]]
    assert told == [("Photographer", "Zoë"), ("Copyright", OWNER)]
    several = joined([document, kept_document("Ada", "")])
    labels = [entry["label"] for entry in receipt_of_result(several)["entries"]]
    assert labels == ["Photographer", "Copyright"]


def test_the_receipt_of_a_document_names_a_block_that_tells_more_than_the_rights() -> None:
    document = kept_document("Zoë", OWNER)
    for more in (b"<dc:title>x</dc:title></rdf:Description>", b"SECRET</rdf:Description>"):
        changed = document.replace(b"</rdf:Description>", more)
        labels = [entry["label"] for entry in receipt_of_result(changed)["entries"]]
        assert labels == ["Metadata", "XMP"]


def test_what_xml_cannot_hold_is_left_out_and_the_rest_stays_readable() -> None:
    document = kept_document("", "a\x07b\r\nc]]>d")
    assert rights(PictureFile(document)) == {COPYRIGHT_TAG: b"ab\r\nc]]>d"}
    latin = with_kept("pdf", document, Kept(words={COPYRIGHT_TAG: b"Zo\xeb"}))
    assert rights(PictureFile(latin)) == {COPYRIGHT_TAG: "Zoë".encode()}


def test_each_page_keeps_its_rights_and_the_document_says_all_of_them_once() -> None:
    first, second = kept_document("Zoë", OWNER), kept_document("Li", OWNER)
    whole = joined([first, second, first])
    parser = PdfParser.PdfParser(buf=whole)
    pages = [parser.read_indirect(page)[b"Metadata"] for page in parser.pages]
    creators = [in_xmp(bytes(parser.read_indirect(page).buf), "creator") for page in pages]
    assert creators == ["Zoë".encode(), b"Li", "Zoë".encode()]
    block = bytes(parser.read_indirect(parser.root[b"Metadata"]).buf)
    assert in_xmp(block, "creator") == "Zoë, Li".encode()
    assert in_xmp(block, "rights") == OWNER.encode()


def test_where_one_page_claims_nothing_the_document_does_not_either() -> None:
    plain = pdf(Image.new("RGB", (40, 30), "red"), export())
    whole = joined([kept_document("Zoë", OWNER), plain])
    parser = PdfParser.PdfParser(buf=whole)
    assert b"Metadata" not in parser.root
    assert [b"Metadata" in parser.read_indirect(page) for page in parser.pages] == [True, False]
    assert receipt_of_result(joined([plain, plain]))["entries"] == []
