"""The weights in the browser's storage, looked at from outside."""

CACHE = "onnx-model-v1"


STORED = """async (name) => {
  const cache = await caches.open(name);
  const stored = {};
  for (const request of await cache.keys()) {
    const body = await (await cache.match(request)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
    const hexadecimal = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    stored[new URL(request.url).pathname.slice(1)] = hexadecimal;
  }
  return stored;
}"""
"""Path and actual SHA-256 of everything in a cache."""


def wait_for_label(page, words):
    """Wait until the line at the foot of the page says ``words``."""
    page.page.wait_for_function(
        "words => document.getElementById('engine-label').textContent === words", arg=words
    )


def stored(page):
    return page.page.evaluate(STORED, CACHE)
