"""A stranger on the network: listens on ports of its own and remembers who knocks."""

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterator


class Stranger:
    """Ports by name, TCP and UDP; ``knocks`` are the names of those that anybody reached."""

    def __init__(self, names: list[str]) -> None:
        self.knocks: list[str] = []
        self.ports: dict[str, int] = {}
        self.selector = selectors.DefaultSelector()
        self.running = True
        for name in names:
            stream = socket.create_server(("127.0.0.1", 0))
            self.ports[name] = stream.getsockname()[1]
            datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            datagram.bind(("127.0.0.1", self.ports[name]))
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
