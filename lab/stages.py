"""The eight stages from a file to a cutout: what each says, whose code it is, what computes it.

A stage reads and writes the :class:`lab.bench.Bench` of one photo. It calls the functions of
:mod:`core` through their modules at the moment it runs, so that a changed function is the one that
counts.
"""

from lab import into_network, out_of_network
from lab.bench import Stage

STAGES = (
    Stage(
        "file",
        "File",
        "A file is a row of bytes. The first few say what it is; the name may lie.",
        ("core.files.sniff.sniff",),
        into_network.look_into_file,
    ),
    Stage(
        "pixels",
        "Pixels",
        "The bytes become colours, turned upright and brought to sRGB.",
        ("core.files.decode.decode", "core.files.modes.to_rgb", "core.files.colour.to_srgb"),
        into_network.open_pixels,
    ),
    Stage(
        "input",
        "The network's input",
        "The whole photo is squashed to a square, and its values are brought near zero.",
        ("core.matte.tensor.to_tensor", "core.matte.tensor.visible_rgb"),
        into_network.make_input,
    ),
    Stage(
        "network",
        "Network",
        "Billions of multiplications in another worker answer how much each place is subject.",
        (),
        into_network.show_network,
        waits=True,
    ),
    Stage(
        "matte",
        "Matte",
        "The answer becomes a matte: 1 is subject, 0 background, the rest is doubt.",
        (
            "core.matte.mask.normalise",
            "core.subject.known.known_matte",
            "core.matte.trimap.decided",
            "core.matte.trimap.make_trimap",
            "core.matte.ensemble.doubt",
        ),
        out_of_network.make_matte,
    ),
    Stage(
        "edges",
        "Edges",
        "The square is small; the photo itself knows where its edges are.",
        (
            "core.matte.refine.refine",
            "core.matte.colour_evidence.colour_evidence",
            "core.matte.edges.adjusted",
        ),
        out_of_network.refine_edges,
    ),
    Stage(
        "colours",
        "Own colours",
        "A half transparent pixel shows two colours; only the subject's is to stay.",
        (
            "core.matte.foreground.own_colours",
            "core.matte.foreground.estimate_colours",
            "core.matte.foreground.relax",
        ),
        out_of_network.take_own_colours,
    ),
    Stage(
        "result",
        "Composition and file",
        "Colours and alpha together are the cutout; a format makes a file of them.",
        ("core.picture.render.cut_out", "core.writing.encode.png"),
        out_of_network.write_file,
    ),
)
"""In the order in which they run."""
