"""What single layers inside a network answer, for the lab to look at.

The stored network names one output, the mask. A small description of more outputs, appended to its
bytes, makes outputs of inner values (``tools/model/inner_layers.py`` says why), so the weights that
are there anyway serve and an ordinary visit fetches nothing for it.
"""

import js
import jsffi

from inference import session
from inference.unpack import DIRECT_NETWORK, Package


async def look(base_url, weights, description, tensor, side, threads):
    """Return onnxruntime's record of all outputs of a network, those of ``description`` included.

    ``weights`` is a Uint8Array with a packed variant, empty afterwards; ``description`` what is
    appended to its network (the one with plain convolutions where there are two), in hexadecimal;
    ``tensor`` as in :meth:`inference.session.Network.run`. The session is gone afterwards.
    """
    package = Package(weights)
    direct = DIRECT_NETWORK in package.index
    graph = joined(package.network(direct), description)
    ort = session.on_processor(base_url, threads)
    network = await session.of_graph(ort, package, graph, direct, "wasm")
    try:
        return await network.outputs(tensor, side)
    finally:
        await network.session.release()


def joined(graph, description):
    """Return a Uint8Array and the bytes of a hexadecimal text as one Uint8Array."""
    pairs = [description[at : at + 2] for at in range(0, len(description), 2)]
    both = js.Uint8Array.new(graph.length + len(pairs))
    both.set(graph, 0)
    both.set(jsffi.to_js([int(pair, 16) for pair in pairs]), graph.length)
    return both
