"""The long list of the build's files goes with what a browser takes policies from, and no further.

The gate of a copy of the page writes down every answer that it gives, to page, workers and windows.
"""

import json

from tests.browser.support.made_site import make_site
from tests.browser.support.mutations import replaced
from tools.site.server import running_server

NOTED = replaced(
    "sw.js",
    "  return new Response(body, { headers: own });",
    "  tell({ kind: 'made', path, destination, list: own['Connection-Allowlist'] ?? null });\n"
    "  return new Response(body, { headers: own });",
)

ONLY_READ = {"", "audio", "font", "image", "manifest", "style", "track", "video"}

HEAR = """globalThis.made = [];
navigator.serviceWorker.addEventListener('message', ({data}) => {
  if (data.kind === 'made') made.push(data); });
navigator.serviceWorker.startMessages();"""


def test_documents_workers_and_scripts_carry_the_exact_allowlist(open_page, tmp_path):
    root = make_site(tmp_path)
    NOTED(root)
    with running_server(root) as server:
        page = open_page(server.url, service_worker=True, ready=False)
        page.page.add_init_script(HEAR)
        page.open(server.url)
        page.page.wait_for_selector("html[data-filled]")
        window = page.page.context.new_page()
        for path in ("privacy.html", "assets/icons/favicon.svg", "manifest.json"):
            window.goto(server.url + path, wait_until="commit")
        page.page.evaluate("new Worker('assets/js/zip.js', {type: 'module'})")
        page.page.wait_for_function("made.some(({path}) => path === 'assets/js/zip.js')")
        made = page.page.evaluate("made")
        paths = json.loads(server.server.answers.site.manifest())["files"]
        page.page.context.close()
    patterns = ["", "sw.js", "manifest.json", *paths]
    exact = "(" + " ".join(f'"{server.url}{path}\\\\?"' for path in patterns) + ")"
    seen = {answer["destination"] for answer in made}
    assert {"document", "worker", "script", "style", ""} <= seen
    for answer in made:
        expected = None if answer["destination"] in ONLY_READ else exact
        assert answer["list"] == expected, (answer["path"], answer["destination"])


def test_what_is_refused_may_do_nothing_if_it_is_shown(open_page, made_server):
    page = open_page(made_server.url, service_worker=True)
    # With its policy's allowlist the browser asks for nothing invented; a navigation gets there.
    window = page.page.context.new_page()
    answer = window.goto(made_server.url + "invented")
    assert answer.status == 403
    assert answer.headers["connection-allowlist"] == "()"
    assert answer.headers["content-security-policy"].endswith("; sandbox")
    assert window.evaluate("origin") == "null"
