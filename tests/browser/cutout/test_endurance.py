"""Workers that hang, run out of memory or work for nobody; storage that is full or damaged."""

import shutil

import pytest

from common.errors import sentence
from common.notices import notice
from tests.browser.support.journal import wait_until_written
from tests.browser.support.made_site import SLOW_CONVOLUTIONS, make_site
from tests.browser.support.pictures import save_spotlight
from tools.site.server import running_server

RUN = "        mask = await network.run(tensor, side)\n"
"""The line of worker.py that the made faults stand before."""

HANGS = "        if side > 512:\n            await js.Promise.withResolvers().promise\n"
RUNS_OUT = "        if side > 512:\n            raise MemoryError()\n"
ALWAYS_RUNS_OUT = "        raise MemoryError()\n"

SPOIL_JOURNAL = """async (entry) => {
  const root = await navigator.storage.getDirectory();
  for await (const [name, folder] of root.entries()) {
    if (!name.startsWith('homecut-journal-')) continue;
    const stream = await (await folder.getFileHandle(entry)).createWritable();
    await stream.write('{"name": "bro');
    await stream.close();
  }
}"""


DONE = '"state": "done"'
"""Stands in the entry of a photo once its file is written down."""


def changed_site(made_root, folder, fault):
    """Return a copy of the made site whose network has a fault and whose patience is short."""
    root = folder / "site"
    shutil.copytree(made_root, root)
    replace(root / "worker.py", RUN, fault + RUN)
    replace(root / "ui/state/pace.py", "FIRST_PATIENCE = 240", "FIRST_PATIENCE = 15")
    replace(root / "ui/state/pace.py", "LEAST_PATIENCE = 20", "LEAST_PATIENCE = 8")
    return root


def replace(file, old, new):
    """Change a file that holds ``old`` exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def limit_storage(page, url, extra):
    """Let the page's origin keep no more than ``extra`` bytes beside what it keeps now."""
    session = page.page.context.new_cdp_session(page.page)
    origin = url.rstrip("/")
    used = session.send("Storage.getUsageAndQuota", {"origin": origin})["usage"]
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": used + extra})
    return session


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(HANGS, id="hangs", marks=pytest.mark.slow),
        pytest.param(RUNS_OUT, id="runs out of memory", marks=pytest.mark.slow),
    ],
)
def test_a_photo_whose_network_breaks_is_done_one_tier_lower_and_says_so(
    open_page, made_root, tmp_path, fault
):
    with running_server(changed_site(made_root, tmp_path, fault)) as server:
        page = open_page(server.url)
        page.add_files([save_spotlight(tmp_path / "photo.png")])

        (row,) = page.wait_until_ended()

        assert row.state == "done"
        assert notice("lower_tier") in page.page.text_content("#stage-facts")


@pytest.mark.slow
def test_a_photo_that_never_fits_into_memory_ends_in_a_sentence(open_page, made_root, tmp_path):
    with running_server(changed_site(made_root, tmp_path, ALWAYS_RUNS_OUT)) as server:
        page = open_page(server.url)
        page.add_files([save_spotlight(tmp_path / "photo.png")])

        (row,) = page.wait_until_ended()

        assert (row.state, row.status) == ("failed", sentence("out_of_memory"))


@pytest.mark.slow
def test_the_network_stops_working_for_a_cancelled_photo(open_page, tmp_path):
    # A pass has to outlast a fresh start of the network by far, else it is not stopped.
    (tmp_path / "site").mkdir()
    with running_server(make_site(tmp_path / "site", 3 * SLOW_CONVOLUTIONS)) as server:
        page = open_page(server.url)
        page.add_files([save_spotlight(tmp_path / "first.png")])
        page.page.wait_for_selector(".row[data-preview=yes]")  # the first pass told how fast it is

        page.page.get_by_role("button", name="Cancel first.png").click()

        page.page.wait_for_selector("script[name=segment-2]", state="attached", timeout=2000)
        page.add_files([save_spotlight(tmp_path / "second.png", seed=1)])
        states = {row.name: row.state for row in page.wait_until_ended()}
        assert states == {"first.png": "cancelled", "second.png": "done"}


@pytest.mark.slow
def test_with_storage_filled_in_mid_queue_the_page_works_on_and_keeps_what_it_had(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url)
    page.add_files([save_spotlight(tmp_path / "first.png")])
    page.wait_until_ended()
    wait_until_written(page, DONE)

    session = limit_storage(page, made_server.url, 0)
    page.add_files([save_spotlight(tmp_path / "second.png", 640, 480, seed=1)])
    rows = page.wait_until_ended()
    assert [row.state for row in rows] == ["done", "done"]
    page.save(1, tmp_path / "second.cutout.png")
    assert (tmp_path / "second.cutout.png").stat().st_size > 100

    # Twice, since nothing may be deleted that cannot be written anew.
    for _ in range(2):
        page.page.reload()
        page.page.wait_for_selector("html[data-python=ready]")
        page.page.wait_for_selector(".row[data-state=done]")
        assert "first.png" in [row.name for row in page.rows()]
        page.page.wait_for_timeout(1500)

    session = page.page.context.new_cdp_session(page.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": made_server.url.rstrip("/")})


@pytest.mark.slow
def test_a_damaged_entry_of_the_journal_does_not_take_the_others_along(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url)
    page.add_files([save_spotlight(tmp_path / f"{number}.png", seed=number) for number in (1, 2)])
    page.wait_until_ended()
    wait_until_written(page, DONE, count=2)

    page.page.evaluate(SPOIL_JOURNAL, "1.json")
    page.page.reload()
    page.page.wait_for_selector("html[data-python=ready]")

    page.page.wait_for_selector(".row[data-state=done]")
    assert [row.name for row in page.rows()] == ["2.png"]
