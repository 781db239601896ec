"""The table of the audit: what it allows, and that it stays small and explained."""

import pytest

from tools.audit.findings import POWERS, REFUSED, Finding
from tools.audit.scan import scan, texts_of
from tools.audit.table import entry_text, judge, propose, read_table, renewed
from tools.audit.third_party import third_party
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint


def test_six_functions_ask_the_network_for_data():
    """The model store, the gate, what the user asks for (sample photo, lesson), a codec's text."""
    asking = {
        (entry.file, text)
        for entry in read_table()
        for kind, text in entry.allowed
        if kind == "powers" and "fetch(" in text
    }
    assert asking == {
        ("assets/js/codecs.js", "const response = await fetch(new URL(path, import.meta.url));"),
        (
            "assets/js/language.js",
            'const answer = await fetch(address, { credentials: "omit", '
            "signal: AbortSignal.timeout(PATIENCE) });",
        ),
        (
            "assets/js/packed.js",
            'const response = await fetch(address, { credentials: "omit" });',
        ),
        ("inference/model_store.py", "return await js.fetch(url, jsffi.to_js(options))"),
        ("sw.js", "return fetch(address, plain);"),
        ("ui/browser/incoming.py", "response = await js.fetch(BASE_URL + path)"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "RTCPeerConnection",
        "sendBeacon", "innerHTML", "importScripts", "eval", "Function", "src", "srcdoc", "action",
    ],
)  # fmt: skip
def test_nothing_of_ours_uses_the_other_channels(name):
    """The script that takes some of them from the page has to name them."""
    table = [entry for entry in read_table() if entry.file != "assets/js/ways_out.js"]
    used = [text for entry in table for _, text in entry.allowed]
    assert [text for text in used if text == name or text.endswith("." + name)] == []


def test_only_the_doors_hold_statements_with_a_power():
    """Besides file dialogues, timers and the like, which ``why`` explains one by one."""
    doors = ("ui/browser/", "inference/", "assets/js/", "sw.js", "worker.py", "lab_network.py")
    doors += ("pixelwork/",)
    others = {
        entry.file
        for entry in read_table()
        for kind, text in entry.allowed
        if kind == "powers" and not entry.file.startswith(doors) and ".click()" not in text
    }
    assert others == {
        "lab_page.py",  # the text of a lesson, from beside the page
        "ui/device/language_menu.py",  # loads the page anew in the chosen language
        "ui/device/readiness.py",  # asks for the end of the gate
        "ui/device/updates.py",  # asks for a newer version
        "ui/stage/stage.py",  # an attribute for the styles whose name is "view"
        "ui/work/codecs.py",  # a function of ours that is called "view"
    }


def test_installed_parts_and_weights_are_not_taken_for_ours():
    files = texts_of(ROOT)
    assert "_headers" in files
    assert [path for path in files if "vendor" in path or "chunks" in path] == []


def test_an_entry_without_a_reason_is_refused(tmp_path):
    file = tmp_path / "allowed.toml"
    file.write_text('[[allowed]]\nfile = "main.py"\nwhy = ""\nwords = ["x"]\n')
    with pytest.raises(Complaint, match="without a reason"):
        read_table(file)


def test_statements_are_allowed_in_one_file_at_a_time(tmp_path):
    file = tmp_path / "allowed.toml"
    file.write_text('[[allowed]]\nfile = "ui/*.py"\nwhy = "x"\npowers = ["js.fetch(x)"]\n')
    with pytest.raises(Complaint, match="more than one file"):
        read_table(file)


def test_what_is_refused_can_be_allowed_by_nobody(tmp_path):
    file = tmp_path / "allowed.toml"
    file.write_text(entry_text("main.py", "x", {REFUSED: ["eval"]}))
    finding = Finding("main.py", 1, REFUSED, "eval")
    assert judge([finding], read_table(file)).unlisted == [finding]


def test_a_star_stays_in_its_folder(tmp_path):
    file = tmp_path / "allowed.toml"
    file.write_text(entry_text("ui/*.py", "x", {"words": ["hidden"]}))
    inside, below = (Finding(p, 1, "words", "hidden") for p in ("ui/a.py", "ui/stage/a.py"))
    assert judge([inside, below], read_table(file)).unlisted == [below]


def test_proposals_are_entries_that_lack_a_reason(tmp_path):
    file = tmp_path / "allowed.toml"
    file.write_text(propose([Finding("main.py", 3, "powers", "js.fetch('x')")]))
    with pytest.raises(Complaint, match=r"main\.py"):
        read_table(file)


def test_writing_the_table_takes_in_names_but_no_statement(tmp_path):
    file = tmp_path / "allowed.toml"
    file.write_text(entry_text("ui/*.py", "x", {"words": ["old"]}))
    findings = [
        Finding("ui/a.py", 1, "words", "hidden"),
        Finding("ui/a.py", 2, "powers", "a.click()"),
        Finding("ui/a.py", 3, "reach", "js.open"),
        Finding("ui/a.py", 4, "imports", "socket"),
    ]
    file.write_text(renewed(findings, read_table(file)))
    (entry,) = read_table(file)
    assert (entry.why, entry.allowed) == ("x", {("words", "hidden")})


def test_the_table_is_in_the_form_that_writing_gives_it():
    from tools.audit.table import ALLOWED

    assert renewed(scan(ROOT), read_table()) == ALLOWED.read_text(encoding="utf-8")


def test_no_name_in_the_table_has_a_power():
    named = {
        text.rpartition(".")[2]
        for entry in read_table()
        for kind, text in entry.allowed
        if kind == "words"
    }
    assert named & POWERS == set()


def test_every_installed_program_that_can_reach_the_network_is_contained_by_something():
    parts = third_party(ROOT)
    assert len(parts) > 5
    assert [part.path for part in parts if not part.guard] == []


def test_what_the_page_takes_from_itself_is_only_deleted():
    entries = [entry for entry in read_table() if entry.file == "assets/js/ways_out.js"]
    powers = {text for entry in entries for kind, text in entry.allowed if kind == "powers"}
    for name in ("RTCPeerConnection", "backgroundFetch"):
        assert [text for text in powers if name in text and not text.startswith("delete ")] == []
