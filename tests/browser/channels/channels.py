"""Every way known to us in which a page or a worker could send something away.

Each is JavaScript that uses an address ``url`` (http, with data in its path) and a text ``data``.
"""

LINK = "const link = Object.assign(document.createElement('link'), {href: url, %s});"
APPEND = "document.head.append(link)"

EVERYWHERE = {
    "fetch": "fetch(url, {mode: 'no-cors'})",
    "fetch, POST": "fetch(url, {mode: 'no-cors', method: 'POST', body: data})",
    "fetch, keepalive": (
        "fetch(url, {mode: 'no-cors', method: 'POST', keepalive: true, body: data})"
    ),
    "fetch, query": "fetch(url + '?' + data, {mode: 'no-cors'})",
    "XMLHttpRequest": (
        "const request = new XMLHttpRequest(); request.open('POST', url); request.send(data)"
    ),
    "WebSocket": "new WebSocket(url.replace('http', 'ws'))",
    "EventSource": "new EventSource(url)",
    "WebTransport": "new WebTransport(url.replace('http', 'https')).closed",
    "import()": "import(url)",
    "font": "const face = new FontFace('x', `url(${url})`); face.load()",
}
"""Asked for from the page and from a worker."""

PAGE_ONLY = {
    "sendBeacon": "navigator.sendBeacon(url, data)",
    "image": "new Image().src = url",
    "audio": "new Audio(url).load()",
    "video": "Object.assign(document.createElement('video'), {src: url}).load()",
    "script": "document.head.append(Object.assign(document.createElement('script'), {src: url}))",
    "worker": "new Worker(url)",
    "object": "document.body.append(Object.assign(document.createElement('object'), {data: url}))",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'), {src: url}))",
    "style sheet": LINK % "rel: 'stylesheet'" + APPEND,
    "CSS url()": "document.body.style.backgroundImage = `url(${url})`",
    "preload": LINK % "rel: 'preload', as: 'fetch'" + APPEND,
    "modulepreload": LINK % "rel: 'modulepreload'" + APPEND,
    "prefetch": LINK % "rel: 'prefetch'" + APPEND,
    "preconnect": LINK % "rel: 'preconnect'" + APPEND,
    "speculation rules": (
        "document.head.append(Object.assign(document.createElement('script'), {type: "
        "'speculationrules', textContent: JSON.stringify({prefetch: [{urls: [url]}]})}))"
    ),
    "link ping": (
        "const anchor = Object.assign(document.createElement('a'), {href: '#x', ping: url});"
        "document.body.append(anchor); anchor.click()"
    ),
    "WebRTC": (
        "const host = new URL(url).host;"
        "const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:' + host}]});"
        "peer.createDataChannel(data); peer.createOffer().then((o) => peer.setLocalDescription(o))"
    ),
}
"""Asked for from the page, all in one."""

WORKER_ONLY = {"importScripts": "importScripts(url)"}

LEAVING = {
    "form": (
        "const form = Object.assign(document.createElement('form'), {action: url, method: 'POST'});"
        "form.append(Object.assign(document.createElement('input'), {name: 'x', value: data}));"
        "document.body.append(form); form.submit()"
    ),
    "window.open": "window.open(url)",
    "location": "location.href = url",
    "link": (
        "const anchor = Object.assign(document.createElement('a'), {href: url});"
        "document.body.append(anchor); anchor.click()"
    ),
}
"""Asked for from a page of their own each, because they may leave it."""

FRAME_WEBRTC = (
    "const frame = document.createElement('iframe'); document.body.append(frame);"
    "const peer = new frame.contentWindow.RTCPeerConnection("
    "{iceServers: [{urls: 'stun:' + new URL(url).host}]});"
    "peer.createDataChannel(data); peer.createOffer().then((o) => peer.setLocalDescription(o))"
)
"""WebRTC through an empty frame; the browser may end the page for it."""

LEAVING["WebRTC in a frame"] = FRAME_WEBRTC


def attempt(code: str) -> str:
    """Return a function of ``url`` and ``data`` that tries and returns what was thrown, or ''."""
    return f"async (url, data) => {{ try {{ {code} }} catch (error) {{ return error.name }} }}"
