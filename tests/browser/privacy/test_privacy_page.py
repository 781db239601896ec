"""The privacy page reads without script and without a network."""

import pytest

from tests.browser.support.axe import violations
from tests.browser.support.opening import open_filled
from tools.site.server import running_server


def test_it_reads_without_script(open_page, made_server):
    page = open_page(made_server.url, ready=False, java_script_enabled=False)
    page.page.goto(made_server.url + "privacy.html")
    assert page.page.locator("h2").count() >= 8
    assert page.page.locator("h1").is_visible()


def test_it_fits_a_small_phone(open_page, made_server):
    page = open_page(made_server.url, ready=False, viewport={"width": 360, "height": 740})
    page.page.goto(made_server.url + "privacy.html")
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("tag", ["en", pytest.param("ar", marks=pytest.mark.slow)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(open_page, made_server, scheme, tag):
    page = open_page(made_server.url, ready=False, color_scheme=scheme, locale=tag)
    page.page.goto(made_server.url + "privacy.html")
    page.page.wait_for_selector(f"html[lang={tag}]")
    assert violations(page) == []


@pytest.mark.slow
def test_it_opens_without_a_network(open_page, made_root):
    with running_server(made_root) as server:
        page = open_filled(open_page, server.url)
        server.stop()
        page.page.context.set_offline(True)
        page.page.goto(server.url + "privacy.html")
        assert page.page.locator("h1").inner_text() == "Privacy and questions"


def test_a_link_with_a_query_opens_the_page_and_the_query_goes_nowhere(open_page, made_root):
    with running_server(made_root) as server:
        page = open_filled(open_page, server.url)
        earlier = len(server.records)
        page.page.goto(server.url + "?from=newsletter&photo=cGl4ZWxz")
        page.page.wait_for_selector("html[data-python=ready]")
        assert page.page.url == server.url
        assert [record for record in server.records[earlier:] if record.query] == []
