"""``dev.py serve``: the app on this machine, with the headers and the caching of a real host."""

import argparse
import errno
import ipaddress
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from tools.site.answers import Answers
    from tools.site.request_log import RequestRecord
    from tools.site.server import Server

DEFAULT_PORT = 8000
ATTEMPTS = 20
"""Ports that are tried, one after the other, when none was asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--port", type=int, help=f"port to listen on (default: {DEFAULT_PORT})")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--open", action="store_true", help="open the page in your browser")
    parser.add_argument("--quiet", action="store_true", help="do not log requests")
    parser.add_argument(
        "--dist", type=Path, metavar="DIR", help="serve a folder made by 'dev.py build' instead"
    )


def run(args: argparse.Namespace) -> int:
    """Prepare the parts and serve until Ctrl-C."""
    from tools.setup.checkout import ROOT
    from tools.setup.progress import make_console
    from tools.site.answers import Answers
    from tools.site.compression import CompressedFiles
    from tools.site.preparation import prepare
    from tools.site.request_log import print_record
    from tools.site.site import Site

    console = make_console()
    if args.dist is None:
        prepare(console)
    elif not (args.dist / "manifest.json").is_file():
        raise Complaint(f"{args.dist} is no built site. Make it with 'dev.py build -o DIR'.")
    site = Site(args.dist or ROOT)
    compressed = CompressedFiles()
    report = None if args.quiet else lambda record: print_record(record, console)
    server = bind(args.host, args.port, Answers(site, compressed), report)
    compressed.request_shell(site)
    console.print(f"[bold green]Homecut is ready:[/bold green] {server.url}")
    for sentence in reach(args.host, server.server_address[1]):
        console.print(sentence, highlight=False)
    if args.open:
        webbrowser.open(server.url)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.print("Stopped.")
    return 0


def reach(host: str, port: int) -> list[str]:
    """Return sentences about who can open the page, none where it is this machine alone."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        # A name; it stands for what it is resolved to.
        address = ipaddress.ip_address(socket.gethostbyname(host))
    if address.is_loopback:
        return []
    places = [str(address)]
    if address.is_unspecified:
        places = own_addresses(socket.AF_INET if address.version == 4 else socket.AF_INET6)
    urls = [f"http://{f'[{place}]' if ':' in place else place}:{port}/" for place in places]
    return [
        "Everybody who can reach this machine, so everybody in its network, can now open it: "
        + (", ".join(urls) or "this machine has no address in a network just now")
        + ". They get the page's files and nothing else.",
        "Their browsers need https for this page; over plain http they hide what it needs.",
    ]


def own_addresses(family: socket.AddressFamily) -> list[str]:
    """Return the address that this machine has towards the network; nothing is sent for it."""
    elsewhere = "192.0.2.1" if family == socket.AF_INET else "2001:db8::1"  # for documents only
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((elsewhere, 9))
        except OSError:
            return []  # no network
        return [str(probe.getsockname()[0])]


def bind(
    host: str,
    port: int | None,
    answers: "Answers",
    report: "Callable[[RequestRecord], None] | None",
) -> "Server":
    """Return a server on the wanted port, or on the next free one if none was named.

    Raises :class:`Complaint` when the port is taken or the address is not this machine's.
    """
    from tools.site.server import Server

    ports = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + ATTEMPTS)
    for candidate in ports:
        try:
            return Server((host, candidate), answers, report)
        except socket.gaierror as error:
            raise Complaint(f"{host} is no address of this machine. Leave --host out.") from error
        except OverflowError as error:
            raise Complaint(f"{candidate} is no port. Choose one from 1024 to 65535.") from error
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise Complaint(
                    f"{host} is no address of this machine. Leave --host out."
                ) from error
            if error.errno == errno.EACCES:
                raise Complaint(
                    f"Port {candidate} is reserved by the system. Choose one above 1023."
                ) from error
            if error.errno != errno.EADDRINUSE:
                raise
    if port is not None:
        raise Complaint(
            f"Port {port} is in use. Choose another with --port, or leave it out to take the "
            "next free one."
        )
    raise Complaint(
        f"Ports {DEFAULT_PORT} to {DEFAULT_PORT + ATTEMPTS - 1} are all in use. Choose a free one "
        "with --port."
    )
