"""Chromium's own network log (``--log-net-log``): all that the whole browser asked the network.

The browser's network service writes it, below pages, workers and service workers, so nothing
that a page does can stay out of it. Requests that a service worker answers from its cache and
requests that a policy blocks never reach the network and are not in it.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType

from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.progress import make_console

BEGIN = 1
"""``phase`` of an event that begins something."""


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


class NetLog:
    """A finished log; ``file`` is complete once the browser has ended."""

    def __init__(self, file: Path) -> None:
        self.log: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        self.names = {number: name for name, number in self.constants["logEventTypes"].items()}

    @property
    def constants(self) -> dict[str, Any]:
        """What the numbers in the events mean."""
        return self.log["constants"]

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the beginnings of the events of that name."""
        return [
            event
            for event in self.log["events"]
            if self.names[event["type"]] == name and event["phase"] in (0, BEGIN)
        ]

    def when(self, event: dict[str, Any]) -> float:
        """Return an event's time in seconds since 1970."""
        return (self.constants["timeTickOffset"] + int(event["time"])) / 1000

    def requests(self) -> list[NetRequest]:
        """Return every request in the order of beginning."""
        return [
            NetRequest(
                event["params"]["method"],
                event["params"]["url"],
                "upload_id" in event["params"],
                self.when(event),
                str(event["params"].get("network_isolation_key", "")),
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


def launch_with_log(chromium: BrowserType, file: Path) -> Browser:
    """Start a browser that writes its network log to ``file``."""
    program = ensure_chromium(make_console(quiet=True))
    flags = [flag for flag in CHROMIUM_FLAGS if flag != "--headless"] + [f"--log-net-log={file}"]
    return chromium.launch(executable_path=str(program), args=flags)
