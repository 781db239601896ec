"""SVG: how large it is, what is taken out of it, and what is refused before a browser draws it."""

import time

import pytest

from common.errors import Refusal
from core.readers.drawing import MOST_PARTS, drawing
from tests.core.pictures import refusal_code

HEAD = (
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' {}>{}</svg>"
)


def svg(inside="", attributes="width='40' height='30'", before=""):
    """Return an SVG file."""
    return (before + HEAD.format(attributes, inside)).encode()


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("width='40' height='30'", (40, 30)),
        ("width='1in' height='25.4mm'", (96, 96)),
        ("viewBox='0 0 24 12'", (24, 12)),
        ("viewBox='0,0 , 24 12' width='48'", (48, 24)),
        ("viewBox='0 0 24 12' height='6px'", (12, 6)),
        ("viewBox='0 0 24 12' width='100%' height='100%'", (24, 12)),
        ("width='100%' height='50%'", (300, 150)),
        ("", (300, 150)),
        ("viewBox='0 0 0 0'", (300, 150)),
        ("width='-3' height='nan' viewBox='0 0 1e99 3'", (300, 150)),
    ],
)
def test_a_drawing_is_as_large_as_browsers_show_it(attributes, size):
    found = drawing(svg(attributes=attributes))
    assert (round(found.width), round(found.height)) == size


def test_a_drawing_is_drawn_at_the_size_that_is_asked_for():
    text = drawing(svg("<rect width='4' height='4'/>")).drawn_at(400, 300).decode()
    assert 'width="400"' in text
    assert 'height="300"' in text
    assert 'viewBox="0 0 40 30"' in text


ACTIVE = """
<script>fetch('https://example.org/SECRET')</script><script xlink:href="https://example.org/SECRET"/>
<image href="https://example.org/SECRET.png" width="9" height="9"/>
<image xlink:href="//example.org/SECRET.png"/><use href="other.svg#SECRET"/>
<foreignObject><h:p xmlns:h="http://www.w3.org/1999/xhtml">SECRET</h:p></foreignObject>
<style>@import url(//example.org/SECRET.css); rect { fill: url('//example.org/SECRET#a') }</style>
<rect onclick="SECRET()" onLoad="SECRET()" fill="url(//example.org/SECRET.svg#a)" width="9"/>
<image href="data:image/svg+xml;base64,SECRET"/><a href="javascript:SECRET()"><rect/></a>
<metadata>SECRET</metadata><x:private xmlns:x="urn:SECRET"/>
"""


def test_nothing_that_runs_loads_or_tells_is_left_in_the_copy():
    found = drawing(svg(ACTIVE + "<!-- SECRET -->"))
    text = found.drawn_at(40, 30)
    assert b"SECRET" not in text
    assert b"example.org" not in text
    assert text.count(b"rect") >= 2
    labels = [label for label, _ in found.told]
    assert labels == ["Comment", "Metadata", "Data of the drawing program",
                      "Data of the drawing program"]  # fmt: skip


def test_what_a_drawing_needs_of_itself_stays():
    kept = (
        "<defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs>"
        "<rect fill='url(#a)' width='9' height='9'/><use href='#a'/>"
        "<image href='data:image/png;base64,AAAA'/><style>rect { fill: url(#a) }</style>"
    )
    text = drawing(svg(kept)).drawn_at(4, 3).decode()
    for part in ("url(#a)", 'href="#a"', "data:image/png;base64,AAAA", "fill: url(#a)"):
        assert part in text


def laughing(levels, form):
    """Return a drawing whose parts use each other ten times a level."""
    parts = ["<g id='l0'><rect width='1' height='1'/></g>"]
    for level in range(1, levels):
        use = form.format(level - 1)
        parts.append(f"<g id='l{level}'>{use * 10}</g>")
    return svg("".join(parts) + form.format(levels - 1))


FORMS = (
    "<use href='#l{}'/>",
    "<use xlink:href=' #l{}'/>",
    "<rect fill='url(#l{})'/>",
    "<rect style='mask:url(\"#l{}\")'/>",
)


@pytest.mark.parametrize("form", FORMS)
def test_a_laughing_drawing_is_refused_at_once(form):
    started = time.monotonic()
    assert refusal_code(drawing, laughing(30, form)) == "too_intricate"
    assert time.monotonic() - started < 5
    assert drawing(laughing(4, form)).width == 40


def test_entities_that_unfold_are_refused_and_ordinary_ones_are_read():
    levels = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = f"<!DOCTYPE svg [<!ENTITY l0 'ha'>{levels}]>"
    assert refusal_code(drawing, svg("<text>&l11;</text>", before=bomb)) == "damaged"
    plain = "<!DOCTYPE svg [<!ENTITY ns 'http://example.org/'>]>"
    assert drawing(svg("<text>&ns;</text>", before=plain)).width == 40
    outside = "<!DOCTYPE svg [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
    assert refusal_code(drawing, svg("<text>&f;</text>", before=outside)) == "damaged"


def test_parts_that_use_each_other_in_a_circle_and_style_sheets_with_patterns_end():
    circle = "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g><use href='#a'/>"
    assert drawing(svg(circle)).width == 40
    pattern = "<style>rect { fill: url(#p) }</style><pattern id='p'><rect/><rect/></pattern>"
    assert drawing(svg(pattern + "<rect/>" * 50)).width == 40


NONE = (
    b"<svg",
    svg()[:-3],
    b"<html><svg/></html>",
    svg().replace(b"2000/svg", b"none"),
    b"<svg>\xff\xfe</svg>",
)


@pytest.mark.parametrize("data", NONE)
def test_what_is_no_drawing_is_refused_as_damaged(data):
    assert refusal_code(drawing, data) == "damaged"


def test_too_many_or_too_deep_parts_are_refused():
    assert refusal_code(drawing, svg("<rect/>" * (MOST_PARTS + 1))) == "too_intricate"
    with pytest.raises(Refusal, match="intricate"):
        drawing(svg("<g>" * 5000 + "</g>" * 5000))


def test_a_long_chain_of_uses_is_refused_and_not_followed_to_its_end():
    parts = [f"<g id='c{n}'><use href='#c{n - 1}'/></g>" for n in range(5000)]
    assert refusal_code(drawing, svg("".join(reversed(parts)))) == "too_intricate"
