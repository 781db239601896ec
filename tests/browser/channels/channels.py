"""Every way known to us in which a page or a worker could send something away, in one list.

Each is JavaScript that uses an address ``url`` (http, with data in its path) and a text ``data``.
:data:`CHANNELS` says who tries which.
"""

FILE = "const file = new URL('/assets/css/theme.css', url);"
"""A file that the page itself may ask for; what is sent along tells of the attempt."""

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
    "fetch, POST to a file of the page": (
        FILE
        + "fetch(file + '#' + url, "
        + "{mode: 'no-cors', method: 'POST', body: 'x'.repeat(bodyLength(url))})"
    ),
    "fetch, query to a file of the page": FILE + "fetch(file + '?' + url, {mode: 'no-cors'})",
    "font": "const face = new FontFace('x', `url(${url})`); face.load()",
}
"""Asked for from every document and every worker."""

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
    "CSS url()": (
        "const box = document.createElement('p'); box.textContent = 'x';"
        "box.style.backgroundImage = `url(${url})`; document.body.append(box)"
    ),
    "preload": LINK % "rel: 'preload', as: 'fetch'" + APPEND,
    "modulepreload": LINK % "rel: 'modulepreload'" + APPEND,
    "prefetch": LINK % "rel: 'prefetch'" + APPEND,
    "preconnect": LINK % "rel: 'preconnect'" + APPEND,
    "speculation rules": (
        "document.head.append(Object.assign(document.createElement('script'), {type: "
        "'speculationrules', textContent: JSON.stringify({prefetch: [{urls: [url]}]})}))"
    ),
    "XSLT import": (
        "const sheet = `<x:stylesheet version='1.0' xmlns:x='http://www.w3.org/1999/XSL/Transform'>"
        "<x:import href='${url}'/><x:template match='/'><a/></x:template></x:stylesheet>`;"
        "const parse = (text) => new DOMParser().parseFromString(text, 'text/xml');"
        "const processor = new XSLTProcessor(); processor.importStylesheet(parse(sheet));"
        "processor.transformToFragment(parse('<a/>'), document)"
    ),
    "worker from text": (
        "const asked = `${JSON.stringify(url)}, {mode: 'no-cors', method: 'POST', body: 'x'}`;"
        "const lines = `fetch(${asked})`;"
        "new Worker(URL.createObjectURL(new Blob([lines])))"
    ),
    "service worker": "navigator.serviceWorker.register(url).catch(() => 0)",
    "web manifest": LINK % "rel: 'manifest'" + APPEND,
    "icon": LINK % "rel: 'icon'" + APPEND,
    "compression dictionary": LINK % "rel: 'compression-dictionary'" + APPEND,
}
"""Asked for from every document: the page, frames, pop-ups."""

PAGE_ALONE = {
    "link ping": (
        "const anchor = Object.assign(document.createElement('a'), {href: '#x', ping: url});"
        "document.body.append(anchor); anchor.click()"
    ),
    "background fetch": (
        "navigator.serviceWorker.ready.then(({backgroundFetch}) => backgroundFetch.fetch("
        "url, [new Request(url, {method: 'POST', body: data})]))"
    ),
    "paint worklet": "CSS.paintWorklet.addModule(url).catch(() => 0)",
    "fetchLater": "fetchLater(url, {method: 'POST', body: data, activateAfter: 0})",
    "WebRTC": (
        "const host = new URL(url).host;"
        "const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:' + host}]});"
        "peer.createDataChannel(data); peer.createOffer().then((o) => peer.setLocalDescription(o))"
    ),
}
"""Asked for from the page alone."""

WORKER_ONLY = {"importScripts": "importScripts(url)"}

LEAVING = {
    "form": (
        "const form = Object.assign(document.createElement('form'), {action: url, method: 'POST'});"
        "form.append(Object.assign(document.createElement('input'), {name: 'x', value: data}));"
        "document.body.append(form); form.submit()"
    ),
    "window.open": "window.open(url)",
    "location": "location.href = url",
    "link with download": (
        "const anchor = Object.assign(document.createElement('a'), {href: url + '?' + data});"
        "anchor.download = 'x'; document.body.append(anchor); anchor.click()"
    ),
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

SENDERS: dict[str, dict[str, str]] = {
    "page": EVERYWHERE | PAGE_ONLY | PAGE_ALONE | LEAVING,
    "worker": EVERYWHERE | WORKER_ONLY,
    "worker of a worker": EVERYWHERE | WORKER_ONLY,
    "empty frame": EVERYWHERE | PAGE_ONLY,
    "srcdoc frame": EVERYWHERE | PAGE_ONLY,
    "pop-up": EVERYWHERE | PAGE_ONLY,
    "blob document": EVERYWHERE | PAGE_ONLY,
}
"""Who tries: name of a channel, what is run there."""

CHANNELS = [(sender, name) for sender, codes in SENDERS.items() for name in codes]
"""Every sender with every channel; an attempt's number is its place here."""

HELPERS = """
  const bodyLength = (url) => 5000 + Number(/collect.(\\d+)x/.exec(url)[1]);
"""
"""What the attempts may call."""


def attempt(code: str) -> str:
    """Return a function of ``url`` and ``data`` that tries and returns what was thrown, or ''."""
    tried = f"try {{ {code} }} catch (error) {{ return error.name }}"
    return f"async (url, data) => {{ {HELPERS} {tried} }}"
