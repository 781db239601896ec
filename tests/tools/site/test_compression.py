import gzip
import os

import brotli

from tools.site.answers import Answers
from tools.site.compression import CompressedFiles, compress
from tools.site.site import Site

BIG = "/assets/vendor/pyodide/big.wasm"


def test_small_files_are_compressed_at_once(checkout):
    answers = Answers(Site(checkout), CompressedFiles())
    answer = answers.answer("GET", "/", {"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.body) == (checkout / "index.html").read_bytes()


def test_large_files_go_out_as_they_are_until_their_compressed_form_is_ready(checkout):
    compressed = CompressedFiles()
    answers = Answers(Site(checkout), compressed)
    first = answers.answer("GET", BIG, {"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in first.headers
    compressed.wait()
    second = answers.answer("GET", BIG, {"Accept-Encoding": "gzip"})
    assert second.headers["Content-Encoding"] == "gzip"
    assert second.headers["Content-Length"] == str(len(second.body))
    assert gzip.decompress(second.body) == first.body


def test_the_shell_is_compressed_ahead_and_found_again_by_the_next_start(checkout):
    first = CompressedFiles()
    first.request_shell(Site(checkout))
    first.wait()
    answers = Answers(Site(checkout), CompressedFiles())
    assert "Content-Encoding" in answers.answer("GET", BIG, {"Accept-Encoding": "br"}).headers


def test_what_does_not_shrink_is_sent_as_it_is(checkout):
    noise = os.urandom(200_000)
    (checkout / "assets" / "noise.bin").write_bytes(noise)
    compressed = CompressedFiles()
    answers = Answers(Site(checkout), compressed)
    for _ in range(2):
        answer = answers.answer("GET", "/assets/noise.bin", {"Accept-Encoding": "br"})
        assert answer.body == noise
        compressed.wait()


def test_compressing_twice_gives_the_same_bytes():
    for encoding in ("br", "gzip"):
        assert compress(b"paper " * 500, encoding) == compress(b"paper " * 500, encoding)
