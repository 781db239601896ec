"""Downloads over HTTPS that resume where they stopped and count only when their hash is right."""

import http.client
import os
import urllib.error
import urllib.request
from pathlib import Path

from rich.console import Console

from tools.setup.cache import file_digest
from tools.setup.progress import byte_progress

BLOCK = 1 << 18
"""Bytes that are read at once."""


class DownloadError(Exception):
    """A file could not be fetched, or arrived with another content than expected."""


def download(url: str, target: Path, sha256: str, console: Console, timeout: float = 30.0) -> None:
    """Fetch ``url`` into ``target``; only a file with that SHA-256 ever gets its name.

    What arrives goes to ``<target>.part`` and is continued (HTTP Range) by the next attempt.
    ``timeout`` is in seconds and holds for connecting and for each read. Raises
    :class:`DownloadError`; disk errors stay ``OSError``.
    """
    part = target.with_name(target.name + ".part")
    try:
        fetch(url, part, target.name, console, timeout)
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError) as error:
        raise DownloadError(f"{url} cannot be fetched: {error}") from error
    except ConnectionError as error:
        raise DownloadError(f"The connection to {url} broke: {error}") from error
    found = file_digest(part)
    if found != sha256:
        part.unlink()
        raise DownloadError(f"{url} has the SHA-256 {found}, expected {sha256}")
    os.replace(part, target)


def fetch(url: str, part: Path, name: str, console: Console, timeout: float) -> None:
    """Append to ``part`` what is still missing of ``url``, or start again if it cannot resume."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        response = urllib.request.urlopen(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        # 416: nothing is left to fetch; whether the content is right, the hash will tell.
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            return
        raise
    with response:
        resumed = response.status == http.client.PARTIAL_CONTENT
        have = have if resumed else 0
        length = response.headers.get("Content-Length")
        total = have + int(length) if length else None
        with part.open("ab" if resumed else "wb") as stream, byte_progress(console) as progress:
            task = progress.add_task(name, total=total, completed=have)
            while block := response.read(BLOCK):
                stream.write(block)
                progress.advance(task, len(block))
            # Reading in blocks, http.client does not report a connection that ended too early.
            if total is not None and stream.tell() < total:
                raise DownloadError(f"The connection to {url} ended too early")
