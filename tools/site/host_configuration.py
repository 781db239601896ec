"""Writes ``_headers`` in the words of nginx, Caddy and Apache, into docs/hosts.

``python3 -m tools.site.host_configuration`` writes; a test fails when a file is not what it would
write. The folder of a build is expected at /srv/homecut; https is the host's own business.
"""

from pathlib import Path

from tools.setup.checkout import ROOT
from tools.site.headers import headers_for, read_headers_file
from tools.site.media_types import MIME_TYPES

FOLDER = ROOT / "docs/hosts"
PLACE = "/srv/homecut"
UNUSUAL_TYPES = (".mjs", ".webmanifest", ".toml", ".py")
"""Endings that servers often do not know or know wrongly."""

INTRODUCTION = (
    "# Made from _headers by tools/site/host_configuration.py. A build lies at {place}.\n"
)


def common_headers() -> dict[str, str]:
    """Return the headers of every answer."""
    found = headers_for(read_headers_file(ROOT / "_headers"), "/any")
    return {name: value for name, value in found.items() if name != "Cache-Control"}


def chunk_caching() -> str:
    """Return ``Cache-Control`` of the model's chunks."""
    rules = read_headers_file(ROOT / "_headers")
    return headers_for(rules, "/models/chunks/0.bin")["Cache-Control"]


def types() -> dict[str, str]:
    """Return ending: MIME type without its charset."""
    return {ending: MIME_TYPES[ending].partition(";")[0] for ending in UNUSUAL_TYPES}


def nginx() -> str:
    """Return a server block; ``add_header`` is repeated, because a location inherits none."""
    headers = "".join(
        f'    add_header {name} "{value}" always;\n' for name, value in common_headers().items()
    )
    inner = headers.replace("    add_header", "        add_header")
    kinds = "".join(f"        {kind} {ending[1:]};\n" for ending, kind in types().items())
    return (
        INTRODUCTION.format(place=PLACE)
        + "# Inside http { }, after 'include mime.types'.\n"
        + "server {\n    listen 8080;\n"
        + f"    root {PLACE};\n    index index.html;\n"
        + "    include mime.types;\n    types {\n"
        + kinds
        + "    }\n\n    if ($request_method !~ ^(GET|HEAD)$) { return 405; }\n\n"
        + headers
        + "    add_header Cache-Control no-cache always;\n\n"
        + "    location /models/chunks/ {\n"
        + inner
        + f'        add_header Cache-Control "{chunk_caching()}" always;\n    }}\n}}\n'
    )


def caddy() -> str:
    """Return a Caddyfile."""
    headers = "".join(f"\t\t{name} `{value}`\n" for name, value in common_headers().items())
    kinds = "".join(
        f"\t@type{number} path *{ending}\n\theader @type{number} Content-Type {kind}\n"
        for number, (ending, kind) in enumerate(types().items())
    )
    return (
        INTRODUCTION.format(place=PLACE)
        + ":8080 {\n"
        + f"\troot * {PLACE}\n\tencode zstd gzip\n"
        + "\t@writing not method GET HEAD\n\trespond @writing 405\n"
        + "\theader {\n"
        + headers
        + "\t}\n\t@chunks path /models/chunks/*\n\t@others not path /models/chunks/*\n"
        + f"\theader @chunks Cache-Control `{chunk_caching()}`\n"
        + "\theader @others Cache-Control no-cache\n"
        + kinds
        + "\tfile_server\n}\n"
    )


def apache() -> str:
    """Return directives for a virtual host; two modules have to be on."""
    headers = "".join(
        f'    Header always set {name} "{value}"\n' for name, value in common_headers().items()
    )
    kinds = "".join(f"    AddType {kind} {ending}\n" for ending, kind in types().items())
    return (
        INTRODUCTION.format(place=PLACE)
        + "# Needs mod_headers and mod_allowmethods ('a2enmod headers allowmethods').\n"
        + f"Listen 8080\n<VirtualHost *:8080>\n    DocumentRoot {PLACE}\n"
        + f"    <Directory {PLACE}>\n        Require all granted\n        AllowOverride None\n"
        + "        AllowMethods GET HEAD\n"
        + "    </Directory>\n    DirectoryIndex index.html\n    RemoveType .py\n"
        + "    # The archives of Python are files, not a way to send something else.\n"
        + "    RemoveEncoding .gz\n"
        + kinds
        + headers
        + "    Header always set Cache-Control no-cache\n"
        + '    <LocationMatch "^/models/chunks/">\n'
        + f'        Header always set Cache-Control "{chunk_caching()}"\n'
        + "    </LocationMatch>\n</VirtualHost>\n"
    )


WRITERS = {"nginx.conf": nginx, "Caddyfile": caddy, "apache.conf": apache}


def write_all(folder: Path = FOLDER) -> None:
    """Write the three files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, writer in WRITERS.items():
        (folder / name).write_text(writer(), encoding="utf-8")


if __name__ == "__main__":
    write_all()
