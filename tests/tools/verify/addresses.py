"""An address to verify, with what the build has for it."""

from tools.site.headers import parse_headers
from tools.verify.address import Address, checked_base


def address(url, contents):
    """Return an :class:`Address` whose headers are those of the build."""
    return Address(checked_base(url), contents, parse_headers(contents["_headers"].decode()))
