"""Chromium's own network log (``--log-net-log``): all that the whole browser asked the network.

The browser's network service writes it, below pages, workers and service workers, so nothing
that a page does can stay out of it. Requests that a service worker answers from its cache and
requests that a policy blocks never reach the network and are not in it.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEGIN = 1
"""``phase`` of an event that begins something."""

END = 2
"""``phase`` of an event that ends something."""


@dataclass(frozen=True)
class NetRequest:
    """One request that reached the network service."""

    method: str
    url: str
    has_body: bool
    unix_seconds: float
    partition: str
    """Network isolation key: the site of the page that is behind the request, whoever sends it.

    The browser's own housekeeping has another one or none.
    """
    cache_only: bool = False
    """Whether the browser's cache alone may answer, so that nobody is asked."""


class NetLog:
    """A finished log; ``file`` is complete once the browser has ended."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with file.open(encoding="utf-8") as lines:
            first = next(lines).rstrip().rstrip(",")
        self.constants: dict[str, Any] = json.loads(first + "}")["constants"]
        """What the numbers in the events mean."""
        self.names = {number: name for name, number in self.constants["logEventTypes"].items()}

    def read(self) -> Iterator[dict[str, Any]]:
        """Yield all events; each stands on a line of its own, so that a large log fits."""
        with self.file.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith('"polledData"'):
                    return
                if line.startswith("{") and not line.startswith('{"constants"'):
                    yield json.loads(line.rstrip().rstrip(",").removesuffix("]"))

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the beginnings of the events of that name."""
        return [
            event
            for event in self.read()
            if self.names[event["type"]] == name and event["phase"] in (0, BEGIN)
        ]

    def when(self, event: dict[str, Any]) -> float:
        """Return an event's time in seconds since 1970."""
        return float(self.constants["timeTickOffset"] + int(event["time"])) / 1000

    def requests(self) -> list[NetRequest]:
        """Return every request in the order of beginning."""
        cache_only = self.constants["loadFlag"]["ONLY_FROM_CACHE"]
        return [
            NetRequest(
                event["params"]["method"],
                event["params"]["url"],
                "upload_id" in event["params"],
                self.when(event),
                str(event["params"].get("network_isolation_key", "")),
                bool(event["params"].get("load_flags", 0) & cache_only),
            )
            for event in self.events("URL_REQUEST_START_JOB")
            if "method" in event.get("params", {})
        ]

    def requests_of(self, site: str) -> list[NetRequest]:
        """Return what pages of a site ("http://127.0.0.1") asked for, wherever it lies."""
        return [request for request in self.requests() if site in request.partition.split()]

    def looked_up_hosts(self) -> list[str]:
        """Return the hosts whose address was asked for."""
        return [
            str(event["params"]["host"])
            for event in self.events("HOST_RESOLVER_MANAGER_REQUEST")
            if "host" in event.get("params", {})
        ]


@dataclass
class Exchange:
    """One request of a log with what came back over the wire; a redirect begins another one."""

    url: str
    kind: str
    """"main frame" for what a window goes to, else something like "other"."""
    partition: str
    status_line: str = ""
    """Empty where nothing came over the wire: answered by a cache, or not at all."""
    headers: list[tuple[str, str]] = field(default_factory=list)
    """In the order of arrival, names in lower case."""
    error: int = 0
    """Chromium's number of what went wrong, negative; 0 where nothing did."""
    ended: bool = False
    arrived: int = 0
    """Bytes of the body as they came over the wire."""
    decoded: int = 0
    """Bytes of the body with its content coding undone."""
    _digest: Any = field(default_factory=hashlib.sha256, repr=False)

    @property
    def status(self) -> int:
        """The answer's status, 0 if there was none."""
        words = self.status_line.split()
        return int(words[1]) if len(words) > 1 else 0

    @property
    def sha256(self) -> str:
        """The hash of the body, its content coding undone."""
        return str(self._digest.hexdigest())

    @property
    def complete(self) -> bool:
        """Whether all of the body is there.

        A browser that is closed ends what is under way, without an error in the log; what the host
        cuts short is an error there.
        """
        headers = dict(self.headers)
        promised = headers.get("content-length", "")
        # Where there is no coding, the log counts one kind of bytes alone.
        arrived = self.arrived if "content-encoding" in headers else self.decoded
        short = promised.isdigit() and arrived < int(promised)
        return self.ended and not self.error and not short

    def take(self, name: str, event: dict[str, Any]) -> None:
        """Note what an event says of this exchange."""
        params = event.get("params", {})
        if name == "HTTP_TRANSACTION_READ_RESPONSE_HEADERS":
            self.status_line, *lines = params["headers"]
            pairs = (line.partition(":") for line in lines)
            self.headers = [(key.lower(), value.strip()) for key, _, value in pairs]
        elif name == "URL_REQUEST_JOB_BYTES_READ":
            self.arrived += int(params.get("byte_count", 0))
        elif name == "URL_REQUEST_JOB_FILTERED_BYTES_READ":
            self._digest.update(base64.b64decode(params.get("bytes", "")))
            self.decoded += int(params.get("byte_count", 0))
        elif name == "REQUEST_ALIVE" and event["phase"] == END:
            self.ended, self.error = True, int(params.get("net_error", 0))


def exchanges(file: Path) -> list[Exchange]:
    """Return all exchanges of a finished log that was written with capture mode "Everything"."""
    log = NetLog(file)
    found: list[Exchange] = []
    open_ones: dict[int, Exchange] = {}
    for event in log.read():
        name, number = log.names[event["type"]], event["source"]["id"]
        params = event.get("params", {})
        if name == "URL_REQUEST_START_JOB" and event["phase"] == BEGIN and "url" in params:
            key = str(params.get("network_isolation_key", ""))
            open_ones[number] = Exchange(params["url"], params.get("request_type", ""), key)
            found.append(open_ones[number])
        elif number in open_ones:
            open_ones[number].take(name, event)
    return found
