"""Asks a server in plain HTTP, with any method, body and headers."""

import http.client
from urllib.parse import urlsplit


def request(url, method="GET", path="/", body=None, headers=None):
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()
