"""The words of each stage in plain sentences.

A pupil meets "trimap" or "shape" for the first time in the lab; a word that nobody explains is a
wall.
"""

WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "file": (
        ("byte", "A whole number from 0 to 255. A file is a row of bytes."),
        ("hex", "A byte written with two digits of 0 to 9 and a to f: ff is 255."),
        ("signature", "The first bytes, by which a kind of file is known: ff d8 ff begins a JPEG."),
        ("EXIF", "What a camera writes beside the picture: its name, the time, often the place."),
    ),
    "pixels": (
        ("pixel", "One dot of a picture. Here it has three values: red, green and blue."),
        ("channel", "All values of one colour, a picture of its own."),
        ("uint8", "Whole numbers from 0 to 255, a byte each."),
        ("mode", "How Pillow keeps a pixel: RGB three colours, RGBA with alpha, L one grey value."),
        ("sRGB", "The agreement which colours the numbers mean; most screens follow it."),
        ("histogram", "How often each value occurs, dark on the left, bright on the right."),
    ),
    "input": (
        ("tensor", "A block of numbers: here 1 photo, 3 channels, rows and columns."),
        ("shape", "How long a block is in each direction: (2, 3) is 2 rows of 3 numbers."),
        ("dtype", "Which kind of numbers an array holds, such as uint8 or float32."),
        ("float32", "Numbers with digits behind the point, four bytes each."),
        ("mean", "All values added up and divided by how many there are."),
    ),
    "network": (
        ("network", "A long sum whose millions of factors were found by training on examples."),
        ("weights", "These factors: all that a network has learned."),
        ("layer", "One step of the network: it makes new pictures out of those before it."),
        ("convolution", "Each new pixel is a weighted sum of the pixels around the old one."),
        (
            "kernel",
            "A convolution's weights: 64 x 3 x 3 x 3 makes 64 pictures of 3, by 3 x 3 pixels.",
        ),
        ("ISNet, U²-Netp", "Two networks that find the subject; the second is small and quick."),
    ),
    "matte": (
        ("matte", "How much of each pixel is subject: 1 all of it, 0 nothing, 0.5 half."),
        ("normalise", "To bring values to a common range, here 0 to 1."),
        ("doubt", "How far the answers are from a clear yes or no."),
        ("trimap", "A map of three parts: subject white, background black, unknown orange."),
        ("unknown band", "The pixels at the edge, where the next stage has to look closer."),
    ),
    "edges": (
        ("alpha", "The matte as a file keeps it: 255 is opaque, 0 is transparent."),
        ("refine", "To move the matte's edge to where the photo has one."),
        ("guided filter", "A blur that stops at the photo's edges, so that soft parts fit them."),
        ("matting Laplacian", "A table of ties: pixels of like colours are to get a like alpha."),
        (
            "colour evidence",
            "Whether a pixel's colour is that of the subject or of the background.",
        ),
    ),
    "colours": (
        ("own colours", "What the subject alone looks like where a pixel shows two things."),
        ("seam", "A rim in the colour of the old background, seen on a new one."),
        (
            "foreground estimation",
            "To work out the subject's colour in a mixed pixel from its neighbours.",
        ),
        ("relax", "To let neighbours agree step by step: each takes a mean of those around it."),
    ),
    "result": (
        ("composition", "To lay the cutout on a ground: alpha says how much of each is seen."),
        ("straight alpha", "The colours stand in the file as they are, alpha beside them."),
        ("premultiplied", "The colours are stored times alpha, which makes mixing a mere sum."),
        ("PNG filter", "A row is stored as differences to its neighbours, which pack better."),
        ("quality", "How much JPEG or WebP may lose: 100 little, 0 nearly all."),
    ),
}
"""By a stage's key: word and sentence, in the order in which they are met."""
