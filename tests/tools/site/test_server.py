import http.client
import time
from urllib.parse import urlsplit

import pytest

from tests.tools.site.asking import request
from tools.site.faults import corrupted, delayed, failing, first, truncated
from tools.site.server import running_server


def test_one_connection_serves_several_requests(checkout):
    with running_server(checkout) as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
        for path in ("/", "/main.py", "/nothing", "/sw.js"):
            connection.request("GET", path)
            response = connection.getresponse()
            assert len(response.read()) == int(response.headers["Content-Length"])
            socket = connection.sock
            assert socket is not None
        connection.close()
    assert [record.status for record in server.records] == [200, 200, 404, 200]


def test_a_head_request_gets_the_headers_alone(checkout):
    with running_server(checkout) as server:
        status, headers, body = request(server.url, "HEAD", "/main.py")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == (checkout / "main.py").stat().st_size


def test_the_record_tells_what_was_asked_and_sent(checkout):
    with running_server(checkout) as server:
        request(server.url, "POST", "/main.py?a=1", body=b"abc")
        request(server.url, "GET", "/")
    post, get = server.records
    assert (post.method, post.path, post.query, post.body_length) == ("POST", "/main.py", "a=1", 3)
    assert post.status == 405
    assert (get.body_length, get.status) == (0, 200)
    assert get.sent_bytes == (checkout / "index.html").stat().st_size


def test_no_header_stands_twice(checkout):
    with running_server(checkout) as server:
        _, headers, _ = request(server.url)
    names = [name.lower() for name in headers]
    assert len(names) == len(set(names))


def test_a_truncated_answer_breaks_off(checkout):
    with running_server(checkout, faults={"/main.py": truncated(4)}) as server:
        with pytest.raises(http.client.IncompleteRead) as error:
            request(server.url, path="/main.py")
        assert error.value.partial == b"prin"


def test_a_corrupted_answer_differs_in_one_byte(checkout):
    with running_server(checkout, faults={"/main.py": corrupted(-1)}) as server:
        _, _, body = request(server.url, path="/main.py", headers={"Accept-Encoding": "br"})
    right = (checkout / "main.py").read_bytes()
    assert body[:-1] == right[:-1]
    assert body[-1] != right[-1]


def test_faults_can_come_and_go_while_the_server_runs(checkout):
    with running_server(checkout) as server:
        server.faults["/main.py"] = first(1, failing(503))
        assert request(server.url, path="/main.py")[0] == 503
        assert request(server.url, path="/main.py")[0] == 200
        del server.faults["/main.py"]
        assert request(server.url, path="/main.py")[0] == 200


def test_a_delayed_answer_does_not_hold_up_the_others(checkout):
    with running_server(checkout, faults={"/main.py": delayed(0.5)}) as server:
        slow = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
        slow.request("GET", "/main.py")
        started = time.monotonic()
        assert request(server.url)[0] == 200
        assert time.monotonic() - started < 0.5
        assert slow.getresponse().status == 200
        slow.close()


def test_a_stopped_server_answers_nobody(checkout):
    with running_server(checkout) as server:
        server.stop()
        with pytest.raises(ConnectionRefusedError):
            request(server.url)
