"""The photos that are measured with, and the peer's page that is served for them."""

import json

import pytest
from PIL import Image

from tools.bench.peer import PIECE, PeerSite, write_data
from tools.bench.photos import copy_as, enlarged, make_photos
from tools.setup.complaint import Complaint
from tools.site.answers import Answers


@pytest.mark.parametrize("megapixels", [0.02, 0.5])
def test_photos_have_the_size_that_is_asked_for_and_the_same_pixels_each_time(megapixels):
    image = Image.linear_gradient("L").resize((90, 60))
    large = enlarged(image, megapixels)
    assert large.mode == "RGB"
    assert large.width * large.height == pytest.approx(megapixels * 1e6, rel=0.01)
    assert large.width / large.height == pytest.approx(1.5, rel=0.02)
    assert large.tobytes() == enlarged(image, megapixels).tobytes()


def test_chosen_photos_become_files_of_each_size(tmp_path):
    chosen = tmp_path / "mine.png"
    Image.new("RGB", (30, 20), "red").save(chosen)
    photos = make_photos([chosen], [0.01, 0.02])
    assert [path.name for path in photos[0.01]] == ["0-mine.jpg"]
    assert make_photos([chosen], [0.01])[0.01] == photos[0.01]
    copy = copy_as(photos[0.02][0], tmp_path, "fresh")
    assert copy.read_bytes() == photos[0.02][0].read_bytes()
    chosen.write_text("no picture")
    with pytest.raises(Complaint, match=r"mine\.png is no picture"):
        make_photos([chosen], [0.01])


def test_resources_are_listed_piece_by_piece(tmp_path):
    content = bytes(range(256)) * (PIECE // 256) + b"rest"
    write_data(tmp_path / "data", {"/models/one": (content, "some/kind")})
    entry = json.loads((tmp_path / "data" / "resources.json").read_text())["/models/one"]
    assert (entry["size"], entry["mime"]) == (len(content), "some/kind")
    assert [chunk["offsets"] for chunk in entry["chunks"]] == [[0, PIECE], [PIECE, PIECE + 4]]
    pieces = [(tmp_path / "data" / chunk["name"]).read_bytes() for chunk in entry["chunks"]]
    assert b"".join(pieces) == content


def test_the_peers_folder_is_served_and_nothing_else(tmp_path):
    folder = tmp_path / "peer"
    folder.mkdir()
    (tmp_path / "secret").write_text("no")
    (folder / "index.html").write_text("page")
    (folder / "_headers").write_text("/*\n  X-Test: yes\n")
    answers = Answers(PeerSite(folder))
    assert answers.answer("GET", "/", {}).body == b"page"
    assert answers.answer("GET", "/", {}).headers["X-Test"] == "yes"
    for path in ("/_headers", "/../secret", "/.complete", "/missing", "//index.html"):
        assert answers.answer("GET", path, {}).status == 404
    assert PeerSite(folder).paths() == ["index.html"]
