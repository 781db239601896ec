"""An answer that the log shows in part is not taken for another file."""

import base64
import hashlib

import pytest

from tools.verify.browser import as_reply
from tools.verify.net_log import END, Exchange

BODY = b"the whole file"


def exchange(body: bytes, coding: str = "", error: int = 0) -> Exchange:
    """Return what a log tells of an answer that promises :data:`BODY`, coded to eight bytes."""
    promised = 8 if coding else len(BODY)
    headers = ["HTTP/1.1 200 OK", f"Content-Length: {promised}"]
    found = Exchange("http://host.example/file", "other", "site")
    if coding:
        headers.append(f"Content-Encoding: {coding}")
    found.take("HTTP_TRANSACTION_READ_RESPONSE_HEADERS", {"params": {"headers": headers}})
    if coding:
        count = promised * len(body) // len(BODY)
        found.take("URL_REQUEST_JOB_BYTES_READ", {"params": {"byte_count": count}})
    read = {"byte_count": len(body), "bytes": base64.b64encode(body)}
    found.take("URL_REQUEST_JOB_FILTERED_BYTES_READ", {"params": read})
    found.take("REQUEST_ALIVE", {"phase": END, "params": {"net_error": error}})
    return found


@pytest.mark.parametrize("coding", ["", "br"])
def test_the_hash_of_a_whole_answer_counts(coding):
    (reply,) = as_reply(exchange(BODY, coding), "a visit")
    assert (reply.sha256, reply.fault) == (hashlib.sha256(BODY).hexdigest(), "")


@pytest.mark.parametrize("coding", ["", "br"])
def test_of_what_was_under_way_when_the_browser_was_closed_the_head_alone_counts(coding):
    (reply,) = as_reply(exchange(BODY[:7], coding), "a visit")
    assert (reply.status, reply.sha256, reply.fault) == (200, "", "")


def test_what_the_host_cuts_short_is_a_fault():
    (reply,) = as_reply(exchange(BODY[:7], error=-354), "a visit")
    assert "-354" in reply.fault
