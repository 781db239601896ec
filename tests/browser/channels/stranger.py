"""A stranger on the network: listens on ports of its own and remembers who knocks."""

import contextlib
import errno
import selectors
import socket
import threading
from collections.abc import Iterator


def listeners() -> tuple[socket.socket, socket.socket]:
    """Return a TCP and a UDP socket that listen on one port.

    A port that is free for TCP may belong to somebody else for UDP; then another one is taken.
    """
    while True:
        stream = socket.create_server(("127.0.0.1", 0))
        datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            datagram.bind(stream.getsockname())
        except OSError as error:
            stream.close()
            datagram.close()
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return stream, datagram


class Stranger:
    """Ports by name, TCP and UDP; ``knocks`` are the names of those that anybody reached."""

    def __init__(self, names: list[str]) -> None:
        self.knocks: list[str] = []
        self.ports: dict[str, int] = {}
        self.selector = selectors.DefaultSelector()
        self.running = True
        for name in names:
            stream, datagram = listeners()
            self.ports[name] = stream.getsockname()[1]
            for listener in (stream, datagram):
                listener.setblocking(False)
                self.selector.register(listener, selectors.EVENT_READ, name)

    def listen(self) -> None:
        """Take every connection and every datagram until told to stop."""
        while self.running:
            for key, _ in self.selector.select(0.1):
                listener = key.fileobj
                assert isinstance(listener, socket.socket)
                if listener.type == socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recvfrom(65535)
                self.knocks.append(key.data)


@contextlib.contextmanager
def stranger(names: list[str]) -> Iterator[Stranger]:
    """Listen while the ``with`` block runs."""
    listening = Stranger(names)
    thread = threading.Thread(target=listening.listen, daemon=True)
    thread.start()
    try:
        yield listening
    finally:
        listening.running = False
        thread.join()
        for key in list(listening.selector.get_map().values()):
            key.fileobj.close()
