"""The snippets for other web servers say what ``_headers`` says."""

import shutil
import subprocess

import pytest

from tools.site.host_configuration import FOLDER, WRITERS, chunk_caching, common_headers


@pytest.mark.parametrize("name", WRITERS)
def test_a_snippet_is_made_from_the_headers_file(name):
    """After a change of _headers: 'python3 -m tools.site.host_configuration'."""
    assert (FOLDER / name).read_text(encoding="utf-8") == WRITERS[name]()


@pytest.mark.parametrize("name", WRITERS)
def test_a_snippet_names_every_header(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    for header, value in common_headers().items():
        assert header in text
        assert value in text
    assert chunk_caching() in text


@pytest.mark.parametrize("name", WRITERS)
def test_no_value_breaks_the_quotes_around_it(name):
    assert not any('"' in value or "`" in value for value in common_headers().values())


def test_nginx_accepts_its_snippet_where_it_is_installed(tmp_path):
    """Debian's mime.types stands for any; without nginx the form of the file is all there is."""
    text = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    if nginx := shutil.which("nginx"):
        (tmp_path / "mime.types").write_text("types { text/html html; }")
        (tmp_path / "nginx.conf").write_text(
            f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ {text} }}"
        )
        command = [nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False)
        assert outcome.returncode == 0, outcome.stderr
