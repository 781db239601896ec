"""Each directive of the policies is needed: weaken one in a scratch copy, and something passes.

There is no service worker here and no ``Connection-Allowlist``, so that the policy stands alone, as
it does in private windows of some browsers.
"""

import re

import pytest

from tests.browser.channels.attempts import CARRIER, FOREIGN, OWN, Attempts, small_site, try_site
from tests.browser.support.mutations import Mutation, all_of, without
from tools.setup.checkout import ROOT
from tools.site.headers import headers_for, read_headers_file
from tools.site.server import running_server

pytestmark = pytest.mark.slow

NO_ALLOWLIST = without("_headers", r"  Connection-Allowlist:.*\n")

SENDING = {
    "connect-src": ("fetch", FOREIGN),
    "default-src": ("prefetch", FOREIGN),
    "font-src": ("font", OWN),
    "form-action": ("form", OWN),
    "frame-src": ("frame", OWN),
    "img-src": ("image", FOREIGN),
    "media-src": ("audio", OWN),
    "object-src": ("object", FOREIGN),  # to the own host, frame-src holds it, too
    "script-src": ("script", FOREIGN),
    "style-src": ("style sheet", FOREIGN),
}
"""Directive: what arrives without it, and where."""

INSERTING = {
    "script-src": """() => { const script = document.createElement('script');
        script.textContent = 'globalThis.ran = true'; document.body.append(script); }""",
    "script-src-attr": """() => { const button = document.createElement('button');
        button.setAttribute('onclick', 'globalThis.ran = true');
        document.body.append(button); button.click(); }""",
    "base-uri": """() => { const base = document.createElement('base');
        base.href = 'http://foreign.invalid/'; document.head.append(base);
        globalThis.ran = document.baseURI.includes('foreign'); }""",
}
"""Directive: what somebody could put into the page if a hole let them; it sets ``ran``."""

OTHERWISE = {
    "frame-ancestors": "test_without_frame_ancestors_another_site_may_frame_the_page",
    "worker-src": "browsers refuse workers from elsewhere by themselves",
    "manifest-src": "no program of the page can have a second manifest fetched and read",
}
"""Directive: where else it is seen to be needed, or why it cannot be seen."""


def weaker(directive: str, sources: str = "*") -> Mutation:
    """Return a mutation that lets a directive allow ``sources``, in headers and in the page."""

    def mutate(root) -> None:
        for name in ("_headers", CARRIER):
            text = (root / name).read_text(encoding="utf-8")
            changed = re.sub(rf"(?<![\w-]){directive} [^;\"\n]+", f"{directive} {sources}", text)
            assert changed != text or name == CARRIER, directive
            (root / name).write_text(changed, encoding="utf-8")

    return mutate


def tried(browser, root, *mutations: Mutation) -> Attempts:
    """Try everything of :data:`SENDING` on a mutated small site without a service worker."""
    all_of(NO_ALLOWLIST, *mutations)(small_site(root))
    return try_site(root, browser, False, [("page", name) for name, _ in SENDING.values()])


def sent(directive: str) -> tuple[str, str, str]:
    """Return what arrives without a directive, as :class:`Attempts` writes it down."""
    name, place = SENDING[directive]
    return ("page", name, place)


def test_every_directive_has_its_mutation():
    policy = headers_for(read_headers_file(ROOT / "_headers"), "/")["Content-Security-Policy"]
    directives = {part.split()[0] for part in policy.split(";")}
    assert directives == {*SENDING, *INSERTING, *OTHERWISE}


def test_the_whole_policy_lets_none_of_it_pass(browser, tmp_path):
    assert tried(browser, tmp_path).arrived & {sent(directive) for directive in SENDING} == set()


@pytest.mark.parametrize("directive", SENDING)
def test_without_a_directive_something_is_sent(browser, tmp_path, directive):
    all_of(NO_ALLOWLIST, weaker(directive))(small_site(tmp_path))
    attempts = try_site(tmp_path, browser, False, [("page", SENDING[directive][0])])
    assert sent(directive) in attempts.arrived


def runs(browser, root, code: str) -> bool:
    """Tell whether a piece of code that somebody put into the page takes effect there."""
    with running_server(root) as server:
        page = browser.new_page()
        page.goto(server.url + CARRIER)
        page.evaluate(code)
        ran = page.evaluate("globalThis.ran === true")
        page.context.close()
    return bool(ran)


@pytest.mark.parametrize("directive", INSERTING)
def test_what_is_put_into_the_page_takes_effect_only_without_the_directive(
    browser, tmp_path, directive
):
    (tmp_path / "whole").mkdir()
    (tmp_path / "weaker").mkdir()
    assert not runs(browser, small_site(tmp_path / "whole"), INSERTING[directive])

    weak = small_site(tmp_path / "weaker")
    weaker(directive, "'unsafe-inline'" if "script" in directive else "*")(weak)
    assert runs(browser, weak, INSERTING[directive])


def framed(browser, root, frame) -> bool:
    """Tell whether a page of another site can show the carrier in a frame."""
    (frame / "index.html").write_text("<!doctype html><iframe></iframe>", encoding="utf-8")
    with running_server(root) as server, running_server(frame) as other:
        page = browser.new_page()
        page.goto(other.url.replace("127.0.0.1", "localhost"))
        page.evaluate("url => { document.querySelector('iframe').src = url }", server.url + CARRIER)
        page.wait_for_timeout(1500)
        shown = any("privacy" in frame.url and frame.query_selector("h1") for frame in page.frames)
        page.context.close()
    return shown


def test_without_frame_ancestors_another_site_may_frame_the_page(browser, tmp_path):
    for name in ("whole", "weaker", "frame"):
        (tmp_path / name).mkdir()
    assert not framed(browser, small_site(tmp_path / "whole"), tmp_path / "frame")

    weak = small_site(tmp_path / "weaker")
    all_of(
        without("_headers", r"; frame-ancestors 'none'"),
        without("_headers", r"  Cross-Origin-Resource-Policy:.*\n"),
    )(weak)
    assert framed(browser, weak, tmp_path / "frame")


def allowed_features(browser, root) -> set[str]:
    """Return the names of all interfaces that the page may use, as the browser lists them."""
    with running_server(root) as server:
        page = browser.new_page()
        page.goto(server.url + CARRIER)
        features = page.evaluate("document.featurePolicy.allowedFeatures()")
        page.context.close()
    return set(features)


CLOSED = {"camera", "microphone", "geolocation", "payment", "usb", "serial", "hid", "midi"}


def test_without_the_permissions_policy_the_page_could_ask_for_the_camera(browser, tmp_path):
    (tmp_path / "whole").mkdir()
    (tmp_path / "weaker").mkdir()
    assert CLOSED & allowed_features(browser, small_site(tmp_path / "whole")) == set()

    weak = small_site(tmp_path / "weaker")
    without("_headers", r"  Permissions-Policy:.*\n")(weak)
    assert allowed_features(browser, weak) >= CLOSED


def test_what_the_header_closes_is_closed(browser, tmp_path):
    """Names that this browser does not know are left out, as it does."""
    header = headers_for(read_headers_file(ROOT / "_headers"), "/")["Permissions-Policy"]
    closed = {part.strip().removesuffix("=()") for part in header.split(",") if "=()" in part}
    assert closed & allowed_features(browser, small_site(tmp_path)) == set()


def test_a_host_without_headers_leaves_the_policy_of_the_document(browser, tmp_path):
    """Taken away there too, the page reaches others."""
    wanted = ("page", "WebSocket")
    for name, mutate, arrives in (
        ("meta", lambda root: (root / "_headers").unlink(), False),
        ("none", all_of(lambda root: (root / "_headers").unlink(),
                        without(CARRIER, r"<meta http-equiv=.*\n")), True),
    ):  # fmt: skip
        (tmp_path / name).mkdir()
        root = small_site(tmp_path / name)
        mutate(root)
        attempts = try_site(root, browser, False, [wanted])
        assert ((*wanted, FOREIGN) in attempts.arrived) is arrives, name
