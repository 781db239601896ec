import pytest

from tools.site import serve


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.5"])
def test_nothing_is_said_where_only_this_machine_reaches_it(host):
    assert serve.reach(host, 8000) == []


@pytest.mark.parametrize(
    ("host", "address"), [("0.0.0.0", "192.168.7.5"), ("::", "fd00::5"), ("10.1.2.3", "10.1.2.3")]
)
def test_who_can_reach_it_is_said_with_the_addresses(monkeypatch, host, address):
    monkeypatch.setattr(serve, "own_addresses", lambda _family: [address])
    words = " ".join(serve.reach(host, 8000))
    assert "Everybody" in words
    assert f"http://{f'[{address}]' if ':' in address else address}:8000/" in words


def test_a_machine_without_a_network_says_so(monkeypatch):
    monkeypatch.setattr(serve, "own_addresses", lambda _family: [])
    assert "no address" in " ".join(serve.reach("0.0.0.0", 8000))
