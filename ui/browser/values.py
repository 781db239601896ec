"""JavaScript's plain values for those who call the browser: objects, lists, promises, bytes."""

import js
import jsffi


def record(**values):
    """Return a JavaScript object with these values."""
    return jsffi.to_js(values)


def array(*values):
    """Return a JavaScript array of these values."""
    return js.Array.of(*values)


def promise():
    """Return a promise with its two ends: ``promise``, ``resolve(value)``, ``reject(reason)``."""
    return js.Promise.withResolvers()


def octets(content):
    """Return Python's bytes as a ``Uint8Array``."""
    return js.Uint8Array.new(jsffi.to_js(content))


def identifier():
    """Return a random name (a version 4 UUID, RFC 9562)."""
    return js.crypto.randomUUID()


def random_bytes(count):
    """Return random bytes of the browser's own generator."""
    return bytes(list(js.crypto.getRandomValues(js.Uint8Array.new(count))))


async def sha256(buffer):
    """Return the SHA-256 of an ``ArrayBuffer`` as lower-case hexadecimal digits (FIPS 180-4)."""
    digest = await js.crypto.subtle.digest("SHA-256", buffer)
    return "".join(["{:02x}".format(byte) for byte in js.Uint8Array.new(digest)])


def json_text(value):
    """Return a JavaScript value as JSON text."""
    return js.JSON.stringify(value)
