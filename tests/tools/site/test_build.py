import json

import pytest

from tools.setup.complaint import Complaint
from tools.site.answers import Answers
from tools.site.build import LARGEST_FILE, build_site
from tools.site.site import Site


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_the_same_bytes(checkout, tmp_path):
    build_site(checkout, tmp_path / "one")
    build_site(checkout, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_build_holds_the_site_its_manifest_and_the_hosts_files(checkout, tmp_path):
    build = build_site(checkout, tmp_path / "dist")
    found = contents(tmp_path / "dist")
    expected = {*Site(checkout).paths(), "manifest.json", "_headers", ".nojekyll"}
    assert set(found) == expected
    assert json.loads(found["manifest.json"])["build"] == build
    assert f'const BUILD = "{build}";'.encode() in found["sw.js"]


def test_a_build_is_served_as_the_checkout_is(checkout, tmp_path):
    build_site(checkout, tmp_path / "dist")
    for path in ("/", "/sw.js", "/manifest.json", "/core/matte/mask.py"):
        from_checkout = Answers(Site(checkout)).answer("GET", path, {})
        assert Answers(Site(tmp_path / "dist")).answer("GET", path, {}) == from_checkout


def test_a_former_build_is_replaced_whole(checkout, tmp_path):
    build_site(checkout, tmp_path / "dist")
    (checkout / "main.py").unlink()
    build_site(checkout, tmp_path / "dist")
    assert "main.py" not in contents(tmp_path / "dist")
    assert not list(tmp_path.glob(".dist*"))


def test_files_that_no_build_wrote_are_never_overwritten(checkout, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"precious")
    with pytest.raises(Complaint, match="would be lost"):
        build_site(checkout, tmp_path / "photos")
    assert contents(tmp_path / "photos") == {"holiday.jpg": b"precious"}


def test_a_file_that_hosts_refuse_fails_the_build(checkout, tmp_path):
    with (checkout / "assets" / "huge.bin").open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(Complaint, match="25 MiB"):
        build_site(checkout, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("name", ["index.html", "models/models.json", "chunk"])
def test_a_site_that_cannot_work_is_not_built(checkout, tmp_path, name):
    path = Site(checkout).chunks()[0] if name == "chunk" else name
    (checkout / path).unlink()
    with pytest.raises(Complaint, match="is missing"):
        build_site(checkout, tmp_path / "dist")
